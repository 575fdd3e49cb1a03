"""A package for Planning: many forms in one file."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

import forms
from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from coml_toolkit.model.sheet import Sheet
from forms import Paper, content, draw_papers, package


def plan(lines: int = 1, *, is_exercise: bool = False, eligibility: str = "") -> Plan:
    incident = Incident(name="Bear Creek Fire", is_exercise=is_exercise)
    period = Period(incident_id=incident.id, number=3, prepared_at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    channel = Channel(name="VTAC12", eligibility=eligibility)
    assignment = Assignment(period_id=period.id, channel_id=channel.id, position=0, assignment="All")
    return Plan(incident=incident, period=period, lines=(Line(assignment=assignment, channel=channel),) * lines)


def paper(number: str, of: Plan, title: str = "", fields: str = "{}") -> Paper:
    form = forms.find(number)
    sheet = Sheet(incident_id="", form=form.number, title=title, fields=fields)
    return Paper(form, content(form, of, sheet))


def pages(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.extract_text() for page in document.pages]


def test_forms_follow_each_other_with_a_bookmark_each(tmp_path: Path) -> None:
    file = tmp_path / "package.pdf"
    made = [paper("205", plan(9)), paper("204", plan(), "Division A"), paper("220", plan()), Paper(forms.find("214"))]
    drawn = package(made, file)
    assert file.read_bytes() == drawn.pdf
    assert drawn.pages == 2 + 1 + 2 + 2
    with pdfplumber.open(file) as document:
        titles = [(title, document.doc.catalog and dest) for _, title, dest, *_ in document.doc.get_outlines()]
        assert [title for title, _ in titles] == [
            "ICS 205 – Incident Radio Communications Plan",
            "ICS 204 – Division A – Assignment List",
            "ICS 220 – One – Air Operations Summary".replace(" – One", ""),
            "ICS 214 – Activity Log",
        ]
        assert document.metadata["Title"] == "Communications package – Bear Creek Fire – Operational Period 3"
        assert document.metadata["Subject"] == "ICS 205, ICS 204, ICS 220, ICS 214"
        sizes = [(page.width, page.height) for page in document.pages]
        assert sizes[:3] == [(792, 612), (792, 612), (612, 792)]
        assert resolve1(document.doc.catalog["PageMode"]).name == "UseOutlines"


def test_iap_pages_run_on_over_the_forms_that_are_numbered() -> None:
    made = [paper("205", plan(9)), paper("220", plan()), paper("205A", plan()), paper("204", plan())]
    faces = [forms.find("205").pages[0]] * 2 + [*forms.find("220").pages]
    faces += [forms.find("205A").pages[0], forms.find("204").pages[0]]
    numbers = []
    with pdfplumber.open(io.BytesIO(draw_papers(made, title="x", iap_page="7").pdf)) as document:
        for page, face in zip(document.pages, faces, strict=True):
            said = page.crop(face.iap_page).extract_text() if face.iap_page else ""
            numbers.append(said.replace("_", "").strip())
    assert numbers == ["7", "8", "", "", "9", "10"]


def test_an_exercise_is_on_every_page_of_the_package() -> None:
    said = pages(
        draw_papers([paper("205", plan(is_exercise=True)), paper("213", plan(is_exercise=True))], title="x").pdf
    )
    assert all(page.count("EXERCISE EXERCISE EXERCISE") == 2 for page in said)


def test_a_public_package_says_on_each_page_what_is_withheld() -> None:
    secret = plan(eligibility="FEDERAL: only with federal stations")
    made = [paper("205", secret), paper("204", secret, fields='{"division": "A"}'), paper("213", secret)]
    whole, copy = pages(draw_papers(made).pdf), pages(draw_papers(made, is_public=True).pdf)
    assert ["NOT FOR PUBLIC RELEASE" in page for page in whole] == [True, True, False]
    assert ["PUBLIC COPY: 1 row is withheld" in page for page in copy] == [True, True, False]
    assert "PUBLIC COPY: no rows are withheld" in copy[2]
    assert not any("VTAC12" in page for page in copy)


def test_the_same_package_gives_the_same_bytes() -> None:
    made = [paper("205", plan(9)), paper("214", plan())]
    assert draw_papers(made, title="x") == draw_papers(made, title="x")


def test_a_package_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="no form to print"):
        package([], tmp_path / "package.pdf")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_package_is_kept_without_force(tmp_path: Path) -> None:
    file = tmp_path / "package.pdf"
    file.write_text("yesterday's")
    with pytest.raises(ComlError, match="exists already"):
        package([paper("213", plan())], file)
    assert file.read_text() == "yesterday's"
    package([paper("213", plan())], file, force=True)
