"""Who may log in, in which organ, with what role and key."""
