"""The `esf` command as `python -m esf_desktop`, and as what its frozen program starts."""

import sys

from esf_desktop.documents.worker import run_if_asked

if __name__ == "__main__":
    run_if_asked(sys.argv)
    from esf_desktop.cli import main

    main()
