"""Paper: tagged PDF/A that an archive, a printer and a screen reader get alike."""
