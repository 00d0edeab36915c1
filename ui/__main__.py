"""The window as `python -m ui`, and as what its frozen program starts."""

import sys

from esf_desktop.documents.worker import run_if_asked

if __name__ == "__main__":
    run_if_asked(sys.argv)
    from ui.app import main

    raise SystemExit(main())
