"""An agency's own fillable 205, filled in."""

import io
import json
import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

import resources
from coml_toolkit import units
from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from forms import Drawn
from forms.fillable import FEMA_205, fill_pdf, load_mapping

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"  # beside the checkout, where there is one
needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the official forms are not here")


def plan(lines: int = 1, **more: object) -> Plan:
    incident = Incident(name="Bear Creek Fire", time_zone="America/New_York")
    period = Period(
        incident_id=incident.id,
        number=3,
        start_at=datetime(2026, 11, 22, 11, tzinfo=UTC),
        prepared_at=datetime(2026, 11, 22, 8, 40, tzinfo=UTC),
        special_instructions="Plain language – always.",
        prepared_by="Zoë Ortiz",
    )
    return Plan(incident=incident, period=period, lines=tuple(line(number, **more) for number in range(lines)))


def line(number: int, **more: object) -> Line:
    values: dict[str, object] = {
        "name": f"VTAC{number}",
        "direction": Direction.BOTH,
        "rx_hz": 154_452_500,
        "rx_tone": units.parse_tone("CSQ"),
        "tx_hz": 154_452_500,
        "tx_tone": units.parse_tone("156.7"),
        "bandwidth_hz": 11_250,
        "mode": Mode.ANALOG,
    }
    channel = Channel(**{**values, **more})  # type: ignore[arg-type]
    return Line(
        channel=channel,
        assignment=Assignment(
            period_id="", channel_id=channel.id, position=number, zone="1", number=number + 1, remarks="Cross Mountain"
        ),
    )


def template(path: Path, *, without: str = "", more: str = "") -> Path:
    """A fillable 205 with the fields of FEMA's, in no particular place."""
    mapping = load_mapping()
    names = [*mapping.fields, *(name.replace("{}", str(row)) for row in range(1, 9) for name in mapping.rows)]
    canvas = Canvas(str(path), pagesize=(792, 612))
    for number, name in enumerate([*names, *([more] if more else [])]):
        if name != without:
            canvas.acroForm.textfield(
                name=name,
                x=20 + 90 * (number % 8),
                y=580 - 30 * (number // 8),
                width=80,
                height=25,
                fieldFlags="multiline",
            )
    canvas.showPage()
    canvas.drawString(72, 500, "Instructions")
    canvas.showPage()
    canvas.save()
    return path


def filled(tmp_path: Path, of: Plan, **more: object) -> tuple[Drawn, dict[str, str], int]:
    out = tmp_path / "filled.pdf"
    drawn = fill_pdf(template(tmp_path / "agency.pdf"), of, None, out, force=True, **more)  # type: ignore[arg-type]
    reader = pypdf.PdfReader(out)
    values = {name: str(field.get("/V", "")) for name, field in (reader.get_fields() or {}).items()}
    return drawn, values, len(reader.pages)


def test_fields_are_filled_in_by_their_names(tmp_path: Path) -> None:
    drawn, values, pages = filled(tmp_path, plan(), iap_page="7")
    assert (drawn.notes, drawn.pages, pages) == ((), 1, 1)
    assert values["1 Incident Name_8"] == "Bear Creek Fire"
    assert values["2 Date/Time Prepared"] == "11/22/2026\n0340"
    assert values["Time From"] == "0600"
    assert values["Channel NameTrunked Radio System TalkgroupRow1"] == "VTAC0"
    assert values["RX Freq N or WRow1"] == "154.4525 N"
    assert values["TX ToneNACRow1"] == "156.7"
    assert values["5 Special Instructions"] == "DRAFT\nPlain language – always."
    assert values["6 Prepared by Communications Unit Leader Name"] == "Zoë Ortiz"
    assert values["IAP Page_4"] == "7"
    assert values["RemarksRow2"] == ""


def test_more_than_eight_lines_take_several_copies(tmp_path: Path) -> None:
    drawn, values, pages = filled(tmp_path, plan(17), iap_page="7")
    assert (drawn.pages, pages) == (3, 3)
    names = [text for name, text in values.items() if "Talkgroup" in name and text]
    assert names == [f"VTAC{number}" for number in range(17)]
    numbers = [text for name, text in values.items() if name.endswith("IAP Page_4")]
    assert numbers == ["7", "8", "9"]
    said = [text for name, text in values.items() if name.endswith("5 Special Instructions")]
    assert [each.split("\n")[0] for each in said] == [
        "DRAFT · Page 1 of 3, continued on the next page",
        "DRAFT · Continuation 1 of 2 (page 2 of 3)",
        "DRAFT · Continuation 2 of 2 (page 3 of 3)",
    ]


def test_what_does_not_fit_goes_on_in_another_row(tmp_path: Path) -> None:
    of = plan(1)
    (one,) = of.lines
    long = " ".join(f"word{number}" for number in range(50))
    drawn, values, _ = filled(
        tmp_path, replace(of, lines=(replace(one, assignment=replace(one.assignment, remarks=long)),))
    )
    rows = [values[f"RemarksRow{row}"].replace("\n", " ") for row in (1, 2, 3)]
    assert " ".join(row for row in rows if row) == long
    assert values["Ch Row2"].split() == ["1", "cont."]
    assert drawn.notes == ()


def test_a_trunked_system_is_written_where_frequencies_stand(tmp_path: Path) -> None:
    _, values, _ = filled(tmp_path, plan(1, kind=Kind.TALKGROUP, system="TVRCS", talkgroup_id=4021))
    assert values["RX Freq N or WRow1"].replace("\n", " ") == "TVRCS · TG 4021"
    assert values["TX Freq N or WRow1"] == ""


def test_a_draft_an_exercise_and_a_signature_are_said(tmp_path: Path) -> None:
    of = plan()
    drill = replace(of, incident=replace(of.incident, is_exercise=True))
    assert "EXERCISE EXERCISE EXERCISE" in filled(tmp_path, drill)[1]["5 Special Instructions"]
    drawn, values, _ = filled(
        tmp_path, replace(of, signed_by="Zoë Ortiz", signed_at=datetime(2026, 11, 22, 9, tzinfo=UTC))
    )
    assert "DRAFT" not in values["5 Special Instructions"]
    assert values["DateTime_8"] == "11/22/2026 0400"
    assert drawn.notes == ("A signature cannot be filled in: sign the paper, or sign the PDF in a program that does.",)


def test_a_public_copy_is_filled_in_without_federal_channels(tmp_path: Path) -> None:
    _, values, _ = filled(tmp_path, plan(1, eligibility="FEDERAL"), is_public=True)
    assert values["Channel NameTrunked Radio System TalkgroupRow1"] == ""
    assert "1 row is withheld" in values["5 Special Instructions"]


def test_letters_show_as_they_are_typed(tmp_path: Path) -> None:
    filled(tmp_path, plan(name="Crête – “A”"))
    shown = pypdf.PdfReader(tmp_path / "filled.pdf").pages[0]
    streams = [each.get_object()["/AP"]["/N"].get_object() for each in shown["/Annots"]]
    encodings = {
        str(font.get_object().get("/Encoding")) for one in streams for font in one["/Resources"]["/Font"].values()
    }
    assert "/WinAnsiEncoding" in encodings or all("quote" in each or each == "None" for each in encodings)


def test_characters_that_the_form_cannot_show_are_told(tmp_path: Path) -> None:
    drawn, values, _ = filled(tmp_path, plan(1, name="Tower 火 Ж"))
    assert values["Channel NameTrunked Radio System TalkgroupRow1"].replace("\n", " ") == "Tower [U+706B] [U+0416]"
    assert len(drawn.notes) == 2


def test_fields_that_are_missing_or_unknown_are_told_in_words(tmp_path: Path) -> None:
    file = template(tmp_path / "agency.pdf", without="Mode A D or MRow3", more="Zone Coordinator")
    drawn = fill_pdf(file, plan(), None, tmp_path / "out.pdf")
    assert drawn.notes == (
        "agency.pdf has no field “Mode A D or MRow3”; what belongs there is not filled in.",
        "agency.pdf has a field “Zone Coordinator” that the mapping does not name; it stays empty.",
    )


def test_an_agencys_own_mapping_is_read(tmp_path: Path) -> None:
    mapping = json.loads(resources.path("forms", FEMA_205).read_text(encoding="utf-8"))
    mapping["fields"]["Zone Coordinator"] = ["prepared_name"]
    own = tmp_path / "own.json"
    own.write_text(json.dumps(mapping), encoding="utf-8")
    fill_pdf(template(tmp_path / "agency.pdf", more="Zone Coordinator"), plan(), own, tmp_path / "out.pdf")
    fields = pypdf.PdfReader(tmp_path / "out.pdf").get_fields() or {}
    assert fields["Zone Coordinator"]["/V"] == "Zoë Ortiz"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"fields": 1, "rows": 2}', '{"fields": {}, "rows": {}, "pages": ["x"]}']
)
def test_a_mapping_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.json"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match="is not a mapping of fields"):
        load_mapping(own)


