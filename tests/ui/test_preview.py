"""The 205 as it will print: drawn in the background, always the plan as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import forms
from coml_toolkit import library, planning
from coml_toolkit.errors import FormError
from coml_toolkit.model.plan import Incident
from coml_toolkit.store import create_store
from ui import theme
from ui.document import Document
from ui.jobs import Jobs
from ui.models.library import add_to_plan
from ui.widgets.preview import PagePictures, PageView, Pdf, Thumbnail, on_paper

_DELETE = QEvent.Type.DeferredDelete.value
START = datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.fixture
def document(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    theme.apply(qapp, "light", 100)
    made = Document(create_store(tmp_path / "unit.coml", who="Tester"))
    made.make(planning.new_incident(Incident(name="Bear Creek Fire"), START, START + timedelta(hours=12)))
    add_to_plan(made, library.channels()[:8])
    yield made
    QApplication.sendPostedEvents(None, _DELETE)  # or the windows of all tests live until the last
    made.close()


@pytest.fixture
def pictures(document: Document) -> Iterator[PagePictures]:
    jobs = Jobs()
    yield PagePictures(document, jobs)
    jobs.close()


@pytest.fixture
def thumbnail(pictures: PagePictures, qtbot: QtBot) -> Thumbnail:
    made = Thumbnail(pictures)
    qtbot.addWidget(made)
    made.resize(286, 300)
    made.show()
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    return made


@pytest.fixture
def view(pictures: PagePictures, qtbot: QtBot) -> PageView:
    made = PageView(pictures)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.setFocus()
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    return made


def is_drawn(pictures: PagePictures) -> bool:
    return pictures.pages > 0 and not pictures.is_stale and not pictures._asked


def darkest(image: QImage) -> int:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return min(min(bytes(grey.constScanLine(y))[: grey.width()]) for y in range(0, grey.height(), 2))


# ── drawing ──────────────────────────────────────────────────────────────────


def test_the_page_is_drawn_and_has_ink(thumbnail: Thumbnail, pictures: PagePictures) -> None:
    assert pictures.pages == 1
    assert pictures.pdf.startswith(b"%PDF")
    image = pictures.picture(0, 252 * 3)
    assert image is not None
    assert image.width() > 100
    assert darkest(image) < 100
    assert thumbnail.words.text() == "ICS 205 · page 1 of 1"


def test_an_edit_draws_it_anew(thumbnail: Thumbnail, pictures: PagePictures, document: Document, qtbot: QtBot) -> None:
    before = pictures.pdf
    add_to_plan(document, library.channels()[8:9])
    assert pictures.is_stale
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert pictures.pages == 2
    assert pictures.pdf != before


def test_quick_edits_are_drawn_once(
    thumbnail: Thumbnail, pictures: PagePictures, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    draw = forms.draw
    monkeypatch.setattr(forms, "draw", lambda *asked: drawn.append(1) or draw(*asked))
    for channel in library.channels()[8:20]:
        add_to_plan(document, [channel])
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert len(drawn) == 1
    assert pictures.pages == 3


def test_nothing_is_drawn_while_nobody_looks(
    thumbnail: Thumbnail, pictures: PagePictures, document: Document, qtbot: QtBot
) -> None:
    thumbnail.hide()
    add_to_plan(document, library.channels()[8:9])
    qtbot.wait(300)
    assert pictures.is_stale
    thumbnail.show()
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)


def test_the_window_never_waits_for_it(
    thumbnail: Thumbnail, pictures: PagePictures, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form and its pictures are made in a job."""
    threads = []
    draw, picture = forms.draw, Pdf.picture
    monkeypatch.setattr(forms, "draw", lambda *asked: threads.append(current_thread()) or draw(*asked))
    monkeypatch.setattr(Pdf, "picture", lambda *asked: threads.append(current_thread()) or picture(*asked))
    add_to_plan(document, library.channels()[8:48])
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert len(threads) >= 2
    assert main_thread() not in threads


def test_notes_are_said_under_the_page(
    thumbnail: Thumbnail, document: Document, pictures: PagePictures, qtbot: QtBot
) -> None:
    assert document.plan is not None
    document.make(planning.change_period(document.plan.period, special_instructions="Call 呼出"))
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert "“呼” is not in the typeface" in thumbnail.note.text()
    assert thumbnail.note.isVisible()


