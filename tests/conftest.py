"""What holds for every test: no screen, and nothing of the real user's is read or written."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Qt or anything of ours is imported: Qt reads these when it loads, and so may we.
_RUN_FOLDER = Path(tempfile.mkdtemp(prefix="coml-tests-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["COML_HOME"] = str(_RUN_FOLDER / "home")
os.environ.pop("COML_UNIT", None)
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):  # where Qt itself would look on Linux
    _folder = _RUN_FOLDER / _name.lower()
    _folder.mkdir(mode=0o700)  # as Qt insists for the last
    os.environ[_name] = str(_folder)


def pytest_unconfigure() -> None:
    """Take away what the tests left."""
    shutil.rmtree(_RUN_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def coml_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test: settings, data and logs of one never meet those of another."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COML_HOME", str(home))
    monkeypatch.delenv("COML_UNIT", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_window_outlives_its_test(coml_home: Path) -> Iterator[None]:
    """What a test asked to be deleted is deleted with it; else windows pile up, and each new theme dresses them all."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
