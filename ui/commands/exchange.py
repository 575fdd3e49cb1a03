"""coml import and coml export: other programs' files in and out.

What is read is shown row by row before and after; what of it reaches the unit file is one edit, taken back by one undo.
A row that cannot be read is never guessed, one that is doubtful or contradicts what is there waits for a plain yes.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from coml_toolkit import files, library, paths, planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import Channel, Kind, problems
from coml_toolkit.model.plan import RADIO_KINDS, Line, Plan

from .library import in_words
from .options import PATH, period_options
from .output import Command, answer, note, table

if TYPE_CHECKING:
    from coml_toolkit.exchange import preview
    from coml_toolkit.exchange.written import Written
    from coml_toolkit.store import Store

# The exchange and the store are imported where they are needed: `coml --help` loads this module.

_LATER = frozenset({"people", "cache", "sites", "unit", "coverage"})  # the contract's words for what is to come


# ── coml import ──────────────────────────────────────────────────────────────


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    REPLACED = "replaced"
    THERE = "already there"
    DOUBTFUL = "doubtful"
    CLASH = "clash"
    REFUSED = "refused"


_LEFT_OUT = frozenset({Outcome.DOUBTFUL, Outcome.CLASH, Outcome.REFUSED})
_SUMMARY = {
    Outcome.ADDED: "added",
    Outcome.REPLACED: "put in place of the unit's own",
    Outcome.THERE: "there already",
    Outcome.DOUBTFUL: "left out for their doubts",
    Outcome.CLASH: "left out for their names",
    Outcome.REFUSED: "not readable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """A row of the preview, and what becomes of it."""

    row: "preview.Row"
    outcome: Outcome
    why: tuple[str, ...] = ()
    instead_of: Channel | None = None  # what it replaces
    remarks: tuple[str, ...] = ()  # to be looked at, though the row is taken


@click.command("import", cls=Command)
@click.argument("source", type=PATH)
@click.option("--as", "kind", default="", metavar="KIND", help="217a, plan, channels, chirp …; guessed without it.")
@click.option("--dry-run", is_flag=True, help="Only show what would be done; nothing is changed.")
@click.option("--accept-doubts", is_flag=True, help="Take rows with doubts too, as they stand.")
@click.option("--replace", "is_replace", is_flag=True, help="Put channels in place of the unit's own of that name.")
@click.option("--wide", type=click.Choice(["20", "25"]), help="How many kHz a bare W in the list stands for.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column means: rx, tx, rx_tone, name …; “#4=rx” is the fourth column, “HEADING=” is not to be read.",
)
@period_options
@click.pass_context
def import_(
    context: click.Context,
    source: Path,
    kind: str,
    dry_run: bool,
    accept_doubts: bool,
    is_replace: bool,
    wide: str | None,
    maps: tuple[str, ...],
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Take in a list of channels, or a plan.

    SOURCE is a CSV, Excel, Word or PDF file. A list of channels goes to the unit's own, a plan to the end of the
    plan. Every row is shown. Rows that cannot be read, rows with doubts (without --accept-doubts) and channels whose
    name is taken (without --replace) are listed and left out; then the exit code is 1, with --dry-run too. What is
    taken in is one edit: one “coml undo” takes it back.
    """
    from . import opening

    found = _looked_at(_read(source, kind.strip().casefold(), None if wide is None else int(wide) * 1_000, maps))
    if found.kind != "plan" and (incident_name is not None or period_number is not None):
        raise click.UsageError(f"{found.file} is no plan: its channels go to the unit's own, not to an incident.")
    if found.kind == "plan" and is_replace:
        raise click.UsageError("--replace is for channels; the lines of a plan are added at its end.")
    with _reading(unit_file) if dry_run else opening.for_writing(unit_file) as store:
        now: Plan | None = None
        if found.kind == "plan":
            if store is None:
                raise InputError(
                    "There is no unit file yet, and so no plan.", hint="“coml incident new NAME” starts one."
                )
            now = opening.choose_plan(store, incident_name, period_number)
            verdicts = _of_lines(found, now, accept_doubts)
            change = _lines_change(found, now, verdicts)
        else:
            own = store[Channel].where(period_id=None) if store else []
            verdicts = _of_channels(found, own, accept_doubts, is_replace)
            change = _channels_change(found, verdicts)
        done = "Nothing was changed: a dry run" if dry_run or store is None else opening.edit(store, change)
        after = store.plan(now.period.id) if now and store else now
    _tell_import(found, verdicts, done, dry_run, after)
    if now and after:
        _note_plan(now, after)
    if any(verdict.outcome in _LEFT_OUT for verdict in verdicts):
        context.exit(1)


