"""The blank sheet: everything that an assessment asks for, to be answered by pen and typed in later."""

from esf_desktop.i18n import _, context
from esf_desktop.model import Application, Assessor, Call, Criterion, Declaration, GuidingQuestion, Recommendation
from esf_desktop.sheets import head
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import Cell, Part, code, facts, heading, paragraphs, rule, run, table, words
from esf_desktop.sheets.marks import Badge, Blanks, Ticks, Tile
from esf_desktop.sheets.tagged import Element
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

PAGE = 640.0
"""A criterion that fits a page is not spread over two."""
ASIDE = 26.0
"""The column of the criterion's letters."""


def part(call: Call, assessor: Assessor | None, application: Application) -> Part:
    """The pages of one blank sheet."""
    blocks = [
        *head.head(call, application, _("Assessment sheet to fill in"), revision=None),
        facts(head.application_facts(application), before=9),
        Columns(
            [Stack(_line(_("Assessor"), assessor)), Stack(_line(_("Date"), None))], [2 / 3, 0.33], gap=16, before=9
        ),
        rule(before=9),
        heading(_("Conflict of interest")),
        Ticks([declaration_word(answer) for answer in Declaration], before=4),
        Blanks(1, _("Reason, where there is a conflict"), before=4),
        *_scale(call),
        heading(_("Principles")),
        *(_criterion(call, application, principle) for principle in call.principles_for(application.id)),
        heading(_("Priority areas")),
        *(_criterion(call, application, area) for area in call.areas_for(application.id)),
        Stack(
            [
                heading(_("Main area, one at most")),
                Ticks([area.title.spoken() for area in call.areas_for(application.id)], before=4),
                heading(_("Overall assessment")),
                Blanks(9),
                heading(_("Recommendation")),
                Ticks([recommendation_word(recommendation) for recommendation in Recommendation], before=4),
            ],
            before=14,
            whole=PAGE,
        ),
    ]
    return Part(head.title(application), blocks, foot=head.foot(call, assessor, _("To fill in")))


def _signature(assessor: Assessor | None) -> Block:
    name, date = _line(_("Assessor"), assessor), _line(_("Date"), None)
    return Columns([Stack(name), Stack(date)], [2 / 3, 0.33], gap=16, before=9)


def _line(label: str, assessor: Assessor | None) -> list[Block]:
    if assessor is None:
        return [Blanks(1, label)]
    return [words(run(label, small=True, muted=True)), words(run(assessor.name, bold=True), before=0.5)]


def _scale(call: Call) -> list[Block]:
    steps = [step for step in call.framework.steps if step.rating in call.scale.ratings]
    rows: list[list[Cell]] = [[Tile(step.rating, step.word.spoken()), step.anchor.spoken()] for step in steps]
    names = [_("Rating"), _("What it means")]
    return [heading(_("The scale")), table(names, rows, [96, 0.999], padding=3)]


def _criterion(call: Call, application: Application, criterion: Criterion) -> Block:
    mark: list[Block] = [code(criterion.id)]
    if criterion.requirement:
        mark.append(Badge(context("badge", "Must"), before=2))
    ratings = list(call.scale.ratings)
    questions = [question for question in criterion.questions if call.asks(application.id, question)]
    asked = [
        heading(criterion.title.spoken(), 3),
        *paragraphs(criterion.description.spoken(), muted=True),
        *([Stack([_question(question) for question in questions], Element("L"), before=4)] if questions else []),
        Ticks([rating_word(call, criterion.id, rating) for rating in ratings], ratings=ratings, before=5),
        Blanks(3, _("Comment"), before=5),
        Blanks(2, _("Evidence: page and quote"), before=4),
    ]
    columns = Columns([Stack(mark), Stack(asked)], [ASIDE, 0.999])
    columns.whole = PAGE
    return Stack([columns, rule(before=9)], before=7)


def _question(question: GuidingQuestion) -> Block:
    boxes = Stack([Ticks([_("Yes"), _("No")])])
    line = Columns([Stack([words(run(question.text.spoken()))]), boxes], [0.999, 84])
    return Stack([Stack([line], Element("LBody"))], Element("LI"), before=1)
