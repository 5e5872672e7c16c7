"""What we were told in confidence: sealed reports, identities, files, messages."""
