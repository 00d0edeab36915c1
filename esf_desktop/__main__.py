"""The `esf` command as `python -m esf_desktop`, and as what its frozen program starts."""

import sys

from esf_desktop.documents import worker
from esf_desktop.secretariat import verifier

if __name__ == "__main__":
    worker.run_if_asked(sys.argv)
    verifier.run_if_asked(sys.argv)
    from esf_desktop.cli import main

    main()
