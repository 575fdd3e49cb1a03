"""`python -m ui [--example] [FILE]`: the desktop."""

import gc
import sys
from types import ModuleType


def load() -> ModuleType:
    """Bring in what the window needs, in the order that is quickest. Returns `ui.app`."""
    gc.disable()  # a start makes much and drops nothing; `app.main` enables it again
    # Before Qt, because PySide looks into the source of every module that is imported after it.
    import coml_toolkit.compare
    import coml_toolkit.library
    import coml_toolkit.planning
    import coml_toolkit.settings
    import coml_toolkit.store  # noqa: F401

    from . import app

    return app


if __name__ == "__main__":
    sys.exit(load().main())
