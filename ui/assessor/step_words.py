"""What undo and redo would do, in words: “Met for SAM”."""

from esf_desktop import wording
from esf_desktop.history import Step
from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId, Rating
from esf_desktop.workspace import fields


def name(call: Call, step: Step) -> str:
    """The name of a step, after what a person chose or wrote."""
    kind, _colon, letters = step.field.partition(":")
    criterion = CriterionId(letters)
    match kind:
        case "rating":
            rating = None if step.after is None else fields.decode(step.field, step.after)
            word = wording.rating_word(call, criterion, rating if isinstance(rating, Rating) else None)
            return _("{word} for {criterion}").format(word=word, criterion=criterion)
        case "comment":
            return _("comment on {criterion}").format(criterion=criterion)
        case "questions":
            return _("guiding question of {criterion}").format(criterion=criterion)
        case "evidence":
            return _("evidence for {criterion}").format(criterion=criterion)
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
        case _other:
            return _("facts about the application")
