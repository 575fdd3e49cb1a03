"""P01 to P16: what is wrong with the lines together, with the operational period, and with the paper."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from .. import compare, library, units
from ..model.channel import Channel, Kind
from ..model.finding import Finding, Severity, in_lines, in_words
from ..model.plan import Period
from .equipment import cannot
from .rows import is_encrypted, is_trunked_rf, needs_authority
from .rule import Hit, Said, Unknown, unknown_if
from .sheet import Row, Sheet, called, name_key

K = TypeVar("K")

# What the Function column says, in the words of the ICS 205 instructions and their usual neighbours.
COMMAND = re.compile(r"\b(command|cmd)\b", re.IGNORECASE)
CALLING = re.compile(
    r"\b(call|calling|hail\w*|emergency(?! (?:medical|manage))|mayday|safety|distress)\b", re.IGNORECASE
)
TACTICAL = re.compile(r"\b(tac\d*|tactical|fireground)\b", re.IGNORECASE)
AIR_GROUND = re.compile(
    r"\bair\W*(?:to\W*)?(?:ground|gnd)\b|\bground\W*(?:to\W*)?air\b|\bA\W?G\b|\bG\W?A\b", re.IGNORECASE
)
DIRECT = re.compile(r"\b(direct|talk.?around|simplex|fall.?back|back.?up|car.?to.?car)\b", re.IGNORECASE)


def _grouped(rows: Iterable[Row], key: Callable[[Row], K]) -> dict[K, list[Row]]:
    groups: dict[K, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _uses(rows: Iterable[Row]) -> tuple[object, ...]:
    return tuple(sorted({row.use for row in rows}))


# ── P01 to P06: frequencies that meet ────────────────────────────────────────


def same_transmit(sheet: Sheet) -> Iterator[Said]:
    """P01: two nets that transmit on one frequency; whatever their tones, only one can be heard.

    Where the users are is not known, so every area is taken to overlap. One net may stand on several lines: the same
    channel for the same function and assignment, or the command or calling channel repeated in each zone.
    """
    for hz, rows in _grouped((row for row in sheet.tuned if row.may_transmit), lambda row: row.channel.tx_hz).items():
        if hz is None or len(rows) < 2:
            continue
        nets = {_net(row) for row in rows}
        is_one_channel = len({row.key for row in rows}) == 1
        if len(nets) == 1:
            yield Hit(
                f"{called(rows)} is one net on several lines, all on {units.mhz(hz)} MHz.",
                tuple(rows),
                ("one net", hz, *_uses(rows)),
                Severity.INFO,
                "The same channel with the same users is one net, as when it is repeated in each zone.",
            )
        elif is_one_channel:
            uses = in_words([f"{_users(row)} (line {row.number})" for row in rows])
            both = "both" if len(rows) == 2 else "all"
            message = f"{rows[0].name} is on {uses}: {both} transmit on {units.mhz(hz)} MHz."
            yield Hit(message, tuple(rows), (hz, *_uses(rows)))
        else:
            both = "both" if len(rows) == 2 else "all"
            yield Hit(f"{called(rows)} {both} transmit on {units.mhz(hz)} MHz.", tuple(rows), (hz, *_uses(rows)))
    unknown = [row for row in sheet.tuned if row.may_transmit and row.channel.tx_hz is None]
    yield from unknown_if(unknown, "transmit frequencies")


def _users(row: Row) -> str:
    return row.assignment.assignment.strip() or row.assignment.function.strip() or "an unnamed use"


def _net(row: Row) -> object:
    """What two lines have in common that are one net; a line that does not say who uses it is a net of its own."""
    key, function, assignment = row.use
    if not key or not assignment:
        return row.number
    if COMMAND.search(function) or CALLING.search(function):
        return key, function
    return row.use


def inverse_pairs(sheet: Sheet) -> Iterator[Said]:
    """P03: one repeats what the other receives, and back."""
    repeaters = [row for row in sheet.tuned if row.is_repeater]
    for one, other in combinations(repeaters, 2):
        if (one.channel.rx_hz, one.channel.tx_hz) == (other.channel.tx_hz, other.channel.rx_hz):
            message = (
                f"{one.called} and {other.called} use {units.mhz(one.channel.rx_hz or 0)} and "
                f"{units.mhz(one.channel.tx_hz or 0)} MHz the opposite way round."
            )
            yield Hit(message, (one, other), (one.channel.rx_hz, one.channel.tx_hz, *_uses((one, other))))
    yield from unknown_if(sheet.incomplete, "frequencies")


def two_names(sheet: Sheet) -> Iterator[Said]:
    """P04: one pair of frequencies under two names."""
    for pair, rows in _grouped(sheet.tuned, lambda row: (row.channel.rx_hz, row.channel.tx_hz)).items():
        rows = [row for row in rows if row.key and not row.lacks_frequency]
        if len({row.key for row in rows}) > 1:
            hz = " / ".join(units.mhz(one) for one in dict.fromkeys(pair) if one is not None)
            yield Hit(f"{called(rows)} are names of one channel, {hz} MHz.", tuple(rows), (*pair, *_keys(rows)))
    yield from unknown_if(sheet.incomplete, "frequencies")


def _keys(rows: Iterable[Row]) -> list[str]:
    return sorted({row.key for row in rows})


def _is_vtac(row: Row) -> bool:
    return row.standard is not None and row.standard.service == "VHF interop"


def simplex_on_repeater(sheet: Sheet) -> Iterator[Said]:
    """P05: VTAC33 to VTAC38 are made of VTAC11 to VTAC14, so one kind excludes the other (NIFOG p. 30).

    Of other repeaters, the direct channel given to somebody else: they hear and cover each other.
    """
    simplex = [row for row in sheet.tuned if row.channel.is_simplex and row.may_transmit]
    for one in simplex:
        for other in (row for row in sheet.tuned if row.is_repeater):
            hz = one.channel.tx_hz
            about = (hz, *_uses((one, other)))
            on_what = f"{one.called} is simplex on {units.mhz(hz or 0)} MHz, which {other.called}"
            if _is_vtac(one) and _is_vtac(other) and hz in (other.channel.rx_hz, other.channel.tx_hz):
                yield Hit(f"{on_what} uses for its repeater.", (one, other), about)
            elif hz == other.channel.rx_hz and not _is_fallback(one, other):
                yield Hit(
                    f"{on_what} receives from its repeater.",
                    (one, other),
                    about,
                    Severity.WARNING,
                    "Users of the direct channel and of the repeater cover each other wherever both can be heard.",
                )
    yield from unknown_if(sheet.incomplete, "frequencies")


def _is_fallback(direct: Row, repeater: Row) -> bool:
    """Is a direct channel meant for the repeater's own users?"""
    said = " ".join((direct.assignment.function, direct.assignment.assignment, direct.assignment.remarks))
    return bool(direct.use[2] and direct.use[2] == repeater.use[2]) or DIRECT.search(said) is not None


