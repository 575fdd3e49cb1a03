"""What is in the wheel, and that the lock is what the project asks for."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("coml_toolkit", "forms", "resources", "ui")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel, built here and without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_has_the_four_packages_and_nothing_beside_them(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert len(tops) == len(PACKAGES) + 1


def test_the_wheel_carries_every_file_of_the_packages(wheel: set[str]) -> None:
    ours = {
        file.relative_to(CHECKOUT).as_posix()
        for package in PACKAGES
        for file in (CHECKOUT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }
    assert ours - wheel == set()


@pytest.mark.parametrize(
    "data",
    [
        r"resources/channels/.+\.csv",
        r"resources/forms/.+",
        r"resources/fonts/.+\.ttf",
        r".+\.dist-info/licenses/LICENSE",
    ],
)
def test_the_wheel_carries_the_data(wheel: set[str], data: str) -> None:
    assert any(re.fullmatch(data, name) for name in wheel)


def test_the_wheel_brings_the_command(wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)


def locked() -> dict[str, str]:
    text = (CHECKOUT / "installer" / "requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[<>=]", name)[0].lower() for name in asked}
    assert names - set(locked()) == set()


def test_every_package_in_the_lock_has_a_hash() -> None:
    text = (CHECKOUT / "installer" / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [package.split("\n")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_qt_that_aborts_is_not_in_the_lock() -> None:
    assert tuple(int(part) for part in locked()["pyside6"].split(".")) < (6, 12)
