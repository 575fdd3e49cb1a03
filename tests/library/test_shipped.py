"""The channels that ship: all there, exactly as their source says, and a changed digit is noticed."""

import csv
import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from coml_toolkit import library, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import Channel, Direction, Encryption, Kind, Mode, problems
from resources import path

CHECKOUT = Path(__file__).parents[2]
SOURCE = CHECKOUT.parent / "shared" / "reference" / "channels_us_interop.csv"
SOURCE_TONES = {
    "": "unknown",
    "per owner": "unknown",
    "156.7 or NAC $F7E": "156.7 / $F7E",
    "156.7 or NAC $293": "156.7 / $293",
}
SOURCE_MODES = {
    "FM-N": (Mode.ANALOG, "FM"),
    "FM-W": (Mode.ANALOG, "FM"),
    "AM": (Mode.ANALOG, "AM"),
    "P25": (Mode.DIGITAL, "P25"),
    "P25 trunked": (Mode.DIGITAL, "P25 trunked"),
    "DSC": (Mode.DIGITAL, "DSC"),
    "FM-N / P25": (Mode.MIXED, "FM / P25"),
}


def named(name: str) -> Channel:
    found = [channel for channel in library.channels() if channel.name == name]
    assert len(found) == 1
    return found[0]


def tuned(name: str) -> tuple[str, str, str, str, str]:
    """RX, its tone, TX, its tone, kHz, as a person would read them aloud."""
    one = named(name)
    return (
        "" if one.rx_hz is None else units.mhz(one.rx_hz),
        units.rx_tone_text(one),
        "" if one.tx_hz is None else units.mhz(one.tx_hz),
        units.tx_tone_text(one),
        "" if one.bandwidth_hz is None else units.khz(one.bandwidth_hz),
    )


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# ── complete ─────────────────────────────────────────────────────────────────


def test_all_355_channels_of_26_services_ship() -> None:
    assert len(library.channels()) == 355
    assert len(library.services()) == 26
    assert Counter(channel.service for channel in library.channels()) == {
        "VHF interop": 11,
        "UHF interop": 8,
        "700 interop": 64,
        "800 interop": 10,
        "VHF low band interop": 8,
        "VHF interop (inland)": 2,
        "VHF mutual aid": 11,
        "UHF medical": 40,
        "700 air-ground": 16,
        "700 low power itinerant": 6,
        "700 deployable trunked (nationwide)": 6,
        "Federal Incident Response VHF": 10,
        "Federal Incident Response UHF": 10,
        "Federal Law Enforcement VHF": 10,
        "Federal Law Enforcement UHF": 10,
        "Federal fire aviation": 2,
        "Air SAR": 3,
        "Aviation distress": 1,
        "Air SAR (mil/USCG)": 2,
        "Marine VHF": 39,
        "NOAA Weather Radio": 7,
        "MURS": 5,
        "FRS/GMRS": 22,
        "GMRS repeater": 8,
        "CB": 40,
        "Amateur": 4,
    }


def test_every_list_in_the_folder_is_loaded() -> None:
    lists = [library.load(file) for file in path("channels").glob("*.csv")]
    assert {channels[0].service for channels in lists} == set(library.services())
    assert sum(map(len, lists)) == len(library.channels())


@pytest.mark.parametrize("service", library.services())
def test_a_service_has_a_list_of_its_own(service: str) -> None:
    channels = library.channels(service)
    assert channels
    assert {channel.service for channel in channels} == {service}


def test_the_services_come_in_their_order_with_interoperability_first() -> None:
    order = list(dict.fromkeys(channel.service for channel in library.channels()))
    assert order == list(library.services())
    assert order[:4] == ["VHF interop", "UHF interop", "700 interop", "800 interop"]


def test_a_service_may_be_named_by_its_file_or_in_another_case() -> None:
    weather = library.channels("NOAA Weather Radio")
    assert library.channels("noaa") == weather
    assert library.channels("noaa weather radio") == weather


def test_a_service_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(InputError, match="no service “VHF”") as caught:
        library.channels("VHF")
    assert "VHF interop" in caught.value.hint


def test_the_sentence_that_nobody_is_authorized_is_in_the_readme_too() -> None:
    assert library.AUTHORIZES_NOBODY == "Being listed here authorizes nobody to transmit."
    assert library.AUTHORIZES_NOBODY in path("channels", "README.md").read_text(encoding="utf-8")


# ── as the source says ───────────────────────────────────────────────────────


