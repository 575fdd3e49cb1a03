"""The preferences: kept between starts; whatever is in the file, the program starts."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from coml_toolkit import paths, settings
from coml_toolkit.errors import ComlError
from coml_toolkit.settings import Settings

OTHERS = Settings(
    operator="Größe Ω",
    theme="night",
    text_percent=150,
    unit_file="/a folder/unit.coml",
    window="AdnQywADAAAA",
    has_inspector=False,
    has_preview=False,
)


def write(text: str | bytes) -> None:
    paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().write_bytes(text.encode() if isinstance(text, str) else text)


def test_without_a_file_every_preference_has_its_default() -> None:
    assert settings.load() == Settings()
    assert not paths.settings_file().exists()


def test_what_was_kept_comes_back() -> None:
    for field in fields(Settings):
        assert getattr(OTHERS, field.name) != field.default, "the sample must differ from every default"
    settings.save(OTHERS)
    assert settings.load() == OTHERS
    settings.save(Settings())
    assert settings.load() == Settings()


def test_a_file_name_that_is_no_text_comes_back() -> None:
    kept = Settings(unit_file="/media/caf\udce9.coml")
    settings.save(kept)
    assert settings.load() == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"night"',
        "7",
        "\0\0\0\0",
        b"\xff\xfe{}",
        b"\x80",
        '{"theme": "night"',
        "[" * 100_000,
        '{"text_percent": ' + "9" * 5000 + "}",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_damaged_file_gives_the_defaults(text: str | bytes) -> None:
    write(text)
    assert settings.load() == Settings()


@pytest.mark.parametrize("wrong", [None, 1.5, [], {}, "90", True, 3])
def test_a_value_of_the_wrong_type_takes_its_default_and_the_others_stay(wrong: object) -> None:
    for field in fields(Settings):
        values = {other.name: getattr(OTHERS, other.name) for other in fields(Settings)}
        write(json.dumps({**values, field.name: wrong}))
        fits = type(wrong) is type(field.default)
        assert settings.load() == replace(OTHERS, **{field.name: wrong if fits else field.default})


def test_what_another_version_kept_is_passed_over() -> None:
    write('{"theme": "dark", "colour_of_the_sky": "blue", "": 1, "class": {}}')
    assert settings.load() == Settings(theme="dark")


def test_a_folder_in_place_of_the_file_gives_the_defaults_and_is_said_when_saving() -> None:
    paths.settings_file().mkdir(parents=True)
    assert settings.load() == Settings()
    with pytest.raises(ComlError, match="could not be written") as refused:
        settings.save(OTHERS)
    assert refused.value.hint


def test_saving_leaves_nothing_else_behind(coml_home: Path) -> None:
    settings.save(OTHERS)
    settings.save(Settings())
    assert [found for found in coml_home.rglob("*") if found.is_file()] == [paths.settings_file()]
