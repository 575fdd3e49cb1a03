"""One unit = one SQLite file. Records in, records out; every edit on disk when the call returns.

store       open_store, create_store, Store: the only door to the file, with history, undo and redo
connection  SQLite itself, opened for writing or for reading, and its errors in the user's words
rows        a record as plain values (a row, or JSON) and back
content     a plan as JSON: what a signed revision keeps, and how a draft is told from it
version     how old a file is
migrations  how the file grew; the newest says what it looks like today. Loaded when there is something to do
backup      dated copies beside the file, and the newest good one
"""

from .store import Entry, Records, Store, create_store, open_store

__all__ = ["Entry", "Records", "Store", "create_store", "open_store"]
