"""How old a unit file is, told without loading what brings it up to date (which takes a tenth of a second)."""

import sqlite3

APPLICATION_ID = 0x434F4D4C  # “COML” in the file's header, so that another program's SQLite file is told apart

# The migrations, in order; a test holds them to those of `migrations`.
STEPS = ("m001_units_incidents_plans", "m002_sheets_and_printed", "m003_dispositions")


def steps_of(connection: sqlite3.Connection) -> list[str]:
    """The migrations a file has been through."""
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'coml' ORDER BY id"
    return [name for (name,) in connection.execute(query)]
