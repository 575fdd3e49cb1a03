"""The channels of the library: as a table, as fields to edit, where they come from, and what is done with them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from coml_toolkit import library, planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import (
    CONVENTIONAL_ONLY,
    UNKNOWN_TONE,
    Channel,
    Direction,
    Encryption,
    Kind,
    Mode,
)
from coml_toolkit.model.plan import RADIO_KINDS, Line, next_number
from coml_toolkit.model.record import new_id
from coml_toolkit.planning import Change

from ..document import Document
from .table import Column, Field

HIGHEST_TALKGROUP = 16_777_215
HIGHEST_NUMBER = 9_999  # of a channel in a zone


def is_shipped(channel: Channel) -> bool:
    """It comes with the program, and nobody changes it; else it is the unit's own, or a plan's copy."""
    return channel.id.startswith("library:")


# ── the table ────────────────────────────────────────────────────────────────


def _natural(text: str) -> list[tuple[int, str]]:
    """CB 2 before CB 10."""
    return [(int(part or 0), rest.casefold()) for rest, part in re.findall(r"(\D*)(\d*)", text)]


def _mhz(hz: int | None) -> str:
    return units.UNKNOWN if hz is None else units.mhz(hz)


def _rx(channel: Channel) -> str:
    if channel.kind is not Kind.CONVENTIONAL:
        return "" if channel.talkgroup_id is None else f"TG {channel.talkgroup_id}"
    return "TX only" if channel.direction is Direction.TRANSMIT_ONLY else _mhz(channel.rx_hz)


def _tx(channel: Channel) -> str:
    if channel.kind is not Kind.CONVENTIONAL:
        return channel.address
    return "RX only" if channel.direction is Direction.RECEIVE_ONLY else _mhz(channel.tx_hz)


def _if_tuned(text: Callable[[Channel], str]) -> Callable[[Channel], str]:
    return lambda channel: text(channel) if channel.kind is Kind.CONVENTIONAL else ""


def _width(channel: Channel) -> str:
    if channel.bandwidth_hz is None:
        return units.UNKNOWN
    return f"{units.khz(channel.bandwidth_hz)} {channel.width_letter}"


def _service(channel: Channel) -> str:
    if is_shipped(channel):
        return channel.service
    return " · ".join(part for part in ("Own", channel.service) if part)


def said_of(channel: Channel) -> str:
    """What the tooltip of a channel says: who may use it, and what to know."""
    across = "" if channel.kind is Kind.CONVENTIONAL else units.across_text(channel)
    return "\n".join(part for part in (channel.name, across, channel.eligibility, channel.remarks) if part)


COLUMNS: tuple[Column[Channel], ...] = (
    Column(
        title="Name",
        text=lambda channel: channel.name,
        tip=said_of,
        sort=lambda channel: _natural(channel.name),
        width_chars=18,
    ),
    Column(
        title="RX MHz",
        text=_rx,
        tip=said_of,
        sort=lambda channel: channel.rx_hz,
        is_number=True,
        decimals=5,
        width_chars=10,
    ),
    Column(title="RX tone", text=_if_tuned(units.rx_tone_text), tip=said_of, width_chars=11),
    Column(
        title="TX MHz",
        text=_tx,
        tip=said_of,
        sort=lambda channel: channel.tx_hz,
        is_number=True,
        decimals=5,
        width_chars=10,
    ),
    Column(title="TX tone", text=_if_tuned(units.tx_tone_text), tip=said_of, width_chars=11),
    Column(
        title="kHz",
        text=_if_tuned(_width),
        tip=said_of,
        sort=lambda channel: channel.bandwidth_hz,
        is_number=True,
        decimals=2,
        width_chars=8,
    ),
    Column(title="Mode", text=units.mode_text, tip=said_of, width_chars=7),
    Column(title="Service", text=_service, tip=said_of, width_chars=20),
    Column(title="Who may use it", text=lambda channel: channel.eligibility, tip=said_of, width_chars=24),
)


# ── fields to edit ───────────────────────────────────────────────────────────


def one_line(text: str) -> str:
    """Typed or pasted text without line breaks and spare spaces."""
    return " ".join(text.split())


def _is_unknown(text: str) -> bool:
    return text.strip().casefold() in {"", "?", units.UNKNOWN}


def _named(channel: Channel, text: str) -> Channel:
    return replace(channel, name=one_line(text))


def _of_kind(channel: Channel, text: str) -> Channel:
    """Another kind forgets what means nothing there: no frequency stays where nobody sees it."""
    kind = Kind(text)
    values: dict[str, Any] = {"kind": kind}
    blank = Channel()
    if kind is not Kind.CONVENTIONAL:
        values |= {name: getattr(blank, name) for name in CONVENTIONAL_ONLY}
    if kind is not Kind.TALKGROUP:
        values["talkgroup_id"] = None
    return replace(channel, **values)


def _receiving(channel: Channel, text: str) -> Channel:
    if text.strip().casefold() in {"tx only", "none"}:
        return _directed(channel, Direction.TRANSMIT_ONLY)
    direction = Direction.UNKNOWN if channel.direction is Direction.TRANSMIT_ONLY else channel.direction
    if _is_unknown(text):
        return replace(channel, rx_hz=None, direction=direction)
    hz, width = units.parse_mhz_and_width(text, channel.bandwidth_hz)
    direction = Direction.BOTH if channel.tx_hz is not None else direction
    return replace(channel, rx_hz=hz, bandwidth_hz=width, direction=direction)


def _transmitting(channel: Channel, text: str) -> Channel:
    if text.strip().casefold() in {"rx only", "none"}:
        return _directed(channel, Direction.RECEIVE_ONLY)
    direction = Direction.UNKNOWN if channel.direction is Direction.RECEIVE_ONLY else channel.direction
    if _is_unknown(text):
        return replace(channel, tx_hz=None, direction=direction)
    hz, width = units.parse_mhz_and_width(text, channel.bandwidth_hz)
    direction = Direction.BOTH if channel.rx_hz is not None else direction
    return replace(channel, tx_hz=hz, bandwidth_hz=width, direction=direction)


def _directed(channel: Channel, direction: Direction) -> Channel:
    """What may not be sent, or received, has no frequency and no tone."""
    if direction is Direction.RECEIVE_ONLY:
        return replace(channel, direction=direction, tx_hz=None, tx_tone=UNKNOWN_TONE)
    if direction is Direction.TRANSMIT_ONLY:
        return replace(channel, direction=direction, rx_hz=None, rx_tone=UNKNOWN_TONE)
    return replace(channel, direction=direction)


def _wide(channel: Channel, text: str) -> Channel:
    return replace(channel, bandwidth_hz=None if _is_unknown(text) else units.parse_khz(text))


def _talkgroup(channel: Channel, text: str) -> Channel:
    return replace(channel, talkgroup_id=units.parse_number(text, "talkgroup id", highest=HIGHEST_TALKGROUP))


def _words(name: str, clean: Callable[[str], str] = one_line) -> Callable[[Channel, str], Channel]:
    def edited(channel: Channel, text: str) -> Channel:
        values: dict[str, Any] = {name: clean(text)}
        return replace(channel, **values)

    return edited


def _known(text: str) -> str:
    """The placeholder says that something is not known; the field itself is empty then."""
    return "" if text == units.UNKNOWN else text


def _is_tuned(channel: Channel) -> bool:
    return channel.kind is Kind.CONVENTIONAL


def _is_radio(channel: Channel) -> bool:
    return channel.kind in (Kind.CONVENTIONAL, Kind.TALKGROUP)


def _unknown(_: Channel) -> str:
    return units.UNKNOWN


def _system_title(channel: Channel) -> str:
    return {Kind.TALKGROUP: "trunked system", Kind.TELEPHONE: "carrier", Kind.SATELLITE: "carrier"}.get(
        channel.kind, "network"
    )


_MHZ_TIP = "As programmed in a portable: 155.7525, 155.7525 N or 868.5125 20 kHz."
_TONE_TIP = "156.7 (CTCSS), D023N or D023I (DCS), $293 (NAC), CSQ for none; empty is not known."

FIELDS: tuple[Field[Channel], ...] = (
    Field(name="name", title="Name", text=lambda channel: channel.name, edited=_named, tip="The name in the radios."),
    Field(
        name="kind",
        title="Kind",
        text=lambda channel: channel.kind.value,
        edited=_of_kind,
        choices=tuple((kind.value, words) for kind, words in units.KIND_WORDS.items()),
        tip="What sort of resource it is.",
    ),
    Field(
        name="rx_hz",
        title="Receive",
        text=lambda channel: "" if channel.rx_hz is None else units.mhz(channel.rx_hz),
        edited=_receiving,
        is_shown=_is_tuned,
        empty=lambda channel: "TX only" if channel.direction is Direction.TRANSMIT_ONLY else units.UNKNOWN,
        unit=lambda channel: f"MHz {channel.width_letter}" if channel.rx_hz is not None else "MHz",
        tip=_MHZ_TIP,
    ),
    Field(
        name="rx_tone",
        title="RX tone",
        text=lambda channel: _known(units.tone(channel.rx_tone)),
        edited=lambda channel, text: replace(channel, rx_tone=units.parse_tone(text)),
        is_shown=lambda channel: _is_tuned(channel) and channel.direction is not Direction.TRANSMIT_ONLY,
        empty=_unknown,
        tip=_TONE_TIP,
    ),
    Field(
        name="tx_hz",
        title="Transmit",
        text=lambda channel: "" if channel.tx_hz is None else units.mhz(channel.tx_hz),
        edited=_transmitting,
        is_shown=_is_tuned,
        empty=lambda channel: "RX only" if channel.direction is Direction.RECEIVE_ONLY else units.UNKNOWN,
        unit=lambda channel: f"MHz {channel.width_letter}" if channel.tx_hz is not None else "MHz",
        tip=f"{_MHZ_TIP} RX only: it must never transmit.",
    ),
    Field(
        name="tx_tone",
        title="TX tone",
        text=lambda channel: _known(units.tone(channel.tx_tone)),
        edited=lambda channel, text: replace(channel, tx_tone=units.parse_tone(text)),
        is_shown=lambda channel: _is_tuned(channel) and channel.direction is not Direction.RECEIVE_ONLY,
        empty=_unknown,
        tip=_TONE_TIP,
    ),
    Field(
        name="bandwidth_hz",
        title="Width",
        text=lambda channel: "" if channel.bandwidth_hz is None else units.khz(channel.bandwidth_hz),
        edited=_wide,
        is_shown=_is_tuned,
        empty=_unknown,
        unit=lambda channel: "kHz",
        tip="How wide the channel is: 6.25, 12.5, 20, 25. The form says N up to 12.5, W above.",
    ),
    Field(
        name="system",
        title="System",
        text=lambda channel: channel.system,
        edited=_words("system"),
        is_shown=lambda channel: not _is_tuned(channel) or bool(channel.system),
        empty=lambda channel: f"{_system_title(channel)}, unknown",
        tip="The trunked system, data network or carrier; printed across the RX and TX columns.",
    ),
    Field(
        name="talkgroup_id",
        title="Talkgroup",
        text=lambda channel: "" if channel.talkgroup_id is None else str(channel.talkgroup_id),
        edited=_talkgroup,
        is_shown=lambda channel: channel.kind is Kind.TALKGROUP,
        empty=_unknown,
        tip="The talkgroup's number in its system.",
    ),
    Field(
        name="address",
        title="Address",
        text=lambda channel: channel.address,
        edited=_words("address"),
        is_shown=lambda channel: not _is_radio(channel) or bool(channel.address),
        empty=lambda channel: "number, name or URL",
        tip="Where to reach it: telephone number, network name, URL.",
    ),
    Field(
        name="mode",
        title="Mode",
        text=lambda channel: channel.mode.value,
        edited=lambda channel, text: replace(channel, mode=units.parse_mode(text)),
        is_shown=_is_radio,
        choices=(
            (Mode.ANALOG.value, "A · analog"),
            (Mode.DIGITAL.value, "D · digital"),
            (Mode.MIXED.value, "M · mixed"),
            (Mode.UNKNOWN.value, units.UNKNOWN),
        ),
        tip="The Mode column of the 205.",
    ),
    Field(
        name="modulation",
        title="Modulation",
        text=lambda channel: channel.modulation,
        edited=_words("modulation"),
        is_shown=_is_radio,
        empty=_unknown,
        tip="FM, AM, P25, DMR …",
    ),
    Field(
        name="emission",
        title="Emission",
        text=lambda channel: channel.emission,
        edited=_words("emission", lambda text: _known(one_line(text).upper())),
        is_shown=_is_tuned,
        empty=_unknown,
        tip="The FCC's designator, as in 11K0F3E.",
    ),
    Field(
        name="direction",
        title="Direction",
        text=lambda channel: channel.direction.value,
        edited=lambda channel, text: _directed(channel, Direction(text)),
        is_shown=_is_tuned,
        choices=tuple((direction.value, direction.value) for direction in Direction),
        tip="What a portable may do on it.",
    ),
    Field(
        name="encryption",
        title="Encryption",
        text=lambda channel: channel.encryption.value,
        edited=lambda channel, text: replace(channel, encryption=Encryption(text)),
        choices=tuple((encryption.value, encryption.value) for encryption in Encryption),
        tip="Whether it may be used, as far as the source says.",
    ),
    Field(
        name="service",
        title="Service",
        text=lambda channel: channel.service,
        edited=_words("service"),
        is_shown=lambda channel: channel.period_id is None,
        tip="The group it is filtered by: County fire, Schools …",
    ),
    Field(
        name="eligibility",
        title="Who may use it",
        text=lambda channel: channel.eligibility,
        edited=_words("eligibility"),
        is_long=True,
        tip="Licence, agreement or rule that allows it.",
    ),
    Field(
        name="remarks",
        title="About the channel",
        text=lambda channel: channel.remarks,
        edited=_words("remarks"),
        is_long=True,
        tip="Conditions and habits; stays with the channel and is not printed on the 205.",
    ),
)


def _on_line(field: Field[Channel]) -> Field[Line]:
    """A channel's field as a line's."""
    return Field(
        name=field.name,
        title=field.title,
        text=lambda line: field.text(line.channel),
        edited=lambda line, text: replace(line, channel=field.edited(line.channel, text)),
        tip=field.tip,
        is_shown=lambda line: field.is_shown(line.channel),
        empty=lambda line: field.empty(line.channel),
        unit=lambda line: field.unit(line.channel),
        choices=field.choices,
        is_long=field.is_long,
    )


def _assigned(name: str, clean: Callable[[str], object] = one_line) -> Callable[[Line, str], Line]:
    def edited(line: Line, text: str) -> Line:
        values: dict[str, Any] = {name: clean(text)}
        return replace(line, assignment=replace(line.assignment, **values))

    return edited


_ON_THE_PLAN, _THE_CHANNEL = "On the plan", "The channel"
_BELOW = ("name", "kind", "eligibility", "remarks")  # of a line, the plan's own fields are wanted before these
LINE_FIELDS: tuple[Field[Line], ...] = (
    *(_on_line(field) for field in FIELDS if field.name not in _BELOW),
    Field(
        name="zone",
        title="Zone",
        text=lambda line: line.assignment.zone,
        edited=_assigned("zone"),
        tip="Zone or group of the radios; the line moves to the others of that zone.",
        section=_ON_THE_PLAN,
    ),
    Field(
        name="number",
        title="Channel",
        text=lambda line: "" if line.assignment.number is None else str(line.assignment.number),
        edited=_assigned("number", lambda text: units.parse_number(text, "channel number", highest=HIGHEST_NUMBER)),
        tip="Its position in the zone: Ch # on the 205.",
        section=_ON_THE_PLAN,
    ),
    Field(
        name="function",
        title="Function",
        text=lambda line: line.assignment.function,
        edited=_assigned("function"),
        tip="What the net is for: Command, Tactical, Ground-to-air, Support, Dispatch.",
        section=_ON_THE_PLAN,
    ),
    Field(
        name="assignment",
        title="Assignment",
        text=lambda line: line.assignment.assignment,
        edited=_assigned("assignment"),
        tip="The branch, division, group or section that uses it.",
        section=_ON_THE_PLAN,
    ),
    Field(
        name="line_remarks",
        title="Remarks, printed on the 205",
        text=lambda line: line.assignment.remarks,
        edited=_assigned("remarks"),
        tip="Repeater places, patches and gateways.",
        section=_ON_THE_PLAN,
        is_long=True,
    ),
    *(replace(_on_line(field), section=_THE_CHANNEL) for field in FIELDS if field.name in _BELOW),
)


def line_change(document: Document, before: Line, after: Line) -> Change:
    """What an edited field of a line changes. A line with another zone goes to the lines of that zone."""
    plan = document.plan
    zone = after.assignment.zone
    if plan is None or zone == before.assignment.zone:
        return planning.change_line(before, assignment=after.assignment, channel=after.channel)
    there = [place for place, line in enumerate(plan.lines) if line.assignment.zone == zone]
    here = [place for place, line in enumerate(plan.lines) if line.assignment.zone == before.assignment.zone]
    moved = planning.move_lines(plan, [before], (there or here)[-1] + 1, zone=zone)
    return moved._replace(words=f"Change zone of {before.channel.name or 'a line'}")


# ── where it comes from ──────────────────────────────────────────────────────


def _short(source: str) -> str:
    """'NIFOG 2.02 (CISA, Jan 2025) p.29' to 'NIFOG 2.02 p. 29'."""
    return re.sub(r"\bp\.(?=\d)", "p. ", source.replace(" (CISA, Jan 2025)", ""))


def provenance(channel: Channel) -> str:
    """'VHF interop · NIFOG 2.02 p. 29 · verified by 5 sources': how far a shipped channel can be trusted."""
    count = len(channel.verified_by.split(" + "))
    verified = {
        "multi": f"verified by {count} sources",
        "nifog2": "two transcriptions of NIFOG agree, no other source",
        "single": "one source only: check it",
    }.get(channel.verification, channel.verification)
    return " · ".join(part for part in (channel.service, _short(channel.source), verified) if part)


def tone_provenance(channel: Channel) -> str:
    """Where the tones come from, as a sentence; "" where nothing is said."""
    told = channel.tone_source
    if "page note" in told:
        return "Tone recommended by NIFOG: check the local plan."
    if "DIFFERS" in told:
        other = re.search(r"\((.*?)\)", told[told.index("DIFFERS") :])
        return f"Tones from NIFOG's table; another list has {other[1] if other else 'others'}."
    if "table cell" in told:
        return "Tones from NIFOG's table."
    if "CSQ assumed" in told:
        return "No tone is used in this service: CSQ is assumed, not sourced."
    if "repeater owner" in told:
        return "The repeater's owner sets the tone: ask."
    if "no tone printed" in told:
        return "The source prints no tone."
    return f"Tones: {told}." if told else ""


def in_library(index: library.Index, channel: Channel) -> Channel | None:
    """The library's channel of that name: of several the one that is like this one, else the unit's own."""
    name = channel.name.strip().casefold()
    if not name:
        return None
    found = [other for other in index.search(name) if other.name.casefold() == name]
    return next((other for other in found if not differences(channel, other)), found[0] if found else None)


_COMPARED: tuple[tuple[str, Callable[[Channel], str]], ...] = (
    ("Kind", lambda channel: units.KIND_WORDS[channel.kind]),
    ("RX", lambda channel: "TX only" if channel.direction is Direction.TRANSMIT_ONLY else _or_unknown(channel.rx_hz)),
    ("RX tone", units.rx_tone_text),
    ("TX", lambda channel: "RX only" if channel.direction is Direction.RECEIVE_ONLY else _or_unknown(channel.tx_hz)),
    ("TX tone", units.tx_tone_text),
    (
        "Width",
        lambda channel: units.UNKNOWN if channel.bandwidth_hz is None else f"{units.khz(channel.bandwidth_hz)} kHz",
    ),
    ("Mode", lambda channel: channel.mode.value),
    ("Modulation", lambda channel: channel.modulation or units.UNKNOWN),
    ("Emission", lambda channel: channel.emission or units.UNKNOWN),
    ("Direction", lambda channel: channel.direction.value),
    ("Encryption", lambda channel: channel.encryption.value),
    ("System", lambda channel: channel.system or units.UNKNOWN),
    ("Talkgroup", lambda channel: units.UNKNOWN if channel.talkgroup_id is None else str(channel.talkgroup_id)),
    ("Address", lambda channel: channel.address or units.UNKNOWN),
)


def _or_unknown(hz: int | None) -> str:
    return units.UNKNOWN if hz is None else units.mhz(hz)


def differences(channel: Channel, listed: Channel) -> list[str]:
    """'TX tone differs from the library: 156.7 there.' for each thing that a plan's copy has otherwise."""
    return [
        f"{what} differs from the library: {said(listed) or 'none'} there."
        for what, said in _COMPARED
        if said(channel) != said(listed)
    ]


