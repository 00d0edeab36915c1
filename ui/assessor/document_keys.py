"""What the keys and the menu *Document* do to a document, and where those keys are printed."""

from collections.abc import Callable

from ui.actions import Actions
from ui.assessor.document_folds import CONTENTS, HITS, PAGE_TEXT, THUMBNAILS
from ui.assessor.document_view import DocumentView


def connect(view: DocumentView, actions: Actions) -> None:
    """Let the actions act on the view while it is seen, and print their keys on its controls."""
    acts: dict[str, Callable[[], object]] = {
        "copy": view.copy,
        "find": view.start_search,
        "find_next": view.find_next,
        "find_previous": view.find_previous,
        "back": view.go_back,
        "next_page": lambda: view.step_page(+1),
        "previous_page": lambda: view.step_page(-1),
        "go_to_page": view.ask_page,
        "next_document": lambda: view.step_document(+1),
        "previous_document": lambda: view.step_document(-1),
        "zoom_in": view.zoom_in,
        "zoom_out": view.zoom_out,
        "fit_width": view.fit_width,
        "fit_page": view.fit_page,
        "turn_right": lambda: view.turn(+1),
        "turn_left": lambda: view.turn(-1),
        "thumbnails": lambda: view.folds.turn(THUMBNAILS),
        "contents": lambda: view.folds.turn(CONTENTS),
        "hits": lambda: view.folds.turn(HITS),
        "page_text": lambda: view.folds.turn(PAGE_TEXT),
        "mark_by_keys": view.mark_by_keys,
    }
    for name, act in acts.items():
        actions[name].triggered.connect(lambda _on=False, act=act: act() if view.isVisible() else None)
    view.bar.show_keys(actions)
    view.folds.show_keys(actions)
