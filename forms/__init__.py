"""Forms as PDF: a plan and what was typed in, a file out. Knows no screen and no store.

form       what a form is, as data: faces, fields, tables
content    what is written on one: typed over what the plan says; the public copy
layout     what stands where on each page; nothing is cut
drawing    draw, render and package: PDF
fillable   an agency's own fillable 205, filled in
face       the blank page, from the data in resources/forms
typeset    text in a box: lines, type sizes, what is left over
ics205 …   one module for each form

`draw(find("205"), plan)` gives the bytes of a PDF, `render` writes them into a file; `sheet=` brings what was typed in.
"""

import re

from coml_toolkit.errors import FormError

from .content import content, public
from .drawing import Drawn, Paper, draw, draw_papers, package, render
from .fillable import fill_pdf, load_mapping
from .form import Column, Content, Entry, Field, Form, Table
from .ics204 import ICS204
from .ics205 import ICS205
from .ics205a import ICS205A
from .ics205b import ICS205B
from .ics210 import ICS210
from .ics211 import ICS211
from .ics213 import ICS213
from .ics213rr import ICS213RR
from .ics214 import ICS214
from .ics216 import ICS216
from .ics217 import ICS217
from .ics217a import ICS217A
from .ics218 import ICS218
from .ics219 import CARDS
from .ics220 import ICS220
from .ics221 import ICS221
from .ics225 import ICS225
from .ics309 import ICS309
from .own import CDO_SHEET, CHANNEL_CARD, HANDOVER_SHEET, STA_SHEET

__all__ = [
    "FORMS",
    "Column",
    "Content",
    "Drawn",
    "Entry",
    "Field",
    "Form",
    "Paper",
    "Table",
    "content",
    "draw",
    "draw_papers",
    "fill_pdf",
    "find",
    "load_mapping",
    "package",
    "public",
    "render",
]

# In number order, and then what is no ICS form.
FORMS = [
    *(ICS204, ICS205, ICS205A, ICS205B, ICS210, ICS211, ICS213, ICS213RR, ICS214, ICS216, ICS217, ICS217A, ICS218),
    *(*CARDS, ICS220, ICS221, ICS225, ICS309),
    *(CHANNEL_CARD, CDO_SHEET, STA_SHEET, HANDOVER_SHEET),
]


def find(number: str) -> Form:
    """The form of a number as people write it: '205', 'ics205', 'ICS 205'."""
    wanted = _plain(number)
    for form in FORMS:
        if _plain(form.number) == wanted:
            return form
    names = ", ".join(form.number for form in FORMS)
    raise FormError(f"There is no form “{number.strip()}”.", hint=f"The forms are: {names}.")


def _plain(number: str) -> str:
    return re.sub(r"[\s\-]", "", number).casefold().removeprefix("ics")
