"""Ten thousand damaged files: one sentence each, or a preview that invents no value. Never another exception."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from coml_toolkit import library
from coml_toolkit.errors import ComlError
from coml_toolkit.exchange import formats, read
from coml_toolkit.exchange.preview import Import
from coml_toolkit.model.channel import Channel

ROWS = [
    ["Config", "Channel Name", "RX Freq", "N/W", "RX Tone/NAC", "TX Freq", "N/W", "TX Tone/NAC", "Mode", "Remarks"],
    ["VHF", "", "", "", "", "", "", "", "", ""],
    ["Repeater", "VTAC33", "159.4725", "N", "156.7", "151.1375", "N", "136.5", "A", "mobile side; north"],
    ["Simplex", "VFIRE21", "154.2800", "N", "CSQ†", "154.2800", "N", "D023N", "A", "a, b"],
    ["Repeater", "7CALL50", "769.24375", "N", "$F7E", "799.24375", "N", "$293", "D", ""],
    ["Receive only", "WX1", "162.5500", "W", "CSQ", "RX only", "", "", "A", "NOAA"],
    ["Talkgroup", "STATE 1", "STARCOM21", "", "", "STARCOM21", "", "", "D", "TG 1234"],
    ["", "", "", "", "", "", "", "", "", "All channels as in a mobile. ŸÀé"],
]


def csv_text(separator: str = ",") -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append([float(cell) if re.fullmatch(r"\d+\.\d+", cell) else cell for cell in row])
    sheet.merge_cells("A2:J2")
    sheet.row_dimensions[4].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def document() -> bytes:
    made = docx.Document()
    table = made.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def page() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.setFont("Helvetica", 6)
    for number, row in enumerate(ROWS[:5]):
        for column, text in enumerate(row):
            canvas.rect(20 + 57 * column, 700 - 20 * number, 57, 20)
            canvas.drawString(22 + 57 * column, 706 - 20 * number, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def chirp() -> bytes:
    return formats.write("chirp", library.channels("VHF interop")).content


NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
PIECES = [
    b",", b";", b'"', b"\n", b"\r", b"\0", b"\xff", b"\t", b".", b"-", b"+", b"1e9", b"=", b"\xe2\x80\xa0", b"N/A",
    b"9" * 40, b"{", b"<", b"/", b"inf", b"NaN", b"D", b"$", b" kHz", b"simplex", b"Off", b"split",
]  # fmt: skip


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The file after one to six accidents."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice([1, 1, 1, 2, 8, 200]))
        kind = chance.randrange(6)
        if kind == 0:
            del data[at:to]
        elif kind == 1:
            data[at:at] = chance.choice(PIECES)
        elif kind == 2:
            data[at:to] = bytes(chance.randrange(256) for _ in range(to - at))
        elif kind == 3:
            data[at:at] = data[to : to + chance.choice([1, 10, 100])]
        elif kind == 4 and data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif chance.random() < 0.1:
            del data[at:]
    return bytes(data)


def repacked(raw: bytes, chance: random.Random) -> bytes:
    """A zipped file of which one part had an accident."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(file, "w") as after:
        members = before.infolist()
        hit = chance.choice(
            [one for one in members if "sheet" in one.filename or "document" in one.filename] or members
        )
        if chance.random() < 0.3:
            hit = chance.choice(members)
        for member in members:
            content = before.read(member)
            after.writestr(member.filename, mutated(content, chance) if member is hit else content)
    return file.getvalue()


def check(found: Import) -> None:
    """Every number that a channel carries stands in its row, or is told as following from what stands there."""
    for row in found.rows:
        assert (row.channel is None) is bool(row.refused)
        if row.channel is None:
            continue
        said = f"{row.text} {' '.join(row.assumed)}"
        numbers = {Decimal(one.replace(",", ".")) for one in NUMBERS.findall(said)}
        scaled = {number * unit for number in numbers for unit in (1, 1_000, 1_000_000)}
        assert is_said(row.channel, scaled), row


def is_said(channel: Channel, numbers: set[Decimal]) -> bool:
    """Both frequencies (the second perhaps by an offset from the first) and both tones are among these numbers."""
    rx_hz, tx_hz = channel.rx_hz, channel.tx_hz
    by_hz = None if rx_hz is None or tx_hz is None else abs(tx_hz - rx_hz)
    tones = [tone.ctcss_dhz for tone in (channel.rx_tone, channel.tx_tone)]
    return (
        (rx_hz is None or rx_hz in numbers)
        and (tx_hz is None or tx_hz in numbers or by_hz in numbers)
        and all(dhz is None or Decimal(dhz) / 10 in numbers for dhz in tones)
    )


def survive(raw: bytes, name: str) -> bool:
    """It is read, or refused in one sentence."""
    refusal = ""
    try:
        check(read.read_bytes(raw, name))
    except ComlError as error:
        refusal = error.message or "nothing was said\n"
    assert "\n" not in refusal.strip()
    assert len(refusal) < 400
    return not refusal


@pytest.mark.parametrize(
    ("make", "count"),
    [
        (lambda: csv_text().encode(), 2000),
        (lambda: csv_text(";").encode("cp1252", "replace"), 1200),
        (lambda: csv_text("\t").encode("utf-16"), 1200),
        (chirp, 1500),
        (lambda: formats.write("csv", library.channels("VHF interop")).content, 1000),
        (lambda: formats.write("rtsystems", library.channels("UHF interop")).content, 800),
        (lambda: formats.write("icom", library.channels("UHF interop")).content, 800),
        (lambda: formats.write("opengd77", library.channels("VHF interop")).content, 500),
        (lambda: formats.write("anytone", library.channels("VHF interop")).content, 500),
    ],
    ids=["csv", "semicolons", "utf-16", "chirp", "own", "rtsystems", "icom", "opengd77", "anytone"],
)
def test_damaged_text_is_read_or_refused(make: Callable[[], bytes], count: int) -> None:
    raw, chance = make(), random.Random(20240131)
    assert survive(raw, "list.csv")
    read_ = sum(survive(mutated(raw, chance), "list.csv") for _ in range(count))
    assert read_ > count // 20  # the accidents are small: many of these files still say something


@pytest.mark.parametrize(
    ("make", "name", "count"),
    [(workbook, "list.xlsx", 150), (document, "list.docx", 100)],
    ids=["xlsx", "docx"],
)
def test_damaged_documents_are_read_or_refused(make: Callable[[], bytes], name: str, count: int) -> None:
    raw, chance = make(), random.Random(20240131)
    assert survive(raw, name)
    for _ in range(count):
        survive(repacked(raw, chance), name)
    for _ in range(count):
        survive(mutated(raw, chance), name)


def test_damaged_pdfs_are_read_or_refused() -> None:
    raw, chance = page(), random.Random(20240131)
    assert survive(raw, "list.pdf")
    for _ in range(60):
        survive(mutated(raw, chance), "list.pdf")


def test_a_damaged_real_list_is_read_or_refused(real_lists: Path) -> None:
    raw, chance = (real_lists / "seattle_acs_217a_2024.csv").read_bytes(), random.Random(20240131)
    for _ in range(40):
        survive(mutated(raw, chance), "list.csv")
