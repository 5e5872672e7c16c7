"""What is publicly known: regions, agencies, posts, people, elections."""