def _reading(unit_file: Path | None) -> "AbstractContextManager[Store | None]":
    """The unit file to look at; None where the default one is not made yet: looking does not make it."""
    from . import opening

    if unit_file is None and not paths.default_unit_file().exists():
        return nullcontext()
    return opening.for_reading(unit_file)


# ── reading the file ─────────────────────────────────────────────────────────


def _read(source: Path, kind: str, wide_hz: int | None, maps: Sequence[str]) -> "preview.Import":
    from coml_toolkit.exchange import read

    if kind in _LATER:
        raise InputError(
            f"This version imports channels and plans only, not {kind}.", hint=f"The kinds are {', '.join(read.KINDS)}."
        )
    chosen = _chosen(source, kind, wide_hz, maps) if maps else ()
    found = read.read(source, kind=kind, mappings=chosen, wide_hz=wide_hz)
    if wide_hz is not None and not found.mappings:
        raise click.UsageError(f"--wide is for lists with headings of their own. {found.words}")
    if not found.rows:
        raise InputError(f"{found.file} has no row that tells of a channel.", hint=found.words)
    return found


def _chosen(source: Path, kind: str, wide_hz: int | None, maps: Sequence[str]) -> "tuple[preview.Mapping, ...]":
    """The meaning of the columns of each table in the file, with what the user says of them."""
    from coml_toolkit.exchange import headings, read
    from coml_toolkit.exchange.preview import Mapping as Columns
    from coml_toolkit.exchange.sheet import read_table

    wanted = [_pair(one, "--map", "HEADING=FIELD") for one in maps]
    for _, field in wanted:
        if field and field not in headings.FIELDS:
            raise click.UsageError(f"“{field}” is no field of a channel. They are {', '.join(headings.FIELDS)}.")
    try:
        first = read.read(source, kind=kind, wide_hz=wide_hz)
        known = first.mappings
        if not known:
            raise click.UsageError(f"--map is for lists with headings of their own. {first.words}")
    except InputError:  # it has no headings we know: they are the first row with all that the user names
        known = tuple(
            Columns(headings=row, fields=headings.understand(row), wide_hz=wide_hz)
            for sheet in read_table(source)
            for row in [row for row in sheet.rows[:60] if all(_columns(row, heading) for heading, _ in wanted)][:1]
        )
        if not known:
            raise
    missing = [heading for heading, _ in wanted if not any(_columns(one.headings, heading) for one in known)]
    if missing:
        said = ", ".join(dict.fromkeys(f"“{heading}”" for one in known for heading in one.headings if heading))
        raise InputError(f"{source.name} has no column “{missing[0]}”.", hint=f"Its headings are {said}.")
    return tuple(_with_fields(one, wanted) for one in known)


def _with_fields(mapping: "preview.Mapping", wanted: Sequence[tuple[str, str]]) -> "preview.Mapping":
    said: dict[int, str] = {}
    for heading, field in wanted:
        columns = _columns(mapping.headings, heading)
        if len(columns) > 1:
            places = " and ".join(f"#{column + 1}" for column in columns)
            raise click.UsageError(f"“{heading}” stands over several columns: say which, {places}.")
        for column in columns:
            if said.get(column, field) != field:
                raise click.UsageError(f"“{heading}” is given two meanings.")
            said[column] = field
    for field in said.values():
        if field and field != "remarks" and list(said.values()).count(field) > 1:
            raise click.UsageError(f"Two columns are given the meaning {field}.")
    taken = set(said.values()) - {"", "remarks"}
    meant = [said.get(at, "" if field in taken else field) for at, field in enumerate(mapping.fields)]
    return replace(mapping, fields=tuple(meant))


