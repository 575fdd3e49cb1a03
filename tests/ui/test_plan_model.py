"""The plan as a table: what is typed, pasted and dragged becomes lines; what is refused stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning, units
from coml_toolkit.model.channel import Channel, Direction, Kind
from coml_toolkit.model.plan import Incident, Line, Period
from coml_toolkit.store import create_store, open_store
from ui.document import Document
from ui.models.plan import COLUMNS, PLACE, Band, NewLine, PlanTable, rows_of
from ui.models.table import Role


@pytest.fixture
def document(tmp_path: Path, qapp: object) -> Iterator[Document]:
    store = create_store(tmp_path / "unit.coml", who="Tester")
    store.replace(*planning.new_incident(Incident(name="Creek Fire"), None, None))
    document = Document(store)
    yield document
    document.close()


@pytest.fixture
def table(document: Document) -> PlanTable:
    table = PlanTable(document)
    table.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        table, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return table


def type_in(table: PlanTable, row: int, column: str, text: str) -> bool:
    return table.setData(table.index(row, PLACE[column]), text)


def shown(table: PlanTable, row: int, column: str) -> str:
    return str(table.data(table.index(row, PLACE[column]), Role.DisplayRole))


def lines(document: Document) -> tuple[Line, ...]:
    assert document.plan is not None
    return document.plan.lines


def add(document: Document, *names: str, zone: str = "") -> None:
    for name in names:
        assert document.plan is not None
        channel = library.find(library.channels(), name)
        assert channel is not None
        line = planning.new_line(document.plan, channel, zone=zone)
        assert document.make(planning.add_lines(document.plan, [line]))


def test_a_name_typed_into_the_empty_line_is_filled_in_from_the_library(document: Document, table: PlanTable) -> None:
    assert type_in(table, table.new_row, "name", "vtac36")
    (line,) = lines(document)
    assert line.channel.name == "VTAC36"
    assert (line.channel.rx_hz, line.channel.tx_hz) == (151_137_500, 159_472_500)
    assert (units.tone(line.channel.rx_tone), units.tone(line.channel.tx_tone)) == ("156.7", "136.5")
    assert line.channel.edition
    assert line.assignment.number == 1


def test_a_name_the_library_does_not_know_has_unknown_frequencies(document: Document, table: PlanTable) -> None:
    said: list[str] = []
    document.told.connect(said.append)
    type_in(table, table.new_row, "name", "COUNTY FIRE 1")
    (line,) = lines(document)
    assert line.channel.rx_hz is None
    assert shown(table, 0, "rx") == "unknown"
    assert shown(table, 0, "tx_tone") == "unknown"
    assert any("not in the library" in words for words in said)


@pytest.mark.parametrize("typed", ["155,7525", "155.75.25", "1557525"])
def test_a_frequency_with_a_typo_stays_as_typed_and_the_plan_keeps_the_old_one(
    document: Document, table: PlanTable, typed: str
) -> None:
    add(document, "VCALL10")
    refused: list[object] = []
    table.refused.connect(refused.append)
    assert not type_in(table, 0, "rx", typed)
    assert shown(table, 0, "rx") == typed
    assert table.is_refused(table.index(0, PLACE["rx"]))
    assert "155.7525" in str(table.data(table.index(0, PLACE["rx"]), Role.ToolTipRole))
    assert lines(document)[0].channel.rx_hz == 155_752_500
    assert len(refused) == 1
    assert type_in(table, 0, "rx", "155.7525")
    assert not table.is_refused(table.index(0, PLACE["rx"]))


def test_refused_text_survives_edits_of_other_cells(document: Document, table: PlanTable) -> None:
    add(document, "VCALL10", "VTAC11")
    type_in(table, 0, "rx_tone", "156,7")
    type_in(table, 1, "function", "Tactical")
    document.undo()
    assert shown(table, 0, "rx_tone") == "156,7"


def test_rx_only_and_tx_only_are_typed_as_the_form_says_them(document: Document, table: PlanTable) -> None:
    add(document, "VCALL10")
    type_in(table, 0, "tx", "RX only")
    assert lines(document)[0].channel.direction is Direction.RECEIVE_ONLY
    assert shown(table, 0, "tx") == "RX only"
    assert shown(table, 0, "tx_tone") == ""
    type_in(table, 0, "tx", "155.7525")
    assert lines(document)[0].channel.direction is Direction.BOTH


def test_w_alone_is_refused_because_it_may_be_20_or_25_khz(document: Document, table: PlanTable) -> None:
    add(document, "VCALL10")
    assert not type_in(table, 0, "rx", "155.7525 W")
    assert type_in(table, 0, "rx", "155.7525 25 kHz")
    assert lines(document)[0].channel.bandwidth_hz == 25_000
    assert shown(table, 0, "rx").endswith("W")


@pytest.mark.parametrize("word", [word for kind, word in units.KIND_WORDS.items() if kind is not Kind.CONVENTIONAL])
def test_the_mode_cell_takes_the_word_of_another_kind(document: Document, table: PlanTable, word: str) -> None:
    type_in(table, table.new_row, "name", "Incident line")
    type_in(table, 0, "mode", word)
    assert units.KIND_WORDS[lines(document)[0].channel.kind] == word
    assert not table.flags(table.index(0, PLACE["rx"])) & Qt.ItemFlag.ItemIsEditable


def test_zones_are_bands_and_a_band_can_be_renamed(document: Document, table: PlanTable) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    add(document, "UTAC41", zone="B")
    bands = [row for row in table.rows if isinstance(row, Band)]
    assert [(band.zone, len(band.lines)) for band in bands] == [("A", 2), ("B", 1)]
    assert table.setData(table.index(0, 0), "Command")
    assert [line.assignment.zone for line in lines(document)] == ["Command", "Command", "B"]


def test_the_next_free_number_is_given_in_each_zone(document: Document) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    add(document, "UTAC41", zone="B")
    add(document, "VTAC13", zone="A")
    assert [(line.assignment.zone, line.assignment.number) for line in lines(document)] == [
        ("A", 1),
        ("A", 2),
        ("B", 1),
        ("A", 3),
    ]


def test_dropping_a_line_below_a_band_puts_it_into_that_zone(document: Document, table: PlanTable) -> None:
    add(document, "VTAC11", "VTAC12", zone="A")
    add(document, "UTAC41", zone="B")
    dragged = table.mimeData([table.index(1, 0)])  # VTAC11, below band A
    band_b = next(number for number, row in enumerate(table.rows) if isinstance(row, Band) and row.zone == "B")
    table.dropMimeData(dragged, Qt.DropAction.MoveAction, band_b + 1, 0, table.index(-1, -1))
    assert [(line.channel.name, line.assignment.zone, line.assignment.number) for line in lines(document)] == [
        ("VTAC12", "A", 2),
        ("VTAC11", "B", 2),
        ("UTAC41", "B", 1),
    ]
    document.undo()
    assert [line.channel.name for line in lines(document)] == ["VTAC11", "VTAC12", "UTAC41"]


SHEET_ROWS = "\n".join(
    (
        "A\t1\tCommand\tVTAC36\tAll\t\t\t\t\tA\tRepeater",
        "A\t2\tTactical\tCOUNTY 2\tDiv A\t154,100 N\t100.0\t154.1 N\tCSQ\tA\t",
    )
)


def test_rows_of_a_spreadsheet_become_lines_in_one_edit(document: Document, table: PlanTable) -> None:
    added = table.paste(SHEET_ROWS, table.index(table.new_row, 0))
    assert len(added) == 2
    first, second = lines(document)
    assert (first.channel.rx_hz, first.assignment.zone, first.assignment.remarks) == (151_137_500, "A", "Repeater")
    assert (second.channel.tx_hz, units.tone(second.channel.tx_tone)) == (154_100_000, "CSQ")
    assert second.channel.rx_hz is None
    row = table.row_of(second.assignment.id)
    assert shown(table, row, "rx") == "154,100 N"
    assert table.is_refused(table.index(row, PLACE["rx"]))
    document.undo()
    assert lines(document) == ()


def test_a_heading_row_says_which_column_is_which(document: Document, table: PlanTable) -> None:
    table.paste("Assignment\tChannel Name\tRX Freq\nDiv B\tCOUNTY 3\t155.1 N", table.index(table.new_row, 2))
    (line,) = lines(document)
    assert (line.channel.name, line.assignment.assignment, line.channel.rx_hz) == ("COUNTY 3", "Div B", 155_100_000)


def test_a_column_of_names_becomes_lines(document: Document, table: PlanTable) -> None:
    table.paste("VTAC11\nVTAC12\r\nUTAC41\n", table.index(table.new_row, PLACE["name"]))
    assert [line.channel.name for line in lines(document)] == ["VTAC11", "VTAC12", "UTAC41"]
    assert [line.assignment.number for line in lines(document)] == [1, 2, 3]


def test_cells_pasted_onto_lines_go_over_the_cells(document: Document, table: PlanTable) -> None:
    add(document, "VTAC11", "VTAC12")
    table.paste("Division A\nDivision B", table.index(0, PLACE["assignment"]))
    assert [line.assignment.assignment for line in lines(document)] == ["Division A", "Division B"]
    document.undo()
    assert [line.assignment.assignment for line in lines(document)] == ["", ""]


def test_what_is_copied_pastes_back_the_same(document: Document, table: PlanTable) -> None:
    add(document, "VTAC36", "VCALL10", zone="A")
    cells = [table.index(row, place) for row in (1, 2) for place in range(len(COLUMNS))]
    text = table.copied(cells)
    table.paste(text, table.index(table.new_row, 0))
    old, new = lines(document)[:2], lines(document)[2:]
    for before, after in zip(old, new, strict=True):
        assert (after.channel.rx_hz, after.channel.tx_hz) == (before.channel.rx_hz, before.channel.tx_hz)
        assert (after.channel.rx_tone, after.channel.tx_tone) == (before.channel.rx_tone, before.channel.tx_tone)
        assert after.assignment.number == before.assignment.number


def test_delete_makes_frequencies_unknown_and_text_empty(document: Document, table: PlanTable) -> None:
    add(document, "VTAC36")
    table.clear([table.index(0, PLACE["tx"]), table.index(0, PLACE["rx_tone"])])
    channel = lines(document)[0].channel
    assert channel.tx_hz is None
    assert not channel.rx_tone.is_known
    document.undo()
    assert lines(document)[0].channel.tx_hz == 159_472_500


def test_an_edit_in_place_keeps_the_selection(document: Document, table: PlanTable) -> None:
    add(document, "VTAC11", "VTAC12")
    resets: list[int] = []
    table.modelReset.connect(lambda: resets.append(1))
    type_in(table, 1, "function", "Tactical")
    assert resets == []


def test_a_file_open_for_reading_cannot_be_typed_into(document: Document, table: PlanTable) -> None:
    add(document, "VTAC11")
    document.store.why_read_only = "It was opened for reading only."
    assert not table.flags(table.index(0, PLACE["rx"])) & Qt.ItemFlag.ItemIsEditable
    assert not type_in(table, 0, "function", "Tactical")
    assert lines(document)[0].assignment.function == ""


@given(zones=st.lists(st.sampled_from(["", "A", "B"]), max_size=12), new_at=st.none() | st.integers(0, 13))
def test_every_line_has_one_row_and_there_is_one_empty_line(zones: list[str], new_at: int | None) -> None:
    incident = Incident(name="Creek Fire")
    plan = planning.Plan(incident=incident, period=Period(incident_id=incident.id, number=1))
    for zone in zones:
        line = planning.new_line(plan, Channel(name="X"), zone=zone)
        plan = planning.replace(plan, lines=(*plan.lines, line))
    rows = rows_of(plan, new_at)
    assert [row for row in rows if isinstance(row, Line)] == list(plan.lines)
    assert sum(isinstance(row, NewLine) for row in rows) == 1
    if any(zones):
        assert all(
            isinstance(rows[number - 1], Band)
            or rows[number - 1] == row
            or not isinstance(row, Line)
            or not isinstance(rows[number - 1], Line)
            or rows[number - 1].assignment.zone == row.assignment.zone
            for number, row in enumerate(rows)
            if number
        )


def test_refused_text_outlives_another_period_and_a_restart(document: Document, table: PlanTable) -> None:
    add(document, "VCALL10")
    type_in(table, 0, "rx", "155,7525")
    assert document.plan is not None
    first = document.plan.period
    document.make(planning.copy_forward(document.plan, [first], None, None))
    assert document.waiting() == []
    document.choose(first.id)
    assert shown(table, 0, "rx") == "155,7525"
    assert document.waiting() == ["VCALL10: “155,7525”"]
    again = Document(open_store(document.store.path, read_only=True))
    again.choose(first.id)
    assert again.waiting() == ["VCALL10: “155,7525”"]
    again.close()
    type_in(table, 0, "rx", "155.76")
    assert document.waiting() == []


def test_a_copy_of_the_open_file_holds_the_work_two_seconds_later(
    document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    add(document, "VCALL10")

    def is_in_the_copy() -> bool:
        copy = tmp_path / "stick.coml"
        copy.write_bytes(document.store.path.read_bytes())
        with open_store(copy, read_only=True) as store:
            return bool(store[Channel].all())

    qtbot.waitUntil(is_in_the_copy, timeout=10_000)


def test_undo_of_an_edit_before_the_signature_says_that_it_starts_a_revision(document: Document) -> None:
    add(document, "VCALL10")
    assert document.plan is not None
    document.make(planning.sign(document.plan, "J. Doe", planning.now()))
    said: list[str] = []
    document.told.connect(said.append)
    document.undo()
    assert said == ["Undone: Add VCALL10. This starts revision 2, a draft"]


def test_cells_refused_in_a_paste_are_on_disk_when_it_is_done(document: Document, table: PlanTable) -> None:
    rows = "\n".join(f"A\t{number}\tT\tNET {number}\tDiv\t155,{number}\t\t\t\tA\t" for number in range(1, 51))
    table.paste(rows, table.index(table.new_row, 0))
    again = Document(open_store(document.store.path, read_only=True))
    assert len(again.waiting()) == len(document.waiting()) == 50
    again.close()
