"""The settings: each room of the dialog is one thing that a person chooses."""
