"""A call being drafted: its value, its file, the lists and folders that it is made from, and what is odd about it."""
