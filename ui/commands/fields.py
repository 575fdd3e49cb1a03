"""A channel's fields as options of a command."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import click

from coml_toolkit import units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import CONVENTIONAL_ONLY, UNKNOWN_TONE, Channel, Direction, Encryption, Kind

F = TypeVar("F", bound=Callable[..., Any])

NONE = "none"
_TONE = "156.7, D023N, D023I, $293, CSQ or unknown."
_OPTIONS = (
    ("--rx", "MHZ", "What it receives on, as programmed in a mobile or portable; “none”: transmit only."),
    ("--tx", "MHZ", "What it transmits on; “none”: receive only."),
    ("--rx-tone", "T", _TONE),
    ("--tx-tone", "T", _TONE),
    ("--bandwidth", "KHZ", "The channel's width: 6.25, 12.5, 20, 25 …"),
    ("--mode", "A|D|M", "Analog, digital or mixed, as on the 205."),
    ("--modulation", "WORD", "FM, AM, P25, DMR …"),
    ("--emission", "CODE", "The emission designator, as in 11K0F3E."),
    ("--encryption", [each.value for each in Encryption], "Whether encryption may be used on it."),
    ("--kind", [each.value for each in Kind], "What sort of resource it is."),
    ("--system", "NAME", "The trunked system, data network or carrier."),
    ("--talkgroup", "ID", "The talkgroup's number."),
    ("--address", "TEXT", "Telephone number, network name or URL: where to reach it."),
    ("--service", "NAME", "The group it is filtered by."),
    ("--eligibility", "TEXT", "Who may use it."),
)
NAMES = tuple(flag.removeprefix("--").replace("-", "_") for flag, _, _ in _OPTIONS)
_FIELD = {"rx": "rx_hz", "tx": "tx_hz", "bandwidth": "bandwidth_hz", "talkgroup": "talkgroup_id"}
_SIDES = {
    (True, False): Direction.RECEIVE_ONLY,
    (False, True): Direction.TRANSMIT_ONLY,
}


def channel_options(function: F) -> F:
    """An option for every field; what is not given is not known."""
    for flag, values, words in reversed(_OPTIONS):
        if isinstance(values, str):
            function = click.option(flag, metavar=values, help=words)(function)
        else:
            function = click.option(flag, type=click.Choice(values, case_sensitive=False), help=words)(function)
    return function


def given(typed: Mapping[str, str | None]) -> dict[str, str]:
    """The options that were given."""
    return {name: text for name, text in typed.items() if text is not None}


def changed(channel: Channel, typed: Mapping[str, str]) -> Channel:
    """The channel with what was typed; what was not typed stays as it is. Nothing is guessed: InputError instead."""
    values: dict[str, Any] = {"kind": Kind(typed.get("kind", channel.kind))}
    kind = values["kind"]
    if kind is not Kind.CONVENTIONAL:
        for name in typed:
            if _FIELD.get(name, name) in CONVENTIONAL_ONLY:
                raise InputError(f"{_flag(name)} does not go with the kind {kind}.", hint=_NOT_TUNED)
        blank = Channel()
        values |= {name: getattr(blank, name) for name in CONVENTIONAL_ONLY}
    if kind is not Kind.TALKGROUP:
        if "talkgroup" in typed:
            raise InputError(f"--talkgroup does not go with the kind {kind}.", hint="Say --kind talkgroup.")
        values["talkgroup_id"] = None
    for name, text in typed.items():
        if name in _READ:
            values[_FIELD.get(name, name)] = _READ[name](text)
    if "rx" in typed or "tx" in typed:
        values |= _directed(channel, typed)
    direction = values.get("direction", channel.direction)
    for name, unused in (("rx_tone", Direction.TRANSMIT_ONLY), ("tx_tone", Direction.RECEIVE_ONLY)):
        if direction is unused:
            if name in typed:
                raise InputError(
                    f"A {unused.replace(' ', '-')} channel has no {_WORDS[name]}.", hint=f"Leave out {_flag(name)}."
                )
            values[name] = UNKNOWN_TONE
    return replace(channel, **values)


def _directed(channel: Channel, typed: Mapping[str, str]) -> dict[str, Any]:
    """Both frequencies and the direction that follows from them; not known unless both are known or one is none."""
    is_used = {
        "rx": channel.direction is not Direction.TRANSMIT_ONLY,
        "tx": channel.direction is not Direction.RECEIVE_ONLY,
    }
    hz = {"rx": channel.rx_hz, "tx": channel.tx_hz}
    for side in ("rx", "tx"):
        if side in typed:
            text = typed[side].strip()
            is_used[side] = text.casefold() != NONE
            is_known = is_used[side] and text.casefold() not in {"", "?", units.UNKNOWN}
            hz[side] = units.parse_mhz(text) if is_known else None
    if not any(is_used.values()):
        raise InputError("A channel that neither receives nor transmits is none.", hint="Give --rx or --tx.")
    both = Direction.UNKNOWN if None in hz.values() else Direction.BOTH
    return {
        "rx_hz": hz["rx"],
        "tx_hz": hz["tx"],
        "direction": _SIDES.get((is_used["rx"], is_used["tx"]), both),
    }


def _bandwidth(text: str) -> int | None:
    return None if text.strip().casefold() in {"", "?", units.UNKNOWN} else units.parse_khz(text)


# FCC and ITU: the necessary bandwidth in four characters, then three to five for the class (47 CFR 2.201 and 2.202)
_EMISSION = re.compile(r"(\d{3}[HKMG]|\d{2}[HKMG]\d|\d[HKMG]\d{2})[A-Z][0-9X][A-Z]{1,3}", re.ASCII)


def _emission(text: str) -> str:
    typed = text.strip()
    if typed.casefold() in {"", "?", units.UNKNOWN}:
        return ""
    if all(_EMISSION.fullmatch(each) for each in re.split(r"[\s,;/]+", typed.upper())):
        return typed.upper()
    raise InputError(f"“{typed}” is not an emission designator.", hint="Write it as in 11K0F3E, or unknown.")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


_NOT_TUNED = "Only a conventional channel has frequencies of its own; give --system, --talkgroup or --address."
_WORDS = {"rx_tone": "RX tone", "tx_tone": "TX tone"}
_READ: dict[str, Callable[[str], Any]] = {
    "rx_tone": units.parse_tone,
    "tx_tone": units.parse_tone,
    "bandwidth": _bandwidth,
    "emission": _emission,
    "mode": units.parse_mode,
    "encryption": Encryption,
    "talkgroup": lambda text: units.parse_number(text, "talkgroup id", highest=16_777_215),
    **dict.fromkeys(("modulation", "system", "address", "service", "eligibility"), str.strip),
}
