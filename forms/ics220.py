"""ICS 220, Air Operations Summary: block 8 repeats the air nets of the radio plan."""

import re

from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Line, Plan
from coml_toolkit.model.sheet import is_private

from .blocks import CLOCK, foot, grid, incident, period, prepared, steps
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table

# ── which net of the plan is which row of block 8 ────────────────────────────

_FIXED = re.compile(r"fixed|tanker|airplane|aeroplane|seat\b|lead plane", re.IGNORECASE)
_ROTARY = re.compile(r"rotor|rotary|helicopter|heli\b|helo|flight follow", re.IGNORECASE)
_NETS = (  # the first that fits; what the function or the assignment says
    ("air_guard", re.compile(r"air ?guard", re.IGNORECASE)),
    ("takeoff", re.compile(r"take-?off|\btolc\b", re.IGNORECASE)),
    ("deck", re.compile(r"\bdeck\b", re.IGNORECASE)),
    (
        "air_ground",
        re.compile(r"air[ -]?(?:to[ -]?)?[/-]?ground|ground[ -]?(?:to[ -]?)?[/-]?air|\ba/?g\b", re.IGNORECASE),
    ),
    ("flight_following", re.compile(r"flight follow", re.IGNORECASE)),
    ("air_air", re.compile(r"air[ -]?(?:to[ -]?)?[/-]?air|\ba/?a\b", re.IGNORECASE)),
    ("command", re.compile(r"^command\b", re.IGNORECASE)),
)


def nets(line: Line) -> tuple[str, ...]:
    """The rows of block 8 that a line of the plan belongs in; an air-to-air net of no named aircraft, in both."""
    said = line.assignment
    for name, words in _NETS:
        texts = (said.function,) if name == "command" else (said.function, said.assignment)
        if not any(words.search(text) for text in texts):
            continue
        if name == "flight_following":
            return ("air_rotary",)
        if name != "air_air":
            return (name,)
        text = f"{said.function} {said.assignment} {said.remarks}"
        fixed, rotary = _FIXED.search(text), _ROTARY.search(text)
        if bool(fixed) == bool(rotary):
            return ("air_fixed", "air_rotary")
        return ("air_fixed",) if fixed else ("air_rotary",)
    return ()


def is_am(channel: Channel) -> bool:
    """An aviation channel, for the AM column."""
    hz = channel.rx_hz or channel.tx_hz or 0
    return channel.modulation == "AM" or 108_000_000 <= hz < 137_000_000


def value(channel: Channel) -> str:
    """What the narrow cell says, line by line: name, frequencies and tones as on the 205; R receives, T transmits."""
    if channel.kind is not Kind.CONVENTIONAL:
        return f"{channel.name}\n{units.across_text(channel)}".strip()
    rx, tx = units.rx_text(channel), units.tx_text(channel)
    rx_tone, tx_tone = units.rx_tone_text(channel), units.tx_tone_text(channel)
    if (rx, rx_tone) == (tx, tx_tone):
        return f"{channel.name}\n{rx}" if rx_tone == "CSQ" else f"{channel.name}\n{rx}\n{rx_tone}"
    if rx == tx:
        return f"{channel.name}\n{rx}\nR {rx_tone} T {tx_tone}"
    if tx == "RX only":
        return f"{channel.name}\n{rx} {rx_tone}\n{tx}"
    return f"{channel.name}\nR {rx} {rx_tone}\nT {tx} {tx_tone}"