@pytest.mark.skipif(not SOURCE.exists(), reason="the source of the channel lists is not beside this checkout")
def test_every_channel_is_field_by_field_what_its_source_says() -> None:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert set(rows) == {channel.name for channel in library.channels()}
    for channel in library.channels():
        row = rows[channel.name]
        for field in (
            "service",
            "eligibility",
            "emission",
            "remarks",
            "source",
            "verification",
            "verified_by",
            "tone_source",
        ):
            assert getattr(channel, field) == row[field], (channel.name, field)
        assert channel.rx_hz == units.parse_mhz(row["rx_freq_mhz"]), channel.name
        assert channel.bandwidth_hz == units.parse_khz(row["bandwidth_khz"]), channel.name
        assert (channel.mode, channel.modulation) == SOURCE_MODES[row["mode"]], channel.name
        assert units.tone(channel.rx_tone) == SOURCE_TONES.get(row["rx_tone"], row["rx_tone"].removeprefix("NAC "))
        if row["tx_freq_mhz"]:
            assert channel.direction is Direction.BOTH
            assert channel.tx_hz == units.parse_mhz(row["tx_freq_mhz"]), channel.name
            assert units.tone(channel.tx_tone) == SOURCE_TONES.get(row["tx_tone"], row["tx_tone"].removeprefix("NAC "))
        else:
            assert channel.direction is Direction.RECEIVE_ONLY
            assert channel.tx_hz is None


@pytest.mark.skipif(not SOURCE.exists(), reason="the source of the channel lists is not beside this checkout")
def test_the_lists_spell_every_frequency_as_their_source_does() -> None:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        wanted = {row["name"]: (row["rx_freq_mhz"], row["tx_freq_mhz"]) for row in csv.DictReader(file)}
    found = {}
    for list_file in path("channels").glob("*.csv"):
        with list_file.open(encoding="utf-8", newline="") as file:
            found |= {row["name"]: (row["rx_mhz"], row["tx_mhz"]) for row in csv.DictReader(file)}
    assert found == wanted


def test_no_digit_of_a_frequency_has_changed() -> None:
    lines = sorted(
        f"{channel.name}|{units.mhz(channel.rx_hz or 0)}|{'' if channel.tx_hz is None else units.mhz(channel.tx_hz)}"
        for channel in library.channels()
    )
    assert digest(lines) == "78c309731dbe42c5c80063c766e5d5bcfa9a2b3fac2cee981e8231974a3fa715"


def test_nothing_else_that_a_radio_is_told_has_changed() -> None:
    lines = sorted(
        f"{channel.name}|{units.rx_tone_text(channel)}|{units.tx_tone_text(channel)}|{channel.bandwidth_hz}|{channel.mode}"
        f"|{channel.modulation}|{channel.emission}|{channel.direction}|{channel.encryption}"
        for channel in library.channels()
    )
    assert digest(lines) == "95947df9d9932d2520aadb41033918acf63652cf5b0363a5be90e439066c4679"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("VCALL10", ("155.7525", "156.7", "155.7525", "156.7", "12.5")),
        ("VTAC11", ("151.1375", "156.7", "151.1375", "156.7", "12.5")),
        ("VTAC36", ("151.1375", "156.7", "159.4725", "136.5", "12.5")),
        ("VTAC33", ("159.4725", "156.7", "151.1375", "136.5", "12.5")),
        ("VMED28", ("155.3400", "CSQ", "155.3400", "156.7", "12.5")),
        ("VSAR16", ("155.1600", "127.3", "155.1600", "127.3", "12.5")),
        ("UCALL40", ("453.2125", "156.7", "458.2125", "156.7", "12.5")),
        ("LLAW1", ("39.4600", "156.7", "45.8600", "156.7", "20")),
        ("MED-10", ("462.9750", "156.7", "467.9750", "156.7", "12.5")),
        ("7CALL50", ("769.24375", "$F7E", "799.24375", "$293", "12.5")),
        ("7TAC51", ("769.14375", "$F7E", "799.14375", "$293", "12.5")),
        ("7TAC51D", ("769.14375", "$F7E", "769.14375", "$293", "12.5")),
        ("7-US-01", ("769.05625", "156.7 / $F7E", "799.05625", "156.7 / $293", "12.5")),
        ("8CALL90", ("851.0125", "156.7", "806.0125", "156.7", "20")),
        ("8TAC94D", ("853.0125", "156.7", "853.0125", "156.7", "20")),
        ("IR 10", ("410.4375", "CSQ", "419.4375", "167.9", "12.5")),
        ("LE 11", ("410.1875", "$68F", "419.1875", "$68F", "12.5")),
        ("LE 16", ("409.9875", "CSQ", "409.9875", "167.9", "12.5")),
        ("AIR GUARD 121.500", ("121.5000", "CSQ", "121.5000", "CSQ", "25")),
        ("NATL FLT FOLLOW", ("168.6500", "CSQ", "168.6500", "110.9", "12.5")),
        ("Marine 16", ("156.8000", "CSQ", "156.8000", "CSQ", "25")),
        ("NOAA 162.550", ("162.5500", "CSQ", "", "", "25")),
        ("GMRS 20R", ("462.6750", "CSQ", "467.6750", "unknown", "20")),
        ("DEPLOY-E", ("774.51875", "unknown", "804.51875", "unknown", "12.5")),
        ("CB 32", ("27.3250", "CSQ", "27.3250", "CSQ", "10")),
        ("HAM 2M CALL", ("146.5200", "CSQ", "146.5200", "CSQ", "20")),
    ],
)
def test_a_well_known_channel_is_what_everybody_knows(name: str, expected: tuple[str, ...]) -> None:
    assert tuned(name) == expected


