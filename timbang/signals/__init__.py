"""What public facts suggest: detectors and measures. Empty: no public facts are loaded yet."""
