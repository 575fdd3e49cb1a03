"""What other programs make of our files, where they are installed: CI does not need them."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from coml_toolkit import library
from coml_toolkit.exchange import formats, read


def peer(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_dmrconf_accepts_our_codeplug_and_understands_the_same(tmp_path: Path) -> None:
    written = formats.write("qdmr", library.channels())
    (tmp_path / "ours.yaml").write_bytes(written.content)
    radio = ("dmrconf", "-R", "d878uv2")
    done = peer(*radio, "-y", "verify", "ours.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    peer(*radio, "-y", "encode", "ours.yaml", "ours.bin", cwd=tmp_path)
    peer(*radio, "decode", "ours.bin", "theirs.yaml", cwd=tmp_path)

    class Loader(yaml.SafeLoader):
        """YAML with dmrconf's tags."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    Loader.add_constructor("!default", lambda loader, node: None)

    def told(name: str) -> list[tuple[object, ...]]:
        channels = yaml.load((tmp_path / name).read_text(encoding="utf-8"), Loader)["channels"]
        return [
            (
                one["name"], round(one["rxFrequency"] * 1e6), one["rxOnly"], one["bandwidth"], tone(one.get("rxTone")),
                None if one["rxOnly"] else (round(one["txFrequency"] * 1e6), tone(one.get("txTone"))),
            )
            for one in (channel["analog"] for channel in channels)
        ]  # fmt: skip

    def tone(said: dict[str, float] | None) -> object:
        return {kind: round(value * 10) for kind, value in (said or {}).items()}

    assert len(told("ours.yaml")) == written.count
    assert told("theirs.yaml") == told("ours.yaml")


def test_libreoffice_opens_our_workbook_and_changes_no_cell(tmp_path: Path) -> None:
    channels = library.channels()
    (tmp_path / "ours.xlsx").write_bytes(formats.write("xlsx", channels).content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    peer("soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "ours.xlsx",
         cwd=tmp_path)  # fmt: skip
    with (tmp_path / "ours.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(channels) + 1
    theirs = read.read(tmp_path / "ours.csv").channels
    ours = read.read(tmp_path / "ours.xlsx").channels
    for one, other in zip(ours, theirs, strict=True):
        assert (one.name, one.rx_hz, one.tx_hz, one.rx_tone, one.tx_tone, one.remarks) == (
            other.name, other.rx_hz, other.tx_hz, other.rx_tone, other.tx_tone, other.remarks,
        )  # fmt: skip