def test_769_24375_mhz_is_there_to_the_last_digit() -> None:
    assert [channel.name for channel in library.channels() if channel.rx_hz == 769_243_750] == ["7CALL50", "7CALL50D"]


# ── sane ─────────────────────────────────────────────────────────────────────


def test_names_and_ids_are_unique_and_the_ids_never_change() -> None:
    channels = library.channels()
    assert len({channel.id for channel in channels}) == len(channels)
    assert len({channel.name.casefold().replace(" ", "").replace("-", "") for channel in channels}) == len(channels)
    assert named("VTAC11").id == "library:VHF interop/VTAC11"
    assert {channel.period_id for channel in channels} == {None}


@pytest.mark.parametrize("channel", library.channels(), ids=lambda channel: channel.name)
def test_a_channel_is_sound(channel: Channel) -> None:
    assert problems(channel) == []
    assert channel.kind is Kind.CONVENTIONAL
    assert channel.direction in (Direction.BOTH, Direction.RECEIVE_ONLY)
    assert channel.rx_hz is not None
    assert library.band(channel.rx_hz)
    assert (channel.tx_hz is None) == (channel.direction is Direction.RECEIVE_ONLY)
    assert channel.edition
    assert channel.source
    assert channel.verification in {"multi", "nifog2", "single"}
    assert channel.verified_by
    assert channel.tone_source


def test_only_weather_and_two_marine_channels_are_receive_only() -> None:
    silent = [channel.name for channel in library.channels() if channel.direction is Direction.RECEIVE_ONLY]
    weather = [channel.name for channel in library.channels("NOAA Weather Radio")]
    assert silent == ["Marine 70 DSC", "Marine 15 RX", *weather]


def test_a_direct_twin_is_simplex_on_the_output_of_its_repeater() -> None:
    by_name = {channel.name: channel for channel in library.channels()}
    twins = [(by_name[f"{name}D"], one) for name, one in by_name.items() if f"{name}D" in by_name]
    assert len(twins) == 77
    for direct, repeater in twins:
        assert direct.is_simplex
        assert not repeater.is_simplex
        assert direct.rx_hz == repeater.rx_hz
        assert (direct.rx_tone, direct.tx_tone) == (repeater.rx_tone, repeater.tx_tone)
        assert (direct.bandwidth_hz, direct.modulation) == (repeater.bandwidth_hz, repeater.modulation)


@pytest.mark.parametrize(
    ("direct", "repeater"),
    [
        *(("IR 5", "NC 1"), ("IR 6", "IR 1"), ("IR 7", "IR 2"), ("IR 8", "IR 3"), ("IR 9", "IR 4")),
        *(("IR 15", "NC 2"), ("IR 16", "IR 10"), ("IR 17", "IR 11"), ("IR 18", "IR 12")),
        *(("LE 6", "LE 2"), ("LE 7", "LE 3"), ("LE 8", "LE 4"), ("LE 9", "LE 5")),
        *(("LE A", "LE 1"), ("LE 16", "LE 10"), ("LE 17", "LE 11"), ("LE 18", "LE 12")),
    ],
)
def test_a_federal_direct_channel_is_simplex_on_the_output_of_its_repeater(direct: str, repeater: str) -> None:
    assert named(direct).is_simplex
    assert not named(repeater).is_simplex
    assert named(direct).rx_hz == named(repeater).rx_hz


OFFSETS = {  # TX minus RX of a repeater's mobile side, in hertz
    "VHF interop": {-8_335_000, -4_285_000, -735_000, 8_335_000, 4_285_000, 735_000},
    "VHF interop (inland)": {-4_600_000},
    "VHF low band interop": {6_400_000, -6_400_000},
    "UHF interop": {5_000_000},
    "UHF medical": {5_000_000},
    "GMRS repeater": {5_000_000},
    "700 interop": {30_000_000},
    "700 air-ground": {30_000_000},
    "700 low power itinerant": {30_000_000},
    "700 deployable trunked (nationwide)": {30_000_000},
    "800 interop": {-45_000_000},
    "Federal Incident Response UHF": {9_000_000},
    "Federal Law Enforcement UHF": {9_000_000},
}


