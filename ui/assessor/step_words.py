"""What a person did, in words: “Met for SAM” for undo and redo, and from what to what for the history."""

from typing import NamedTuple, cast

from esf_desktop import wording
from esf_desktop.history import Kind, Step
from esf_desktop.i18n import _
from esf_desktop.model import Answer, Call, ConflictOfInterest, CriterionId, Evidence, Rating, Recommendation
from esf_desktop.workspace import fields
from esf_desktop.workspace.fields import Signed
from ui.assessor.evidence_list import place_word

TEXTS = ("comment", "note", "overall")


class Part(NamedTuple):
    """What became of one field in a step: its name in words, and what it said before and after."""

    field: str
    title: str
    before: str
    after: str

    @property
    def is_text(self) -> bool:
        """Whether a person wrote it, so that an earlier text can be taken back."""
        return self.field.partition(":")[0] in TEXTS


def name(call: Call, step: Step) -> str:
    """The name of a step, after what a person chose or wrote."""
    kind, _colon, letters = step.field.partition(":")
    if kind == "rating":
        word = _value(call, step.field, step.after)
        return _("{word} for {criterion}").format(word=word, criterion=letters)
    return _title(step.field)


def done(call: Call, step: Step) -> str:
    """What was done, as a line of the history: a step, one that was undone, or one that was taken again."""
    match step.kind:
        case Kind.UNDO:
            return _("Undid: {step}").format(step=_titles(step))
        case Kind.REDO:
            return _("Redid: {step}").format(step=_titles(step))
        case Kind.TAKE_BACK:
            return _("Brought back an earlier text: {step}").format(step=_titles(step))
        case _other:
            words = _titles(step)
            return words[:1].upper() + words[1:]


def parts(call: Call, step: Step) -> tuple[Part, ...]:
    """What became of each field that the step changed."""
    before = dict(step.backwards())
    return tuple(
        Part(field, _title(field), _value(call, field, before[field]), _value(call, field, after))
        for field, after in step.forwards()
        if before[field] != after
    )


def change(call: Call, step: Step) -> str:
    """From what to what, in one short line."""
    changed = parts(call, step)
    if len(changed) != 1:
        return ", ".join(f"{part.title}: {_short(part.after)}" for part in changed)
    (part,) = changed
    before, after = _differing(part.before, part.after) if part.is_text else (part.before, part.after)
    return f"{_short(before)} → {_short(after)}"


def limit(step: Step | None) -> str:
    """Why undo reaches no further than this step; empty when nothing stops it."""
    match step.field if step else "":
        case "":
            return ""
        case "conflict":
            return _("Nothing to undo since the question on conflict of interest was answered")
        case _other:
            return _("Nothing to undo since the signing")


def _titles(step: Step) -> str:
    titles = list(dict.fromkeys(_title(field) for field, _coded in step.forwards()))
    return ", ".join(titles) if len(titles) <= 3 else _("{n} fields").format(n=len(titles))


def _title(field: str) -> str:
    kind, _colon, criterion = field.partition(":")
    match kind:
        case "rating":
            return _("rating of {criterion}").format(criterion=criterion)
        case "comment":
            return _("comment on {criterion}").format(criterion=criterion)
        case "questions":
            return _("guiding question of {criterion}").format(criterion=criterion)
        case "evidence":
            return _("evidence for {criterion}").format(criterion=criterion)
        case "note" if criterion:
            return _("private note on {criterion}").format(criterion=criterion)
        case "note":
            return _("private note")
        case "main_area":
            return _("main area")
        case "overall":
            return _("overall assessment")
        case "review":
            return _("review of the new wording")
        case "recommendation":
            return _("recommendation")
        case "conflict":
            return _("conflict of interest")
        case "signed":
            return _("signing")
        case "sent":
            return _("marked as sent")
        case "receipt":
            return _("the secretariat's receipt")
        case _other:
            return _("facts about the application")


def _value(call: Call, field: str, coded: str | None) -> str:
    kind, _colon, letters = field.partition(":")
    value = None if coded is None else fields.decode(field, coded)
    match kind:
        case "rating":
            return wording.rating_word(call, CriterionId(letters), cast(Rating | None, value))
        case _ if value is None:
            return ""
        case "comment" | "note" | "overall":
            return str(value)
        case "questions":
            answers = [answer for answer in cast("tuple[Answer | None, ...]", value) if answer]
            yes = sum(answer is Answer.YES for answer in answers)
            return _("{yes} yes, {no} no").format(yes=yes, no=len(answers) - yes)
        case "evidence":
            return "\n".join(f"{place_word(one)} ”{one.quote}”" for one in cast("tuple[Evidence, ...]", value))
        case "main_area":
            return call.criterion(CriterionId(str(value))).title.spoken()
        case "recommendation":
            return wording.recommendation_word(cast(Recommendation, value))
        case "conflict":
            declared = cast(ConflictOfInterest, value)
            return "\n".join(p for p in (wording.declaration_word(declared.answer), declared.reason) if p)
        case "signed":
            last = cast("tuple[Signed, ...]", value)[-1]
            return _("Revision {n}, in {file}").format(n=last.assessment.revision, file=last.file)
        case "sent":
            return _("Sent")
        case "receipt":
            return _("Receipt no. {number}").format(number=value)
        case _other:
            return _("corrected")


def _differing(before: str, after: str) -> tuple[str, str]:
    """The two texts without the whole words that they begin and end with alike."""
    start = _alike(before, after)
    while start and not before[start - 1].isspace():
        start -= 1
    old, new = before[start:], after[start:]
    end = _alike(old[::-1], new[::-1])
    while end and not old[-end].isspace():
        end -= 1
    lead, trail = ("… " if start else ""), (" …" if end else "")
    gone, came = (text[: len(text) - end].strip() for text in (old, new))
    return (f"{lead}{gone}{trail}" if gone else ""), (f"{lead}{came}{trail}" if came else "")


def _alike(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return "–" if not plain else plain if len(plain) <= 60 else f"{plain[:59]}…"
