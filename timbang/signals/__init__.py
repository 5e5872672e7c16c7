"""What public facts suggest: detectors that read the tables of public facts and give leads.

A lead is a reason to look, never a finding: each carries its rule, the innocent explanations and
the rows that it rests on. What cannot be judged says why it cannot.
"""