def _fill(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    said: dict[str, list[str]] = {}
    private: set[str] = set()
    for line in plan.lines:
        for net in nets(line):
            name = f"{net}_{'am' if is_am(line.channel) else 'fm'}"
            said.setdefault(name, []).append(value(line.channel))
            if is_private(line.channel):
                private.add(name)
    return typed.over(Said({name: "\n".join(texts) for name, texts in said.items()}, private=private))


# ── the form ─────────────────────────────────────────────────────────────────

_LINES = (175.2, 203.8, 232.2, 259.7, 291.2, 318.7, 346.2, 374.2)
_ROWS = (
    ("air_fixed", "Air/Air Fixed-Wing"),
    ("air_rotary", "Air/Air Rotary-Wing – Flight Following"),
    ("air_ground", "Air/Ground"),
    ("command", "Command"),
    ("deck", "Deck Coordinator"),
    ("takeoff", "Take-Off & Landing Coordinator"),
    ("air_guard", "Air Guard"),
)
_PEOPLE = (
    ("branch_director", "Air Operations Branch Director"),
    ("support_supervisor", "Air Support Group Supervisor"),
    ("tactical_supervisor", "Air Tactical Group Supervisor"),
    ("helicopter_coordinator", "Helicopter Coordinator"),
    ("helibase_manager", "Helibase Manager"),
)
_FOOT = ((160.2, 311.8), (380.6, 540), (595.7, 751))


def _row(number: int) -> tuple[float, float]:
    return _LINES[number] + 0.6, _LINES[number + 1] - 0.6


def _frequencies() -> list[Field]:
    return [
        Field(
            f"{name}_{column}",
            f"8. {label}, {column.upper()}",
            (left + 1, _row(number)[0], right - 1, _row(number)[1]),
            Entry.TEXT,
            "Comes from the radio plan unless something is typed.",
            size=9,
            floor=5.5,
            align=CENTRED,
        )
        for number, (name, label) in enumerate(_ROWS)
        for column, left, right in (("am", 441, 495), ("fm", 495, 548.4))
    ]


def _people() -> list[Field]:
    found = []
    for number, (name, label) in enumerate(_PEOPLE, start=2):
        top, bottom = _row(number)
        found += [
            Field(f"{name}_name", f"7. {label}, Name", (142, top, 237.5, bottom)),
            Field(f"{name}_phone", f"7. {label}, Phone Number", (240.8, top, 336, bottom), is_contact=True),
        ]
    return found


def _aircraft() -> list[Field]:
    found = []
    for name, label, first, last in (
        ("tactical_aircraft", "9. Air Tactical Group Supervisor Aircraft", 1, 2),
        ("other_aircraft", "9. Other Fixed-Wing Aircraft", 4, 6),
    ):
        for number in range(first, last + 1):
            top, bottom = _row(number)
            place = number - first + 1
            found.append(Field(f"{name}_{place}", f"{label}, {place}", (552, top, 753.5, bottom)))
    return found


ICS220 = Form(
    number="ICS 220",
    title="Air Operations Summary",
    help="Block 8 is filled from the air nets and the command net of the radio plan.",
    pages=(Page("ics220-1"), Page("ics220-2")),
    fill=_fill,
    repeats_plan=True,
    overflow="remarks",
    fields=(
        incident((42, 71.5, 248.4, 100.2), again=((2, (41.8, 71.5, 248.1, 100.2)),)),
        *period(
            grid((311.4, 399.7), (443.7, 546), (71, 84.2), (86.5, 99.7)),
            again={2: grid((311.4, 399.7), (443.7, 564), (71, 84.2), (86.5, 99.7))},
        ),
        Field("sunrise", "3. Sunrise", (554.8, 72, 641, 100), Entry.TIME, CLOCK, again=((2, (572.8, 72, 660, 100)),)),
        Field("sunset", "3. Sunset", (648, 72, 753.5, 100), Entry.TIME, CLOCK, again=((2, (666, 72, 753.5, 100)),)),
        Field(
            "remarks",
            "4. Remarks (safety notes, hazards, air operations special equipment, etc.)",
            (41.7, 127, 334, 203),
            Entry.TEXT,
            floor=6.5,
        ),
        Field("medivac", "5. Ready Alert Aircraft, Medivac", (388, 117, 547, 130)),
        Field("new_incident", "5. Ready Alert Aircraft, New Incident", (412, 132.4, 547, 145.4)),
        Field("altitude", "6. Temporary Flight Restriction, Altitude", (597, 117, 753.5, 130), help="And its number."),
        Field("center_point", "6. Temporary Flight Restriction, Center Point", (613, 132.4, 753.5, 145.4)),
        *_people(),
        *_frequencies(),
        *_aircraft(),
        *prepared(
            "11",
            foot((520.6, 533.3), *_FOOT, (384.2, 539.2, 750.2, 551.9)),
            again={2: foot((515.2, 527.9), *_FOOT, (384.2, 533.9, 750.2, 546.4))},
        ),
    ),
    tables=(
        Table(
            "helicopters",
            "10. Helicopters",
            rules={1: steps(406.7, 15.99, 7, 518.5)},
            columns=(
                Column("number", "FAA N#", (36.8, 138.8)),
                Column("kind", "Category/Kind/Type", (138.8, 241.7)),
                Column("make", "Make/Model", (241.7, 344.5)),
                Column("base", "Base", (344.5, 447.4)),
                Column("available", "Available", (447.4, 550.2), Entry.DATE_TIME, CLOCK),
                Column("start", "Start", (550.2, 653.1), Entry.DATE_TIME, CLOCK),
                Column("remarks", "Remarks", (653.1, 755)),
            ),
        ),
        Table(
            "tasks",
            "12. Task/Mission/Assignment",
            rules={2: steps(145.2, 16, 23, 513)},
            columns=(
                Column("kind", "Category/Kind/Type and Function", (36.8, 175.8)),
                Column(
                    "who",
                    "Name of Personnel or Cargo or Instructions for Tactical Aircraft",
                    (175.8, 507.7),
                    spills=True,
                ),
                Column("start", "Mission Start", (507.7, 567), Entry.TIME, CLOCK),
                Column("from", "Fly From", (567, 661.6)),
                Column("to", "Fly To", (661.6, 755.2)),
            ),
        ),
    ),
)
