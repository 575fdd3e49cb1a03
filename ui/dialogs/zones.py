"""The time zone field: every zone there is, those of the United States first."""

from functools import cache
from zoneinfo import available_timezones

import tzlocal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from coml_toolkit import units
from coml_toolkit.errors import InputError

_US = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Mountain, no daylight time (Arizona)",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "America/Adak": "Aleutian",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic (Puerto Rico, Virgin Islands)",
    "Pacific/Guam": "Chamorro (Guam, Northern Marianas)",
    "Pacific/Pago_Pago": "Samoa (American Samoa)",
    "UTC": "Coordinated universal time",
}
_NO_PLACES = ("posix/", "right/", "Etc/", "SystemV/", "posixrules", "localtime", "Factory")


@cache
def listed() -> dict[str, str]:
    """The words of each zone, by its IANA name: those of the United States first."""
    words = {name: f"{common} – {name}" for name, common in _US.items()}
    rest = sorted(name for name in available_timezones() if not name.startswith(_NO_PLACES))
    return words | {name: name for name in rest if name not in words}


def of_this_computer() -> str:
    """The IANA name of this computer's zone; "" if it has none that is known."""
    try:
        name = tzlocal.get_localzone_name() or ""
        return "UTC" if name in ("Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "Zulu") else name
    except (LookupError, ValueError, OSError):
        return ""


class ZoneField(QComboBox):
    """A time zone, chosen or typed: any part of its name finds it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        self.setMaxVisibleItems(12)
        for zone, words in listed().items():
            self.addItem(words, zone)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.show_zone(name)

    def show_zone(self, name: str) -> None:
        """Show this zone."""
        self.setEditText(listed().get(name, name))

    def zone(self) -> str:
        """The IANA name of what is written there. Raises InputError, and guesses nothing."""
        typed = " ".join(self.currentText().split())
        folded = typed.casefold()
        for name, words in listed().items():
            if folded in (name.casefold(), words.casefold(), _US.get(name, name).casefold()):
                return name
        if "/" not in typed:
            found = [name for name in listed() if folded and folded in listed()[name].casefold()]
            hint = f"Did you mean {' or '.join(found[:3])}?" if found else "Choose one from the list."
            raise InputError(f"“{typed}” is not a time zone.", hint=hint)
        units.time_zone(typed)
        return typed
