"""Databases of every schema so far, as programs of their time left them; never made anew."""
