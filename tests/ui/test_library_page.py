"""The library page as somebody uses it: type, see, press Enter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QScrollArea, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Incident
from coml_toolkit.model.record import new_id
from coml_toolkit.planning import Change
from coml_toolkit.store import create_store, open_store
from ui import theme
from ui.actions import Actions
from ui.dialogs import drafts
from ui.dialogs.channel import ChannelDialog
from ui.document import Document
from ui.models.library import COLUMNS, differences, own_copy, provenance, tone_provenance
from ui.pages.library import LibraryPage

_DELETE = QEvent.Type.DeferredDelete.value
START = datetime(2026, 11, 22, 11, tzinfo=UTC)
NO, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
OWN = Channel(name="COUNTY FIRE", service="County", rx_hz=154_130_000, tx_hz=153_770_000)


@pytest.fixture
def empty(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    theme.apply(qapp, "light", 100)
    document = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    yield document
    QApplication.sendPostedEvents(None, _DELETE)  # or the windows of all tests live until the last
    document.close()


@pytest.fixture
def document(empty: Document) -> Document:
    """A plan for period 1, still empty, and one channel of the unit's own."""
    empty.make(planning.new_incident(Incident(name="Bear Creek Fire"), START, START + timedelta(hours=12)))
    empty.make(Change([], [OWN], "Add COUNTY FIRE to the library"))
    return empty


