"""What changed: the signed revisions of a plan, and the differences between any two in words."""

import re
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QWidget,
)

from coml_toolkit import compare
from coml_toolkit.model.plan import Plan, Revision
from coml_toolkit.store.content import plan_of as signed_plan

from ..document import Document
from ..models.table import Column, RecordTable
from .dialog import GAP, Dialog, ask, chars, count, label, plan_of, table_of
from .times import day_and_time


def show(parent: QWidget | None, document: Document) -> None:
    """Show the revisions of the plan on screen."""
    plan = plan_of(document)
    if plan is not None:
        ask(Revisions(parent, document, plan))


def versions_of(document: Document, plan: Plan) -> list[Plan]:
    """The plan as it is now, if it is a draft, and as it was signed; newest first."""
    revisions = document.store[Revision].where(period_id=plan.period.id)
    signed = [signed_plan(revision, plan.incident, plan.period) for revision in reversed(revisions)]
    return signed if plan.is_signed else [plan, *signed]


class Revisions(Dialog):
    """Choose a version above; what it says otherwise than another one stands below."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan) -> None:
        super().__init__(
            parent,
            "What changed",
            f"The ICS 205 of {plan.incident.name}, operational period {plan.period.number}, as it was signed.",
            wide=96,
            high=34,
        )
        self._document = document
        self._zone = plan.incident.time_zone
        self.versions = versions_of(document, plan)
        self.model: RecordTable[Plan] = RecordTable(
            [
                Column(title="Revision", text=_name),
                Column(title="Signed by", text=lambda version: version.signed_by or "–"),
                Column(title="At (local time)", text=self._when),
                Column(title="Lines", text=lambda version: str(len(version.lines)), is_number=True),
            ],
            self,
        )
        self.model.show(self.versions)
        self.table = table_of(self.model, "Revisions")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(5 * self.fontMetrics().lineSpacing())
        self.other = QComboBox()
        self.other.setToolTip("The version that the selected one is compared with.")
        self.other.setMinimumContentsLength(20)
        name = label("Compared &with")
        name.setWordWrap(False)
        name.setBuddy(self.other)
        self.other.setAccessibleName("Compared with")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(name)
        row.addWidget(self.other)
        row.addStretch(1)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Differences")
        self.words.setMinimumHeight(5 * self.fontMetrics().lineSpacing())
        self.words.setMinimumWidth(chars(self, 40))
        self.area.addWidget(self.table, 2)
        self.area.addLayout(row)
        self.area.addWidget(self.words, 3)
        self.saved = label(look="quiet")
        self.area.addWidget(self.saved)
        self.save = self.add_button("&Save this revision as PDF…", tip="Write the selected version as an ICS 205.")
        self.save.clicked.connect(self.save_pdf)
        self.add_close()
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.other.currentIndexChanged.connect(self._compare)
        self.table.selectRow(0)
        self.table.setFocus()

    @property
    def version(self) -> Plan:
        """The selected one."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.record(rows[0]) if rows else self.versions[0]

    def save_pdf(self) -> None:
        """Ask where, and write it."""
        from coml_toolkit.errors import ComlError
        from forms import find, render

        version = self.version
        proposed = self._document.store.path.parent / file_name(version)
        chosen, _ = QFileDialog.getSaveFileName(self, "Save this revision as PDF", str(proposed), "PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.pdf")
        self.say(None)
        self.saved.hide()
        try:
            drawn = render(find("205"), version, path, force=True)  # replacing was asked by the file dialog
        except ComlError as error:
            self.say(error)
            return
        self.saved.setText("\n".join([f"Saved {count(drawn.pages, 'page')} as {path}.", *drawn.notes]))
        self.saved.show()
        self.fit()
        self._document.told.emit(f"{_name(version)} saved as {path.name}")

    def _when(self, version: Plan) -> str:
        return "–" if version.signed_at is None else day_and_time(version.signed_at, self._zone)

    def _chosen(self) -> None:
        """Another version: compare it with the one before it."""
        version = self.version
        self.other.blockSignals(True)
        self.other.clear()
        for other in self.versions:
            if other is not version:
                self.other.addItem(_name(other), other.revision)
        before = self.other.findData(version.revision - 1)
        self.other.setCurrentIndex(max(before, 0))
        self.other.setEnabled(self.other.count() > 0)
        self.other.blockSignals(False)
        self._compare()

    def _compare(self) -> None:
        version = self.version
        other = next((one for one in self.versions if one.revision == self.other.currentData()), None)
        if other is None:
            text = f"Nothing to compare with: this is the only version. It has {count(len(version.lines), 'line')}."
            if not version.is_signed:
                text = "Nothing is signed yet. Once a revision is signed, what changes after it shows here, in words."
            self.words.setPlainText(text)
            return
        old, new = sorted((other, version), key=lambda one: one.revision)
        found = compare.differences(old, new)
        head = f"{_name(new)} against {_name(old).lower()}:"
        self.words.setPlainText("\n".join([head, *(f"•  {each}" for each in found or ["The forms say the same."])]))


def file_name(plan: Plan) -> str:
    """'ICS 205 Bear Creek Fire period 3 revision 2.pdf', without what a file name may not hold."""
    incident = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", plan.incident.name).strip(" .")[:60]
    state = "" if plan.is_signed else " DRAFT"
    return f"ICS 205 {incident} period {plan.period.number} revision {plan.revision}{state}.pdf"


def _name(version: Plan) -> str:
    return f"Revision {version.revision}" if version.is_signed else f"Now (draft of revision {version.revision})"
