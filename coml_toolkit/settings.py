"""The preferences of the person at this laptop."""

import json
import os
from dataclasses import asdict, dataclass, fields
from typing import Any

from . import files, paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each preference, its default, and what it means."""

    operator: str = ""  # the name the history carries; "" is the name of the computer's user
    theme: str = "system"  # system, light, dark or night
    text_percent: int = 100  # size of all text, 90 to 200
    unit_file: str = ""  # the file last open
    window: str = ""  # size and place of the window, as Qt writes it
    has_inspector: bool = True
    has_preview: bool = True


def load() -> Settings:
    """The settings of this user; what is missing or damaged takes its default."""
    try:
        kept: Any = json.loads(paths.settings_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    defaults = asdict(Settings())
    known = {field.name for field in fields(Settings)}
    return Settings(**{k: v for k, v in kept.items() if k in known and type(v) is type(defaults[k])})


def save(settings: Settings) -> None:
    """Keep the settings."""
    files.write_whole(paths.settings_file(), json.dumps(asdict(settings), indent=1).encode(), force=True)


def who(settings: Settings) -> str:
    """The name the history carries: COML_OPERATOR, else that of the settings, else the computer's user."""
    named = os.environ.get("COML_OPERATOR", "").strip() or settings.operator
    if named:
        return named
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a computer that knows no name; Python 3.13 raises only the first
        return "unknown"