@pytest.mark.parametrize("service", library.services())
def test_every_repeater_pair_is_as_far_apart_as_its_service_has_them(service: str) -> None:
    offsets = {
        channel.tx_hz - channel.rx_hz
        for channel in library.channels(service)
        if channel.tx_hz is not None and channel.rx_hz is not None and not channel.is_simplex
    }
    if service.startswith("Federal") and service.endswith("VHF"):  # paired one by one; the output is the higher one
        assert offsets
        assert all(-6_000_000 < offset < -4_000_000 for offset in offsets)
    else:
        assert offsets == OFFSETS.get(service, set())


@pytest.mark.parametrize(
    ("service", "first_hz", "step_hz"),
    [
        ("700 interop", 769_000_000, 6_250),  # 47 CFR 90.531: RX is 769 MHz + n × 6.25 kHz
        ("700 air-ground", 769_000_000, 6_250),
        ("700 low power itinerant", 769_000_000, 6_250),
        ("700 deployable trunked (nationwide)", 769_000_000, 6_250),
        ("800 interop", 851_012_500, 500_000),
        ("UHF medical", 462_950_000, 12_500),
        ("NOAA Weather Radio", 162_400_000, 25_000),
        ("Marine VHF", 156_000_000, 25_000),
        ("CB", 26_965_000, 10_000),
    ],
)
def test_every_channel_lies_on_the_raster_of_its_service(service: str, first_hz: int, step_hz: int) -> None:
    for channel in library.channels(service):
        assert channel.rx_hz is not None
        assert (channel.rx_hz - first_hz) % step_hz == 0, channel.name


def test_encryption_is_said_only_where_the_source_or_the_rule_says_it() -> None:
    by_answer = {
        answer: {channel.name for channel in library.channels() if channel.encryption is answer}
        for answer in Encryption
    }
    calling = {"7CALL50", "7CALL50D", "7CALL70", "7CALL70D"}
    interop = {channel.name for band in ("VHF", "UHF", "800") for channel in library.channels(f"{band} interop")}
    assert by_answer[Encryption.NOT_ALLOWED] == calling | interop | {c.name for c in library.channels("Amateur")}
    assert by_answer[Encryption.ALLOWED] == {c.name for c in library.channels("700 interop")} - calling


def test_the_rf_channels_of_a_trunked_system_are_marked_as_such_and_have_no_tone() -> None:
    trunked = [channel for channel in library.channels() if channel.modulation == "P25 trunked"]
    assert [channel.name for channel in trunked] == [f"DEPLOY-{letter}" for letter in "ABCDEF"]
    for channel in trunked:
        assert not channel.rx_tone.is_known
        assert not channel.tx_tone.is_known
        assert "do not program as conventional" in channel.remarks


def test_a_channel_from_the_nifog_names_its_edition() -> None:
    for channel in library.channels():
        assert (channel.edition == "NIFOG 2.02 (January 2025)") == channel.source.startswith("NIFOG")


# ── bands ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mhz", "name"),
    [
        ("3.9", "HF"),
        ("27.185", "HF"),
        ("39.46", "VHF low"),
        ("52.525", "6 m"),
        ("121.5", "VHF air"),
        ("136.9999", "VHF air"),
        ("137", "VHF"),
        ("155.7525", "VHF"),
        ("173.9999", "VHF"),
        ("223.5", "220"),
        ("282.8", "UHF air"),
        ("345", "UHF air"),
        ("410.2375", "UHF"),
        ("470.0125", "UHF"),
        ("769.24375", "700"),
        ("799.24375", "700"),
        ("806.0125", "800"),
        ("851.0125", "800"),
        ("935.0125", "900"),
        ("4940.5", "4.9 GHz"),
        ("174", ""),
        ("95.5", ""),
        ("2400", ""),
    ],
)
def test_a_frequency_lies_in_the_band_the_field_calls_it(mhz: str, name: str) -> None:
    assert library.band(units.parse_mhz(mhz)) == name


def test_bands_rise_and_do_not_overlap() -> None:
    bands = library.bands()
    assert all(band.low_hz < band.high_hz for band in bands)
    assert all(lower.high_hz <= higher.low_hz for lower, higher in pairwise(bands))
    assert len({band.name for band in bands}) == len(bands)
