"""What must be, and what may happen next: norms, procedures and calendars, purely evaluated."""
