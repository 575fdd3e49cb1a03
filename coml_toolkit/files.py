"""Output files are written beside and renamed into place: no half file, ever."""

import errno
import os
from pathlib import Path

from .errors import ComlError
from .model.record import new_id


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file so that it is there whole or not at all. Without `force` an existing one is refused."""
    scratch = path.parent / f".{new_id()}.part"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not force:
            raise ComlError(f"{path} exists already.", hint="Choose another name, or say --force to replace it.")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with scratch.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise os_problem(f"{path} could not be written", error) from error


def os_problem(what: str, error: OSError) -> ComlError:
    """An error of the operating system in the user's words."""
    reasons = {
        errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk, and try again."),
        errno.EDQUOT: ("your share of the disk is full", "Free some space, or choose another disk, and try again."),
        errno.EACCES: ("permission was denied", "Choose a folder you may write to."),
        errno.EPERM: ("permission was denied", "Choose a folder you may write to."),
        errno.EROFS: ("the disk is read-only", "Choose another disk."),
        errno.EISDIR: ("there is a folder of that name", "Choose another name."),
        errno.ENOTDIR: ("part of its path is a file, not a folder", "Choose another folder."),
        errno.EEXIST: ("part of its path is a file, not a folder", "Choose another folder."),
        errno.ENOENT: ("it does not exist", "Check the name."),
    }
    unknown = error.strerror or str(error) or "the system does not say why"
    reason, hint = reasons.get(error.errno or 0, (unknown, "Check the disk and try again."))
    return ComlError(f"{what}: {reason}.", hint=hint)
