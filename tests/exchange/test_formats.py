"""Promises of every format in FORMATS: what it holds comes back the same, what it cannot hold is refused and listed."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, fields, replace

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coml_toolkit import library
from coml_toolkit.errors import InputError
from coml_toolkit.exchange import formats, read
from coml_toolkit.exchange.formats import FORMATS, Format
from coml_toolkit.exchange.safe import guard, runs, unguard
from coml_toolkit.exchange.tones import CTCSS_DHZ, DCS
from coml_toolkit.exchange.written import Written
from coml_toolkit.model.channel import (
    CSQ,
    NARROW_HZ,
    UNKNOWN_TONE,
    Channel,
    Direction,
    Encryption,
    Kind,
    Mode,
    Tone,
)
from coml_toolkit.model.plan import Assignment, Line

BY_NAME = pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
RADIOS = pytest.mark.parametrize("format_", [one for one in FORMATS if not one.is_own], ids=lambda one: one.name)


# ── channels of every sort ───────────────────────────────────────────────────

texts = st.text(max_size=30)
tones = st.one_of(
    st.just(CSQ),
    st.just(UNKNOWN_TONE),
    st.builds(Tone, ctcss_dhz=st.sampled_from(sorted(CTCSS_DHZ))),
    st.builds(Tone, ctcss_dhz=st.integers(500, 2700)),
    st.builds(Tone, dcs=st.sampled_from(sorted(DCS)), is_dcs_inverted=st.booleans()),
    st.builds(Tone, nac=st.integers(0, 0xFFF)),
    st.builds(Tone, ctcss_dhz=st.sampled_from(sorted(CTCSS_DHZ)), nac=st.integers(0, 0xFFF)),
)
hertz = st.one_of(
    st.none(),
    st.integers(1, 10_000_000_000),
    st.builds(lambda n: 136_000_000 + 2_500 * n, st.integers(0, 15_000)),
    st.builds(lambda n: 769_000_000 + 6_250 * n, st.integers(0, 5_000)),
)
any_channels = st.builds(
    Channel,
    name=texts,
    kind=st.sampled_from(Kind),
    service=texts,
    eligibility=texts,
    direction=st.sampled_from(Direction),
    rx_hz=hertz,
    rx_tone=tones,
    tx_hz=hertz,
    tx_tone=tones,
    bandwidth_hz=st.one_of(st.none(), st.sampled_from([6_250, 11_250, 12_500, 20_000, 25_000])),
    mode=st.sampled_from(Mode),
    modulation=st.sampled_from(["", "FM", "AM", "P25", "FM / P25"]),
    emission=texts,
    encryption=st.sampled_from(Encryption),
    system=texts,
    talkgroup_id=st.one_of(st.none(), st.integers(0, 999_999_999)),
    address=texts,
    remarks=texts,
    source=texts,
    edition=texts,
    tone_source=texts,
)

radio_tones = st.one_of(
    st.just(CSQ),
    st.builds(Tone, ctcss_dhz=st.sampled_from(sorted(CTCSS_DHZ))),
    st.builds(Tone, dcs=st.sampled_from(sorted(DCS)), is_dcs_inverted=st.booleans()),
)


@st.composite
def radio_channels(draw: st.DrawFn) -> Channel:
    """Analog channels as radios have them: most formats can hold most of these."""
    raster = draw(st.sampled_from([5_000, 6_250, 2_500]))
    rx_hz = 136_000_000 + raster * draw(st.integers(0, 14_000))
    is_receive_only = draw(st.booleans())
    by_hz = draw(st.sampled_from([0, 600_000, -600_000, 5_000_000, 8_335_000, 300_000_000]))
    rx_tone = draw(radio_tones)
    return Channel(
        name=draw(st.text("ABCDEFGHIJ 0123456789-+/=", min_size=1, max_size=8)),
        direction=Direction.RECEIVE_ONLY if is_receive_only else Direction.BOTH,
        rx_hz=rx_hz,
        rx_tone=rx_tone,
        tx_hz=None if is_receive_only else rx_hz + by_hz,
        tx_tone=UNKNOWN_TONE if is_receive_only else draw(st.one_of(st.just(rx_tone), radio_tones)),
        bandwidth_hz=draw(st.sampled_from([NARROW_HZ, 25_000])),
        mode=Mode.ANALOG,
        modulation=draw(st.sampled_from(["FM", "FM", "AM"])),
        remarks=draw(st.sampled_from(["", "Div A, ridge; “north”", "=1+1", "-", "@x", "'tis", '"quoted"'])),
    )


def programmed(channel: Channel) -> tuple[object, ...]:
    """What a radio is told, and nothing else. A radio has one width for AM: no file says it."""
    return (
        channel.name, channel.direction, channel.rx_hz, channel.rx_tone, channel.tx_hz,
        channel.tx_tone if channel.direction is Direction.BOTH else None,
        channel.bandwidth_hz if channel.modulation == "FM" else None, channel.mode, channel.modulation,
    )  # fmt: skip


def unborn(channel: Channel) -> Channel:
    """Without what a file does not keep: its id, and whose copy it is."""
    return replace(channel, id="", period_id=None)


def back(format_: Format, written: Written) -> list[Channel]:
    """The file read again, every row of it."""
    if format_.suffix == ".yaml":
        return from_yaml(written.content)
    found = read.read_bytes(written.content, f"list{format_.suffix}")
    assert found.refused == []
    return found.channels


class _Loader(yaml.SafeLoader):
    """YAML with qdmr's tag for what the radio decides."""


