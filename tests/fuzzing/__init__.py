"""Altered and random bytes before every reader: only a refusal that is foreseen may come of them."""