# ── what is done with them ───────────────────────────────────────────────────


def add_to_plan(document: Document, channels: Sequence[Channel]) -> list[Line]:
    """Put copies of channels at the end of the plan on screen, as one edit. The new lines; none if it was refused."""
    plan = document.plan
    if plan is None:
        document.refused.emit(
            InputError("There is no plan to add channels to.", hint="Start one with New incident (Ctrl+N).")
        )
        return []
    zone = plan.lines[-1].assignment.zone if plan.lines else ""
    taken = {line.assignment.number for line in plan.lines if line.assignment.zone == zone}
    number = next_number(plan.lines, zone)
    lines: list[Line] = []
    for channel in channels:
        while number in taken:
            number += 1
        own = number if channel.kind in RADIO_KINDS else None
        taken.add(own)
        position = len(plan.lines) + len(lines)
        lines.append(planning.new_line(plan, channel, position=position, zone=zone, number=own))
    if not lines or not document.make(planning.add_lines(plan, lines)):
        return []
    names = {line.channel.name for line in plan.lines}
    twice = [channel.name for channel in channels if channel.name in names]
    note = f" On it already: {', '.join(twice[:4])}{' …' if len(twice) > 4 else ''}." if twice else ""
    count = "1 channel" if len(lines) == 1 else f"{len(lines)} channels"
    document.told.emit(f"{count} added to period {plan.period.number}.{note}")
    return lines


