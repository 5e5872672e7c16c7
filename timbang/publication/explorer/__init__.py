"""What everyone may look through: contracts, budgets, service times, appointments by week.

A file is built from the tables of public facts and the current runs (`building`), and read by the
pages (`reading`): the public door opens this one file and never the tables. Persons are not named
in it (`naming`), and where people are counted, small groups are left out (`grouping`).
"""
