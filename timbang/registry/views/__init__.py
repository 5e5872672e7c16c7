"""Pages of the registry: public ones, and those of the desk where an office adds to it."""
