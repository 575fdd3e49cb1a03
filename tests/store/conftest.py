"""A unit file with a small plan in it; and no connection stays open."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit import planning
from coml_toolkit.model.channel import CSQ, Channel, Direction, Mode, Tone
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.store import Store, create_store, open_store


@pytest.fixture(autouse=True)
def every_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Later Pythons warn of a connection that nobody closed, and on Windows its file cannot be replaced."""
    opened = []
    connect = sqlite3.connect

    def noted(*args: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    yield
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match=r"closed|same thread"):
            connection.execute("SELECT 1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the unit file of a test is, or shall be."""
    return tmp_path / "unit.coml"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open unit file with nothing in it."""
    with create_store(path, name="County", who="Ada") as store:
        yield store


@pytest.fixture
def plan(store: Store) -> Plan:
    """An incident with one period and three lines, in that file."""
    return a_plan(store)


@pytest.fixture
def unit_file(path: Path) -> Path:
    """A closed unit file with a plan, a signed revision and some history."""
    with create_store(path, name="County", who="Ada") as store:
        plan = a_plan(store)
        store.replace(*planning.sign(plan, "Ada Wong", datetime(2026, 11, 22, 11, tzinfo=UTC)))
        store.replace(*planning.remove_lines(plan, plan.lines[1:2]))
        store.undo()
    return path


def a_plan(store: Store) -> Plan:
    incident = Incident(name="Jacks Branch Fire", number="TN-0042", time_zone="America/New_York")
    store.replace(
        *planning.new_incident(incident, datetime(2026, 11, 22, 11, tzinfo=UTC), datetime(2026, 11, 22, 23, tzinfo=UTC))
    )
    (period,) = store[Period].where(incident_id=incident.id)
    for name, hz in (("VTAC11", 151_137_500), ("VTAC12", 154_452_500), ("VCALL10", 155_752_500)):
        channel = Channel(
            name=name,
            direction=Direction.BOTH,
            rx_hz=hz,
            tx_hz=hz,
            rx_tone=CSQ,
            tx_tone=Tone(ctcss_dhz=1567),
            bandwidth_hz=11_250,
            mode=Mode.ANALOG,
            remarks="größer als nichts",
        )
        plan = store.plan(period.id)
        store.replace(*planning.add_lines(plan, [planning.new_line(plan, channel, function="Tactical")]))
    return store.plan(period.id)


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder, while the test is nobody in particular: root may write everywhere, so root becomes `nobody`."""
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    is_root = os.geteuid() == 0
    if is_root and not hasattr(os, "setresuid"):
        pytest.skip("root cannot become somebody else for a while here")
    folder = Path(tempfile.mkdtemp(prefix="coml-ordinary-"))
    if is_root:
        shutil.chown(folder, 65534, 65534)
        os.setresgid(65534, 65534, 0)
        os.setresuid(65534, 65534, 0)
    try:
        yield folder
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
            os.setresgid(0, 0, 0)
        for found in [folder, *folder.rglob("*")]:
            if found.is_dir():
                found.chmod(0o755)
        shutil.rmtree(folder)


def read_everything(path: Path) -> None:
    """All that the program can read from a unit file."""
    with open_store(path, read_only=True) as store:
        store.unit()
        for period in store[Period].all():
            store.plan(period.id)
        store[Channel].all()
        list(store.history())
        store.undo_words()
        store.redo_words()