def _columns(heads: Sequence[str], heading: str) -> list[int]:
    """The columns of that heading, from 0; '#4' is the fourth."""
    from coml_toolkit.exchange.headings import words

    if heading[:1] == "#" and heading[1:].isdecimal():
        return [int(heading[1:]) - 1] if 0 < int(heading[1:]) <= len(heads) else []
    typed = words(heading) or heading
    return [at for at, head in enumerate(heads) if (words(head) or head.strip()) == typed]


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, sign, right = text.rpartition("=")
    if not sign or not left.strip():
        raise click.UsageError(f"{option} takes {form}, not “{text}”.")
    return left.strip(), right.strip()


# ── what becomes of each row ─────────────────────────────────────────────────

_COMPARED = tuple(field.name for field in fields(Channel) if field.name not in {"id", "period_id", "source"})
_PROGRAMMED = ("direction", "rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode")


def _same(one: Channel, other: Channel) -> bool:
    """They say the same; from where does not matter."""
    return all(getattr(one, name) == getattr(other, name) for name in _COMPARED)


def _unlike(one: Channel, other: Channel, names: Sequence[str] = _COMPARED) -> str:
    """The fields in which they differ, in words."""
    unlike = [name for name in names if getattr(one, name) != getattr(other, name)]
    return ", ".join(planning.FIELD_WORDS.get(name, name.replace("_", " ")) for name in unlike)


def _looked_at(found: "preview.Import") -> "preview.Import":
    """A doubt on each row that contradicts the channel of its name in the library that ships."""
    shipped = {channel.name.casefold(): channel for channel in library.channels()}
    rows = []
    for row in found.rows:
        if row.channel is not None and (other := shipped.get(row.channel.name.casefold())):
            unknown = {*_unknown(row.channel), *_unknown(other)}
            known = [name for name in _PROGRAMMED if name not in unknown]
            if unlike := _unlike(row.channel, other, known) if other.kind is row.channel.kind else "kind":
                doubt = f"It is not the {other.name} of the library that ships: {unlike}."
                row = replace(row, doubts=(*row.doubts, doubt))
        rows.append(row)
    return replace(found, rows=tuple(rows))


def _unknown(channel: Channel) -> list[str]:
    return cast(list[str], library.to_dict(channel)["unknown"])


def _of_channels(
    found: "preview.Import", own: Sequence[Channel], accept_doubts: bool, is_replace: bool
) -> list[_Verdict]:
    mine = _by_name(own)
    shipped = _by_name(library.channels())
    first: dict[str, preview.Row] = {}
    unclear: dict[str, str] = {}  # names that stand for different channels in the file, and where: none is taken
    for row in found.rows:
        if row.channel is not None and row.channel.name:
            other = first.setdefault(row.channel.name.casefold(), row)
            if other.channel is not None and not _same(other.channel, row.channel):
                unclear[row.channel.name.casefold()] = f"{other.place} and {row.place}"

    def verdict(row: "preview.Row") -> _Verdict:
        channel = row.channel
        if channel is None:
            return _Verdict(row=row, outcome=Outcome.REFUSED, why=row.refused)
        key = channel.name.casefold()
        for where, words in ((mine, "It is among the unit's own."), (shipped, "It ships with the program.")):
            if any(_same(channel, other) for other in where.get(key, ())):
                return _Verdict(row=row, outcome=Outcome.THERE, why=(words,))
        if wrong := problems(channel):
            return _Verdict(row=row, outcome=Outcome.REFUSED, why=tuple(wrong))
        if not channel.name:
            return _Verdict(row=row, outcome=Outcome.CLASH, why=("A channel of the unit's own needs a name.",))
        if key in unclear:
            why = f"{channel.name} is not the same in {unclear[key]}: which is meant is for you to say."
            return _Verdict(row=row, outcome=Outcome.CLASH, why=(why,))
        if first[key] is not row:
            return _Verdict(row=row, outcome=Outcome.THERE, why=(f"It is the same as {first[key].place}.",))
        others = mine.get(key, [])
        if others and not (is_replace and len(others) == 1):
            say = "--replace puts this one in its place." if len(others) == 1 else "Remove one of them."
            has = f"The unit has {'a' if len(others) == 1 else len(others)} {others[0].name} already, unlike this one"
            why = f"{has}: {_unlike(others[0], channel)}. {say}"
            return _Verdict(row=row, outcome=Outcome.CLASH, why=(why,))
        if row.doubts and not accept_doubts:
            return _Verdict(row=row, outcome=Outcome.DOUBTFUL, why=row.doubts)
        if others:
            why = f"It differs in {_unlike(others[0], channel)}. Before: {in_words(others[0])}"
            return _Verdict(row=row, outcome=Outcome.REPLACED, why=(why,), instead_of=others[0])
        remarks = (f"The library that ships has a {shipped[key][0].name} too.",) if key in shipped else ()
        return _Verdict(row=row, outcome=Outcome.ADDED, remarks=remarks)

    return [verdict(row) for row in found.rows]


