"""The room on a screen is asked for in one place, because Qt's own question can crash the program."""

import gc
import re
from pathlib import Path

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ui import screens

UI = Path(screens.__file__).parent


def test_nobody_asks_a_widget_for_its_screen() -> None:
    guilty = [
        file.name
        for file in UI.rglob("*.py")
        if file.name != "screens.py" and re.search(r"\.screen\(\)", file.read_text("utf-8"))
    ]
    assert guilty == []


def test_the_room_outlives_the_windows_that_asked(qtbot: QtBot) -> None:
    for _ in range(50):
        window = QDialog()
        window.show()
        assert screens.room(window).width() > 0
        window.close()
        window.deleteLater()
        del window
        gc.collect()
    qtbot.wait(1)
    assert screens.room(QDialog()).height() > 0
