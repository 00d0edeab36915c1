"""Assessment sheets: one A4 for each application, continued where comments are long; blank ones for work on paper."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from esf_desktop import completeness, formatting, i18n
from esf_desktop.i18n import Language, _, context, plural
from esf_desktop.model import Answer, Application, Assessor, Call, Criterion, Draft, Evidence, Judgement
from esf_desktop.sheets import blank, head, signed
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Stack
from esf_desktop.sheets.layout import (
    Part,
    code,
    compose,
    facts,
    gap,
    heading,
    paragraphs,
    rule,
    run,
    table,
    words,
)
from esf_desktop.sheets.marks import ACCENT, Badge, Tile
from esf_desktop.sheets.seal import Seal as Seal
from esf_desktop.sheets.seal import foot_note, seal_block
from esf_desktop.sheets.signed import Room
from esf_desktop.signing.cms import Signer
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

COLUMNS = [26, 104, 82, 0.999]
PADDING = 3.6
"""Above and below a row, in points; nine of them with normal comments leave room for the seal."""
LONGEST_QUOTE = 300
"""Of what is printed; the signed file holds the whole quote."""


class SheetItem(Struct, frozen=True):
    """One sheet to print: of a draft, signed when it has a seal; without a draft a blank one."""

    application: Application
    draft: Draft | None = None
    seal: Seal | None = None


def sheets(
    call: Call,
    assessor: Assessor | None,
    items: Sequence[SheetItem],
    *,
    language: Language,
    progress: Callable[[int, int], None] | None = None,
    room: Room | None = None,
) -> bytes:
    """The sheets as one PDF/A-2a and PDF/UA-1 file; the same bytes for the same values.

    `progress` is told how many of how many are done. With `room` the file can be signed afterwards (`signed.sign`).
    """
    with i18n.speaking(language):
        parts = [
            blank.part(call, assessor, item.application)
            if item.draft is None
            else _part(call, assessor, item.application, item.draft, item.seal)
            for item in items
        ]
        what = parts[0].title if len(parts) == 1 else f"{call.id} {call.title}"
        about = About(
            title=_("Assessment sheet – {what}").format(what=what),
            author=assessor.name if assessor else "",
            subject=call.body,
            language=str(language),
        )
        return compose(parts, about, progress=progress, room=room)


def signed_sheet(
    call: Call, assessor: Assessor, item: SheetItem, signer: Signer, *, language: Language, at: datetime
) -> bytes:
    """One sheet alone, with a signature of its own in the file."""
    assert item.seal is not None
    with i18n.speaking(language):
        room = signed.room_for(signer, _("The assessor’s signature"), at=at)
    sealed = replace(item, seal=replace(item.seal, signed_by=signer.fingerprint, given_at=at))
    return signed.sign(sheets(call, assessor, [sealed], language=language, room=room), room, signer)


def _part(call: Call, assessor: Assessor | None, application: Application, draft: Draft, seal: Seal | None) -> Part:
    blocks = [
        *head.head(call, application, _("Assessment sheet"), revision=seal.revision if seal else None),
        facts(_facts(call, assessor, application, draft), before=9),
        rule(before=9),
        *_conflict(draft),
    ]
    if not draft.recused:
        blocks += _judged(call, application, draft)
    foot = head.foot(call, assessor, foot_note(seal))
    return Part(head.title(application), blocks, bottom=seal_block(seal), foot=foot)


def _facts(call: Call, assessor: Assessor | None, application: Application, draft: Draft) -> list[tuple[str, str]]:
    declared = draft.conflict_of_interest
    told = [
        *head.application_facts(application),
        (_("Assessor"), assessor.name if assessor else ""),
        (_("Conflict of interest"), declaration_word(declared.answer) if declared else _("Not declared")),
    ]
    if draft.recused:
        return told
    met, of = completeness.met_count(call, draft)
    return [
        *told,
        (_("Selected principles met"), _("{n} of {m}").format(n=met, m=of)),
        (_("Recommendation"), recommendation_word(draft.recommendation) if draft.recommendation else ""),
    ]


def _conflict(draft: Draft) -> list[Block]:
    declared = draft.conflict_of_interest
    blocks: list[Block] = []
    if draft.recused:
        blocks += [
            heading(_("The assessor abstains")),
            words(
                run(
                    _(
                        "The assessor has declared a conflict of interest and takes no part in this application. "
                        "The sheet holds no ratings."
                    )
                ),
                before=4,
            ),
        ]
    if declared and declared.reason:
        reason = run(_("Reason for the declaration:") + " ", muted=True)
        blocks.append(Stack([words(reason), *paragraphs(declared.reason)], before=7))
    return blocks


def _judged(call: Call, application: Application, draft: Draft) -> list[Block]:
    principles = [_row(call, application, draft, principle) for principle in call.principles_for(application.id)]
    areas = [_row(call, application, draft, area) for area in call.areas_for(application.id)]
    names = [_("Code"), _("Principle"), _("Rating"), _("Comment and evidence")]
    overall = paragraphs(draft.overall) or [words(run(_("Not written yet."), muted=True))]
    return [
        heading(_("Principles")),
        table(names, principles, COLUMNS, padding=PADDING),
        heading(_("Priority areas")),
        table([names[0], _("Area"), *names[2:]], areas, COLUMNS, padding=PADDING),
        heading(_("Overall assessment")),
        Stack(overall, before=4),
        gap(6),
    ]


def _row(call: Call, application: Application, draft: Draft, criterion: Criterion) -> list[Block | list[Block]]:
    judgement = draft.judgement(criterion.id)
    main = draft.main_area == criterion.id
    name: list[Block] = [words(run(criterion.title.spoken(), bold=main))]
    if main:
        name.append(words(run(_("(main area)"))))
    mark: list[Block] = [code(criterion.id)]
    if criterion.requirement:
        mark.append(Badge(context("badge", "Must"), before=2))
    said = [*paragraphs(judgement.comment), *(_evidence(application, found) for found in judgement.evidence)]
    rated = Tile(judgement.rating, rating_word(call, criterion.id, judgement.rating))
    return [mark, name, [rated, *_answers(judgement)], said]


def _answers(judgement: Judgement) -> list[Block]:
    yes, no = (judgement.questions.count(answer) for answer in (Answer.YES, Answer.NO))
    if not yes and not no:
        return []
    said = [
        plural("{n} yes", "{n} yes", yes).format(n=yes) if yes else "",
        plural("{n} no", "{n} no", no).format(n=no) if no else "",
    ]
    answers = _("Guiding questions: {answers}").format(answers=", ".join(filter(None, said)))
    return [words(run(answers, small=True, muted=True), before=1.5)]


def _evidence(application: Application, evidence: Evidence) -> Block:
    if evidence.page is not None:
        place = _("p. {page}").format(page=evidence.label or evidence.page + 1)
    else:
        place = _("para. {number}").format(number=(evidence.block or 0) + 1)
    if len(application.documents) > 1:
        names = {document.sha256: document.name for document in application.documents}
        place = ", ".join(filter(None, (names.get(evidence.document, ""), place)))
    quote = evidence.quote
    if len(quote) > LONGEST_QUOTE:
        quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " […]"
    return words(
        run(place.replace(" ", formatting.NO_BREAK) + " ", bold=True, small=True, colour=ACCENT),
        run(_("“{quote}”").format(quote=quote), small=True, muted=True),
        before=1.5,
    )
