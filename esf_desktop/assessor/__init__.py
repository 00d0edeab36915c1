"""What an assessor does: one function for each deed, each one transaction."""
