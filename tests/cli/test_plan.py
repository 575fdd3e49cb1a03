"""coml plan: lines, revisions, signature."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit import library

Coml = Callable[..., Any]

LINE_FIELDS = {
    *("zone", "channel", "function", "name", "assignment", "rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz"),
    *("mode", "remarks", "kind"),
}


def lines(coml: Coml, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coml("plan", "list", *more, "--json").document["lines"]
    return found


def names(coml: Coml) -> list[str]:
    return [line["name"] for line in lines(coml)]


@pytest.fixture
def plan(coml: Coml, incident: Path) -> Path:
    """Three lines in two zones."""
    for name, zone in (("VTAC12", "1"), ("VTAC13", "1"), ("UTAC42", "2")):
        assert coml("plan", "add", name, "--function", "Tactical", "--zone", zone).code == 0
    return incident


# ── listing ──────────────────────────────────────────────────────────────────


def test_a_plan_is_listed_as_promised(coml: Coml, example: Path) -> None:
    listed = coml("plan", "list", "--json").document
    assert listed["incident"] == "Stinking Creek Fire"
    assert (listed["period"], listed["revision"], listed["signed"]) == (3, 2, False)
    assert all(line.keys() >= LINE_FIELDS for line in listed["lines"])
    signed = coml("plan", "list", "--period", "2", "--json").document
    assert (signed["signed"], signed["signed_by"]) == (True, "Luis Ortega")
    assert signed["signed_at"] == "2026-11-21T21:45:00Z"


def test_a_plan_reads_like_the_form(coml: Coml, example: Path) -> None:
    out = coml("plan", "list").out
    assert "operational period 3, 2026-11-22 06:00 to 2026-11-22 18:00 America/New_York, revision 2, DRAFT" in out
    assert "769.24375 N" in out
    assert "RX only" in out
    assert "EXAMPLE County P25 System · TG 4101" in out
    assert "EMERGENCY TRAFFIC" in out


def test_a_name_cannot_steer_the_terminal(coml: Coml, incident: Path) -> None:
    coml("plan", "add", "X", "--rx", "154.4", "--remarks", "\x1b[2Jgone\nand more")
    out = coml("plan", "list").out
    assert "\x1b" not in out
    assert "�[2Jgone and more" in out
    assert lines(coml)[0]["remarks"] == "\x1b[2Jgone\nand more"


# ── adding ───────────────────────────────────────────────────────────────────


def test_the_promised_example_adds_a_line(coml: Coml, incident: Path) -> None:
    done = coml(
        *("plan", "add", "VTAC11", "--function", "Tactical", "--assignment", "Div A", "--zone", "1", "--channel", "3")
    )
    assert done.code == 0
    (line,) = lines(coml)
    assert {name: line[name] for name in sorted(LINE_FIELDS)} == {
        **{"zone": "1", "channel": 3, "function": "Tactical", "name": "VTAC11", "assignment": "Div A"},
        **{"rx_hz": 151_137_500, "tx_hz": 151_137_500, "rx_tone": "156.7", "tx_tone": "156.7"},
        **{"bandwidth_hz": 12_500, "mode": "A", "remarks": "", "kind": "conventional"},
    }
    assert line["edition"] == library.channels("vhf_interop")[1].edition
    assert "Line 1, zone 1, channel 3: VTAC11, RX 151.1375 N tone 156.7, TX 151.1375 N tone 156.7, A." in done.out


def test_zone_and_number_go_on_and_are_said(coml: Coml, plan: Path) -> None:
    assert "Line 4, zone 2, channel 2: UTAC43" in coml("plan", "add", "UTAC43").out
    assert "Line 1, zone 1, channel 3: VCALL10" in coml("plan", "add", "vcall10", "--zone", "1", "--position", "1").out
    done = coml("plan", "add", "UTAC41", "--zone", "1", "--channel", "2")
    assert "VTAC13 has the same channel number in that zone." in done.err


def test_a_name_that_nobody_knows_is_refused_with_what_was_probably_meant(
    coml: Coml, incident: Path, refused: Callable[..., None]
) -> None:
    refused(coml("plan", "add", "VTAC111"), "no channel “VTAC111”", "Did you mean VTAC11")
    refused(coml("plan", "add", "VTAC111", "--mode", "A"), "Did you mean VTAC11")
    refused(coml("plan", "add", "QQQQQQ"), "--rx and --tx")
    refused(coml("plan", "add", ""), "no channel “”")
    coml("library", "add", "CAMPBELL FD", "--rx", "154.4")
    refused(coml("plan", "add", "CAMPBEL FD"), "Did you mean CAMPBELL FD")
    assert lines(coml) == []


def test_an_own_channel_is_used_by_name(coml: Coml, incident: Path) -> None:
    coml("library", "add", "CAMPBELL FD", "--rx", "154.4", "--tx", "none")
    coml("plan", "add", "campbell fd")
    (line,) = lines(coml)
    assert (line["name"], line["rx_hz"], line["tx_hz"], line["direction"]) == (
        *("CAMPBELL FD", 154_400_000),
        *(None, "receive only"),
    )


def test_a_name_that_means_two_channels_is_refused(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    coml("library", "add", "VTAC11", "--rx", "154.4")
    refused(coml("plan", "add", "VTAC11"), "2 channels", "154.4000", "151.1375")


def test_a_frequency_typed_here_is_not_the_librarys_and_that_is_said(coml: Coml, incident: Path) -> None:
    done = coml("plan", "add", "VTAC11", "--rx", "151.1375", "--tx", "151.1375")
    assert "not the VTAC11 of the library" in done.err
    assert "RX tone" in done.err
    (line,) = lines(coml)
    assert (line["rx_tone"], line["edition"], line["bandwidth_hz"]) == ("unknown", "", None)
    assert {"rx_tone", "tx_tone", "bandwidth_hz", "mode"} <= set(line["unknown"])


def test_a_field_changes_the_lines_copy_only_and_that_is_said(coml: Coml, incident: Path) -> None:
    done = coml("plan", "add", "VFIRE21", "--tx-tone", "123.0")
    assert "Not as in the library: TX tone." in done.err
    (line,) = lines(coml)
    assert (line["rx_tone"], line["tx_tone"]) == ("156.7", "123.0")
    assert coml("library", "VFIRE21", "--json").document[0]["tx_tone"] == "156.7"


@pytest.mark.parametrize(
    ("kind", "options", "where"),
    [
        ("talkgroup", ["--system", "TACN", "--talkgroup", "4101"], "TACN · TG 4101"),
        ("data", ["--system", "Wi-Fi", "--address", "SSID ICP"], "Wi-Fi · SSID ICP"),
        ("video", ["--address", "rtsp://192.0.2.1"], "rtsp://192.0.2.1"),
        ("satellite", ["--address", "423-555-0142"], "423-555-0142"),
        ("broadband", ["--system", "FirstNet"], "FirstNet"),
        ("telephone", ["--address", "423-555-0117"], "423-555-0117"),
    ],
)
def test_a_plan_covers_voice_video_and_data(coml: Coml, plan: Path, kind: str, options: list[str], where: str) -> None:
    done = coml("plan", "add", "THING", "--kind", kind, *options)
    assert where in done.out
    line = lines(coml)[-1]
    assert (line["kind"], line["rx_hz"], line["tx_hz"]) == (kind, None, None)
    assert (line["zone"], line["channel"]) == (("2", 2) if kind == "talkgroup" else ("", None))
    assert where in coml("plan", "list").out


def test_an_unknown_talkgroup_is_said_and_not_invented(coml: Coml, plan: Path) -> None:
    assert "TG unknown" in coml("plan", "add", "OPS", "--kind", "talkgroup").out
    assert lines(coml)[-1]["unknown"] == ["mode", "encryption", "system", "talkgroup_id"]


# ── changing ─────────────────────────────────────────────────────────────────


def test_a_line_is_named_by_its_number_or_its_channel(coml: Coml, plan: Path, refused: Callable[..., None]) -> None:
    assert coml("plan", "set", "2", "--assignment", "Div B").code == 0
    assert coml("plan", "set", "utac42", "--assignment", "Div C").code == 0
    assert [line["assignment"] for line in lines(coml)] == ["", "Div B", "Div C"]
    refused(coml("plan", "set", "4", "--zone", "1"), "no line 4", "3 lines")
    refused(coml("plan", "set", "0", "--zone", "1"), "no line 0")
    refused(coml("plan", "set", "UTAC43", "--zone", "1"), "no line “UTAC43”", "UTAC42")
    coml("plan", "add", "VTAC12", "--function", "Command")
    ambiguous = coml("plan", "remove", "VTAC12")
    assert ambiguous.code == 2
    assert "on 2 lines" in ambiguous.err
    assert "1: Tactical" in ambiguous.err
    assert "4: Command" in ambiguous.err


def test_every_part_of_a_line_can_be_set(coml: Coml, plan: Path) -> None:
    done = coml(
        *("plan", "set", "1", "--name", "LOCAL 1", "--function", "Command", "--assignment", "All", "--zone", "3"),
        *("--channel", "16", "--remarks", "R", "--rx", "769.24375", "--tx", "799.24375", "--rx-tone", "$F7E"),
        *("--tx-tone", "$293", "--mode", "D", "--bandwidth", "6.25"),
    )
    assert done.code == 0
    line = lines(coml)[0]
    assert {name: line[name] for name in LINE_FIELDS} == {
        **{"zone": "3", "channel": 16, "function": "Command", "name": "LOCAL 1", "assignment": "All"},
        **{"rx_hz": 769_243_750, "tx_hz": 799_243_750, "rx_tone": "$F7E", "tx_tone": "$293"},
        **{"bandwidth_hz": 6_250, "mode": "D", "remarks": "R", "kind": "conventional"},
    }


@pytest.mark.parametrize("typed", ["155,7525", "155.75.25", "1557525"])
def test_a_typo_in_a_frequency_changes_nothing(
    coml: Coml, plan: Path, typed: str, refused: Callable[..., None]
) -> None:
    before = coml("plan", "list", "--json").out
    refused(coml("plan", "set", "1", "--tx", typed), f"“{typed}”", "155.7525")
    refused(coml("plan", "add", "NEW", "--rx", typed), f"“{typed}”", "155.7525")
    assert coml("plan", "list", "--json").out == before


def test_another_channel_takes_a_lines_place(coml: Coml, plan: Path, refused: Callable[..., None]) -> None:
    done = coml("plan", "set", "1", "--use", "VFIRE22", "--remarks", "Was VTAC12")
    assert done.out.startswith("Replace VTAC12 with VFIRE22; Change remarks of VTAC12: ")
    line = lines(coml)[0]
    assert (line["name"], line["rx_hz"], line["function"]) == ("VFIRE22", 154_265_000, "Tactical")
    coml("undo")
    assert names(coml)[0] == "VTAC12"
    refused(coml("plan", "set", "1", "--use", "VFIRE222"), "VFIRE22")
    assert coml("plan", "set", "1", "--use", "VFIRE22", "--mode", "D").code == 2


def test_another_kind_takes_the_frequencies_out_and_says_so(coml: Coml, plan: Path) -> None:
    done = coml("plan", "set", "1", "--kind", "telephone", "--address", "423-555-0117")
    assert "RX frequency" in done.err
    line = lines(coml)[0]
    assert (line["rx_hz"], line["tx_hz"], line["bandwidth_hz"]) == (None, None, None)
    coml("undo")
    assert lines(coml)[0]["rx_hz"] == 154_452_500


def test_setting_nothing_is_wrong_usage_and_the_same_again_is_no_edit(coml: Coml, plan: Path) -> None:
    assert coml("plan", "set", "1").code == 2
    before = coml("history", "--json").out
    assert "Nothing to change" in coml("plan", "set", "1", "--function", "Tactical").out
    assert coml("history", "--json").out == before


def test_lines_are_removed_moved_and_numbered(coml: Coml, plan: Path, refused: Callable[..., None]) -> None:
    for to, order in ((3, [13, 42, 12]), (1, [12, 13, 42]), (2, [13, 12, 42]), (2, [13, 12, 42])):
        assert coml("plan", "move", "VTAC12", "--to", to).code == 0
        assert [int(name[-2:]) for name in names(coml)] == order
    refused(coml("plan", "move", "VTAC12", "--to", "4"), "no line 4", "3 lines")
    assert coml("plan", "move", "VTAC12", "--to", "0").code == 2
    coml("plan", "renumber")
    assert [line["channel"] for line in lines(coml)] == [1, 2, 1]
    coml("plan", "rename-zone", "2", "UHF")
    assert lines(coml)[-1]["zone"] == "UHF"
    refused(coml("plan", "rename-zone", "2", "UHF"), "no zone “2”", "“UHF”")
    coml("plan", "remove", "1", "UTAC42")
    assert names(coml) == ["VTAC12"]
    assert coml("plan", "remove", "1", "vtac12").out.startswith("Remove VTAC12: ")


def test_a_telephone_is_not_renumbered(coml: Coml, plan: Path) -> None:
    coml("plan", "add", "DISPATCH", "--kind", "telephone", "--zone", "1", "--position", "1")
    coml("plan", "renumber")
    assert [line["channel"] for line in lines(coml)] == [None, 1, 2, 1]


def test_a_repeater_gets_its_direct_twin_below_it(coml: Coml, plan: Path, refused: Callable[..., None]) -> None:
    coml("plan", "direct", "UTAC42")
    twin = lines(coml)[-1]
    assert (twin["name"], twin["rx_hz"], twin["tx_hz"]) == ("UTAC42D", 453_712_500, 453_712_500)
    refused(coml("plan", "direct", "VTAC12"), "not a repeater")


def test_instructions_are_given_as_text_or_through_a_pipe(coml: Coml, incident: Path) -> None:
    coml("plan", "instructions", "Plain language.")
    assert coml("plan", "instructions").out == "Plain language.\n"
    coml("plan", "instructions", "-", stdin="First line.\nSecond line.\n")
    assert coml("plan", "list", "--json").document["special_instructions"] == "First line.\nSecond line."


def test_who_prepares_it_and_when(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    coml("plan", "prepared-by", "Ada Wong", "--at", "2026-11-22 05:15")
    listed = coml("plan", "list", "--json").document
    assert (listed["prepared_by"], listed["prepared_at"]) == ("Ada Wong", "2026-11-22T10:15:00Z")
    refused(coml("plan", "prepared-by", "Ada Wong", "--at", "noon"), "“noon” is not a date and time")


# ── revisions ────────────────────────────────────────────────────────────────


def test_a_signed_revision_is_locked_and_a_change_starts_the_next(
    coml: Coml, plan: Path, refused: Callable[..., None]
) -> None:
    refused(coml("plan", "diff"), "signed yet")
    assert coml("plan", "sign", "--by", "Ada Wong").code == 0
    listed = coml("plan", "list", "--json").document
    assert (listed["revision"], listed["signed"], listed["signed_by"]) == (1, True, "Ada Wong")
    refused(coml("plan", "sign", "--by", "Ada Wong"), "signed already")
    assert coml("plan", "diff", "--json").document["differences"] == []

    done = coml("plan", "set", "VTAC12", "--assignment", "Div A")
    assert "Revision 1 was signed; this change starts revision 2." in done.err
    found = coml("plan", "diff", "--json").document
    assert (found["from"], found["to"], found["to_is_signed"]) == (1, 2, False)
    assert found["differences"] == ["VTAC12 (Tactical) at 1 1: assignment Div A (was nothing)."]
    coml("plan", "sign", "--by", "Ada Wong")
    assert [(one["revision"], one["signed"]) for one in coml("plan", "revisions", "--json").document] == [
        *((1, True), (2, True)),
    ]
    assert coml("plan", "diff", "2", "1", "--json").document["differences"] == [
        "VTAC12 (Div A) at 1 1: assignment nothing (was Div A)."
    ]
    refused(coml("plan", "diff", "7"), "no signed revision 7", "1, 2")
    coml("plan", "set", "VTAC12", "--assignment", "Div B")
    assert coml("plan", "diff", "2", "3", "--json").document == coml("plan", "diff", "--json").document


def test_a_signature_needs_a_name_and_is_not_undone(coml: Coml, plan: Path, refused: Callable[..., None]) -> None:
    assert coml("plan", "sign").code == 2
    refused(coml("plan", "sign", "--by", " "), "signed with a name")
    coml("plan", "sign", "--by", "Ada Wong")
    assert coml("undo").out == "Undone: Add UTAC42\n"
    assert coml("plan", "revisions", "--json").document[0]["signed"] is True


def test_signing_what_is_not_known_says_so(coml: Coml, plan: Path) -> None:
    coml("plan", "add", "X", "--rx", "154.4")
    assert "Not everything is known of line 4" in coml("plan", "sign", "--by", "Ada Wong").err


def test_the_examples_changes_are_told_in_words(coml: Coml, example: Path) -> None:
    out = coml("plan", "diff").out
    assert "VFIRE22 (Division C) at 1 7: assignment Division C, Structures (was Division C)." in out
    assert "UAS VIDEO (Planning) was added." in out
    assert "order" not in out
