"""Keys, certificates, signatures, and the one container that every file of ours travels in."""
