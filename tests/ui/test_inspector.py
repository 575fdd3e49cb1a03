"""The inspector as somebody uses it: each field is stored when it is left, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel, Direction, Encryption, Kind, Mode
from coml_toolkit.model.plan import Incident, Line
from coml_toolkit.planning import Change
from coml_toolkit.store import create_store, open_store
from ui import theme
from ui.actions import Actions
from ui.document import Document
from ui.models.library import FIELDS, LINE_FIELDS, add_to_plan
from ui.widgets.fields import Box, commit_typing
from ui.widgets.inspector import Inspector

_DELETE = QEvent.Type.DeferredDelete.value
START = datetime(2026, 11, 22, 11, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier
RETURN, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
OWN = Channel(name="COUNTY FIRE", service="County", rx_hz=154_130_000, tx_hz=153_770_000)


def shipped(name: str) -> Channel:
    found = library.find(library.channels(), name)
    assert found is not None
    return found


@pytest.fixture
def document(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    """A plan of three lines, and one channel of the unit's own."""
    theme.apply(qapp, "light", 100)
    made = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    made.make(planning.new_incident(Incident(name="Bear Creek Fire"), START, START + timedelta(hours=12)))
    made.make(Change([], [OWN], "Add COUNTY FIRE to the library"))
    add_to_plan(made, [shipped("VTAC36"), shipped("VTAC12"), shipped("NOAA 162.475")])
    yield made
    QApplication.sendPostedEvents(None, _DELETE)  # or the windows of all tests live until the last
    made.close()


