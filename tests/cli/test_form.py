"""coml form: every form as a file, and which printed ones are older than the plan."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pytest

import forms
from coml_toolkit.store import open_store

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
    title = "Incident Radio Communications Plan"
    assert {"number": "ICS 205", "title": title, "is_official": True} in listed
    assert {one["number"] for one in listed if not one["is_official"]} >= {"ICS 205B", "ICS 309", "HANDOVER"}
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


# ── every form, blank and filled in ──────────────────────────────────────────

every_form = pytest.mark.parametrize("number", [form.number for form in forms.FORMS])


@every_form
def test_every_form_prints_blank(coml: Coml, out: Path, number: str) -> None:
    done = coml("form", number, "-o", out, "--blank", "--json")
    assert done.code == 0
    assert done.document["number"] == number
    assert len(text(out)) == done.document["pages"]


@every_form
def test_every_form_prints_what_was_typed_and_what_the_plan_says(
    coml: Coml, incident: Path, out: Path, number: str
) -> None:
    coml("sheet", "new", number, "--title", "One")
    form = forms.find(number)
    field = next((each.name for each in form.fields if each.at and not each.options), None)
    if field is None:
        (table, *_) = form.tables
        typed = coml("sheet", "add-row", "One", table.name, f"{table.columns[0].name}=7")
    else:
        typed = coml("sheet", "set", "One", field, "X7")
    assert typed.code == 0, typed.err
    done = coml("form", number, "-o", out, "--json")
    assert done.code == 0, done.err
    assert done.document["sheet"]["title"] == "One"
    assert "7" in " ".join(text(out))
    assert done.document["done"] == coml("history", "--json").document[0]["words"]


@every_form
def test_every_form_prints_without_anything_typed(coml: Coml, incident: Path, out: Path, number: str) -> None:
    done = coml("form", number, "-o", out, "--page", "7", "--public", "--json")
    assert done.code == 0, done.err
    assert done.document["sheet"] is None


# ── which filled-in form ─────────────────────────────────────────────────────


def test_of_several_one_must_be_chosen(coml: Coml, example: Path, out: Path, refused: Callable[..., None]) -> None:
    done = coml("form", "204", "-o", out)
    assert done.code == 2
    assert "ICS 204 Division A" in done.err
    assert "ICS 204 Evacuation Group" in done.err
    refused(coml("form", "204", "-o", out, "--sheet", "Division Q"), "Division Q", "ICS 204 Division A")
    refused(coml("form", "204", "-o", out, "--sheet", "CRW-TN-6"), "no filled-in form")
    refused(coml("form", "204", "-o", out, "--sheet", ""), "no filled-in form")
    assert not out.exists()
    assert coml("form", "204", "-o", out, "--sheet", "division a").code == 0
    assert "Lick Fork" in text(out)[0]
    (group,) = [one for one in coml("sheet", "list", "--json").document if one["title"] == "Evacuation Group"]
    assert coml("form", "204", "-o", out, "--sheet", group["id"], "--force").code == 0
    assert "Jacksboro Middle School" in text(out)[0]


def test_a_public_copy_withholds_and_says_so(coml: Coml, example: Path, out: Path) -> None:
    coml("form", "205a", "-o", out)
    assert "423-555-0101" in text(out)[0]
    assert coml("form", "205a", "-o", out, "--force", "--public", "--json").document["public"] is True
    page = text(out)[0]
    assert "PUBLIC COPY" in page
    assert "423-555-0101" not in page
    assert "Fenn" not in page


# ── what was printed ─────────────────────────────────────────────────────────


def states(coml: Coml, number: str = "205") -> list[str]:
    return [one["state"] for one in coml("form", number, "--state", "--json").document]


def test_paper_goes_stale_with_the_plan_and_is_current_again_when_it_is_undone(
    coml: Coml, incident: Path, out: Path
) -> None:
    assert states(coml) == ["not printed"]
    coml("form", "205", "-o", out)
    assert states(coml) == ["current"]
    coml("plan", "add", "VTAC11")
    assert states(coml) == ["older than what it is made from"]
    coml("undo")
    assert states(coml) == ["current"]


def test_the_state_says_when_from_which_revision_and_where(coml: Coml, example: Path, out: Path) -> None:
    (old,) = coml("form", "205", "--state", "--json").document
    assert (old["revision"], old["printed_at"], old["sheet"]) == (1, "2026-11-22T09:35:00Z", None)
    coml("form", "205", "-o", out)
    (new,) = coml("form", "205", "--state", "--json").document
    assert (new["state"], new["revision"], new["file"]) == ("current", 2, str(out))
    everything = coml("form", "--state", "--json").document
    titles = [one["sheet"]["title"] for one in everything if one["number"] == "ICS 204"]
    assert titles == ["Division A", "Evacuation Group"]
    assert "older" not in coml("form", "--state").out
    assert "not printed" in coml("form", "--state").out


def test_a_sheet_goes_stale_when_something_else_is_typed(coml: Coml, example: Path, out: Path) -> None:
    coml("form", "213", "-o", out)
    assert states(coml, "213") == ["current"]
    coml("sheet", "set", "213", "reply", "No.")
    assert states(coml, "213") == ["older than what it is made from"]


@pytest.mark.parametrize("options", [["--blank"], ["--revision", "1"], ["--public"]])
def test_blanks_public_copies_and_old_revisions_are_not_remembered(
    coml: Coml, example: Path, out: Path, options: list[str]
) -> None:
    before = coml("history", "--json").document
    assert coml("form", "205", "-o", out, *options).code == 0
    assert coml("history", "--json").document == before


def test_undo_passes_over_what_was_printed(coml: Coml, incident: Path, out: Path) -> None:
    coml("plan", "add", "VTAC11")
    coml("form", "205", "-o", out)
    assert coml("undo").out == "Undone: Add VTAC11\n"


def test_what_is_open_elsewhere_is_printed_and_said_not_to_be_recorded(coml: Coml, example: Path, out: Path) -> None:
    with open_store(example):
        done = coml("form", "213", "-o", out)
        document = coml("form", "213", "-o", out, "--force", "--json").document
    assert done.code == 0
    assert "could not be recorded: Another program has example.coml open" in done.err
    assert (document["done"], len(document["notes"])) == ("", 1)
    assert states(coml, "213") == ["not printed"]


# ── several in one file ──────────────────────────────────────────────────────


def test_a_package_has_every_form_with_a_bookmark_and_is_remembered_as_one_edit(
    coml: Coml, example: Path, out: Path
) -> None:
    done = coml("form", "--package", "204,205, 205a", "-o", out, "--page", "12", "--json").document
    assert [one["number"] for one in done["forms"]] == ["ICS 204", "ICS 204", "ICS 205", "ICS 205A"]
    assert done["done"] == "Print 4 forms of revision 2" == coml("history", "--json").document[0]["words"]
    pdf = pypdf.PdfReader(out)
    assert len(pdf.outline) == 4
    assert len(pdf.pages) == done["pages"] == 5
    assert states(coml, "204") == ["current", "current"]
    public = coml("form", "--package", "204,205a", "-o", out, "--public", "--force")
    assert "a package of 3 forms" in public.out
    assert "public copy" in public.out
    assert all("PUBLIC COPY" in page for page in text(out))


# ── somebody else's fillable 205 ─────────────────────────────────────────────


def fillable(path: Path) -> Path:
    """A PDF with two fields of FEMA's names."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(40, 760, "Zone radio plan")
    for place, name in enumerate(("1 Incident Name", "Mine")):
        canvas.acroForm.textfield(name=name, x=40, y=700 - 40 * place, width=200, height=20)
    canvas.save()
    path.write_bytes(file.getvalue())
    return path


