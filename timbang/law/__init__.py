"""What must be, and what may happen next: norms, procedures, calendars as data, and pure evaluation."""
