"""The basis of forty applications and 25 assessors as PDF, from the open register, its JSON inside."""

import shutil
import sys
import time
from pathlib import Path

from esf_desktop.i18n import Language
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import contents
from esf_desktop.secretariat.reports.basis import basis

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    shutil.copy(material / "compared.esfdb", own)
    with Register.open(own / "compared.esfdb") as register:
        began = time.perf_counter()
        contents(basis(register), Language.SWEDISH, ("pdf",))
        print("basis", time.perf_counter() - began)