def test_an_agencys_own_205_is_filled_in(
    coml: Coml, example: Path, tmp_path: Path, out: Path, refused: Callable[..., None]
) -> None:
    template, mapping = fillable(tmp_path / "theirs.pdf"), tmp_path / "map.json"
    mapping.write_text('{"fields": {"Mine": ["incident_name"]}, "rows": {}}', "utf-8")
    done = coml("form", "205", "--template", template, "--mapping", mapping, "-o", out)
    assert done.code == 0, done.err
    assert "“1 Incident Name” that the mapping does not name" in done.err
    assert pypdf.PdfReader(out).get_form_text_fields()["Mine"] == "Stinking Creek Fire"
    assert states(coml) == ["current"]
    refused(coml("form", "205", "--template", template, "-o", out), "exists already")
    refused(coml("form", "205", "--template", tmp_path / "none.pdf", "-o", tmp_path / "2.pdf"), "could not be read")


# ── wrong usage ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        ["213", "--blank", "--sheet", "Fuel"],
        ["213", "--blank", "--public"],
        ["205", "--package", "205,205a"],
        ["--package", "205,204", "--sheet", "Division A"],
        ["--package", "205,204", "--blank"],
        ["213", "--template", "theirs.pdf"],
        ["205", "--template", "theirs.pdf", "--blank"],
        ["205", "--mapping", "map.json"],
    ],
)
def test_what_contradicts_itself_is_wrong_usage(coml: Coml, example: Path, out: Path, words: list[str]) -> None:
    done = coml("form", *words, "-o", out)
    assert done.code == 2
    assert not out.exists()


def test_a_form_of_a_package_that_does_not_exist_is_refused(
    coml: Coml, example: Path, out: Path, refused: Callable[..., None]
) -> None:
    refused(coml("form", "--package", "205,999", "-o", out), "no form “999”")
    refused(coml("form", "--state", "999"), "no form “999”")
    assert not out.exists()
