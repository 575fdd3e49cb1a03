"""Options that many commands share: which unit file, which incident, which operational period."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class _Named(click.Path):
    """A file or folder; not the empty text of a shell variable that is not set, which would mean this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("The name is empty.", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Named(path_type=Path)


def unit_option(function: F) -> F:
    """--unit FILE, or COML_UNIT, or the default file."""
    return click.option(
        "--unit",
        "unit_file",
        envvar="COML_UNIT",
        type=PATH,
        metavar="FILE",
        help="The unit file; without it COML_UNIT, else your own.",
    )(function)


def incident_option(function: F) -> F:
    """--incident NAME."""
    return click.option(
        "--incident",
        "incident_name",
        metavar="NAME",
        help="Name, number or id of the incident; without it the only one, or the newest that is not closed.",
    )(function)


def period_options(function: F) -> F:
    """--incident NAME, --period N and --unit FILE: which plan."""
    function = unit_option(function)
    function = click.option(
        "--period",
        "period_number",
        type=click.IntRange(min=1),
        metavar="N",
        help="The operational period; without it the newest.",
    )(function)
    return incident_option(function)