_PREFERRED = {"vtac33": "VTAC36", "vtac34": "VTAC37", "vtac35": "VTAC38"}


def wrong_orientation(sheet: Sheet) -> Iterator[Said]:
    """P06: VTAC36 to VTAC38 first; the others only against interference at a site (NIFOG p. 30)."""
    used = {row.key for row in sheet.tuned}
    for row in sheet.tuned:
        better = _PREFERRED.get(row.key)
        if (
            better
            and name_key(better) not in used
            and not re.search(r"interfer|co-?site", row.assignment.remarks, re.I)
        ):
            yield Hit(f"{row.called} is used while {better}, the preferred way round, is free.", (row,), (row.key,))


# ── P07, P08: nets that are missing ──────────────────────────────────────────

_DIVISIONS = re.compile(
    r"\bdiv(?:ision)?s?\.?\s+(\w{1,2})\b((?:\s*(?:,|/|&|\+|and)\s*(?:div(?:ision)?\.?\s+)?\w{1,2}\b)+)", re.IGNORECASE
)


def missing_nets(sheet: Sheet) -> Iterator[Said]:
    """P07: a command net, a calling or emergency channel, and a tactical net for each division."""
    silent = [row for row in sheet.rows if not row.assignment.function.strip()]
    for what, words in (("command net", COMMAND), ("calling or emergency channel", CALLING)):
        if not any(words.search(f"{row.assignment.function}\n{row.assignment.assignment}") for row in sheet.rows):
            if silent:
                yield Unknown(f"the functions of lines, so whether there is a {what}", tuple(silent))
            else:
                yield Hit(f"No line is a {what}.", (), (what,))
    for row in sheet.rows:
        together = _DIVISIONS.search(row.assignment.assignment) if _is_tactical(row) else None
        if together:
            message = f"{row.called} is the one tactical net of several divisions: {row.assignment.assignment.strip()}."
            yield Hit(message, (row,), row.use)
    if sheet.context.divisions is None:
        yield Unknown("the divisions and groups of the organization (ICS 203)")
        return
    tactical = " \n ".join(" ".join(row.assignment.assignment.split()) for row in sheet.rows if _is_tactical(row))
    for division in sheet.context.divisions:
        if not re.search(rf"\b{re.escape(division)}\b|\ball (?:divisions|units)\b", tactical, re.IGNORECASE):
            yield Hit(f"{division} has no tactical net.", (), ("division", division))


