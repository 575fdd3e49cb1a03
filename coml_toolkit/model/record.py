"""What every stored thing has in common."""

from dataclasses import dataclass, field


def new_id() -> str:
    """A new UUIDv7 (RFC 9562): unique on every laptop without asking, and sorted by time of birth."""
    from uuid6 import uuid7  # 50 ms that a start without a new record saves

    return str(uuid7())


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the unit file. A change is a changed copy (`dataclasses.replace`)."""

    id: str = field(default_factory=new_id)
