"""coml incident: incidents, their operational periods, and which one a command is about."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit import planning

Coml = Callable[..., Any]


def periods(coml: Coml, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coml("incident", "show", *more, "--json").document["periods"]
    return found


def test_times_are_local_and_kept_in_utc(coml: Coml, incident: Path) -> None:
    (period,) = periods(coml)
    assert (period["start_at"], period["end_at"]) == ("2026-11-22T11:00:00Z", "2026-11-22T23:00:00Z")
    assert "2026-11-22 06:00" in coml("incident", "show").out


def test_without_times_it_is_the_next_12_hours_and_said_aloud(coml: Coml) -> None:
    before = planning.now()
    done = coml("incident", "new", "Flood", "--time-zone", "America/New_York")
    assert "next 12 hours" in done.err
    assert "operational period 1, " in done.out
    (period,) = periods(coml)
    start, end = (datetime.fromisoformat(period[name]) for name in ("start_at", "end_at"))
    assert end - start == timedelta(hours=12)
    assert timedelta(0) <= before - start < timedelta(minutes=62)
    assert start.minute == 0


def test_the_time_zone_is_this_computers_and_said_aloud(coml: Coml, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/Denver")
    done = coml("incident", "new", "Flood", "--from", "2026-07-01 06:00", "--to", "2026-07-01 18:00")
    assert "America/Denver" in done.err
    (period,) = periods(coml)
    assert period["start_at"] == "2026-07-01T12:00:00Z"


def test_a_computer_without_a_time_zone_must_be_told(
    coml: Coml, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def confuse() -> str:
        raise LookupError("two settings contradict each other")

    monkeypatch.setattr("tzlocal.get_localzone_name", confuse)
    refused(coml("incident", "new", "Flood"), "time zone", "--time-zone America/New_York")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-22 18:00", "2026-11-22 06:00", "ends before it starts"),
        ("2026-11-22 06:00", "2026-11-22 06:00", "ends when it starts"),
        ("2026-11-22 06:00", "2027-11-22 18:00", "longer than a month"),
        ("2026-02-30 06:00", "2026-03-01 06:00", "not a date and time that exists"),
        ("2026-11-22 6 am", "2026-11-22 18:00", "not a date and time"),
        ("2026-11-22", "2026-11-23", "not a date and time"),
        ("22/11/2026 0600", "22/11/2026 1800", "not a date and time that exists"),
        ("2026-03-08 02:30", "2026-03-08 12:00", "does not exist in America/New_York"),
        ("2026-11-01 01:30", "2026-11-01 12:00", "happens twice in America/New_York"),
    ],
)
def test_an_impossible_period_is_refused(
    coml: Coml, incident: Path, start: str, end: str, words: str, refused: Callable[..., None]
) -> None:
    times = ("--from", start, "--to", end)
    refused(coml("incident", "new", "Flood", "--time-zone", "America/New_York", *times), words)
    refused(coml("incident", "copy-forward", *times), words)
    refused(coml("incident", "times", *times), words)
    assert len(coml("incident", "list", "--json").document) == 1
    assert len(periods(coml)) == 1


def test_one_time_alone_is_wrong_usage_and_unknown_is_legal(coml: Coml, incident: Path) -> None:
    assert coml("incident", "copy-forward", "--from", "2026-11-22 18:00").code == 2
    assert coml("incident", "copy-forward", "--from", "2026-11-22 18:00", "--to", "unknown").code == 0
    assert periods(coml)[-1]["end_at"] is None
    assert coml("incident", "copy-forward").code == 0  # from what is not known follows what is not known
    assert periods(coml)[-1]["start_at"] is None


def test_a_wrong_time_zone_is_refused(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    refused(coml("incident", "new", "Flood", "--time-zone", "Tennessee"), "“Tennessee” is not a time zone")
    refused(coml("incident", "set", "--time-zone", "Tennessee"), "“Tennessee” is not a time zone")
    refused(coml("incident", "new", " ", "--time-zone", "UTC"), "needs a name")


def test_copy_forward_follows_on_and_the_copies_part(coml: Coml, incident: Path) -> None:
    coml("plan", "add", "VTAC11", "--function", "Tactical")
    done = coml("incident", "copy-forward")
    assert "operational period 2, 2026-11-22 18:00 to 2026-11-23 06:00 America/New_York" in done.out
    coml("plan", "set", "1", "--function", "Command")
    assert coml("plan", "list", "--period", "1", "--json").document["lines"][0]["function"] == "Tactical"
    assert coml("plan", "list", "--json").document["lines"][0]["function"] == "Command"


def test_details_and_times_can_be_changed(coml: Coml, incident: Path) -> None:
    done = coml("incident", "set", "--name", "Bear Fork", "--number", "TN-7", "--place", "Cove", "--exercise", "--json")
    shown = done.document["incident"]
    assert (shown["name"], shown["number"], shown["place"], shown["is_exercise"]) == ("Bear Fork", "TN-7", "Cove", True)
    assert "Nothing to change" in coml("incident", "set", "--place", "Cove").out
    coml("incident", "times", "--to", "2026-11-22 20:00", "--due", "2026-11-22 05:00")
    (period,) = periods(coml)
    assert (period["end_at"], period["due_at"]) == ("2026-11-23T01:00:00Z", "2026-11-22T10:00:00Z")
    assert coml("incident", "set").code == 2
    assert coml("incident", "times").code == 2


def test_a_closed_incident_can_be_read_but_not_closed_again(
    coml: Coml, incident: Path, refused: Callable[..., None]
) -> None:
    assert coml("incident", "close", "--json").document["incident"]["closed_at"].endswith("Z")
    refused(coml("incident", "close"), "closed already")
    assert coml("plan", "list").code == 0
    assert "Bear Creek Fire is closed." in coml("plan", "add", "VTAC11").err


# ── which one ────────────────────────────────────────────────────────────────


def test_without_a_name_it_is_the_newest_that_is_not_closed(coml: Coml, incident: Path) -> None:
    coml("incident", "new", "Flood", "--time-zone", "UTC")
    assert coml("plan", "list", "--json").document["incident"] == "Flood"
    coml("incident", "close", "--incident", "Flood")
    assert coml("plan", "list", "--json").document["incident"] == "Bear Creek Fire"


def test_an_incident_is_named_by_name_or_number(coml: Coml, incident: Path) -> None:
    coml("incident", "new", "Flood", "--number", "TN-7", "--time-zone", "UTC")
    for name in ("bear creek fire", " Bear Creek Fire "):
        assert coml("plan", "list", "--incident", name, "--json").document["incident"] == "Bear Creek Fire"
    assert coml("plan", "list", "--incident", "tn-7", "--json").document["incident"] == "Flood"


def test_a_name_that_fits_two_is_an_error_that_lists_them(coml: Coml, incident: Path) -> None:
    done = coml("incident", "new", "bear creek fire", "--number", "TN-8", "--time-zone", "UTC")
    assert "another incident called Bear Creek Fire" in done.err
    for command in (("plan", "list"), ("form", "205", "-o", "x.pdf"), ("incident", "close")):
        ambiguous = coml(*command, "--incident", "Bear Creek Fire")
        assert ambiguous.code == 2
        assert "2 incidents" in ambiguous.err
        assert "TN-8" in ambiguous.err
        first, second = ambiguous.err.splitlines()[1:]
        assert re.search(r"number none, opened \d{4}-\d\d-\d\d \d\d:\d\d, id ", first)
        assert "number TN-8, opened " in second
    ids = [one["id"] for one in coml("incident", "list", "--json").document]
    assert coml("plan", "list", "--incident", ids[0], "--json").document["incident"] == "Bear Creek Fire"


def test_what_is_not_there_is_refused_with_what_is(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    refused(coml("plan", "list", "--incident", "Bear"), "no incident “Bear”", "“Bear Creek Fire”")
    refused(coml("plan", "list", "--period", "7"), "no operational period 7", "It has 1.")
    assert coml("plan", "list", "--period", "0").code == 2
    assert coml("plan", "list", "--period", "two").code == 2


def test_an_empty_unit_says_how_to_start(coml: Coml, refused: Callable[..., None]) -> None:
    assert coml("incident", "list", "--json").document == []
    refused(coml("plan", "list"), "no incident", "coml incident new")
