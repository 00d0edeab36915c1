"""What would be taken into the draft: each application with its state, and where its documents say otherwise."""

from PySide6.QtWidgets import QTableWidgetItem

from esf_desktop.i18n import _
from esf_desktop.secretariat.drafting.joining import Joined
from esf_desktop.secretariat.drafting.words import field_word, shown
from ui.secretariat.drafting.listing_table import ListingTable
from ui.widgets.icon import icon

STATE, OTHERWISE = 5, 6
"""Columns that say more when they are pointed at."""


class JoinedTable(ListingTable):
    """A row for each application that the folder and the list tell of."""

    def __init__(self) -> None:
        headings = [_("Diary number"), _("Project name"), _("Applicant"), _("Sought support"), _("Documents")]
        headings += [_("In the draft"), _("The documents say otherwise")]
        super().__init__(_("Applications"), headings, wide=(1, 2, OTHERWISE))

    def show_joined(self, joined: tuple[Joined, ...]) -> None:
        """Show these applications."""
        self.setRowCount(len(joined))
        for row, one in enumerate(joined):
            for place, text in enumerate(_texts(one)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if place == STATE and one.changed:
                    item.setToolTip(", ".join(field_word(field) for field in one.changed))
                if place == OTHERWISE and text:
                    item.setToolTip(text.replace("; ", "\n"))
                    item.setIcon(icon("warning", "partly"))
                self.setItem(row, place, item)
        self.share()


def _texts(one: Joined) -> tuple[str, ...]:
    application = one.application
    return (
        application.id,
        application.project_name,
        application.applicant_name,
        shown("requested_support", application.requested_support),
        str(len(application.documents or ())),
        _("New") if one.before is None else (_("Changes") if one.changed else _("The same")),
        "; ".join(_otherwise(one, field) for field in one.differing),
    )


def _otherwise(one: Joined, field: str) -> str:
    said = shown(field, getattr(one.read, "diary_number" if field == "id" else field))
    return f"{field_word(field)} {said}"
