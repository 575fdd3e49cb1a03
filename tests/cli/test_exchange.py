"""coml import and coml export: nothing unseen comes in, nothing that cannot be said goes out."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit import library
from coml_toolkit.exchange import formats
from coml_toolkit.exchange.read import KINDS
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Assignment
from coml_toolkit.store import open_store

Coml = Callable[..., Any]
WriteList = Callable[..., Path]

CHECKOUT = Path(__file__).resolve().parents[2]
SEATTLE = CHECKOUT.parent / "shared" / "reference" / "real_lists" / "seattle_acs_217a_2024.csv"
HEAD = "Channel Name,RX Freq,RX Tone,TX Freq,TX Tone,Mode"
FIRE7 = "FIRE7,154.4000 N,CSQ,154.4000 N,156.7,A"
EMS2 = "EMS2,155.3400 N,CSQ,155.3400 N,D023N,A"
DOUBTFUL = "LAW3,154.6500 N,CSQ,154.6500 N,103.8,A"  # no standard CTCSS tone
BAD = "BAD4,154.7x,CSQ,154.7000 N,CSQ,A"
PLAN = "Zone Grp.,Ch #,Function,Channel Name,Assignment,RX Freq,RX Tone/NAC,TX Freq,TX Tone/NAC,Mode,Remarks"


@pytest.fixture
def unit(coml: Coml, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit file with nothing in it."""
    path = tmp_path / "unit.coml"
    monkeypatch.setenv("COML_UNIT", str(path))
    assert coml("init", path).code == 0
    return path


