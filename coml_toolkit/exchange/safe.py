"""Text that no spreadsheet runs: a cell that begins like a formula gets an apostrophe before it, and loses it here."""

# What Excel, LibreOffice and Google Sheets take for a formula, also in their wide forms; and the apostrophe itself,
# so that nothing that begins with one is taken for ours (OWASP, "CSV Injection").
_RUNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")


def runs(text: str) -> bool:
    """A spreadsheet could take this text for a formula."""
    return text.lstrip()[:1] in _RUNS if text.strip() else False


def guard(text: str) -> str:
    """The text as it is written into a CSV that people open in spreadsheets."""
    return f"'{text}" if runs(text) or text[:1] in {"'", "\t", "\r", "\n"} else text


def unguard(text: str) -> str:
    """What `guard` was given."""
    return text[1:] if text[:1] == "'" and guard(text[1:]) == text else text
