"""Findings beside the plan: counted, listed, accepted with a reason; the checker runs in the background."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot

from coml_toolkit import library, planning
from coml_toolkit.model.finding import Severity
from coml_toolkit.model.plan import Incident
from coml_toolkit.store import create_store
from ui.document import Document
from ui.jobs import Jobs
from ui.widgets.findings import Findings, FindingsList


@pytest.fixture
def document(tmp_path: Path, qapp: QApplication) -> Iterator[Document]:
    store = create_store(tmp_path / "unit.coml", who="Tester")
    store.replace(*planning.new_incident(Incident(name="Creek Fire"), None, None))
    document = Document(store)
    yield document
    document.close()


@pytest.fixture
def found(document: Document, qtbot: QtBot) -> Iterator[Findings]:
    jobs = Jobs()
    findings = Findings(document, jobs)
    with qtbot.waitSignal(findings.changed, timeout=20_000):
        pass
    yield findings
    jobs.close()


def put(document: Document, name: str, assignment: str) -> None:
    assert document.plan is not None
    channel = library.find(library.channels(), name)
    assert channel is not None
    line = planning.new_line(document.plan, channel, function="Tactical", assignment=assignment)
    document.make(planning.add_lines(document.plan, [line]))


def test_two_divisions_on_one_frequency_are_found_marked_and_accepted(
    document: Document, found: Findings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found.counts[0]
    with qtbot.waitSignal(found.changed, timeout=20_000):
        put(document, "VTAC13", "Division A")
        put(document, "VTAC13", "Division B")
    assert found.counts[0] == before + 1
    assert document.plan is not None
    lines = {line.assignment.id for line in document.plan.lines}
    assert {id_ for id_, severity in found.marks().items() if severity is Severity.ERROR} >= lines

    shown = FindingsList(document, found)
    qtbot.addWidget(shown)
    row = next(row for row in range(shown.list.count()) if "P01" in shown.list.item(row).text())
    with qtbot.waitSignal(shown.chosen) as chosen:
        shown.list.setCurrentRow(row)
    assert chosen.args[0].rule == "P01"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("A ridge between them", True))
    with qtbot.waitSignal(found.changed, timeout=20_000):
        shown.accept.click()
    assert found.counts[0] == before
    assert any("Accepted" in shown.list.item(row).text() for row in range(shown.list.count()))
    with qtbot.waitSignal(found.changed, timeout=20_000):
        document.undo()
    assert found.counts[0] == before + 1


def test_an_acceptance_without_a_reason_is_refused(
    document: Document, found: Findings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(found.changed, timeout=20_000):
        put(document, "VTAC13", "Division A")
        put(document, "VTAC13", "Division B")
    shown = FindingsList(document, found)
    qtbot.addWidget(shown)
    row = next(row for row in range(shown.list.count()) if "P01" in shown.list.item(row).text())
    shown.list.setCurrentRow(row)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("  ", True))
    with qtbot.waitSignal(document.refused):
        shown.accept.click()
