"""What a COML types finds what they mean, best first; what cannot be a frequency finds nothing and breaks nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coml_toolkit import library
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import Channel, Kind

INDEX = library.Index(library.channels())


def names(query: str, *, service: str | None = None, band: str | None = None, limit: int | None = None) -> list[str]:
    return [channel.name for channel in INDEX.search(query, service=service, band=band, limit=limit)]


# ── names ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("VTAC11", "VTAC11"),
        ("vtac 11", "VTAC11"),
        ("vtac-11", "VTAC11"),
        (" VTAC  11 ", "VTAC11"),
        ("ir1", "IR 1"),
        ("IR-1", "IR 1"),
        ("8call90d", "8CALL90D"),
        ("8 call 90 d", "8CALL90D"),
        ("med9", "MED-9"),
        ("7us01", "7-US-01"),
        ("marine16", "Marine 16"),
        ("air guard", "AIR GUARD 121.500"),
    ],
)
def test_a_name_is_found_whatever_its_case_spaces_and_hyphens(query: str, best: str) -> None:
    assert names(query)[0] == best


def test_the_exact_name_comes_before_names_that_only_begin_so() -> None:
    assert names("ir1") == ["IR 1", *(f"IR {number}" for number in range(10, 19))]
    assert names("7call50") == ["7CALL50", "7CALL50D"]


def test_the_beginning_of_a_name_beats_a_word_in_it_beats_the_middle_beats_the_remarks() -> None:
    found = names("air")
    ranked = [found.index(name) for name in ("AIR GUARD 121.500", "FIRE AIR GUARD", "7AG58")]
    assert ranked == sorted(ranked)
    found = names("fire")
    assert found[0] == "FIRE AIR GUARD"
    assert found.index("7FIRE63") < found.index("NATL FLT FOLLOW")


def test_equals_stay_in_the_order_of_the_list() -> None:
    assert names("vtac")[:10] == ["VTAC11", "VTAC12", "VTAC13", "VTAC14", *(f"VTAC{n}" for n in range(33, 39))]
    assert names("cb ")[:12] == [f"CB {number}" for number in range(1, 13)]
    backwards = library.Index(tuple(reversed(library.channels())))
    assert [channel.name for channel in backwards.search("ucall")] == ["UCALL40D", "UCALL40"]


def test_an_empty_query_is_the_whole_list_in_its_order() -> None:
    everything = [channel.name for channel in library.channels()]
    assert names("") == names("   ") == names(" - ") == everything


def test_several_words_must_all_match() -> None:
    assert names("call 700") == ["7CALL50", "7CALL50D", "7CALL70", "7CALL70D"]
    assert set(names("vtac split tones")) == {f"VTAC{number}" for number in range(33, 39)}
    assert names("vtac zebra") == []


def test_no_more_than_the_limit_are_given_and_they_are_the_best() -> None:
    assert names("vtac", limit=3) == ["VTAC11", "VTAC12", "VTAC13"]
    assert names("", limit=2) == ["VCALL10", "VTAC11"]
    assert names("vtac", limit=0) == []


# ── frequencies ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", ["155.75", "155.7525", "155.752", "155.75250", "155.752500", "155.7525 MHz"])
def test_a_frequency_is_found_by_its_beginning(query: str) -> None:
    assert names(query) == ["VCALL10"]


@pytest.mark.parametrize(
    "query",
    [
        *("15575", "1557525", "155,75", "155.75.25", "155..75", "55.75", "٠١"),
        *("155.7526", "155.75251", "155.7525001", "155.75250000", "769.244"),
    ],
)
def test_what_is_no_frequency_or_another_one_finds_nothing(query: str) -> None:
    assert names(query) == []


def test_the_transmit_frequency_is_found_too_after_the_receive_frequency() -> None:
    assert names("151.1375") == ["VTAC11", "VTAC36", "VTAC33"]
    assert names("806.0125") == ["8CALL90"]


def test_the_exact_frequency_comes_before_those_that_begin_so() -> None:
    assert names("463.0")[0] == "MED-1"
    assert names("156.7")[:3] == ["Marine 14", "Marine 74", "Marine 15 RX"]


def test_five_decimals_are_searched_to_the_last() -> None:
    assert names("769.24375") == names("769.2437") == ["7CALL50", "7CALL50D"]


def test_whole_megahertz_are_found_only_whole() -> None:
    assert set(names("155")) == {"VCALL10", "VMED28", "VMED29", "VLAW31", "VLAW32", "VSAR16"}


# ── the other columns ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("weather", "NOAA Weather Radio"),
        ("noaa", "NOAA Weather Radio"),
        ("murs", "MURS"),
        ("deployable", "700 deployable trunked (nationwide)"),
        ("NPSPAC", "800 interop"),
        ("itinerant", "700 low power itinerant"),
    ],
)
def test_a_service_or_a_remark_finds_its_channels(query: str, service: str) -> None:
    assert names(query) == [channel.name for channel in library.channels(service)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("127.3", {"VSAR16"}),
        ("136.5", {f"VTAC{number}" for number in range(33, 39)}),
        ("110.9", {"FIRE AIR GUARD", "NATL FLT FOLLOW"}),
        ("$68f", {f"LE {number}" for number in (*range(2, 10), *range(11, 16), 17, 18)}),
    ],
)
def test_a_tone_finds_its_channels(query: str, expected: set[str]) -> None:
    assert set(names(query)) == expected


def test_a_band_in_the_query_finds_its_channels() -> None:
    assert names("800")[:2] == ["8CALL90", "8CALL90D"]
    assert set(names("uhf air")) >= {"USCG AIR 345.000", "SAR 282.800"}


def test_eligibility_is_searched() -> None:
    assert "7-US-01" in names("MOI")


# ── filters ──────────────────────────────────────────────────────────────────


def test_a_service_filters() -> None:
    assert names("16", service="Marine VHF")[0] == "Marine 16"
    assert len(names("", service="VHF interop")) == 11
    assert len(names("", service="vhf interop (inland)")) == 2


def test_part_of_a_service_filters_all_that_have_it() -> None:
    assert len(names("", service="700")) == 64 + 16 + 6 + 6
    assert len(names("", service="noaa")) == 7


def test_a_band_filters_by_either_frequency() -> None:
    assert set(names("", band="UHF air")) == {"USCG AIR 345.000", "SAR 282.800"}
    assert names("", band="vhf low") == names("", service="VHF low band interop")
    assert names("", band="700 MHz") == names("", band="700")
    split = Channel(name="CROSS", rx_hz=155_752_500, tx_hz=453_212_500)
    assert library.search([split], "", band="VHF") == library.search([split], "", band="UHF") == [split]


def test_filters_and_words_apply_together() -> None:
    assert names("calling", service="interop", band="800") == ["8CALL90", "8CALL90D"]


def test_an_empty_filter_is_none() -> None:
    assert names("vtac11", service="", band="") == ["VTAC11"]


def test_a_service_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(InputError, match="no service “martian”") as caught:
        INDEX.search("", service="martian")
    assert "Marine VHF" in caught.value.hint


def test_a_band_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(InputError, match="no band “SHF”") as caught:
        INDEX.search("", band="SHF")
    assert "VHF low" in caught.value.hint


def test_a_service_of_the_units_own_filters_too_and_one_that_ships_may_have_no_channel() -> None:
    own = [Channel(name="County 1", service="County fire")]
    assert library.search(own, "", service="County fire") == own
    assert library.search(own, "", service="CB") == []


# ── anything ─────────────────────────────────────────────────────────────────


@given(st.text(max_size=40))
def test_any_text_may_be_typed(query: str) -> None:
    found = INDEX.search(query)
    assert len({channel.id for channel in found}) == len(found) <= 355


@given(st.sampled_from(library.channels()))
def test_every_channel_is_found_first_by_its_own_name(channel: Channel) -> None:
    assert INDEX.search(channel.name, limit=1) == [channel]


@given(st.sampled_from(library.channels()), st.data())
def test_another_letter_never_finds_more(channel: Channel, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(channel.name) - 1))
    shorter = {one.id for one in INDEX.search(channel.name[:length])}
    assert channel.id in shorter


def test_channels_without_frequencies_are_found_by_what_they_have() -> None:
    talkgroup = Channel(name="TACN Mutual 1", kind=Kind.TALKGROUP, system="TACN", talkgroup_id=1201)
    phone = Channel(name="Sat phone", kind=Kind.SATELLITE, address="8816 1234")
    both = [talkgroup, phone]
    assert library.search(both, "1201") == [talkgroup]
    assert library.search(both, "8816") == [phone]
    assert library.search(both, "", band="VHF") == []


def test_the_wrapper_finds_what_the_index_finds() -> None:
    channels = library.channels()
    assert library.search(channels, "vtac", limit=2) == INDEX.search("vtac", limit=2)


# ── one by name ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["VTAC11", "vtac11", " vtac 11 ", "V-TAC 11"])
def test_a_channel_is_found_by_its_name(name: str) -> None:
    found = library.find(library.channels(), name)
    assert found is not None
    assert found.name == "VTAC11"


@pytest.mark.parametrize("name", ["VTAC1", "VTAC", "VTAC99", "", " ", "-", "155.7525"])
def test_part_of_a_name_is_not_a_name(name: str) -> None:
    assert library.find(library.channels(), name) is None


def test_the_exact_spelling_wins_over_a_similar_one() -> None:
    spaced, joined = Channel(name="LE 1", rx_hz=1), Channel(name="LE1", rx_hz=2)
    assert library.find([spaced, joined], "LE1") is joined
    assert library.find([spaced, joined], "le 1") is spaced


def test_a_name_that_fits_several_channels_is_not_guessed() -> None:
    spaced, hyphened = Channel(name="LE 1", rx_hz=167_087_500), Channel(name="LE-1", rx_hz=168_625_000)
    with pytest.raises(InputError, match="“le1” is the name of 2 channels") as caught:
        library.find([spaced, hyphened], "le1")
    assert "167.0875" in caught.value.hint
    assert "168.6250" in caught.value.hint


def test_copies_that_are_alike_are_one_channel() -> None:
    shipped = library.channels("VHF interop")[0]
    copy = replace(shipped, id="another", remarks="ours")
    assert library.find([copy, shipped], "VCALL10") is copy


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("VTAC99", "VTAC11"),
        ("VCAL10", "VCALL10"),
        ("FIRE21", "VFIRE21"),
        ("8CALL9", "8CALL90"),
        ("V TAC 3 6", "VTAC36"),
        ("7TCA51", "7TAC51"),
    ],
)
def test_a_mistyped_name_is_guessed_aloud(typed: str, likely: str) -> None:
    guesses = library.suggest_names(typed)
    assert guesses[0] == likely
    assert len(guesses) <= 3


@pytest.mark.parametrize("typed", ["", "zzz", "Division A command"])
def test_nothing_is_guessed_for_what_looks_like_no_name(typed: str) -> None:
    assert library.suggest_names(typed) == []


def test_names_are_guessed_among_the_channels_given() -> None:
    assert library.suggest_names("Conty 1", [Channel(name="County 1"), Channel(name="County 1")]) == ["County 1"]
