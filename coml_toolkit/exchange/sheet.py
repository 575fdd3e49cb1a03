"""A file of rows, whatever program wrote it, as text; and what of it cannot be trusted."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..files import os_problem

MAX_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. Rows are as long as they are; empty ones are left out, so each carries its number."""

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]  # of each row, as the program counts that wrote the file
    place: str = ""  # "sheet VHF", "page 2, table 1"; "" when the file has but one table
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (row, column): why its text is not to be read
    hidden: frozenset[int] = frozenset()  # rows, from 0, that the program does not show
    notes: tuple[str, ...] = ()
    has_decimal_commas: bool = False  # a CSV with semicolons: there a comma is the decimal point


def read_table(path: Path) -> tuple[Sheet, ...]:
    """Every table of a CSV, XLSX, DOCX or PDF file, told apart by content; InputError when there is none."""
    return sheets_of(content_of(path), path.name)


def content_of(path: Path) -> bytes:
    """The bytes of a file that is to be imported."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB: no channel list is.", hint="Check the file."
            )
        return path.read_bytes()
    except OSError as error:
        raise os_problem(f"{path} could not be read", error) from error


def sheets_of(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """The tables in the bytes of a file; `name` is how errors call it."""
    if not raw.strip(b"\0 \t\r\n"):
        raise InputError(f"{name} is empty.")
    if raw[:4] == b"PK\3\4":
        return _packed(raw, name)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise InputError(
                f"{name} is protected by a password: nothing can be read from it.",
                hint="Open it in its own program, remove the password, and save it again.",
            )
        raise InputError(
            f"{name} is in the old format of Excel or Word.", hint="Open it there and save it as .xlsx, .docx or .csv."
        )
    if b"%PDF-" in raw[:1024]:
        from .pdf import sheets

        return sheets(raw, name)
    from .text import sheet

    return (sheet(raw, name),)


def _packed(raw: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = {member.filename for member in packed.infolist()}
            unpacked = sum(member.file_size for member in packed.infolist())
            mimetype = packed.read("mimetype")[:80] if "mimetype" in members else b""
    except Exception as error:  # zipfile raises a dozen kinds for a damaged file
        raise damaged(name, "file") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise InputError(f"{name} unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB: no channel list does.")
    if "xl/workbook.xml" in members:
        from .xlsx import sheets

        return sheets(raw, name)
    if "word/document.xml" in members:
        from .docx import sheets as word_sheets

        return word_sheets(raw, name)
    if b"opendocument" in mimetype:
        raise InputError(f"{name} is an OpenDocument file.", hint="Save it as .xlsx, .docx or .csv.")
    raise InputError(f"{name} is an archive, not a table.", hint="Unpack it, and import the file inside.")


def damaged(name: str, what: str) -> InputError:
    """The refusal of a file that its own reader cannot read."""
    return InputError(f"{name} is damaged: it cannot be read as a {what}.", hint="Get it again from where it came.")


def build(
    name: str, numbered: Iterable[tuple[int, Sequence[str]]], *, hidden: Iterable[int] = (), place: str = "",
    faults: Mapping[tuple[int, int], str] | None = None, notes: Sequence[str] = (), has_decimal_commas: bool = False,
) -> Sheet:  # fmt: skip
    """A sheet of numbered rows without its empty rows; `hidden` and `faults` are by row number, columns from 0."""
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    at_fault = faults or {}
    for number, cells in numbered:
        kept = list(cells)
        while kept and not kept[-1] and (number, len(kept) - 1) not in at_fault:
            kept.pop()
        if not any(cell.strip() for cell in kept) and not any(row == number for row, _ in at_fault):
            continue
        if len(kept) > MAX_COLUMNS:
            raise InputError(f"{name} has more than {MAX_COLUMNS} columns: no channel list does.")
        if len(rows) == MAX_ROWS:
            raise InputError(f"{name} has more than {MAX_ROWS} rows: no channel list does.")
        rows.append(tuple(kept))
        numbers.append(number)
    index = {number: at for at, number in enumerate(numbers)}
    return Sheet(
        rows=tuple(rows),
        numbers=tuple(numbers),
        place=place,
        faults={(index[row], column): why for (row, column), why in at_fault.items() if row in index},
        hidden=frozenset(index[row] for row in hidden if row in index),
        notes=tuple(notes),
        has_decimal_commas=has_decimal_commas,
    )