def _is_tactical(row: Row) -> bool:
    return TACTICAL.search(row.assignment.function) is not None


def missing_fallbacks(sheet: Sheet) -> Iterator[Said]:
    """P08: what is left when a repeater fails, and who talks to the aircraft.

    VTAC33 to VTAC38 have no direct channel that may stand beside them (P05): for them any other simplex channel of
    their band will do.
    """
    simplex = [row.channel for row in sheet.tuned if row.channel.is_simplex and row.may_transmit]
    repeaters = (row for row in sheet.tuned if row.is_repeater and not is_trunked_rf(row))
    for rows in _grouped(repeaters, lambda row: row.key).values():
        channel = rows[0].channel
        if not rows[0].may_transmit or any(_replaces(one, channel, is_vtac=_is_vtac(rows[0])) for one in simplex):
            continue
        message = f"{called(rows)} has no direct channel in the plan to fall back on when the repeater fails."
        yield Hit(message, tuple(rows), (rows[0].key, channel.rx_hz, channel.tx_hz))
    yield from unknown_if(sheet.incomplete, "frequencies")
    if not any(AIR_GROUND.search(f"{row.assignment.function}\n{row.assignment.assignment}") for row in sheet.rows):
        if sheet.context.has_aircraft is None:
            yield Unknown("whether aircraft are assigned")
        elif sheet.context.has_aircraft:
            yield Hit("Aircraft are assigned, but no line is air-to-ground.", (), ("air-to-ground",))


def _replaces(simplex: Channel, repeater: Channel, *, is_vtac: bool) -> bool:
    if simplex.rx_hz is None or repeater.rx_hz is None:
        return False
    if not is_vtac:
        return simplex.rx_hz == repeater.rx_hz
    is_its_own = simplex.rx_hz in (repeater.rx_hz, repeater.tx_hz)
    return not is_its_own and library.band(simplex.rx_hz) == library.band(repeater.rx_hz)


# ── P02, P11: the spectrum ───────────────────────────────────────────────────


def too_close(sheet: Sheet) -> Iterator[Finding]:
    """P02: see `spectrum.plan`."""
    return (finding for finding in sheet.spectrum if finding.rule == "P02")


def cosite(sheet: Sheet) -> Iterator[Finding]:
    """P11: see `spectrum.plan`."""
    return (finding for finding in sheet.spectrum if finding.rule == "P11")


# ── P09, P10, P12: paper, radios, patches ────────────────────────────────────


def stale_paper(sheet: Sheet) -> Iterator[Said]:
    """P09: what was printed from another state of the plan."""
    if sheet.context.papers is None:
        yield Unknown("which forms were printed from which revision (ICS 204, 205A, 220)")
        return
    for paper in sheet.context.papers:
        if changes := compare.differences(paper.plan, sheet.plan):
            more = f" (and {len(changes) - 1} more changes)" if len(changes) > 1 else ""
            yield Hit(
                f"The {paper.form} no longer says what this plan says: {changes[0]}{more}", (), (paper.form, *changes)
            )


