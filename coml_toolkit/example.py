"""The incident of “Try the example” and `coml demo`: invented, near Jacksboro, Tennessee.

Made through the same doors as a real one (`planning`, `Store.replace`), so that its history reads like a shift's work:
two operational periods signed, the second signed 205 of the first after interference, and a third being changed. Its
filled-in forms are in the third period, but for the activity log of the first day.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from . import library, paper, planning, sheets, units
from .model.channel import Channel, Encryption, Kind, Mode
from .model.plan import RADIO_KINDS, Incident, Line, Period, Plan
from .model.sheet import Sheet
from .planning import Change
from .store import Store, create_store

# Fixed, so that two runs give the same 205 byte for byte; no Jacksboro clock changes near it.
FIRST_DAY = date(2026, 11, 21)
ZONE = "America/New_York"
DAY, NIGHT = "Dana Whitfield", "Luis Ortega"  # the two Communications Unit Leaders

_EXAMPLE = "EXAMPLE, made up."
_OWN = (
    Channel(
        name="CAMPBELL OPS 1",
        kind=Kind.TALKGROUP,
        service="Campbell County (example)",
        eligibility="By agreement with the owner of the system",
        mode=Mode.DIGITAL,
        modulation="P25 trunked",
        encryption=Encryption.NOT_ALLOWED,
        system="EXAMPLE County P25 System",
        talkgroup_id=4101,
        remarks=_EXAMPLE,
    ),
    Channel(
        name="ICP-NET",
        kind=Kind.DATA,
        service="Incident data (example)",
        system="Wi-Fi over LTE",
        address="SSID ICP-NET",
        remarks=_EXAMPLE,
    ),
    Channel(
        name="UAS VIDEO",
        kind=Kind.VIDEO,
        service="Incident data (example)",
        system="Drone downlink",
        address="rtsp://192.0.2.20/uas",  # RFC 5737: an address that is nobody's
        remarks=_EXAMPLE,
    ),
    Channel(
        name="SAT-1",
        kind=Kind.SATELLITE,
        service="Telephones (example)",
        system="Satellite telephone",
        address="423-555-0142",  # 555-01xx: a number that is nobody's
        remarks=_EXAMPLE,
    ),
)


class _Use(NamedTuple):
    """One line as a COML thinks of it."""

    zone: str
    function: str
    channel: str
    assignment: str
    remarks: str = ""


# VTAC36 receives on VTAC11's frequency and transmits on VTAC14's: beside it only VTAC12 and VTAC13 are free.
_FIRST = (
    _Use("1", "Command", "VTAC36", "All divisions", "Repeater on Cross Mountain. Tones differ: TX 136.5"),
    _Use("1", "Tactical", "VTAC12", "Division A", "Simplex. Stinking Creek"),
    _Use("1", "Tactical", "VFIRE26", "Division B", "Simplex. Pine Mountain"),
    _Use("1", "Law", "VLAW31", "Evacuation Group", "County's license. Road blocks at I-75 exit 144"),
    _Use("1", "Medical", "VMED29", "Medical Group", "County's license"),
    _Use("1", "Calling", "VCALL10", "Arriving units", "Guarded by the ICC at all times"),
    _Use("2", "Weather", "NOAA 162.475", "All", "Fire weather warnings"),
    _Use("2", "Amateur", "HAM 2M CALL", "Shelter", "Licensed amateurs only. Jacksboro shelter"),
    _Use("", "Satellite", "SAT-1", "IC to county EOC", _EXAMPLE),
)
_SECOND = (
    _Use("1", "Tactical", "VFIRE22", "Division C", "County's license; local users first"),
    _Use("1", "Calling", "7CALL50", "Arriving 700 units", "Guarded by the ICC at all times"),
    _Use("2", "Support", "CAMPBELL OPS 1", "Staging", "EXAMPLE system, made up. Cove Lake State Park"),
    _Use("", "Data", "ICP-NET", "Staff at the ICP", "EXAMPLE. Password from the Communications Unit"),
)
_THIRD = (
    _Use("2", "Air-to-ground", "7AG88D", "Helispot", "EXAMPLE: needs state approval. Cove Lake"),
    _Use("2", "Air-to-air", "MULTICOM 122.900", "Helicopters", "Aircraft radios only"),
)
_AFTER_SIGNING = _Use("", "Video", "UAS VIDEO", "Planning", "EXAMPLE. Drone over Division C")

_INSTRUCTIONS = (
    "EMERGENCY TRAFFIC goes first: say “Emergency traffic” on your tactical channel; everybody else is silent until "
    "the ICC clears it. Plain language, no codes. Arriving units call the ICC on VCALL10 before they drive in. If the "
    "repeater on Cross Mountain fails, Command moves to VTAC12. Spare: {spare}. Radio trouble: ICC, 423-555-0117.\n"
    "EXAMPLE, an invented incident: being listed here authorizes nobody to transmit."
)

_POOL = ("VCALL10", "VTAC11", "VTAC12", "VTAC13", "VTAC14", "VTAC36", "UCALL40", "UTAC42D", "UTAC43D", "7CALL50")
_LOG = "ICS 214"  # of the first day
_DAYS = {"11/21": 0, "11/22": 1, "11/23": 1, "11/24": 2, "12/05": 14}  # as typed in the forms, after the first day
_DATE = re.compile(r"\b(11/2[1-4]|12/05)\b(/2026)?")


def example_forms(incident: Incident, first: Period, current: Period, first_day: date = FIRST_DAY) -> list[Sheet]:
    """The filled-in forms: of the current period, the log of the first one, and 217As of the incident as a whole."""

    def moved(text: str) -> str:
        return _DATE.sub(lambda found: _day(first_day, _DAYS[found[1]], has_year=bool(found[2])), text)

    made_at = units.parse_time(f"{first_day + timedelta(days=1)} 08:30", ZONE)
    typed = []
    for sheet in sheets.example_sheets(incident.id, current.id, made_at):
        sheet = replace(sheet, fields=moved(sheet.fields), rows=moved(sheet.rows))
        if sheet.form == _LOG:
            sheet = replace(sheet, period_id=first.id, made_at=units.parse_time(f"{first_day} 03:10", ZONE))
        typed.append(sheet)
    pool = [channel for name in _POOL if (channel := library.find(library.channels(), name)) is not None]
    return [*typed, *sheets.pool_sheets((*pool, *_OWN), incident.id, description="EXAMPLE, channels for the fire")]


def _day(first_day: date, after: int, *, has_year: bool) -> str:
    return f"{first_day + timedelta(days=after):{'%m/%d/%Y' if has_year else '%m/%d'}}"


def make_example(path: Path, who: str = "", *, first_day: date = FIRST_DAY) -> Path:
    """Make a unit file with the example in it; `who` has the draft of the third period in hand."""
    with create_store(path, name="Campbell County Communications Unit (example)") as store:
        _Shift(store, first_day).work(who or DAY)
    return path


class _Shift:
    """What three operational periods of a COML's work do to a unit file."""

    def __init__(self, store: Store, first_day: date) -> None:
        self._store = store
        self._first_day = first_day
        self._period_id = ""

    def work(self, who: str) -> None:
        """All of it, in the order it happened."""
        self._store.who = DAY
        for channel in _OWN:
            self._do(Change([], [channel], f"Add {channel.name} to the library"))
        incident = Incident(
            name="Stinking Creek Fire",
            number="TN-CAM-260417",
            place="Stinking Creek, north of Jacksboro, Tennessee (example)",
            time_zone=ZONE,
            opened_at=self._at(0, "02:40"),
        )
        self._do(planning.new_incident(incident, self._at(0, "06:00"), self._at(0, "18:00")))
        self._period_id = self._store[Period].where(incident_id=incident.id)[-1].id
        self._add(_FIRST)
        self._prepare(DAY, due_at=self._at(0, "05:00"), spare="VTAC13")
        self._sign(DAY, self._at(0, "04:35"))
        division_b = self._line("VFIRE26")
        self._do(planning.use_channel(division_b, self._known("VTAC13")))
        self._do(self._remark("VTAC13", "Simplex. Pine Mountain. Was VFIRE26: interference"))
        self._prepare(DAY, spare="UTAC42D (UHF), not VFIRE26 (interference)")
        self._sign(DAY, self._at(0, "10:20"))

        self._store.who = NIGHT
        self._forward(self._at(0, "18:00"), self._at(1, "06:00"))
        self._add(_SECOND)
        self._do(self._remark("VTAC13", "Simplex. Pine Mountain"))
        self._prepare(NIGHT, due_at=self._at(0, "17:00"), spare="UTAC42D (UHF), not VFIRE26 (interference)")
        self._sign(NIGHT, self._at(0, "16:45"))

        self._store.who = DAY
        self._forward(self._at(1, "06:00"), self._at(1, "18:00"))
        self._add(_THIRD)
        self._prepare(DAY, due_at=self._at(1, "05:00"), spare="UTAC42D (UHF), not VFIRE26 (interference)")
        self._fill_in_forms(incident)
        self._sign(DAY, self._at(1, "04:30"))
        printed = paper.printed(self._plan(), None, "ICS 205", self._at(1, "04:35"))
        self._do(printed, can_undo=False)

        self._store.who = who
        self._add([_AFTER_SIGNING])
        division_c = self._line("VFIRE22")
        self._do(
            planning.change_line(
                division_c, assignment=replace(division_c.assignment, assignment="Division C, Structures")
            )
        )
        self._prepare(
            DAY, spare="UTAC42D and UTAC43D (UHF), not VFIRE26 (interference)", prepared_at=self._at(1, "08:10")
        )

    def _plan(self) -> Plan:
        return self._store.plan(self._period_id)

    def _do(self, change: Change, *, can_undo: bool = True) -> None:
        self._store.replace(*change, can_undo=can_undo)

    def _at(self, day: int, time: str) -> datetime:
        return units.parse_time(f"{self._first_day + timedelta(days=day)} {time}", ZONE)

    def _known(self, name: str) -> Channel:
        channel = library.find((*_OWN, *library.channels()), name)
        assert channel is not None, name
        return channel

    def _line(self, name: str) -> Line:
        return next(line for line in self._plan().lines if line.channel.name == name)

    def _add(self, uses: Iterable[_Use]) -> None:
        for zone, function, name, assignment, remarks in uses:
            plan, channel = self._plan(), self._known(name)
            values: dict[str, None] = {} if channel.kind in RADIO_KINDS else {"number": None}
            line = planning.new_line(
                plan, channel, zone=zone, function=function, assignment=assignment, remarks=remarks, **values
            )
            # Below its zone's others: radios that are out keep the numbers they were programmed with.
            places = [place for place, other in enumerate(plan.lines, 1) if other.assignment.zone == zone]
            self._do(planning.add_lines(plan, [line], position=max(places, default=None)))

    def _remark(self, name: str, remarks: str) -> Change:
        line = self._line(name)
        return planning.change_line(line, assignment=replace(line.assignment, remarks=remarks))

    def _prepare(self, name: str, *, spare: str, **times: datetime) -> None:
        instructions = _INSTRUCTIONS.format(spare=spare)
        self._do(
            planning.change_period(self._plan().period, special_instructions=instructions, prepared_by=name, **times)
        )

    def _fill_in_forms(self, incident: Incident) -> None:
        first, *_, current = self._store[Period].where(incident_id=incident.id)
        filled = example_forms(incident, first, current, self._first_day)
        self._do(Change([], filled, f"Fill in {len(filled)} forms"))

    def _sign(self, name: str, at: datetime) -> None:
        self._do(planning.sign(self._plan(), name, at), can_undo=False)

    def _forward(self, start_at: datetime, end_at: datetime) -> None:
        plan = self._plan()
        periods = self._store[Period].where(incident_id=plan.incident.id)
        self._do(planning.copy_forward(plan, periods, start_at, end_at))
        self._period_id = self._store[Period].where(incident_id=plan.incident.id)[-1].id
