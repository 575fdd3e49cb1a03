"""The plan page as a person uses it: keys, mouse, clipboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning
from coml_toolkit.model.plan import Incident, Line
from coml_toolkit.store import create_store
from ui.actions import Actions
from ui.document import Document
from ui.jobs import Jobs
from ui.models.plan import PLACE, Band
from ui.pages import plan as plan_module
from ui.pages.plan import PlanPage, PlanView
from ui.widgets.findings import Findings
from ui.widgets.offers import OfferLine
from ui.widgets.preview import PagePictures


@pytest.fixture
def document(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    store = create_store(tmp_path / "unit.coml", who="Tester")
    store.replace(*planning.new_incident(Incident(name="Creek Fire"), None, None))
    document = Document(store)
    yield document
    document.close()


@pytest.fixture
def page(document: Document, qtbot: QtBot) -> Iterator[PlanPage]:
    window = QMainWindow()
    jobs = Jobs(window)
    page = PlanPage(document, Actions(window), PagePictures(document, jobs), Findings(document, jobs))
    window.setCentralWidget(page)
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield page
    jobs.close()


@pytest.fixture
def table(page: PlanPage) -> PlanView:
    return page.table


def add(document: Document, *names: str, zone: str = "") -> None:
    for name in names:
        assert document.plan is not None
        channel = library.find(library.channels(), name)
        assert channel is not None
        document.make(planning.add_lines(document.plan, [planning.new_line(document.plan, channel, zone=zone)]))


def lines(document: Document) -> tuple[Line, ...]:
    assert document.plan is not None
    return document.plan.lines


def names(document: Document) -> list[str]:
    return [line.channel.name for line in lines(document)]


def go(table: PlanView, row: int, column: str) -> None:
    table.setFocus()
    table.setCurrentIndex(table.plan_table.index(row, PLACE[column]))


def editor(table: PlanView) -> OfferLine:
    (found,) = [line for line in table.viewport().findChildren(OfferLine) if line.isVisible()]
    return found


def trigger(page: PlanPage, name: str) -> None:
    page._actions[name].trigger()


def test_names_are_typed_one_after_the_other(document: Document, page: PlanPage, table: PlanView) -> None:
    trigger(page, "add-line")
    for name in ("vcall10", "vtac11", "utac41"):
        QTest.keyClicks(editor(table), name)
        QTest.keyClick(editor(table), Qt.Key.Key_Return)
        QTest.keyClick(table, Qt.Key.Key_Return)  # opens the next empty line
    assert names(document) == ["VCALL10", "VTAC11", "UTAC41"]
    assert [line.assignment.number for line in lines(document)] == [1, 2, 3]


def test_an_offer_is_chosen_with_the_arrow_keys(document: Document, page: PlanPage, table: PlanView) -> None:
    trigger(page, "add-line")
    line = editor(table)
    QTest.keyClicks(line, "vtac3")
    assert line.is_offering
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert names(document) == ["VTAC34"]


def test_enter_takes_no_offer_that_the_text_does_not_name(document: Document, page: PlanPage, table: PlanView) -> None:
    trigger(page, "add-line")
    QTest.keyClicks(editor(table), "VTAC3")  # six channels begin so
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    assert names(document) == ["VTAC3"]
    assert lines(document)[0].channel.rx_hz is None


def test_the_only_channel_that_begins_so_is_taken(document: Document, page: PlanPage, table: PlanView) -> None:
    trigger(page, "add-line")
    QTest.keyClicks(editor(table), "vcal")
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    assert names(document) == ["VCALL10"]


def test_escape_closes_the_offers_first_and_then_the_line(document: Document, page: PlanPage, table: PlanView) -> None:
    trigger(page, "add-line")
    line = editor(table)
    QTest.keyClicks(line, "vtac")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.is_offering
    assert line.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert names(document) == []


def test_a_typo_keeps_the_editor_open_with_what_was_typed(document: Document, table: PlanView) -> None:
    add(document, "VCALL10")
    refused: list[object] = []
    document.refused.connect(refused.append)
    go(table, 0, "rx")
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = editor(table)
    line.selectAll()
    QTest.keyClicks(line, "155,7525")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert refused
    assert line.isVisible()
    assert line.text() == "155,7525"
    line.selectAll()
    QTest.keyClicks(line, "155.76 N")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert lines(document)[0].channel.rx_hz == 155_760_000


def test_leaving_a_cell_with_a_typo_keeps_it_in_red(document: Document, table: PlanView) -> None:
    add(document, "VCALL10", "VTAC11")
    go(table, 0, "rx_tone")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor(table).selectAll()
    QTest.keyClicks(editor(table), "156,7")
    QTest.keyClick(editor(table), Qt.Key.Key_Tab)
    index = table.plan_table.index(0, PLACE["rx_tone"])
    assert table.plan_table.is_refused(index)
    assert index.data() == "156,7"
    assert lines(document)[0].channel.rx_tone.ctcss_dhz == 1567


def test_typing_starts_editing_and_tab_goes_to_the_next_cell(document: Document, table: PlanView) -> None:
    add(document, "VTAC11")
    go(table, 0, "function")
    QTest.keyClicks(table, "T")
    QTest.keyClicks(editor(table), "actical")
    QTest.keyClick(editor(table), Qt.Key.Key_Tab)
    assert lines(document)[0].assignment.function == "Tactical"
    assert table.currentIndex().column() == PLACE["name"]


def test_lines_move_up_and_down_over_the_edge_of_a_zone(document: Document, page: PlanPage, table: PlanView) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    add(document, "UTAC41", zone="B")
    table.go_to(lines(document)[2].assignment.id)
    trigger(page, "move-up")
    assert [(line.channel.name, line.assignment.zone, line.assignment.number) for line in lines(document)] == [
        ("VTAC11", "A", 1),
        ("VTAC12", "A", 2),
        ("UTAC41", "A", 3),
    ]
    trigger(page, "move-up")
    assert names(document) == ["VTAC11", "UTAC41", "VTAC12"]
    trigger(page, "move-down")
    assert names(document) == ["VTAC11", "VTAC12", "UTAC41"]
    trigger(page, "move-down")  # already last
    assert names(document) == ["VTAC11", "VTAC12", "UTAC41"]
    current = table.current_line()
    assert current is not None
    assert current.channel.name == "UTAC41"


def test_every_line_can_be_walked_to_the_top_and_to_the_bottom(
    document: Document, page: PlanPage, table: PlanView
) -> None:
    add(document, "VTAC11", zone="A")
    add(document, "VTAC12", "UTAC41", zone="B")
    add(document, "UTAC42", zone="C")
    table.go_to(lines(document)[3].assignment.id)
    for _ in range(8):
        trigger(page, "move-up")
    assert names(document)[0] == "UTAC42"
    for _ in range(8):
        trigger(page, "move-down")
    assert names(document)[-1] == "UTAC42"
    assert sorted(names(document)) == sorted(["VTAC11", "VTAC12", "UTAC41", "UTAC42"])


def test_removed_lines_come_back_with_undo(document: Document, page: PlanPage, table: PlanView) -> None:
    add(document, "VTAC11", "VTAC12", "VTAC13")
    table.go_to(lines(document)[1].assignment.id)
    trigger(page, "remove-lines")
    assert names(document) == ["VTAC11", "VTAC13"]
    document.undo()
    assert names(document) == ["VTAC11", "VTAC12", "VTAC13"]


def test_the_direct_twin_of_a_repeater_stands_below_it(document: Document, page: PlanPage, table: PlanView) -> None:
    add(document, "UTAC41", "VTAC36")
    table.go_to(lines(document)[0].assignment.id)
    trigger(page, "direct-twin")
    assert names(document) == ["UTAC41", "UTAC41D", "VTAC36"]
    twin = lines(document)[1].channel
    assert twin.rx_hz == twin.tx_hz == lines(document)[0].channel.rx_hz
    table.go_to(lines(document)[2].assignment.id)  # VTAC36 has no D of its own in the library
    trigger(page, "direct-twin")
    made = lines(document)[3].channel
    assert (made.name, made.tx_hz, made.edition) == ("VTAC36D", 151_137_500, "")


def test_a_zone_folds_and_unfolds_by_key_and_keeps_its_lines(
    document: Document, page: PlanPage, table: PlanView
) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    add(document, "UTAC41", zone="B")
    table.setFocus()
    table.setCurrentIndex(table.plan_table.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert [table.isRowHidden(row) for row in range(5)] == [False, True, True, False, False]
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert not any(table.isRowHidden(row) for row in range(5))
    trigger(page, "fold-zones")
    assert table.isRowHidden(4)
    page.show_line(lines(document)[2].assignment.id)
    assert not table.isRowHidden(4)


def test_rows_are_pasted_and_copied_with_the_usual_keys(document: Document, table: PlanView) -> None:
    QApplication.clipboard().setText("VTAC11\nVTAC12")
    go(table, table.plan_table.new_row, "name")
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names(document) == ["VTAC11", "VTAC12"]
    table.go_to(lines(document)[0].assignment.id)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.split("\t")[3] == "VTAC11"
    assert "151.1375 N" in copied


def test_lines_are_put_into_a_new_zone(
    document: Document, page: PlanPage, table: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    ask: Callable[..., str] = lambda *_: "B"  # noqa: E731
    monkeypatch.setattr("ui.dialogs.zone.ask", ask)
    table.go_to(lines(document)[0].assignment.id)
    trigger(page, "new-zone")
    assert [(line.channel.name, line.assignment.zone, line.assignment.number) for line in lines(document)] == [
        ("VTAC12", "A", 2),
        ("VTAC11", "B", 1),
    ]
    assert [row.zone for row in table.plan_table.rows if isinstance(row, Band)] == ["A", "B"]


def test_enter_on_a_resource_without_frequencies_asks_for_the_inspector(document: Document, table: PlanView) -> None:
    add(document, "VTAC11")
    table.plan_table.setData(table.plan_table.index(0, PLACE["mode"]), "Telephone")
    asked: list[int] = []
    table.wants_inspector.connect(lambda: asked.append(1))
    go(table, 0, "rx")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked == [1]


def test_the_state_says_what_changed_since_the_signed_revision(document: Document, page: PlanPage) -> None:
    add(document, "VTAC11")
    assert document.plan is not None
    document.make(planning.sign(document.plan, "J. Doe", planning.now()), can_undo=False)
    assert page._state.words == "revision 1 · signed by J. Doe"
    assert not page._actions["sign"].isEnabled()
    add(document, "VTAC12")
    assert page._state.words == "revision 2 · draft · 1 change since revision 1"
    assert page._actions["sign"].isEnabled()


def test_a_frequency_without_room_is_not_shown_in_part(document: Document, table: PlanView) -> None:
    add(document, "VTAC11")
    table.setColumnWidth(PLACE["rx"], 40)
    before = table.grab().toImage()
    document.make(
        planning.change_line(
            lines(document)[0], channel=planning.replace(lines(document)[0].channel, rx_hz=151_999_000)
        )
    )
    table.setColumnWidth(PLACE["rx"], 40)
    assert table.grab().toImage() == before  # “…” for both: no digits that could be taken for the frequency


def test_the_columns_show_every_frequency_whole_at_every_text_size(
    document: Document, table: PlanView, qapp: QApplication
) -> None:
    from ui import theme

    add(document, "VTAC11", "7CALL50", "NOAA 162.550")
    try:
        for percent in (90, 100, 150, 200):
            theme.apply(qapp, "light", percent)
            QTest.qWait(20)
            metrics = plan_module.QFontMetrics(theme.figures(table.font()))
            for line in lines(document):
                for name, text in (("rx", plan_module.COLUMNS[PLACE["rx"]].text(line)),):
                    wide = plan_module._frequency_width(metrics, text)
                    assert wide <= table.columnWidth(PLACE[name]) - 2 * theme.px(7)
    finally:
        theme.apply(qapp, "light", 100)


def test_a_file_open_for_reading_has_no_editing(document: Document, page: PlanPage, table: PlanView) -> None:
    add(document, "VTAC11")
    document.store.why_read_only = "It was opened for reading only."
    go(table, 0, "function")
    QTest.keyClicks(table, "T")
    assert not [line for line in table.viewport().findChildren(OfferLine) if line.isVisible()]
    trigger(page, "remove-lines")
    assert names(document) == ["VTAC11"]


def test_hundreds_of_pasted_names_become_lines(document: Document, table: PlanView) -> None:
    QApplication.clipboard().setText("\n".join(f"NET {number}" for number in range(300)))
    go(table, table.plan_table.new_row, "name")
    table.paste()
    assert len(lines(document)) == 300
