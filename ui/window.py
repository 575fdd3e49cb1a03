"""The frame of the desktop: header, pages, inspector, status line; and who carries out which command."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QStatusTipEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit import paths
from coml_toolkit import settings as settings_file
from coml_toolkit.errors import ComlError
from coml_toolkit.jobs import Progress
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Line
from coml_toolkit.settings import Settings, who
from coml_toolkit.store import Store, backup, create_store, open_store

from . import screens, theme
from .actions import COMMANDS, MENUS, Actions, with_shortcut
from .document import Document
from .jobs import Jobs
from .pages.plan import PlanPage
from .widgets.column import Column
from .widgets.elided import plain
from .widgets.findings import Findings
from .widgets.header import ExerciseBand, Header, Notice
from .widgets.navigation import Navigation
from .widgets.preview import PagePictures
from .widgets.status import Status

if TYPE_CHECKING:  # brought when they are wanted: the window is up sooner without them
    from .pages.forms import FormsPage
    from .pages.library import LibraryPage
    from .pages.welcome import WelcomePage
    from .widgets.palette import Palette

APP_NAME = "COML Toolkit"
PAGES = ("plan", "library", "forms")

_COPY_AFTER_MS = 2_000
_COPY_AGAIN_MS = 3_600_000  # the program may stay open for days: each gets its copy
_COLUMN_AFTER_MS = 50  # the window is there first; the picture of the 205 takes a moment
_READY_AFTER_MS = 400
_NARROW = 1_100  # below, the inspector makes room for the page …
_NARROWER = 900  # … and the pages' names stand below their pictures
_LOW = 640  # below, the picture of the 205 makes room for the inspector
_COLUMN = 286
_ALT_TAP_S = 0.5

# Which commands work when. Pages refine this for their own (a line must be selected …): both must agree.
_EDIT_PLAN = (
    *("add-line", "renumber", "special-instructions", "edit-period", "edit-incident", "copy-forward", "sign"),
    "add-to-plan",
)
_EDIT_LINES = ("remove-lines", "move-up", "move-down", "new-zone", "direct-twin")  # only where lines are in sight
_READ_PLAN = ("package-forms", "export-205", "print-205", "revisions", "preview", "findings", "fold-zones")
_EDIT_UNIT = ("new-incident", "new-channel", "edit-channel", "remove-channel")
# The page that comes to the front before the page itself carries the command out.
_GOES_TO = {"add-line": "plan", "renumber": "plan", "fold-zones": "plan", "preview": "plan", "findings": "plan"}
_GOES_TO |= {"search-library": "library", "new-channel": "library"}
_MORE_KEYS = {"text-larger": "Ctrl+=", "redo": "Ctrl+Y", "add-line": "Ctrl+Enter"}
_THEMES = (theme.SYSTEM, *theme.THEMES)
_RULE_BEFORE = {
    *("export-205", "quit", "history", "move-up", "special-instructions", "copy-forward", "preview", "theme-system"),
    *("text-larger", "new-channel", "operator"),
}


class MainWindow(QMainWindow):
    """One unit on screen."""

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        document.setParent(self)
        self.jobs = Jobs(self)
        self.commands = Actions(self)
        self.welcome: WelcomePage | None = None
        self.page = "plan"  # the one that was asked for; without an incident the welcome page stands in
        self.palette_: Palette | None = None
        self.library: LibraryPage | None = None
        self.forms: FormsPage | None = None
        self._things: dict[str, Line | Channel | None] = {}
        self._is_closed = False
        self._column_width = theme.px(_COLUMN)
        self._is_narrow = False
        self._is_fitting = False
        self._alt_since = 0.0

        self._make_groups()
        self._make_menu()
        self._connect_commands()
        self._make_parts()
        self._place()
        self._refresh()
        self._to_page()

        self._copier = QTimer(self)
        self._copier.timeout.connect(self._copy_of_today)
        self._copier.start(_COPY_AGAIN_MS)
        for after_ms, call in (
            (_COLUMN_AFTER_MS, self.column.fill),
            (_READY_AFTER_MS, self._get_ready),
            (_COPY_AFTER_MS, self._copy_of_today),
        ):
            QTimer.singleShot(after_ms, self, partial(self._unless_closed, call))

    # ── making ───────────────────────────────────────────────────────────────

    def _make_groups(self) -> None:
        """A command works if its group does and its page agrees: that is how Qt treats an action in a group."""

        def group(names: tuple[str, ...], *, is_choice: bool = False) -> QActionGroup:
            made = QActionGroup(self)
            policy = QActionGroup.ExclusionPolicy
            made.setExclusionPolicy(policy.Exclusive if is_choice else policy.None_)
            for name in names:
                made.addAction(self.commands[name])
            return made

        self._edit_plan, self._edit_lines = group(_EDIT_PLAN), group(_EDIT_LINES)
        self._read_plan, self._edit_unit = group(_READ_PLAN), group(_EDIT_UNIT)
        group(tuple(f"page-{name}" for name in PAGES), is_choice=True)
        group(tuple(f"theme-{name}" for name in _THEMES), is_choice=True)
        for name, keys in _MORE_KEYS.items():
            action = self.commands[name]
            action.setShortcuts([action.shortcut(), QKeySequence(keys)])
        chosen = self.settings.theme if self.settings.theme in _THEMES else theme.SYSTEM
        self.commands[f"theme-{chosen}"].setChecked(True)
        self.commands["page-plan"].setChecked(True)
        self.commands["inspector"].setChecked(self.settings.has_inspector)
        self.addActions(list(self.commands.values()))  # so that shortcuts work while no menu is open

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        for title in MENUS:
            menu = self.menu.addMenu(title)
            menu.setToolTipsVisible(False)  # the status line says it
            for command in COMMANDS:
                if command.menu == title:
                    if command.name in _RULE_BEFORE:
                        menu.addSeparator()
                    menu.addAction(self.commands[command.name])
            if sys.platform == "darwin":
                self.menuBar().addMenu(menu)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F10), self)
        shortcut.activated.connect(self._open_menu)

    def _connect_commands(self) -> None:
        """All but those that a page carries out; those only bring their page to the front."""
        does: dict[str, Callable[[], object]] = {
            "new-incident": self._new_incident,
            "try-example": self._try_example,
            "open-unit": self._open_unit,
            "new-unit": self._new_unit,
            "export-205": self._export,
            "package-forms": self._package,
            "print-205": self._print,
            "quit": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "history": self._history,
            "find": self._find,
            "special-instructions": self._instructions,
            "edit-period": self._edit_period,
            "edit-incident": self._edit_incident,
            "copy-forward": self._copy_forward,
            "sign": self._sign,
            "revisions": self._revisions,
            "help": self._help,
            "keys": self._keys,
            "operator": self._operator,
            "about": self._about,
            "text-larger": lambda: self._set_text(theme.percent() + theme.STEP_PERCENT),
            "text-smaller": lambda: self._set_text(theme.percent() - theme.STEP_PERCENT),
            "text-normal": lambda: self._set_text(100),
        }
        does |= {f"page-{name}": partial(self.show_page, name) for name in PAGES}
        does |= {f"theme-{name}": partial(self._set_theme, name) for name in _THEMES}
        does |= {name: partial(self._bring, name, page) for name, page in _GOES_TO.items()}
        for name, call in does.items():
            self.commands[name].triggered.connect(partial(_call, call))
        for action in self.commands.values():
            action.triggered.connect(self._was_no_tap)  # Alt was held for a shortcut
        self.commands["inspector"].toggled.connect(self._show_column)
        self.commands["preview"].toggled.connect(lambda _: self._show_picture())

    def _make_parts(self) -> None:
        document, commands = self.document, self.commands
        self.header = Header(document, commands, self.menu)
        self.notice = Notice(document)
        self.notice.tried_again.connect(self._try_again)
        self.notice.wants_back.connect(self._back)
        self.navigation = Navigation(commands, tuple(f"page-{name}" for name in PAGES))
        self.status = Status(document, self.jobs, commands["undo"], commands["text-normal"])
        pictures = PagePictures(document, self.jobs)
        self.plan = PlanPage(document, commands, pictures, Findings(document, self.jobs))
        self.plan.selected.connect(partial(self._selected, "plan"))
        self.pages = _Pile()
        self.pages.add(self.plan)
        self.column = Column(document, commands, pictures)
        self.column.left.connect(self._to_page)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.pages)
        self.splitter.addWidget(self.column)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.splitterMoved.connect(lambda *_: self._column_moved())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.splitter, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(ExerciseBand(document))
        layout.addWidget(self.header)
        layout.addWidget(self.notice)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        document.changed.connect(self._refresh)

    # ── what is on screen ────────────────────────────────────────────────────

    def _refresh(self) -> None:
        """Title, what works, what Undo says, and which page stands there."""
        plan, store = self.document.plan, self.document.store
        can_edit = not store.is_read_only
        self.setWindowTitle(f"{plan.incident.name} – {APP_NAME}" if plan else APP_NAME)
        self._edit_plan.setEnabled(plan is not None and can_edit)
        self._read_plan.setEnabled(plan is not None)
        self._edit_unit.setEnabled(can_edit)
        for name, verb, words in (
            ("undo", "Undo", store.undo_words() if can_edit else ""),
            ("redo", "Redo", store.redo_words() if can_edit else ""),
        ):
            action = self.commands[name]
            action.setEnabled(bool(words))
            action.setText(plain(f"{verb}: {words}" if words else verb))
            action.setToolTip(with_shortcut(f"{verb} “{words}”." if words else f"Nothing to {verb.lower()}.", action))
        self._show_current_page()

    def show_page(self, name: str) -> None:
        """Bring a page to the front, and the keyboard to it."""
        self.page = name
        self.commands[f"page-{name}"].setChecked(True)
        self._show_current_page()
        self._to_page()

    def _to_page(self) -> None:
        """The keyboard goes to the page in front."""
        page = self.pages.front
        if page is not None:
            _first_focus(page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current_page(self) -> None:
        has_plan = self.document.plan is not None
        page: QWidget
        if self.page == "library":
            page = self._library()
        elif self.page == "forms" and has_plan:
            page = self._forms()
        else:
            page = self.plan if has_plan else self._welcome()
        if self.pages.front is not page:
            self.pages.bring(page)
            self.column.show_thing(self._things.get(self.page))
        self._edit_lines.setEnabled(page is self.plan and not self.document.store.is_read_only)
        self._show_column(self.commands["inspector"].isChecked())
        self._show_picture()

    @property
    def _is_forms(self) -> bool:
        return self.forms is not None and self.pages.front is self.forms

    def _forms(self) -> "FormsPage":
        if self.forms is None:
            from .pages.forms import FormsPage

            self.forms = FormsPage(self.document, self.commands, self.jobs)
            self.pages.add(self.forms)
        return self.forms

    @property
    def _is_welcome(self) -> bool:
        return self.welcome is not None and self.pages.front is self.welcome

    def _welcome(self) -> "WelcomePage":
        if self.welcome is None:
            from .pages.welcome import WelcomePage

            self.welcome = WelcomePage(self.document, self.commands)
            self.pages.add(self.welcome)
        return self.welcome

    def _library(self) -> "LibraryPage":
        if self.library is None:
            from .pages.library import LibraryPage

            self.library = LibraryPage(self.document, self.commands)
            # Qt would jump over the buttons that stand before what a page names for the keyboard.
            self.library.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs forget that None is allowed
            self.library.selected.connect(partial(self._selected, "library"))
            self.pages.add(self.library)
        return self.library

    def _bring(self, name: str, page: str) -> None:
        """Bring the page that carries a command out to the front."""
        was_there = page != "library" or self.library is not None
        if self.page == page and was_there:
            return
        self.show_page(page)
        if name == "preview":
            self.commands[name].setChecked(True)
        elif not was_there:  # the page was made just now, so it has not heard the command
            QTimer.singleShot(0, self.commands[name].trigger)

    def _selected(self, page: str, thing: Line | Channel | None) -> None:
        self._things[page] = thing
        if page == self.page:
            self.column.show_thing(thing)

    def _show_column(self, is_wanted: bool) -> None:
        is_seen = is_wanted and not self._is_welcome and not self._is_forms
        if is_seen != self.column.isVisibleTo(self):
            self.column.setVisible(is_seen)
            self._give_column_room()
        if not self._is_fitting and not self._is_narrow and is_wanted != self.settings.has_inspector:
            self._keep(has_inspector=is_wanted)

    def _show_picture(self) -> None:
        has_plan, is_low = self.document.plan is not None, self.height() < theme.px(_LOW)
        is_page_seen = self.page == "plan" and self.commands["preview"].isChecked()
        is_wanted = not is_page_seen and not self._is_forms and self.settings.has_preview
        self.column.show_picture(has_plan and not is_low and is_wanted)

    def _show_line(self, line: Line) -> None:
        self.show_page("plan")
        self.plan.show_line(line.assignment.id)

    def _show_channel(self, channel: Channel) -> None:
        self.show_page("library")
        self._library().show_channel(channel)

    def _add_channel(self, channel: Channel) -> None:
        from .models.library import add_to_plan

        for line in add_to_plan(self.document, [channel]):
            self._show_line(line)

    # ── commands ─────────────────────────────────────────────────────────────

    def _find(self) -> None:
        if self.palette_ is None:
            from .widgets.palette import Doors, Palette

            doors = Doors(show_line=self._show_line, show_channel=self._show_channel, add_channel=self._add_channel)
            self.palette_ = Palette(self.document, self.commands, doors, self)
        self.palette_.open()

    def _open_menu(self) -> None:
        self.header.menu.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.header.menu.showMenu()

    def _new_incident(self) -> None:
        from .dialogs import incident

        if incident.new_incident(self, self.document):
            self.show_page("plan")

    def _edit_incident(self) -> None:
        from .dialogs import incident

        incident.edit_incident(self, self.document)

    def _edit_period(self) -> None:
        from .dialogs import period

        period.edit_period(self, self.document)

    def _copy_forward(self) -> None:
        from .dialogs import period

        period.copy_forward(self, self.document)

    def _sign(self) -> None:
        from .dialogs import sign

        sign.sign(self, self.document)

    def _revisions(self) -> None:
        from .dialogs import revisions

        revisions.show(self, self.document)

    def _history(self) -> None:
        from .dialogs import history

        history.show(self, self.document)

    def _instructions(self) -> None:
        from .dialogs import instructions

        instructions.edit(self, self.document)

    def _help(self) -> None:
        from .dialogs import help as help_dialog

        help_dialog.show(self, self.page if not self._is_welcome else "index")

    def _keys(self) -> None:
        from .dialogs import help as help_dialog

        help_dialog.keys(self, self.commands)

    def _about(self) -> None:
        from .dialogs import help as help_dialog

        help_dialog.about(self)

    def _operator(self) -> None:
        from .dialogs import operator

        name = operator.ask(self, self.settings)
        if name is not None:
            self._keep(operator=name)
            self.document.store.who = who(self.settings)
            self.status.tell(f"Your edits now carry the name {self.document.store.who}")

    def _package(self) -> None:
        from .dialogs.package import package

        package(self, self.document, self.jobs)

    def _export(self) -> None:
        from .printing import export_205

        export_205(self, self.document)

    def _print(self) -> None:
        from .printing import print_205

        print_205(self, self.document)

    # ── unit files ───────────────────────────────────────────────────────────

    def _open_unit(self) -> None:
        from .dialogs import unit_file

        path = unit_file.choose(self, self.document.store.path.parent)
        if path is not None:
            self.open_unit(path)

    def open_unit(self, path: Path) -> None:
        """Work on another unit file; if it cannot be opened, say why and offer another, or stay."""
        from .dialogs import unit_file

        if _is_same(path, self.document.store.path) and not self.document.store.is_read_only:
            self.status.tell(f"{path.name} is open already")
            return
        self._show_store(unit_file.open_or_ask(self, path, self.document.store.who, leave="Stay here"))

    def _new_unit(self) -> None:
        from .dialogs import unit_file

        path = unit_file.choose_new(self, self.document.store.path.parent)
        if path is not None:
            self._try_store(lambda: create_store(path, who=self.document.store.who))

    def _try_example(self) -> None:
        from .dialogs import unit_file

        if _is_same(unit_file.example_file(), self.document.store.path):
            self.show_page("plan")
            return
        self._try_store(lambda: unit_file.open_example(self.document.store.who))

    def _try_again(self) -> None:
        store = self.document.store
        self._try_store(lambda: open_store(store.path, who=store.who))

    def _back(self) -> None:
        from .dialogs import unit_file

        path = Path(self.settings.unit_file) if self.settings.unit_file else paths.default_unit_file()
        if path.exists():
            self.open_unit(path)
        else:
            self._try_store(lambda: unit_file.open_or_make_default(self.document.store.who))

    def _try_store(self, make: Callable[[], Store]) -> None:
        try:
            self._show_store(make())
        except ComlError as error:
            self.document.refused.emit(error)

    def _show_store(self, store: Store | None) -> None:
        from .dialogs import unit_file

        if store is None:
            return
        self._things.clear()
        self.column.show_thing(None)
        if self.forms is not None:
            self.forms.commit()
        self.document.open(store)
        if store.path != unit_file.example_file():
            self._keep(unit_file=str(store.path))
        self.show_page("plan")
        self.status.tell(f"{store.path.name} is open")
        self._copy_of_today()

    def _copy_of_today(self) -> None:
        """Copy the unit file beside it, once a day, while the user works."""
        store = self.document.store
        if store.is_read_only:
            self.status.show_copy("", "")
            return
        self.jobs.start(
            "Copying the unit file",
            _copy,
            store.path,
            on_done=partial(self._copied, store.path),
            on_error=partial(self._not_copied, store.path),
        )

    def _copied(self, path: Path, copy: Path | None) -> None:
        if copy is None or path != self.document.store.path:
            return
        made = datetime.fromtimestamp(copy.stat().st_mtime)
        day = "today" if made.date() == datetime.now().date() else f"{made:%d %b}"
        self.status.show_copy(f"Copied {day} {made:%H:%M}", f"The newest copy is {copy}")

    def _not_copied(self, path: Path, error: Exception) -> None:
        if not isinstance(error, ComlError):
            raise error
        if path == self.document.store.path:
            self.status.show_copy("No copy today", f"{error.message} {error.hint}", has_failed=True)

    # ── preferences ──────────────────────────────────────────────────────────

    def _keep(self, **values: Any) -> None:
        self.settings = replace(self.settings, **values)
        try:
            settings_file.save(self.settings)
        except ComlError as error:
            self.status.tell(f"The settings could not be kept: {error.message}")

    def _set_theme(self, name: str) -> None:
        theme.apply(_app(), name, theme.percent())
        self._keep(theme=name)

    def _set_text(self, percent: int) -> None:
        was = theme.percent()
        theme.apply(_app(), self.settings.theme, percent)
        if theme.percent() != was:
            self._column_width = round(self._column_width * theme.percent() / was)
            self._give_column_room()
            self._keep(text_percent=theme.percent())
            self._fit()

    # ── room ─────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        """As large as it was, else as suits the screen."""
        geometry, _, column = self.settings.window.partition(" ")
        self.resize(QSize(1366, 768).boundedTo(screens.room(self).size()))
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode()))):
            is_small = screens.room(self).size().width() <= 1440
            if is_small:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self._column_width = int(column) if column.isdecimal() else theme.px(_COLUMN)
        self._give_column_room()

    def _give_column_room(self) -> None:
        self.splitter.setSizes([max(self.splitter.width() - self._column_width, 1), self._column_width])

    def _column_moved(self) -> None:
        self._column_width = self.splitter.sizes()[1] or self._column_width

    def _fit(self) -> None:
        """Where there is little room the inspector hides; F9 shows it all the same."""
        self.navigation.set_narrow(self.width() < theme.px(_NARROWER))
        is_narrow = self.width() < theme.px(_NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._is_fitting = True
            self.commands["inspector"].setChecked(self.settings.has_inspector and not is_narrow)
            self._is_fitting = False
        self._show_picture()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def _unless_closed(self, call: Callable[[], None]) -> None:
        if not self._is_closed:
            call()

    def _get_ready(self) -> None:
        """What is not needed at once, but soon: pictures for the menus, the library made ready for searching."""
        for command in COMMANDS:
            action = self.commands[command.name]
            action.setIcon(theme.icon(command.icon))
            action.setIconVisibleInMenu(not command.is_checkable)  # there the tick stands in its place
        self.document.channels.search("")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            self.status.show_tip(event.tip())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_since = monotonic() if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat() else 0.0
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A tap on Alt opens the menu, as everywhere."""
        is_tap = event.key() == Qt.Key.Key_Alt and 0 < monotonic() - self._alt_since < _ALT_TAP_S
        self._alt_since = 0.0
        if is_tap and sys.platform != "darwin":
            self._open_menu()
            return
        super().keyReleaseEvent(event)

    def _was_no_tap(self) -> None:
        self._alt_since = 0.0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._alt_since = 0.0  # Alt+Tab

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._is_closed:
            return
        self._is_closed = True
        self.column.commit()
        if self.forms is not None:
            self.forms.commit()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._keep(window=f"{geometry} {self._column_width}")
        self._copier.stop()
        self.jobs.close()
        self.document.close()


