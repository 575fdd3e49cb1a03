"""Word documents, in: every table; a merged cell says the same in each of its places."""

import io

from ..errors import InputError
from .sheet import Sheet, build, damaged

# Word keeps the content of a text box twice; this is the one for programs of before 2010.
_SECOND_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def sheets(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """The tables of a document, in its order."""
    import docx
    from docx.oxml.ns import qn
    from docx.table import Table

    try:
        body = docx.Document(io.BytesIO(raw)).element.body
        tables = [
            [[cell.text for cell in row.cells] for row in Table(table, body).rows]
            for table in body.iter(qn("w:tbl"))  # also those in text boxes, where many 217As have them
            if not any(parent.tag == _SECOND_COPY for parent in table.iterancestors())
        ]
    except Exception as error:  # a damaged document raises whatever the first damaged part raises
        raise damaged(name, "document") from error
    if not tables:
        raise InputError(f"{name} has no table in it.", hint="Only tables are read from a document.")
    found = []
    for number, rows in enumerate(tables, 1):
        place = f"table {number}" if len(tables) > 1 else ""
        found.append(build(name, enumerate(rows, 1), place=place))
    return tuple(found)
