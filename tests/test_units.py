"""Text <-> hertz, tones, modes and times: read exactly or refused with a hint, never rounded, never guessed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from coml_toolkit import units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import CSQ, UNKNOWN_TONE, Channel, Direction, Kind, Mode, Tone

NEW_YORK = "America/New_York"


def refusal(call, *args: object, **kwargs: object) -> InputError:
    with pytest.raises(InputError) as caught:
        call(*args, **kwargs)
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


def read_or_refused(call, *args: object) -> object:
    """What was read, or the refusal; any other exception fails the test."""
    try:
        return call(*args)
    except InputError as error:
        return error


# ── frequencies ──────────────────────────────────────────────────────────────


@given(st.integers(min_value=1, max_value=100_000_000_000))
@example(769_243_750)
@example(1)
@example(100_000_000_000)
def test_every_frequency_is_read_back_as_written(hz: int) -> None:
    assert units.parse_mhz(units.mhz(hz)) == hz


@given(st.integers(min_value=1, max_value=100_000_000_000))
def test_a_written_frequency_is_exactly_its_value_with_four_decimals_or_more(hz: int) -> None:
    text = units.mhz(hz)
    assert Decimal(text) * 1_000_000 == hz
    decimals = text.partition(".")[2]
    assert len(decimals) == 4 or (len(decimals) > 4 and not decimals.endswith("0"))


@given(st.integers(0, 9_999), st.text("0123456789", max_size=6))
def test_reading_a_frequency_never_rounds(whole: int, decimals: str) -> None:
    text = f"{whole}.{decimals}" if decimals else str(whole)
    assume(Decimal(text) > 0)
    assert units.parse_mhz(text) == Decimal(text) * 1_000_000


@given(st.text())
def test_any_text_is_a_frequency_or_is_refused(text: str) -> None:
    read = read_or_refused(units.parse_mhz, text)
    assert read.hint if isinstance(read, InputError) else isinstance(read, int) and read > 0


@pytest.mark.parametrize(
    ("hz", "text"),
    [
        (155_752_500, "155.7525"),
        (769_243_750, "769.24375"),
        (39_460_000, "39.4600"),
        (462_562_500, "462.5625"),
        (150_000_001, "150.000001"),
        (121_500_000, "121.5000"),
    ],
)
def test_a_frequency_has_four_decimals_and_more_only_where_they_are_not_zero(hz: int, text: str) -> None:
    assert units.mhz(hz) == text


@pytest.mark.parametrize("typed", ["155.7525", " 155.7525 ", "155.752500", "155.7525 MHz", "155.7525mhz"])
def test_a_frequency_may_be_typed_with_its_unit_and_zeros(typed: str) -> None:
    assert units.parse_mhz(typed) == 155_752_500


@pytest.mark.parametrize("typed", ["155,7525", "155.75.25", "1557525", "155.752,5", "155..7525"])
def test_a_mistyped_frequency_is_refused_and_the_hint_says_what_was_meant(typed: str) -> None:
    error = refusal(units.parse_mhz, typed)
    assert typed in error.message
    assert "155.7525" in error.hint


@pytest.mark.parametrize(
    "typed", ["", "VTAC11", "155.", ".5", "-155.7525", "+155.7525", "1e3", "155 7525", "0x9B", "155.7525 N", "nan", "²"]
)
def test_what_is_no_frequency_is_refused(typed: str) -> None:
    assert "155.7525" in refusal(units.parse_mhz, typed).hint


@pytest.mark.parametrize("typed", ["0", "0.0", "000.000000"])
def test_zero_is_no_frequency(typed: str) -> None:
    assert "0 MHz" in refusal(units.parse_mhz, typed).message


@pytest.mark.parametrize("typed", ["15575", "155752", "100000.000001", "999999.9"])
def test_a_frequency_above_all_bands_is_refused(typed: str) -> None:
    assert "too high" in refusal(units.parse_mhz, typed).message


@pytest.mark.parametrize("typed", ["769.2437501", "155.75250000", "55.7525001", "0.0000001"])
def test_more_than_six_decimals_are_refused_and_not_taken_for_a_shifted_point(typed: str) -> None:
    assert "six decimals" in refusal(units.parse_mhz, typed).hint


@given(st.integers(min_value=1, max_value=50_000))
@example(12_500)
@example(11_250)
@example(20_000)
def test_every_bandwidth_is_read_back_as_written(hz: int) -> None:
    text = units.khz(hz)
    assert units.parse_khz(text) == hz
    assert Decimal(text) * 1000 == hz


@pytest.mark.parametrize(("hz", "text"), [(12_500, "12.5"), (11_250, "11.25"), (20_000, "20"), (6_250, "6.25")])
def test_a_bandwidth_is_written_without_needless_zeros(hz: int, text: str) -> None:
    assert units.khz(hz) == text


@pytest.mark.parametrize("typed", ["", "0", "0.0", "12,5", "12.5.0", "12.5001", "wide", "-12.5", "N", "1e4"])
def test_what_is_no_bandwidth_is_refused(typed: str) -> None:
    assert "kilohertz" in refusal(units.parse_khz, typed).hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("50.001", "kilohertz"),
        *(("125", "Did you mean 12.5?"), ("12500", "Did you mean 12.5?"), ("1125", "Did you mean 11.25?")),
        *(("625", "Did you mean 6.25?"), ("20000", "Did you mean 20?"), ("99999", "kilohertz")),
    ],
)
def test_a_width_that_no_channel_has_is_refused_with_what_was_probably_meant(typed: str, hint: str) -> None:
    refused = refusal(units.parse_khz, typed)
    assert "too wide" in refused.message
    assert hint in refused.hint


# ── tones ────────────────────────────────────────────────────────────────────

ctcss = st.builds(lambda dhz: Tone(ctcss_dhz=dhz), st.integers(600, 2600))
dcs = st.builds(
    lambda octal, inverted: Tone(dcs=int(f"{octal:03o}"), is_dcs_inverted=inverted),
    st.integers(0, 0o777),
    st.booleans(),
)
nac = st.builds(lambda value: Tone(nac=value), st.integers(0, 0xFFF))
both = st.builds(
    lambda analog, digital: Tone(
        ctcss_dhz=analog.ctcss_dhz, dcs=analog.dcs, is_dcs_inverted=analog.is_dcs_inverted, nac=digital.nac
    ),
    ctcss | dcs,
    nac,
)


@given(ctcss | dcs | nac | both | st.sampled_from([CSQ, UNKNOWN_TONE]))
@example(Tone(ctcss_dhz=1567))
@example(Tone(dcs=0))
@example(Tone(nac=0))
@example(Tone(ctcss_dhz=1567, nac=0x293))
def test_every_tone_is_read_back_as_written(tone: Tone) -> None:
    assert units.parse_tone(units.tone(tone)) == tone


@given(st.text())
@example("156.7 / ")
@example("$ / $")
def test_any_text_is_a_tone_with_one_spelling_or_is_refused(text: str) -> None:
    read = read_or_refused(units.parse_tone, text)
    assert read.hint if isinstance(read, InputError) else units.parse_tone(units.tone(read)) == read


@pytest.mark.parametrize(
    ("typed", "tone", "text"),
    [
        ("156.7", Tone(ctcss_dhz=1567), "156.7"),
        ("156.7 Hz", Tone(ctcss_dhz=1567), "156.7"),
        ("67.0", Tone(ctcss_dhz=670), "67.0"),
        ("100", Tone(ctcss_dhz=1000), "100.0"),
        ("D023N", Tone(dcs=23), "D023N"),
        ("d 023 i", Tone(dcs=23, is_dcs_inverted=True), "D023I"),
        ("$293", Tone(nac=0x293), "$293"),
        ("NAC $f7e", Tone(nac=0xF7E), "$F7E"),
        ("NAC 68F", Tone(nac=0x68F), "$68F"),
        ("$000", Tone(nac=0), "$000"),
        ("156.7 or NAC $F7E", Tone(ctcss_dhz=1567, nac=0xF7E), "156.7 / $F7E"),
        ("D023N/$293", Tone(dcs=23, nac=0x293), "D023N / $293"),
        ("csq", CSQ, "CSQ"),
        ("", UNKNOWN_TONE, "unknown"),
        ("Unknown", UNKNOWN_TONE, "unknown"),
        ("?", UNKNOWN_TONE, "unknown"),
    ],
)
def test_a_tone_has_many_spellings_and_is_written_in_one(typed: str, tone: Tone, text: str) -> None:
    assert units.parse_tone(typed) == tone
    assert units.tone(tone) == text


@pytest.mark.parametrize(
    "typed",
    [
        *("156", "293", "1567", "156,7", "156.75", "59.9", "260.1", "0", "none"),
        *("D023", "D089N", "D23N", "023N", "D0234N"),
        *("$29", "$2930", "$G93", "F7E", "$"),
        *("156.7 / 136.5", "$293 / 156.7", "CSQ / $293", "156.7 / D023N", "156.7 / $293 / $F7E", "156.7 /"),
    ],
)
def test_what_is_no_tone_is_refused(typed: str) -> None:
    error = refusal(units.parse_tone, typed)
    assert typed in error.message
    assert "156.7" in error.hint


def test_no_tone_and_an_unknown_tone_are_told_apart() -> None:
    assert units.parse_tone("CSQ").is_csq
    assert not units.parse_tone("unknown").is_csq
    assert units.parse_tone("CSQ") != units.parse_tone("unknown")


# ── modes and numbers ────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_is_read_back_as_written(mode: Mode) -> None:
    assert units.parse_mode(mode.value) is mode


@pytest.mark.parametrize(("typed", "mode"), [(" a ", Mode.ANALOG), ("Digital", Mode.DIGITAL), ("", Mode.UNKNOWN)])
def test_a_mode_may_be_typed_as_letter_or_word(typed: str, mode: Mode) -> None:
    assert units.parse_mode(typed) is mode


@pytest.mark.parametrize("typed", ["FM", "AD", "N", "P25"])
def test_what_is_no_mode_is_refused(typed: str) -> None:
    assert "A (analog)" in refusal(units.parse_mode, typed).hint


@given(st.integers(0, 65_535))
def test_every_whole_number_is_read_back_as_written(number: int) -> None:
    assert units.parse_number(str(number), "talkgroup", highest=65_535) == number


@pytest.mark.parametrize("typed", ["", " ", "unknown", "?"])
def test_a_number_may_be_unknown(typed: str) -> None:
    assert units.parse_number(typed, "talkgroup", highest=65_535) is None


@pytest.mark.parametrize("typed", ["65536", "-1", "1.0", "1e3", "$101", "9999999999", "²"])
def test_what_is_no_such_number_is_refused(typed: str) -> None:
    error = refusal(units.parse_number, typed, "talkgroup", highest=65_535)
    assert "talkgroup" in error.message
    assert "65535" in error.hint


# ── what a form says of a channel ────────────────────────────────────────────


def test_a_frequency_on_a_form_carries_its_width() -> None:
    narrow = Channel(direction=Direction.BOTH, rx_hz=769_243_750, tx_hz=799_243_750, bandwidth_hz=12_500)
    assert (units.rx_text(narrow), units.tx_text(narrow)) == ("769.24375 N", "799.24375 N")
    wide = Channel(direction=Direction.BOTH, rx_hz=851_012_500, tx_hz=806_012_500, bandwidth_hz=20_000)
    assert (units.rx_text(wide), units.tx_text(wide)) == ("851.0125 W", "806.0125 W")


def test_a_form_says_what_is_not_known_and_what_does_not_exist_in_different_words() -> None:
    weather = Channel(direction=Direction.RECEIVE_ONLY, rx_hz=162_400_000, rx_tone=CSQ, bandwidth_hz=25_000)
    assert (units.tx_text(weather), units.tx_tone_text(weather)) == ("RX only", "")
    assert (units.rx_text(weather), units.rx_tone_text(weather)) == ("162.4000 W", "CSQ")
    beacon = Channel(direction=Direction.TRANSMIT_ONLY, tx_hz=155_752_500)
    assert (units.rx_text(beacon), units.rx_tone_text(beacon)) == ("TX only", "")
    assert units.tx_text(beacon) == "155.7525 ?"
    nothing = Channel()
    assert (units.rx_text(nothing), units.tx_text(nothing)) == ("unknown", "unknown")
    assert (units.rx_tone_text(nothing), units.tx_tone_text(nothing)) == ("unknown", "unknown")


def test_a_mode_on_a_form_says_am_and_the_kind_of_what_is_no_radio_channel() -> None:
    assert units.mode_text(Channel(mode=Mode.ANALOG, modulation="FM")) == "A"
    assert units.mode_text(Channel(mode=Mode.ANALOG, modulation="AM")) == "A (AM)"
    assert units.mode_text(Channel(kind=Kind.TALKGROUP, mode=Mode.DIGITAL)) == "D"
    assert units.mode_text(Channel(kind=Kind.SATELLITE)) == "Satellite"
    assert set(units.KIND_WORDS) == set(Kind)


def test_a_talkgroup_runs_across_the_frequency_columns() -> None:
    talkgroup = Channel(kind=Kind.TALKGROUP, system="TACN", talkgroup_id=1201)
    assert units.across_text(talkgroup) == "TACN · TG 1201"
    assert units.across_text(Channel(kind=Kind.TALKGROUP)) == "TG unknown"
    assert (
        units.across_text(Channel(kind=Kind.SATELLITE, system="Iridium", address="8816 1234")) == "Iridium · 8816 1234"
    )


# ── times ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-11-22 06:00", "2026-11-22T0600", "11/22/2026 0600", " 2026-11-22  06:00:00 "),
        *("2026-11-22 11:00Z", "2026-11-22 06:00 -0500", "2026-11-22 12:00+01:00", "2026-11-22 1100 UTC"),
    ],
)
def test_a_time_is_local_unless_it_says_otherwise(typed: str) -> None:
    assert units.parse_time(typed, NEW_YORK) == datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "tomorrow", "2026-11-22", "06:00", "22.11.2026 06:00", "26-11-22 06:00"),
        *("2026-11-22 6:00", "2026-11-22 06:00 PM", "2026-11-22 24:00", "2026-11-22 06:60"),
        *("2026-02-30 06:00", "2026-13-01 06:00", "0000-01-01 00:00"),
        *("2026-11-22 06:00 +99:00", "0001-01-01 00:00+14:00", "9999-12-31 23:59"),
    ],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert "2026-11-22 06:00" in refusal(units.parse_time, typed, NEW_YORK).hint


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("2026-03-08 02:30", NEW_YORK),
        ("2026-03-29 02:00", "Europe/Berlin"),
        ("2026-10-04 02:15", "Australia/Lord_Howe"),
    ],
)
def test_a_time_that_the_clock_jumps_over_is_refused(typed: str, zone: str) -> None:
    error = refusal(units.parse_time, typed, zone)
    assert "does not exist" in error.message
    assert zone in error.message


def test_a_time_that_happens_twice_is_refused_and_the_hint_is_taken() -> None:
    error = refusal(units.parse_time, "2026-11-01 01:30", NEW_YORK)
    assert "happens twice" in error.message
    first, second = error.hint.removeprefix("Add the offset, as in ").removesuffix(".").split(" or ")
    assert units.parse_time(first, NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert units.parse_time(second, NEW_YORK) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_the_minutes_around_a_change_of_the_clock_are_read() -> None:
    assert units.parse_time("2026-03-08 01:59", NEW_YORK) == datetime(2026, 3, 8, 6, 59, tzinfo=UTC)
    assert units.parse_time("2026-03-08 03:00", NEW_YORK) == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert units.parse_time("2026-11-01 02:00", NEW_YORK) == datetime(2026, 11, 1, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "EST5EDT4", "/etc/passwd", "../New_York", "America"])
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    assert "America/New_York" in refusal(units.time_zone, name).hint


minutes = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@settings(deadline=None)  # a zone is read from disk the first time
@given(minutes, st.sampled_from([NEW_YORK, "UTC", "America/Denver", "Pacific/Honolulu", "Asia/Kathmandu"]))
def test_a_local_time_is_read_back_to_the_minute_or_refused_as_happening_twice(at: datetime, zone: str) -> None:
    read = read_or_refused(units.parse_time, units.local_text(at, zone), zone)
    assert "happens twice" in read.message if isinstance(read, InputError) else read == at


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_iso_time_is_read_back_as_written(at: datetime) -> None:
    text = units.iso(at)
    assert text is not None
    assert text.endswith("Z")
    assert units.from_iso(text) == at


def test_a_time_is_written_as_ics_forms_write_it() -> None:
    at = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    assert (units.local_date(at, NEW_YORK), units.local_time(at, NEW_YORK)) == ("11/22/2026", "0600")
    assert units.local_text(at, NEW_YORK) == "2026-11-22 06:00"


def test_a_time_that_is_not_known_is_not_written() -> None:
    assert (units.local_date(None, NEW_YORK), units.local_time(None, NEW_YORK)) == ("", "")
    assert units.local_text(None, NEW_YORK) == ""
    assert units.iso(None) is None


def test_a_span_says_what_is_not_known() -> None:
    start = datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert units.short_span(start, start + timedelta(hours=12), NEW_YORK) == "22 Nov 06:00 – 18:00"
    assert units.short_span(start, start + timedelta(hours=24), NEW_YORK) == "22 Nov 06:00 – 23 Nov 06:00"
    assert units.short_span(start, None, NEW_YORK) == "22 Nov 06:00 – unknown"
    assert units.short_span(None, None, NEW_YORK) == "times not set"