def radios_cannot(sheet: Sheet) -> Iterator[Said]:
    """P10: a channel that an assigned radio cannot hold, and what a zone or a display is too small for."""
    if sheet.context.radios is None:
        yield Unknown("the radios assigned, and what they can do")
        return
    for radio in sheet.context.radios:
        for row in sheet.tuned:
            if reasons := list(cannot(radio, row)):
                message = f"{radio.name} cannot use {row.called}: {in_words(reasons)}."
                yield Hit(message, (row,), (radio.name, row.key, *reasons))
        radio_rows = [row for row in sheet.rows if row.channel.kind in (Kind.CONVENTIONAL, Kind.TALKGROUP)]
        for zone, rows in _grouped(radio_rows, lambda row: row.assignment.zone).items():
            if radio.zone_size is not None and len(rows) > radio.zone_size:
                message = (
                    f"Zone {zone or 'without a name'} has {len(rows)} channels, {radio.name} holds {radio.zone_size}."
                )
                yield Hit(message, tuple(rows), (radio.name, "zone", zone, len(rows)))
        if radio.name_length is not None:
            by_display: dict[str, list[Row]] = {}
            for row in radio_rows:
                by_display.setdefault(row.name[: radio.name_length], []).append(row)
            for short, rows in by_display.items():
                if len({row.key for row in rows}) > 1:
                    message = f"{called(rows)} all read “{short}” on the display of {radio.name}."
                    yield Hit(message, tuple(rows), (radio.name, "display", *_keys(rows)))
        facts = ("bands_hz", "bandwidths_hz", "modes", "has_split_tones", "has_nac", "zone_size", "name_length")
        if missing := [name.removesuffix("_hz").replace("_", " ") for name in facts if getattr(radio, name) is None]:
            yield Unknown(f"of {radio.name}: {', '.join(missing)}")


_PATCHED = re.compile(r"\bpatch(?:ed)?\s+(?:to|with)\s+((?:[^.;\n]|\.(?=\S))+)", re.IGNORECASE)  # to the full stop
_MILITARY = re.compile(r"\bmil(?:itary)?\b", re.IGNORECASE)


def patches(sheet: Sheet) -> Iterator[Said]:
    """P12: patches as the remarks and the gateway record have them."""
    by_key = _grouped((row for row in sheet.rows if row.key), lambda row: row.key)
    joined: dict[frozenset[str], str] = {}  # the channels of each patch, and what it is called
    for patch in sheet.context.patches or ():
        joined.setdefault(frozenset(map(name_key, patch.channels)), patch.name)
    for row in sheet.rows:
        if said := _PATCHED.search(row.assignment.remarks):
            others = [key for key in by_key if key != row.key and _is_named(by_key[key][0].name, said[1])]
            names = in_words([row.name, *(by_key[key][0].name for key in others)])
            joined.setdefault(frozenset((row.key, *others)), f"of {names}")
    joined = {
        channels: name
        for channels, name in joined.items()
        if len(channels) > 1 and not any(channels < other for other in joined)
    }
    net_of: dict[str, str] = {}  # each channel, and the net it has become part of
    for channels, name in sorted(joined.items(), key=lambda patch: sorted(patch[0])):
        rows = [row for key in sorted(channels) for row in by_key.get(key, [])]
        about = tuple(sorted(channels))
        nets = [net_of.get(key, key) for key in sorted(channels)]
        if len(set(nets)) < len(nets):
            yield Hit(
                f"The patch {name} closes a loop: its channels are joined by another patch.",
                tuple(rows),
                ("loop", *about),
            )
        together = [*channels, *(key for key, net in net_of.items() if net in nets)]
        net_of |= dict.fromkeys(together, nets[0])
        for row in rows:
            if partners := [other for other in rows if other.key != row.key and not _says_patched(row, other)]:
                message = f"The remarks of {row.called} do not say that it is patched to {in_words(_names(partners))}."
                yield Hit(message, (row,), ("remark", row.use, *about))
        if len({is_encrypted(row) for row in rows}) > 1:
            message = f"The patch {name} joins an encrypted channel to a clear one: what is said goes out in the clear."
            yield Hit(message, tuple(rows), ("encrypted", *about))
        if len({_is_military(row) for row in rows}) > 1:
            yield Hit(f"The patch {name} joins an FCC channel to a military one.", tuple(rows), ("military", *about))
    if sheet.context.patches is None:
        yield Unknown("the patches that gateways make")


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _says_patched(row: Row, other: Row) -> bool:
    said = _PATCHED.search(row.assignment.remarks)
    return said is not None and _is_named(other.name, said[1])


def _names(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row.name for row in rows))