def _by_name(channels: Sequence[Channel]) -> dict[str, list[Channel]]:
    named: dict[str, list[Channel]] = {}
    for channel in channels:
        named.setdefault(channel.name.casefold(), []).append(channel)
    return named


def _channels_change(found: "preview.Import", verdicts: Sequence[_Verdict]) -> planning.Change:
    before: list[Channel] = []
    after: list[Channel] = []
    for verdict in verdicts:
        channel = verdict.row.channel
        if verdict.outcome in (Outcome.ADDED, Outcome.REPLACED) and channel is not None:
            old = verdict.instead_of
            before += [] if old is None else [old]
            after.append(channel if old is None else replace(channel, id=old.id))
    return planning.Change(before, after, f"Import {_count(len(after), 'channel')} from {found.file}")


def _of_lines(found: "preview.Import", now: Plan, accept_doubts: bool) -> list[_Verdict]:
    places = {(line.assignment.zone, line.assignment.number): line.channel.name for line in now.lines}

    def verdict(row: "preview.Row") -> _Verdict:
        channel, use = row.channel, row.use
        if channel is None or use is None:
            return _Verdict(row=row, outcome=Outcome.REFUSED, why=row.refused)
        for number, line in enumerate(now.lines, 1):
            is_used_so = all(getattr(line.assignment, one.name) == getattr(use, one.name) for one in fields(use))
            if is_used_so and _same(line.channel, channel):
                return _Verdict(row=row, outcome=Outcome.THERE, why=(f"It is line {number} of the plan.",))
        if wrong := problems(channel):
            return _Verdict(row=row, outcome=Outcome.REFUSED, why=tuple(wrong))
        if row.doubts and not accept_doubts:
            return _Verdict(row=row, outcome=Outcome.DOUBTFUL, why=row.doubts)
        remarks = []
        place = (use.zone, use.number)
        if use.number is not None and place in places:
            remarks.append(f"{places[place] or 'A line'} has the same channel number in that zone.")
        if use.number is None and channel.kind in RADIO_KINDS:
            remarks.append("It has no channel number; “coml plan renumber” numbers each zone.")
        places.setdefault(place, channel.name)
        return _Verdict(row=row, outcome=Outcome.ADDED, remarks=tuple(remarks))

    return [verdict(row) for row in found.rows]


def _lines_change(found: "preview.Import", now: Plan, verdicts: Sequence[_Verdict]) -> planning.Change:
    made = [
        planning.new_line(
            now, channel, zone=use.zone, number=use.number, function=use.function, assignment=use.assignment,
            remarks=use.remarks,
        )
        for verdict in verdicts
        if verdict.outcome is Outcome.ADDED and (channel := verdict.row.channel) and (use := verdict.row.use)
    ]  # fmt: skip
    change = planning.add_lines(now, made)
    return change._replace(words=f"Import {_count(len(made), 'line')} from {found.file}")


