"""Problems in the user's words."""


class ComlError(Exception):
    """The world said no: one sentence that says what is wrong, and a hint that says what to do.

    Any other exception is a bug of ours.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(ComlError):
    """Something typed or read cannot be understood; it was refused, not guessed."""


class StoreError(ComlError):
    """The unit file cannot be opened, read or written."""


class ReadOnlyError(StoreError):
    """The unit file can be read but not changed from here."""


class LibraryError(ComlError):
    """A channel list that ships with the program is damaged."""


class FormError(ComlError):
    """A form cannot be drawn or written."""


class Cancelled(Exception):
    """The user stopped a long job."""
