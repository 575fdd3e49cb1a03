"""Output files are there whole or not at all, and a failure is said in words."""

import errno
import os
import stat
from pathlib import Path

import pytest

from coml_toolkit import files
from coml_toolkit.errors import ComlError
from coml_toolkit.files import os_problem, write_whole


def content_of(folder: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in folder.iterdir() if found.is_file()}


@pytest.mark.parametrize(
    "name", ["ics205.pdf", "with space #1?.pdf", "Größe 無線.pdf", "x" * 250, ".hidden", "[a]*.pdf"]
)
def test_a_file_is_written_under_its_name_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    if os.name != "posix" and set(name) & set("?*"):
        pytest.skip("no such names here")
    write_whole(tmp_path / name, b"whole")
    assert content_of(tmp_path) == {name: b"whole"}


def test_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "form.pdf", b"")
    assert (tmp_path / "a" / "b" / "form.pdf").read_bytes() == b""


def test_an_existing_file_is_replaced_only_when_told_to(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(b"old")
    with pytest.raises(ComlError, match="exists already") as refused:
        write_whole(path, b"new")
    assert "--force" in refused.value.hint
    assert content_of(tmp_path) == {"form.pdf": b"old"}
    write_whole(path, b"new", force=True)
    assert content_of(tmp_path) == {"form.pdf": b"new"}


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt()])
def test_what_fails_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, trouble: BaseException
) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(b"old")

    def failing(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(*((files.os, "fsync") if step == "fsync" else (Path, "replace")), failing)
    with pytest.raises(ComlError if isinstance(trouble, OSError) else KeyboardInterrupt):
        write_whole(path, b"new", force=True)
    assert content_of(tmp_path) == {"form.pdf": b"old"}


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").mkdir()
    for force in (False, True):
        with pytest.raises(ComlError, match="there is a folder of that name") as refused:
            write_whole(tmp_path / "form.pdf", b"new", force=force)
        assert refused.value.hint
    assert list(tmp_path.iterdir()) == [tmp_path / "form.pdf"]


@pytest.mark.parametrize("path", ["", ".", "..", "/"])
def test_a_path_without_a_name_is_refused_in_words(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for force in (False, True):
        with pytest.raises(ComlError) as refused:
            write_whole(Path(path), b"new", force=force)
        assert refused.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_inside_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ComlError, match="part of its path is a file, not a folder"):
        write_whole(tmp_path / "file" / "form.pdf", b"")


def test_a_name_the_disk_cannot_hold_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ComlError, match="could not be written") as refused:
        write_whole(tmp_path / ("x" * 300), b"")
    assert refused.value.hint


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_others_may_read_what_was_written_as_far_as_the_user_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "form.pdf", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "form.pdf").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "permission was denied"),
        (errno.EROFS, "the disk is read-only"),
        (errno.ENOENT, "it does not exist"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_an_error_of_the_system_is_one_sentence_and_a_hint(number: int, words: str) -> None:
    problem = os_problem("205.pdf could not be written", OSError(number, os.strerror(number)))
    assert problem.message == f"205.pdf could not be written: {words}."
    assert problem.hint


def test_an_error_that_says_nothing_is_still_a_sentence() -> None:
    assert os_problem("It could not be read", OSError("odd")).message == "It could not be read: odd."
    assert os_problem("It could not be read", OSError()).message == "It could not be read: the system does not say why."
