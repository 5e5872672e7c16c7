"""The forms of the desk. Each carries the case's version and a number of its own.

`version` tells whether somebody else changed the case meanwhile, `once` makes a double click one
act. Both are random or counted, neither names anybody.
"""
