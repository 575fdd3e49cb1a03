"""coml sheet: any form filled in by a script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import forms

Coml = Callable[..., Any]


def shown(coml: Coml, name: str, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = coml("sheet", "show", name, "--json", *more).document
    return found


def typed(coml: Coml, name: str, field: str) -> str:
    (said,) = [each["text"] for each in shown(coml, name)["fields"] if each["name"] == field]
    return str(said)


def rows(coml: Coml, name: str, table: str) -> list[dict[str, str]]:
    (said,) = [each["rows"] for each in shown(coml, name)["tables"] if each["name"] == table]
    return list(said)


def titles(coml: Coml, *more: str) -> list[str]:
    return [each["title"] for each in coml("sheet", "list", "--json", *more).document]


# ── reading ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [form.number for form in forms.FORMS])
def test_a_script_learns_what_every_form_asks(coml: Coml, incident: Path, number: str) -> None:
    coml("sheet", "new", number)
    document, form = shown(coml, number), forms.find(number)
    assert (document["form"], document["form_title"]) == (form.number, form.title)
    assert [each["name"] for each in document["fields"]] == [field.name for field in form.fields]
    assert [each["name"] for each in document["tables"]] == [table.name for table in form.tables]
    for each in (*document["fields"], *(column for table in document["tables"] for column in table["columns"])):
        assert {"name", "label", "help", "entry", "options"} <= each.keys()
        assert each["label"] or form.tables
    assert coml("sheet", "show", number).code == 0


def test_what_the_plan_says_is_shown_beside_what_is_typed(coml: Coml, incident: Path) -> None:
    coml("sheet", "new", "213")
    (name,) = [each for each in shown(coml, "213")["fields"] if each["name"] == "incident_name"]
    assert (name["text"], name["printed"]) == ("", "Bear Creek Fire")
    coml("sheet", "set", "213", "incident_name", "Creek Complex")
    (name,) = [each for each in shown(coml, "213")["fields"] if each["name"] == "incident_name"]
    assert (name["text"], name["printed"]) == ("Creek Complex", "Creek Complex")


def test_the_list_says_which_period_each_belongs_to(coml: Coml, example: Path) -> None:
    listed = coml("sheet", "list", "--json").document
    assert {(one["title"], one["period"]) for one in listed} >= {("Division A", 3), ("VHF", None)}
    assert "ICS 214" not in {one["form"] for one in listed}
    assert "ICS 214" in {one["form"] for one in coml("sheet", "list", "--period", "1", "--json").document}
    assert "whole incident" in coml("sheet", "list").out
    assert "sheet new" not in coml("sheet", "list").err


def test_a_plan_without_any_says_how_to_start(coml: Coml, incident: Path) -> None:
    done = coml("sheet", "list")
    assert (done.code, "sheet new 213" in done.err) == (0, True)


# ── whole sheets ─────────────────────────────────────────────────────────────


def test_a_sheet_belongs_to_a_period_or_to_the_whole_incident(coml: Coml, incident: Path) -> None:
    made = coml("sheet", "new", "214", "--title", "Night", "--json").document
    assert made["done"] == "New ICS 214 Night"
    assert (made["sheet"]["form"], made["sheet"]["period"]) == ("ICS 214", 1)
    coml("sheet", "new", "217a", "--title", "VHF", "--whole-incident")
    coml("incident", "copy-forward")
    assert titles(coml) == ["VHF"]
    assert titles(coml, "--period", "1") == ["Night", "VHF"]
    coml("sheet", "copy", "Night", "--period", "1", "--to", "2")
    assert titles(coml) == ["Night", "VHF"]


def test_a_removed_sheet_comes_back_with_undo(coml: Coml, example: Path) -> None:
    coml("sheet", "remove", "ICS 204 Division A")
    assert "Division A" not in {
        one["title"] for one in coml("sheet", "list", "--json").document if "204" in one["form"]
    }
    assert coml("undo").out == "Undone: Remove ICS 204 Division A\n"
    assert typed(coml, "ICS 204 Division A", "supervisor") == "T. Baird"


def test_two_of_one_name_are_told_apart_by_their_ids(coml: Coml, incident: Path) -> None:
    coml("sheet", "new", "213", "--title", "Fuel")
    assert "another ICS 213 Fuel" in coml("sheet", "new", "213", "--title", "Fuel").err
    done = coml("sheet", "show", "fuel")
    assert done.code == 2
    one, other = coml("sheet", "list", "--json").document
    assert one["id"] in done.err
    assert shown(coml, other["id"])["id"] == other["id"]


def test_what_is_not_there_is_refused(coml: Coml, example: Path, incident: Path, refused: Callable[..., None]) -> None:
    refused(coml("sheet", "show", "Fuel"), "no filled-in form “Fuel”", "sheet new")
    refused(coml("sheet", "show", "Fuel", "--unit", example), "“Fuel”", "sheet list")
    refused(coml("sheet", "new", "999"), "no form “999”")
    refused(coml("sheet", "copy", "213", "--to", "9", "--unit", example), "no operational period 9")


# ── fields ───────────────────────────────────────────────────────────────────


def test_fields_are_written_in_one_edit_and_given_back_to_the_plan(coml: Coml, incident: Path) -> None:
    coml("sheet", "new", "213")
    done = coml("sheet", "set", "213", "to", "Logistics", "subject", "Fuel", "--title", "Fuel", "--json").document
    assert done["done"] == "Change to, subject of ICS 213; Rename ICS 213 to Fuel"
    assert (typed(coml, "Fuel", "to"), typed(coml, "Fuel", "subject")) == ("Logistics", "Fuel")
    coml("sheet", "set", "Fuel", "to", "")
    assert typed(coml, "Fuel", "to") == ""
    coml("undo", "2")
    assert titles(coml) == [""]
    assert coml("sheet", "set", "213", "message", "-", stdin="Two lines\nof text\n").code == 0
    assert typed(coml, "213", "message") == "Two lines\nof text"


def test_writing_what_is_there_already_changes_nothing(coml: Coml, example: Path) -> None:
    before = coml("history", "--json").document
    said = typed(coml, "213", "subject")
    for words in (
        ["subject", said],
        ["--title", "Batteries for Division A"],
        ["subject", said, "--title", "Batteries for Division A"],
    ):
        assert coml("sheet", "set", "213", *words, "--json").document["done"] == "Nothing to change"
    assert coml("history", "--json").document == before


def test_an_unknown_field_is_refused_and_the_names_are_listed(
    coml: Coml, example: Path, refused: Callable[..., None]
) -> None:
    refused(coml("sheet", "set", "213", "massage", "x"), "no field “massage”", "message, approved_name")
    refused(coml("sheet", "set", "309", "log", "x"), "no field “log”", "add-row")
    refused(coml("sheet", "add-row", "309", "logs", "from=x"), "no table “logs”", "log")
    refused(coml("sheet", "add-row", "309", "log", "form=x"), "no column “form”", "from")
    refused(coml("sheet", "add-row", "213", "log", "from=x"), "no table “log”", "sheet set")


def test_a_box_takes_only_what_it_offers(coml: Coml, example: Path, refused: Callable[..., None]) -> None:
    refused(coml("sheet", "set", "RR-12 Batteries", "priority", "Soon"), "Soon", "Urgent")
    refused(coml("sheet", "set", "211", "at_staging", "perhaps"), "yes or no")
    assert coml("sheet", "set", "RR-12 Batteries", "priority", "routine").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["set", "213"],
        ["set", "213", "message"],
        ["set", "213", "message", "-", "reply", "-"],
        ["add-row", "309", "log", "from"],
        ["add-row", "309", "log"],
        ["set-row", "309", "log", "1"],
        ["set-row", "309", "log", "0", "from=x"],
        ["remove-row", "309", "log", "x"],
        ["copy", "213"],
    ],
)
def test_half_a_question_is_wrong_usage(coml: Coml, example: Path, words: list[str]) -> None:
    assert coml("sheet", *words).code == 2


# ── rows ─────────────────────────────────────────────────────────────────────


def test_rows_are_added_changed_moved_and_removed(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    coml("sheet", "new", "205a")

    def names() -> list[str]:
        return [row["name"] for row in rows(coml, "205a", "contacts")]

    for name in ("Ada", "Bob", "Cid"):
        coml("sheet", "add-row", "205a", "contacts", f"name={name}", "contact=a=b")
    coml("sheet", "add-row", "205a", "contacts", "name=First", "--position", "1", "--private")
    assert names() == ["First", "Ada", "Bob", "Cid"]
    assert rows(coml, "205a", "contacts")[:2] == [
        {"name": "First", "private": "yes"},
        {"name": "Ada", "contact": "a=b"},
    ]
    coml("sheet", "set-row", "205a", "contacts", "1", "--public")
    coml("sheet", "set-row", "205a", "contacts", "2", "name=Ann", "contact=", "--private")
    assert rows(coml, "205a", "contacts")[:2] == [{"name": "First"}, {"name": "Ann", "private": "yes"}]
    coml("sheet", "move-row", "205a", "contacts", "1", "--to", "4")
    assert names() == ["Ann", "Bob", "Cid", "First"]
    coml("sheet", "move-row", "205a", "contacts", "4", "--to", "2")
    assert names() == ["Ann", "First", "Bob", "Cid"]
    coml("sheet", "remove-row", "205a", "contacts", "2", "4")
    assert names() == ["Ann", "Bob"]
    refused(coml("sheet", "remove-row", "205a", "contacts", "3"), "no row 3", "2 rows")
    refused(coml("sheet", "set-row", "205a", "contacts", "3", "name=x"), "no row 3")
    refused(coml("sheet", "move-row", "205a", "contacts", "1", "--to", "3"), "no row 3")
    refused(coml("sheet", "add-row", "205a", "contacts", "name=x", "--position", "4"), "no row 4")
    assert coml("undo").out == "Undone: Remove 2 rows of ICS 205A\n"
