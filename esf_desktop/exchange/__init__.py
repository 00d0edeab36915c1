"""The four files that travel: what they say, how it is spelled, and how they are checked."""
