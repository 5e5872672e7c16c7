"""What public facts suggest: detectors and network measures. Empty until public facts are loaded."""
