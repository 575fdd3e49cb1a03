"""Help: the manual's pages, every command with its key, and what this program is."""

import platform
from collections import Counter
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QSortFilterProxyModel, Qt, QUrl, qVersion
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from coml_toolkit import __version__, library
from resources import path as resource

from .. import theme
from ..actions import COMMANDS, Actions, Command
from ..models.table import Column, RecordTable
from .dialog import GAP, Dialog, Fields, ask, chars, label, line_edit, set_text, table_of

# The pages of the manual, in the order they are listed: listed, as a folder that is searched loses one without a word.
PAGES = ("index", "plan", "library", "forms", "files", "commands")


def show(parent: QWidget, page_name: str = "index") -> None:
    """Open a page of the manual beside the window; the work goes on while it is open."""
    window = parent.findChild(Help)
    if window is None:
        window = Help(parent)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show_page(page_name)
    window.show()
    window.raise_()
    window.activateWindow()


def keys(parent: QWidget | None, actions: Actions) -> None:
    """Show every command with its key."""
    ask(Keys(parent, actions))


def about(parent: QWidget | None) -> None:
    """Show version, licence and sources."""
    ask(About(parent))


# ── the manual ───────────────────────────────────────────────────────────────


@cache
def text_of(page_name: str) -> str:
    """A page of the manual, as Markdown."""
    name = page_name if page_name in PAGES else "index"
    return resource("help", f"{name}.md").read_text("utf-8")


def title_of(page_name: str) -> str:
    """The heading of a page."""
    return text_of(page_name).partition("\n")[0].lstrip("# ").strip()