class Window(QMainWindow):
    """The inspector, something else to click on, and every action."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.actions_ = Actions(self)
        self.addActions(list(self.actions_.values()))
        self.actions_["undo"].triggered.connect(document.undo)
        self.inspector = Inspector(document, self.actions_)
        self.elsewhere = QLineEdit()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.addWidget(self.inspector, 1)
        layout.addWidget(self.elsewhere)
        self.setCentralWidget(inside)
        self.told: list[str] = []
        self.refused: list[ComlError] = []
        document.told.connect(self.told.append)
        document.refused.connect(self.refused.append)


def opened(qtbot: QtBot, document: Document) -> Window:
    window = Window(document)
    qtbot.addWidget(window)
    window.resize(300, 640)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.fixture
def window(qtbot: QtBot, document: Document) -> Window:
    return opened(qtbot, document)


@pytest.fixture
def inspector(window: Window, document: Document) -> Inspector:
    window.inspector.show_thing(line(document))
    return window.inspector


def line(document: Document, place: int = 0) -> Line:
    assert document.plan is not None
    return document.plan.lines[place]


def box(inspector: Inspector, name: str) -> Box:
    assert inspector.sheet is not None
    return inspector.sheet.box(name)


def note(inspector: Inspector, name: str) -> str:
    assert inspector.sheet is not None
    return inspector.sheet.note(name)


@pytest.fixture
def type_into(qtbot: QtBot) -> Callable[..., None]:
    def types(widget: QWidget, text: str, key: Qt.Key | None = RETURN) -> None:
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_A, CONTROL)
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
        qtbot.keyClicks(widget, text)
        if key is not None:
            qtbot.keyClick(widget, key)

    return types


def edits(document: Document) -> int:
    return len(list(document.store.history()))


# ── typing ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("rx_hz", "155.75", lambda line: line.channel.rx_hz == 155_750_000),
        ("rx_hz", "769.24375 W", None),
        ("tx_hz", "rx only", lambda line: line.channel.direction is Direction.RECEIVE_ONLY),
        ("tx_tone", "$293", lambda line: line.channel.tx_tone.nac == 0x293),
        ("tx_tone", "", lambda line: not line.channel.tx_tone.is_known),
        ("bandwidth_hz", "25", lambda line: line.channel.bandwidth_hz == 25_000),
        ("bandwidth_hz", "wide", None),
        ("modulation", "FM", lambda line: line.channel.modulation == "FM"),
        ("emission", "16k0f3e", lambda line: line.channel.emission == "16K0F3E"),
        ("number", "12", lambda line: line.assignment.number == 12),
        ("number", "twelve", None),
        ("function", "  Command   net ", lambda line: line.assignment.function == "Command net"),
        ("assignment", "Division A", lambda line: line.assignment.assignment == "Division A"),
        ("line_remarks", "Cross Mountain", lambda line: line.assignment.remarks == "Cross Mountain"),
        ("eligibility", "By agreement", lambda line: line.channel.eligibility == "By agreement"),
        ("name", "TAC 36", lambda line: line.channel.name == "TAC 36"),
    ],
)
def test_a_field_stores_what_it_understands_and_refuses_the_rest(
    inspector: Inspector,
    document: Document,
    type_into: Callable[..., None],
    field: str,
    typed: str,
    says: Callable[[Line], bool] | None,
) -> None:
    before = line(document)
    type_into(box(inspector, field), typed)
    if says is None:
        assert line(document) == before
        assert note(inspector, field)
        assert box(inspector, field).text_now() == typed
    else:
        assert says(line(document))
        assert note(inspector, field) == ""


def test_one_field_is_one_edit_and_undo_takes_it_back(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    count = edits(document)
    type_into(box(inspector, "tx_tone"), "123.0", TAB)
    assert edits(document) == count + 1
    assert document.store.undo_words() == "Change TX tone of VTAC36"
    document.undo()
    assert box(inspector, "tx_tone").text_now() == "136.5"


def test_leaving_a_field_untouched_stores_nothing(
    inspector: Inspector, window: Window, document: Document, qtbot: QtBot
) -> None:
    count = edits(document)
    box(inspector, "rx_hz").setFocus()
    qtbot.keyClick(box(inspector, "rx_hz"), RETURN)
    window.elsewhere.setFocus()
    assert edits(document) == count


def test_what_is_stored_is_written_the_one_way(inspector: Inspector, type_into: Callable[..., None]) -> None:
    type_into(box(inspector, "rx_hz"), "155.75 n")
    assert box(inspector, "rx_hz").text_now() == "155.7500"


def test_refused_text_stays_marked_and_says_what_the_plan_says(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "rx_hz"), "155,7525")
    assert box(inspector, "rx_hz").text_now() == "155,7525"
    assert box(inspector, "rx_hz").property("look") == "error"
    for words in ("is not a frequency", "155.7525", "The plan still says 151.1375", "Esc"):
        assert words in note(inspector, "rx_hz")
        assert words in box(inspector, "rx_hz").accessibleDescription()
    assert line(document).channel.rx_hz == 151_137_500


def test_escape_returns_to_what_is_kept(
    inspector: Inspector, window: Window, type_into: Callable[..., None], qtbot: QtBot
) -> None:
    type_into(box(inspector, "rx_hz"), "155,7525")
    qtbot.keyClick(box(inspector, "rx_hz"), ESCAPE)
    assert box(inspector, "rx_hz").text_now() == "151.1375"
    assert note(inspector, "rx_hz") == ""
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(box(inspector, "rx_hz"), ESCAPE)


def test_refused_text_waits_while_another_line_is_looked_at(
    inspector: Inspector, window: Window, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "rx_hz"), "155,7525", None)
    inspector.show_thing(line(document, 1))
    assert box(inspector, "rx_hz").text_now() == "154.4525"
    assert note(inspector, "rx_hz") == ""
    assert "“155,7525”" in window.told[-1]
    assert "VTAC36" in window.told[-1]
    inspector.show_thing(line(document))
    assert box(inspector, "rx_hz").text_now() == "155,7525"
    assert "still says 151.1375" in note(inspector, "rx_hz")


def test_what_is_being_typed_is_stored_when_another_line_is_chosen(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "function"), "Command", None)
    inspector.show_thing(line(document, 1))
    assert line(document).assignment.function == "Command"
    assert box(inspector, "function").text_now() == ""


def test_printing_takes_what_is_being_typed(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "function"), "Command", None)
    commit_typing()
    assert line(document).assignment.function == "Command"


def test_an_edit_elsewhere_leaves_alone_what_is_being_typed(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "function"), "Comm", None)
    before = line(document)
    document.make(planning.change_line(before, assignment=replace(before.assignment, function="Tactical", zone="B")))
    assert box(inspector, "function").text_now() == "Comm"
    assert box(inspector, "function").hasFocus()
    assert box(inspector, "zone").text_now() == "B"


def test_control_z_takes_back_the_edit_once_it_is_stored(
    inspector: Inspector, document: Document, type_into: Callable[..., None], qtbot: QtBot
) -> None:
    type_into(box(inspector, "function"), "Command")
    qtbot.keyClicks(box(inspector, "function"), "er")
    qtbot.keyClick(box(inspector, "function"), Qt.Key.Key_Z, CONTROL)
    assert box(inspector, "function").text_now() == "Command"
    assert line(document).assignment.function == "Command"
    qtbot.keyClick(box(inspector, "function"), Qt.Key.Key_Z, CONTROL)
    assert line(document).assignment.function == ""
    assert box(inspector, "function").text_now() == ""


# ── choosing ─────────────────────────────────────────────────────────────────


def choose(inspector: Inspector, name: str, value: str) -> None:
    chosen = box(inspector, name)
    assert isinstance(chosen, QComboBox)
    chosen.setCurrentIndex(chosen.findData(value))
    chosen.activated.emit(chosen.currentIndex())


def test_receive_only_takes_the_transmit_side_away_in_one_edit(inspector: Inspector, document: Document) -> None:
    count = edits(document)
    choose(inspector, "direction", Direction.RECEIVE_ONLY)
    channel = line(document).channel
    assert (channel.direction, channel.tx_hz, channel.tx_tone.is_known) == (Direction.RECEIVE_ONLY, None, False)
    assert edits(document) == count + 1
    assert box(inspector, "tx_hz").placeholderText() == "RX only"  # type: ignore[union-attr]
    assert box(inspector, "tx_tone").isHidden()
    document.undo()
    assert box(inspector, "tx_hz").text_now() == "159.4725"


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        (Kind.CONVENTIONAL, {"rx_hz", "tx_tone", "emission"}, {"talkgroup_id", "address"}),
        (Kind.TALKGROUP, {"system", "talkgroup_id", "mode"}, {"rx_hz", "tx_tone", "bandwidth_hz", "direction"}),
        (Kind.DATA, {"system", "address"}, {"rx_hz", "mode", "talkgroup_id"}),
        (Kind.TELEPHONE, {"system", "address"}, {"rx_hz", "mode", "talkgroup_id"}),
    ],
)
def test_each_kind_has_its_own_fields(inspector: Inspector, kind: Kind, shown: set[str], hidden: set[str]) -> None:
    if kind is not Kind.CONVENTIONAL:
        choose(inspector, "kind", kind)
    assert all(not box(inspector, name).isHidden() for name in shown)
    assert inspector.sheet is not None
    assert not {row for row in inspector.sheet.texts() if not box(inspector, row).isHidden()} & hidden


def test_another_kind_leaves_no_frequency_where_nobody_sees_it(inspector: Inspector, document: Document) -> None:
    choose(inspector, "kind", Kind.TELEPHONE)
    assert line(document).channel.rx_hz is None
    document.undo()
    assert line(document).channel.rx_hz == 151_137_500


def test_a_key_opens_the_list_instead_of_changing_at_once(
    inspector: Inspector, document: Document, qtbot: QtBot
) -> None:
    mode = box(inspector, "mode")
    assert isinstance(mode, QComboBox)
    mode.setFocus()
    qtbot.keyClick(mode, Qt.Key.Key_Down)
    assert mode.view().isVisible()
    assert line(document).channel.mode is Mode.ANALOG
    qtbot.keyClick(mode.view(), Qt.Key.Key_Down)
    qtbot.keyClick(mode.view(), RETURN)
    assert line(document).channel.mode is Mode.DIGITAL


def test_encryption_is_chosen(inspector: Inspector, document: Document) -> None:
    choose(inspector, "encryption", Encryption.ALLOWED)
    assert line(document).channel.encryption is Encryption.ALLOWED


def test_another_zone_moves_the_line_to_its_others(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    last = line(document, 2)
    document.make(planning.change_line(last, assignment=replace(last.assignment, zone="B", number=1)))
    type_into(box(inspector, "zone"), "B")
    assert document.plan is not None
    assert [(each.channel.name, each.assignment.zone, each.assignment.number) for each in document.plan.lines] == [
        ("VTAC12", "", 2),
        ("NOAA 162.475", "B", 1),
        ("VTAC36", "B", 2),
    ]
    assert document.store.undo_words() == "Change zone of VTAC36"
    assert inspector.thing == line(document, 2)


# ── where it comes from ──────────────────────────────────────────────────────


def test_a_line_as_in_the_library_says_how_far_to_trust_it(inspector: Inspector) -> None:
    assert inspector.title.text() == "VTAC36"
    assert inspector.origin.text().startswith("VHF interop · NIFOG 2.02 p. 30 · verified by ")
    assert inspector.notice.isHidden()
    assert not inspector.authority.isHidden()


def test_a_difference_from_the_library_is_said_and_taken_back(
    inspector: Inspector, document: Document, type_into: Callable[..., None]
) -> None:
    type_into(box(inspector, "tx_tone"), "156.7")
    assert inspector.notice.words.text() == "TX tone differs from the library: 136.5 there."
    assert inspector.origin.text().startswith("The library's: ")
    assert inspector.tones.isHidden()
    inspector.notice.use.click()
    assert line(document).channel.tx_tone == shipped("VTAC36").tx_tone
    assert inspector.notice.isHidden()


def test_many_differences_are_counted(inspector: Inspector, type_into: Callable[..., None]) -> None:
    type_into(box(inspector, "name"), "noaa 162.475")
    assert inspector.notice.words.text().splitlines()[-1].startswith("And ")


def test_a_name_that_is_not_in_the_library_says_so(inspector: Inspector, type_into: Callable[..., None]) -> None:
    type_into(box(inspector, "name"), "TAC 36")
    assert inspector.origin.text() == "Not in the library: typed here."
    assert inspector.notice.isHidden()


# ── other things ─────────────────────────────────────────────────────────────


def test_nothing_selected_says_what_this_is_for(window: Window) -> None:
    assert window.inspector.empty.isVisible()
    assert not window.inspector.title.isVisible()


def test_a_line_that_is_gone_leaves_the_inspector_empty(inspector: Inspector, document: Document) -> None:
    assert document.plan is not None
    document.make(planning.remove_lines(document.plan, [line(document)]))
    assert inspector.thing is None
    assert inspector.empty.isVisible()


def test_a_shipped_channel_is_read_and_added(window: Window, document: Document) -> None:
    window.inspector.show_thing(shipped("7CALL50"))
    assert window.inspector.sheet is not None
    assert window.inspector.sheet.texts() == {}
    words = [label.accessibleName() for label in window.inspector.findChildren(QWidget) if label.accessibleName()]
    assert "Receive: 769.24375 MHz N" in words
    window.inspector.add.click()
    assert line(document, 3).channel.name == "7CALL50"


def test_an_own_channel_is_edited_here(window: Window, document: Document, type_into: Callable[..., None]) -> None:
    window.inspector.show_thing(OWN)
    assert window.inspector.origin.text() == "Your own channel · County"
    assert window.inspector.copy.isHidden()
    type_into(box(window.inspector, "rx_hz"), "154.1450")
    assert document.channels.search("county fire")[0].rx_hz == 154_145_000
    assert document.store.undo_words() == "Change COUNTY FIRE in the library"


def test_an_own_channel_may_not_take_the_name_of_another(
    window: Window, document: Document, type_into: Callable[..., None]
) -> None:
    document.make(Change([], [Channel(name="COUNTY EMS")], "Add COUNTY EMS to the library"))
    window.inspector.show_thing(OWN)
    type_into(box(window.inspector, "name"), "County EMS")
    assert "of your own already" in note(window.inspector, "name")
    assert "The library still says COUNTY FIRE" in note(window.inspector, "name")


def test_a_file_opened_for_reading_is_shown_and_not_edited(document: Document, qtbot: QtBot) -> None:
    other = Document(open_store(document.store.path, read_only=True))
    try:
        window = opened(qtbot, other)
        window.inspector.show_thing(line(other))
        assert window.inspector.sheet is not None
        assert window.inspector.sheet.texts() == {}
        assert "reading only" in window.inspector.read_only.text()
    finally:
        other.close()


def test_what_the_file_refuses_stays_in_the_field(
    inspector: Inspector, document: Document, type_into: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ComlError("Nothing was changed: the disk is full.", hint="Free some space.")

    monkeypatch.setattr(document.store, "replace", full)
    type_into(box(inspector, "function"), "Command")
    assert box(inspector, "function").text_now() == "Command"
    assert "the disk is full" in note(inspector, "function")
    monkeypatch.undo()
    type_into(box(inspector, "function"), "Command")
    assert line(document).assignment.function == "Command"


def test_every_field_has_a_name_for_those_who_do_not_see_it_and_a_place_in_the_tab_order(
    inspector: Inspector, qtbot: QtBot
) -> None:
    assert inspector.sheet is not None
    visible = [name for name in inspector.sheet.texts() if not box(inspector, name).isHidden()]
    assert [name for name in visible if not box(inspector, name).accessibleName()] == []
    reached = []
    widget: QWidget | None = box(inspector, visible[0])
    assert widget is not None
    widget.setFocus()
    for _ in visible:
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())
        qtbot.keyClick(focus, TAB)
    assert reached == visible


@pytest.mark.parametrize("field", [*FIELDS, *LINE_FIELDS], ids=lambda field: field.name)
def test_every_field_explains_itself(field: object) -> None:
    assert getattr(field, "tip")  # noqa: B009
