"""The forms page as somebody uses it: choose a form, type, see it print, save it, hand it to Planning."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pdfplumber
import pytest
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import forms
from coml_toolkit import planning, sheets
from coml_toolkit.errors import ComlError, StoreError
from coml_toolkit.model.channel import Channel, Direction
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.model.printed import Printed
from coml_toolkit.model.sheet import PRIVATE, Sheet, fields_of, rows_of
from coml_toolkit.planning import Change
from coml_toolkit.store import create_store, open_store
from ui import theme
from ui.actions import Actions
from ui.dialogs import package
from ui.dialogs.package import PackageDialog
from ui.document import Document
from ui.jobs import Jobs
from ui.models.forms import FormList, Item, RowsTable, cells_of, items, name_of
from ui.pages.forms import FormsPage

_DELETE = QEvent.Type.DeferredDelete.value
START = datetime(2026, 11, 22, 11, tzinfo=UTC)
NO, CONTROL, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
RETURN, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


def wait_for(is_so: Callable[[], bool], ms: int = 15_000) -> None:
    """In an event loop of its own: while a job runs, qWait would hold the interpreter."""
    until = monotonic() + ms / 1000
    while not is_so():
        assert monotonic() < until
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


@pytest.fixture
def empty(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    theme.apply(qapp, "light", 100)
    document = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    yield document
    QApplication.sendPostedEvents(None, _DELETE)
    document.close()


def channel(name: str, mhz: int) -> Channel:
    return Channel(name=name, rx_hz=mhz, tx_hz=mhz, direction=Direction.BOTH)


@pytest.fixture
def document(empty: Document) -> Document:
    """Two lines, one for Division A."""
    empty.make(planning.new_incident(Incident(name="Bear Creek Fire"), START, START + timedelta(hours=12)))
    for name, mhz, for_ in (("VTAC12", 154_452_500, "Division A"), ("VTAC13", 158_737_500, "Division B")):
        plan = plan_of(empty)
        empty.make(planning.add_lines(plan, [planning.new_line(plan, channel(name, mhz), assignment=for_)]))
    return empty


def plan_of(document: Document) -> Plan:
    assert document.plan is not None
    return document.plan


class Window(QMainWindow):
    def __init__(self, document: Document) -> None:
        super().__init__()
        self.actions_ = Actions(self)
        self.addActions(list(self.actions_.values()))
        self.jobs = Jobs(self)
        self.page = FormsPage(document, self.actions_, self.jobs)
        self.setCentralWidget(self.page)
        self.actions_["undo"].triggered.connect(document.undo)
        self.told: list[str] = []
        self.refused: list[ComlError] = []
        document.told.connect(self.told.append)
        document.refused.connect(self.refused.append)


def shown(qtbot: QtBot, document: Document) -> Window:
    window = Window(document)
    qtbot.addWidget(window, before_close_func=lambda window: window.jobs.close())
    window.resize(1266, 660)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.page.view.setFocus()
    return window


@pytest.fixture
def window(qtbot: QtBot, document: Document) -> Window:
    return shown(qtbot, document)


@pytest.fixture
def page(window: Window) -> FormsPage:
    return window.page


def kept(document: Document) -> list[Sheet]:
    return document.store[Sheet].all()


def make(document: Document, form: str, title: str = "", **fields: str) -> Sheet:
    plan = plan_of(document)
    change = sheets.new_sheet(form, plan.incident.id, period_id=plan.period.id, title=title, fields=fields)
    assert document.make(change)
    (made,) = change.after
    assert isinstance(made, Sheet)
    return made


def type_into(qtbot: QtBot, page: FormsPage, name: str, text: str) -> None:
    box = page.editor.box(name)
    box.setFocus()
    for number, line in enumerate(text.split("\n")):
        if number:
            qtbot.keyClick(box, RETURN)
        qtbot.keyClicks(box, line)


def words(page: FormsPage, number: str, sheet_id: str = "") -> str:
    return page.model.items[page.model.row_of((number, sheet_id))].words


def button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and not each.isHidden())


# ── the list ─────────────────────────────────────────────────────────────────


def test_every_form_is_there_with_its_sheets_beneath(page: FormsPage, document: Document) -> None:
    make(document, "ICS 204", division="A")
    make(document, "ICS 204", "Night shift")
    said = [item.name if item.is_sheet else item.form.number for item in page.model.items]
    assert said[:4] == ["ICS 204", "Division A", "Night shift", "ICS 205"]
    assert [item.form for item in page.model.items if not item.is_sheet] == forms.FORMS
    assert words(page, "ICS 204") == "2 sheets"
    assert words(page, "ICS 205") == "not printed, unsigned draft"
    assert words(page, "ICS 213") == ""


def test_the_models_are_sound(page: FormsPage, document: Document, qtbot: QtBot) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
    made = make(document, "ICS 214")
    page.show_item("ICS 214", made.id)
    rows = page.editor.table("activity").rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows)
    page.filter.setText("204")
    page.filter.clear()
    document.make(sheets.add_rows(made, "activity", [{"activity": "a"}, {"activity": "b"}]))
    document.undo()


@pytest.mark.parametrize(("text", "found"), [("213", ["ICS 213", "ICS 213RR"]), ("ics213rr", ["ICS 213RR"])])
def test_the_filter_finds_a_form(page: FormsPage, text: str, found: list[str]) -> None:
    page.filter.setText(text)
    assert [item.form.number for item in page.model.items] == found


def test_the_filter_finds_a_sheet_and_keeps_its_form(page: FormsPage, document: Document, qtbot: QtBot) -> None:
    make(document, "ICS 204", division="A")
    make(document, "ICS 204", division="B")
    qtbot.keyClicks(page.view, "division b")
    assert [item.name for item in page.model.items] == ["Assignment List", "Division B"]
    qtbot.keyClick(page.filter, ESC)
    assert page.filter.text() == ""
    page.filter.setText("nothing of that")
    assert "No form says" in page.overview.title.text()


@pytest.mark.parametrize(
    ("form", "fields", "name"),
    [
        ("ICS 204", {"group": "Medical Group"}, "Medical Group"),
        ("ICS 213", {"subject": "Batteries"}, "Batteries"),
        ("ICS 213", {}, "made 11/22/2026 1100 UTC"),
    ],
)
def test_a_sheet_without_a_title_is_told_by_what_is_typed(
    document: Document, form: str, fields: dict[str, str], name: str
) -> None:
    sheet = Sheet(incident_id="", form=form, fields=sheets.fields_text(fields), made_at=START)
    plan = plan_of(document)
    plan = planning.replace(plan, incident=planning.replace(plan.incident, time_zone="UTC"))
    assert name_of(forms.find(form), plan, sheet) == name


# ── typing ───────────────────────────────────────────────────────────────────


def test_a_message_is_typed_and_is_on_disk(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    qtbot.keyClick(page.view, RETURN)
    assert page.editor.box("to").hasFocus()
    type_into(qtbot, page, "to", "Planning")
    assert kept(document) == []  # nothing was left yet
    qtbot.keyClick(page.editor.box("to"), RETURN)
    assert page.editor.box("from").hasFocus()
    type_into(qtbot, page, "message", "Send batteries.\nTwo cases.")
    qtbot.keyClick(page.editor.box("message"), TAB)
    (sheet,) = kept(document)
    assert (sheet.form, sheet.period_id) == ("ICS 213", plan_of(document).period.id)
    assert fields_of(sheet) == {"to": "Planning", "message": "Send batteries.\nTwo cases."}
    assert page.editor.sheet == sheet
    current = page.current()
    assert current is not None
    assert current.sheet == sheet


def test_each_field_is_one_edit_and_undo_takes_it_back(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    type_into(qtbot, page, "to", "Planning")
    type_into(qtbot, page, "subject", "Batteries")
    page.commit()
    assert document.store.undo_words() == "Change subject of ICS 213"
    document.undo()
    assert fields_of(kept(document)[0]) == {"to": "Planning"}
    assert page.editor.box("subject").text_now() == ""
    document.undo()
    assert kept(document) == []
    assert page.editor.box("to").text_now() == ""
    assert page.editor.sheet is None


def test_nothing_typed_is_lost_when_another_form_is_chosen(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    type_into(qtbot, page, "message", "half a sent")
    page.show_item("ICS 214")
    assert [fields_of(sheet) for sheet in kept(document)] == [{"message": "half a sent"}]


def test_who_stops_to_think_has_it_on_disk_all_the_same(
    qtbot: QtBot, window: Window, page: FormsPage, document: Document
) -> None:
    page.editor._pause.setInterval(10)
    page.show_item("ICS 213")
    type_into(qtbot, page, "message", "a long sto")
    wait_for(lambda: bool(kept(document)))
    assert window.focusWidget() is page.editor.box("message")
    qtbot.keyClicks(page.editor.box("message"), "ry")
    assert page.editor.box("message").text_now() == "a long story"


def test_what_is_refused_stays_and_is_said(
    qtbot: QtBot, page: FormsPage, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = make(document, "ICS 213", "one"), make(document, "ICS 213", "other")
    page.show_item("ICS 213", one.id)

    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.", hint="Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(type(document.store), "replace", full)
        type_into(qtbot, page, "to", "Planning")
        assert not page.commit()
        page.show_item("ICS 213", other.id)
        assert page.editor.box("to").text_now() == ""
        page.show_item("ICS 213", one.id)
    assert page.editor.box("to").text_now() == "Planning"
    assert page.commit()
    assert fields_of(document.store[Sheet].where(id=one.id)[0]) == {"to": "Planning"}


def test_what_the_plan_says_stands_there_until_it_is_typed_over(
    qtbot: QtBot, page: FormsPage, document: Document
) -> None:
    sheet = make(document, "ICS 213")
    page.show_item("ICS 213", sheet.id)
    box = page.editor.box("incident_name")
    assert isinstance(box, QLineEdit)
    assert (box.text(), box.placeholderText()) == ("", "Bear Creek Fire")
    type_into(qtbot, page, "incident_name", "Bear Creek Complex")
    page.commit()
    assert "typed over the plan" in page.editor.caption("incident_name")
    assert "The plan says “Bear Creek Fire”" in box.toolTip()
    box.clear()
    page.commit()
    assert fields_of(kept(document)[0]) == {}
    assert "typed over" not in page.editor.caption("incident_name")


def test_a_change_elsewhere_does_not_disturb_who_types(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    sheet = make(document, "ICS 213")
    page.show_item("ICS 213", sheet.id)
    type_into(qtbot, page, "to", "Plann")
    document.make(planning.change_period(plan_of(document).period, special_instructions="Plain language."))
    assert page.editor.box("to").hasFocus()
    qtbot.keyClicks(page.editor.box("to"), "ing")
    assert page.editor.box("to").text_now() == "Planning"


def test_boxes_are_ticked_and_choices_chosen(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("CDO")
    box = page.editor.box("attached_205")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert fields_of(kept(document)[0]) == {"attached_205": "yes"}
    sheet = make(document, "ICS 213RR", priority="urgent")
    page.show_item("ICS 213RR", sheet.id)
    assert page.editor.box("priority").text_now() == "Urgent"


def test_ctrl_semicolon_writes_the_time(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    box = page.editor.box("made_time")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Semicolon, CONTROL)
    assert fields_of(kept(document)[0])["made_time"][:4].isdecimal()


def test_a_title_may_be_given(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    sheet = make(document, "ICS 204", division="A")
    page.show_item("ICS 204", sheet.id)
    type_into(qtbot, page, "", "Night")
    page.commit()
    assert kept(document)[0].title == "Night"


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.number)
def test_every_form_has_an_entry_screen(page: FormsPage, document: Document, form: forms.Form) -> None:
    plan = plan_of(document)
    made = [each for each in sheets.example_sheets(plan.incident.id, plan.period.id, START) if each.form == form.number]
    document.make(Change([], made[:1], "Example"))
    page.show_item(form.number, made[0].id if made else "")
    if made:
        assert page.editor.form is form
        assert {name: page.editor.box(name).text_now() for name in fields_of(made[0])} == fields_of(made[0])
        for name, rows in rows_of(made[0]).items():
            assert page.editor.table(name).rows.rows == rows
        assert not page.editor.horizontalScrollBar().maximum()
    else:
        assert page.overview.isVisible() or page.editor.form is form


def test_a_damaged_sheet_is_said_and_can_be_removed(page: FormsPage, document: Document) -> None:
    plan = plan_of(document)
    broken = Sheet(incident_id=plan.incident.id, period_id=plan.period.id, form="ICS 213", fields="[")
    document.make(Change([], [broken], "Break"))
    page.show_item("ICS 213", broken.id)
    assert "cannot be read" in page.editor._problem.text()
    page.remove.click()
    assert kept(document) == []


# ── tables ───────────────────────────────────────────────────────────────────


def cells(page: FormsPage, table: str, column: str) -> list[str]:
    rows = page.editor.table(table).rows
    return [rows.text(row, column) for row in range(rows.rowCount())]


def test_block_8_of_a_204_comes_from_the_plan(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 204")
    assert cells(page, "communications", "name") == [""]
    type_into(qtbot, page, "division", "A")
    page.commit()
    assert cells(page, "communications", "name") == ["VTAC12", ""]
    rows = page.editor.table("communications").rows
    assert rows.is_given(0)
    assert not rows.flags(rows.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    document.make(planning.remove_lines(plan_of(document), plan_of(document).lines[:1]))
    assert cells(page, "communications", "name") == [""]


def test_rows_are_typed_with_enter(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 214")
    view = page.editor.table("activity").view
    view.setFocus()
    for text in ("0600", "On the air", "0700", "Roll call"):
        qtbot.keyClicks(view, text[0])
        editor = next(each for each in view.viewport().findChildren(QLineEdit) if not each.isHidden())
        qtbot.keyClicks(editor, text[1:])
        qtbot.keyClick(editor, RETURN)
        assert view.hasFocus()
    (sheet,) = kept(document)
    assert rows_of(sheet)["activity"] == [
        {"at": "0600", "activity": "On the air"},
        {"at": "0700", "activity": "Roll call"},
    ]
    assert (view.currentIndex().row(), view.currentIndex().column()) == (2, 0)
    document.undo()
    assert rows_of(kept(document)[0])["activity"][1] == {"at": "0700"}


def test_cells_of_a_spreadsheet_are_pasted_as_one_edit(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    sheet = make(document, "ICS 214")
    document.make(sheets.add_row(sheet, "activity", {"activity": "first"}))
    page.show_item("ICS 214", sheet.id)
    view = page.editor.table("activity").view
    view.go_to(0, 0)
    QApplication.clipboard().setText('0600\tOn the air\r\n0700\t"Roll\r\ncall"\textra\r\n')
    qtbot.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert rows_of(kept(document)[0])["activity"] == [
        {"at": "0600", "activity": "On the air"},
        {"at": "0700", "activity": "Roll call"},
    ]
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "0600\tOn the air\t\n0700\tRoll call\t\n"
    document.undo()
    assert cells(page, "activity", "activity") == ["first", ""]


def test_rows_are_moved_removed_cleared_and_made_private(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    sheet = make(document, "ICS 205A")
    document.make(sheets.add_rows(sheet, "contacts", [{"name": name} for name in "abc"]))
    page.show_item("ICS 205A", sheet.id)
    table = page.editor.table("contacts")
    view = table.view
    view.go_to(2, 1)
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    assert cells(page, "contacts", "name") == ["a", "c", "b", ""]
    assert view.currentIndex().row() == 1
    table.down.click()
    assert cells(page, "contacts", "name") == ["a", "b", "c", ""]
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    assert cells(page, "contacts", "name") == ["a", "b", "c", "", ""]
    view.go_to(0, 1)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert cells(page, "contacts", "name")[0] == ""
    document.undo()
    qtbot.keyClick(view, Qt.Key.Key_Delete, CONTROL)
    assert cells(page, "contacts", "name")[:2] == ["b", "c"]
    view.go_to(0, len(table.rows.columns) - 1)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert rows_of(kept(document)[0])["contacts"][0][PRIVATE] == "yes"
    qtbot.keyClick(view, ESC)
    assert page.view.hasFocus()


def test_an_open_cell_is_stored_when_another_form_is_chosen(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 214")
    view = page.editor.table("activity").view
    view.go_to(0, 1)
    qtbot.keyClicks(view, "R")
    page.show_item("ICS 213")
    assert rows_of(kept(document)[0]) == {"activity": [{"activity": "R"}]}


def test_what_is_no_cell_is_no_row() -> None:
    assert cells_of("\n\n") == []
    assert cells_of("a\tb\n\n") == [["a", "b"]]
    table = RowsTable(forms.find("214").tables[0])
    assert table.rowCount() == 0
    assert FormList().rowCount() == 0


# ── sheets ───────────────────────────────────────────────────────────────────


def test_sheets_are_started_copied_and_removed_by_keyboard(qtbot: QtBot, page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    qtbot.keyClick(page.view, Qt.Key.Key_Insert)
    assert page.editor.box("to").hasFocus()
    type_into(qtbot, page, "subject", "Batteries")
    qtbot.keyClick(page.editor.box("subject"), RETURN)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert [fields_of(sheet) for sheet in kept(document)] == [{"subject": "Batteries"}] * 2
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert len(kept(document)) == 1
    current = page.current()
    assert current is not None
    assert current.sheet == kept(document)[0]
    document.undo()
    assert len(kept(document)) == 2


def test_a_form_with_sheets_offers_them(page: FormsPage, document: Document) -> None:
    sheet = make(document, "ICS 204", division="A")
    page.show_item("ICS 204")
    button(page.overview, "Division A – not printed").click()
    assert page.editor.isVisible()
    assert page.editor.sheet == sheet


def test_the_205_is_typed_on_the_plan_page(page: FormsPage, window: Window) -> None:
    page.show_item("ICS 205")
    assert not page.new.isEnabled()
    gone: list[bool] = []
    window.actions_["page-plan"].triggered.connect(lambda: gone.append(True))
    button(page.overview, "Go to the plan").click()
    assert gone


def test_the_sheets_of_the_period_before_are_copied(page: FormsPage, document: Document) -> None:
    make(document, "ICS 204", division="A")
    make(document, "ICS 204", division="B")
    plan = plan_of(document)
    document.make(planning.copy_forward(plan, [plan.period], START + timedelta(hours=12), START + timedelta(hours=24)))
    page.show_item("ICS 204")
    assert "Operational period 1 had 2 sheets" in page.overview.words.text()
    button(page.overview, "Copy all 2 from period 1").click()
    now = plan_of(document).period
    assert [fields_of(sheet) for sheet in document.store[Sheet].where(period_id=now.id)] == [
        {"division": "A"},
        {"division": "B"},
    ]


def test_what_is_open_for_reading_only_is_not_typed_into(qtbot: QtBot, document: Document, tmp_path: Path) -> None:
    sheet = make(document, "ICS 213", message="Hold.")
    with open_store(tmp_path / "unit.coml", read_only=True) as store:
        reader = Document(store)
        window = shown(qtbot, reader)
        page = window.page
        page.show_item("ICS 213", sheet.id)
        box = page.editor.box("message")
        qtbot.keyClicks(box, "x")
        assert box.text_now() == "Hold."
        assert not any(each.isEnabled() for each in (page.new, page.copy, page.remove))
        window.close()
        QApplication.sendPostedEvents(None, _DELETE)
        reader._watch.stop()


def test_without_an_incident_it_says_what_to_do(qtbot: QtBot, empty: Document) -> None:
    window = shown(qtbot, empty)
    page = window.page
    assert page.overview.title.text() == "There is no incident in this file yet."
    assert not page.package.isEnabled()


# ── paper ────────────────────────────────────────────────────────────────────


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(package, "ask_file", lambda _, __, name: names.append(name) or path)
    return names


def test_a_saved_form_is_current_until_what_it_says_changes(
    page: FormsPage, window: Window, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = make(document, "ICS 204", division="A")
    message = make(document, "ICS 213", subject="Batteries")
    names = save_as(monkeypatch, tmp_path / "a.pdf")
    for number, id_ in (("ICS 204", a.id), ("ICS 213", message.id), ("ICS 205", "")):
        page.show_item(number, id_)
        page.save.click()
    assert names[0] == "ICS 204 Division A Bear Creek Fire period 1.pdf"
    assert words(page, "ICS 204", a.id) == words(page, "ICS 213", message.id) == "printed, current"
    assert words(page, "ICS 205") == "printed, current, unsigned draft"
    assert document.store.undo_words() == "New ICS 213"  # paper cannot be taken back
    document.make(planning.remove_lines(plan_of(document), plan_of(document).lines[:1]))
    assert words(page, "ICS 205") == "older than the plan, unsigned draft"
    assert words(page, "ICS 204", a.id) == "changed since it was printed"
    assert words(page, "ICS 213", message.id) == "printed, current"  # it says no line of the plan
    document.undo()
    assert words(page, "ICS 204", a.id) == "printed, current"
    document.make(sheets.change_field(message, "reply", "Yes"))
    assert words(page, "ICS 213", message.id) == "changed since it was printed"
    assert "1 to print again" in page._count.words


def test_a_place_that_cannot_be_written_is_said(
    page: FormsPage, window: Window, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "unit.coml" / "a.pdf")
    page.show_item("ICS 205")
    page.save.click()
    assert len(window.refused) == 1
    assert document.store[Printed].all() == []


def test_the_page_is_drawn_while_it_is_seen(page: FormsPage, document: Document) -> None:
    page.show_item("ICS 213")
    wait_for(lambda: page.picture.drawing is not None)
    assert page.picture.words.text() == "ICS 213 · 1 page"
    before = page.picture.drawing
    page.page.click()
    assert page.picture.isHidden()
    sheet = make(document, "ICS 213", message="Hold.")
    page.show_item("ICS 213", sheet.id)
    assert page.picture.drawing is before
    page.page.click()
    wait_for(lambda: page.picture.drawing is not before)


def test_in_a_narrow_window_the_page_stands_in_place_of_the_entry_screen(
    page: FormsPage, window: Window, qtbot: QtBot
) -> None:
    window.resize(800, 600)
    page.show_item("ICS 213")
    assert page.picture.isHidden()
    page.page.click()
    assert page.picture.isVisible()
    assert not page.editor.isVisible()
    qtbot.keyClick(page.view, RETURN)
    assert page.editor.isVisible()


# ── the package ──────────────────────────────────────────────────────────────


def test_a_package_is_saved_and_counts_as_printed(
    page: FormsPage, window: Window, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(document, "ICS 204", division="A")
    make(document, "ICS 213", subject="Batteries")
    file = tmp_path / "package.pdf"
    save_as(monkeypatch, file)
    dialog = PackageDialog(window, document, window.jobs, plan_of(document))
    assert [item.form.number for item in dialog.chosen] == ["ICS 204", "ICS 205", "ICS 213"]
    dialog.page.setText("7")
    dialog.accept()
    wait_for(lambda: any("The package is saved" in each for each in window.told))
    with pdfplumber.open(file) as pdf:
        assert len(pdf.pages) == 3
    assert {each.form for each in document.store[Printed].all()} == {"ICS 204", "ICS 205", "ICS 213"}
    assert words(page, "ICS 205") == "printed, current, unsigned draft"
    dialog.deleteLater()


def test_a_public_copy_does_not_count_as_printed(
    window: Window, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "package.pdf"
    save_as(monkeypatch, file)
    dialog = PackageDialog(window, document, window.jobs, plan_of(document))
    dialog.public.setChecked(True)
    dialog.accept()
    wait_for(lambda: any("The package is saved" in each for each in window.told))
    with pdfplumber.open(file) as pdf:
        assert "PUBLIC COPY" in pdf.pages[0].extract_text()
    assert document.store[Printed].all() == []
    dialog.deleteLater()


def test_a_package_of_nothing_is_refused(window: Window, document: Document) -> None:
    dialog = PackageDialog(window, document, window.jobs, plan_of(document))
    button(dialog, "Tick none").click()
    dialog.accept()
    assert "No form is ticked" in dialog.problem.text()
    button(dialog, "Tick all").click()
    assert len(dialog.chosen) == dialog.list.count()
    dialog.deleteLater()


# ── themes and sizes ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "percent"), [("dark", 100), ("night", 150), ("light", 200)])
def test_nothing_is_cut_in_any_theme_and_size(
    page: FormsPage, window: Window, document: Document, qapp: QApplication, name: str, percent: int
) -> None:
    sheet = make(document, "ICS 204", division="A")
    page.show_item("ICS 204", sheet.id)
    theme.apply(qapp, name, percent)
    qapp.processEvents()
    inside = page.editor.widget()
    assert inside.width() <= page.editor.viewport().width()
    assert page.minimumSizeHint().width() <= 1266
    for box in page.editor.findChildren(QLineEdit):
        assert box.height() >= box.fontMetrics().height()
    theme.apply(qapp, "light", 100)


def test_items_know_what_may_be_printed(document: Document) -> None:
    make(document, "ICS 220")
    found: list[Item] = items(document.store, plan_of(document))
    said = [item.form.number for item in found if item.has_content]
    assert said == ["ICS 204", "ICS 205", "ICS 220", "CARD", "HANDOVER"]
    assert isinstance(document.store[Period].all()[0], Period)
