"""coml library: the channels that ship with the program, and the unit's own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from coml_toolkit import library as shipped
from coml_toolkit import paths, units
from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.channel import Channel, Kind

from . import fields
from .options import unit_option
from .output import Group, answer, complain, note, quoted, table

if TYPE_CHECKING:
    from coml_toolkit.store import Store

# The store is imported where it is needed: a look into the shipped library starts in half the time without it.


class _Library(Group):
    """`coml library VTAC` lists, without the word list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Library)
def library() -> None:
    """National channels, and your unit's own.

    “coml library [QUERY] [--service S] [--band B]” lists them; “coml library list --help” says how.
    """


@library.command("list")
@click.argument("query", default="")
@click.option("--service", metavar="S", help="Only of this service, or of all whose name holds this.")
@click.option("--band", metavar="B", help="Only in this band: VHF, UHF, 700 …")
@unit_option
@click.pass_context
def list_(context: click.Context, query: str, service: str | None, band: str | None, unit_file: Path | None) -> None:
    """List the channels that match QUERY.

    Every word of it must match: part of a name, a frequency, a service. Without it, all channels.
    The word “list” may be left out.
    """
    own, problem = _own_channels(unit_file)
    found = shipped.search((*own, *shipped.channels()), query, service=service, band=band)
    mine = {channel.id for channel in own}
    documents = [{**shipped.to_dict(channel), "own": channel.id in mine} for channel in found]
    rows = [
        (
            *_cells(channel),
            f"{channel.service} (own)".lstrip() if channel.id in mine else channel.service,
            units.across_text(channel),
        )
        for channel in found
    ]
    answer(documents, table(_TITLES, rows, at_point=("RX", "TX")))
    if not found:
        near = shipped.suggest_names(query, (*own, *shipped.channels()))
        note(f"No channel matches.{f' Did you mean {_any_of(near)}?' if near else ''}")
    note(shipped.AUTHORIZES_NOBODY)
    if problem is not None:
        complain(f"The unit's own channels are not among them: {problem.message}", problem.hint)
        context.exit(1)


_TITLES = ("Name", "RX", "RX tone", "TX", "TX tone", "Width", "Mode", "Service", "Where")


def _cells(channel: Channel) -> tuple[str, ...]:
    if channel.kind is not Kind.CONVENTIONAL:
        return channel.name, "", "", "", "", "", units.mode_text(channel)
    width = channel.bandwidth_hz
    return (
        channel.name,
        *(units.rx_text(channel).removesuffix(" ?"), units.rx_tone_text(channel)),
        *(units.tx_text(channel).removesuffix(" ?"), units.tx_tone_text(channel)),
        units.UNKNOWN if width is None else f"{units.khz(width)} kHz",
        units.mode_text(channel),
    )


def _own_channels(unit_file: Path | None) -> tuple[Sequence[Channel], ComlError | None]:
    """The unit's own channels. A unit file is not made to look at what ships, and a damaged one does not hide it."""
    if unit_file is None and not paths.default_unit_file().exists():
        return (), None
    from . import opening

    try:
        with opening.for_reading(unit_file) as store:
            return store[Channel].where(period_id=None), None
    except ComlError as error:
        if unit_file is not None:
            raise
        return (), error


def _any_of(names: Sequence[str]) -> str:
    return " or ".join(names)


# ── the unit's own ───────────────────────────────────────────────────────────


@library.command()
@click.argument("name")
@fields.channel_options
@click.option("--remarks", help="What else to know about it.")
@unit_option
def add(name: str, remarks: str | None, unit_file: Path | None, **typed: str | None) -> None:
    """Add a channel of the unit's own.

    What is not given is not known; nothing is assumed.
    """
    from . import opening

    given = fields.given(typed)
    if "rx" not in given and "tx" not in given and given.get("kind", Kind.CONVENTIONAL) == Kind.CONVENTIONAL:
        raise click.UsageError("Give --rx, --tx, or the --kind of what has no frequency of its own.")
    channel = fields.changed(Channel(name=named(name), remarks=remarks or ""), given)
    with opening.for_writing(unit_file) as store:
        if any(other.name.casefold() == channel.name.casefold() for other in store[Channel].where(period_id=None)):
            raise InputError(
                f"The unit has a channel {channel.name} already.",
                hint=f"“coml library set {quoted(channel.name)} …” changes it.",
            )
        _tell(opening.edit(store, ([], [channel], f"Add {channel.name} to the library")), channel)
    if any(other.name.casefold() == channel.name.casefold() for other in shipped.channels()):
        note(f"The library that ships has a {channel.name} too.")


@library.command("set")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Another name.")
@fields.channel_options
@click.option("--remarks", help="What else to know about it.")
@unit_option
def set_(name: str, new_name: str | None, remarks: str | None, unit_file: Path | None, **typed: str | None) -> None:
    """Change a channel of the unit's own.

    Plans keep their copies as they are.
    """
    from . import opening

    with opening.for_writing(unit_file) as store:
        before = _own(store, name)
        after = fields.changed(before, fields.given(typed))
        after = replace(
            after,
            name=before.name if new_name is None else named(new_name),
            remarks=before.remarks if remarks is None else remarks,
        )
        _tell(opening.edit(store, ([before], [after], f"Change {before.name} in the library")), after)


@library.command()
@click.argument("name")
@unit_option
def remove(name: str, unit_file: Path | None) -> None:
    """Remove a channel of the unit's own.

    Plans keep their copies.
    """
    from . import opening

    with opening.for_writing(unit_file) as store:
        channel = _own(store, name)
        _tell(opening.edit(store, ([channel], [], f"Remove {channel.name} from the library")), channel)


def named(name: str) -> str:
    """A channel's name, which must not be empty."""
    if not name.strip():
        raise InputError("A channel needs a name.", hint="Write the name its users know.")
    return name.strip()


def _own(store: "Store", name: str) -> Channel:
    own = store[Channel].where(period_id=None)
    channel = shipped.find(own, name)
    if channel is None:
        near = shipped.suggest_names(name, own)
        hint = f"Did you mean {_any_of(near)}?" if near else "Channels that ship cannot be changed; a copy can."
        raise InputError(f"The unit has no channel “{name.strip()}” of its own.", hint=hint)
    return channel


def _tell(done: str, channel: Channel) -> None:
    document = shipped.to_dict(channel)
    answer({"done": done, "channel": {**document, "own": True}}, f"{done}: {in_words(channel)}")


def in_words(channel: Channel) -> str:
    """'VTAC36, RX 151.1375 N tone 156.7, TX 159.4725 N tone 136.5, A.', and what is not known: to be read back."""
    parts = [channel.name]
    if channel.kind is Kind.CONVENTIONAL:
        for side, frequency, tone in (
            ("RX", units.rx_text(channel), units.rx_tone_text(channel)),
            ("TX", units.tx_text(channel), units.tx_tone_text(channel)),
        ):
            parts.append(f"{side} {frequency} tone {tone}" if tone else frequency)
    else:
        parts.append(units.across_text(channel) or "nowhere to reach it")
    said = f"{', '.join(parts)}, {units.mode_text(channel)}."
    unknown = cast(list[str], shipped.to_dict(channel)["unknown"])
    words = ", ".join(name.removesuffix("_hz").replace("_", " ") for name in unknown)
    return f"{said} Not known: {words}." if words else said
