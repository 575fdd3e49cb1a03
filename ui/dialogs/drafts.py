"""Text that was typed into a dialog and not kept yet. It is on disk, so that neither Esc nor a power cut loses it."""

import re
from pathlib import Path

from coml_toolkit import files, paths
from coml_toolkit.errors import ComlError


def keep(name: str, text: str) -> None:
    """Keep what was typed so far, for the next time the dialog opens."""
    try:
        files.write_whole(_file(name), text.encode(), force=True)
    except ComlError:
        pass  # a full disk is said where the text itself is stored; a draft is the second net


def find(name: str) -> str | None:
    """What was typed last time and not kept; None if nothing was."""
    try:
        return _file(name).read_text("utf-8")
    except (OSError, ValueError):
        return None


def forget(name: str) -> None:
    """It is in the unit file now, or not wanted."""
    try:
        _file(name).unlink(missing_ok=True)
    except OSError:
        pass


def _file(name: str) -> Path:
    return paths.default_unit_file().parent / "drafts" / f"{re.sub(r'[^A-Za-z0-9-]', '_', name)}.txt"
