"""What is being decided, on what study, with whose clearance; and what was skipped and is owed."""
