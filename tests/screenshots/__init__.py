"""Pictures of every page and dialog: a few for the documentation, all of them to look at one by one."""
