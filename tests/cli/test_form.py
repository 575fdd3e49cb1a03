"""coml form: the 205 as a file."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

Coml = Callable[..., Any]


def text(path: Path) -> list[str]:
    """What each page says."""
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        return [page.extract_text() for page in pdf.pages]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"


def test_the_forms_are_listed(coml: Coml) -> None:
    listed = coml("form", "--list", "--json").document
    assert {"number": "ICS 205", "title": "Incident Radio Communications Plan"} in listed
    assert "ICS 205" in coml("form", "--list").out


def test_700_mhz_is_printed_to_the_last_decimal(coml: Coml, incident: Path, out: Path) -> None:
    coml("plan", "add", "7CALL50")
    assert coml("form", "205", "-o", out).code == 0
    (page,) = text(out)
    assert "769.24375 N" in page
    assert "799.24375 N" in page


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (8, 1), (9, 2), (17, 3)])
def test_nine_lines_take_two_pages(coml: Coml, incident: Path, out: Path, lines: int, pages: int) -> None:
    for number in range(lines):
        coml("plan", "add", f"TAC {number}", "--rx", "154.4")
    assert coml("form", "205", "-o", out, "--json").document["pages"] == pages
    assert len(text(out)) == pages


def test_the_answer_says_which_plan_it_was(coml: Coml, example: Path, out: Path) -> None:
    done = coml("form", "205", "-o", out)
    assert "ICS 205 of Stinking Creek Fire, operational period 3, revision 2, draft, 2 pages." in done.out
    document = coml("form", "205", "-o", out, "--period", "2", "--force", "--json").document
    assert {name: document[name] for name in ("incident", "period", "revision", "signed", "pages")} == {
        **{"incident": "Stinking Creek Fire", "period": 2, "revision": 1, "signed": True, "pages": 2},
    }


def test_a_signed_revision_can_be_printed_again(
    coml: Coml, example: Path, out: Path, refused: Callable[..., None]
) -> None:
    assert coml("form", "205", "-o", out, "--revision", "1").code == 0
    first = " ".join(text(out))
    assert "UAS VIDEO" not in first
    assert "DRAFT" not in first
    refused(coml("form", "205", "-o", out, "--revision", "9", "--force"), "no signed revision 9", "1")


def test_the_same_plan_gives_the_same_bytes(coml: Coml, example: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        coml("form", "205", "-o", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_blank_form_needs_no_unit_file(coml: Coml, out: Path, coml_home: Path) -> None:
    assert coml("form", "ics205", "-o", out, "--blank").code == 0
    assert "INCIDENT RADIO COMMUNICATIONS PLAN (ICS 205)" in text(out)[0]
    assert list(coml_home.iterdir()) == []


def test_a_file_is_replaced_only_with_force(coml: Coml, example: Path, out: Path, refused: Callable[..., None]) -> None:
    out.write_text("precious", "utf-8")
    refused(coml("form", "205", "-o", out), "exists already", "--force")
    assert out.read_text("utf-8") == "precious"
    assert coml("form", "205", "-o", out, "--force").code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_written_is_refused(
    coml: Coml, example: Path, tmp_path: Path, refused: Callable[..., None]
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    refused(coml("form", "205", "-o", tmp_path / "file" / "out.pdf"), "could not be written")
    refused(coml("form", "205", "-o", tmp_path, "--force"), "folder of that name")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".out", "out"))]


def test_a_wrong_form_is_refused_and_half_a_question_is_wrong_usage(
    coml: Coml, example: Path, out: Path, refused: Callable[..., None]
) -> None:
    refused(coml("form", "999", "-o", out), "no form “999”", "ICS 205")
    assert coml("form").code == 2
    assert coml("form", "205").code == 2
    assert coml("form", "205", "-o", out, "--blank", "--revision", "1").code == 2
    assert not out.exists()


def test_what_could_not_be_printed_as_written_is_said(coml: Coml, incident: Path, out: Path) -> None:
    coml("plan", "add", "VTAC11", "--remarks", "龍")
    done = coml("form", "205", "-o", out)
    assert done.code == 0
    assert "“龍” is not in the typeface" in done.err
    assert coml("form", "205", "-o", out, "--force", "--json").document["notes"]
