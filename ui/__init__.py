"""How people use it: the command line, and the desktop (the only Qt).

cli       the command line; imports no Qt until the desktop is asked for
app       start: settings, crash report, theme, window
window    the frame: header, pages, inspector, status line
document  the open unit, the period on screen, and the one door for edits
actions   every command of the desktop: words, shortcut, icon; menus, palette and buttons are made from it
jobs      background work
theme     light, dark and night; text size; icons
models/   records as Qt tables
pages/    one module for each page; dialogs/ one for each dialog
widgets/  pieces that pages share
"""