def own_copy(channel: Channel) -> Channel:
    """A channel of the unit's own, made from one that ships: what was verified of that one is not of this."""
    source = f"Copied from {_short(channel.source)}" if channel.source else ""
    return replace(
        channel,
        id=new_id(),
        period_id=None,
        source=source,
        edition="",
        verification="",
        verified_by="",
        tone_source="",
    )


def own_change(document: Document, before: Channel | None, after: Channel) -> Change:
    """Add or change a channel of the unit's own. InputError without a name, or with one that is taken."""
    if not after.name:
        raise InputError("A channel needs a name.", hint="Write the name that the radios show.")
    for other in document.store[Channel].where(period_id=None):
        if other.id != after.id and other.name.casefold() == after.name.casefold():
            raise InputError(
                f"You have a channel {other.name} of your own already.", hint="Give this one another name."
            )
    if before is None:
        return Change([], [after], f"Add {after.name} to the library")
    if before == after:
        return Change([], [], "")
    return Change([before], [after], f"Change {before.name} in the library")


def remove_own(document: Document, channels: Sequence[Channel]) -> bool:
    """Take channels of the unit's own out of its library; one that ships cannot go."""
    for channel in channels:
        if is_shipped(channel):
            document.refused.emit(
                InputError(
                    f"{channel.name} ships with the program and cannot be removed.",
                    hint="Only channels of your own can.",
                )
            )
            return False
    names = channels[0].name if len(channels) == 1 else f"{len(channels)} channels"
    return document.make(Change(list(channels), [], f"Remove {names} from the library"))
