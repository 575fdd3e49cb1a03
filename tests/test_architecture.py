"""The shape of the house: what stands at the top, and who may import whom."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("ui", "forms", "coml_toolkit", "resources")  # each may import itself and those after it
FORMS_NEED = {"model", "units", "errors", "files"}  # of the engine
MODEL_NEEDS = {"model", "units", "errors"}
ONLY_IN = {"PySide6": "ui", "shiboken6": "ui", "reportlab": "forms"}
COME_WITH = {"docx": "python_docx", "shiboken6": "pyside6"}  # a name to import, and the dependency that brings it
TOP_LEVEL = {
    *("coml_toolkit", "ui", "forms", "resources", "installer", "tests"),
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"),
}
BUILT = {"build", "dist", "__pycache__"}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of ours, by dotted name."""
    for package in PACKAGES:
        for file in sorted((CHECKOUT / package).rglob("*.py")):
            parts = file.relative_to(CHECKOUT).with_suffix("").parts
            yield ".".join(parts), file


def imports(module: str, source: str) -> set[str]:
    """The dotted names a module imports, relative ones made whole; of `from a import b`, a.b."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: -node.level]  # the name of a package ends in .__init__ here
                base = ".".join([*parents, *([base] if base else [])])
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def offence(importer: str, imported: str) -> str:
    """Why one module must not import another, or nothing when it may."""
    ours, theirs = importer.split("."), imported.split(".")
    package, root = ours[0], theirs[0]
    part = theirs[1] if len(theirs) > 1 else ""
    if root not in PACKAGES:
        if root in ONLY_IN and package != ONLY_IN[root]:
            return f"only {ONLY_IN[root]} may import {root}"
        return ""
    if PACKAGES.index(root) < PACKAGES.index(package):
        return f"imports point one way, {' -> '.join(PACKAGES)}"
    if root == "coml_toolkit" and not part.startswith("__"):
        if package == "forms" and part not in FORMS_NEED:
            return f"of the engine forms needs only {', '.join(sorted(FORMS_NEED))}"
        if ours[:2] == ["coml_toolkit", "model"] and part not in MODEL_NEEDS:
            return f"the model needs only {', '.join(sorted(MODEL_NEEDS))}"
    if ours[:2] == ["coml_toolkit", "model"] and root == "resources":
        return "the model reads no files"
    return ""


def test_imports_point_one_way() -> None:
    offences = [
        f"{module} imports {imported}: {why}"
        for module, file in modules()
        for imported in sorted(imports(module, file.read_text(encoding="utf-8")))
        if (why := offence(module, imported))
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("resources.__init__", "import coml_toolkit"),
        ("coml_toolkit.store.store", "from forms.form import render"),
        ("coml_toolkit.units", "from PySide6.QtCore import QObject"),
        ("coml_toolkit.maps", "import reportlab.pdfgen.canvas"),
        ("coml_toolkit.model.plan", "from coml_toolkit.store import Store"),
        ("coml_toolkit.model.plan", "from ..store import Store"),
        ("coml_toolkit.model.__init__", "from .. import store"),
        ("forms.ics205", "from coml_toolkit import store"),
        ("forms.ics205", "def late():\n    import ui.app"),
        ("ui.pages.plan", "from reportlab.lib import units"),
    ],
)
def test_an_import_against_the_grain_is_seen(module: str, source: str) -> None:
    assert any(offence(module, imported) for imported in imports(module, source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("coml_toolkit.model.plan", "from .channel import Channel"),
        ("coml_toolkit.model.__init__", "from . import channel"),
        ("coml_toolkit.store.store", "from coml_toolkit.model.record import Record"),
        ("coml_toolkit.library", "import resources"),
        ("forms.ics205", "from coml_toolkit import __version__, units"),
        ("ui.app", "import PySide6.QtWidgets, forms, coml_toolkit.store"),
    ],
)
def test_an_import_with_the_grain_is_let_be(module: str, source: str) -> None:
    assert not any(offence(module, imported) for imported in imports(module, source))


def project() -> dict[str, object]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_the_program_imports_is_what_it_declares() -> None:
    declared = {name.split(">")[0].lower().replace("-", "_") for name in project()["dependencies"]}
    undeclared = [
        f"{module} imports {imported}"
        for module, file in modules()
        for imported in sorted(imports(module, file.read_text(encoding="utf-8")))
        if (root := imported.split(".")[0]) not in sys.stdlib_module_names
        and root not in PACKAGES
        and COME_WITH.get(root, root.lower()) not in declared
    ]
    assert undeclared == []


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [*project()["dependencies"], *project()["optional-dependencies"]["test"]]
    for dependency in listed:
        number = next(n for n, line in enumerate(lines) if line.strip() == f'"{dependency}",')
        assert lines[number - 1].strip().startswith("# "), f"{dependency} has no comment above it"


def top_level() -> set[str]:
    """What stands at the top: as git sees it, or, where this is no clone, as the folder does."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
        files = [name for name in done.stdout.splitlines() if (CHECKOUT / name).exists()]
        return {name.split("/")[0] for name in files}
    except (OSError, subprocess.CalledProcessError):
        return {entry.name for entry in CHECKOUT.iterdir()} - BUILT


def test_the_top_level_is_the_fixed_list() -> None:
    assert {name for name in top_level() if not name.startswith(".")} == TOP_LEVEL


def test_every_package_says_what_it_is() -> None:
    for package in PACKAGES:
        for folder in {file.parent for file in (CHECKOUT / package).rglob("*.py")}:
            init = folder / "__init__.py"
            assert init.exists(), f"{folder.relative_to(CHECKOUT)} has no __init__.py"
            assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))), f"{init} has no docstring"


@pytest.mark.parametrize("folder", ["installer", "tests"])
def test_folders_that_would_hide_packages_are_none(folder: str) -> None:
    assert list((CHECKOUT / folder).rglob("__init__.py")) == []


@pytest.mark.parametrize("name", ["installer/requirements.lock", "pyproject.toml", ".ci/run"])
def test_no_address_of_a_registry_is_written_down(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text.replace("--no-emit-index-url", "")
    assert "find-links" not in text
