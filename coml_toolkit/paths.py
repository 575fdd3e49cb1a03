"""Where settings, unit files, backups and logs live on each platform.

The environment variable COML_HOME puts all of them under one folder: a USB stick, or a test's own place.
"""

import os
from pathlib import Path

import platformdirs

_APP = "COML Toolkit"


def _folder(kind: str) -> Path:
    home = os.environ.get("COML_HOME")
    if home:
        return Path(home) / kind
    folders = platformdirs.PlatformDirs(_APP, appauthor=False)
    return {"config": folders.user_config_path, "data": folders.user_data_path, "log": folders.user_log_path}[kind]


def settings_file() -> Path:
    """The preferences, as JSON."""
    return _folder("config") / "settings.json"


def default_unit_file() -> Path:
    """The unit file of somebody who has named none."""
    return _folder("data") / "unit.coml"


def example_folder() -> Path:
    """Where “Try the example” puts its file."""
    return _folder("data") / "example"


def log_folder() -> Path:
    """Reports of our own bugs, for the user to read and send."""
    return _folder("log")
