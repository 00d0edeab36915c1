"""The `esf` command: everything that needs no window, for automation and for those who prefer words."""

import sys

from esf_desktop.documents import worker
from esf_desktop.secretariat import verifier


def main() -> None:
    """Run `esf`; with its hidden first argument, be a document worker or a verifier instead."""
    worker.run_if_asked(sys.argv)
    verifier.run_if_asked(sys.argv)
    from esf_desktop.cli import program

    program.run()


__all__ = ["main"]
