"""The least that each piece of work can be, with the libraries alone."""
