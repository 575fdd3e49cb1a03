"""Data that ships with the program: `path("icons", "add.svg")`.

channels  the channel library, one CSV for each service
forms     the face of each official page, as data
fonts     Liberation Sans (SIL Open Font License), as wide as the forms' Arial
icons     line pictures in SVG, one colour
"""

from pathlib import Path

_HERE = Path(__file__).parent


def path(*parts: str) -> Path:
    """The path of a file or folder among the resources."""
    return _HERE.joinpath(*parts)
