"""The user guide in a window of its own, opened at the place that fits the page."""
