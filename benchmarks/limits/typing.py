"""A key typed into a bare text field in a bare window."""

import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from benchmarks.rounds import say

TEXT = "Parterna kommer ur olika kommuner, och cheferna visar att de vill ha projektet. "
KEYS = 1500
"""Twenty lines, so that the field grows."""

if __name__ == "__main__":
    application = QApplication([])
    field = QTextEdit()
    field.resize(400, 700)
    field.show()
    field.setFocus()
    application.processEvents()
    taken = []
    for number in range(KEYS):
        began = time.perf_counter()
        QTest.keyClicks(field, TEXT[number % len(TEXT)])
        application.processEvents()
        taken.append(time.perf_counter() - began)
    say("raw_key", taken)
