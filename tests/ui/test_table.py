"""Records as a table: sorted, shown again, and the selection that stays."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.models.table import RECORD_ROLE, Column, RecordTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Radio:
    id: str
    name: str
    hz: int | None = None


RADIOS = [Radio("1", "beta", 900), Radio("2", "Alpha", None), Radio("3", "gamma", 1_000)]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable[Radio]:
    made: RecordTable[Radio] = RecordTable(
        (
            Column(title="Name", text=lambda radio: radio.name),
            Column(title="Hz", text=lambda radio: str(radio.hz or ""), sort=lambda radio: radio.hz, is_number=True),
        )
    )
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show(RADIOS)
    return made


def ids(table: RecordTable[Radio]) -> str:
    return "".join(radio.id for radio in table.records)


def test_records_stand_in_the_order_they_were_given(table: RecordTable[Radio]) -> None:
    assert ids(table) == "123"
    assert table.index(1, 0).data() == "Alpha"
    assert table.index(1, 0).data(RECORD_ROLE) is RADIOS[1]


def test_words_sort_without_regard_to_capitals(table: RecordTable[Radio]) -> None:
    table.sort(0, UP)
    assert ids(table) == "213"


@pytest.mark.parametrize(("order", "expected"), [(UP, "132"), (DOWN, "312")])
def test_numbers_sort_as_numbers_and_what_is_not_known_stands_last(
    table: RecordTable[Radio], order: Qt.SortOrder, expected: str
) -> None:
    table.sort(1, order)
    assert ids(table) == expected


def test_sorting_by_nothing_gives_the_first_order_back(table: RecordTable[Radio]) -> None:
    table.sort(1, DOWN)
    table.sort(-1, UP)
    assert ids(table) == "123"


def test_what_is_shown_later_is_sorted_too(table: RecordTable[Radio]) -> None:
    table.sort(0, DOWN)
    table.show([*RADIOS, Radio("4", "delta")])
    assert ids(table) == "3412"


def test_the_selection_goes_with_its_row_when_sorted(table: RecordTable[Radio]) -> None:
    marked = QPersistentModelIndex(table.index(0, 0))
    table.sort(0, UP)
    assert marked.row() == 1
    assert marked.data() == "beta"


def test_the_same_records_changed_keep_their_rows(table: RecordTable[Radio], qtbot: QtBot) -> None:
    marked = QPersistentModelIndex(table.index(2, 0))
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        table.show([*RADIOS[:2], replace(RADIOS[2], name="omega")])
    assert marked.data() == "omega"


def test_an_empty_table_is_sound(table: RecordTable[Radio]) -> None:
    table.show([])
    table.sort(0, UP)
    assert table.rowCount() == 0
