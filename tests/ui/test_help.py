"""The manual says what the program does, and only that; every command is found with its key."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from coml_toolkit import __version__
from ui.actions import COMMANDS, Actions, Command
from ui.dialogs import help

WORDS = {command.words: command for command in COMMANDS}
# Keys that belong to a place and not to a command.
PLAIN_KEYS = {
    "Enter",
    "Esc",
    "Tab",
    "Shift+Tab",
    "Up",
    "Down",
    "Space",
    "Delete",
    "F2",
    "F10",
    "Alt",
    "Ctrl+C",
    "Ctrl+V",
}
every_page = pytest.mark.parametrize("page", help.PAGES)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def bold(page: str) -> list[str]:
    return re.findall(r"\*\*([^*]+)\*\*", help.text_of(page))


def test_every_page_of_the_window_has_its_help_page() -> None:
    pages = {command.name.removeprefix("page-") for command in COMMANDS if command.name.startswith("page-")}
    assert pages
    assert pages <= set(help.PAGES)


def test_the_listed_pages_are_the_files() -> None:
    assert sorted(help.PAGES) == sorted(file.stem for file in resources.path("help").glob("*.md"))


@every_page
def test_a_page_has_one_title_and_tasks(page: str) -> None:
    text = help.text_of(page)
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^## (To|When|The) ", text, re.MULTILINE)) >= 3


@every_page
def test_what_is_bold_is_a_command_that_exists(page: str) -> None:
    named = [words for words in bold(page) if words not in {"There is no Save.", "bold"}]
    assert [words for words in named if words not in WORDS] == []


@every_page
def test_a_key_named_beside_a_command_is_its_key(page: str) -> None:
    for words, key in re.findall(r"\*\*([^*]+)\*\*\s+\(`([^`]+)`\)", help.text_of(page)):
        assert QKeySequence(key.replace("Enter", "Return")) == QKeySequence(WORDS[words].shortcut), words


@every_page
def test_every_key_that_is_named_does_something(page: str) -> None:
    known = {command.shortcut.replace("Return", "Enter") for command in COMMANDS} | PLAIN_KEYS
    assert set(re.findall(r"`([^`]+)`", help.text_of(page))) - known == set()


@every_page
def test_links_lead_to_pages_that_exist(page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", help.text_of(page)):
        assert target.removesuffix(".md") in help.PAGES


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_in_the_table_of_keys(qtbot: QtBot, window: QWidget, command: Command) -> None:
    dialog = help.Keys(window, Actions(window))
    qtbot.keyClicks(dialog.filter, command.words.rstrip("…"))
    rows = [dialog.shown.index(row, 0).data() for row in range(dialog.shown.rowCount())]
    assert command.words in rows
    row = rows.index(command.words)
    assert bool(dialog.shown.index(row, 1).data()) == bool(command.shortcut)
    assert dialog.shown.index(row, 2).data() == command.tip


def test_the_manual_tells_of_every_command_that_is_not_plain() -> None:
    told = {words for page in help.PAGES for words in bold(page)}
    untold = [command.words for command in COMMANDS if command.words not in told]
    assert untold == ["Find anything or do anything"]  # the first page tells of its key


def test_keys_are_found_by_key_or_by_word(qtbot: QtBot, window: QWidget) -> None:
    dialog = help.Keys(window, Actions(window))
    qtbot.keyClicks(dialog.filter, "ctrl+d")
    found = [dialog.shown.index(row, 0).data() for row in range(dialog.shown.rowCount())]
    assert "Add direct twin" in found


def test_help_opens_beside_the_window_and_only_once(qtbot: QtBot, window: QWidget) -> None:
    help.show(window, "plan")
    dialog = window.findChild(help.Help)
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "To add a line" in dialog.text.toPlainText()
    help.show(window, "library")
    assert len(window.findChildren(help.Help)) == 1
    assert "To find a channel" in dialog.text.toPlainText()
    help.show(window, "a page to come")
    assert "Start here" in dialog.text.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(help.Help))


def test_a_link_opens_its_page_and_the_internet_is_only_offered(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    help.show(window)
    dialog = window.findChild(help.Help)
    assert dialog is not None
    dialog.follow(QUrl("files.md"))
    assert dialog.text.toPlainText().startswith("Files and copies")
    assert not dialog.open_link.isVisible()
    dialog.follow(QUrl("https://training.fema.gov"))
    assert opened == []
    assert "https://training.fema.gov is on the internet; nothing was opened." in dialog.link_note.text()
    dialog.copy_link.click()
    assert QGuiApplication.clipboard().text() == "https://training.fema.gov"
    dialog.open_link.click()
    assert opened == [QUrl("https://training.fema.gov")]
    dialog.show_page("plan")
    assert not dialog.open_link.isVisible()


@every_page
def test_a_page_reads_in_the_window_as_it_is_written(qtbot: QtBot, window: QWidget, page: str) -> None:
    help.show(window, page)
    dialog = window.findChild(help.Help)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert text.startswith(help.title_of(page))
    assert not set("*`#") & set(text)


def test_about_names_version_licence_and_sources(qtbot: QtBot, window: QWidget) -> None:
    dialog = help.About(window)
    text = dialog.text.toPlainText()
    for words in (
        __version__,
        "GPL-3.0-or-later",
        "NIFOG 2.02",
        "no warranty",
        "SIL Open Font License",
        "355 channels",
    ):
        assert words in text
    assert "authorizes nobody to transmit" in text
    dialog.fonts.click()
    assert "SIL OPEN FONT LICENSE" in dialog.text.toPlainText().upper()
    dialog.fonts.click()
    assert __version__ in dialog.text.toPlainText()


@pytest.mark.parametrize(
    ("open_it", "name"),
    [(lambda window: help.keys(window, Actions(window)), "Keys"), (help.about, "About")],
)
def test_it_opens_and_esc_closes_it(
    qtbot: QtBot, window: QWidget, open_it: Callable[[QWidget], None], name: str
) -> None:
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        seen.append(type(dialog).__name__)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, close)
    open_it(window)
    assert seen == [name]
