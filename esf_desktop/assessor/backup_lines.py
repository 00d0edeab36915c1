"""Backups in words: when and why each was made, what is in it, and what putting it back would change."""

from collections.abc import Mapping

from esf_desktop.formatting import count, groups, moment
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId
from esf_desktop.workspace.backup import Manifest, Why
from esf_desktop.workspace.content import Compared, Content, Part, Tally


def headline(manifest: Manifest) -> str:
    """When it was made, and for what."""
    return f"{moment(manifest.at.astimezone())} · {reason(manifest.why)}"


def reason(why: Why) -> str:
    """What a backup was made for."""
    match why:
        case Why.SCHEDULE:
            return _("while you worked")
        case Why.CLOSE:
            return _("when the program closed")
        case Why.INTAKE:
            return _("before files were taken in")
        case Why.TURNING:
            return _("when the encryption changed")
        case Why.UPGRADE:
            return _("before the program was upgraded")
        case Why.PERSON:
            return _("made by you")
        case Why.MOVE:
            return _("for another computer, with documents")


def counts(content: Content) -> str:
    """How much is in it, and where its journal ends."""
    parts = [
        plural("{n} application", "{n} applications", content.applications).format(n=count(content.applications)),
        *_tally(Tally(content.ratings, content.comments)),
        _("journal {n}, {head}").format(n=count(content.rows), head=groups(content.head[:8])),
    ]
    return " · ".join(parts)


def differences(compared: Compared, titles: Mapping[ApplicationId, str]) -> tuple[str, ...]:
    """What would be otherwise with the backup in place, a line for each application; titles by diary number."""
    if not compared.parts:
        return (_("It holds exactly what you have now."),)
    return tuple(_difference(part, titles) for part in compared.parts)


def _difference(part: Part, titles: Mapping[ApplicationId, str]) -> str:
    name = " ".join(filter(None, (part.application, titles.get(part.application, ""))))
    if not name:
        name = _("Round {id}").format(id=part.round) if part.round else _("This computer")
    said = (
        (_("is missing in it: {what}"), part.goes),
        (_("is otherwise in it: {what}"), part.changes),
        (_("comes back: {what}"), part.returns),
    )
    words = [words.format(what=", ".join(_tally(tally))) for words, tally in said if tally != Tally()]
    return f"{name} – {'; '.join(words)}"


def _tally(tally: Tally) -> list[str]:
    said = (
        (tally.ratings, plural("{n} rating", "{n} ratings", tally.ratings)),
        (tally.comments, plural("{n} comment", "{n} comments", tally.comments)),
        (tally.others, plural("{n} other field", "{n} other fields", tally.others)),
    )
    return [words.format(n=count(number)) for number, words in said if number]
