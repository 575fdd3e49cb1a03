"""What comes out of writing a format: its bytes, and each row that it refused with the reason."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..model.channel import Channel, Tone
from ..model.plan import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that the format cannot express; it is not in the file."""

    number: int  # its place in what was to be written, from 1
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file, ready to be written to disk."""

    content: bytes
    count: int  # rows in it
    refused: tuple[Refusal, ...] = ()
    said: tuple[str, ...] = ()  # what the format demands and the plan does not say, and what it leaves out


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row that is to be written."""

    number: int
    channel: Channel
    name: str  # the alias given for it, else the channel's name
    zone: str = ""
    comment: str = ""


def items(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> list[Item]:
    """Channels, or a plan's lines, as rows; `aliases` are names for radios by the channel's id or name."""
    if not what:
        raise InputError("There is nothing to export.")
    made = []
    for number, one in enumerate(what, 1):
        channel = one.channel if isinstance(one, Line) else one
        zone, parts = "", [channel.remarks]
        if isinstance(one, Line):
            use = one.assignment
            zone, parts = use.zone, [use.function, use.assignment, use.remarks]
        made.append(
            Item(
                number=number,
                channel=channel,
                name=aliases.get(channel.id) or aliases.get(channel.name) or channel.name,
                zone=zone,
                comment=" ".join("; ".join(part for part in parts if part).split()),
            )
        )
    return made


def csv_bytes(rows: Iterable[Sequence[str]], *, quote_all: bool = False, encoding: str = "utf-8") -> bytes:
    """Rows as CSV with the line ends that Windows programs expect."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def megahertz(hz: int, decimals: int = 6) -> str:
    """155752500 to '155.752500'; the decimals that are cut must be zero."""
    text = f"{hz // 1_000_000}.{hz % 1_000_000:06d}"
    cut = 6 - decimals
    if cut and text[-cut:].strip("0"):
        raise ValueError(f"{text} MHz has more than {decimals} decimals")
    return text[:-cut] if cut else text


def ctcss_text(tone: Tone) -> str:
    """'156.7'; "" for a tone that is no CTCSS."""
    return "" if tone.ctcss_dhz is None else f"{tone.ctcss_dhz // 10}.{tone.ctcss_dhz % 10}"


def once(kept: Sequence[Item], refused: Sequence[Refusal], program: str) -> tuple[list[Item], list[Refusal]]:
    """For a program that calls channels by their names: the second of a name is refused."""
    first: dict[str, int] = {}
    single: list[Item] = []
    twice = list(refused)
    for item in kept:
        if item.name in first:
            why = f"{program} already has {item.name}, row {first[item.name]}: give it an alias."
            twice.append(Refusal(number=item.number, name=item.channel.name, reasons=(why,)))
        else:
            first[item.name] = item.number
            single.append(item)
    return single, sorted(twice, key=lambda refusal: refusal.number)