# ── saying it ────────────────────────────────────────────────────────────────


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _tell_import(
    found: "preview.Import", verdicts: Sequence[_Verdict], done: str, is_dry: bool, now: Plan | None
) -> None:
    from . import opening

    counts = {outcome: sum(verdict.outcome is outcome for verdict in verdicts) for outcome in Outcome}
    document = found.as_dict()
    for one, verdict in zip(cast(list[dict[str, Any]], document["rows"]), verdicts, strict=True):
        one |= {"outcome": verdict.outcome.value, "why": list(verdict.why), "remarks": list(verdict.remarks)}
    document |= {"done": done, "dry_run": is_dry} | {
        outcome.value.replace(" ", "_"): number for outcome, number in counts.items()
    }
    where = "the unit's own channels"
    if now is not None:
        document |= {"incident": now.incident.name, "period": now.period.number, "revision": now.revision}
        where = opening.plan_words(now)
    summary = ", ".join(f"{number} {_SUMMARY[outcome]}" for outcome, number in counts.items() if number)
    of = f"of {_count(len(verdicts), 'row')}{' would be' if is_dry else ''}"
    end = f"{done}. {where[0].upper()}{where[1:]}: {of} {summary}."
    answer(document, "\n\n".join(part for part in (_table(verdicts, is_dry), *_sections(verdicts), end) if part))
    note(found.words)
    for remark in found.notes:
        note(remark)
    if found.passed:
        rows = f"{_rows(len(found.passed))} {', '.join(f'{one.sheet} {one.number}'.strip() for one in found.passed)}"
        note(f"Passed over, as they tell of no channel: {rows}. --json says why of each.")
    if any(said.startswith("W can be") for verdict in verdicts for said in verdict.row.assumed):
        note("--wide 20 or --wide 25 says what W stands for in this list.")
    if counts[Outcome.DOUBTFUL]:
        note("Look at the doubts; --accept-doubts takes those rows as they stand.")


def _table(verdicts: Sequence[_Verdict], is_dry: bool) -> str:
    titles = ("Row", "Would be" if is_dry else "Was", "Zone", "Ch", "Function", "Name", "Assignment", *_TUNED, "Mode")
    return table(titles, [_row(verdict) for verdict in verdicts], at_point=("RX", "TX"))


_TUNED = ("RX", "RX tone", "TX", "TX tone", "Width", "Where")


def _row(verdict: _Verdict) -> tuple[str, ...]:
    row, channel, use = verdict.row, verdict.row.channel, verdict.row.use
    number = "" if use is None or use.number is None else str(use.number)
    zone, function, assignment = ("", "", "") if use is None else (use.zone, use.function, use.assignment)
    head = (f"{row.sheet} {row.number}".strip(), verdict.outcome.value, zone, number, function)
    if channel is None:
        return (*head, "", "", *("" for _ in _TUNED), "")
    tuned = ("", "", "", "", "", units.across_text(channel))
    if channel.kind is Kind.CONVENTIONAL:
        width = channel.bandwidth_hz
        tuned = (
            *(units.rx_text(channel).removesuffix(" ?"), units.rx_tone_text(channel)),
            *(units.tx_text(channel).removesuffix(" ?"), units.tx_tone_text(channel)),
            *(units.UNKNOWN if width is None else f"{units.khz(width)} kHz", ""),
        )
    return (*head, channel.name, assignment, *tuned, units.mode_text(channel))