_Loader.add_constructor("!default", lambda loader, node: None)


def from_yaml(content: bytes) -> list[Channel]:
    def tone(said: dict[str, float] | None) -> Tone:
        if not said:
            return CSQ
        if "ctcss" in said:
            return Tone(ctcss_dhz=round(said["ctcss"] * 10))
        return Tone(dcs=abs(int(said["dcs"])), is_dcs_inverted=said["dcs"] < 0)

    channels = []
    for one in yaml.load(content, _Loader)["channels"]:
        said = one["analog"]
        hz = {side: round(said[f"{side}Frequency"] * 1e6) for side in ("rx", "tx")}
        channels.append(
            Channel(
                name=said["name"],
                direction=Direction.RECEIVE_ONLY if said["rxOnly"] else Direction.BOTH,
                rx_hz=hz["rx"],
                tx_hz=None if said["rxOnly"] else hz["tx"],
                rx_tone=tone(said.get("rxTone")),
                tx_tone=tone(said.get("txTone")),
                bandwidth_hz=NARROW_HZ if said["bandwidth"] == "Narrow" else 25_000,
                mode=Mode.ANALOG,
                modulation="FM",
            )
        )
    return channels


def accounted(what: Sequence[object], written: Written) -> list[int]:
    """The places of the rows that are in the file; each other one must be refused with a reason."""
    refused = {refusal.number for refusal in written.refused}
    assert all(refusal.reasons and all(refusal.reasons) for refusal in written.refused)
    assert len(refused) == len(written.refused)
    assert written.count + len(refused) == len(what)
    return [number for number in range(1, len(what) + 1) if number not in refused]


# ── there and back ───────────────────────────────────────────────────────────


@BY_NAME
@settings(deadline=None, max_examples=60)
@given(channels=st.lists(st.one_of(any_channels, radio_channels()), min_size=1, max_size=4))
def test_what_a_format_holds_comes_back_and_the_rest_is_refused(format_: Format, channels: list[Channel]) -> None:
    written = format_.write(channels, {})
    kept = [channels[number - 1] for number in accounted(channels, written)]
    if not kept:
        return
    found = back(format_, written)
    if format_.is_own:
        assert [unborn(one) for one in found] == [unborn(one) for one in kept]
        return
    assert [programmed(one) for one in found] == [programmed(one) for one in kept]
    if format_.holds_remarks:
        assert [one.remarks for one in found] == [" ".join(one.remarks.split()) for one in kept]


