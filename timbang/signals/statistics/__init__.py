"""Statistics of what public facts suggest: each answer is an effect with its interval and sizes.

Pure: no Django, no tables. A p-value never stands alone; what cannot be estimated says why.
"""