class _Pile(QStackedWidget):
    """Pages of which one is seen. A page that wants more room than there is can be scrolled; none is ever cut."""

    def add(self, page: QWidget) -> None:
        """One more page."""
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidget(page)
        self.addWidget(frame)

    @property
    def front(self) -> QWidget | None:
        """The page that is seen."""
        frame = self.currentWidget()
        return frame.widget() if isinstance(frame, QScrollArea) else None

    def bring(self, page: QWidget) -> None:
        """Show this page."""
        for place in range(self.count()):
            frame = self.widget(place)
            if isinstance(frame, QScrollArea) and frame.widget() is page:
                self.setCurrentIndex(place)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))


def _copy(path: Path, *, progress: Progress) -> Path | None:
    """Today's copy of the unit file: made now, or made before."""
    return backup.copy_of_today(path) or backup.newest_copy(path)


def _first_focus(page: QWidget) -> QWidget:
    """The part of a page that takes the keyboard: the first that is more than a button, else the first button."""
    parts = [
        part
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page) and part.isEnabled()
    ]
    fields = [part for part in parts if not isinstance(part, QAbstractButton)]
    return next(iter([*fields, *parts]), page)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _call(call: Callable[[], object], *_: object) -> None:
    """Without the `checked` that Qt passes along."""
    call()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
