"""The secretariat's window: a register with its inbox, its comparison and its basis for the decision."""
