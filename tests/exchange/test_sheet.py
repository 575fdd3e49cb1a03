"""Files of rows, whatever program wrote them, and what of them cannot be trusted."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.exchange import read
from coml_toolkit.exchange.sheet import Sheet, read_table, sheets_of
from coml_toolkit.exchange.xlsx import number_text

DATA = Path(__file__).parents[1] / "data" / "exchange"
HEADINGS = ["Channel Name", "RX Freq", "RX Tone", "TX Freq", "TX Tone", "Remarks"]
ROW = ["TAC é 1", "155.7525", "156.7", "155.7525", "156.7", "Rañch, ridge"]


def text_of(rows: list[list[str]], separator: str = ",") -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def single(raw: bytes, name: str = "list.csv") -> Sheet:
    sheets = sheets_of(raw, name)
    assert len(sheets) == 1
    return sheets[0]


# ── text ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_is_read_in_any_common_encoding_and_separator(encoding: str, separator: str) -> None:
    raw = text_of([HEADINGS, ROW], separator).encode(encoding)
    assert [list(row) for row in single(raw).rows] == [HEADINGS, ROW]


def test_a_guessed_encoding_is_told() -> None:
    assert "Windows-1252" in single(text_of([HEADINGS, ROW]).encode("cp1252")).notes[0]
    assert not single(text_of([HEADINGS, ROW]).encode()).notes


def test_remarks_full_of_semicolons_do_not_make_them_the_separator() -> None:
    rows = [HEADINGS, *([f"TAC {number}", "155.7525", "CSQ", "155.7525", "CSQ", "a; b; c; d"] for number in range(9))]
    assert len(single("\n".join(",".join(row) for row in rows).encode()).rows[1]) == 6


def test_decimal_commas_of_a_german_spreadsheet_are_read_exactly() -> None:
    raw = "Channel Name;RX Freq;TX Freq\nTAC 1;155,7525;151,1375\n".encode("cp1252")
    channel = read.read_bytes(raw, "list.csv").rows[0].channel
    assert channel is not None
    assert (channel.rx_hz, channel.tx_hz) == (155_752_500, 151_137_500)


def test_a_line_that_names_the_separator_is_heeded() -> None:
    sheet = single(b"sep=;\r\nName;RX Freq;TX Freq\r\nTAC 1;155.7525;155.7525\r\n")
    assert sheet.rows[0] == ("Name", "RX Freq", "TX Freq")
    assert sheet.numbers == (2, 3)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t\r\n", "is empty"),
        (bytes(range(256)), "neither text"),
        (b"\xff\xfe\x00", "neither text"),
        (b"\x81\x8d\x8f", "neither text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old format"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"%PDF-1.7 and then nothing", "damaged"),
        (b'a,"' + b"x" * 200_000 + b'"\n', "not a table of text"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read.read_bytes(raw, "list.bin")


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ComlError, match="does not exist"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(ComlError, match="folder"):
        read_table(tmp_path)


# ── workbooks ────────────────────────────────────────────────────────────────


def workbook(fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    fill(book.active)  # type: ignore[arg-type]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_saved_by_libreoffice_is_read_with_all_that_is_odd_about_it_said() -> None:
    found = read.read(DATA / "libreoffice.xlsx")
    by_name = {row.channel.name: row for row in found.rows if row.channel}
    assert list(by_name) == ["TAC 1", "RPT 1", "HIDDEN 1", "700 A", "UCALL40"]
    formula, hidden, high = by_name["RPT 1"], by_name["HIDDEN 1"], by_name["700 A"]
    assert formula.channel is not None
    assert formula.channel.tx_hz == 155_752_500  # =B5+0.6
    assert any("hidden" in doubt for doubt in hidden.doubts)
    assert high.channel is not None
    assert high.channel.rx_hz == 769_243_750
    assert by_name["UCALL40"].place == "sheet UHF, row 2"
    said = " ".join(found.notes)
    assert "Formulas" in said
    assert "Merged" in said
    assert "Hidden rows of sheet VHF were read too: 6" in said
    assert "Hidden columns of sheet UHF were read too: E" in said


def test_a_password_is_told_of() -> None:
    with pytest.raises(InputError, match="protected by a password"):
        read.read(DATA / "password.xlsx")


def test_a_formula_without_a_stored_value_refuses_its_row() -> None:
    found = read.read_bytes(
        workbook(lambda sheet: [sheet.append(["Name", "RX", "TX"]), sheet.append(["TAC 1", 155.7525, "=B2+0.6"])]),
        "list.xlsx",
    )
    assert "formula" in found.rows[0].refused[0]


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (datetime(2024, 3, 1), "yyyy-mm-dd", "date"),
        (2000.0, "0.00E+00", "power of ten"),
        ("#REF!", "General", "error"),
    ],
)
def test_what_a_spreadsheet_made_out_of_a_tone_is_refused(value: object, number_format: str, said: str) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["Name", "RX", "RX Tone", "TX"])
        sheet.append(["TAC 1", 155.7525, value, 155.7525])
        sheet["C2"].number_format = number_format
        if value == "#REF!":
            sheet["C2"].data_type = "e"

    assert said in read.read_bytes(workbook(fill), "list.xlsx").rows[0].refused[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (155.7525, "155.7525"), (769.24375, "769.24375"), (146.96 - 0.6, "146.36"), (155.1525 + 0.6, "155.7525"),
        (100.0, "100"), (100, "100"), (0.1 + 0.2, "0.3"), (float("nan"), ""), (float("inf"), ""),
        (155.752512345678, "155.752512345678"),
    ],
)  # fmt: skip
def test_a_spreadsheets_number_is_what_the_spreadsheet_shows(value: float, text: str) -> None:
    assert number_text(value) == text


def test_every_channel_of_five_decimals_survives_a_float() -> None:
    for hz in range(769_006_250, 775_000_000, 6_250):
        assert number_text(hz / 1e6) == f"{hz / 1e6:.6f}".rstrip("0").rstrip(".")


def test_a_number_that_is_finer_than_a_hertz_is_refused_not_rounded() -> None:
    found = read.read_bytes(
        workbook(
            lambda sheet: [sheet.append(["Name", "RX", "TX"]), sheet.append(["TAC 1", 155.75251234567, 155.7525])]
        ),
        "list.xlsx",
    )
    assert "finer than one hertz" in found.rows[0].refused[0]


def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    raw = workbook(lambda sheet: sheet.cell(row=1_048_576, column=1, value="far away"))
    with pytest.raises(InputError, match="no channel list is as long"):
        read.read_bytes(raw, "list.xlsx")


def test_a_file_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coml_toolkit.exchange.sheet.MAX_UNPACKED_BYTES", 1_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"")
        packed.writestr("xl/worksheets/sheet1.xml", bytes(1_001))
    with pytest.raises(InputError, match="unpacks to more"):
        sheets_of(file.getvalue(), "bomb.xlsx")


# ── documents ────────────────────────────────────────────────────────────────


def test_tables_of_a_word_document_are_read_with_their_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Our channels")
    for name in ("TAC 1", "TAC 2"):
        table = document.add_table(rows=3, cols=3)
        for row, texts in enumerate([["Name", "RX Freq", "TX Freq"], ["VHF", "", ""], [name, "155.7525", "155.7525"]]):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(1, 2))
    path = tmp_path / "list.docx"
    document.save(str(path))
    found = read.read(path)
    assert [(row.place, row.channel.name) for row in found.rows if row.channel] == [
        ("table 1, row 3", "TAC 1"),
        ("table 2, row 3", "TAC 2"),
    ]


def test_a_document_without_a_table_is_told_of(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("TAC 1 155.7525")
    document.save(str(tmp_path / "list.docx"))
    with pytest.raises(InputError, match="no table"):
        read.read(tmp_path / "list.docx")


# ── PDF ──────────────────────────────────────────────────────────────────────


def ruled(canvas: Canvas, rows: list[list[str]], *, fields: bool = False) -> None:
    """A ruled table; with `fields`, its last row stands in the fields of a form."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            x, y = 40 + 85 * column, 700 - 20 * number
            canvas.rect(x, y, 85, 20)
            if fields and number == len(rows) - 1:
                canvas.acroForm.textfield(name=f"f{column}", value=text, x=x + 1, y=y + 1, width=82, height=17)
            else:
                canvas.drawString(x + 3, y + 6, text)