def _sections(verdicts: Sequence[_Verdict]) -> list[str]:
    """What is to be known of the rows, each sentence once with its rows."""
    left = {
        "Refused": [(one, why) for one in verdicts if one.outcome is Outcome.REFUSED for why in one.why],
        "Left out": [(one, why) for one in verdicts if one.outcome is Outcome.CLASH for why in one.why],
        "Doubts": [(one, why) for one in verdicts for why in one.row.doubts],
        "Replaced": [(one, why) for one in verdicts if one.outcome is Outcome.REPLACED for why in one.why],
        "Already there": [(one, why) for one in verdicts if one.outcome is Outcome.THERE for why in one.why],
        "Remarks": [(one, why) for one in verdicts for why in one.remarks],
        "Assumed": [(one, why) for one in verdicts for why in one.row.assumed],
    }
    order = {id(verdict): at for at, verdict in enumerate(verdicts)}
    sections = []
    for title, said in left.items():
        grouped: dict[str, list[int]] = {}
        for one, why in said:
            if title == "Refused":
                why = f"{why} It reads: {one.row.text}"
            grouped.setdefault(why, []).append(order[id(one)])
        if grouped:
            lines = [f"  {_places(verdicts, at)}: {why}" for why, at in grouped.items()]
            sections.append("\n".join([f"{title}:", *lines]))
    return sections


def _places(verdicts: Sequence[_Verdict], at: Sequence[int]) -> str:
    """'row 5'; 'rows 5 to 9, 12': of rows that follow each other the first and the last."""
    runs: list[list[int]] = []
    for one in at:
        if runs and runs[-1][1] == one - 1 and verdicts[one].row.sheet == verdicts[one - 1].row.sheet:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    said = []
    sheet = ""
    for first, last in runs:
        row = verdicts[first].row
        text = str(row.number) if first == last else f"{row.number} to {verdicts[last].row.number}"
        said.append(f"{row.sheet}, {text}" if row.sheet != sheet else text)
        sheet = row.sheet
    return f"{_rows(len(at))} {', '.join(said)}"


def _rows(number: int) -> str:
    return "row" if number == 1 else "rows"


def _note_plan(before: Plan, after: Plan) -> None:
    if before.is_signed and not after.is_signed:
        note(f"Revision {before.revision} was signed; this import starts revision {after.revision}.")
    if after.incident.closed_at is not None:
        note(f"{after.incident.name} is closed.")


# ── coml export ──────────────────────────────────────────────────────────────