def test_a_flat_pdf_is_refused(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "flat.pdf"))
    canvas.showPage()
    canvas.save()
    with pytest.raises(FormError, match="has no fields to fill in"):
        fill_pdf(tmp_path / "flat.pdf", plan(), None, tmp_path / "out.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a PDF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\n"])
def test_a_damaged_pdf_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    with pytest.raises(FormError, match=r"bad\.pdf (is damaged or no PDF|has no fields)"):
        fill_pdf(tmp_path / "bad.pdf", plan(), None, tmp_path / "out.pdf")


def test_a_pdf_that_is_garbled_anywhere_is_said_in_one_sentence_or_filled_in(tmp_path: Path) -> None:
    whole = template(tmp_path / "agency.pdf").read_bytes()
    dice = random.Random(205)
    for _ in range(40):
        garbled = bytearray(whole[: dice.randrange(len(whole) // 2, len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.choice((1, 20, 200))):
            garbled[dice.randrange(len(garbled))] = dice.randrange(256)
        (tmp_path / "bad.pdf").write_bytes(garbled)
        with suppress(FormError):  # and no other
            fill_pdf(tmp_path / "bad.pdf", plan(), None, tmp_path / "out.pdf", force=True)


def test_a_locked_pdf_is_said_in_one_sentence(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=template(tmp_path / "agency.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(FormError, match="locked with a password"):
        fill_pdf(tmp_path / "locked.pdf", plan(), None, tmp_path / "out.pdf")


def test_a_template_that_is_not_there_and_a_file_that_is(tmp_path: Path) -> None:
    with pytest.raises(ComlError, match="does not exist"):
        fill_pdf(tmp_path / "none.pdf", plan(), None, tmp_path / "out.pdf")
    (tmp_path / "out.pdf").write_text("mine")
    with pytest.raises(ComlError, match="exists already"):
        fill_pdf(template(tmp_path / "agency.pdf"), plan(), None, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_text() == "mine"


@needs_reference
def test_femas_own_form_is_filled_in(tmp_path: Path) -> None:
    official = REFERENCE / "forms_pdf" / "ics_205_fema_v3.pdf"
    drawn = fill_pdf(official, plan(9), None, tmp_path / "out.pdf")
    assert drawn.notes == ()
    reader = pypdf.PdfReader(io.BytesIO(drawn.pdf))
    assert len(reader.pages) == 2
    assert "VTAC0" in reader.pages[0].extract_text() or (reader.get_fields() or {})["FunctionRow1"] is not None