def test_a_form_that_cannot_be_drawn_says_why(
    thumbnail: Thumbnail, document: Document, pictures: PagePictures, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise FormError("The typeface of the forms is missing.", hint="Install the program again.")

    monkeypatch.setattr(forms, "draw", fails)
    add_to_plan(document, library.channels()[8:9])
    qtbot.waitUntil(thumbnail.note.isVisible, timeout=10_000)
    assert thumbnail.note.text() == "The typeface of the forms is missing. Install the program again."
    monkeypatch.undo()
    document.undo()
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert thumbnail.note.isHidden()


def test_a_unit_without_a_plan_has_no_page(qtbot: QtBot, tmp_path: Path) -> None:
    document, jobs = Document(create_store(tmp_path / "empty.coml")), Jobs()
    pictures = PagePictures(document, jobs)
    made = Thumbnail(pictures)
    qtbot.addWidget(made)
    made.show()
    qtbot.wait(50)
    assert pictures.pages == 0
    jobs.close()
    document.close()


# ── small ────────────────────────────────────────────────────────────────────


def test_arrows_turn_the_page(thumbnail: Thumbnail, document: Document, pictures: PagePictures, qtbot: QtBot) -> None:
    assert not thumbnail.next.isVisible()
    add_to_plan(document, library.channels()[8:9])
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    thumbnail.next.click()
    assert thumbnail.words.text() == "ICS 205 · page 2 of 2"
    assert not thumbnail.next.isEnabled()
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    document.undo()
    qtbot.waitUntil(lambda: pictures.pages == 1, timeout=10_000)
    assert thumbnail.page == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, None])
def test_a_click_or_enter_asks_for_the_large_page(thumbnail: Thumbnail, qtbot: QtBot, key: Qt.Key | None) -> None:
    with qtbot.waitSignal(thumbnail.clicked):
        if key is None:
            qtbot.mouseClick(thumbnail.picture, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(thumbnail.picture, key)


def test_it_fits_the_column_in_the_shape_of_the_paper(thumbnail: Thumbnail) -> None:
    assert thumbnail.picture.height() == pytest.approx(thumbnail.picture.width() * 612 / 792, abs=1)
    assert thumbnail.picture.accessibleName() == "ICS 205, page 1 of 1"


# ── large ────────────────────────────────────────────────────────────────────


def test_the_page_is_as_wide_as_the_window_and_keys_change_that(view: PageView, qtbot: QtBot) -> None:
    fitted = view.sheets.percent
    qtbot.keyClick(view.sheets, Qt.Key.Key_Plus)
    assert view.sheets.percent == pytest.approx(fitted * 1.2, abs=1)
    assert view.sheets.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(view.sheets, Qt.Key.Key_Minus)
    qtbot.keyClick(view.sheets, Qt.Key.Key_Minus)
    assert view.sheets.percent < fitted
    qtbot.keyClick(view.sheets, Qt.Key.Key_0)
    assert view.sheets.percent == fitted
    assert view.sheets.horizontalScrollBar().maximum() == 0


def test_control_and_the_wheel_zoom_about_the_mouse(view: PageView) -> None:
    fitted = view.sheets.percent
    event = QWheelEvent(
        QPointF(10, 10),
        QPointF(view.sheets.mapToGlobal(QPoint(10, 10))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.sheets.wheelEvent(event)
    assert view.sheets.percent > fitted


def test_a_larger_page_gets_a_finer_picture(view: PageView, pictures: PagePictures, qtbot: QtBot) -> None:
    view.sheets.set_zoom(2)
    qtbot.waitUntil(lambda: any(width > 1_500 for _, width in pictures._pictures), timeout=10_000)


def test_every_page_lies_below_the_other(
    view: PageView, document: Document, pictures: PagePictures, qtbot: QtBot
) -> None:
    add_to_plan(document, library.channels()[8:24])
    qtbot.waitUntil(lambda: is_drawn(pictures), timeout=10_000)
    assert view.words.text().startswith("Page 1 of 3 · ")
    qtbot.keyClick(view.sheets, Qt.Key.Key_End)
    assert view.words.text().startswith("Page 3 of 3 · ")
    assert view.sheets.accessibleName() == "ICS 205, page 3 of 3"


# ── paper ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "paper"), [("light", "#ffffff"), ("dark", "#ffffff"), ("night", None)])
def test_paper_is_white_but_never_blinds_at_night(qapp: QApplication, name: str, paper: str | None) -> None:
    tokens = theme.apply(qapp, name, 100)
    page = QImage(10, 10, QImage.Format.Format_Grayscale8)
    page.fill(Qt.GlobalColor.white)
    seen = on_paper(page).pixelColor(5, 5)
    assert seen.name() == (paper or tokens.paper)
    if paper is None:
        assert seen.green() == seen.blue() == 0
    theme.apply(qapp, "light", 100)


def test_a_picture_is_grey_and_as_wide_as_asked(document: Document) -> None:
    assert document.plan is not None
    with Pdf(forms.draw(forms.find("205"), document.plan).pdf) as pdf:
        assert pdf.size(0) == (792, 612)
        image = pdf.picture(0, 396)
    assert (image.width(), image.height()) == (396, 306)
    assert image.pixelColor(1, 1).name() == "#ffffff"
