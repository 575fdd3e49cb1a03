"""The real lists, where they are at hand, and small tables as files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

REAL_LISTS = Path(__file__).parents[2].parent / "shared" / "reference" / "real_lists"


@pytest.fixture
def real_lists() -> Path:
    """A real 217A and what its owners made of it; not part of the project."""
    if not REAL_LISTS.is_dir():
        pytest.skip("the real lists are not here")
    return REAL_LISTS


@pytest.fixture
def as_csv(tmp_path: Path) -> Callable[[Sequence[Sequence[str]]], Path]:
    """A table as a CSV file."""

    def write(rows: Sequence[Sequence[str]]) -> Path:
        path = tmp_path / "list.csv"
        path.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
