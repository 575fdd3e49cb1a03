"""Every command of the desktop: its words, shortcut and icon. Menus, palette and buttons are made from this list.

Who carries a command out connects to its QAction: `actions["undo"].triggered.connect(document.undo)`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing the user can ask for."""

    name: str
    words: str  # in menus and the palette; "…" if it asks something first
    tip: str  # one sentence: what it does
    menu: str
    shortcut: str = ""
    icon: str = ""
    is_checkable: bool = False


COMMANDS: tuple[Command, ...] = (
    # ── File ─────────────────────────────────────────────────────────────────
    Command(
        name="new-incident",
        words="New incident…",
        tip="Start an incident and its first operational period.",
        menu="File",
        shortcut="Ctrl+N",
        icon="incident",
    ),
    Command(
        name="try-example",
        words="Try the example",
        tip="Open a made-up incident to look around in; your own file stays as it is.",
        menu="File",
        icon="example",
    ),
    Command(
        name="open-unit",
        words="Open unit file…",
        tip="Work on another unit file.",
        menu="File",
        shortcut="Ctrl+O",
        icon="open",
    ),
    Command(
        name="new-unit",
        words="New unit file…",
        tip="Make an empty unit file and open it.",
        menu="File",
        icon="file",
    ),
    Command(
        name="export-205",
        words="Save 205 as PDF…",
        tip="Write the ICS 205 of this period as a PDF file.",
        menu="File",
        shortcut="Ctrl+E",
        icon="export",
    ),
    Command(
        name="print-205",
        words="Print 205…",
        tip="Print the ICS 205 of this period.",
        menu="File",
        shortcut="Ctrl+P",
        icon="print",
    ),
    Command(
        name="package-forms",
        words="Package for Planning…",
        tip="Save the forms of this period as one PDF, with a public copy if asked.",
        menu="File",
        icon="export",
    ),
    Command(
        name="quit",
        words="Quit",
        tip="Close the program. Everything is saved already.",
        menu="File",
        shortcut="Ctrl+Q",
        icon="quit",
    ),
    # ── Edit ─────────────────────────────────────────────────────────────────
    Command(name="undo", words="Undo", tip="Take back the last edit.", menu="Edit", shortcut="Ctrl+Z", icon="undo"),
    Command(
        name="redo",
        words="Redo",
        tip="Do again what was taken back.",
        menu="Edit",
        shortcut="Ctrl+Shift+Z",
        icon="redo",
    ),
    Command(
        name="history",
        words="History…",
        tip="Who changed what and when.",
        menu="Edit",
        shortcut="Ctrl+H",
        icon="history",
    ),
    Command(
        name="find",
        words="Find anything or do anything",
        tip="Type three letters of an action, a channel or a line, then Enter.",
        menu="Edit",
        shortcut="Ctrl+K",
        icon="search",
    ),
    # ── Plan ─────────────────────────────────────────────────────────────────
    Command(
        name="add-line",
        words="Add line",
        tip="Go to the empty line at the end and type a channel name.",
        menu="Plan",
        shortcut="Ctrl+Return",
        icon="add",
    ),
    Command(
        name="remove-lines",
        words="Remove lines",
        tip="Take the selected lines out of the plan; Undo brings them back.",
        menu="Plan",
        shortcut="Ctrl+Delete",
        icon="remove",
    ),
    Command(
        name="move-up",
        words="Move up",
        tip="Move the selected lines up, over a zone's edge too.",
        menu="Plan",
        shortcut="Alt+Up",
        icon="up",
    ),
    Command(
        name="move-down",
        words="Move down",
        tip="Move the selected lines down, over a zone's edge too.",
        menu="Plan",
        shortcut="Alt+Down",
        icon="down",
    ),
    Command(
        name="new-zone",
        words="Put into zone…",
        tip="Put the selected lines into another zone, old or new.",
        menu="Plan",
        shortcut="Ctrl+G",
        icon="zone",
    ),
    Command(
        name="direct-twin",
        words="Add direct twin",
        tip="Add the talk-around of the selected repeater line below it.",
        menu="Plan",
        shortcut="Ctrl+D",
        icon="direct",
    ),
    Command(
        name="renumber",
        words="Renumber channels",
        tip="Number the channels of each zone from 1, in this order.",
        menu="Plan",
        icon="number",
    ),
    Command(
        name="special-instructions",
        words="Special instructions…",
        tip="Write block 5 of the ICS 205.",
        menu="Plan",
        shortcut="Ctrl+I",
        icon="note",
    ),
    Command(
        name="edit-period",
        words="Operational period…",
        tip="Change the times of this period, when the 205 is due, and who prepares it.",
        menu="Plan",
        icon="clock",
    ),
    Command(
        name="edit-incident",
        words="Incident details…",
        tip="Change the incident's name, number, place and time zone.",
        menu="Plan",
        icon="incident",
    ),
    Command(
        name="copy-forward",
        words="Copy forward…",
        tip="Start the next operational period with a copy of this plan.",
        menu="Plan",
        shortcut="Ctrl+Shift+N",
        icon="forward",
    ),
    Command(
        name="sign",
        words="Sign and lock…",
        tip="Sign this revision; a later change starts the next one.",
        menu="Plan",
        icon="sign",
    ),
    Command(
        name="revisions",
        words="What changed…",
        tip="The signed revisions of this plan, and what changed since, in words.",
        menu="Plan",
        icon="history",
    ),
    # ── View ─────────────────────────────────────────────────────────────────
    Command(
        name="page-plan",
        words="Plan",
        tip="The radio plan of this period: the ICS 205.",
        menu="View",
        shortcut="Ctrl+1",
        icon="plan",
        is_checkable=True,
    ),
    Command(
        name="page-library",
        words="Library",
        tip="Every channel: the national ones and your own.",
        menu="View",
        shortcut="Ctrl+2",
        icon="library",
        is_checkable=True,
    ),
    Command(
        name="page-forms",
        words="Forms",
        tip="Every form of this period: fill in, print, hand to Planning.",
        menu="View",
        shortcut="Ctrl+3",
        icon="page",
        is_checkable=True,
    ),
    Command(
        name="preview",
        words="Preview 205",
        tip="Show the ICS 205 as it will print, in place of the table.",
        menu="View",
        shortcut="F8",
        icon="page",
        is_checkable=True,
    ),
    Command(
        name="findings",
        words="Findings",
        tip="Show what is wrong or doubtful in this plan, and why.",
        menu="View",
        shortcut="F7",
        icon="warning",
        is_checkable=True,
    ),
    Command(
        name="inspector",
        words="Inspector",
        tip="Show or hide everything about the selected line.",
        menu="View",
        shortcut="F9",
        icon="inspector",
        is_checkable=True,
    ),
    Command(
        name="fold-zones",
        words="Fold or unfold zones",
        tip="Show only the zones' headings, or everything.",
        menu="View",
        shortcut="Ctrl+Shift+F",
        icon="zone",
    ),
    Command(
        name="theme-system",
        words="Theme: as the computer",
        tip="Light or dark, as the computer is set.",
        menu="View",
        icon="theme",
        is_checkable=True,
    ),
    Command(
        name="theme-light",
        words="Theme: light",
        tip="Dark on white, for sunlight.",
        menu="View",
        icon="theme",
        is_checkable=True,
    ),
    Command(
        name="theme-dark",
        words="Theme: dark",
        tip="Light on dark, for a dim room.",
        menu="View",
        icon="theme",
        is_checkable=True,
    ),
    Command(
        name="theme-night",
        words="Theme: night",
        tip="Red on black, to keep your eyes used to the dark.",
        menu="View",
        icon="theme",
        is_checkable=True,
    ),
    Command(
        name="text-larger",
        words="Larger text",
        tip="Make all text larger, up to 200 %.",
        menu="View",
        shortcut="Ctrl++",
        icon="larger",
    ),
    Command(
        name="text-smaller",
        words="Smaller text",
        tip="Make all text smaller, down to 90 %.",
        menu="View",
        shortcut="Ctrl+-",
        icon="smaller",
    ),
    Command(
        name="text-normal",
        words="Normal text size",
        tip="Set all text to 100 %.",
        menu="View",
        shortcut="Ctrl+0",
        icon="normal",
    ),
    # ── Library ──────────────────────────────────────────────────────────────
    Command(
        name="search-library",
        words="Search the library",
        tip="Go to the search field of the library.",
        menu="Library",
        shortcut="Ctrl+F",
        icon="search",
    ),
    Command(
        name="add-to-plan",
        words="Add to plan",
        tip="Add the selected channels to the plan on screen.",
        menu="Library",
        shortcut="Ctrl+Shift+Return",
        icon="add",
    ),
    Command(
        name="new-channel",
        words="New channel…",
        tip="Add a channel of your own to the unit's library.",
        menu="Library",
        icon="file",
    ),
    Command(
        name="edit-channel",
        words="Edit channel…",
        tip="Change a channel of your own; shipped ones are copied first.",
        menu="Library",
        icon="edit",
    ),
    Command(
        name="remove-channel",
        words="Remove own channel",
        tip="Take a channel of your own out of the library.",
        menu="Library",
        icon="remove",
    ),
    # ── Help ─────────────────────────────────────────────────────────────────
    Command(
        name="help",
        words="Help for this page",
        tip="What this page is for and how to use it.",
        menu="Help",
        shortcut="F1",
        icon="help",
    ),
    Command(
        name="keys",
        words="Keyboard shortcuts",
        tip="Every command with its key.",
        menu="Help",
        shortcut="Shift+F1",
        icon="keyboard",
    ),
    Command(
        name="operator",
        words="Your name…",
        tip="The name that the history carries for your edits.",
        menu="Help",
        icon="person",
    ),
    Command(name="about", words="About COML Toolkit", tip="Version, licence and sources.", menu="Help", icon="about"),
)

MENUS = tuple(dict.fromkeys(command.menu for command in COMMANDS))


class Actions(dict[str, QAction]):
    """A QAction for each command, by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__()
        for command in COMMANDS:
            action = QAction(command.words, parent)
            action.setObjectName(command.name)
            action.setCheckable(command.is_checkable)
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
            action.setStatusTip(command.tip)
            action.setToolTip(with_shortcut(command.tip, action))
            self[command.name] = action


def with_shortcut(tip: str, action: QAction) -> str:
    """'Take back the last edit. (Ctrl+Z)', as every control's tooltip reads."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})" if keys else tip
