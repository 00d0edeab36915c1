"""Frozen files of one fault each, with what a reader must answer; `making` made them, `run` drives any reader."""
