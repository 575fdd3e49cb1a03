"""How long paper takes: `python tests/bench/bench_forms.py`."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import forms
from coml_toolkit import library, planning, sheets
from coml_toolkit.example import make_example
from coml_toolkit.model.plan import Period, Plan
from coml_toolkit.store import open_store
from forms import Paper, content, draw_papers


def milliseconds(work: Callable[[], object]) -> float:
    """The best of five, after one to warm up."""
    work()
    times = []
    for _ in range(5):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return min(times)


def tell(what: str, taken: float, promise: int) -> None:
    """One line for each figure."""
    print(f"{what:<48} {taken:7.1f} ms   promise {promise} ms: {'kept' if taken < promise else 'NOT KEPT'}")


def every_form(plan: Plan) -> None:
    """All forms of the example in one PDF."""
    filled = sheets.example_sheets(plan.incident.id, plan.period.id, planning.now())
    filled += sheets.pool_sheets(library.channels(), plan.incident.id)

    def work() -> forms.Drawn:
        papers = [Paper(form, content(form, plan, sheet)) for sheet in filled if (form := forms.find(sheet.form))]
        papers.append(Paper(forms.find("205"), content(forms.find("205"), plan)))
        return draw_papers(papers, title="Communications package", iap_page="1")

    tell(f"{len(filled) + 1} forms of the example, {work().pages} pages", milliseconds(work), 2000)


def main() -> None:
    """Make the example and time its paper."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(make_example(Path(folder) / "example.coml")) as store:
            plan = store.plan(store[Period].all()[-1].id)
        every_form(plan)
        long = replace(plan, lines=(plan.lines * 2)[:24])
        tell(f"205 of {len(long.lines)} lines", milliseconds(lambda: forms.draw(forms.find("205"), long)), 100)
        blank = milliseconds(lambda: [forms.draw(form) for form in forms.FORMS])
        tell(f"{len(forms.FORMS)} blank forms", blank, 1000)
        papers = [Paper(form, content(form, plan)) for form in forms.FORMS]
        package = Path(folder) / "package.pdf"
        public = milliseconds(lambda: forms.package(papers, package, is_public=True, force=True))
        tell(f"public package of {len(papers)} forms", public, 2000)


if __name__ == "__main__":
    main()
