"""Whose name is whose: titles, spelling, comparison with reasons, search, linking. No Django
here."""
