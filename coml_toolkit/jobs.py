"""How long work says how far it is, and is stopped."""

from typing import Protocol


class Progress(Protocol):
    """Called by long work with steps done, steps in all, and what it is doing; may raise Cancelled."""

    def __call__(self, done: int, total: int, doing: str = "") -> None: ...


def ignore(done: int, total: int, doing: str = "") -> None:
    """The Progress of somebody who does not want to know."""
