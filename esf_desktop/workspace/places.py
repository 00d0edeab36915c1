"""What lies in the folder of a workspace, by name."""

WORK_FILE, DOCUMENTS_FILE = "work.esfdb", "documents.esfdb"
KEY_FILE, IDENTITY_FILE = "workspace.esfkey", "identity.pem"
"""An encrypted workspace has its signing key in the key file, a plain one in a file of its own."""
BACKUPS = "backups"
MANIFEST_FILE = "backup.json"
"""In the folder of a backup: written last, once the copy was opened and found sound."""
