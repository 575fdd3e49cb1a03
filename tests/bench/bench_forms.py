"""How long paper takes: pytest tests/bench/bench_forms.py -s"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest

import forms
from coml_toolkit import library, planning, sheets
from coml_toolkit.example import make_example
from coml_toolkit.model.plan import Period, Plan
from coml_toolkit.store import open_store
from forms import Paper, content, draw_papers


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """The last operational period of the example."""
    file = make_example(tmp_path_factory.mktemp("bench") / "example.coml")
    with open_store(file) as store:
        yield store.plan(store[Period].all()[-1].id)


def milliseconds(work: Callable[[], object]) -> float:
    """The best of five, after one to warm up."""
    work()
    times = []
    for _ in range(5):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return min(times)


def test_every_form_of_the_example_as_one_pdf_takes_less_than_two_seconds(plan: Plan) -> None:
    made_at = planning.now()
    filled = sheets.example_sheets(plan.incident.id, plan.period.id, made_at)
    filled += sheets.pool_sheets(library.channels(), plan.incident.id)

    def work() -> forms.Drawn:
        papers = [Paper(form, content(form, plan, sheet)) for sheet in filled if (form := forms.find(sheet.form))]
        papers.append(Paper(forms.find("205"), content(forms.find("205"), plan)))
        return draw_papers(papers, title="Communications package", iap_page="1")

    taken = milliseconds(work)
    drawn = work()
    print(f"\n{len(filled) + 1} forms, {drawn.pages} pages, {len(drawn.pdf) // 1024} KiB: {taken:.0f} ms")
    assert taken < 2000


def test_a_205_of_24_lines_takes_less_than_100_milliseconds(plan: Plan) -> None:
    long = replace(plan, lines=(plan.lines * 2)[:24])
    taken = milliseconds(lambda: forms.draw(forms.find("205"), long))
    print(f"\n205 of {len(long.lines)} lines: {taken:.1f} ms")
    assert taken < 100


def test_every_blank_form_takes_less_than_a_second() -> None:
    taken = milliseconds(lambda: [forms.draw(form) for form in forms.FORMS])
    print(f"\n{len(forms.FORMS)} blank forms: {taken:.0f} ms")
    assert taken < 1000


def test_a_public_package_costs_no_more(plan: Plan, tmp_path: Path) -> None:
    papers = [Paper(form, content(form, plan)) for form in forms.FORMS]
    taken = milliseconds(lambda: forms.package(papers, tmp_path / "package.pdf", is_public=True, force=True))
    print(f"\npublic package of {len(papers)} forms: {taken:.0f} ms")
    assert taken < 2000
