"""The engine: everything COML Toolkit knows and does, with no screen and no paper.

model     what a plan, a channel and an incident are (frozen dataclasses and pure rules)
store     one unit = one SQLite file: records in, records out, the history of every edit
library   the channels that ship with the program
planning  every change of incidents, periods and plans; sheets: of forms that are filled in
compare   what changed between two plans, in words
checks    a plan in, findings out: one small function for each rule
spectrum  services and rasters, spacing, intermodulation
findings  the checker with all that a unit file knows, and what was decided about each finding
paper     what was printed, and whether it still says the same
exchange  other programs' files in and out
units     text <-> hertz, tones and times; the only place that converts
example   the incident of "Try the example" and `coml demo`
"""

__version__ = "0.1.0"
