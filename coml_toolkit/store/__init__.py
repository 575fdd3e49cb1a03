"""One unit = one SQLite file. Records in, records out; every edit on disk when the call returns.

store       open_store, create_store, Store: the only door to the file, with history, undo and redo
connection  SQLite itself, opened for writing or for reading, and its errors in the user's words
rows        a record as plain values (a row, or JSON) and back
content     a plan as JSON: what a signed revision keeps, and how a draft is told from it
migrations  how the file grew; the newest says what it looks like today
backup      dated copies beside the file, and the newest good one
"""

import sys

# WORKAROUND: sqlite_utils imports numpy and pandas wherever they are installed, to store their types, of which we
# store none. That would cost every start a tenth of a second and more.
_HEAVY = [name for name in ("numpy", "pandas") if name not in sys.modules]
sys.modules |= dict.fromkeys(_HEAVY)  # type: ignore[arg-type]  # None: not to be had
import sqlite_utils  # noqa: E402, F401

for _name in _HEAVY:
    del sys.modules[_name]

from .store import Entry, Records, Store, create_store, open_store  # noqa: E402

__all__ = ["Entry", "Records", "Store", "create_store", "open_store"]
