"""ICS 217A, Communications Resource Availability Worksheet: the pool of channels, one sheet for each band.

`coml_toolkit.sheets.pool_sheets` makes the sheets of a list of channels.
"""

from .blocks import steps
from .form import CENTRED, Column, Field, Form, Page, Table

ICS217A = Form(
    number="ICS 217A",
    title="Communications Resource Availability Worksheet",
    help="One sheet for each band. All channels as programmed in a mobile, portable or control station.",
    pages=(Page("ics217a"),),
    fields=(
        Field("band", "Frequency Band", (440, 66, 586.5, 93.6), help="As in VHF or 700."),
        Field("description", "Description", (589.7, 66, 770.5, 93.6), help="Region, system or agency."),
    ),
    tables=(
        Table(
            "channels",
            "Channels",
            rules={1: (*steps(131.5, 20.16, 11, 353.2), *steps(368.8, 15.48, 8, 492.7))},
            columns=(
                Column("page", "Pg No", (19, 37), size=8, align=CENTRED),
                Column("configuration", "Channel Configuration", (37, 109.2), size=8, help="As in Repeater, Simplex."),
                Column("channel", "Channel Name/Trunked Radio System Talkgroup", (109.2, 205.1), size=9),
                Column("eligible", "Eligible Users", (205.1, 288.6), size=7),
                Column("rx", "RX Freq N or W", (288.6, 383), size=9, align=CENTRED, is_one_line=True),
                Column("rx_tone", "RX Tone/NAC", (383, 438.3), size=9, align=CENTRED, is_one_line=True),
                Column("tx", "TX Freq N or W", (438.3, 532.6), size=9, align=CENTRED, is_one_line=True),
                Column("tx_tone", "Tx Tone/NAC", (532.6, 588), size=9, align=CENTRED, is_one_line=True),
                Column(
                    "across",
                    "System, talkgroup, network or number",
                    (290, 586),
                    size=9,
                    align=CENTRED,
                    is_one_line=True,
                    crosses=(383, 438.3, 532.6),
                ),
                Column("mode", "Mode A, D or M", (588, 624.3), size=9, align=CENTRED, is_one_line=True),
                Column("remarks", "Remarks", (624.3, 771.6), size=7),
            ),
        ),
    ),
)
