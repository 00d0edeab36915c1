"""The pages of the person who assesses."""
