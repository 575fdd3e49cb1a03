"""The 205 leaves the program whole: as a file, on paper, or with a reason why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import forms
from coml_toolkit import library, planning
from coml_toolkit.errors import ComlError
from coml_toolkit.model.plan import Incident, Plan
from coml_toolkit.store import create_store
from ui import printing, theme
from ui.document import Document
from ui.models.library import add_to_plan
from ui.widgets.preview import Pdf

_DELETE = QEvent.Type.DeferredDelete.value
START = datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    theme.apply(qapp, "light", 100)
    made = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    yield made
    QApplication.sendPostedEvents(None, _DELETE)  # or the windows of all tests live until the last
    made.close()


@pytest.fixture
def document(empty: Document) -> Document:
    """A plan of three pages."""
    empty.make(planning.new_incident(Incident(name="Bear Creek Fire"), START, START + timedelta(hours=12)))
    add_to_plan(empty, library.channels()[:20])
    return empty


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def said(document: Document) -> list[str]:
    words: list[str] = []
    document.told.connect(words.append)
    document.refused.connect(lambda error: words.append(f"{error.message} {error.hint}"))
    return words


def plan_of(document: Document) -> Plan:
    assert document.plan is not None
    return document.plan


# ── names ────────────────────────────────────────────────────────────────────


def test_a_draft_is_called_one(document: Document) -> None:
    assert printing.suggested_name(plan_of(document)) == "ICS 205 Bear Creek Fire period 1 rev 1 DRAFT.pdf"


def test_a_signed_plan_is_not_called_a_draft(document: Document) -> None:
    signed = replace(plan_of(document), signed_at=START, signed_by="R. Baker", revision=4)
    assert printing.suggested_name(signed) == "ICS 205 Bear Creek Fire period 1 rev 4.pdf"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("I-75/exit 144", "I-75 exit 144"),
        ('A:B*C?"D"<E>|F\\G', "A B C D E F G"),
        ("Tab\there\nand there", "Tab here and there"),
        ("ends with dots...", "ends with dots"),
        ("..", ""),
        ("Incendie de forêt à l’Est", "Incendie de forêt à l’Est"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_one_that_every_system_takes(document: Document, name: str, expected: str) -> None:
    plan = plan_of(document)
    made = printing.suggested_name(replace(plan, incident=replace(plan.incident, name=name)))
    middle = f" {expected}" if expected else ""
    assert made == f"ICS 205{middle} period 1 rev 1 DRAFT.pdf"
    assert len(made.encode()) < 255


# ── a file ───────────────────────────────────────────────────────────────────


def test_the_pdf_is_written_where_the_dialog_says(
    window: QWidget, document: Document, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accepts(dialog: QFileDialog) -> int:
        assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        assert Path(dialog.selectedFiles()[0]).name == "ICS 205 Bear Creek Fire period 1 rev 1 DRAFT.pdf"
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("plan")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accepts)
    printing.export_205(window, document)
    written = tmp_path / "plan.pdf"
    assert written.read_bytes() == forms.draw(forms.find("205"), plan_of(document)).pdf
    assert said[-1] == f"The ICS 205 is saved as {written}."


def test_the_next_export_starts_in_the_same_folder(
    window: QWidget, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(printing, "_ask_file", lambda *_: stick / "a.pdf")
    printing.export_205(window, document)
    monkeypatch.undo()
    seen = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: seen.append(dialog.directory().path()) or 0)
    printing.export_205(window, document)
    assert [Path(path) for path in seen] == [stick]


def test_closing_the_dialog_writes_nothing(
    window: QWidget, document: Document, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _: 0)
    printing.export_205(window, document)
    assert said == []


def test_a_place_that_cannot_be_written_is_said(
    window: QWidget, document: Document, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(printing, "_ask_file", lambda *_: tmp_path / "file" / "plan.pdf")
    printing.export_205(window, document)
    assert len(said) == 1
    assert "could not be written" in said[0]


@pytest.mark.parametrize("what", [printing.export_205, printing.print_205])
def test_without_a_plan_it_says_what_to_do(window: QWidget, empty: Document, what: object) -> None:
    refused: list[ComlError] = []
    empty.refused.connect(refused.append)
    assert callable(what)
    what(window, empty)
    assert refused[0].message == "There is no plan to print yet."


# ── paper ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("button", ["Save as PDF…", "Cancel"])
def test_without_a_printer_a_pdf_is_offered(
    window: QWidget, document: Document, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    asked = []
    monkeypatch.setattr(printing, "_ask_file", lambda *_: asked.append("a file"))

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.text() == "No printer is set up on this computer. Save the ICS 205 as a PDF instead?"
        next(each for each in box.buttons() if each.text() == button).click()

    QTimer.singleShot(0, answer)
    printing.print_205(window, document)
    assert asked == (["a file"] if button == "Save as PDF…" else [])


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printing._prepare(printer, "ICS 205")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def test_every_page_is_printed_as_the_pdf_has_it(document: Document, tmp_path: Path) -> None:
    drawn = forms.draw(forms.find("205"), plan_of(document))
    assert printing.print_pdf(drawn.pdf, to_file(tmp_path / "printed.pdf")) == 3
    with Pdf(drawn.pdf) as wanted, Pdf((tmp_path / "printed.pdf").read_bytes()) as printed:
        assert printed.pages == 3
        assert printed.size(0) == (792, 612)
        for page in range(3):
            for one, other in zip(blurred(wanted, page), blurred(printed, page), strict=True):
                assert abs(one - other) < 24  # the same page, a hair's breadth apart


def blurred(pdf: Pdf, page: int) -> bytes:
    """A page in some 5,000 greys, so that a rule that lies half a pixel aside does not count."""
    small = pdf.picture(page, 1600).scaled(
        80, 62, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    grey = small.convertToFormat(QImage.Format.Format_Grayscale8)
    return b"".join(bytes(grey.constScanLine(y))[:80] for y in range(62))


def test_a_range_of_pages_is_honoured(document: Document, tmp_path: Path) -> None:
    drawn = forms.draw(forms.find("205"), plan_of(document))
    printer = to_file(tmp_path / "printed.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert printing.print_pdf(drawn.pdf, printer) == 2
    with Pdf((tmp_path / "printed.pdf").read_bytes()) as printed:
        assert printed.pages == 2


def test_copies_are_honoured(document: Document, tmp_path: Path) -> None:
    drawn = forms.draw(forms.find("205"), plan_of(document))
    printer = to_file(tmp_path / "printed.pdf")
    printer.setCopyCount(2)
    assert printing.print_pdf(drawn.pdf, printer) == 6
    if not printer.supportsMultipleCopies():
        with Pdf((tmp_path / "printed.pdf").read_bytes()) as printed:
            assert printed.pages == 6


def test_other_paper_takes_the_whole_page_as_large_as_it_goes(document: Document, tmp_path: Path) -> None:
    drawn = forms.draw(forms.find("205"), plan_of(document))
    printer = to_file(tmp_path / "printed.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printing.print_pdf(drawn.pdf, printer)
    with Pdf((tmp_path / "printed.pdf").read_bytes()) as printed:
        image = printed.picture(0, 420)
    dark = [y for y in range(image.height()) if min(bytes(image.constScanLine(y))[:420]) < 200]
    assert image.height() * 0.25 < dark[0] < dark[-1] < image.height() * 0.75


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_said(
    window: QWidget, document: Document, said: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    monkeypatch.setattr(printing, "QPrinter", _Printer)
    _Printer.target = tmp_path / "no such folder" / "x.pdf"
    printing.print_205(window, document)
    assert said == ["The printer did not take the page. See that it is on and has paper, or save the 205 as a PDF."]


class _Printer(QPrinter):
    target = Path()

    def __init__(self, mode: QPrinter.PrinterMode) -> None:
        super().__init__(mode)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(self.target))


def test_what_was_printed_is_said(
    window: QWidget, document: Document, said: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    monkeypatch.setattr(printing, "QPrinter", _Printer)
    _Printer.target = tmp_path / "printed.pdf"
    printing.print_205(window, document)
    assert said[-1] == "The ICS 205 went to a file: 3 pages."
    with Pdf(_Printer.target.read_bytes()) as printed:
        assert printed.pages == 3
