"""What everyone may see: statistics with disclosure control, open data."""
