"""What a purge takes away, and its receipt, in words: for the window, the terminal and a file."""

from pathlib import Path

from esf_desktop.assessor.purge import Outline
from esf_desktop.errors import ExportFailedError
from esf_desktop.files import write_whole
from esf_desktop.formatting import count, moment
from esf_desktop.i18n import _, plural
from esf_desktop.workspace.fields import Purged, PurgedBackup


def warnings(found: Outline) -> tuple[str, ...]:
    """What speaks against purging the round now."""
    unsent, unsigned, elsewhere = len(found.unsent), len(found.unsigned), len(found.out_of_reach)
    said = (
        unsent
        and plural(
            "{n} assessment is signed but not marked as sent: {which}.",
            "{n} assessments are signed but not marked as sent: {which}.",
            unsent,
        ).format(n=unsent, which=", ".join(found.unsent)),
        unsigned
        and plural(
            "{n} assessment is begun but not signed: {which}.",
            "{n} assessments are begun but not signed: {which}.",
            unsigned,
        ).format(n=unsigned, which=", ".join(found.unsigned)),
        elsewhere
        and plural(
            "{n} backup elsewhere cannot be reached now and keeps the round: {which}.",
            "{n} backups elsewhere cannot be reached now and keep the round: {which}.",
            elsewhere,
        ).format(n=elsewhere, which=", ".join(found.out_of_reach)),
    )
    return tuple(words for words in said if words)


def going(found: Outline) -> tuple[str, ...]:
    """What goes from the work itself, a line each."""
    megabytes = -(-found.size // 2**20)
    lines = [
        plural("{n} application", "{n} applications", found.applications).format(n=count(found.applications)),
        plural(
            "{n} document that no other round uses, {size} MB",
            "{n} documents that no other round uses, {size} MB",
            found.documents,
        ).format(n=count(found.documents), size=count(megabytes)),
        plural("{n} assessment", "{n} assessments", found.assessments).format(n=count(found.assessments)),
        plural("{n} piece of evidence", "{n} pieces of evidence", found.evidence).format(n=count(found.evidence)),
        plural("{n} private note", "{n} private notes", found.notes).format(n=count(found.notes)),
    ]
    if found.bundles:
        lines.append(
            plural("The trace of {n} signed file", "The traces of {n} signed files", len(found.bundles)).format(
                n=count(len(found.bundles))
            )
        )
    return tuple(lines)


def backups(found: Outline) -> tuple[str, ...]:
    """What happens to each backup that holds the round, with its place and date."""
    return tuple(
        (
            _("{date}, rewritten without the round: {place}")
            if held.opens
            else _("{date}, cannot be opened and is removed: {place}")
        ).format(date=moment(held.at), place=held.place)
        for held in found.backups
    )


def lines(found: Outline) -> tuple[str, ...]:
    """The whole list as lines for a terminal."""
    return (
        _("This goes for ever from {title} ({id}):").format(title=found.call.title, id=found.call.id),
        *(f"  {line}" for line in going(found)),
        *((_("From these backups too:"), *(f"  {line}" for line in backups(found))) if found.backups else ()),
        *(_("Note: {warning}").format(warning=warning) for warning in warnings(found)),
    )


def receipt_text(receipt: Purged) -> str:
    """The receipt as lines to be kept in a file or on paper."""
    finished = receipt.finished_at
    head = receipt.journal
    lines = [
        _("Purge receipt"),
        "",
        _("Round: {id}").format(id=receipt.round),
        receipt.title,
        _("Begun: {time}").format(time=moment(receipt.at)),
        _("Completed: {time}").format(time=moment(finished)) if finished else _("Interrupted; not completed yet."),
        "",
        _("Applications: {n}").format(n=count(receipt.applications)),
        _("Documents: {n}").format(n=count(receipt.documents)),
        _("Assessments: {n}").format(n=count(receipt.assessments)),
        _("Evidence: {n}").format(n=count(receipt.evidence)),
        _("Private notes: {n}").format(n=count(receipt.notes)),
    ]
    if head is not None:
        lines += ["", _("The journal ended with row {n}, whose hash is").format(n=count(head.number)), head.hash]
    for title, names in (
        (_("Signed files that were made; they are still where they were saved"), receipt.bundles),
        (_("Backups"), tuple(_backup_line(held) for held in receipt.backups)),
        (_("Backups that could not be reached; remove them yourself"), receipt.out_of_reach),
    ):
        if names:
            lines += ["", title, *(f"  {name}" for name in names)]
    return "\n".join(lines) + "\n"


def save_receipt(receipt: Purged, target: Path) -> None:
    """Write the receipt as a text file; ExportFailedError when the place does not take it."""
    try:
        write_whole(target, receipt_text(receipt).encode(), mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error


def _backup_line(held: PurgedBackup) -> str:
    words = _("{date}, removed: {place}") if held.removed else _("{date}, was rewritten without the round: {place}")
    return words.format(date=moment(held.at), place=held.place)
