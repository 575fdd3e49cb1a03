"""The plan checker: `check(plan, context=Context(...))` gives findings. It explains and never blocks or changes.

RULES here is the list of them: severity, what it is about, why it matters and where it comes from.
rows       R01 to R19, one line by itself
plan       P01 to P16, the whole plan
equipment  X01 to X05, radios, exports and records
context    what a plan alone does not say: place, radios, sites, other periods …
sheet      a plan laid out for checking; rule  what a rule is and may say
"""

from collections.abc import Iterator
from dataclasses import replace

from ..model.finding import Finding, Severity, finding_id, not_evaluated
from ..model.plan import Plan
from ..spectrum.plan import COSITE, SPACING
from . import equipment, plan, rows
from .context import Context, Paper, Patch, Radio
from .rule import Hit, Rule, Said, Unknown
from .sheet import Sheet

__all__ = ["RULES", "Context", "Paper", "Patch", "Radio", "Rule", "check"]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_NIFOG = "NIFOG 2.02"
_NAMES = "APCO/NPSTC 1.104.2-2017"
_PRACTICE = "Custom of the field, docs of the Texas ict-branch-toolkit"

# fmt: off
RULES = (
    Rule("R01", _E, "A line without a channel name or an assignment",
         "Nobody finds a channel that has no name, or knows that a channel without an assignment is theirs.",
         "ICS 205 instructions, block 4", rows.no_name_or_assignment),
    Rule("R02", _I, "A line without a receive or transmit frequency",
         "It may be right for a named system or a receive-only channel, but it cannot be checked or programmed.",
         "Texas ict-branch-toolkit RF-005 and RF-006, as revised", rows.no_frequency),
    Rule("R03", _E, "A frequency outside every band in use, or rounded",
         "A radio tuned to a wrong or rounded frequency hears nobody and may disturb others.",
         "47 CFR 2.106; ICS 205 asks for at least four decimals, 700 MHz needs five", rows.out_of_band_or_rounded),
    Rule("R04", _E, "A frequency between the channels of its band",
         "The channels of most bands are fixed; a frequency between them is mostly a typing error.",
         "47 CFR parts 80, 87, 90 and 95, as listed in spectrum.allotments", rows.off_raster),
    Rule("R05", _E, "A standard name on other frequencies, or the other way round",
         "Everybody else's radio has the standard frequency under that name, so this one would be alone.",
         f"{_NIFOG}, {_NAMES}", rows.other_frequency),
    Rule("R06", _E, "Receive and transmit swapped",
         "The 205 gives the mobile's side; programmed the repeater's way round, a radio hears nobody.",
         "ICS 217A, footnote", rows.swapped),
    Rule("R07", _E, "A repeater channel on one frequency, or a direct channel on two",
         "A D at the end means direct: transmit where you receive; without it, people count on the repeater.",
         _NAMES, rows.wrong_twin),
    Rule("R08", _E, "A tone other than the standard one",
         "With a wrong transmit tone the repeater stays silent, with a wrong receive tone the radio is deaf.",
         _NIFOG, rows.other_tone),
    Rule("R09", _E, "A tone that its mode cannot have, or that does not exist",
         "Analog radios know CTCSS and DCS, digital ones a NAC; a radio with the wrong kind stays silent or deaf.",
         "EIA/TIA-603, TIA-102 (NAC)", rows.tone_against_mode),
    Rule("R10", _E, "Emission or modulation that contradicts the mode or the width",
         "An analog and a digital radio on one channel do not understand each other.",
         "47 CFR 2.201, ITU Radio Regulations appendix 1", rows.emission_against_mode),
    Rule("R11", _E, "Wide where narrowband is required",
         "Since 1 January 2013 a channel there is at most 12.5 kHz wide; a wide one disturbs its neighbours.",
         "47 CFR 90.209(b)(5), DA-14-281", rows.too_wide),
    Rule("R12", _W, "Narrow where the service is wide",
         "A narrow radio is heard faintly by wide ones, and hears them distorted.",
         f"{_NIFOG} (low band, 8TAC), 47 CFR 80.205 (marine)", rows.too_narrow),
    Rule("R13", _E, "Transmitting on a receive-only channel",
         "Weather, environmental and distress data channels must stay free of voice.",
         "NIFOG 2.02, 47 CFR 80.373(f)", rows.transmits_on_receive_only),
    Rule("R14", _E, "An obsolete frequency or channel number",
         "It still stands in old code plugs and lists, but nobody listens there any more.",
         f"{_NIFOG} p. 59; USCG MSIB 07-24", rows.obsolete),
    Rule("R15", _W, "No authority noted for a channel that needs one",
         "Being listed authorizes nobody: licence, STA or agreement must be at hand when somebody asks.",
         f"{_NIFOG} pp. 19-22, 31-53; 47 CFR 90.421, 2.103", rows.no_authority),
    Rule("R16", _W, "A channel that is not available here, or only with low power",
         "Near Canada and on the islands other services have these frequencies.",
         f"{_NIFOG}; 47 CFR 90.20(g)(3)", rows.not_available_here),
    Rule("R17", _E, "Encryption on a channel that forbids it",
         "Interoperability channels are in the clear, so that any unit in trouble can be heard by all.",
         "47 CFR 90.20(i), 90.553", rows.encrypted_where_forbidden),
    Rule("R18", _W, "A name that is not quite a standard name, or two spellings of one",
         "Under stress people look for the name they know, on the paper and on the display.",
         _NAMES, rows.spelling),
    Rule("R19", _E, "An RF channel of a trunked system used as a conventional channel",
         "It carries control data and other people's talkgroups; voice on it disturbs the whole system.",
         f"{_NIFOG} pp. 55-58", rows.trunked_as_conventional),

    Rule("P01", _E, "Two nets on one transmit frequency",
         "Whoever transmits covers the other net. A tone or NAC only hides it: the radio is blocked all the same. "
         "Areas are not known here, so they are taken to overlap.",
         "Texas ict-branch-toolkit RF-001", plan.same_transmit),
    Rule("P02", _W, SPACING.title, SPACING.why, SPACING.source, plan.too_close),
    Rule("P03", _W, "Two repeater channels the opposite way round",
         "Each repeats what the other's users receive; it can be meant, against interference at a site.",
         f"Texas ict-branch-toolkit RF-003; {_NIFOG} p. 30", plan.inverse_pairs),
    Rule("P04", _W, "Two names for one channel",
         "People believe they are on different channels, and a unit is told to change to where it already is.",
         "Texas ict-branch-toolkit RF-004", plan.two_names),
    Rule("P05", _E, "Simplex on a repeater's frequency",
         "VTAC33 to VTAC38 are made of VTAC11 to VTAC14: in one area use a frequency either simplex or repeated.",
         f"{_NIFOG} p. 30", plan.simplex_on_repeater),
    Rule("P06", _I, "The less preferred VTAC repeater orientation",
         "VTAC36 to VTAC38 come first; VTAC33 to VTAC35 are for interference at a site.",
         f"{_NIFOG} p. 30", plan.wrong_orientation),
    Rule("P07", _E, "A net that is missing, or shared by divisions",
         "Every plan needs command, a place to call for help, and a tactical net of its own for each division.",
         "ICS 205 instructions; Planning P", plan.missing_nets),
    Rule("P08", _W, "No direct channel or no air-to-ground",
         "When the repeater fails, people must know where to meet; aircraft must be able to reach the ground.",
         _PRACTICE, plan.missing_fallbacks),
    Rule("P09", _E, "Printed forms that no longer agree with the plan",
         "Divisions and pilots work from the paper in their hand.",
         "ICS 204, 205A and 220 repeat the 205", plan.stale_paper),
    Rule("P10", _E, "A channel that assigned radios cannot use",
         "The plan only works if the radios in people's hands can be programmed with it.",
         _PRACTICE, plan.radios_cannot),
    Rule("P11", _W, COSITE.title, COSITE.why, COSITE.source, plan.cosite),
    Rule("P12", _E, "A patch that loops, leaks or is not noted",
         "Loops lock up both nets, encryption ends at the gateway, and users must know whom they reach.",
         "Kansas field guide to gateways", plan.patches),
    Rule("P13", _W, "Times of the operational period",
         "People must know which plan holds now.",
         "ICS 205, blocks 2 and 3", plan.period_times),
    Rule("P14", _I, "A line from an older NIFOG than the library",
         "Frequencies, tones and conditions change between editions.",
         _NIFOG, plan.old_edition),
    Rule("P15", _E, "A plan that nobody has put a name to",
         "Planning and the divisions must know whom to ask, and of when the plan is.",
         "ICS 205, blocks 2 and 6", plan.not_prepared),
    Rule("P16", _W, "Sensitive lines without a mark",
         "Federal frequencies and private numbers are exempt from public release.",
         "Arizona state plan; ICS 205A header", plan.no_mark),

    Rule("X01", _E, "Radios issued twice, or returned without having been issued",
         "A radio that cannot be accounted for holds up the release of a unit.",
         "ICS 219-7, ICS 221 block 6", equipment.needs("the issue and return of radios", "the ICS 221 sign-offs")),
    Rule("X02", _W, "Radios programmed from another revision, or without a backup",
         "A radio with last shift's channels looks like one with this shift's.",
         _PRACTICE, equipment.needs("which radio was programmed from which revision", "the backups of radio images")),
    Rule("X03", _E, "Lines that an export cannot express",
         "A format without split tones, NAC or receive-only would put something else into the radio.",
         "The formats' own documents, see exchange", equipment.cannot_export),
    Rule("X04", _W, "Log entries without a channel, out of order or with odd call signs",
         "A log is evidence; a stray space makes a second user of one.",
         "ncssar/radiolog issue 18", equipment.needs("the radio log")),
    Rule("X05", _I, "People in the contact list who are not checked in, and the reverse",
         "The 205A starts at check-in; who is missing there is missing on the phone list.",
         "ICS 205A, ICS 211", equipment.needs("the contact list (ICS 205A)", "the check-in list (ICS 211)")),
)
# fmt: on