@pytest.fixture
def write_list(tmp_path: Path) -> WriteList:
    """A CSV with these rows below a head."""

    def write(*rows: str, head: str = HEAD, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def own(path: Path) -> list[Channel]:
    with open_store(path, read_only=True) as store:
        return store[Channel].where(period_id=None)


def said(channels: list[Channel]) -> list[Channel]:
    """What they say, apart from which record it is."""
    return sorted((replace(channel, id="", period_id=None) for channel in channels), key=lambda one: one.name)


def outcomes(done: Any) -> dict[int, str]:
    return {row["row"]: row["outcome"] for row in done.document["rows"]}


def edits(path: Path) -> int:
    with open_store(path, read_only=True) as store:
        return len(list(store.history()))


# ── import: the rows ─────────────────────────────────────────────────────────


def test_a_good_list_is_taken_in_and_shown(coml: Coml, unit: Path, write_list: WriteList) -> None:
    done = coml("import", write_list(FIRE7, EMS2))
    assert done.code == 0
    assert [(one.name, one.rx_hz, one.bandwidth_hz) for one in own(unit)] == [
        ("EMS2", 155_340_000, 12_500),
        ("FIRE7", 154_400_000, 12_500),
    ]
    assert "Import 2 channels from list.csv" in done.out
    assert "FIRE7" in done.out
    assert "Analog is FM" in done.out  # what was assumed is never left to a note that --quiet hides
    assert "list.csv is read as a channel list, by its headings." in done.err


def test_json_is_the_preview_and_what_became_of_each_row(coml: Coml, unit: Path, write_list: WriteList) -> None:
    done = coml("import", write_list(FIRE7, DOUBTFUL, BAD), "--json")
    assert done.code == 1
    document = done.document
    assert {"file", "kind", "words", "rows", "passed", "notes", "mappings", "done", "dry_run"} <= document.keys()
    assert (document["kind"], document["added"], document["doubtful"], document["refused"]) == ("217a", 1, 1, 1)
    assert outcomes(done) == {2: "added", 3: "doubtful", 4: "refused"}
    first, doubtful, bad = document["rows"]
    assert (first["channel"]["rx_hz"], first["channel"]["tx_tone"]) == (154_400_000, "156.7")
    assert doubtful["doubts"] == doubtful["why"] == ["103.8 Hz is not a standard CTCSS tone; the nearest is 103.5."]
    assert bad["channel"] is None
    assert "154.7x" in bad["refused"][0]


def test_a_refused_row_is_listed_with_its_number_and_the_others_come_in(
    coml: Coml, unit: Path, write_list: WriteList
) -> None:
    done = coml("import", write_list(FIRE7, BAD, EMS2), "--quiet")
    assert done.code == 1
    assert [one.name for one in own(unit)] == ["EMS2", "FIRE7"]
    refused = done.out[done.out.index("Refused:") :]
    assert "row 3: RX Freq" in refused
    assert "154.7x" in refused
    assert done.err == ""


def test_doubts_are_taken_only_with_a_plain_yes(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list(FIRE7, DOUBTFUL)
    done = coml("import", path)
    assert done.code == 1
    assert [one.name for one in own(unit)] == ["FIRE7"]
    assert "row 3: 103.8 Hz is not a standard CTCSS tone" in done.out
    assert "--accept-doubts" in done.err
    done = coml("import", path, "--accept-doubts", "--json")
    assert (done.code, outcomes(done)) == (0, {2: "already there", 3: "added"})
    assert {one.name: one.tx_tone.ctcss_dhz for one in own(unit)}["LAW3"] == 1038


def test_a_channel_unlike_the_one_that_ships_is_a_doubt(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list("VTAC11,151.1375 N,156.7,159.4725 N,156.7,A", "VTAC12,154.4525 N,156.7,154.4525 N,156.7,A")
    done = coml("import", path, "--json")
    assert outcomes(done) == {2: "doubtful", 3: "added"}
    assert done.document["rows"][0]["why"] == ["It is not the VTAC11 of the library that ships: TX frequency."]
    assert done.document["rows"][1]["remarks"] == ["The library that ships has a VTAC12 too."]


def test_what_is_not_known_is_not_unlike(coml: Coml, unit: Path, write_list: WriteList) -> None:
    done = coml("import", write_list("VTAC11,151.1375,,151.1375,,"), "--json")
    assert outcomes(done) == {2: "added"}
    (channel,) = own(unit)
    assert (channel.rx_tone.is_known, channel.bandwidth_hz) == (False, None)


# ── import: what is there already ────────────────────────────────────────────


def test_the_same_list_again_changes_nothing(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list(FIRE7, EMS2, FIRE7.replace("156.7", " 156.7"))
    assert coml("import", path, "--accept-doubts").code == 0
    before, entries = own(unit), edits(unit)
    done = coml("import", path.rename(path.with_name("copy.csv")), "--json", "--accept-doubts")
    assert (done.code, set(outcomes(done).values())) == (0, {"already there"})
    assert done.document["done"] == "Nothing to change"
    assert (own(unit), edits(unit)) == (before, entries)


def test_a_name_that_is_taken_is_left_out_until_it_is_replaced(coml: Coml, unit: Path, write_list: WriteList) -> None:
    coml("import", write_list(FIRE7))
    (before,) = own(unit)
    path = write_list(FIRE7.replace("156.7", "141.3").replace("FIRE7", "Fire7"))
    done = coml("import", path)
    assert done.code == 1
    assert own(unit) == [before]
    assert "row 2: The unit has a FIRE7 already, unlike this one: name, TX tone." in done.out
    done = coml("import", path, "--replace", "--json")
    assert (done.code, outcomes(done)) == (0, {2: "replaced"})
    assert "Before: FIRE7, RX 154.4000 N" in done.document["rows"][0]["why"][0]
    (after,) = own(unit)
    assert (after.id, after.name, after.tx_tone.ctcss_dhz) == (before.id, "Fire7", 1413)
    coml("undo")
    assert own(unit) == [before]


def test_replacing_does_not_swallow_a_doubt(coml: Coml, unit: Path, write_list: WriteList) -> None:
    coml("import", write_list("LAW3,154.6500 N,CSQ,154.6500 N,103.5,A"))
    done = coml("import", write_list(DOUBTFUL), "--replace", "--json")
    assert (done.code, outcomes(done)) == (1, {2: "doubtful"})


def test_of_two_rows_of_one_name_neither_is_chosen(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list(FIRE7, EMS2, FIRE7.replace("154.4000", "154.4150"))
    done = coml("import", path, "--accept-doubts", "--replace", "--json")
    assert (done.code, outcomes(done)) == (1, {2: "clash", 3: "added", 4: "clash"})
    assert "row 2 and row 4" in done.document["rows"][0]["why"][0]
    assert [one.name for one in own(unit)] == ["EMS2"]


def test_a_channel_without_a_name_is_left_out(coml: Coml, unit: Path, write_list: WriteList) -> None:
    done = coml("import", write_list(FIRE7.replace("FIRE7", "")), "--accept-doubts", "--json")
    assert (done.code, outcomes(done)) == (1, {2: "clash"})
    assert own(unit) == []


# ── import: one edit, or none ────────────────────────────────────────────────


def test_one_undo_takes_the_whole_import_back(coml: Coml, unit: Path, write_list: WriteList) -> None:
    entries = edits(unit)
    coml("import", write_list(FIRE7, EMS2))
    assert edits(unit) == entries + 1
    assert coml("undo").code == 0
    assert own(unit) == []
    assert coml("redo").code == 0
    assert len(own(unit)) == 2


@pytest.mark.parametrize("more", [(), ("--accept-doubts",)])
def test_a_dry_run_says_the_same_and_changes_nothing(
    coml: Coml, unit: Path, write_list: WriteList, more: tuple[str, ...]
) -> None:
    path = write_list(FIRE7, DOUBTFUL)
    raw, entries = unit.read_bytes(), edits(unit)
    dry = coml("import", path, "--dry-run", "--json", *more)
    assert dry.document["dry_run"] is True
    assert (unit.read_bytes(), edits(unit), own(unit)) == (raw, entries, [])
    assert "a dry run" in coml("import", path, "--dry-run", *more).out
    real = coml("import", path, "--json", *more)
    assert (dry.code, outcomes(dry)) == (real.code, outcomes(real))


def test_a_dry_run_makes_no_unit_file_and_works_while_another_program_has_it(
    coml: Coml, write_list: WriteList, coml_home: Path, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list(FIRE7)
    with open_store(example):
        assert coml("import", path, "--dry-run").code == 0
    monkeypatch.delenv("COML_UNIT")
    assert coml("import", path, "--dry-run").code == 0
    assert not (coml_home / "data").exists()


def test_a_plan_with_no_unit_file_is_refused(
    coml: Coml, write_list: WriteList, coml_home: Path, refused: Callable[..., None]
) -> None:
    refused(coml("import", write_list("1,1,Tactical," + EMS2, head=PLAN), "--dry-run"), "no plan")


# ── import: a plan ───────────────────────────────────────────────────────────


ROWS = (
    "1,1,Command,FIRE7,All divisions,154.4000 N,CSQ,154.4000 N,156.7,A,Listen first",
    "1,2,Tactical,EMS2,Division A,155.3400 N,CSQ,155.3400 N,D023N,A,",
    "1,,Tactical,LAW5,Division B,155.4750 N,CSQ,155.4750 N,CSQ,A,",
)


def test_a_plan_goes_to_the_end_of_the_plan(coml: Coml, incident: Path, write_list: WriteList) -> None:
    coml("plan", "add", "VTAC11", "--zone", "1", "--channel", "1")
    done = coml("import", write_list(*ROWS, head=PLAN), "--json")
    assert done.code == 0
    assert (done.document["kind"], done.document["added"], done.document["incident"]) == ("plan", 3, "Bear Creek Fire")
    lines = coml("plan", "list", "--json").document["lines"]
    assert [(one["zone"], one["channel"], one["function"], one["name"], one["assignment"]) for one in lines[1:]] == [
        ("1", 1, "Command", "FIRE7", "All divisions"),
        ("1", 2, "Tactical", "EMS2", "Division A"),
        ("1", None, "Tactical", "LAW5", "Division B"),  # never numbered by guess
    ]
    assert lines[1]["remarks"] == "Listen first"
    first, _, last = done.document["rows"]
    assert first["remarks"] == ["VTAC11 has the same channel number in that zone."]
    assert "plan renumber" in last["remarks"][0]
    assert own(incident) == []
    coml("undo")
    assert len(coml("plan", "list", "--json").document["lines"]) == 1


def test_a_line_that_stands_in_the_plan_is_not_added_again(coml: Coml, incident: Path, write_list: WriteList) -> None:
    path = write_list(*ROWS, head=PLAN)
    coml("import", path)
    done = coml("import", path, "--json")
    assert (done.code, set(outcomes(done).values())) == (0, {"already there"})
    assert done.document["rows"][1]["why"] == ["It is line 2 of the plan."]


def test_an_import_into_a_signed_plan_says_that_it_starts_a_revision(
    coml: Coml, incident: Path, write_list: WriteList
) -> None:
    coml("plan", "add", "VTAC11")
    coml("plan", "sign", "--by", "Ada Wong")
    path = write_list(*ROWS, head=PLAN)
    assert "starts revision" not in coml("import", path, "--dry-run").err
    assert "Revision 1 was signed; this import starts revision 2." in coml("import", path).err


def test_the_period_is_chosen_and_a_wrong_one_is_refused(
    coml: Coml, incident: Path, write_list: WriteList, refused: Callable[..., None]
) -> None:
    path = write_list(*ROWS, head=PLAN)
    refused(coml("import", path, "--period", "7"), "no operational period 7")
    coml("incident", "copy-forward")
    assert coml("import", path, "--period", "1").code == 0
    assert len(coml("plan", "list", "--period", "1", "--json").document["lines"]) == 3
    assert coml("plan", "list", "--json").document["lines"] == []


# ── import: what the file is ─────────────────────────────────────────────────


def test_the_kind_can_be_said(coml: Coml, incident: Path, write_list: WriteList) -> None:
    done = coml("import", write_list(*ROWS, head=PLAN), "--as", "217A", "--json")
    assert (done.document["kind"], done.document["added"]) == ("217a", 3)
    assert [one.name for one in own(incident)] == ["EMS2", "FIRE7", "LAW5"]


@pytest.mark.parametrize("kind", ["people", "cache", "sites", "unit"])
def test_kinds_that_are_to_come_are_refused_in_one_sentence(
    coml: Coml, unit: Path, write_list: WriteList, refused: Callable[..., None], kind: str
) -> None:
    refused(coml("import", write_list(FIRE7), "--as", kind), "channels and plans only", "217a, plan")


def test_an_unknown_kind_names_the_kinds(
    coml: Coml, unit: Path, write_list: WriteList, refused: Callable[..., None]
) -> None:
    refused(coml("import", write_list(FIRE7), "--as", "excel"), "“excel”", *KINDS)


def test_a_w_is_what_the_user_says_it_is(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list("FIRE7,154.4000 W,CSQ,154.4000 W,156.7,A")
    dry = coml("import", path, "--dry-run")
    assert "--wide 20 or --wide 25" in dry.err
    assert coml("import", path, "--wide", "20").code == 0
    assert own(unit)[0].bandwidth_hz == 20_000
    assert coml("import", path, "--wide", "15").code == 2


def test_columns_mean_what_the_user_says(coml: Coml, unit: Path, write_list: WriteList) -> None:
    path = write_list("FIRE7,A,154.4000,155.4000", head="Who,Mode,Freq,Freq")
    ambiguous = coml("import", path, "--map", "Who=name", "--map", "Freq=rx")
    assert ambiguous.code == 2
    assert "#3 and #4" in ambiguous.err
    assert coml("import", path, "--map", "Who=name", "--map", "#3=rx", "--map", "#4=tx").code == 0
    assert [(one.name, one.rx_hz, one.tx_hz) for one in own(unit)] == [("FIRE7", 154_400_000, 155_400_000)]


def test_a_column_that_is_given_a_meaning_takes_it_from_the_other(
    coml: Coml, unit: Path, write_list: WriteList
) -> None:
    path = write_list(f"{FIRE7},154.4150", head=f"{HEAD},Site B")
    assert coml("import", path, "--map", "site b=rx", "--map", "TX Freq=", "--accept-doubts").code == 0
    assert [(one.rx_hz, one.tx_hz) for one in own(unit)] == [(154_415_000, None)]


@pytest.mark.parametrize(
    ("maps", "code", "words"),
    [
        (["Nowhere=rx"], 3, "no column “Nowhere”"),
        (["Mode=wavelength"], 2, "no field of a channel"),
        (["Mode"], 2, "HEADING=FIELD"),
        (["Mode=rx", "TX Freq=rx"], 2, "Two columns"),
        (["Mode=rx", "mode=tx"], 2, "two meanings"),
    ],
)
def test_a_wrong_column_is_refused(
    coml: Coml, unit: Path, write_list: WriteList, maps: list[str], code: int, words: str
) -> None:
    done = coml("import", write_list(FIRE7), *[part for one in maps for part in ("--map", one)])
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert own(unit) == []


@pytest.mark.parametrize("option", [("--wide", "25"), ("--map", "Name=name")])
def test_a_programs_own_file_has_no_columns_to_choose(
    coml: Coml, unit: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    path = tmp_path / "chirp.csv"
    assert coml("export", "channels", "VTAC1", "-o", path, "--as", "chirp").code == 0
    done = coml("import", path, *option)
    assert (done.code, done.out) == (2, "")
    assert "CHIRP CSV" in done.err


def test_options_that_do_not_fit_the_file_are_wrong_usage(coml: Coml, incident: Path, write_list: WriteList) -> None:
    assert coml("import", write_list(FIRE7), "--period", "1").code == 2
    assert coml("import", write_list(*ROWS, head=PLAN), "--replace").code == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear COML,\nhere is the plan you asked for.\n", "no headings"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "old format"),
        (bytes(range(256)) * 9, "not a table"),
        (HEAD.encode(), "no row that tells of a channel"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    coml: Coml, unit: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    done = coml("import", path)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("coml: list.csv ") or "list.csv:" in done.err
    assert words in done.err
    assert len(done.err.splitlines()) <= 2
    assert edits(unit) == 0


def test_no_file_and_a_folder_are_refused(coml: Coml, unit: Path, tmp_path: Path, refused: Callable[..., None]) -> None:
    refused(coml("import", tmp_path / "nowhere.csv"), "does not exist")
    refused(coml("import", tmp_path), "could not be read")


def test_the_real_list_comes_in_and_out_of_doubt(coml: Coml, unit: Path) -> None:
    if not SEATTLE.is_file():
        pytest.skip("the real lists are not here")
    done = coml("import", SEATTLE, "--json", "--wide", "25")
    assert (done.code, done.document["added"], done.document["doubtful"]) == (1, 209, 69)
    done = coml("import", SEATTLE, "--json", "--wide", "25", "--accept-doubts")
    assert (done.code, done.document["added"], done.document["already_there"]) == (0, 69, 209)
    assert len(own(unit)) == 278


# ── export ───────────────────────────────────────────────────────────────────


def test_channels_are_what_the_library_lists(coml: Coml, unit: Path, write_list: WriteList, tmp_path: Path) -> None:
    coml("import", write_list(FIRE7))
    out = tmp_path / "out.csv"
    done = coml("export", "channels", "-o", out, "--json")
    assert done.code == 0
    assert (done.document["written"], done.document["format"]) == (len(library.channels()) + 1, "csv")
    for words, names in (
        (["VTAC1"], {"VTAC11", "VTAC12", "VTAC13", "VTAC14", "VTAC17", "VTAC17D"}),
        (["--own"], {"FIRE7"}),
    ):
        listed = {one["name"] for one in coml("library", *[w for w in words if w != "--own"], "--json").document}
        assert coml("export", "channels", *words, "-o", out, "--force").code == 0
        written = {row["channel"]["name"] for row in coml("import", out, "--dry-run", "--json").document["rows"]}
        assert written <= listed
        assert written == names & listed
    done = coml("export", "channels", "--service", "NOAA", "--band", "VHF", "-o", out, "--force", "--json")
    assert done.document["written"] == len(library.channels("noaa"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_channels_come_back_as_they_went(
    coml: Coml, example: Path, write_list: WriteList, tmp_path: Path, suffix: str
) -> None:
    coml("import", write_list(FIRE7, DOUBTFUL), "--accept-doubts")
    out, again, other = tmp_path / f"out{suffix}", tmp_path / f"again{suffix}", tmp_path / "other.coml"
    assert coml("export", "channels", "--own", "-o", out).code == 0
    coml("init", other)
    done = coml("import", out, "--unit", other, "--accept-doubts", "--json")
    assert (done.code, done.document["kind"]) == (0, "channels")
    assert said(own(other)) == said(own(example))
    assert coml("export", "channels", "--own", "-o", again, "--unit", other).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_what_ships_is_not_taken_in_a_second_time(coml: Coml, unit: Path, tmp_path: Path) -> None:
    coml("export", "channels", "-o", tmp_path / "all.csv")
    done = coml("import", tmp_path / "all.csv", "--json")
    assert (done.code, done.document["already_there"]) == (0, len(library.channels()))
    assert own(unit) == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_plan_comes_back_as_it_went(coml: Coml, example: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"plan{suffix}"
    done = coml("export", "plan", "-o", out, "--json")
    assert done.code == 0
    other = tmp_path / "other.coml"
    coml("init", other)
    coml("incident", "new", "Flood", "--unit", other)
    assert coml("import", out, "--unit", other, "--accept-doubts").code == 0
    before = coml("plan", "list", "--json").document["lines"]
    assert coml("plan", "list", "--unit", other, "--json").document["lines"] == before
    assert done.document["written"] == len(before)


def test_a_signed_revision_is_written_as_it_was_signed(coml: Coml, incident: Path, tmp_path: Path) -> None:
    coml("plan", "add", "VTAC11")
    coml("plan", "sign", "--by", "Ada Wong")
    coml("plan", "add", "VTAC12")
    done = coml("export", "plan", "-o", tmp_path / "p.csv", "--revision", "1", "--json")
    assert (done.document["written"], done.document["revision"], done.document["signed"]) == (1, 1, True)


@pytest.mark.parametrize("one", formats.FORMATS, ids=lambda one: one.name)
def test_every_format_is_written(coml: Coml, unit: Path, tmp_path: Path, one: formats.Format) -> None:
    out = tmp_path / f"out{one.suffix}"
    done = coml("export", "channels", "VTAC13", "-o", out, "--as", one.name, "--json")
    assert (done.code, done.document["written"], done.document["refused"]) == (0, 1, [])
    (channel,) = (channel for channel in library.channels() if channel.name == "VTAC13")
    assert out.read_bytes() == formats.write(one.name, [channel]).content


def test_rows_that_a_format_cannot_express_are_listed_and_the_rest_is_written(
    coml: Coml, incident: Path, tmp_path: Path
) -> None:
    for name in ("VTAC11", "7CALL50", "VTAC12"):
        coml("plan", "add", name)
    out = tmp_path / "chirp.csv"
    done = coml("export", "plan", "-o", out, "--as", "chirp", "--json")
    assert (done.code, done.document["written"]) == (1, 2)
    (refusal,) = done.document["refused"]
    assert (refusal["row"], refusal["name"]) == (2, "7CALL50")
    assert "digital" in refusal["reasons"][0]
    assert "Power is not written" in done.document["notes"][0]
    text = out.read_text("utf-8")
    assert "VTAC11" in text
    assert "7CALL50" not in text
    done = coml("export", "plan", "-o", out, "--as", "chirp", "--force", "--quiet")
    assert "row 2, 7CALL50: It is digital" in done.out
    assert "Wrote" in done.out


def test_where_nothing_can_be_written_there_is_no_file(coml: Coml, unit: Path, tmp_path: Path) -> None:
    out = tmp_path / "chirp.csv"
    done = coml("export", "channels", "7CALL50", "-o", out, "--as", "chirp", "--json")
    assert (done.code, done.out, out.exists()) == (3, "", False)
    assert "row 1, 7CALL50: It is digital" in done.err
    assert "nothing was written" in done.err


def test_an_alias_is_what_radios_show(coml: Coml, unit: Path, tmp_path: Path, refused: Callable[..., None]) -> None:
    out = tmp_path / "chirp.csv"
    assert coml("export", "channels", "VTAC12", "-o", out, "--as", "chirp", "--alias", "vtac12=TAC 12").code == 0
    assert ",TAC 12," not in out.read_text("utf-8").splitlines()[0]
    assert "1,TAC 12,154.4525" in out.read_text("utf-8")
    again = ("export", "channels", "VTAC12", "-o", out, "--force")
    refused(coml(*again, "--as", "chirp", "--alias", "VTAC13=X"), "no channel “VTAC13”")
    for wrong in ("VTAC12", "=X", "VTAC12="):
        assert coml(*again, "--as", "chirp", "--alias", wrong).code == 2
    assert coml(*again, "--as", "chirp", "--alias", "VTAC12=X", "--alias", "VTAC12=Y").code == 2
    assert coml(*again, "--alias", "VTAC12=X").code == 2  # our own table keeps names


def test_a_file_is_replaced_only_with_force_and_there_is_never_half_a_one(
    coml: Coml, unit: Path, tmp_path: Path, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("precious")
    refused(coml("export", "channels", "VTAC12", "-o", out), "exists already", "--force")
    assert out.read_text() == "precious"

    def fill(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coml_toolkit.files.os.fsync", fill)
    refused(coml("export", "channels", "VTAC12", "-o", out, "--force"), "the disk is full")
    assert out.read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []
    monkeypatch.undo()
    monkeypatch.setenv("COML_UNIT", str(unit))
    assert coml("export", "channels", "VTAC12", "-o", out, "--force").code == 0
    assert "154.4525" in out.read_text("utf-8-sig")


def test_nothing_to_export_is_refused(coml: Coml, incident: Path, tmp_path: Path, refused: Callable[..., None]) -> None:
    out = tmp_path / "out.csv"
    refused(coml("export", "channels", "VTAK12", "-o", out), "No channel matches", "Did you mean VTAC12")
    refused(coml("export", "channels", "--own", "-o", out), "No channel matches")
    refused(coml("export", "plan", "-o", out), "no lines")
    refused(coml("export", "channels", "-o", tmp_path / "out"), "which format", "--as")
    refused(coml("export", "channels", "-o", out, "--as", "paper"), "“paper”", "chirp")
    for what in ("people", "cache", "sites", "coverage"):
        refused(coml("export", what, "-o", out), "channels and plans only", what)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["everything"],
        ["plan", "VTAC"],
        ["plan", "--own"],
        ["plan", "--band", "VHF"],
        ["channels", "--period", "1"],
        ["channels", "--revision", "1"],
    ],
)
def test_words_that_do_not_fit_are_wrong_usage(coml: Coml, incident: Path, tmp_path: Path, words: list[str]) -> None:
    assert coml("export", *words, "-o", tmp_path / "out.csv").code == 2
    assert coml("export", *words).code == 2


def test_an_odd_suffix_is_said(coml: Coml, unit: Path, tmp_path: Path) -> None:
    done = coml("export", "channels", "VTAC12", "-o", tmp_path / "out.txt", "--as", "chirp")
    assert done.code == 0
    assert "such files end in .csv" in done.err


def test_exporting_makes_no_unit_file(coml: Coml, coml_home: Path, tmp_path: Path) -> None:
    assert coml("export", "channels", "VTAC12", "-o", tmp_path / "out.csv").code == 0
    assert not (coml_home / "data").exists()


def test_what_is_read_by_chirp_is_what_was_written(coml: Coml, unit: Path, tmp_path: Path) -> None:
    """The radio's side of every channel that CHIRP can hold comes back as it went, whatever the way."""
    coml("export", "channels", "--service", "interop", "--band", "VHF", "-o", tmp_path / "c.csv", "--as", "chirp")
    done = coml("import", tmp_path / "c.csv", "--json")
    assert done.document["kind"] == "chirp"
    assert done.document["refused"] == done.document["clash"] == done.document["doubtful"] == 0
    shipped = {channel.name: channel for channel in library.channels()}
    assert own(unit)
    for channel in own(unit):
        for name in ("rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode", "direction"):
            assert getattr(channel, name) == getattr(shipped[channel.name], name)


def test_looking_at_the_library_loads_nothing_of_the_exchange() -> None:
    code = (
        "import sys; from ui.cli import main; main({words!r});"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] in {{'openpyxl', 'docx', 'pdfplumber'}}"
        " or name.startswith('coml_toolkit.exchange')))"
    )
    for words in (["library", "VTAC11", "-q"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code.format(words=words)], capture_output=True, text=True, check=True, cwd=CHECKOUT
        )
        assert done.stdout.splitlines()[-1] == ""


def test_every_field_of_a_use_is_kept() -> None:
    """A new field of an assignment must be thought of here: it would be lost on the way through a file."""
    from coml_toolkit.exchange.preview import Use

    ours = {"id", "period_id", "channel_id", "position"}
    assert {one.name for one in fields(Use)} == {one.name for one in fields(Assignment)} - ours


def test_json_is_plain_ascii_and_one_document(coml: Coml, unit: Path, write_list: WriteList) -> None:
    done = coml("import", write_list(FIRE7.replace("FIRE7", "Feuerwehr Süd")), "--json")
    assert json.loads(done.out)["rows"][0]["channel"]["name"] == "Feuerwehr Süd"
    assert done.document["added"] == 1
