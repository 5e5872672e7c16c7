"""The door of other systems: JSON in, JSON out, a key in each request, nothing remembered."""
