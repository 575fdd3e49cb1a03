"""Every dialog does what it says, keeps what was typed when it refuses, and fits a small screen in large type."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning, settings, units
from coml_toolkit.errors import ComlError, StoreError
from coml_toolkit.model.plan import ZONE_SIZE, Incident, Period, Plan, Revision
from coml_toolkit.store import Entry, Store, create_store, open_store
from ui import theme
from ui.actions import Actions
from ui.dialogs import drafts, help, history, incident, instructions, operator, period, report, revisions, sign, zone
from ui.dialogs.dialog import Dialog, Fields
from ui.dialogs.times import TimeField, length_in_words
from ui.document import Document

ZONE = "America/New_York"
START = datetime(2026, 11, 22, 11, tzinfo=UTC)  # 06:00 there
TWELVE = timedelta(hours=12)


@pytest.fixture(autouse=True)
def computer_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The zone of who runs the tests must not matter: nor the nights when its clock changes."""
    monkeypatch.setattr(incident, "of_this_computer", lambda: "UTC")


@pytest.fixture
def empty(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    document = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    yield document
    document.close()


@pytest.fixture
def document(empty: Document) -> Document:
    """A unit with a plan: two zones, revision 1 signed, and one change since."""
    made = Incident(name="Bear Creek Fire", number="TN-1", place="Jacksboro", time_zone=ZONE)
    empty.make(planning.new_incident(made, START, START + TWELVE))
    for name, in_zone, function, used_by in (
        ("VTAC36", "A", "Command", "All divisions"),
        ("VTAC12", "A", "Tactical", "Division A"),
        ("VCALL10", "B", "Calling", "Arriving mutual aid"),
    ):
        plan = plan_of(empty)
        channel = library.find(library.channels(), name)
        assert channel is not None
        line = planning.new_line(plan, channel, zone=in_zone, function=function, assignment=used_by)
        empty.make(planning.add_lines(plan, [line]))
    empty.make(planning.change_period(plan_of(empty).period, prepared_by="Dana Whitfield"))
    empty.make(planning.sign(plan_of(empty), "Dana Whitfield", START), can_undo=False)
    line = plan_of(empty).lines[1]
    empty.make(planning.change_line(line, assignment=replace(line.assignment, assignment="Division B")))
    return empty


def plan_of(document: Document) -> Plan:
    assert document.plan is not None
    return document.plan


def local(at: datetime | None) -> str:
    return units.local_text(at, ZONE)


def opened(qtbot: QtBot, dialog: Dialog) -> Dialog:
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    with qtbot.waitActive(dialog):
        pass
    return dialog


def write(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Select what stands there and type, as people do."""
    field.setFocus()
    if isinstance(field, QComboBox):
        line = field.lineEdit()
        assert line is not None
        field = line
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)


def press_enter(qtbot: QtBot, dialog: Dialog) -> None:
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)


def problems(dialog: Dialog) -> str:
    """All that is said in red."""
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.property("look") == "error"]
    return "\n".join(text for text in shown if text)


def all_words(dialog: QWidget) -> str:
    texts = [label.text() for label in dialog.findChildren(QLabel) if not label.isHidden()]
    texts += [text.toPlainText() for text in dialog.findChildren(QPlainTextEdit)]
    return "\n".join(texts)


# ── a new incident ───────────────────────────────────────────────────────────


def test_a_name_and_enter_start_an_incident_with_the_next_12_hours(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    assert "Filled in for you: the next 12 hours" in all_words(dialog)
    assert "12 hours, ends" in all_words(dialog)
    qtbot.keyClicks(dialog.focusWidget(), "Bear Creek Fire")
    press_enter(qtbot, dialog)
    assert dialog.result() == Dialog.DialogCode.Accepted
    plan = plan_of(empty)
    assert plan.incident.name == "Bear Creek Fire"
    assert plan.incident.opened_at is not None
    assert plan.period.start_at is not None
    assert plan.period.end_at == plan.period.start_at + TWELVE
    assert plan.period.start_at <= datetime.now(UTC) < plan.period.start_at + timedelta(minutes=61)


def test_an_incident_without_a_name_is_refused_beneath_the_name(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    press_enter(qtbot, dialog)
    assert dialog.isVisible()
    assert "An incident needs a name." in problems(dialog)
    assert dialog.focusWidget() is dialog.details.name
    assert empty.plan is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tomorrow", "is not a date and time"),
        ("2026-02-30 06:00", "is not a date and time that exists"),
        ("2026-03-08 02:30", "the clock goes forward there"),
        ("2026-11-01 01:30", "happens twice"),
        ("2026-11-22 5:00", "is not a date and time"),
        ("1999-01-01 06:00", "ends before it starts"),
        ("2999-01-01 06:00", "longer than a month"),
    ],
)
def test_a_bad_time_is_refused_beneath_its_field_and_stays(
    qtbot: QtBot, empty: Document, text: str, words: str
) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.details.name, "Fire")
    dialog.details.zone.show_zone(ZONE)
    write(qtbot, dialog.span.end, text)
    press_enter(qtbot, dialog)
    assert dialog.isVisible()
    assert words in problems(dialog)
    assert dialog.span.end.text() == text
    assert dialog.focusWidget() is dialog.span.end
    assert not dialog.span.end.hasSelectedText()  # the next key adds to it
    assert empty.plan is None
    dialog.span.night.click()
    assert words not in problems(dialog)
    press_enter(qtbot, dialog)
    assert plan_of(empty).incident.name == "Fire"


def test_a_bad_time_is_said_when_its_field_is_left(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.span.start, "0600")
    assert problems(dialog) == ""
    qtbot.keyClick(dialog.span.start, Qt.Key.Key_Tab)
    assert "“0600” is not a date and time." in problems(dialog)
    write(qtbot, dialog.span.start, "2026-11-22 0600")
    assert problems(dialog) == ""


@pytest.mark.parametrize(("button", "length"), [("day", "06:00 18:00"), ("night", "18:00 06:00")])
def test_a_shift_is_one_click_and_never_one_that_is_over(
    qtbot: QtBot, empty: Document, button: str, length: str
) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    getattr(dialog.span, button).click()
    start, end = dialog.span.values()
    assert start is not None
    assert end is not None
    assert end > datetime.now(UTC)
    assert f"{dialog.span.start.text()[-5:]} {dialog.span.end.text()[-5:]}" == length
    assert "12 hours, ends" in all_words(dialog)
    assert "Filled in" not in all_words(dialog)


def test_a_shift_keeps_the_day_that_was_written(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.span.start, "2020-05-03 04:00")
    dialog.span.night.click()
    assert (dialog.span.start.text(), dialog.span.end.text()) == ("2020-05-03 18:00", "2020-05-04 06:00")
    write(qtbot, dialog.span.start, "2020-05-03 07:30")
    dialog.span.whole.click()
    assert dialog.span.end.text() == "2020-05-04 07:30"
    assert "24 hours, ends Mon 04 May 07:30" in all_words(dialog)


def test_the_length_is_said_while_it_is_typed(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    dialog.details.zone.show_zone(ZONE)
    write(qtbot, dialog.span.start, "2026-11-22 18:00")
    write(qtbot, dialog.span.end, "11/23/2026 0600")
    assert "12 hours, ends Mon 23 Nov 06:00" in all_words(dialog)
    write(qtbot, dialog.span.end, "11/22/2026 0600")
    assert "ends before it starts" in dialog.span.words.text()
    write(qtbot, dialog.span.end, "")
    assert "when both times are written" in dialog.span.words.text()


def test_an_hour_that_the_clock_jumps_over_is_seen_in_the_length() -> None:
    start, end = (units.parse_time(text, ZONE) for text in ("2026-03-07 18:00", "2026-03-08 06:00"))
    assert length_in_words(start, end, ZONE) == "11 hours (the clock changes within it)"
    assert length_in_words(START, START + timedelta(minutes=90), ZONE) == "1 hour 30 minutes"
    assert length_in_words(START, START + timedelta(days=3, hours=1), ZONE) == "3 days 1 hour"


def test_times_that_are_not_known_may_stay_empty(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.details.name, "Fire")
    write(qtbot, dialog.span.start, "")
    write(qtbot, dialog.span.end, "")
    press_enter(qtbot, dialog)
    assert (plan_of(empty).period.start_at, plan_of(empty).period.end_at) == (None, None)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Eastern", "America/New_York"),
        ("america/chicago", "America/Chicago"),
        ("Mountain – America/Denver", "America/Denver"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_a_time_zone_is_found_by_what_people_call_it(qtbot: QtBot, empty: Document, typed: str, name: str) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.details.name, "Fire")
    dialog.details.zone.setEditText(typed)
    press_enter(qtbot, dialog)
    assert plan_of(empty).incident.time_zone == name


def test_a_time_zone_that_does_not_exist_is_refused_beneath_its_field(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.details.name, "Fire")
    dialog.details.zone.setEditText("Easter")
    dialog.accept()
    assert "“Easter” is not a time zone." in problems(dialog)
    assert "America/New_York" in problems(dialog)
    dialog.details.zone.setEditText("America/Jacksboro")
    dialog.accept()
    assert "“America/Jacksboro” is not a time zone." in problems(dialog)
    assert empty.plan is None


def test_the_united_states_come_first_among_the_time_zones(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    field = dialog.details.zone
    assert field.itemText(0).startswith("Eastern")
    assert "Europe/Berlin" in [field.itemText(row) for row in range(field.count())]


def test_what_the_program_filled_in_follows_the_zone_and_what_was_typed_does_not(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    dialog.details.zone.show_zone("Pacific/Guam")
    start, _ = dialog.span.values()
    assert start is not None
    assert start <= datetime.now(UTC) < start + timedelta(minutes=61)
    assert dialog.span.start.text() == units.local_text(start, "Pacific/Guam")
    write(qtbot, dialog.span.start, "2026-11-22 06:00")
    dialog.details.zone.show_zone("America/Chicago")
    assert dialog.span.start.text() == "2026-11-22 06:00"


def test_what_was_typed_before_esc_is_there_again(qtbot: QtBot, empty: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, empty))
    write(qtbot, dialog.details.name, "Bear Creek Fire")
    write(qtbot, dialog.details.place, "Jacksboro")
    dialog.details.is_exercise.click()
    write(qtbot, dialog.span.end, "2026-11-23 0600")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert empty.plan is None
    again = opened(qtbot, incident.NewIncident(None, empty))
    assert (again.details.name.text(), again.details.place.text()) == ("Bear Creek Fire", "Jacksboro")
    assert again.details.is_exercise.isChecked()
    assert again.span.end.text() == "2026-11-23 0600"
    assert "is here again" in all_words(again)
    again.start_over.click()
    assert again.details.name.text() == ""
    assert again.span.is_as_prefilled
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert drafts.find("new-incident") is None


def test_arrow_keys_change_the_hour_and_the_day(qtbot: QtBot) -> None:
    field = TimeField(lambda: ZONE)
    qtbot.addWidget(field)
    field.setText("2026-11-22 06:00")
    for key, text in (
        (Qt.Key.Key_Up, "2026-11-22 07:00"),
        (Qt.Key.Key_PageDown, "2026-11-21 07:00"),
        (Qt.Key.Key_Down, "2026-11-21 06:00"),
        (Qt.Key.Key_PageUp, "2026-11-22 06:00"),
    ):
        qtbot.keyClick(field, key)
        assert field.text() == text
    field.setText("2026-10-31 06:00")
    qtbot.keyClick(field, Qt.Key.Key_PageUp)  # the clock goes back that night; the morning stays at six
    assert field.text() == "2026-11-01 06:00"
    field.setText("soon")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "soon"


def test_a_time_within_the_doubled_hour_survives_being_shown(qtbot: QtBot) -> None:
    field = TimeField(lambda: ZONE)
    qtbot.addWidget(field)
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 for the second time
    field.show_time(second)
    assert field.at() == second


def test_a_name_that_is_there_already_is_said_and_allowed(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, incident.NewIncident(None, document))
    write(qtbot, dialog.details.name, "bear creek fire")
    assert "There is an incident of this name" in all_words(dialog)
    press_enter(qtbot, dialog)
    assert len(document.incidents) == 2


# ── the incident's details ───────────────────────────────────────────────────


def test_details_change_only_what_was_changed(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, incident.EditIncident(None, document, plan_of(document).incident))
    write(qtbot, dialog.details.place, "Stinking Creek")
    press_enter(qtbot, dialog)
    assert plan_of(document).incident.place == "Stinking Creek"
    assert document.store.undo_words() == "Change place of incident Bear Creek Fire"


def test_nothing_changed_is_no_edit(qtbot: QtBot, document: Document) -> None:
    words = document.store.undo_words()
    press_enter(qtbot, opened(qtbot, incident.EditIncident(None, document, plan_of(document).incident)))
    press_enter(qtbot, opened(qtbot, period.EditPeriod(None, document, plan_of(document))))
    assert document.store.undo_words() == words


@pytest.mark.parametrize(("keeps", "hour"), [(True, "06:00"), (False, "05:00")])
def test_another_time_zone_says_what_it_does_to_the_forms(
    qtbot: QtBot, document: Document, keeps: bool, hour: str
) -> None:
    dialog = opened(qtbot, incident.EditIncident(None, document, plan_of(document).incident))
    assert not dialog.keeps_clock.isVisible()
    dialog.details.zone.show_zone("America/Chicago")
    assert dialog.keeps_clock.isVisible()
    dialog.keeps_clock.setChecked(keeps)
    assert ("go on saying 2026-11-22 06:00" if keeps else "becomes 2026-11-22 05:00") in all_words(dialog)
    press_enter(qtbot, dialog)
    plan = plan_of(document)
    assert plan.incident.time_zone == "America/Chicago"
    assert units.local_text(plan.period.start_at, "America/Chicago") == f"2026-11-22 {hour}"
    document.undo()
    assert plan_of(document).incident.time_zone == ZONE
    assert plan_of(document).period.start_at == START


# ── the operational period ───────────────────────────────────────────────────


def test_a_period_gets_its_deadline_and_its_preparer(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, period.EditPeriod(None, document, plan_of(document)))
    assert (dialog.span.start.text(), dialog.span.end.text()) == ("2026-11-22 06:00", "2026-11-22 18:00")
    write(qtbot, dialog.due, "2026-11-22 0400")
    write(qtbot, dialog.prepared_by, "Luis Ortega")
    dialog.now.click()
    press_enter(qtbot, dialog)
    changed = plan_of(document).period
    assert local(changed.due_at) == "2026-11-22 04:00"
    assert changed.prepared_by == "Luis Ortega"
    assert changed.prepared_at is not None
    assert abs(changed.prepared_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert changed.start_at == START


def test_a_period_that_ends_before_it_starts_is_refused_beneath_its_end(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, period.EditPeriod(None, document, plan_of(document)))
    write(qtbot, dialog.span.end, "2026-11-22 05:00")
    press_enter(qtbot, dialog)
    assert dialog.isVisible()
    assert "ends before it starts" in problems(dialog)
    assert all_words(dialog).count("ends before it starts") == 1
    assert plan_of(document).period.end_at == START + TWELVE


def test_esc_changes_nothing(qtbot: QtBot, document: Document) -> None:
    before = plan_of(document).period
    dialog = opened(qtbot, period.EditPeriod(None, document, plan_of(document)))
    write(qtbot, dialog.prepared_by, "Somebody")
    qtbot.keyClick(dialog.prepared_by, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert plan_of(document).period == before


def test_copy_forward_says_what_it_copies_and_starts_where_this_one_ends(qtbot: QtBot, document: Document) -> None:
    document.make(planning.change_period(plan_of(document).period, special_instructions="Plain language."))
    dialog = opened(qtbot, period.CopyForward(None, document, plan_of(document)))
    assert "3 lines and the special instructions" in all_words(dialog)
    assert "Filled in for you: right after period 1" in all_words(dialog)
    press_enter(qtbot, dialog)
    plan = plan_of(document)
    assert plan.period.number == 2
    assert (plan.period.start_at, plan.period.end_at) == (START + TWELVE, START + 2 * TWELVE)
    assert [line.channel.name for line in plan.lines] == ["VTAC36", "VTAC12", "VCALL10"]


def test_copy_forward_says_which_period_it_would_overlap(qtbot: QtBot, document: Document) -> None:
    first = plan_of(document)
    press_enter(qtbot, opened(qtbot, period.CopyForward(None, document, first)))
    document.choose(first.period.id)
    dialog = opened(qtbot, period.CopyForward(None, document, plan_of(document)))
    assert "It overlaps operational period 2 (22 Nov 18:00 – 23 Nov 06:00)." in all_words(dialog)
    press_enter(qtbot, dialog)  # told, not forbidden
    assert plan_of(document).period.number == 3


def test_a_period_without_an_end_leaves_the_next_one_open(qtbot: QtBot, document: Document) -> None:
    document.make(planning.change_period(plan_of(document).period, end_at=None))
    dialog = opened(qtbot, period.CopyForward(None, document, plan_of(document)))
    assert dialog.span.start.text() == ""
    assert "Filled in" not in all_words(dialog)
    press_enter(qtbot, dialog)
    assert plan_of(document).period.number == 2


# ── signing ──────────────────────────────────────────────────────────────────


def test_signing_shows_what_changed_and_locks(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, sign.Sign(None, document, plan_of(document)))
    words = all_words(dialog)
    assert "Since revision 1:" in words
    assert "Division B" in words
    assert "3 lines" in words
    assert "cannot be undone" in words
    assert dialog.name.text() == "Dana Whitfield"
    undo = document.store.undo_words()
    press_enter(qtbot, dialog)
    plan = plan_of(document)
    assert (plan.revision, plan.signed_by, plan.is_signed) == (2, "Dana Whitfield", True)
    assert document.store.undo_words() == undo


def test_signing_needs_a_name(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, sign.Sign(None, document, plan_of(document)))
    write(qtbot, dialog.name, "")
    press_enter(qtbot, dialog)
    assert dialog.isVisible()
    assert "A plan is signed with a name." in problems(dialog)
    assert not plan_of(document).is_signed


def test_a_signed_plan_says_so_and_offers_no_signing(qtbot: QtBot, document: Document) -> None:
    document.make(planning.sign(plan_of(document), "Luis Ortega", START), can_undo=False)
    dialog = opened(qtbot, sign.Sign(None, document, plan_of(document)))
    assert "Luis Ortega signed it on Sun 22 Nov 06:00, and nothing changed since." in all_words(dialog)
    press_enter(qtbot, dialog)
    assert not dialog.isVisible()
    assert len(document.store[Revision].all()) == 2


def test_what_the_form_will_lack_is_said_and_not_forbidden(qtbot: QtBot, empty: Document) -> None:
    empty.make(planning.new_incident(Incident(name="Fire"), None, None))
    settings.save(replace(settings.load(), operator="Luis Ortega"))
    dialog = opened(qtbot, sign.Sign(None, empty, plan_of(empty)))
    assert "The plan has no lines." in all_words(dialog)
    assert "has no times" in all_words(dialog)
    assert "first revision" in all_words(dialog)
    assert dialog.name.text() == "Luis Ortega"
    press_enter(qtbot, dialog)
    assert plan_of(empty).is_signed


# ── revisions ────────────────────────────────────────────────────────────────


def test_the_newest_version_is_compared_with_the_one_before_it(qtbot: QtBot, document: Document) -> None:
    document.make(planning.sign(plan_of(document), "Luis Ortega", START + TWELVE), can_undo=False)
    document.make(planning.remove_lines(plan_of(document), plan_of(document).lines[:1]))
    dialog = opened(qtbot, revisions.Revisions(None, document, plan_of(document)))
    shown = [[dialog.model.index(row, column).data() for column in range(3)] for row in range(dialog.model.rowCount())]
    assert shown == [
        ["Now (draft of revision 3)", "–", "–"],
        ["Revision 2", "Luis Ortega", "Sun 22 Nov 18:00"],
        ["Revision 1", "Dana Whitfield", "Sun 22 Nov 06:00"],
    ]
    assert "VTAC36 (All divisions) at A 1 was removed." in dialog.words.toPlainText()
    dialog.other.setCurrentIndex(dialog.other.findData(1))
    assert "Division B" in dialog.words.toPlainText()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.words.toPlainText().startswith("Revision 2 against revision 1:")
    assert "removed" not in dialog.words.toPlainText()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert "Division B" in dialog.words.toPlainText()


def test_a_plan_that_was_never_signed_says_so(qtbot: QtBot, empty: Document) -> None:
    empty.make(planning.new_incident(Incident(name="Fire"), None, None))
    dialog = opened(qtbot, revisions.Revisions(None, empty, plan_of(empty)))
    assert "Nothing is signed yet." in dialog.words.toPlainText()


def test_an_old_revision_is_saved_as_pdf_as_it_was_signed(
    qtbot: QtBot, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pdfplumber

    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "old"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = opened(qtbot, revisions.Revisions(None, document, plan_of(document)))
    dialog.table.selectRow(1)
    dialog.save.click()
    assert Path(asked[0]).name == "ICS 205 Bear Creek Fire period 1 revision 1.pdf"
    assert "Saved 1 page as" in all_words(dialog)
    with pdfplumber.open(tmp_path / "old.pdf") as pdf:
        text = pdf.pages[0].extract_text()
    assert "Division A" in re.sub(r"\s+", " ", text)
    assert "DRAFT" not in text


def test_a_pdf_that_cannot_be_written_is_said_and_the_dialog_stays(
    qtbot: QtBot, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a file" / "x.pdf"), ""))
    dialog = opened(qtbot, revisions.Revisions(None, document, plan_of(document)))
    dialog.save.click()
    assert "could not be written" in problems(dialog)
    assert dialog.isVisible()


@pytest.mark.parametrize("name", ['A/B\\C:D*?"<>|', "…", " . ", "x" * 300])
def test_a_file_name_holds_nothing_that_a_disk_refuses(document: Document, tmp_path: Path, name: str) -> None:
    plan = plan_of(document)
    proposed = revisions.file_name(replace(plan, incident=replace(plan.incident, name=name)))
    (tmp_path / proposed).write_text("")
    assert proposed.endswith("period 1 revision 2 DRAFT.pdf")


# ── history ──────────────────────────────────────────────────────────────────


class LongStore(Store):
    """A unit with a history of 100,000 edits, that counts how many were read."""

    def __init__(self, length: int = 100_000) -> None:
        self.length = length
        self.read = 0

    def history(self, *, limit: int | None = None) -> Iterator[Entry]:
        for number in range(self.length, 0, -1):
            self.read += 1
            yield Entry(
                number=number,
                at=START + timedelta(seconds=number),
                who="Tester",
                kind="edit",
                words=f"Change remarks of CH{number}",
                before=(),
                after=(),
            )


def test_a_long_history_opens_without_being_read_to_its_end(qtbot: QtBot) -> None:
    store = LongStore()
    model = history.HistoryModel(store)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester is not None
    model.fetchMore(QModelIndex())
    assert 0 < model.rowCount() < 1_000
    assert store.read < 1_000
    model.fetchMore(QModelIndex())
    assert model.index(0, 2).data() == "Change remarks of CH100000"


def test_a_filter_looks_through_all_of_it_without_stopping_the_program(qtbot: QtBot) -> None:
    store = LongStore(20_000)
    model = history.HistoryModel(store)
    model.filter("remarks ch17")
    assert store.read == 0  # it reads between the keys that are typed, not before
    qtbot.waitUntil(lambda: model.is_complete, timeout=20_000)
    assert store.read == 20_000
    assert model.rowCount() == 1 + 10 + 100 + 1_000
    model.filter("")
    model.fetchMore(QModelIndex())
    assert model.rowCount() < 1_000


def test_history_says_who_did_what_and_what_it_was_before(qtbot: QtBot, document: Document) -> None:
    document.undo()
    dialog = opened(qtbot, history.History(None, document))
    assert dialog.model.index(0, 2).data() == "Undone: Change assignment of VTAC12"
    assert dialog.model.index(0, 1).data() == "Tester"
    dialog.table.selectRow(0)
    assert dialog.details.toPlainText() == "assignment of line Division A: “Division A”, was “Division B”"
    qtbot.keyClicks(dialog.filter, "VTAC12 undone")
    qtbot.waitUntil(lambda: dialog.model.is_complete)
    assert dialog.model.rowCount() == 1
    assert "1 entry found." in all_words(dialog)


def test_history_is_copied_as_text(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, history.History(None, document))
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "When\tWho\tWhat"
    assert len(lines) == 1 + sum(1 for _ in document.store.history())
    dialog.table.selectRow(1)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("Sign revision 1 of operational period 1")


def test_a_history_that_cannot_be_read_says_why(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, history.History(None, document))

    def broken(*, limit: int | None = None) -> Iterator[Entry]:
        raise StoreError("The history could not be read: the disk could not be read or written.", hint="Check it.")
        yield

    document.store.history = broken  # type: ignore[method-assign]
    qtbot.keyClicks(dialog.filter, "x")
    qtbot.waitUntil(lambda: "could not be read" in problems(dialog))


# ── special instructions ─────────────────────────────────────────────────────


def test_instructions_are_stored_by_ctrl_enter(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    qtbot.keyClicks(dialog.focusWidget(), "Plain language.")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)  # a new line, not the end
    qtbot.keyClicks(dialog.focusWidget(), "No codes.")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert plan_of(document).period.special_instructions == "Plain language.\nNo codes."
    assert not dialog.isVisible()


def test_ready_sentences_use_the_channels_of_the_plan(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    for button in dialog.inserts:
        button.click()
    text = dialog.text.toPlainText()
    assert len(text.splitlines()) == len(dialog.inserts)
    assert "call on VCALL10" in text
    assert "if VTAC36 fails" in text
    assert "EMERGENCY TRAFFIC" in text


def test_the_gap_of_a_sentence_is_filled_in_by_typing(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    dialog.inserts[1].click()
    qtbot.keyClicks(dialog.text, "the ICC")
    assert dialog.text.toPlainText() == "CALLING: arriving resources call on VCALL10; it is guarded by the ICC."
    qtbot.keyClick(dialog.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "the ICC" not in dialog.text.toPlainText()


def test_text_left_with_esc_waits_for_the_next_time(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    qtbot.keyClicks(dialog.text, "Half a sen")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert plan_of(document).period.special_instructions == ""
    again = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    assert again.text.toPlainText() == "Half a sen"
    assert "what you typed last time" in all_words(again)
    qtbot.keyClicks(again.text, "tence.")
    again.accept()
    assert plan_of(document).period.special_instructions == "Half a sentence."
    third = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    assert "what you typed last time" not in all_words(third)


def test_text_survives_a_power_cut_while_it_is_typed(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    qtbot.keyClicks(dialog.text, "Half a sen")
    name = f"instructions-{plan_of(document).period.id}"
    qtbot.waitUntil(lambda: drafts.find(name) == "Half a sen")
    again = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    again.drop.click()
    assert again.text.toPlainText() == ""
    qtbot.keyClick(again.text, Qt.Key.Key_Escape)
    assert drafts.find(name) is None


def test_text_that_the_file_refuses_stays_in_the_dialog(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Entry:
        raise StoreError("Nothing was changed: the disk is full.", hint="Free some space and try again.")

    dialog = opened(qtbot, instructions.Instructions(None, document, plan_of(document)))
    qtbot.keyClicks(dialog.text, "Plain language.")
    with monkeypatch.context() as patch:
        patch.setattr(document.store, "replace", refuse)
        dialog.accept()
    assert dialog.isVisible()
    assert "the disk is full.\nFree some space" in problems(dialog)
    assert dialog.text.toPlainText() == "Plain language."
    dialog.accept()
    assert plan_of(document).period.special_instructions == "Plain language."


# ── zone, operator ───────────────────────────────────────────────────────────


def test_zones_are_listed_with_their_counts_and_chosen_with_the_arrows(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, zone.Zone(None, plan_of(document)))
    listed = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert listed == [f"Zone A — 2 of {ZONE_SIZE}", f"Zone B — 1 of {ZONE_SIZE}", "(no zone) — no lines"]
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    assert dialog.zone() == "A"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    assert dialog.zone() == "B"
    assert dialog.list.currentRow() == 1
    qtbot.keyClick(dialog.name, Qt.Key.Key_Up)
    press_enter(qtbot, dialog)
    assert dialog.result() == Dialog.DialogCode.Accepted
    assert dialog.zone() == "A"


def test_a_zone_may_be_new_or_an_old_one_in_other_letters(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, zone.Zone(None, plan_of(document)))
    qtbot.keyClicks(dialog.name, "b")
    assert dialog.zone() == "B"
    write(qtbot, dialog.name, "  Air   ops ")
    assert dialog.zone() == "Air ops"
    assert "Zone Air ops is new." in all_words(dialog)


def test_enter_without_a_zone_does_not_empty_the_zone(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, zone.Zone(None, plan_of(document)))
    press_enter(qtbot, dialog)
    assert dialog.isVisible()
    assert "No zone was named." in problems(dialog)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Up)  # the last of the list
    press_enter(qtbot, dialog)
    assert not dialog.isVisible()
    assert dialog.zone() == ""


def test_asking_for_a_zone_gives_it_or_none(qtbot: QtBot, document: Document) -> None:
    def answer(keys: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, zone.Zone)
        qtbot.keyClicks(dialog.name, keys)
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return if keys else Qt.Key.Key_Escape)

    QTimer.singleShot(0, lambda: answer("C"))
    assert zone.ask(None, document) == "C"
    QTimer.singleShot(0, lambda: answer(""))
    assert zone.ask(None, document) is None


def test_asking_for_the_operator_gives_the_name_or_none(qtbot: QtBot) -> None:
    kept = settings.Settings(operator="Dana Whitfield")

    def answer(keys: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, operator.Operator)
        assert dialog.name.text() == "Dana Whitfield"
        if keys:
            write(qtbot, dialog.name, keys)
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return if keys else Qt.Key.Key_Escape)

    QTimer.singleShot(0, lambda: answer("  Luis  Ortega "))
    assert operator.ask(None, kept) == "Luis Ortega"
    QTimer.singleShot(0, lambda: answer(""))
    assert operator.ask(None, kept) is None


def test_no_operator_says_which_name_is_used(qtbot: QtBot) -> None:
    dialog = opened(qtbot, operator.Operator(None, settings.Settings()))
    assert operator.computer_user() in all_words(dialog)
    qtbot.keyClicks(dialog.name, "Dana")
    assert "Empty" not in all_words(dialog)


# ── what holds for all of them ───────────────────────────────────────────────


def _report(document: Document) -> Dialog:
    return report.Report(None, "This is a fault of the program, not yours.", document.store.path.parent / "r.txt")


ALL: dict[str, Callable[[Document], Dialog]] = {
    "new incident": lambda document: incident.NewIncident(None, document),
    "incident": lambda document: incident.EditIncident(None, document, plan_of(document).incident),
    "period": lambda document: period.EditPeriod(None, document, plan_of(document)),
    "copy forward": lambda document: period.CopyForward(None, document, plan_of(document)),
    "sign": lambda document: sign.Sign(None, document, plan_of(document)),
    "revisions": lambda document: revisions.Revisions(None, document, plan_of(document)),
    "history": lambda document: history.History(None, document),
    "instructions": lambda document: instructions.Instructions(None, document, plan_of(document)),
    "zone": lambda document: zone.Zone(None, plan_of(document)),
    "operator": lambda document: operator.Operator(None, settings.Settings()),
    "help": lambda document: help.Help(None),
    "keys": lambda document: help.Keys(None, Actions(document)),
    "about": lambda document: help.About(None),
    "report": _report,
}
every_dialog = pytest.mark.parametrize("name", ALL)


@pytest.fixture
def large(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QSize]:
    """Text at 200 % on a laptop of 1366 x 768."""
    room = QSize(1366, 768) - QSize(16, 40)
    monkeypatch.setattr(Dialog, "room", lambda _: room)
    theme.apply(qapp, "light", 200)
    yield room
    theme.apply(qapp, "light", 100)


@every_dialog
def test_it_fits_a_small_laptop_at_200_percent(qtbot: QtBot, document: Document, large: QSize, name: str) -> None:
    dialog = opened(qtbot, ALL[name](document))
    qtbot.wait(1)
    assert dialog.width() <= large.width()
    assert dialog.height() <= large.height()
    for part in (*dialog.findChildren(QPushButton), *dialog.findChildren(QLineEdit)):
        if part.isVisible():
            corner = part.mapTo(dialog, QPoint(part.width(), part.height()))
            assert corner.x() <= dialog.width(), part.accessibleName() or part.text()
            assert corner.y() <= dialog.height(), part.accessibleName() or part.text()
    for fields in dialog.findChildren(Fields):
        assert fields.verticalScrollBar().maximum() == 0


def test_a_problem_is_in_sight_also_where_the_dialog_has_to_scroll(
    qtbot: QtBot, document: Document, large: QSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialog, "room", lambda _: QSize(1200, 500))
    dialog = opened(qtbot, incident.NewIncident(None, document))
    write(qtbot, dialog.details.name, "Fire")
    write(qtbot, dialog.span.end, "later")
    press_enter(qtbot, dialog)
    (fields,) = dialog.findChildren(Fields)
    qtbot.waitUntil(lambda: fields.verticalScrollBar().value() > 0)
    problem = next(label for label in dialog.findChildren(QLabel) if "“later”" in label.text())
    for part in (problem, dialog.span.end):
        assert fields.viewport().rect().contains(part.mapTo(fields.viewport(), part.rect().center()))


@every_dialog
def test_every_control_has_a_name_and_no_two_the_same_letter(qtbot: QtBot, document: Document, name: str) -> None:
    dialog = opened(qtbot, ALL[name](document))
    letters: list[str] = []
    for part in dialog.findChildren(QWidget):
        if isinstance(part, QLabel | QAbstractButton):
            letters += re.findall(r"&([^&\s])", part.text().casefold())
        is_reached = part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not is_reached or isinstance(part.parentWidget(), QComboBox | QAbstractScrollArea):
            continue
        assert part.accessibleName() or getattr(part, "text", str)(), f"{type(part).__name__} has no name"
        if isinstance(part, QLineEdit | QComboBox):
            assert any(label.buddy() is part for label in dialog.findChildren(QLabel)), part.accessibleName()
            assert part.toolTip()
    assert sorted(letters) == sorted(set(letters))


@every_dialog
def test_tab_goes_from_top_to_bottom_and_esc_leaves(qtbot: QtBot, document: Document, name: str) -> None:
    dialog = opened(qtbot, ALL[name](document))
    chain, part = [], dialog.nextInFocusChain()
    while part is not None and part is not dialog:
        is_reached = part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_reached and not isinstance(part.parentWidget(), QComboBox | QAbstractScrollArea):
            chain.append(part)
        part = part.nextInFocusChain()
    assert chain
    tops = [part.mapTo(dialog, QPoint(0, part.height() // 2)).y() for part in chain]
    if name != "help":  # there the pages stand beside the words
        assert all(above <= below + 20 for above, below in pairwise(tops)), tops
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", ["new incident", "incident", "period", "copy forward", "sign", "instructions"])
def test_a_file_that_is_open_elsewhere_is_said_before_anything_is_typed(
    qtbot: QtBot, document: Document, name: str
) -> None:
    with open_store(document.store.path) as second:
        assert second.is_read_only
        other = Document(second)
        dialog = opened(qtbot, ALL[name](other))
        assert "Another program has" in problems(dialog)
        if isinstance(dialog, incident.NewIncident | incident.EditIncident):
            dialog.details.name.setText("Fire")
        elif isinstance(dialog, period.EditPeriod):
            dialog.prepared_by.setText("Somebody")
        elif isinstance(dialog, instructions.Instructions):
            dialog.text.setPlainText("Text")
        dialog.accept()
        assert dialog.isVisible()
        assert "Another program has" in problems(dialog)
        dialog.reject()
        other._watch.stop()


@pytest.mark.parametrize(
    "ask", [incident.edit_incident, period.edit_period, period.copy_forward, sign.sign, instructions.edit]
)
def test_without_an_incident_it_says_what_to_do_first(
    qtbot: QtBot, empty: Document, ask: Callable[[QWidget | None, Document], bool]
) -> None:
    refused: list[ComlError] = []
    empty.refused.connect(refused.append)
    assert ask(None, empty) is False
    assert refused[0].message == "There is no incident in this file yet."
    assert "New incident" in refused[0].hint


def test_a_function_opens_its_dialog_and_does_what_it_says(qtbot: QtBot, empty: Document) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, incident.NewIncident)
        qtbot.keyClicks(dialog.details.name, "Fire")
        qtbot.keyClick(dialog.details.name, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    assert incident.new_incident(None, empty) is True
    assert [one.name for one in empty.incidents] == ["Fire"]
    assert len(empty.store[Period].all()) == 1


def test_a_long_plan_and_long_names_are_shown_whole(qtbot: QtBot, document: Document, large: QSize) -> None:
    named = replace(plan_of(document).incident, name="A very long name of an incident " * 8)
    document.make(planning.Change([plan_of(document).incident], [named], "Rename"))
    for name in ("sign", "copy forward", "revisions"):
        dialog = opened(qtbot, ALL[name](document))
        assert dialog.height() <= large.height()
        assert isinstance(dialog.sentence, QLabel)
        assert dialog.sentence.height() >= dialog.sentence.heightForWidth(dialog.sentence.width())


def test_the_list_of_zones_shows_each_on_a_line_of_its_own(qtbot: QtBot, document: Document) -> None:
    dialog = opened(qtbot, zone.Zone(None, plan_of(document)))
    shown = dialog.findChild(QListWidget)
    assert shown is not None
    tops = [shown.visualItemRect(shown.item(row)) for row in range(shown.count())]
    assert all(above.bottom() <= below.top() for above, below in pairwise(tops))


def test_a_problem_goes_away_as_soon_as_the_field_is_changed(qtbot: QtBot, empty: Document) -> None:
    dialog = incident.NewIncident(None, empty)
    qtbot.addWidget(dialog)
    dialog.details.name.clear()
    dialog.accept()
    assert "needs a name" in _problems(dialog)
    qtbot.keyClicks(dialog.details.name, "C")
    assert "needs a name" not in _problems(dialog)


def _problems(dialog: QWidget) -> str:
    return " ".join(found.text() for found in dialog.findChildren(QLabel))
