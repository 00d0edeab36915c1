"""The practice round put into a workspace of its own, where everything is fictional."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esf_desktop.workspace import Workspace


def fill(workspace: "Workspace") -> None:
    """Make the practice round, and take it in as a call package would be."""
