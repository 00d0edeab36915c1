"""The fixed words of a comparison: why a tile is empty, and the range of what was met."""

from typing import TYPE_CHECKING

from esf_desktop.i18n import _

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Line, Mark


def mark_word(mark: "Mark") -> str:
    """Why there is no rating, or that there is one."""
    words = {
        "rated": _("not rated"),
        "recused": _("abstains because of conflict of interest"),
        "missing": _("has not delivered yet"),
        "not_asked": _("does not read this application"),
        "waiting": _("waits for an earlier revision"),
        "fork": _("has sent two versions"),
        "other_framework": _("has used another wording of the principles"),
    }
    return words[mark.value]


def met_words(line: "Line") -> str:
    """`3–5 av 6`: from the assessor who finds fewest principles met to the one who finds most."""
    if line.met is None:
        return "–"
    many = str(line.met.least) if line.met.least == line.met.most else f"{line.met.least}–{line.met.most}"
    return _("{n} of {m}").format(n=many, m=line.met.of)
