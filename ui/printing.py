"""The ICS 205 out of the program: as a PDF file, or on paper."""

import re
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from coml_toolkit import paper, planning
from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.model.plan import Plan

from .document import Document
from .widgets.fields import commit_typing
from .widgets.preview import Pdf

_MOST_DPI = 600  # finer no eye sees, and a page is 34 million pixels already
_FOLDER = "folder of the last export"  # a property of the window


def suggested_name(plan: Plan) -> str:
    """'ICS 205 Bear Creek Fire period 3 rev 4 DRAFT.pdf': a name that every system takes."""
    incident = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", plan.incident.name)
    incident = " ".join(incident.split())[:80].strip(" .")
    draft = "" if plan.is_signed else " DRAFT"
    parts = ("ICS 205", incident, f"period {plan.period.number}", f"rev {plan.revision}{draft}")
    return f"{' '.join(part for part in parts if part)}.pdf"


# ── a file ───────────────────────────────────────────────────────────────────


def export_205(window: QWidget, document: Document) -> None:
    """Ask for a file and write the 205 of the period on screen into it."""
    commit_typing()
    plan = document.plan
    if plan is None:
        document.refused.emit(_no_plan())
        return
    path = _ask_file(window, suggested_name(plan))
    if path is None:
        return
    import forms

    try:
        drawn = forms.render(forms.find("205"), plan, path, force=True)  # the dialog asked before replacing
    except ComlError as error:
        document.refused.emit(error)
        return
    window.setProperty(_FOLDER, str(path.parent))
    notes = f" {' '.join(drawn.notes)}" if drawn.notes else ""
    _remember(document, plan, str(path))
    document.told.emit(f"The ICS 205 is saved as {path}.{notes}{_waiting(document)}")


def _remember(document: Document, plan: Plan, file: str) -> None:
    """Keep that it left the program, so that it says when it is older than the plan."""
    if not document.store.is_read_only:
        document.make(paper.printed(plan, None, "ICS 205", planning.now(), file), can_undo=False)


def _waiting(document: Document) -> str:
    """What is red on the screen is not on the paper."""
    waiting = document.waiting()
    return f" Not on it, as it was refused: {'; '.join(waiting)}." if waiting else ""


def _ask_file(window: QWidget, name: str) -> Path | None:
    folder = window.property(_FOLDER) or QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )
    dialog = QFileDialog(window, "Save ICS 205 as PDF", str(folder), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")  # before it asks whether to replace a file
    dialog.selectFile(name)
    try:
        chosen = dialog.selectedFiles() if dialog.exec() else []
    finally:
        dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


# ── paper ────────────────────────────────────────────────────────────────────


def print_205(window: QWidget, document: Document) -> None:
    """Ask for a printer and print the 205 of the period on screen."""
    commit_typing()
    plan = document.plan
    if plan is None:
        document.refused.emit(_no_plan())
        return
    import forms

    try:
        drawn = forms.draw(forms.find("205"), plan)
    except ComlError as error:
        document.refused.emit(error)
        return
    if not QPrinterInfo.availablePrinterNames():
        if _ask_for_pdf(window):
            export_205(window, document)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _prepare(printer, suggested_name(plan).removesuffix(".pdf"))
    dialog = QPrintDialog(printer, window)
    dialog.setOptions(
        QPrintDialog.PrintDialogOption.PrintToFile
        | QPrintDialog.PrintDialogOption.PrintPageRange
        | QPrintDialog.PrintDialogOption.PrintCollateCopies
    )
    dialog.setMinMax(1, drawn.pages)
    dialog.setFromTo(1, drawn.pages)
    try:
        if not dialog.exec():
            return
    finally:
        dialog.deleteLater()
    try:
        pages = print_pdf(drawn.pdf, printer)
    except ComlError as error:
        document.refused.emit(error)
        return
    count = "1 page" if pages == 1 else f"{pages} pages"
    notes = f" {' '.join(drawn.notes)}" if drawn.notes else ""
    _remember(document, plan, "")
    document.told.emit(f"The ICS 205 went to {printer.printerName() or 'a file'}: {count}.{notes}")


def _prepare(printer: QPrinter, title: str) -> None:
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)  # the form has its own margins


def print_pdf(content: bytes, printer: QPrinter) -> int:
    """Print the pages that the printer was asked for; how many sheets went out, copies and all."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        with Pdf(content) as pdf:
            first, last = _range(printer, pdf.pages)
            copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
            once = list(range(first, last + 1))
            order = once * copies if printer.collateCopies() else [page for page in once for _ in range(copies)]
            if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
                order.reverse()
            _paint(pdf, printer, order)
            return len(order) * (printer.copyCount() if printer.supportsMultipleCopies() else 1)
    finally:
        QGuiApplication.restoreOverrideCursor()


def _range(printer: QPrinter, pages: int) -> tuple[int, int]:
    """First and last page, from 0."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        return min(printer.fromPage(), pages) - 1, min(max(printer.toPage(), printer.fromPage()), pages) - 1
    return 0, pages - 1


def _paint(pdf: Pdf, printer: QPrinter, order: list[int]) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise FormError(
            "The printer did not take the page.", hint="See that it is on and has paper, or save the 205 as a PDF."
        )
    try:
        for number, page in enumerate(order):
            if number and not printer.newPage():
                raise FormError(f"The printer stopped before page {number + 1}.", hint="See to it and print again.")
            room = printer.paperRect(QPrinter.Unit.DevicePixel)
            wide, high = pdf.size(page)
            scale = min(room.width() / wide, room.height() / high)  # other paper: as large as it goes
            dpi = min(scale * 72, _MOST_DPI)
            target = QRectF(0, 0, wide * scale, high * scale)
            target.moveCenter(QRectF(0, 0, room.width(), room.height()).center())
            painter.drawImage(target, pdf.picture(page, round(wide * dpi / 72)))
    finally:
        painter.end()


def _ask_for_pdf(window: QWidget) -> bool:
    box = QMessageBox(
        QMessageBox.Icon.NoIcon,
        "Print ICS 205",
        "No printer is set up on this computer. Save the ICS 205 as a PDF instead?",
        QMessageBox.StandardButton.NoButton,
        window,
    )
    save = box.addButton("Save as PDF…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    try:
        box.exec()
        return box.clickedButton() is save
    finally:
        box.deleteLater()


def _no_plan() -> ComlError:
    return ComlError("There is no plan to print yet.", hint="Start one with New incident (Ctrl+N).")
