"""What officials did about it: triage, cases, steps, letters, hand-over."""
