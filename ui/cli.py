"""The command line: `coml` opens the desktop, `coml COMMAND` does one thing and ends.

Here stand the list of commands, and what becomes of errors; each command is in a module of `commands`.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from coml_toolkit import __version__, files
from coml_toolkit.errors import Cancelled, ComlError

from .commands.output import ReaderLeft, complain, quoted

DONE, FOUND_ERRORS, WRONG_USAGE, REFUSED, CANCELLED = range(5)

_COMMANDS = (
    *("init", "demo", "library", "import", "export", "incident", "plan", "check", "form", "sheet"),
    *("history", "undo", "redo"),
)
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class _Coml(click.Group):
    """Imports a command's module when it is asked for; by name, so that a frozen build has them all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        match cmd_name:
            case "init" | "history" | "undo" | "redo":
                from .commands import unit

                return {"init": unit.init, "history": unit.history, "undo": unit.undo, "redo": unit.redo}[cmd_name]
            case "demo":
                from .commands.demo import demo

                return demo
            case "library":
                from .commands.library import library

                return library
            case "import" | "export":
                from .commands import exchange

                return {"import": exchange.import_, "export": exchange.export}[cmd_name]
            case "incident":
                from .commands.incident import incident

                return incident
            case "plan":
                from .commands.plan import plan

                return plan
            case "check":
                from .commands.check import check

                return check
            case "form":
                from .commands.form import form

                return form
            case "sheet":
                from .commands.sheet import sheet

                return sheet
        return None


@click.group(cls=_Coml, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="coml %(version)s")
def coml() -> None:
    """COML Toolkit: radio plans, ICS forms and radio programming for Communications Unit Leaders.

    Without a command, “coml” opens the desktop; “coml FILE” opens it on a unit file.

    \b
    Exit codes: 0 done; 1 done, but it found errors; 2 wrong usage; 3 refused, with the reason; 4 cancelled.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code, and never lets an exception out."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _speak_any_name()
    try:
        if not arguments or _is_unit_file(arguments[0]):
            return _open_desktop(arguments)
        code = coml.main(arguments, prog_name="coml", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except ComlError as error:
        complain(error.message, error.hint)
        return REFUSED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "coml"
        complain(error.format_message(), getattr(error, "hint", f"“{command} --help” says what it takes."))
        return WRONG_USAGE
    except (click.Abort, Cancelled, KeyboardInterrupt):
        complain("Cancelled.")
        return CANCELLED
    except SystemExit:  # how click says that whoever read the help has heard enough
        return DONE
    except ReaderLeft:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        problem = files.os_problem("It could not be done", error)
        complain(problem.message, problem.hint)
        return REFUSED
    except Exception as error:
        complain(*_report(error))
        return REFUSED


def _speak_any_name() -> None:
    """A terminal that lacks a letter shows a question mark in its place, rather than nothing at all."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _is_unit_file(argument: str) -> bool:
    return (
        argument not in _COMMANDS
        and not argument.startswith("-")
        and (argument.endswith(".coml") or Path(argument).is_file())
    )


def _open_desktop(arguments: list[str]) -> int:
    for file in arguments:
        if not Path(file).exists():
            raise ComlError(f"{file} does not exist.", hint=f"“coml init {quoted(file)}” makes a new unit file.")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):  # Qt would end the program
        raise ComlError("There is no screen here for the desktop.", hint="Every command works without: “coml --help”.")
    try:
        from .app import main as desktop
    except ImportError as error:
        raise ComlError(
            f"The desktop cannot start here: {error}.",
            hint="Every command works without it; “coml --help” lists them.",
        ) from error
    return desktop(arguments)


def _report(error: Exception) -> tuple[str, str]:
    """Write down a bug of ours where the user can read it; says so."""
    from .errors import write_report

    what = "Something went wrong inside COML Toolkit, and the command was not finished."
    try:
        return what, f"A report for those who mend it is in {write_report(error)}"
    except ComlError:
        return what, f"It was {error!r}."


if __name__ == "__main__":
    sys.exit(main())