def pdf(draw: Callable[[Canvas], object], **how: object) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, **how)  # type: ignore[arg-type]
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


TABLE = [HEADINGS[:5], ["TAC 1", "155.7525 N", "156.7", "155.7525 N", "156.7"]]


@pytest.mark.parametrize("fields", [False, True])
def test_a_ruled_table_of_a_pdf_is_read_also_from_its_fields(fields: bool) -> None:
    found = read.read_bytes(pdf(lambda canvas: ruled(canvas, TABLE, fields=fields)), "list.pdf")
    channel = found.rows[0].channel
    assert channel is not None
    assert (channel.name, channel.rx_hz, channel.bandwidth_hz) == ("TAC 1", 155_752_500, 12_500)


def test_a_table_goes_on_over_the_page_without_its_headings() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, TABLE)
        canvas.showPage()
        ruled(canvas, [["TAC 2", "154.4525 N", "156.7", "154.4525 N", "156.7"]])

    found = read.read_bytes(pdf(draw), "list.pdf")
    assert [row.place for row in found.rows] == ["page 1, row 2", "page 2, row 1"]
    assert any("no headings" in note for note in found.notes)


def scanned(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (200, 100), 128)), 40, 400, 400, 200)


def test_a_scanned_page_is_said_to_be_a_picture() -> None:
    with pytest.raises(InputError, match="is a picture: nothing can be read from it"):
        read.read_bytes(pdf(scanned), "scan.pdf")


