"""Timbang: the neutrality and integrity of the civil service, first for Indonesia."""

__version__ = "0.1.0"
