"""Forms out of the program: one as a PDF file or on paper, or many in one file for Planning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

import forms
from coml_toolkit import paper, planning
from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.jobs import Progress
from coml_toolkit.model.plan import Plan
from coml_toolkit.model.printed import Printed
from coml_toolkit.planning import Change
from forms import Drawn, Paper

from .. import theme
from ..document import Document
from ..jobs import Jobs
from ..models.forms import Item, items, may_be_entered
from ..printing import print_pdf
from ..widgets.fields import commit_typing
from .dialog import Dialog, Fields, ask, count, label, line_edit, plan_of

_FOLDER = "folder of the last export"  # a property of the window; the 205's export keeps it there too
_ROLE = Qt.ItemDataRole.UserRole


def file_name(plan: Plan, *parts: str) -> str:
    """'ICS 204 Division A Bear Creek Fire period 3.pdf': a name that every system takes."""
    said = " ".join((*parts, plan.incident.name[:60]))
    bare = " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", said).split())[:140].strip(" .")
    return f"{bare} period {plan.period.number}.pdf"


def ask_file(window: QWidget, title: str, name: str) -> Path | None:
    """Where to save; the folder is the one of last time."""
    top = window.window()
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = top.property(_FOLDER) or documents
    dialog = QFileDialog(window, title, str(folder), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")  # before it asks whether to replace a file
    dialog.selectFile(name)
    try:
        chosen = dialog.selectedFiles() if dialog.exec() else []
    finally:
        dialog.deleteLater()
    if not chosen:
        return None
    top.setProperty(_FOLDER, str(Path(chosen[0]).parent))
    return Path(chosen[0])


# ── one ──────────────────────────────────────────────────────────────────────


def save_pdf(window: QWidget, document: Document, item: Item) -> None:
    """Ask for a file and write one form into it."""
    plan = document.plan
    if plan is None:
        return
    name = item.name if item.is_sheet else ""
    path = ask_file(window, f"Save {item.form.number} as PDF", file_name(plan, item.form.number, name))
    if path is None:
        return
    try:
        drawn = forms.render(item.form, plan, path, sheet=item.sheet, force=True)  # the dialog asked before replacing
    except ComlError as error:
        document.refused.emit(error)
        return
    record(document, plan, [item], str(path))
    document.told.emit(f"{_title(item)} is saved as {path}.{_notes(drawn)}")


def print_paper(window: QWidget, document: Document, item: Item) -> None:
    """Ask for a printer and print one form; without a printer, offer the file."""
    commit_typing()
    plan = document.plan
    if plan is None:
        return
    if not QPrinterInfo.availablePrinterNames():
        document.told.emit("No printer is set up on this computer: save the PDF and print it elsewhere.")
        save_pdf(window, document, item)
        return
    try:
        drawn = forms.draw(item.form, plan, sheet=item.sheet)
        printer = _ask_printer(window, item, drawn)
        if printer is None:
            return
        pages = print_pdf(drawn.pdf, printer)
    except ComlError as error:
        document.refused.emit(error)
        return
    record(document, plan, [item], "")
    where = printer.printerName() or "a file"
    document.told.emit(f"{_title(item)} went to {where}: {count(pages, 'page')}.{_notes(drawn)}")


def _ask_printer(window: QWidget, item: Item, drawn: Drawn) -> QPrinter | None:
    from forms.face import load

    face = load(item.form.pages[0].face)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_title(item))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    across = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(across if face.width > face.height else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)  # the form has its own margins
    dialog = QPrintDialog(printer, window)
    option = QPrintDialog.PrintDialogOption
    dialog.setOptions(option.PrintToFile | option.PrintPageRange | option.PrintCollateCopies)
    dialog.setMinMax(1, drawn.pages)
    dialog.setFromTo(1, drawn.pages)
    try:
        return printer if dialog.exec() else None
    finally:
        dialog.deleteLater()


def record(document: Document, plan: Plan, made: Sequence[Item], file: str) -> None:
    """Remember what left the program, so that paper older than the plan says so."""
    if document.store.is_read_only:
        return
    document.make(_printed(plan, made, file), can_undo=False)


def _printed(plan: Plan, made: Sequence[Item], file: str) -> Change:
    at = planning.now()
    records: list[Printed] = []
    for item in made:
        repeats_plan = item.form.says_plan
        change = paper.printed(plan, item.sheet, item.form.number, at, file, repeats_plan=repeats_plan)
        records += [each for each in change.after if isinstance(each, Printed)]
    what = _title(made[0]) if len(made) == 1 else count(len(made), "form")
    return Change([], records, f"Print {what} of revision {plan.revision}")


def _title(item: Item) -> str:
    return f"{item.form.number} {item.name}" if item.is_sheet else item.form.number


def _notes(drawn: Drawn) -> str:
    return f" {' '.join(drawn.notes)}" if drawn.notes else ""


# ── many ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Package:
    """What goes into one file."""

    plan: Plan
    items: tuple[Item, ...]
    path: Path
    iap_page: str
    is_public: bool


def package(parent: QWidget, document: Document, jobs: Jobs) -> None:
    """Choose forms and save them as one PDF."""
    commit_typing()
    plan = plan_of(document)
    if plan is not None:
        ask(PackageDialog(parent, document, jobs, plan))


class PackageDialog(Dialog):
    """Which forms, numbered from which page of the IAP, for whom."""

    def __init__(self, parent: QWidget | None, document: Document, jobs: Jobs, plan: Plan) -> None:
        super().__init__(
            parent,
            "Package for Planning",
            f"One PDF with the forms of {plan.incident.name}, operational period {plan.period.number}. "
            "Space ticks a form or leaves it out.",
            wide=76,
            high=30,
        )
        self._document, self._jobs, self._plan = document, jobs, plan
        self.list = QListWidget()
        self.list.setAccessibleName("Forms in the package")
        self.list.setToolTip("Ticked forms go into the package, in this order. Space ticks or leaves out.")
        self.list.setMinimumHeight(6 * theme.row_height())
        for item in items(document.store, plan):
            if item.has_content:
                self._offer(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _: self._count())
        every, none = QPushButton("Tick all"), QPushButton("Tick none")
        every.setToolTip("Put every form of this list into the package.")
        none.setToolTip("Leave every form out, to tick a few.")
        every.clicked.connect(lambda: self._tick(True))
        none.clicked.connect(lambda: self._tick(False))
        self._chosen = label(look="quiet")
        row = QHBoxLayout()
        for button in (every, none):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self._chosen, 1)
        self.fields = Fields()
        self.page = line_edit(placeholder="none")
        self.fields.add("First &IAP page", self.page, tip="The number of the first page in the Incident Action Plan.")
        self.public = QCheckBox("&Public copy: leave out private rows and telephone numbers")
        self.public.setToolTip("Each page says how much is withheld. A public copy does not count as printed.")
        self.fields.add_wide(self.public)
        self.area.addWidget(self.list, 1)
        self.area.addLayout(row)
        self.area.addWidget(self.fields)
        self.save = self.add_buttons("&Save package…", tip="Choose a file and write it. (Enter)")
        self._count()
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.doItemsLayout()  # rows are as high as the theme wants them, now that it dresses them

    def _offer(self, item: Item) -> None:
        name = f" – {item.name}" if item.is_sheet else ""
        words = f"{item.form.number}{name} – {item.form.title}" if name else f"{item.form.number} – {item.form.title}"
        row = QListWidgetItem(words)
        row.setData(_ROLE, item)
        row.setToolTip(item.words)
        is_of_period = item.sheet is not None and item.sheet.period_id is not None
        is_asked_for = is_of_period or not may_be_entered(item.form)
        row.setCheckState(Qt.CheckState.Checked if is_asked_for else Qt.CheckState.Unchecked)
        self.list.addItem(row)

    @property
    def chosen(self) -> tuple[Item, ...]:
        """What is ticked."""
        rows = [self.list.item(row) for row in range(self.list.count())]
        return tuple(row.data(_ROLE) for row in rows if row.checkState() is Qt.CheckState.Checked)

    def _tick(self, is_ticked: bool) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _count(self) -> None:
        self._chosen.setText(f"{count(len(self.chosen), 'form')} ticked")
        self._chosen.show()

    def carry_out(self) -> None:
        chosen = self.chosen
        if not chosen:
            raise FormError("No form is ticked.", hint="Tick at least one with Space.")
        kind = "Public package" if self.public.isChecked() else "Communications package"
        path = ask_file(self.parentWidget() or self, "Save package as PDF", file_name(self._plan, kind))
        if path is None:
            raise FormError("Nothing is saved yet.", hint="Choose a file, or Cancel.")
        made = Package(self._plan, chosen, path, self.page.text().strip(), self.public.isChecked())
        document, store = self._document, self._document.store

        def done(drawn: Drawn) -> None:
            if document.store is store and not made.is_public:
                record(document, made.plan, made.items, str(path))
            what = f"{count(len(made.items), 'form')} on {count(drawn.pages, 'page')}"
            document.told.emit(f"The package is saved as {path}: {what}.{_notes(drawn)}")

        def failed(error: Exception) -> None:
            if not isinstance(error, ComlError):
                raise error
            document.refused.emit(error)

        self._jobs.start("Writing the package", _write, made, on_done=done, on_error=failed)


def _write(made: Package, *, progress: Progress) -> Drawn:
    """Runs in a job."""
    progress(0, 0)
    papers = [Paper(item.form, forms.content(item.form, made.plan, item.sheet)) for item in made.items]
    return forms.package(papers, made.path, iap_page=made.iap_page, is_public=made.is_public, force=True)