_SEVERITIES = tuple(Severity)


def check(plan: Plan, *, context: Context | None = None) -> list[Finding]:
    """Every finding of every rule, the gravest first, then in the order of RULES, then from the top of the form."""
    sheet = Sheet(plan, context or Context())
    found = [finding for rule in RULES for finding in _told_apart(_findings(rule, sheet))]
    return sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity))


def _findings(rule: Rule, sheet: Sheet) -> Iterator[Finding]:
    """A rule's hits by line, then one finding for all that it would have to know."""
    unknown: list[Unknown] = []
    hits: list[Finding] = []
    for said in rule.look(sheet):
        if isinstance(said, Unknown):
            unknown.append(said)
        else:
            hits.append(_made(rule, said))
    yield from sorted(hits, key=lambda finding: (finding.severity is Severity.NOT_EVALUATED, finding.rows))
    if unknown:
        line_ids = {row.number: row.assignment.id for one in unknown for row in one.rows}
        missing = list(dict.fromkeys(one.missing for one in unknown))
        yield not_evaluated(rule.id, rule.title, missing, line_ids, why=rule.why, source=rule.source)


def _made(rule: Rule, said: Said) -> Finding:
    if isinstance(said, Finding):
        return said
    assert isinstance(said, Hit)
    line_ids = {row.number: row.assignment.id for row in sorted(said.rows, key=lambda row: row.number)}
    return Finding(
        id=finding_id(rule.id, said.about),
        rule=rule.id,
        severity=said.severity or rule.severity,
        message=said.message,
        rows=tuple(line_ids),
        line_ids=tuple(line_ids.values()),
        why=said.why or rule.why,
        source=rule.source,
    )


def _told_apart(found: Iterator[Finding]) -> Iterator[Finding]:
    """Two lines that say the very same give two findings of one id; the second and later get a number of their own."""
    times: dict[str, int] = {}
    for finding in found:
        times[finding.id] = times.get(finding.id, 0) + 1
        yield finding if times[finding.id] == 1 else replace(finding, id=f"{finding.id}-{times[finding.id]}")
