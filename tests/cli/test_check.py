"""coml check: findings as words and as JSON, and what is decided about them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Coml = Callable[..., Any]


@pytest.fixture
def clash(coml: Coml, incident: Path) -> Path:
    """Two divisions on one frequency."""
    coml("plan", "add", "VTAC13", "--function", "Tactical", "--assignment", "Division A")
    coml("plan", "add", "VTAC13", "--function", "Tactical", "--assignment", "Division B")
    return incident


def p01(coml: Coml) -> dict[str, Any]:
    (found,) = [one for one in coml("check", "--json").document if one["rule"] == "P01"]
    return dict(found)


def test_two_divisions_on_one_frequency_are_an_open_error(coml: Coml, clash: Path) -> None:
    done = coml("check")
    assert done.code == 1
    assert "P01" in done.out
    assert "158.7375" in done.out
    found = p01(coml)
    assert set(found) >= {"id", "severity", "rule", "message", "rows", "why", "source", "disposition"}
    assert (found["severity"], found["rows"], found["disposition"]) == ("error", [1, 2], None)


def test_an_accepted_finding_is_kept_with_its_reason_and_can_be_reopened(coml: Coml, clash: Path) -> None:
    id_ = p01(coml)["id"]
    coml("check", "--accept", id_, "--because", "Forty miles and a ridge between them")
    assert p01(coml)["disposition"]["words"] == "Forty miles and a ridge between them"
    assert "Forty miles" in coml("check").out
    coml("incident", "copy-forward")
    assert p01(coml)["disposition"] is not None
    coml("check", "--reopen", id_)
    assert p01(coml)["disposition"] is None


def test_an_acceptance_needs_a_reason_and_a_finding(coml: Coml, clash: Path) -> None:
    assert coml("check", "--accept", p01(coml)["id"]).code == 2
    assert coml("check", "--accept", p01(coml)["id"], "--because", "  ").code == 3
    assert coml("check", "--accept", "P01-0", "--because", "x").code == 3


def test_what_is_not_evaluated_is_listed_when_asked_and_always_in_json(coml: Coml, clash: Path) -> None:
    assert "not evaluated" not in coml("check").out
    assert "not evaluated" in coml("check", "--all").out
    assert any(one["severity"] == "not-evaluated" and one["missing"] for one in coml("check", "--json").document)
