"""Who sits at this computer, as the log of decisions names them."""

import getpass


def officer() -> str:
    """The name of the account that is logged in; empty when the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
