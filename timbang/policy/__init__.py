"""What is being decided, on what study, with whose clearance. Empty until the desk is complete."""
