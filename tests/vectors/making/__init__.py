"""The script that made the frozen files: the same bytes each time, from keys that are no secret."""
