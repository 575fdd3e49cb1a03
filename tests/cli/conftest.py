"""`coml` in this process, and unit files to try it on."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit.example import make_example
from ui.cli import main


@dataclass(frozen=True)
class Done:
    """What became of one command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document, in plain ASCII."""
        assert self.out.isascii()
        return json.loads(self.out)


Coml = Callable[..., Done]


@pytest.fixture
def coml(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Coml:
    """Runs one command: `coml("plan", "list", "--json")`. It waits for no other program."""
    monkeypatch.setattr("ui.commands.opening.WAIT_S", 0)

    def run(*arguments: object, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture(scope="module")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("example") / "made.coml", "Ada Wong")


@pytest.fixture
def example(_made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example's unit file, the one that commands are about (COML_UNIT)."""
    path = tmp_path / "example.coml"
    shutil.copy(_made_once, path)
    monkeypatch.setenv("COML_UNIT", str(path))
    return path


@pytest.fixture
def incident(coml: Coml, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit file with one incident and no line in its plan."""
    path = tmp_path / "unit.coml"
    monkeypatch.setenv("COML_UNIT", str(path))
    assert coml("init", path).code == 0
    made = coml(
        *("incident", "new", "Bear Creek Fire", "--time-zone", "America/New_York"),
        *("--from", "2026-11-22 06:00", "--to", "2026-11-22 18:00"),
    )
    assert made.code == 0
    return path


@pytest.fixture
def refused() -> Callable[..., None]:
    """Checks that a command ended with 3: one sentence and a hint on standard error, with these words, nothing else."""

    def check(done: Done, *words: str) -> None:
        assert done.code == 3, (done.out, done.err)
        assert done.out == ""
        assert "Traceback" not in done.err
        sentence, hint = done.err.rstrip("\n").split("\n")
        assert sentence.startswith("coml: ")
        assert sentence.endswith((".", "?"))
        assert hint.startswith("      ")
        assert hint.strip()
        for word in words:
            assert word in done.err

    return check
