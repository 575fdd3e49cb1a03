"""A table with headings, a 217A or any channel list or plan, read row by row; never tuned to one layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .. import units
from ..errors import InputError
from ..model.channel import NARROW_HZ, UNKNOWN_TONE, Channel, Direction, Kind, Mode, Tone, problems
from . import cells, headings
from .preview import Import, Mapping, Passed, Row, Use, in_words, row_text
from .sheet import Sheet
from .tones import unusual

_TALKGROUP = re.compile(r"\b(talk ?group|trunk(ed|ing)?|tgid|tg)\b", re.IGNORECASE)
_RECEIVE_ONLY = re.compile(r"\b((rx|receive|rcv|listen|monitor)[ -]only|no (tx|transmit))\b", re.IGNORECASE)
_SIMPLEX = re.compile(r"\b(simplex|direct|talk[ -]?around|car to car)\b", re.IGNORECASE)
_REPEATER = re.compile(r"\b(repeater|rptr|duplex|semi-?duplex)\b", re.IGNORECASE)
_TALKGROUP_ID = re.compile(r"(?:\b(?:TG|TGID|talk ?group)\s*[:#]?\s*)?(\d{1,8})", re.IGNORECASE | re.ASCII)
_NOT_A_SYSTEM = re.compile(
    r"\b(tbd|tba|various|varies|see|none|unknown|pending|n/a|assigned|as|only|not)\b", re.IGNORECASE
)
_EMISSION = re.compile(r"\d{1,3}[HKMG]\d{0,2}[A-Z]\d[A-Z]{1,3}", re.ASCII)


_Given = tuple[Sequence[Mapping], int | None, str]  # remembered mappings, what a W is, the kind of table


def read(
    sheets: Sequence[Sheet], file: str, *, mappings: Sequence[Mapping] = (), kind: str = "", wide_hz: int | None = None
) -> Import:
    """Every row below the headings of every table. `mappings` are remembered ones: where one fits, it decides.

    `wide_hz` is what a bare W stands for where no remembered mapping says it.
    """
    rows: list[Row] = []
    passed: list[Passed] = []
    notes: list[str] = []
    kind = kind or _kind(sheets, mappings)
    used: list[Mapping] = []
    previous: Mapping | None = None
    for sheet in sheets:
        notes += sheet.notes
        found = _headings(sheet, mappings, wide_hz)
        if found is None:
            if previous is None or not _continues(sheet, previous):
                notes.append(f"{sheet.place or file}: no headings were found, so nothing was read from it.")
                _above(sheet, range(len(sheet.rows)), "It stands in a table without headings", rows, passed)
                continue
            notes.append(f"{sheet.place} has no headings: those of the table before it were taken.")
            found = headings.Found(first=0, below=0, mapping=previous)
        previous = _read_sheet(sheet, file, found, (mappings, wide_hz, kind), rows, passed, used, notes)
    if not used:
        raise InputError(
            f"{file}: no headings of a channel list were found.",
            hint="It needs a row of headings such as Channel Name, RX Freq, RX Tone, TX Freq, TX Tone, Mode.",
        )
    rows = _with_repeated_names(rows) if kind == "217a" else rows
    words = (
        "a radio plan, by its columns for function or assignment"
        if kind == "plan"
        else "a channel list, by its headings"
    )
    return Import(
        file=file, kind=kind, words=f"{file} is read as {words}.", rows=tuple(rows), passed=tuple(passed),
        notes=tuple(notes), mappings=tuple(used),
    )  # fmt: skip


def _kind(sheets: Sequence[Sheet], mappings: Sequence[Mapping]) -> str:
    found = [_headings(sheet, mappings, None) for sheet in sheets]
    return "plan" if any(one is not None and is_plan(one.mapping) for one in found) else "217a"


def is_plan(mapping: Mapping) -> bool:
    """The table is a plan: it says what for and by whom channels are used."""
    return {"function", "assignment"} <= set(mapping.fields)


def _headings(
    sheet: Sheet, mappings: Sequence[Mapping], wide_hz: int | None, start: int = 0, limit: int = 60
) -> headings.Found | None:
    for mapping in mappings:
        if found := headings.find_remembered(sheet, mapping, start, limit=limit):
            return found
    found = headings.find(sheet, start, limit=limit)
    if found is None:
        return None
    mapping = Mapping(headings=found.mapping.headings, fields=found.mapping.fields, wide_hz=wide_hz)
    return headings.Found(first=found.first, below=found.below, mapping=mapping)


def _continues(sheet: Sheet, mapping: Mapping) -> bool:
    """A table without headings that has the columns of the one before: a long list that goes on over the page."""
    is_part = sheet.place.startswith(("page", "table"))  # not a workbook's next sheet: that is another list
    return is_part and bool(mapping.headings) and max(map(len, sheet.rows), default=0) == len(mapping.headings)


def _read_sheet(
    sheet: Sheet, file: str, found: headings.Found, remembered: _Given,
    rows: list[Row], passed: list[Passed], used: list[Mapping], notes: list[str],
) -> Mapping:  # fmt: skip
    """Read one table to its end; a second row of headings further down starts a new meaning of its columns."""
    mapping = found.mapping
    _use(mapping, remembered[2], used, notes)
    _above(sheet, range(found.first), "It stands above the headings", rows, passed)
    passed += [_passed(sheet, at, "it is the headings") for at in range(found.first, found.below)]
    at = found.below
    while at < len(sheet.rows):
        if again := _again(sheet, at, mapping, remembered):
            passed += [_passed(sheet, one, "it is the headings") for one in range(again.first, again.below)]
            mapping, at = again.mapping, again.below
            _use(mapping, remembered[2], used, notes)
            continue
        read = _Reader(sheet=sheet, at=at, mapping=mapping, file=file, is_plan=remembered[2] == "plan").row()
        if isinstance(read, Row):
            rows.append(read)
        else:
            passed.append(read)
        at += 1
    return mapping


def _again(sheet: Sheet, at: int, mapping: Mapping, remembered: _Given) -> headings.Found | None:
    """Headings that begin at this very row."""
    row = sheet.rows[at]
    if sum(bool(headings.words(cell)) for cell in row) < 3 or any(re.search(r"\d\.\d", cell) for cell in row):
        return None
    if mapping.headings and (same := headings.find_remembered(sheet, mapping, at, limit=1)):
        return same
    return _headings(sheet, remembered[0], remembered[1], at, limit=1)


def _above(sheet: Sheet, places: range, why: str, rows: list[Row], passed: list[Passed]) -> None:
    """Rows whose columns are not known: titles are passed over; what bears a frequency is refused, never left out."""
    for at in places:
        if headings.looks_like_data(sheet.rows[at]):
            text = row_text(sheet.rows[at])
            reason = f"{why}, so its columns are not known."
            rows.append(Row(number=sheet.numbers[at], sheet=sheet.place, text=text, refused=(reason,)))
        else:
            passed.append(_passed(sheet, at, f"{why[0].lower()}{why[1:]}"))


def _use(mapping: Mapping, kind: str, used: list[Mapping], notes: list[str]) -> None:
    if mapping in used:
        return
    used.append(mapping)
    pairs = list(zip(mapping.headings, mapping.fields, strict=False))
    unread = [f"“{heading}”" for heading, name in pairs if heading and not name]
    if unread:
        notes.append(f"Columns that were not read: {', '.join(unread)}.")
    if "number" in mapping.fields and kind != "plan":
        heading = next(heading for heading, name in pairs if name == "number")
        notes.append(f"“{heading}” is the row's label in the list; a channel keeps none.")


def _passed(sheet: Sheet, at: int, why: str) -> Passed:
    return Passed(number=sheet.numbers[at], sheet=sheet.place, text=row_text(sheet.rows[at]), why=why)


def _with_repeated_names(rows: Sequence[Row]) -> list[Row]:
    """A doubt on each row whose name another row has too."""
    first: dict[str, Row] = {}
    told = []
    for row in rows:
        if row.channel is not None and (key := row.channel.name.casefold()):
            if key in first:
                doubt = f"The name {row.channel.name} stands in {first[key].place} too."
                row = replace(row, doubts=(*row.doubts, doubt))
            else:
                first[key] = row
        told.append(row)
    return told


@dataclass(slots=True, kw_only=True)
class _Reader:
    """One row on its way to a channel."""

    sheet: Sheet
    at: int
    mapping: Mapping
    file: str
    is_plan: bool  # then the remarks are about the use of the channel, not about the channel
    assumed: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # what no field holds, for the remarks

    # ── what stands where ───────────────────────────────────────────────────

    def _columns(self, name: str) -> list[int]:
        return [column for column, one in enumerate(self.mapping.fields) if one == name]

    def text(self, name: str) -> str:
        """The cells of a field; the remarks may have several."""
        row = self.sheet.rows[self.at]
        columns = self._columns(name)
        for column in columns:
            if fault := self.sheet.faults.get((self.at, column)):
                raise InputError(f"{self.heading(name)}: {fault}.")
        parts = [row[column].strip() for column in columns if column < len(row)]
        return "; ".join(part for part in parts if part) if name == "remarks" else (parts[0] if parts else "")

    def marked(self, name: str) -> str:
        """The same without footnote marks, which are told of."""
        bare, said = cells.unmarked(cells.clean(self.text(name)))
        if said:
            self.doubts.append(said)
        return bare

    def heading(self, name: str) -> str:
        columns = self._columns(name)
        stands = self.mapping.headings[columns[0]] if columns and columns[0] < len(self.mapping.headings) else ""
        return cells.clean(stands) or name

    def _named(self, name: str, error: InputError) -> InputError:
        return InputError(f"{self.heading(name)}: {error.message}", hint=error.hint)

    # ── what the row is ─────────────────────────────────────────────────────

    def row(self) -> Row | Passed:
        cells_ = self.sheet.rows[self.at]
        said = {cells.clean(cell) for cell in cells_} - {""}
        has_fault = any(row == self.at for row, _ in self.sheet.faults)
        is_data = has_fault or headings.looks_like_data(cells_)
        if len(said) <= 1 and not is_data:
            return _passed(self.sheet, self.at, "it is a section, a note or a line between rows")
        tells = [name for name in ("rx", "tx", "name", "short_name", "talkgroup", "offset") if self._says(name)]
        if not tells and not is_data:
            return _passed(self.sheet, self.at, "it has neither a name nor a frequency")
        if not self._says("rx") and not self._says("tx") and not is_data and self._is_text_only():
            return _passed(self.sheet, self.at, "it has no frequency, tone or talkgroup")
        if not is_data and self._runs_over():
            return _passed(self.sheet, self.at, "it is a text that runs over the columns")
        if self.at in self.sheet.hidden:
            self.doubts.append("This row is hidden in the spreadsheet.")
        number, place, text = self.sheet.numbers[self.at], self.sheet.place, row_text(cells_)
        try:
            channel = self.channel()
            use = self.use()
        except InputError as error:
            return Row(number=number, sheet=place, text=text, doubts=tuple(self.doubts), refused=(in_words(error),))
        return Row(
            number=number, sheet=place, text=text, channel=channel, use=use,
            assumed=tuple(dict.fromkeys(self.assumed)), doubts=tuple(dict.fromkeys(self.doubts)),
        )  # fmt: skip

    def _says(self, name: str) -> bool:
        row = self.sheet.rows[self.at]
        return any(
            (column < len(row) and row[column].strip()) or (self.at, column) in self.sheet.faults
            for column in self._columns(name)
        )

    def _runs_over(self) -> bool:
        """One merged text stands for the name and the frequency, or the frequency and the mode: a foot of the page."""
        rx = cells.clean(self.text("rx"))
        return bool(rx) and rx in {cells.clean(self.text(one)) for one in ("name", "short_name", "mode")}

    def _is_text_only(self) -> bool:
        """Words without anything a radio could be told: a heading that fills more than one cell."""
        telling = ("rx_tone", "tx_tone", "tone", "talkgroup", "offset", "system", "mode")
        return not any(self._says(name) for name in telling)

    # ── what it says ────────────────────────────────────────────────────────

    def channel(self) -> Channel:
        config = self.marked("config")
        mode = self.mode()
        if self._is_talkgroup(config, mode):
            return self.talkgroup(mode)
        rx, tx, direction = self.frequencies(config)
        rx_tone, tx_tone = self.tones(mode.mode, direction)
        bandwidth_hz = self.width(rx, tx, mode)
        modulation = mode.modulation or self._modulation(mode.mode, rx or tx, rx_tone.nac or tx_tone.nac)
        name, emission = self.name(), self.emission()
        channel = Channel(
            name=name,
            direction=direction,
            rx_hz=rx.hz if rx else None,
            tx_hz=tx.hz if tx else None,
            rx_tone=rx_tone,
            tx_tone=tx_tone,
            bandwidth_hz=bandwidth_hz,
            mode=mode.mode,
            modulation=modulation,
            emission=emission,
            eligibility=self.text("users"),
            remarks="" if self.is_plan else self.remarks(),
            source=self.source(),
        )
        self.look_at(channel, config)
        return channel

    def name(self) -> str:
        short, name = cells.clean(self.text("short_name")), cells.clean(self.text("name"))
        if short and name and short != name:
            self.kept.insert(0, name)
        if not (short or name):
            self.doubts.append("It has no name.")
        return short or name

    def frequencies(self, config: str) -> tuple[cells.Frequency | None, cells.Frequency | None, Direction]:
        rx_text, tx_text = self.marked("rx"), self.marked("tx")
        if rx_text.casefold() in {"tx only", "transmit only"}:
            return None, self.frequency("tx", tx_text), Direction.TRANSMIT_ONLY
        rx = self.frequency("rx", rx_text)
        tx, direction = self.transmit(rx, tx_text, config)
        if rx is None and tx is None:
            raise InputError("It has no frequency.", hint="A talkgroup must say that it is one.")
        if rx is None:
            self.doubts.append("No receive frequency is given: not known, or transmit only.")
            direction = Direction.UNKNOWN
        return rx, tx, direction

    def frequency(self, name: str, text: str) -> cells.Frequency | None:
        if not text or cells.says_nothing(text):
            return None
        unit = headings.unit_of(self.heading(name)) or self.mapping.unit
        try:
            return cells.frequency(text, unit=unit, has_decimal_commas=self.sheet.has_decimal_commas)
        except InputError as error:
            raise self._named(name, error) from None

    def transmit(self, rx: cells.Frequency | None, text: str, config: str) -> tuple[cells.Frequency | None, Direction]:
        if cells.is_no_transmit(text) or (not text and _RECEIVE_ONLY.search(config)):
            self.assumed.append(f"“{text or config}” is taken as receive only.")
            return None, Direction.RECEIVE_ONLY
        if text and _RECEIVE_ONLY.search(config):
            raise InputError(f"It says “{config}” but gives a transmit frequency.", hint="Correct one of them.")
        if rx is not None and cells.is_same(text):
            self.assumed.append(f"“{text}” is taken as transmitting on the receive frequency.")
            return rx, Direction.BOTH
        commas = self.sheet.has_decimal_commas
        if text[:1] in {"+", "-"} and (by := self._offset("tx", text, commas)) is not None and rx is not None:
            return self._shifted(rx, by, text), Direction.BOTH
        if (tx := self.frequency("tx", text)) is not None:
            return tx, Direction.BOTH
        return self._by_offset(rx, config, commas)

    def _by_offset(
        self, rx: cells.Frequency | None, config: str, commas: bool
    ) -> tuple[cells.Frequency | None, Direction]:
        """The transmit frequency from an offset column, or from the word simplex."""
        shift, by_text = cells.clean(self.text("shift")), cells.clean(self.text("offset"))
        folded = shift.casefold().replace("dup", "").replace("rpt", "").strip()
        if rx is not None and (folded in {"+", "plus"} or folded in {"-", "minus"} or by_text):
            by = self._offset("offset", by_text, commas) if by_text else None
            if by is None:
                raise InputError(f"“{shift or by_text}” does not say how far the transmit frequency is.")
            if folded in {"-", "minus"}:
                by = -abs(by)
            elif by and by_text[:1] not in {"+", "-"} and folded not in {"+", "plus"}:
                if cells.is_same(shift) or _SIMPLEX.search(config):
                    by = 0
                else:
                    raise InputError(f"“{by_text}” does not say whether up or down.", hint="Write + or - before it.")
            return self._shifted(rx, by, f"{shift} {by_text}".strip()), Direction.BOTH
        if rx is not None and (cells.is_same(shift) or _SIMPLEX.search(config)):
            self.assumed.append(f"“{shift or config}” is taken as transmitting on the receive frequency.")
            return rx, Direction.BOTH
        if rx is not None:
            self.doubts.append("No transmit frequency is given: not known, or receive only.")
        return None, Direction.UNKNOWN

    def _offset(self, name: str, text: str, commas: bool) -> int | None:
        unit = headings.unit_of(self.heading(name))
        try:
            return cells.offset(f"{text} {unit}" if unit and text[-1:].isdigit() else text, has_decimal_commas=commas)
        except InputError as error:
            raise self._named(name, error) from None

    def _shifted(self, rx: cells.Frequency, by: int, said: str) -> cells.Frequency:
        if rx.hz + by <= 0:
            raise InputError(f"“{said}” leads below zero.")
        tx = cells.Frequency(hz=rx.hz + by)
        self.assumed.append(f"TX is {units.mhz(tx.hz)} MHz, from “{said}”.")
        return tx

    def tones(self, mode: Mode, direction: Direction) -> tuple[Tone, Tone]:
        rx_tone, tx_tone = self.tone("rx_tone", mode), self.tone("tx_tone", mode)
        if self._says("tone"):
            tx_tone = self.tone("tone", mode)
            self.assumed.append("The list gives one tone: it is taken as the one to transmit; RX is left unknown.")
        if direction is Direction.RECEIVE_ONLY:
            tx_tone = UNKNOWN_TONE
        if direction is Direction.TRANSMIT_ONLY:
            rx_tone = UNKNOWN_TONE
        self.doubts += [said for said in dict.fromkeys((unusual(rx_tone), unusual(tx_tone))) if said]
        return rx_tone, tx_tone

    def tone(self, name: str, mode: Mode) -> Tone:
        text = self.marked(name)
        try:
            said = cells.tone(
                text, mode=mode, heading=self.heading(name), has_decimal_commas=self.sheet.has_decimal_commas
            )
        except InputError as error:
            raise self._named(name, error) from None
        self.assumed += said.assumed
        if said.dmr:
            if said.dmr not in self.kept:
                self.kept.append(said.dmr)
            self.assumed.append(f"“{said.dmr}” is no tone but of DMR: it is kept in the remarks.")
        return said.tone

    def mode(self) -> cells.ModeCell:
        said = cells.mode(self.marked("mode"))
        if said.assumed:
            self.assumed.append(said.assumed)
            self.kept.append(said.rest)
        return said

    def _modulation(self, mode: Mode, at: cells.Frequency | None, nac: int | None) -> str:
        if mode is Mode.ANALOG and at is not None and cells.is_fm_band(at.hz):
            self.assumed.append("Analog is FM, as everywhere outside the short-wave and aviation bands.")
            return "FM"
        if mode is Mode.DIGITAL and nac is not None:
            self.assumed.append("It has a NAC, so its modulation is P25.")
            return "P25"
        if mode is Mode.DIGITAL and any(one.upper().startswith(("CC", "TS", "TG")) for one in self.kept):
            self.assumed.append("It has a colour code, slot or talkgroup of DMR, so its modulation is DMR.")
            return "DMR"
        return ""

    def width(self, rx: cells.Frequency | None, tx: cells.Frequency | None, mode: cells.ModeCell) -> int | None:
        said = {name: self.text(name) for name in ("rx_width", "tx_width", "width")}
        if rx and rx.width:
            said["RX"] = rx.width
        if tx and tx.width and tx is not rx:
            said["TX"] = tx.width
        if mode.is_narrow:
            said["mode"] = "N"
        found: dict[int, str] = {}
        has_wide = False
        for name, text in said.items():
            try:
                hz, assumed = cells.width(text, self.mapping.wide_hz)
            except InputError as error:
                self.doubts.append(f"{self.heading(name)}: {error.message} It is left unknown.")
                continue
            if assumed:
                self.assumed.append(assumed)
            if hz is not None:
                found.setdefault(hz, text)
            has_wide = has_wide or (hz is None and bool(text))
        if len(found) > 1 or (has_wide and any(hz <= NARROW_HZ for hz in found)):
            widths = " and ".join([*(f"{units.khz(hz)} kHz" for hz in found), *(["W"] if has_wide else [])])
            raise InputError(f"It says {widths}; one channel has one width.")
        return next(iter(found), None)

    def emission(self) -> str:
        text = cells.clean(self.text("emission")).upper()
        if text and not _EMISSION.fullmatch(text):
            self.kept.append(f"Emission {text}")
            return ""
        return text

    def remarks(self) -> str:
        used = [] if self.is_plan else [self.text(name) for name in ("zone", "function", "assignment")]
        return "; ".join(part for part in [*self.kept, *used, self.text("remarks")] if part)

    def source(self) -> str:
        place = f"{self.sheet.place}, " if self.sheet.place else ""
        return f"{self.file}, {place}row {self.sheet.numbers[self.at]}"

    def look_at(self, channel: Channel, config: str) -> None:
        """What can be seen to be odd in the row by itself."""
        self.doubts += problems(channel)
        for hz in dict.fromkeys(one for one in (channel.rx_hz, channel.tx_hz) if one):
            if said := cells.off_raster(hz):
                self.doubts.append(said)
        if channel.rx_hz and channel.tx_hz:
            if _SIMPLEX.search(config) and not channel.is_simplex:
                self.doubts.append(f"It says “{config}”, but RX and TX differ.")
            if _REPEATER.search(config) and channel.is_simplex:
                self.doubts.append(f"It says “{config}”, but RX and TX are the same.")

    # ── talkgroups ──────────────────────────────────────────────────────────

    def _is_talkgroup(self, config: str, mode: cells.ModeCell) -> bool:
        """The row names a talkgroup, or a system stands across the frequencies, as the 205's instructions have it."""
        rx, tx = cells.clean(self.text("rx")), cells.clean(self.text("tx"))
        if re.search(r"\d{2,}\.\d", rx + tx):
            return False
        if _TALKGROUP.search(config) or self._says("talkgroup"):
            return True
        return bool(rx) and rx == tx and mode.mode in (Mode.DIGITAL, Mode.MIXED) and self._is_system(rx)

    def _is_system(self, text: str) -> bool:
        return len(re.findall(r"[A-Za-z]", text)) >= 4 and not _NOT_A_SYSTEM.search(text)

    def talkgroup(self, mode: cells.ModeCell) -> Channel:
        system = cells.clean(self.text("system"))
        stands = cells.clean(self.text("rx")) or cells.clean(self.text("tx"))
        if not system and stands and self._is_system(stands):
            system = stands
            self.assumed.append(
                f"“{stands}” stands where the frequencies stand: taken as the name of a trunked system."
            )
        text = cells.clean(self.text("talkgroup"))
        found = _TALKGROUP_ID.fullmatch(text)
        if text and not found:
            self.kept.append(f"Talkgroup {text}")
            self.assumed.append(f"“{text}” is not a talkgroup's number: it is kept in the remarks.")
        name = self.name()
        return Channel(
            name=name,
            kind=Kind.TALKGROUP,
            system=system,
            talkgroup_id=int(found[1]) if found else None,
            mode=mode.mode,
            modulation=mode.modulation,
            eligibility=self.text("users"),
            remarks="" if self.is_plan else self.remarks(),
            source=self.source(),
        )

    # ── what a plan says besides ────────────────────────────────────────────

    def use(self) -> Use | None:
        if not self.is_plan:
            return None
        text = cells.clean(self.text("number"))
        number = int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None
        if text and number is None:
            self.doubts.append(f"“{text}” is not a channel number: it is left empty.")
        return Use(
            zone=self.text("zone"), number=number, function=self.text("function"), assignment=self.text("assignment"),
            remarks=self.remarks(),
        )  # fmt: skip
