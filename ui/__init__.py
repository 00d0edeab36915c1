"""The window: Qt Widgets written by hand over the deeds and rules of `esf_desktop`."""
