"""The commands of `coml`: one module for each noun.

output    what a command says: its one answer on standard output, everything else on standard error
opening   which unit file, incident, period and line a command is about
options   --unit, --incident and --period
fields    a channel's fields as options
library   coml library, library add, set, remove
exchange  coml import, coml export
incident  coml incident list, new, show, set, times, copy-forward, close
plan      coml plan list, add, set, remove, move, …, revisions, diff, sign
check     coml check
form      coml form
sheet     coml sheet list, show, new, copy, remove, set, add-row, set-row, remove-row, move-row
unit      coml init, history, undo, redo
demo      coml demo
"""
