"""An agency's own fillable ICS 205: its fields filled in by their names, which are data and not code.

A mapping (JSON) says which field of the PDF takes what; resources/forms/fill_fema_205.json is FEMA's. Text is set in
the cells of our 205 first, so that what does not fit goes on in another row, in block 5 or on another copy, as there.
"""

import io
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.files import os_problem, write_whole
from coml_toolkit.model.plan import Plan
from resources import path as resource

from .content import content, public
from .drawing import Drawn, lacking_notes, page_mark
from .form import SIZE, Content, Form
from .ics205 import ICS205
from .layout import Laid, lay_out

if TYPE_CHECKING:
    from pypdf import PdfReader

FEMA_205 = "fill_fema_205.json"
_IS_MULTILINE = 1 << 12  # ISO 32000-1, table 228
_ENCODING = "cp1252"  # of the Helvetica that fillable forms bring


@dataclass(frozen=True, slots=True)
class Mapping205:
    """Which field of a PDF takes what of the 205."""

    fields: dict[str, list[str]]  # the PDF's field to ours; several are written one after the other
    rows: dict[str, list[str]]  # {} in the name stands for the row's number, from 1
    left_alone: frozenset[str]  # a signature, which no program may write
    pages: tuple[int, ...]  # those of the PDF that are the form; the others are its instructions


def load_mapping(path: Path | None = None) -> Mapping205:
    """The mapping of a file; FEMA's own without one."""
    path = path or resource("forms", FEMA_205)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Mapping205(
            {name: [str(each) for each in ours] for name, ours in kept["fields"].items()},
            {name: [str(each) for each in ours] for name, ours in kept["rows"].items()},
            frozenset(kept.get("left_alone", [])),
            tuple(int(page) for page in kept.get("pages", [1])),
        )
    except OSError as error:
        raise os_problem(f"{path} could not be read", error) from error
    except (ValueError, TypeError, KeyError, AttributeError):
        raise FormError(
            f"{path} is not a mapping of fields.", hint=f"Start from a copy of {FEMA_205} in the program's resources."
        ) from None


def fill_pdf(
    template: Path,
    plan: Plan,
    mapping: Mapping205 | Path | None,
    out: Path,
    *,
    iap_page: str = "",
    is_public: bool = False,
    force: bool = False,
) -> Drawn:
    """Fill a plan into a fillable 205 and write it; as many copies as the plan takes, in one file."""
    chosen = mapping if isinstance(mapping, Mapping205) else load_mapping(mapping)
    made = content(ICS205, plan)
    made = public(ICS205, made) if is_public else made
    lacking: set[str] = set()
    notes: list[str] = []
    laid = lay_out(_refitted(), made, lacking, notes)
    with _readable(template):
        found = _text_fields(_open(template))
        if not found:
            raise FormError(
                f"{template.name} has no fields to fill in.",
                hint="Choose a fillable PDF; a scanned or flat one has none.",
            )
        notes += _differences(chosen, found, template.name)
        copies = [
            _copy(template, chosen, found, _texts(page, made, chosen, number, len(laid), iap_page), number, lacking)
            for number, page in enumerate(laid, start=1)
        ]
        pdf = copies[0] if len(copies) == 1 else _joined(copies)
    if plan.is_signed:
        notes.append("A signature cannot be filled in: sign the paper, or sign the PDF in a program that does.")
    write_whole(out, pdf, force=force)
    return Drawn(pdf, len(laid) * len(chosen.pages), (*notes, *lacking_notes(lacking)))


def _refitted() -> Form:
    """The 205 with the cells of the fillable one: two lines less in block 5, as there is no other place for what our
    own paper says in its margins, and no text across the columns of frequencies.
    """
    fields = []
    for field in ICS205.fields:
        if field.name == ICS205.overflow and field.at is not None:
            left, top, right, bottom = field.at
            field = replace(field, at=(left, top, right, bottom - 24))
        fields.append(field)
    (table,) = ICS205.tables
    columns = {column.name: column for column in table.columns}
    across = replace(columns["across"], between=columns["rx"].between, size=8, is_one_line=False, crosses=())
    columns["across"] = across
    return replace(ICS205, fields=tuple(fields), tables=(replace(table, columns=tuple(columns.values())),))


