"""coml demo: the example incident and what comes out of it, in one folder."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

import click

import forms
from coml_toolkit import files
from coml_toolkit.errors import ComlError, ReadOnlyError
from coml_toolkit.example import example_forms, make_example
from coml_toolkit.model.plan import Incident, Period
from coml_toolkit.model.sheet import Sheet
from coml_toolkit.store import open_store

from . import opening
from .options import PATH
from .output import Command, answer, note, progress

UNIT, README = "example.coml", "README.txt"
PLANS = ("ics205.pdf", "ics205-period-1.pdf", "ics205-period-2.pdf", "ics205-blank.pdf")
PACKAGES = ("package.pdf", "package-public.pdf")
FOR_PLANNING = ("ICS 204", "ICS 205", "ICS 205A", "ICS 220")  # in the order of an IAP


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--force", is_flag=True, help="Replace an earlier demo there; its unit file is kept under a dated name.")
def demo(folder: Path, force: bool) -> None:
    """Make the example incident in DIR.

    Its unit file, its forms as PDF, and a README.txt that says what they are and what to try next.
    """
    unit, readme, forms_folder = folder / UNIT, folder / README, folder / "forms"
    nobody = Incident(name="")
    nowhen = Period(incident_id=nobody.id, number=1)
    names = file_names(example_forms(nobody, nowhen, nowhen))
    papers = [forms_folder / name for name in (*PLANS, *names, *PACKAGES)]
    if not force:
        for path in (unit, *papers, readme):
            if path.exists():
                raise ComlError(f"{path} exists already.", hint="Choose another folder, or say --force.")
    if unit.exists():
        note(f"The earlier unit file is now {_set_aside(unit)}")
    make_example(unit, opening.who())
    with open_store(unit) as store:  # not read-only: closing takes its log files away again
        plans = {period.id: store.plan(period.id) for period in store[Period].all()}
        filled = file_names(store[Sheet].all())
    *earlier, newest = plans.values()
    show = progress()
    for number, (path, plan) in enumerate(zip(papers, (newest, *earlier, None), strict=False)):
        show(number, len(papers), path.name)
        forms.render(forms.find("205"), plan, path, force=force)
    for number, (name, sheet) in enumerate(filled.items(), len(PLANS)):
        show(number, len(papers), name)
        plan = plans.get(sheet.period_id or "", newest)
        forms.render(forms.find(sheet.form), plan, forms_folder / name, sheet=sheet, force=force)
    package = []
    for form in map(forms.find, FOR_PLANNING):
        sheets: list[Sheet | None] = [sheet for sheet in filled.values() if sheet.form == form.number]
        package += [forms.Paper(form, forms.content(form, newest, sheet)) for sheet in sheets or [None]]
    for name, is_public in zip(PACKAGES, (False, True), strict=True):
        show(len(papers) - len(PACKAGES) + is_public, len(papers), name)
        forms.package(package, forms_folder / name, is_public=is_public, force=force)
    show(len(papers), len(papers))
    words = _README.format(unit=UNIT, incident=newest.incident.name, forms=_what_they_are(filled))
    files.write_whole(readme, words.encode(), force=force)
    written = (unit, *papers, readme)
    answer(
        {"folder": str(folder), "files": [path.relative_to(folder).as_posix() for path in written]},
        f"The example is in {folder}. Start with {papers[0]}, or read {readme}.",
    )


def file_names(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """A file for each filled-in form, in the order of the forms: ics213.pdf, and ics204-division-a.pdf of several."""
    order = [form.number for form in forms.FORMS]
    often = Counter(sheet.form for sheet in sheets)
    named = {}
    for sheet in sorted(sheets, key=lambda sheet: (order.index(sheet.form), sheet.title)):
        number = sheet.form.replace(" ", "").lower()
        title = re.sub(r"[^a-z0-9]+", "-", sheet.title.lower()).strip("-")
        named[f"{number}-{title}.pdf" if often[sheet.form] > 1 else f"{number}.pdf"] = sheet
    return named


def _what_they_are(filled: dict[str, Sheet]) -> str:
    return "\n".join(
        f"  {f'forms/{name}':<36}{forms.find(sheet.form).title}{f': {sheet.title}' if sheet.title else ''}"
        for name, sheet in filled.items()
    )


def _set_aside(unit: Path) -> Path:
    """Give an earlier demo's unit file a dated name; nobody's work in it is lost."""
    with open_store(unit) as store:  # a damaged or foreign file is refused; closing folds its log into it
        if store.is_read_only:
            raise ReadOnlyError(store.why_read_only, hint="Close it there, or choose another folder.")
    stem = f"example.{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    names = (f"{stem}{f'-{again}' if again else ''}.coml" for again in count())
    aside = next(path for path in map(unit.with_name, names) if not path.exists())
    try:
        unit.rename(aside)
    except OSError as error:
        raise files.os_problem(f"{unit} could not be set aside", error) from error
    return aside


_README = """\
THE EXAMPLE OF COML TOOLKIT

“{incident}” is invented. Nothing here authorizes anybody to transmit.

  {unit}                    the unit file: everything below is in it, with the history of every edit
  forms/ics205.pdf                the radio plan of operational period 3: a draft, changed after revision 1 was signed
  forms/ics205-period-1.pdf       operational period 1, revision 2: signed again after interference
  forms/ics205-period-2.pdf       operational period 2, signed
  forms/ics205-blank.pdf          the empty form, for a pen

For Planning, in one file with bookmarks:

  forms/package.pdf               both 204s, the 205, the 205A and the 220 of operational period 3; not for the public
  forms/package-public.pdf        the same for everybody: private rows and the telephone numbers of people are withheld

The other forms, filled in (operational period 3; the 214 is of the first day, the 217As are of the whole incident):

{forms}

WHAT TO TRY

Open the example in the desktop:

  coml {unit}

Or on the command line (say --unit {unit} each time, or once: export COML_UNIT={unit}):

  coml plan list --unit {unit}
  coml plan diff --unit {unit}                   what changed since it was signed
  coml plan add UTAC42D --function Tactical --zone 1 --unit {unit}
  coml undo --unit {unit}                        take that back
  coml plan sign --by "Your Name" --unit {unit}
  coml form 205 -o signed.pdf --unit {unit}      and the DRAFT mark is gone
  coml form --state --unit {unit}                which printed forms are older than the plan
  coml sheet list --unit {unit}                  the filled-in forms
  coml sheet show 213 --unit {unit}
  coml form 213 -o message.pdf --unit {unit}
  coml history --unit {unit}                     who changed what and when
  coml library 155.7525                                who is on a frequency

“coml --help” lists every command.
"""
