"""What the program is about: frozen dataclasses and pure rules. Imports no other folder of ours.

record    Record and its id
channel   Channel and Tone: something a radio, or a person, can be told to use
plan      Incident, Period, Assignment, Revision; Line and Plan, what a 205 says for one period
sheet     Sheet: a form that somebody fills in
printed   Printed: that a form left the program, and what it was made from
finding   Finding, and Disposition: why one is accepted
"""
