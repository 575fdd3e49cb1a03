"""ICS forms as PDF: a plan in, a file out. Knows no screen and no store.

form     Form, draw and render: any form, blank or filled
face     the blank page, from the data in resources/forms
typeset  text in a box: lines, type sizes, what is left over
ics205   what is written where; one module for each form

`draw(find("205"), plan)` gives the bytes of a PDF, `render` writes them into a file.
"""

import re

from coml_toolkit.errors import FormError

from .form import Drawn, Form, draw, render
from .ics205 import ICS205

__all__ = ["FORMS", "Drawn", "Form", "draw", "find", "render"]

FORMS = [ICS205]


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