@click.command(cls=Command)
@click.argument("what", metavar="channels|plan")
@click.argument("query", default="")
@click.option("-o", "--output", "path", type=PATH, required=True, metavar="OUT", help="The file to write.")
@click.option(
    "--as", "format_name", metavar="FORMAT", help="csv, xlsx, chirp, anytone …; without it OUT's suffix says."
)
@click.option("--alias", "aliases", multiple=True, metavar="NAME=SHORT", help="What radios shall call a channel.")
@click.option("--service", metavar="S", help="Only channels of this service, or of all whose name holds this.")
@click.option("--band", metavar="B", help="Only channels in this band: VHF, UHF, 700 …")
@click.option("--own", "is_own", is_flag=True, help="Only the unit's own channels, not those that ship.")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="A signed revision instead of the plan now.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@period_options
@click.pass_context
def export(
    context: click.Context,
    what: str,
    query: str,
    path: Path,
    format_name: str | None,
    aliases: tuple[str, ...],
    service: str | None,
    band: str | None,
    is_own: bool,
    revision: int | None,
    force: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Write channels or a plan for another program.

    “channels” is what “coml library [QUERY]” lists: the unit's own and those that ship. “plan” is the plan, line by
    line. Rows that the format cannot express are listed and left out; then the exit code is 1.
    """
    from coml_toolkit.exchange import formats

    what = what.casefold()
    if what in _LATER:
        raise InputError(f"This version exports channels and plans only, not {what}.", hint="Write channels or plan.")
    if what not in {"channels", "plan"}:
        raise click.UsageError(f"“{what}” is neither channels nor plan.")
    if what == "plan" and (query or service is not None or band is not None or is_own):
        raise click.UsageError("QUERY, --service, --band and --own choose channels; a plan is written whole.")
    if what == "channels" and (incident_name is not None or period_number is not None or revision is not None):
        raise click.UsageError("--incident, --period and --revision are for a plan.")
    chosen = formats.find(format_name) if format_name is not None else formats.for_suffix(path.suffix)
    if aliases and chosen.is_own:
        raise click.UsageError(f"{chosen.title}, keeps the names as they are: --alias is for radios' programs.")
    now = None
    rows: Sequence[Channel | Line]
    if what == "plan":
        from . import opening

        with opening.for_reading(unit_file) as store:
            now = opening.choose_plan(store, incident_name, period_number)
            if revision is not None:
                now = opening.as_signed(store, now, revision)
        rows = now.lines
        if not rows:
            raise InputError(f"{opening.plan_words(now)}: the plan has no lines to export.", hint="Add lines first.")
    else:
        rows = _channels(unit_file, query, service, band, is_own)
    written = chosen.write(rows, _aliases(aliases, rows))
    if not written.count:
        for line in _refusals(written):
            note(line)
        first = written.refused[0]
        raise InputError(
            f"{chosen.title} can hold none of {_count(len(rows), 'row')}, so nothing was written.",
            hint=f"{first.name or 'Row 1'}: {first.reasons[0]}",
        )
    files.write_whole(path, written.content, force=force)
    _tell_export(path, what, chosen.name, chosen.title, len(rows), written, now)
    if path.suffix.casefold() != chosen.suffix:
        note(f"{path.name} is written as {chosen.title}; such files end in {chosen.suffix}.")
    if now is None:
        note(library.AUTHORIZES_NOBODY)
    if written.refused:
        context.exit(1)


def _channels(
    unit_file: Path | None, query: str, service: str | None, band: str | None, is_own: bool
) -> Sequence[Channel]:
    with _reading(unit_file) as store:
        own = store[Channel].where(period_id=None) if store else []
    among = own if is_own else [*own, *library.channels()]
    found = library.search(among, query, service=service, band=band)
    if not found:
        near = library.suggest_names(query, among) if query else []
        hint = f"Did you mean {' or '.join(near)}?" if near else "“coml library” with the same words lists them."
        raise InputError("No channel matches, so nothing was written.", hint=hint)
    return found


def _aliases(texts: Sequence[str], rows: Sequence[Channel | Line]) -> Mapping[str, str]:
    """Short names by the ids of the channels that are to be written."""
    channels = [row.channel if isinstance(row, Line) else row for row in rows]
    found: dict[str, str] = {}
    for text in texts:
        name, short = _pair(text, "--alias", "NAME=SHORT")
        if not short:
            raise click.UsageError(f"--alias takes NAME=SHORT, not “{text}”.")
        named = [channel for channel in channels if channel.name.casefold() == name.casefold()]
        if not named:
            near = library.suggest_names(name, channels)
            hint = f"Did you mean {' or '.join(near)}?" if near else "--alias takes a channel's name."
            raise InputError(f"There is no channel “{name}” among what is to be written.", hint=hint)
        for channel in named:
            if found.get(channel.id, short) != short:
                raise click.UsageError(f"{channel.name} is given two aliases.")
            found[channel.id] = short
    return found


def _refusals(written: "Written") -> list[str]:
    return [f"row {one.number}, {one.name or 'no name'}: {' '.join(one.reasons)}" for one in written.refused]


def _tell_export(
    path: Path, what: str, name: str, title: str, total: int, written: "Written", now: Plan | None
) -> None:
    from . import opening

    document: dict[str, Any] = {
        "file": str(path),
        "what": what,
        "format": name,
        "written": written.count,
        "refused": [{"row": one.number, "name": one.name, "reasons": list(one.reasons)} for one in written.refused],
        "notes": list(written.said),
    }
    of = _count(total, "channel" if now is None else "line")
    source = ""
    if now is not None:
        document |= {
            "incident": now.incident.name,
            "period": now.period.number,
            "revision": now.revision,
            "signed": now.is_signed,
        }
        state = "signed" if now.is_signed else "draft"
        source = f" of {opening.plan_words(now)}, revision {now.revision}, {state}"
    said = f"Wrote {path}: {f'{written.count} of ' if written.refused else ''}{of}{source}, as {title}."
    if written.refused:
        said = "\n".join([said, "Refused:", *(f"  {line}" for line in _refusals(written))])
    answer(document, said)
    for each in written.said:
        note(each)
