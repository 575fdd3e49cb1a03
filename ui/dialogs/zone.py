"""Which zone lines go into: one that there is, or a new one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from coml_toolkit.errors import InputError
from coml_toolkit.model.plan import ZONE_SIZE, Plan

from ..document import Document
from .dialog import Dialog, Fields, about, count, label, plan_of, set_text

_NO_ZONE = "(no zone)"


def ask(parent: QWidget | None, document: Document) -> str | None:
    """The zone that is chosen or named; "" for none, None if nothing was decided."""
    plan = plan_of(document)
    if plan is None:
        return None
    dialog = Zone(parent, plan)
    try:
        return dialog.zone() if dialog.exec() else None
    finally:
        dialog.deleteLater()


def counts(plan: Plan) -> dict[str, int]:
    """How many lines each zone has, in the order of the plan."""
    found: dict[str, int] = {}
    for line in plan.lines:
        found[line.assignment.zone] = found.get(line.assignment.zone, 0) + 1
    return found


class Zone(Dialog):
    """One field: typing names a zone, Up and Down go through those there are."""

    def __init__(self, parent: QWidget | None, plan: Plan) -> None:
        super().__init__(
            parent, "Put into zone", "Choose a zone with Up and Down, or type the name of a new one.", wide=48
        )
        self._counts = {**counts(plan)}
        self._counts.setdefault("", 0)  # the lines can always leave their zones
        self.list = QListWidget()
        self.list.ensurePolished()
        self.list.setAccessibleName("Zones of this plan")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field's own Up and Down move in it
        self.list.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        for zone, number in self._counts.items():
            text = f"Zone {zone} — {number} of {ZONE_SIZE}" if zone else f"{_NO_ZONE} — {count(number, 'line')}"
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, zone or _NO_ZONE)
            self.list.addItem(item)
        self.name = _ListField(self.list)
        self.name.setMaxLength(100)
        fields = Fields()
        fields.add("&Zone", self.name, tip="Its name as the radios and the 205 show it: A, 1, or “Command”.")
        self.effect = label(look="quiet")
        self.area.addWidget(fields)
        self.area.addWidget(self.list, 1)
        self.area.addWidget(self.effect)
        self.add_buttons("&Put there", tip="Put the selected lines into this zone. (Enter)")
        self.name.textChanged.connect(self._tell)
        self.list.itemClicked.connect(lambda item: self.name.setText(item.data(Qt.ItemDataRole.UserRole)))
        self.list.itemDoubleClicked.connect(lambda _: self.accept())
        self._tell()
        self.name.setFocus()

    def zone(self) -> str:
        """The zone: of those there are in their own spelling; "" for none."""
        typed = " ".join(self.name.text().split())
        if typed == _NO_ZONE:
            return ""
        if typed in self._counts:
            return typed
        return next((zone for zone in self._counts if zone.casefold() == typed.casefold()), typed)

    def carry_out(self) -> None:
        with about(self.name):
            if not self.name.text().strip():
                raise InputError("No zone was named.", hint=f"Press Down to choose one; “{_NO_ZONE}” is one of them.")

    def _tell(self) -> None:
        is_empty = not self.name.text().strip()
        zone = self.zone()
        self.list.setCurrentRow(-1 if is_empty or zone not in self._counts else list(self._counts).index(zone))
        number = self._counts.get(zone, 0)
        if is_empty:
            words = "Down chooses the first zone."
        elif not zone:
            words = "The lines leave their zones."
        elif zone not in self._counts:
            words = f"Zone {zone} is new."
        elif number >= ZONE_SIZE:
            words = f"Zone {zone} has {number} channels already; most radios hold {ZONE_SIZE} in a zone."
        else:
            words = f"Zone {zone} has {number} of {ZONE_SIZE} channels."
        set_text(self.effect, words)


class _ListField(QLineEdit):
    """A field whose Up and Down go through a list."""

    def __init__(self, items: QListWidget) -> None:
        super().__init__()
        self._items = items

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._items.count():
            row = self._items.currentRow()
            row = (0 if step > 0 else self._items.count() - 1) if row < 0 else row + step
            self.setText(self._items.item(row % self._items.count()).data(Qt.ItemDataRole.UserRole))
