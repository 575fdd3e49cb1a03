"""What an editor of the plan offers while you type."""

from collections.abc import Callable
from dataclasses import dataclass

from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Kind

from ..document import Document


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: the text it puts in, what is said of it, and the channel it stands for."""

    text: str
    words: str = ""
    channel: Channel | None = None


FUNCTIONS = (
    "Command",
    "Tactical",
    "Ground-to-air",
    "Air-to-air",
    "Air-to-ground",
    "Support",
    "Logistics",
    "Dispatch",
    "Calling",
    "Medical",
    "Law",
    "Liaison",
    "Safety",
    "Emergency",
    "Weather",
    "Data",
    "Video",
    "Telephone",
)  # net purposes of the ICS 205 instructions, and those a COML adds
_TONES = ("156.7", "CSQ", "136.5", "127.3", "110.9", "167.9", "$293", "$F7E", "$68F", "D023N", units.UNKNOWN)
_MODES = ("A", "D", "M", *(word for kind, word in units.KIND_WORDS.items() if kind is not Kind.CONVENTIONAL))


def said_of(channel: Channel) -> str:
    """'151.1375 N 156.7 / 159.4725 N 136.5 · VHF interop': a channel in one line."""
    if channel.kind is not Kind.CONVENTIONAL:
        return " · ".join(part for part in (units.across_text(channel), channel.service) if part)
    sides = [f"{units.rx_text(channel)} {units.rx_tone_text(channel)}".strip()]
    if not channel.is_simplex or channel.tx_tone != channel.rx_tone:
        sides.append(f"{units.tx_text(channel)} {units.tx_tone_text(channel)}".strip())
    where = channel.service or ("own channel" if channel.period_id is None else "")
    return " · ".join(part for part in (" / ".join(sides), where) if part)


def channels(document: Document) -> Callable[[str], list[Offer]]:
    """Channels of the library by name, frequency or service."""

    def offers(typed: str) -> list[Offer]:
        if not typed.strip():
            return []
        return [Offer(found.name, said_of(found), found) for found in document.channels.search(typed, limit=10)]

    return offers


def words(known: Callable[[], list[str]]) -> Callable[[str], list[Offer]]:
    """Words that begin as typed, then words that hold it."""

    def offers(typed: str) -> list[Offer]:
        folded = typed.strip().casefold()
        every = list(dict.fromkeys(known()))
        begin = [word for word in every if word.casefold().startswith(folded)]
        hold = [word for word in every if folded in word.casefold() and word not in begin]
        return [Offer(word) for word in [*begin, *hold] if word != typed][:10]

    return offers


def for_column(name: str, document: Document) -> Callable[[str], list[Offer]] | None:
    """What the editor of a column offers; None: nothing."""

    def used(field: str) -> list[str]:
        plan = document.plan
        return sorted({getattr(line.assignment, field) for line in plan.lines} - {""}) if plan else []

    if name == "name":
        return channels(document)
    if name == "function":
        return words(lambda: [*used("function"), *FUNCTIONS])
    if name == "assignment":
        return words(lambda: used("assignment"))
    if name in ("rx_tone", "tx_tone"):
        return words(lambda: [*_TONES])
    if name == "mode":
        return words(lambda: [*_MODES])
    return None
