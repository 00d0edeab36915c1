"""Each piece of work as the program does it."""