@BY_NAME
def test_the_channels_that_ship_come_back(format_: Format) -> None:
    channels = library.channels()
    written = format_.write(channels, {})
    kept = [channels[number - 1] for number in accounted(channels, written)]
    assert kept
    assert [programmed(one) for one in back(format_, written)] == [programmed(one) for one in kept]


@BY_NAME
def test_the_same_channels_make_the_same_file(format_: Format) -> None:
    channels = library.channels("NOAA Weather Radio") + library.channels("VHF interop")
    assert format_.write(channels, {}).content == format_.write(channels, {}).content


def line(channel: Channel, **values: object) -> Line:
    use = Assignment(period_id="p", channel_id=channel.id, position=0, **values)  # type: ignore[arg-type]
    return Line(assignment=use, channel=channel)


@BY_NAME
def test_a_plan_is_written_as_its_channels_are(format_: Format) -> None:
    channels = library.channels("VHF interop")
    plan = [line(one, zone="1", number=number) for number, one in enumerate(channels, 1)]
    assert accounted(plan, format_.write(plan, {})) == accounted(channels, format_.write(channels, {}))


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@settings(deadline=None, max_examples=40)
@given(channel=any_channels, zone=texts, number=st.one_of(st.none(), st.integers(0, 999)), words=texts)
def test_a_plan_comes_back_whole(name: str, channel: Channel, zone: str, number: int | None, words: str) -> None:
    plan = [line(channel, zone=zone, number=number, function=words, assignment=words[::-1], remarks=words)]
    written = formats.write(name, plan)
    if not accounted(plan, written):
        return
    row = read.read_bytes(written.content, f"plan.{name}").rows[0]
    assert row.channel is not None
    assert row.use is not None
    assert unborn(row.channel) == unborn(channel)
    use = asdict(plan[0].assignment)
    assert asdict(row.use) == {key: use[key] for key in asdict(row.use)}


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_our_table_of_a_plan_begins_with_the_columns_of_the_205(name: str) -> None:
    written = formats.write(name, [line(library.channels("VHF interop")[0])])
    guess = read.read_bytes(written.content, f"plan.{name}")
    assert guess.kind == "plan"
    if name == "csv":
        head = next(csv.reader(io.StringIO(written.content.decode("utf-8-sig"))))
        assert head[:4] == ["Zone Grp.", "Ch #", "Function", "Channel Name/Trunked Radio System Talkgroup"]
        assert head[4:6] == ["Assignment", "RX Freq"]
    assert len({field.name for field in fields(Channel)} - {"id", "period_id"}) == len(formats.own.COLUMNS) - 5


# ── what cannot be expressed ─────────────────────────────────────────────────

PLAIN = Channel(
    name="TAC 1", direction=Direction.BOTH, rx_hz=155_750_000, tx_hz=155_750_000, rx_tone=Tone(ctcss_dhz=1567),
    tx_tone=Tone(ctcss_dhz=1567), bandwidth_hz=NARROW_HZ, mode=Mode.ANALOG, modulation="FM",
)  # fmt: skip
SPLIT = replace(PLAIN, tx_tone=Tone(ctcss_dhz=1365))
RECEIVE_ONLY = replace(PLAIN, direction=Direction.RECEIVE_ONLY, tx_hz=None, tx_tone=UNKNOWN_TONE)
IMPOSSIBLE = {
    "a NAC": replace(PLAIN, rx_tone=Tone(nac=0x293), tx_tone=Tone(nac=0x293)),
    "digital": replace(PLAIN, mode=Mode.DIGITAL, modulation="P25"),
    "mixed": replace(PLAIN, mode=Mode.MIXED, modulation="FM / P25"),
    "a width of 20 kHz": replace(PLAIN, bandwidth_hz=20_000),
    "an unknown width": replace(PLAIN, bandwidth_hz=None),
    "an unknown tone": replace(PLAIN, rx_tone=UNKNOWN_TONE),
    "an unknown direction": replace(PLAIN, direction=Direction.UNKNOWN),
    "no transmit frequency": replace(PLAIN, tx_hz=None),
    "transmit only": replace(PLAIN, direction=Direction.TRANSMIT_ONLY, rx_hz=None),
    "an unknown modulation": replace(PLAIN, modulation=""),
    "a tone that is none of the list": replace(PLAIN, rx_tone=Tone(ctcss_dhz=1038)),
    "a talkgroup": Channel(name="STATEWIDE", kind=Kind.TALKGROUP),
    "a telephone": Channel(name="EOC", kind=Kind.TELEPHONE),
    "no name": replace(PLAIN, name=""),
    "a formula for a name": replace(PLAIN, name="=1+1"),
    "a name that is not ASCII": replace(PLAIN, name="Raño"),
    "a name that ends in a space": replace(PLAIN, name="TAC "),
}


