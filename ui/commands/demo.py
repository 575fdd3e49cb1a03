"""coml demo: the example incident and what comes out of it, in one folder."""

from datetime import datetime
from itertools import count
from pathlib import Path

import click

import forms
from coml_toolkit import files
from coml_toolkit.errors import ComlError, ReadOnlyError
from coml_toolkit.example import make_example
from coml_toolkit.model.plan import Period
from coml_toolkit.store import open_store

from . import opening
from .options import PATH
from .output import Command, answer, note, progress

UNIT, README = "example.coml", "README.txt"
PAPERS = ("ics205.pdf", "ics205-period-1.pdf", "ics205-period-2.pdf", "ics205-blank.pdf")


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--force", is_flag=True, help="Replace an earlier demo there; its unit file is kept under a dated name.")
def demo(folder: Path, force: bool) -> None:
    """Make the example incident in DIR.

    Its unit file, its forms as PDF, and a README.txt that says what they are and what to try next.
    """
    unit, readme, forms_folder = folder / UNIT, folder / README, folder / "forms"
    papers = [forms_folder / name for name in PAPERS]
    if not force:
        for path in (unit, *papers, readme):
            if path.exists():
                raise ComlError(f"{path} exists already.", hint="Choose another folder, or say --force.")
    if unit.exists():
        note(f"The earlier unit file is now {_set_aside(unit)}")
    make_example(unit, opening.who())
    with open_store(unit) as store:  # not read-only: closing takes its log files away again
        *earlier, newest = [store.plan(period.id) for period in store[Period].all()]
    show = progress()
    for number, (path, plan) in enumerate(zip(papers, (newest, *earlier, None), strict=True)):
        show(number, len(papers), path.name)
        forms.render(forms.find("205"), plan, path, force=force)
    show(len(papers), len(papers))
    files.write_whole(readme, _README.format(unit=UNIT, incident=newest.incident.name).encode(), force=force)
    written = (unit, *papers, readme)
    answer(
        {"folder": str(folder), "files": [path.relative_to(folder).as_posix() for path in written]},
        f"The example is in {folder}. Start with {papers[0]}, or read {readme}.",
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
  coml history --unit {unit}                     who changed what and when
  coml library 155.7525                                who is on a frequency

“coml --help” lists every command.
"""
