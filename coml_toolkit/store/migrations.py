"""How the unit file grew. Each step is added at the end and never changed once released."""

import sqlite3
import sys

from .version import APPLICATION_ID

# WORKAROUND: sqlite_utils imports numpy and pandas wherever they are installed, to store their types, of which we
# store none. That would cost another tenth of a second and more.
_HEAVY = [name for name in ("numpy", "pandas") if name not in sys.modules]
sys.modules |= dict.fromkeys(_HEAVY)  # type: ignore[arg-type]  # None: not to be had
from sqlite_utils import Database, Migrations  # noqa: E402

for _name in _HEAVY:
    del sys.modules[_name]

migrations = Migrations("coml")


@migrations()
def m001_units_incidents_plans(db: Database) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in (
        """
        CREATE TABLE units (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE incidents (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            number TEXT NOT NULL,
            place TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            is_exercise INTEGER NOT NULL,
            opened_at TEXT,
            closed_at TEXT
        ) STRICT
        """,
        """
        CREATE TABLE periods (
            id TEXT PRIMARY KEY,
            incident_id TEXT NOT NULL REFERENCES incidents(id),
            number INTEGER NOT NULL,
            start_at TEXT,
            end_at TEXT,
            special_instructions TEXT NOT NULL,
            prepared_at TEXT,
            due_at TEXT,
            prepared_by TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX periods_by_incident ON periods(incident_id, number)",
        """
        CREATE TABLE channels (
            id TEXT PRIMARY KEY,
            period_id TEXT REFERENCES periods(id),
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            service TEXT NOT NULL,
            eligibility TEXT NOT NULL,
            direction TEXT NOT NULL,
            rx_hz INTEGER,
            rx_tone TEXT NOT NULL,
            tx_hz INTEGER,
            tx_tone TEXT NOT NULL,
            bandwidth_hz INTEGER,
            mode TEXT NOT NULL,
            modulation TEXT NOT NULL,
            emission TEXT NOT NULL,
            encryption TEXT NOT NULL,
            system TEXT NOT NULL,
            talkgroup_id INTEGER,
            address TEXT NOT NULL,
            remarks TEXT NOT NULL,
            source TEXT NOT NULL,
            edition TEXT NOT NULL,
            verification TEXT NOT NULL,
            verified_by TEXT NOT NULL,
            tone_source TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX channels_by_period ON channels(period_id, name COLLATE NOCASE)",
        """
        CREATE TABLE assignments (
            id TEXT PRIMARY KEY,
            period_id TEXT NOT NULL REFERENCES periods(id),
            channel_id TEXT NOT NULL UNIQUE REFERENCES channels(id),
            position INTEGER NOT NULL,
            zone TEXT NOT NULL,
            number INTEGER,
            function TEXT NOT NULL,
            assignment TEXT NOT NULL,
            remarks TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX assignments_by_period ON assignments(period_id, position)",
        """
        CREATE TABLE revisions (
            id TEXT PRIMARY KEY,
            period_id TEXT NOT NULL REFERENCES periods(id),
            number INTEGER NOT NULL,
            signed_by TEXT NOT NULL,
            signed_at TEXT NOT NULL,
            content TEXT NOT NULL,
            UNIQUE (period_id, number)
        ) STRICT
        """,
        """
        CREATE TABLE history (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            kind TEXT NOT NULL,
            words TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE undo_stack (
            number INTEGER PRIMARY KEY REFERENCES history(number),
            is_undone INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX undo_stack_by_state ON undo_stack(is_undone, number)",
    ):
        db.execute(statement)


@migrations()
def m002_sheets_and_printed(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE sheets (
            id TEXT PRIMARY KEY,
            incident_id TEXT NOT NULL REFERENCES incidents(id),
            period_id TEXT REFERENCES periods(id),
            form TEXT NOT NULL,
            title TEXT NOT NULL,
            fields TEXT NOT NULL,
            rows TEXT NOT NULL,
            made_at TEXT
        ) STRICT
        """
    )
    db.execute("CREATE INDEX sheets_by_incident ON sheets(incident_id, period_id, form)")
    db.execute(
        """
        CREATE TABLE printed (
            id TEXT PRIMARY KEY,
            period_id TEXT NOT NULL REFERENCES periods(id),
            sheet_id TEXT,
            form TEXT NOT NULL,
            revision INTEGER NOT NULL,
            made_from TEXT NOT NULL,
            made_at TEXT NOT NULL,
            file TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX printed_by_period ON printed(period_id, form)")


@migrations()
def m003_dispositions(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE dispositions (
            id TEXT PRIMARY KEY,
            incident_id TEXT NOT NULL REFERENCES incidents(id),
            finding_id TEXT NOT NULL,
            words TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (incident_id, finding_id)
        ) STRICT
        """
    )


def upgrade(connection: sqlite3.Connection) -> None:
    """Take the steps that are still to take; each whole or not at all."""
    migrations.apply(Database(connection, execute_plugins=False))