def _is_military(row: Row) -> bool:
    channels = [one for one in (row.channel, row.standard) if one is not None]
    is_military = any(_MILITARY.search(f"{one.service} {one.eligibility}") for one in channels)
    return is_military or any(library.band(hz) == "UHF air" for _, hz in row.frequencies)


# ── P13 to P16: the period, the edition, the signature, the mark ─────────────


def period_times(sheet: Sheet) -> Iterator[Said]:
    """P13: from when until when the plan holds, and since when it exists."""
    period, zone = sheet.plan.period, sheet.plan.incident.time_zone
    called_period = f"Operational period {period.number}"
    if period.start_at is None or period.end_at is None:
        missing = " and no ".join(
            what for what, at in (("start", period.start_at), ("end", period.end_at)) if at is None
        )
        yield Hit(f"{called_period} has no {missing}.", (), ("not set", missing))
    if sheet.context.now is None:
        yield Unknown("the time now")
    elif period.end_at is not None and period.end_at <= sheet.context.now:
        yield Hit(f"{called_period} ended at {units.local_text(period.end_at, zone)}.", (), ("expired", period.end_at))
    if sheet.context.periods is None:
        yield Unknown("the other operational periods")
    for other in sheet.context.periods or ():
        if other.id != period.id and _overlap(period, other):
            message = f"{called_period} overlaps operational period {other.number}."
            yield Hit(message, (), ("overlap", *sorted((period.number, other.number))))
    prepared_at = period.prepared_at or sheet.plan.signed_at
    # A later revision is made during the period: only the first must be there before it begins.
    if (
        prepared_at is not None
        and period.start_at is not None
        and sheet.plan.revision == 1
        and prepared_at > period.start_at
    ):
        message = (
            f"The plan was prepared at {units.local_text(prepared_at, zone)}, after {called_period.lower()} began."
        )
        yield Hit(message, (), ("late", prepared_at, period.start_at))


def _overlap(one: Period, other: Period) -> bool:
    if one.start_at is None or one.end_at is None or other.start_at is None or other.end_at is None:
        return False
    return one.start_at < other.end_at and other.start_at < one.end_at


_NIFOG = re.compile(r"NIFOG (\d+)\.(\d+)")


def old_edition(sheet: Sheet) -> Iterator[Said]:
    """P14: copied from an older NIFOG than the library's."""
    for row in sheet.tuned:
        if row.standard is None:
            continue
        was, is_ = (_NIFOG.search(edition) for edition in (row.channel.edition, row.standard.edition))
        if was and is_ and (int(was[1]), int(was[2])) < (int(is_[1]), int(is_[2])):
            message = f"{row.called} comes from {was[0]}; the library has {is_[0]}."
            yield Hit(message, (row,), (row.key, was[0], is_[0]))


def not_prepared(sheet: Sheet) -> Iterator[Said]:
    """P15: block 6 and the date; an unsigned plan is dated when it is printed, so that alone is no error."""
    plan = sheet.plan
    if not (plan.period.prepared_by.strip() or plan.signed_by.strip()):
        yield Hit("The plan does not say who prepared it.", (), ("name",))
    if plan.period.prepared_at is None and plan.signed_at is None:
        yield Hit(
            "The plan is a draft: it is not signed and has no date prepared.",
            (),
            ("date",),
            Severity.INFO,
            "A draft is dated when it is printed, and carries DRAFT until it is signed.",
        )


_MARK = re.compile(
    r"sensitive|not for public|official use|\bFOUO\b|\bCUI\b|controlled unclassified|law enforcement only|restricted",
    re.IGNORECASE,
)


def no_mark(sheet: Sheet) -> Iterator[Said]:
    """P16: federal channels and telephone numbers are not for the public."""
    sensitive = [
        row
        for row in sheet.rows
        if needs_authority(row.channel, row.standard) in ("a federal channel", "in a federal band")
        or (row.channel.kind in (Kind.TELEPHONE, Kind.SATELLITE) and row.channel.address.strip())
    ]
    if sensitive and not _MARK.search(f"{sheet.context.header_mark}\n{sheet.plan.period.special_instructions}"):
        what = in_lines(row.number for row in sensitive)
        message = f"{what.capitalize()} should not be published, but the plan carries no mark that says so."
        yield Hit(message, tuple(sensitive), tuple(_keys(sensitive)))