def show_markdown(browser: QTextBrowser, text: str) -> None:
    """Show Markdown with air between its paragraphs, and keys on a ground of their own."""
    browser.setMarkdown(text)
    document = browser.document()
    document.setDocumentMargin(2 * GAP)
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = block.blockFormat()
        level = form.headingLevel()
        form.setTopMargin(0 if level == 1 else 2 * GAP if level else 0)
        form.setBottomMargin(GAP // 2 if block.textList() is not None else GAP)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(form)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            size = QTextCharFormat()
            size.setProperty(QTextFormat.Property.FontSizeAdjustment, 2 if level == 1 else 1)
            cursor.mergeCharFormat(size)
        for span in block.textFormats():
            if span.format.fontFixedPitch():  # a key
                cursor.setPosition(block.position() + span.start)
                cursor.setPosition(block.position() + span.start + span.length, QTextCursor.MoveMode.KeepAnchor)
                key = QTextCharFormat()
                key.setFont(browser.font())
                key.setBackground(theme.color("selection"))
                cursor.setCharFormat(key)
        block = block.next()
    browser.moveCursor(QTextCursor.MoveOperation.Start)


class Help(Dialog):
    """The pages at the left, the words at the right."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "Help", wide=116, high=42)
        self.heading.hide()
        self.setModal(False)
        self.list = QListWidget()
        self.list.ensurePolished()
        self.list.setAccessibleName("Pages of the manual")
        for page_name in PAGES:
            item = QListWidgetItem(title_of(page_name))
            item.setData(Qt.ItemDataRole.UserRole, page_name)
            self.list.addItem(item)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(min(chars(self, 32), 360))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("Help")
        self.text.setMinimumSize(chars(self, 40), 12 * self.fontMetrics().lineSpacing())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.area.addLayout(row, 1)
        self.link_note = label(look="quiet")
        self.open_link = QPushButton("Open in the &browser")
        self.copy_link = QPushButton("&Copy the address")
        links = QHBoxLayout()
        links.setSpacing(GAP)
        links.addWidget(self.link_note, 1)
        links.addWidget(self.copy_link)
        links.addWidget(self.open_link)
        self.area.addLayout(links)
        self._link = QUrl()
        self.add_close()
        self.list.currentItemChanged.connect(self._chosen)
        self.text.anchorClicked.connect(self.follow)
        self.open_link.clicked.connect(lambda: QDesktopServices.openUrl(self._link))
        self.copy_link.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._link.toString()))
        self._offer(QUrl())

    def show_page(self, page_name: str) -> None:
        """Show a page; one that does not exist is the first."""
        row = PAGES.index(page_name) if page_name in PAGES else 0
        self.list.setCurrentRow(row)
        self.text.setFocus()

    def follow(self, link: QUrl) -> None:
        """Another page opens here; what leads outside is offered, not opened."""
        name = link.path().removesuffix(".md")
        if not link.scheme() and name in PAGES:
            self.show_page(name)
        else:
            self._offer(link)

    def _offer(self, link: QUrl) -> None:
        self._link = link
        words = f"{link.toString()} is on the internet; nothing was opened." if link.isValid() else ""
        set_text(self.link_note, words)
        self.open_link.setVisible(link.isValid())
        self.copy_link.setVisible(link.isValid())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            show_markdown(self.text, text_of(item.data(Qt.ItemDataRole.UserRole)))
            self._offer(QUrl())


# ── keys ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Key:
    """One line of the table of keys."""

    words: str
    keys: str
    what: str
    menu: str


# Keys that belong to a place, not to a command.
_MORE_KEYS = (
    _Key("Open the menu", "F10", "Every command, by subject.", "Everywhere"),
    _Key("Leave a dialog", "Esc", "Changes nothing.", "Everywhere"),
    _Key("Next field, field before", "Tab, Shift+Tab", "Every control can be reached this way.", "Everywhere"),
)


def _rows(actions: Actions) -> list[_Key]:
    def row(command: Command) -> _Key:
        shortcut = actions[command.name].shortcut()
        words = shortcut.toString(shortcut.SequenceFormat.NativeText).replace("Return", "Enter")  # as keyboards say
        return _Key(command.words, words, command.tip, command.menu)

    return [*(row(command) for command in COMMANDS), *_MORE_KEYS]


class Keys(Dialog):
    """Every command, its key and what it does; a filter finds one."""

    def __init__(self, parent: QWidget | None, actions: Actions) -> None:
        super().__init__(
            parent, "Keyboard shortcuts", "Ctrl+K finds every one of these by its words.", wide=136, high=42
        )
        self.filter = line_edit(placeholder="Part of a command or a key")
        self.filter.setClearButtonEnabled(True)
        fields = Fields()
        fields.add("&Filter", self.filter, tip="Show only the commands that hold these words.")
        model: RecordTable[_Key] = RecordTable(
            [
                Column(title="Command", text=lambda key: key.words),
                Column(title="Key", text=lambda key: key.keys),
                Column(title="What it does", text=lambda key: key.what, tip=lambda key: key.what),
                Column(title="Menu", text=lambda key: key.menu),
            ],
            self,
        )
        model.show(_rows(actions))
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(model)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = table_of(self.shown, "Keyboard shortcuts")
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.area.addWidget(fields)
        self.area.addWidget(self.table, 1)
        self.add_close()
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.filter.setFocus()


# ── about ────────────────────────────────────────────────────────────────────


def versions() -> str:
    """What runs here, for a report of a fault."""
    import PySide6

    return (
        f"COML Toolkit {__version__}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__} (Qt {qVersion()}), {platform.system()} {platform.release()}"
    )


@cache
def _sources() -> str:
    editions = Counter(channel.edition for channel in library.channels() if channel.edition)
    return ", ".join(edition for edition, _ in editions.most_common())


def _about() -> str:
    return f"""
{versions()}

**Licence.** COML Toolkit is free software under the GNU General Public License, version 3 or any later version
(GPL-3.0-or-later). You may use it, pass it on and change it. It comes with no warranty: check every frequency before
you transmit.

**Channels.** {len(library.channels())} channels ship with the program. Their editions are: {_sources()}.
Each channel names its own source and how it was verified; the inspector of the Library page shows them.
{library.AUTHORIZES_NOBODY}

**Forms.** Drawn after the ICS forms of the FEMA 502-2 booklet, works of the United States government.

**Typeface of the forms.** Liberation Sans, under the SIL Open Font License 1.1.

**Made with** Qt and PySide6 (LGPL-3.0), ReportLab (BSD), sqlite-utils and click (Apache-2.0, BSD), and SQLite.
"""


class About(Dialog):
    """Version, licence and where the data comes from."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "COML Toolkit", wide=88, high=32)
        self.setWindowTitle("About COML Toolkit")
        self.text = QTextBrowser()
        self.text.setAccessibleName("About COML Toolkit")
        self.text.setOpenLinks(False)
        show_markdown(self.text, _about())
        self.text.setMinimumHeight(10 * self.fontMetrics().lineSpacing())
        self.area.addWidget(self.text, 1)
        self.fonts = self.add_button("&Licence of the typeface", tip="Show the SIL Open Font License.")
        self.fonts.setCheckable(True)
        self.fonts.toggled.connect(self._show_licence)
        copy = self.add_button("&Copy the versions", tip="For a report of a fault.")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        self.add_close()
        self.text.setFocus()

    def _show_licence(self, is_shown: bool) -> None:
        if is_shown:
            self.text.setPlainText(resource("fonts", "LICENSE.txt").read_text("utf-8"))
        else:
            show_markdown(self.text, _about())
