"""What the secretariat does: verify, register, merge, compare and report. Windows apart."""
