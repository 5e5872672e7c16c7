"""Networks of exchange: how often, of what standing, with what in return, how personal.

Pure: no Django, and nothing of a report. `measures` puts together what the other files compute.
"""
