"""A real 217A, and what its owners made of it for CHIRP, RT Systems and Icom."""

import csv
import re
from dataclasses import fields
from pathlib import Path

import pytest

from coml_toolkit import units
from coml_toolkit.exchange import read
from coml_toolkit.model.channel import Channel, Mode

WORKSHEET = "seattle_acs_217a_2024.csv"


def test_every_row_with_a_frequency_is_a_channel_and_nothing_else_is(real_lists: Path) -> None:
    with (real_lists / WORKSHEET).open(encoding="utf-8", newline="") as file:
        rows = {number: row for number, row in enumerate(csv.reader(file), 1) if any(row)}
    tuned = {number: row for number, row in rows.items() if re.fullmatch(r"\d+\.\d+", row[4])}
    found = read.read(real_lists / WORKSHEET)
    assert len(tuned) == 278
    assert {row.number for row in found.rows} == set(tuned)
    assert {one.number for one in found.passed} == set(rows) - set(tuned)
    assert found.refused == []
    for row in found.rows:
        channel, said = row.channel, tuned[row.number]
        assert channel is not None
        assert (channel.name, channel.rx_hz, channel.tx_hz) == (
            said[2].strip(), units.parse_mhz(said[4]), units.parse_mhz(said[7]),
        )  # fmt: skip


def test_no_value_is_invented(real_lists: Path) -> None:
    """A tone, a width and a mode are there only where the cell says so."""
    with (real_lists / WORKSHEET).open(encoding="utf-8", newline="") as file:
        rows = dict(enumerate(csv.reader(file), 1))
    for row in read.read(real_lists / WORKSHEET).rows:
        channel, said = row.channel, rows[row.number]
        assert channel is not None
        for tone, cell in ((channel.rx_tone, said[6]), (channel.tx_tone, said[9])):
            bare = cell.rstrip("†")
            if re.fullmatch(r"\d{2,3}(\.\d)?", bare):
                assert tone.ctcss_dhz == round(float(bare) * 10)
            elif bare == "CSQ":
                assert tone.is_csq
            elif bare == "D172":
                assert (tone.dcs, tone.is_dcs_inverted) == (172, False)
                assert any("no polarity" in one for one in row.assumed)
            else:
                assert re.match(r"(CC|TS)\d", bare)
                assert not tone.is_known
                assert bare in channel.remarks
        assert channel.bandwidth_hz == (12_500 if said[5] == "N" else None)  # W may be 20 or 25 kHz
        expected = {"A": Mode.ANALOG, "D": Mode.DIGITAL, "MF": Mode.MIXED, "MP": Mode.MIXED, "": Mode.UNKNOWN}
        assert channel.mode is expected[said[10]]


def test_the_two_metre_rows_are_what_their_owners_put_into_chirp(real_lists: Path) -> None:
    worksheet = {one.name: one for one in read.read(real_lists / WORKSHEET, wide_hz=25_000).channels}
    chirp = {one.name: one for one in read.read(real_lists / "seattle_acs_chirp_2m.csv").channels}
    differences = {
        name: {
            field.name: (getattr(worksheet[name], field.name), getattr(channel, field.name))
            for field in fields(Channel)
            if field.name not in {"id", "source"}
            and getattr(worksheet[name], field.name) != getattr(channel, field.name)
        }
        for name, channel in chirp.items()
        if name in worksheet
    }
    told = {name: set(changed) for name, changed in differences.items() if changed}
    assert told == {
        # The repeater moved from Tiger to Cougar Mountain, with another tone, after the worksheet of January 2024.
        "V41KCA": {"tx_tone", "remarks"},
        # A sentence was added to the remark.
        "V46MSV": {"remarks"},
        # The worksheet says CSQ to receive; CHIRP's DTCS expects the code that it sends.
        "V71SLY": {"rx_tone"},
        # It moved to 146.925 narrow, with another tone.
        "V72SGF": {"rx_hz", "tx_hz", "tx_tone", "bandwidth_hz"},
    }
    assert set(chirp) - set(worksheet) == {"V87SIS", "V88BEL"}  # newer than the worksheet
    assert len(chirp) == 46


def test_a_bare_w_is_the_only_thing_the_worksheet_leaves_open(real_lists: Path) -> None:
    open_, chosen = (read.read(real_lists / WORKSHEET, wide_hz=hz).channels for hz in (None, 25_000))
    differing = {
        field.name
        for one, other in zip(open_, chosen, strict=True)
        for field in fields(Channel)
        if field.name != "id" and getattr(one, field.name) != getattr(other, field.name)
    }
    assert differing == {"bandwidth_hz"}


TUNED = ("rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode", "modulation", "direction")


@pytest.mark.parametrize(("other", "unlike"), [("seattle_acs_rt_2m.csv", {}), ("seattle_acs_icom_2m.csv", {"V72SGF"})])
def test_three_programs_were_told_the_same(real_lists: Path, other: str, unlike: set[str]) -> None:
    chirp = {one.name: one for one in read.read(real_lists / "seattle_acs_chirp_2m.csv").channels}
    theirs = {one.name.split()[0]: one for one in read.read(real_lists / other).channels}
    assert set(theirs) == set(chirp)
    differing = {name for name, one in chirp.items() if any(getattr(one, f) != getattr(theirs[name], f) for f in TUNED)}
    assert differing == set(unlike)  # their Icom file has FM on a channel that the others have narrow


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        (WORKSHEET, "217a", 278), ("seattle_acs_chirp_2m.csv", "chirp", 46),
        ("seattle_acs_chirp_70cm.csv", "chirp", 68),
        ("seattle_acs_chirp_data.csv", "chirp", 94), ("seattle_acs_rt_2m.csv", "rtsystems", 46),
        ("seattle_acs_icom_2m.csv", "icom", 46),
    ],
)  # fmt: skip
def test_each_list_is_known_for_what_it_is(real_lists: Path, name: str, kind: str, count: int) -> None:
    guess = read.guess_kind(real_lists / name)
    assert guess.kind == kind
    assert name in guess.words
    found = read.read(real_lists / name)
    assert (len(found.channels), found.refused) == (count, [])