def test_a_scanned_page_among_others_is_told_of() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, TABLE)
        canvas.showPage()
        scanned(canvas)

    found = read.read_bytes(pdf(draw), "list.pdf")
    assert len(found.channels) == 1
    assert any("page 2 is a picture" in note for note in found.notes)


def test_words_without_a_ruled_table_are_not_guessed_into_one() -> None:
    with pytest.raises(InputError, match="no table with ruled lines"):
        read.read_bytes(pdf(lambda canvas: canvas.drawString(40, 700, "TAC 1 155.7525")), "list.pdf")


def test_a_protected_pdf_is_told_of() -> None:
    raw = pdf(lambda canvas: ruled(canvas, TABLE), encrypt=StandardEncryption("secret", canPrint=0))
    with pytest.raises(InputError, match="protected by a password"):
        read.read_bytes(raw, "list.pdf")


@pytest.mark.parametrize(("form", "kind"), [("217a", "217a"), ("205", "plan")])
def test_the_official_fillable_form_is_read_from_its_fields(form: str, kind: str) -> None:
    pypdf = pytest.importorskip("pypdf")
    blank = Path(__file__).parents[2].parent / "shared" / "reference" / "forms_pdf" / f"ics_{form}_fema_v3.pdf"
    if not blank.exists():
        pytest.skip("the official forms are not here")
    writer = pypdf.PdfWriter()
    writer.append(pypdf.PdfReader(blank))
    typed = {
        "Channel NameTrunked Radio System TalkgroupRow1": "VTAC33", "RX Freq N or WRow1": "159.4725 N",
        "RX ToneNACRow1": "156.7", "TX Freq N or WRow1": "151.1375 N", "Tx ToneNACRow1": "136.5",
        "TX ToneNACRow1": "136.5", "Mode A D or MRow1": "A", "RemarksRow1": "mobile side", "FunctionRow1": "Tactical",
    }  # fmt: skip
    writer.update_page_form_field_values(writer.pages[0], typed)
    file = io.BytesIO()
    writer.write(file)
    found = read.read_bytes(file.getvalue(), "form.pdf")
    assert found.kind == kind
    assert len(found.rows) == 1
    row = found.rows[0]
    assert row.channel is not None
    assert (row.channel.name, row.channel.rx_hz, row.channel.tx_hz) == ("VTAC33", 159_472_500, 151_137_500)
    assert (row.channel.rx_tone.ctcss_dhz, row.channel.tx_tone.ctcss_dhz) == (1567, 1365)
    assert (row.use.remarks if row.use else row.channel.remarks) == "mobile side"