@RADIOS
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_no_radio_format_can_say_is_refused_with_the_reason(format_: Format, what: str) -> None:
    written = format_.write([PLAIN, IMPOSSIBLE[what]], {})
    assert [(one.number, bool(one.reasons)) for one in written.refused] == [(2, True)]
    assert written.count == 1


@pytest.mark.parametrize(
    ("channel", "refusing"),
    [
        (SPLIT, {"rtsystems", "adms"}),
        (RECEIVE_ONLY, {"rtsystems", "adms", "icom"}),
        (replace(PLAIN, rx_tone=Tone(dcs=23, is_dcs_inverted=True), tx_tone=Tone(dcs=23, is_dcs_inverted=True)),
         {"rtsystems", "adms"}),
        (replace(PLAIN, rx_tone=Tone(dcs=23), tx_tone=Tone(dcs=31)), {"rtsystems", "adms", "icom"}),
        (replace(PLAIN, tx_tone=CSQ), {"rtsystems", "adms", "icom"}),  # a tone to receive only
        (replace(PLAIN, rx_hz=155_752_500, tx_hz=155_752_500), {"rtsystems", "adms", "icom"}),  # on no 5 or 6.25 kHz
        (replace(PLAIN, rx_hz=769_243_750, tx_hz=799_243_750), {"rtsystems"}),  # no multiple of 12.5 kHz
        (replace(PLAIN, rx_hz=155_750_001, tx_hz=155_750_001),
         {"rtsystems", "adms", "icom", "anytone", "opengd77", "qdmr"}),  # to the hertz only CHIRP
        (replace(PLAIN, tx_hz=155_750_000 + 8_335_000), {"rtsystems", "adms"}),  # an odd shift
        (replace(PLAIN, modulation="AM", rx_tone=CSQ, tx_tone=CSQ), {"anytone", "opengd77", "qdmr"}),
        (replace(PLAIN, name="VTAC33D"), {"rtsystems", "adms"}),
        (replace(PLAIN, name="SEVENTEEN LETTERS"), {"rtsystems", "adms", "icom", "anytone", "opengd77", "qdmr"}),
        (replace(PLAIN, name="A,B"), {"adms", "icom", "anytone", "opengd77"}),
    ],
)  # fmt: skip
def test_each_format_refuses_what_it_alone_cannot_say(channel: Channel, refusing: set[str]) -> None:
    found = {one.name for one in FORMATS if one.write([channel], {}).refused}
    assert found == refusing


def test_chirp_says_the_split_tones_of_vtac33_as_cross() -> None:
    channel = next(one for one in library.channels() if one.name == "VTAC33")
    rows = list(csv.DictReader(io.StringIO(formats.write("chirp", [channel]).content.decode())))
    said = {
        key: rows[0][key] for key in ("Frequency", "Duplex", "Offset", "Tone", "rToneFreq", "cToneFreq", "CrossMode")
    }
    assert said == {
        "Frequency": "159.472500", "Duplex": "-", "Offset": "8.335000", "Tone": "Cross", "rToneFreq": "136.5",
        "cToneFreq": "156.7", "CrossMode": "Tone->Tone",
    }  # fmt: skip