def _texts(
    page: Laid, made: Content, mapping: Mapping205, number: int, copies: int, iap_page: str
) -> Iterator[tuple[str, str, float]]:
    """Field of the PDF, text and type size, for one copy."""
    ours: dict[tuple[str, int | None], tuple[str, float]] = {}
    for block in page.blocks:
        ours[block.name, block.row] = ("\n".join(block.setting.lines), block.setting.size)
    said, size = ours.get((ICS205.overflow, None), ("", SIZE))
    marks = [made.is_exercise and "EXERCISE EXERCISE EXERCISE", made.mark, made.notice, page_mark(number, copies)]
    head = " · ".join(mark for mark in marks if mark)
    ours[ICS205.overflow, None] = (f"{head}\n{said}".strip(), size)
    if iap_page:
        text = str(int(iap_page) + number - 1) if iap_page.isdecimal() else iap_page
        ours["iap_page", None] = (text, SIZE)
    for name, wanted in mapping.fields.items():
        yield from _said(name, [ours[each, None] for each in wanted if (each, None) in ours])
    for row in range(8):
        for name, wanted in mapping.rows.items():
            yield from _said(
                name.replace("{}", str(row + 1)), [ours[each, row] for each in wanted if (each, row) in ours]
            )


def _said(name: str, parts: list[tuple[str, float]]) -> Iterator[tuple[str, str, float]]:
    if parts:
        yield name, "\n".join(text for text, _ in parts), min(size for _, size in parts)


# ── the PDF ──────────────────────────────────────────────────────────────────


@contextmanager
def _readable(template: Path) -> Iterator[None]:
    """A PDF of unknown origin may trip its reader in any way at all: said in one sentence, whatever it was."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it grumbles about PDFs that every reader opens
    try:
        yield
    except ComlError:
        raise
    except OSError as error:
        raise os_problem(f"{template} could not be read", error) from error
    except Exception:
        raise FormError(f"{template.name} is damaged or no PDF.", hint="Open it in a PDF reader to see.") from None


def _open(template: Path) -> "PdfReader":
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(template.read_bytes()))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FormError(f"{template.name} is locked with a password.", hint="Save a copy without the password.")
    if reader.xfa:
        raise FormError(
            f"{template.name} is an XFA form, which only Adobe's programs can fill in.",
            hint="Ask for it as an ordinary fillable PDF (AcroForm).",
        )
    return reader


def _text_fields(reader: "PdfReader") -> dict[str, Mapping[str, Any]]:
    """The fields that text can be written into, by their whole names."""
    return {name: field for name, field in (reader.get_fields() or {}).items() if field.get("/FT") == "/Tx"}


def _differences(mapping: Mapping205, found: Mapping[str, object], name: str) -> list[str]:
    """What the mapping names and the PDF lacks, and what the PDF has and the mapping does not name."""
    asked = [*mapping.fields, *(each.replace("{}", str(row)) for each in mapping.rows for row in range(1, 9))]
    missing = [each for each in asked if each not in found]
    unknown = [each for each in found if each not in asked and each not in mapping.left_alone]
    return [
        *(f"{name} has no field “{each}”; what belongs there is not filled in." for each in missing),
        *(f"{name} has a field “{each}” that the mapping does not name; it stays empty." for each in unknown),
    ]


def _copy(
    template: Path,
    mapping: Mapping205,
    found: Mapping[str, Mapping[str, Any]],
    texts: Iterator[tuple[str, str, float]],
    number: int,
    lacking: set[str],
) -> bytes:
    """The form pages of the template, filled in once; from the second copy on under field names of its own."""
    import pypdf

    values: dict[str, str | list[str] | tuple[str, str, float]] = {}
    for name, text, size in texts:
        if name in found:
            is_multiline = int(found[name].get("/Ff") or 0) & _IS_MULTILINE
            said = _encodable(text if is_multiline else text.replace("\n", " "), lacking)
            values[name] = (said, "/Helvetica", size)
    writer = pypdf.PdfWriter(clone_from=_open(template))
    for place in range(len(writer.pages), 0, -1):
        if place not in mapping.pages:
            writer.remove_page(place - 1)
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    if number > 1:
        _rename(writer, f"copy{number}.")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _rename(writer: Any, before: str) -> None:
    """Fields of one name share one value: each copy needs names of its own."""
    from pypdf.generic import NameObject, TextStringObject

    for each in writer.root_object["/AcroForm"]["/Fields"]:
        field = each.get_object()
        field[NameObject("/T")] = TextStringObject(f"{before}{field['/T']}".replace(".", " "))


def _joined(copies: list[bytes]) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    for copy in copies:
        writer.append(io.BytesIO(copy))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _encodable(text: str, lacking: set[str]) -> str:
    """In characters that the form's own typeface has; others as their code, as on our own forms."""
    shown = []
    for character in text:
        if character != "\n" and not character.encode(_ENCODING, errors="ignore"):
            lacking.add(character)
            character = f"[U+{ord(character):04X}]"
        shown.append(character)
    return "".join(shown)
