"""No words are shown that the tables do not have: what a widget is given to show goes through `_`."""

import ast
import re
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
SHOWS = {"label", "button", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "Choice", "addAction", "addMenu"} | {
    *("setText", "setWindowTitle", "setToolTip", "setStatusTip", "setPlaceholderText", "setTitle"),
    *("setAccessibleName", "setAccessibleDescription", "setPlainText"),
}
"""Functions whose first argument a person reads or hears."""
NAMES = {"ESF Desktop", "Svenska", "English"}
"""What is the same in every language."""


def hard_coded(source: str) -> list[str]:
    """The words that the source shows without asking for their translation; in f-strings too."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SHOWS:
            continue
        given = node.args[0]
        parts = given.values if isinstance(given, ast.JoinedStr) else [given]
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        words = [text.strip(" –:·()") for text in texts]
        found += [word for word in words if re.search(r"[^\W\d_X]{3}", word) and word not in NAMES]
    return found


def test_every_word_that_a_widget_shows_can_be_translated() -> None:
    found = {file.name: words for file in (TREE / "ui").rglob("*.py") if (words := hard_coded(file.read_text("utf-8")))}
    assert found == {}


def test_hard_coded_words_are_caught() -> None:
    shown = 'label("Open")\nself.x.setText(f"{n} files")\nbutton(_("Close"))\nlabel("3 ·")\nhint.setText("XXX-XXX")'
    assert hard_coded(shown) == ["Open", "files"]