@RADIOS
def test_a_long_name_is_refused_until_it_has_an_alias(format_: Format) -> None:
    channel = replace(PLAIN, name="A name that is longer than any radio shows")
    if format_.name == "chirp":
        assert "CHIRP cuts names" in " ".join(format_.write([channel], {}).said)
    else:
        assert "alias" in format_.write([channel], {}).refused[0].reasons[0]
    for key in (channel.id, channel.name):
        assert [one.name for one in back(format_, format_.write([channel], {key: "SHORT"}))] == ["SHORT"]


@BY_NAME
def test_nothing_to_export_is_said(format_: Format) -> None:
    with pytest.raises(InputError, match="nothing to export"):
        format_.write([], {})


@RADIOS
def test_what_the_plan_does_not_say_and_the_format_demands_is_said_aloud(format_: Format) -> None:
    assert any("ower" in said for said in format_.write([PLAIN], {}).said) or format_.name == "icom"  # no power there


def test_names_that_a_program_calls_channels_by_are_written_once() -> None:
    twice = [PLAIN, replace(SPLIT, id="other")]
    for name in ("anytone", "opengd77"):
        refused = formats.write(name, twice).refused
        assert [one.number for one in refused] == [2]
        assert "row 1" in refused[0].reasons[0]


def test_the_zones_of_a_plan_are_the_zones_of_a_codeplug() -> None:
    plan = [line(replace(PLAIN, id=zone, name=f"CH {zone[:9]}"), zone=zone) for zone in ("North", "South", "S" * 17)]
    written = formats.write("qdmr", plan)
    said = yaml.load(written.content, _Loader)["zones"]
    assert [(one["name"], one["A"]) for one in said] == [("North", ["ch1"]), ("South", ["ch2"])]
    assert [one.number for one in written.refused] == [3]


def test_icom_takes_a_hundred_rows_a_file() -> None:
    many = [replace(PLAIN, id=str(number), name=f"CH {number}") for number in range(101)]
    assert [one.number for one in formats.write("icom", many).refused] == [101]


def test_the_formats_are_found_by_name_and_an_unknown_one_lists_them() -> None:
    assert formats.find("CHIRP").name == "chirp"
    assert formats.for_suffix(".xlsx").name == "xlsx"
    with pytest.raises(InputError) as refused:
        formats.find("motorola")
    assert "chirp" in refused.value.hint
    with pytest.raises(InputError):
        formats.for_suffix(".doc")


# ── no spreadsheet runs it ───────────────────────────────────────────────────

HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "'=1+1", "\n-1"]


@given(st.text())
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not runs(guard(text))


@BY_NAME
def test_no_cell_of_ours_begins_like_a_formula(format_: Format) -> None:
    channels = [replace(PLAIN, remarks=text, eligibility=text, source=text) for text in HOSTILE]
    channels = [replace(one, id=str(number), name=f"CH {number}") for number, one in enumerate(channels)]
    written = format_.write([*channels, *(replace(PLAIN, name=text) for text in HOSTILE)], {})
    assert written.count
    if format_.suffix == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(written.content))
        assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}
        assert not [
            cell for row in book.worksheets[0] for cell in row if cell.data_type == "n" and cell.value is not None
        ]
        return
    keywords = {"+", "-", "+RPT", "-RPT"}  # words of the formats themselves, which run nothing
    rows = csv.reader(io.StringIO(written.content.decode("utf-8-sig"), newline=""))
    if format_.suffix == ".csv":
        assert [cell for row in rows for cell in row if runs(cell) and cell not in keywords] == []


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_hostile_texts_come_back_unchanged(name: str) -> None:
    channels = [replace(PLAIN, name=f"x{text}", remarks=text, source=text) for text in HOSTILE if "\r" not in text]
    found = read.read_bytes(formats.write(name, channels).content, f"list.{name}").channels
    assert [unborn(one) for one in found] == [unborn(one) for one in channels]
