"""Plans to be checked, written as shortly as a COML thinks of them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from coml_toolkit import library, planning, units
from coml_toolkit.checks import Context
from coml_toolkit.model.channel import Channel, Direction, Mode
from coml_toolkit.model.plan import Incident, Line, Period, Plan

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
INCIDENT = Incident(id="incident", name="Stinking Creek Fire")
PERIOD = Period(
    id="period",
    incident_id="incident",
    number=1,
    start_at=START,
    end_at=START.replace(hour=23),
    prepared_at=START.replace(hour=10),
    prepared_by="Dana Whitfield",
)
EMPTY = Plan(incident=INCIDENT, period=PERIOD)
OF_LINE = {"function", "assignment", "remarks", "zone", "number"}


class Make:
    """Lines and plans: `make.plan(make.line("VTAC11", assignment="Division A"))`."""

    start_at = START
    period = PERIOD

    def line(self, channel: str | Channel, **values: Any) -> Line:
        """A line with the library's channel of that name, or one of its own, and some of its fields changed."""
        said = {"function": "Tactical", "assignment": "Division A"}
        said |= {name: values.pop(name) for name in list(values) if name in OF_LINE}
        if isinstance(channel, str):
            found = library.find(library.channels(), channel)
            assert found is not None, channel
            channel = found
        return planning.new_line(EMPTY, replace(channel, **values), **said)

    def own(self, name: str, rx: str = "", tx: str | None = None, **values: Any) -> Line:
        """A line with a channel of no library: simplex on `rx` MHz unless `tx` is given; "" is not known."""
        rx_hz, tx_hz = (units.parse_mhz(mhz) if mhz else None for mhz in (rx, rx if tx is None else tx))
        fields = {"direction": Direction.BOTH, "mode": Mode.ANALOG, "modulation": "FM", "bandwidth_hz": 12_500}
        fields |= {"rx_tone": units.parse_tone("156.7"), "tx_tone": units.parse_tone("156.7")}
        fields |= {"eligibility": "County"}
        channel = Channel(name=name, rx_hz=rx_hz, tx_hz=tx_hz, **fields)  # type: ignore[arg-type]
        return self.line(channel, **values)

    def plan(self, *lines: Line, revision: int = 1, signed_at: datetime | None = None, **period: Any) -> Plan:
        """These lines, in this order, in a period that is as it should be but for what is given."""
        placed = tuple(replace(line, assignment=replace(line.assignment, position=at)) for at, line in enumerate(lines))
        return replace(EMPTY, lines=placed, period=replace(PERIOD, **period), revision=revision, signed_at=signed_at)

    def all_known(self, **values: Any) -> Context:
        """Everything is known, and nothing special."""
        known: dict[str, Any] = {
            "now": START,
            "periods": (PERIOD,),
            "is_in_puerto_rico_or_usvi": False,
            "is_north_of_line_a": False,
            "is_in_vtac17_county": True,
            "divisions": (),
            "has_aircraft": False,
            "radios": (),
            "exports": (),
            "sites": (),
            "patches": (),
            "papers": (),
        }
        return Context(**(known | values))


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()