class Window(QMainWindow):
    """The library page and another, with every action."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.actions_ = Actions(self)
        self.addActions(list(self.actions_.values()))
        self.page = LibraryPage(document, self.actions_)
        self.other = QWidget()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.other)
        self.setCentralWidget(self.pages)
        self.actions_["page-library"].triggered.connect(lambda: self.pages.setCurrentWidget(self.page))
        self.told: list[str] = []
        self.refused: list[ComlError] = []
        document.told.connect(self.told.append)
        document.refused.connect(self.refused.append)


def shown(qtbot: QtBot, document: Document) -> Window:
    window = Window(document)
    qtbot.addWidget(window)
    window.resize(964, 640)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.page.search.setFocus()
    return window


@pytest.fixture
def window(qtbot: QtBot, document: Document) -> Window:
    return shown(qtbot, document)


@pytest.fixture
def page(window: Window) -> LibraryPage:
    return window.page


def names(page: LibraryPage) -> list[str]:
    return [channel.name for channel in page.table.records]


def on_plan(document: Document) -> list[str]:
    assert document.plan is not None
    return [line.channel.name for line in document.plan.lines]


def shipped(name: str) -> Channel:
    found = library.find(library.channels(), name)
    assert found is not None
    return found


# ── searching ────────────────────────────────────────────────────────────────


def test_the_model_is_sound(page: LibraryPage, qtbot: QtBot) -> None:
    QAbstractItemModelTester(page.table, QAbstractItemModelTester.FailureReportingMode.Fatal, page.table)
    for text in ("v", "vtac", "nothing of that", ""):
        page.search.setText(text)
        page.table.sort(1, Qt.SortOrder.DescendingOrder)
        page.table.sort(-1, Qt.SortOrder.AscendingOrder)


def test_everything_is_there_and_own_channels_first(page: LibraryPage) -> None:
    assert len(names(page)) == len(library.channels()) + 1
    assert names(page)[0] == "COUNTY FIRE"


def test_typing_filters_and_shows_the_best_match(page: LibraryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.selected) as seen:
        qtbot.keyClicks(page.search, "vtac36")
    assert names(page)[0] == "VTAC36"
    assert seen.args is not None
    assert page.current() == shipped("VTAC36")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("155.7525", "VCALL10"), ("vtac 11", "VTAC11"), ("769.24375", "7CALL50"), ("154.13", "COUNTY FIRE")],
)
def test_names_and_frequencies_are_found(page: LibraryPage, typed: str, first: str) -> None:
    page.search.setText(typed)
    assert names(page)[0] == first


def test_services_and_bands_filter_and_say_how_many(page: LibraryPage) -> None:
    at = page.services.findData("NOAA Weather Radio")
    assert page.services.itemText(at) == "NOAA Weather Radio (7)"
    page.services.setCurrentIndex(at)
    page.services.activated.emit(at)
    assert len(names(page)) == 7
    page.bands.setCurrentIndex(page.bands.findData("UHF"))
    page.bands.activated.emit(0)
    assert names(page) == []


def test_own_channels_can_be_seen_alone(page: LibraryPage) -> None:
    assert page.services.itemText(1) == "Your own channels (1)"
    page.services.setCurrentIndex(1)
    page.services.activated.emit(1)
    assert names(page) == ["COUNTY FIRE"]


def test_own_channels_are_marked_in_words(page: LibraryPage) -> None:
    column = next(place for place, column in enumerate(COLUMNS) if column.title == "Service")
    assert page.table.index(0, column).data() == "Own · County"


def test_a_search_for_nothing_teaches(page: LibraryPage, qtbot: QtBot) -> None:
    page.search.setText("VTAC99")
    assert page.nothing.isVisible()
    assert page.nothing.words.text() == "Nothing called “VTAC99”."
    qtbot.waitUntil(lambda: len(page.nothing.findChildren(QPushButton)) > 2)
    near = [button for button in page.nothing.findChildren(QPushButton) if button.text() == "VTAC11"]
    near[0].click()
    assert names(page)[0] == "VTAC11"
    assert page.view.hasFocus()


def test_what_a_filter_hides_is_offered(page: LibraryPage, qtbot: QtBot) -> None:
    page.services.setCurrentIndex(page.services.findData("NOAA Weather Radio"))
    page.search.setText("vtac36")
    qtbot.waitUntil(lambda: page.nothing.elsewhere.text().startswith("Show 4 channels "))
    page.nothing.elsewhere.click()
    assert names(page)[0] == "VTAC36"
    assert page.services.value() == ""


def test_escape_empties_the_search(page: LibraryPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "vtac")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert len(names(page)) > 300


def test_letters_typed_in_the_list_are_a_new_search(page: LibraryPage, qtbot: QtBot) -> None:
    page.search.setText("vtac")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_U)
    qtbot.keyClicks(page.search, "call")
    assert page.search.text() == "ucall"
    assert page.search.hasFocus()


def test_the_heading_sorts_frequencies_as_numbers(page: LibraryPage) -> None:
    page.search.setText("call")
    page.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    hertz = [channel.rx_hz for channel in page.table.records if channel.rx_hz is not None]
    assert hertz == sorted(hertz)
    assert len(hertz) > 10


def test_a_new_search_selects_its_best_match_whatever_was_selected(page: LibraryPage, qtbot: QtBot) -> None:
    page.search.setText("vtac")
    page.show_channel(shipped("VTAC33"))
    qtbot.keyClicks(page.search, "36")
    assert "VTAC33" in names(page)
    assert page.current() == shipped("VTAC36")


def test_the_best_match_is_selected_also_when_sorted_otherwise(page: LibraryPage) -> None:
    page.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    page.search.setText("vtac36")
    assert names(page)[0] != "VTAC36"
    assert page.current() == shipped("VTAC36")


def test_the_selection_stays_while_filters_change(page: LibraryPage) -> None:
    page.show_channel(shipped("VTAC12"))
    at = page.services.findData("VHF interop")
    page.services.setCurrentIndex(at)
    page.services.activated.emit(at)
    assert page.current() == shipped("VTAC12")


def test_a_channel_is_shown_even_if_filters_hide_it(page: LibraryPage) -> None:
    page.search.setText("noaa")
    page.services.setCurrentIndex(page.services.findData("NOAA Weather Radio"))
    page.show_channel(shipped("VTAC36"))
    assert page.current() == shipped("VTAC36")


def test_control_f_comes_here_from_another_page(window: Window, qtbot: QtBot) -> None:
    window.pages.setCurrentWidget(window.other)
    window.other.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert window.page.isVisible()
    assert window.page.search.hasFocus()


def test_tab_goes_from_the_search_to_the_list_and_round_to_every_button(page: LibraryPage, qtbot: QtBot) -> None:
    reached = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert reached.index(page.search) < reached.index(page.view) < reached.index(page.add)
    assert {button.text() for button in reached if isinstance(button, QPushButton)} >= {
        "New channel…",
        "Edit…",
        "Add to period 1",
    }


# ── adding to the plan ───────────────────────────────────────────────────────


def test_enter_in_the_search_adds_nothing_but_enter_in_the_list_does(
    page: LibraryPage, document: Document, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "vtac36")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert on_plan(document) == []
    assert page.view.hasFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert on_plan(document) == ["VTAC36"]


def test_several_are_added_as_one_edit_and_numbered(page: LibraryPage, window: Window, document: Document) -> None:
    page.search.setText("vtac1")
    selection = page.view.selectionModel()
    for row in (0, 2, 3):
        selection.select(page.table.index(row, 0), _ADD_ROW)
    window.actions_["add-to-plan"].trigger()
    assert on_plan(document) == ["VTAC11", "VTAC13", "VTAC14"]
    assert document.plan is not None
    assert [line.assignment.number for line in document.plan.lines] == [1, 2, 3]
    assert window.told[-1] == "3 channels added to period 1."
    document.undo()
    assert on_plan(document) == []


_ADD_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def test_the_button_says_what_it_will_add(page: LibraryPage) -> None:
    page.search.setText("vtac36")
    assert page.add.text() == "Add VTAC36 to period 1"
    page.search.setText("vtac")
    page.view.selectAll()
    assert page.add.text() == "Add 12 channels to period 1"


def test_a_channel_that_is_on_the_plan_already_is_added_and_said(page: LibraryPage, window: Window) -> None:
    page.search.setText("vtac36")
    page.add_selected()
    page.add_selected()
    assert window.told[-1] == "1 channel added to period 1. On it already: VTAC36."


def test_adding_out_of_sight_adds_nothing_and_shows_the_list(window: Window, document: Document) -> None:
    window.page.search.setText("vtac36")
    window.pages.setCurrentWidget(window.other)
    window.actions_["add-to-plan"].trigger()
    assert on_plan(document) == []
    assert window.page.isVisible()
    assert window.told[-1] == "Select the channels to add, then press Enter."


def test_without_an_incident_it_says_what_to_do(empty: Document, qtbot: QtBot) -> None:
    window = shown(qtbot, empty)
    window.page.search.setText("vtac36")
    window.page.add_selected()
    assert window.refused[-1].message == "There is no plan to add channels to."
    assert "New incident" in window.refused[-1].hint


def test_a_hundred_channels_at_once_are_quick_and_right(page: LibraryPage, document: Document) -> None:
    page.view.selectAll()
    page.add_selected()
    assert document.plan is not None
    assert [line.assignment.position for line in document.plan.lines] == list(range(356))


# ── own channels ─────────────────────────────────────────────────────────────


def dialog(qtbot: QtBot, document: Document, channel: Channel | None, name: str = "") -> ChannelDialog:
    made = ChannelDialog(None, document, channel, name=name)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def type_into(qtbot: QtBot, box: QWidget, text: str) -> None:
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(box, text)


def test_a_new_channel_is_added_and_can_be_undone(document: Document, qtbot: QtBot) -> None:
    asked = dialog(qtbot, document, None, "COUNTY LAW")
    type_into(qtbot, asked.sheet.box("rx_hz"), "155.7600 N")
    type_into(qtbot, asked.sheet.box("rx_tone"), "D023N")
    qtbot.keyClick(asked.sheet.box("rx_tone"), Qt.Key.Key_Return)
    assert not asked.isVisible()
    made = document.channels.search("county law")[0]
    assert (made.name, made.rx_hz, made.bandwidth_hz, made.rx_tone.dcs) == ("COUNTY LAW", 155_760_000, 12_500, 23)
    assert made.tx_hz is None
    assert document.store.undo_words() == "Add COUNTY LAW to the library"
    document.undo()
    assert document.channels.search("county law") == []


def test_a_typo_keeps_the_dialog_open_and_says_why(document: Document, qtbot: QtBot) -> None:
    asked = dialog(qtbot, document, None, "COUNTY LAW")
    box = asked.sheet.box("rx_hz")
    type_into(qtbot, box, "155,7525")
    asked.accept()
    assert asked.isVisible()
    assert "155.7525" in asked.sheet.note("rx_hz")
    assert box.text_now() == "155,7525"
    type_into(qtbot, box, "155.7525")
    asked.accept()
    assert not asked.isVisible()


def test_in_the_largest_type_everything_has_its_place(document: Document, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 200)
    asked = dialog(qtbot, document, shipped("VTAC36"))
    type_into(qtbot, asked.sheet.box("tx_tone"), "13x")
    asked.accept()
    qtbot.wait(20)
    area = next(iter(asked.findChildren(QScrollArea)))
    assert asked.height() <= asked.screen().availableSize().height()
    assert area.geometry().bottom() < asked.problem.geometry().top()
    assert asked.problem.geometry().bottom() < asked.buttons.geometry().top()


@pytest.mark.parametrize(("name", "words"), [("", "needs a name"), ("county fire", "of your own already")])
def test_a_channel_needs_a_name_of_its_own(document: Document, qtbot: QtBot, name: str, words: str) -> None:
    asked = dialog(qtbot, document, None, name)
    asked.accept()
    assert asked.isVisible()
    assert words in asked.problem.text()


def test_a_shipped_channel_is_copied_and_nothing_of_it_counts_as_verified(document: Document, qtbot: QtBot) -> None:
    asked = dialog(qtbot, document, shipped("VTAC36"))
    assert "stays as it is" in asked.sentence.text()
    assert "VTAC36 too" in asked.twin.text()
    type_into(qtbot, asked.sheet.box("name"), "VTAC36 LOCAL")
    asked.accept()
    made = document.channels.search("vtac36 local")[0]
    assert made.tx_hz == shipped("VTAC36").tx_hz
    assert (made.verification, made.edition, made.period_id) == ("", "", None)
    assert made.source.startswith("Copied from NIFOG")
    assert document.channels.search("vtac36")[-1].verification == "multi"


def test_what_was_typed_and_not_kept_is_there_next_time(document: Document, qtbot: QtBot) -> None:
    asked = dialog(qtbot, document, None)
    type_into(qtbot, asked.sheet.box("name"), "COUNTY EMS")
    type_into(qtbot, asked.sheet.box("rx_hz"), "155,34")
    asked.reject()
    again = dialog(qtbot, document, None)
    assert again.sheet.box("name").text_now() == "COUNTY EMS"
    assert again.sheet.box("rx_hz").text_now() == "155,34"
    assert "here again" in again.draft_note.text()
    again.start_over.click()
    assert again.sheet.box("rx_hz").text_now() == ""
    assert again.sheet.refused == []
    again.reject()
    assert drafts.find("channel-new") is None


def test_delete_removes_own_channels_only(page: LibraryPage, window: Window, document: Document, qtbot: QtBot) -> None:
    page.show_channel(shipped("VTAC36"))
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert "ships with the program" in window.refused[-1].message
    page.search.setText("county")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert document.channels.search("county fire") == []
    document.undo()
    assert document.channels.search("county fire") == [OWN]


def test_the_list_follows_the_file(page: LibraryPage, document: Document) -> None:
    document.make(Change([], [replace(OWN, id=new_id(), name="COUNTY EMS")], "Add COUNTY EMS to the library"))
    assert set(names(page)[:2]) == {"COUNTY EMS", "COUNTY FIRE"}
    assert page.services.itemText(1) == "Your own channels (2)"


def test_a_unit_that_is_read_only_can_be_looked_at(document: Document, qtbot: QtBot) -> None:
    other = Document(open_store(document.store.path, read_only=True))
    try:
        window = shown(qtbot, other)
        window.page.search.setText("vtac36")
        window.page.add_selected()
        assert "reading only" in window.refused[-1].message
    finally:
        other.close()


# ── words ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "origin", "tones"),
    [
        ("VCALL10", "VHF interop · NIFOG 2.02 p. 29", "Tones from NIFOG's table."),
        ("VLAW31", "VHF mutual aid · NIFOG 2.02 p. 34", "Tone recommended by NIFOG: check the local plan."),
        ("VTAC36", "verified by", "Tones from NIFOG's table; another list has 136.5 / 136.5."),
        ("VTAC17D", "one source only: check it", "Tones from NIFOG's table."),
    ],
)
def test_provenance_is_said_in_plain_words(name: str, origin: str, tones: str) -> None:
    assert origin in provenance(shipped(name))
    assert tone_provenance(shipped(name)) == tones


@pytest.mark.parametrize("channel", library.channels(), ids=lambda channel: channel.name)
def test_every_shipped_channel_says_where_it_comes_from(channel: Channel) -> None:
    words = f"{provenance(channel)} {tone_provenance(channel)}"
    assert channel.service in words
    for raw in ("nifog2", "multi", "create-ics-205", "page note", "p.2", "(CISA"):
        assert raw not in words


def test_a_copy_differs_in_nothing_but_its_history() -> None:
    assert differences(own_copy(shipped("VTAC36")), shipped("VTAC36")) == []
    talkgroup = replace(shipped("VTAC36"), kind=Kind.TALKGROUP)
    assert differences(talkgroup, shipped("VTAC36")) == ["Kind differs from the library: Conventional there."]
