"""The call's own strategies and plans, as documents that can be read beside any application."""

from esf_desktop.i18n import _
from esf_desktop.model import Call, Document


def reference_documents(call: Call) -> tuple[Document, ...]:
    """Each reference that has a document, under its title; it is read, and no evidence is taken from it."""
    return tuple(
        Document(reference.document, _("Reference: {title}").format(title=reference.title), "", 0)
        for reference in call.references
        if reference.document is not None
    )
