"""Every page and dialog by name, and how one comes to see it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from esf_desktop.errors import DiskFullError
from esf_desktop.exchange.answers import Kept
from esf_desktop.exchange.receipt import Outcome, Receipt
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId
from esf_desktop.workspace import Workspace, backup
from esf_desktop.workspace.backup import BadBackupError
from esf_desktop.workspace.mirror import go_on
from esf_desktop.workspace.places import BACKUPS
from tests.screenshots import calls, opened
from tests.screenshots.stage import SHOWN, Stage, assess_page, dialog_of, rest, until
from ui import errors
from ui.assessor.first_start import FirstStart
from ui.assessor.not_opened import NotOpened, Restoring
from ui.assessor.signed_result import SignedResult
from ui.assessor.signing_page import SigningPage
from ui.assessor.unlock import Recovering
from ui.desk import now
from ui.main_window import MainWindow
from ui.settings.dialog import SettingsDialog
from ui.widgets.waiting import Waiting


class Scene(NamedTuple):
    """A picture: its name, what stands in it, and whether the documentation shows it."""

    name: str
    open: Callable[[Stage], AbstractContextManager[QWidget]]
    documented: bool = False


def scenes() -> tuple[Scene, ...]:
    """All of them, in the order in which a person meets them."""
    return (
        *(Scene(f"first-{step}", partial(_first, step=step), documented=step < 4) for step in (1, 2, 3, 4)),
        Scene("locked", _locked),
        Scene("recovering", partial(_alone, make=Recovering)),
        Scene("waiting", partial(_alone, make=lambda: Waiting("…"))),
        Scene("not-opened", partial(_alone, make=lambda: NotOpened(DiskFullError().sentence(), backups=True))),
        Scene("backups", partial(_dialog, action="backups")),
        Scene("error-report", partial(_dialog, action="error_report")),
        Scene("recovered", partial(opened.over, make=opened.recovered)),
        Scene("restoring", _restoring),
        Scene("empty", partial(_page, name="round", folder="empty")),
        Scene("start", partial(_page, name="round"), documented=True),
        Scene("main", _evidence, documented=True),
        Scene("requirement", partial(_criterion, criterion=CriterionId("RUS"))),
        Scene("area", partial(_criterion, criterion=CriterionId("LAR"))),
        Scene("overall", opened.weighed, documented=True),
        Scene("written", opened.written),
        Scene("quoted", opened.quoted),
        Scene("text-document", opened.text_document),
        Scene("jav", partial(_application, application=ApplicationId("2026/00145")), documented=True),
        Scene("abstains", partial(_application, application=ApplicationId("2026/00121"))),
        Scene("sign", partial(_page, name="sign"), documented=True),
        Scene("signed", _signed, documented=True),
        *(Scene(name, partial(_dialog, action=name)) for name in ("paper", "details", "history", "keys", "about")),
        Scene("paper-first", partial(opened.paper, part=0)),
        Scene("paper-last", partial(opened.paper, part=10)),
        *(Scene(f"settings-{room + 1}", partial(_settings, room=room)) for room in range(5)),
        Scene("overview", partial(_page, name="overview"), documented=True),
        Scene("search", partial(_page, name="search")),
        Scene("turned", opened.turned),
        Scene("searched", opened.searched),
        Scene("goals", opened.goals),
        *(
            Scene(f"side-{name}", partial(opened.side, action=name))
            for name in ("thumbnails", "contents", "hits", "page_text", "evidence_list")
        ),
        Scene("unreadable", opened.refused_document),
        Scene("own-window", opened.own_window),
        *(
            Scene(make.__name__.replace("_", "-"), partial(opened.over, make=make))
            for make in (
                opened.picker,
                opened.receipt,
                opened.card,
                opened.reading,
                opened.intake,
                opened.newer_call,
            )
        ),
        Scene("give-out", partial(_dialog, action="signed_sheet")),
        Scene("rounds", partial(opened.rounds, purging=False)),
        Scene("purge", partial(opened.rounds, purging=True)),
        Scene("refused", _refused),
        Scene("call-begins", calls.beginning),
        Scene("inbox-received", calls.received),
        *(
            Scene(f"call-{name}", partial(calls.room, name=name), documented=name == "call")
            for name in ("call", "grounds", "applications", "assessors", "package")
        ),
        *(
            Scene(f"call-import-{name}", partial(calls.importing, page=name))
            for name in ("applications", "list", "doubts")
        ),
        Scene("call-wording", calls.wording),
        *(
            Scene(name, partial(_register, page=name), documented=name != "trust")
            for name in ("inbox", "basis", "trust")
        ),
        Scene("compare", partial(_register, page="compare"), documented=True),
        Scene("side-by-side", opened.beside_each_other, documented=True),
        Scene("agreement", partial(opened.view_of_comparison, name="agreement")),
        Scene("readers", partial(opened.view_of_comparison, name="readers")),
        Scene("consensus", opened.agreed, documented=True),
        Scene("consensus-large", partial(opened.agreed, large=True)),
        Scene("proposal", partial(_register, page="proposal"), documented=True),
        Scene("moved-to", opened.moved_to),
        Scene("balance", partial(_register, page="balance"), documented=True),
        Scene("balance-tables", opened.in_numbers),
        Scene("key-compared", opened.key_compared),
        Scene("key-blocked", opened.key_blocked),
        Scene("on-server", opened.on_server),
        Scene("guide", opened.guide),
        Scene("guide-found", partial(opened.guide, words="pinkod")),
    )


@contextmanager
def _first(stage: Stage, step: int) -> Iterator[QWidget]:
    page = FirstStart()
    page.resize(*stage.look.size)
    steps = page.findChild(QStackedWidget)
    assert isinstance(steps, QStackedWidget)
    if step == 3:
        page.show_ways("5218cc0e" * 8)
    elif step == 4:
        page.show_recovery("7YB3R-K2MNP-XW4QT-9CDFG-H5JKS-V6ZAE", "5218cc0e" * 8)
    else:
        steps.setCurrentIndex(step - 1)
    page.show()
    rest()
    yield page
    page.close()
    page.deleteLater()


@contextmanager
def _locked(stage: Stage) -> Iterator[QWidget]:
    if not (stage.folder / "locked").exists():
        Workspace.open(stage.folder / "locked", "sex ord som ingen kan gissa").close()
    with stage.program("locked") as window:
        yield window


@contextmanager
def _alone(stage: Stage, make: Callable[[], QWidget]) -> Iterator[QWidget]:
    page = make()
    page.resize(*stage.look.size)
    page.show()
    rest()
    yield page
    page.close()
    page.deleteLater()


@contextmanager
def _restoring(stage: Stage) -> Iterator[QWidget]:
    folder = stage.folder / "kept"
    if not folder.exists():
        with closing(Workspace.open(folder)) as desk:
            for number in range(3):
                backup.back_up(desk, at=now() - timedelta(days=number))
    with _alone(stage, lambda: Restoring([folder / BACKUPS], BadBackupError("2026-11-23T143208").sentence())) as page:
        yield page


@contextmanager
def _settings(stage: Stage, room: int) -> Iterator[QWidget]:
    with stage.program() as window:
        window.show_page("round")
        window.actions_["settings"].trigger()
        dialog = dialog_of(window)
        assert isinstance(dialog, SettingsDialog)
        dialog.show_room(room)
        rest()
        yield dialog


@contextmanager
def _page(stage: Stage, name: str, folder: str = "desk") -> Iterator[QWidget]:
    if folder == "empty":
        Workspace.open(stage.folder / folder).close()
    with stage.program(folder) as window:
        window.show_page(name)
        rest()
        yield window


@contextmanager
def _signed(stage: Stage) -> Iterator[QWidget]:
    """What was signed just now, and a receipt that came before the one that was lost."""
    folder = stage.folder / "signed"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stage.folder / "desk", folder)
    go_on(folder)  # it is meant to be older than what was signed in another look
    with closing(Workspace.open(folder)) as desk, desk.write(at=now()) as work:
        call, person = desk.call(), desk.assessor()
        assert call is not None
        assert person is not None
        answer = Receipt(2, "ab" * 32, "cd" * 32, Outcome.REFUSED, "altered", now(), call.id, person.id, ())
        work.put("", "receipts", (Kept("ef" * 32, answer),))
    with stage.program("signed") as window:
        window.show_page("sign")
        page = window.page("sign")
        assert isinstance(page, SigningPage)
        page.put_in(stage.folder / "signed" / "out")
        next(b for b in page.findChildren(QPushButton) if b.text() == _("Sign the bundle")).click()
        until(lambda: any(result.isVisibleTo(page) for result in page.findChildren(SignedResult)))
        rest()
        yield window


@contextmanager
def _evidence(stage: Stage) -> Iterator[QWidget]:
    with stage.program() as window:
        page = assess_page(window)
        assert window.desk is not None
        judged = window.desk.workspace.draft(SHOWN).judgement(CriterionId("SAM"))
        page.document.jump_to(judged.evidence[0])
        rest(1500)
        yield window


@contextmanager
def _criterion(stage: Stage, criterion: CriterionId) -> Iterator[QWidget]:
    with stage.program() as window:
        assess_page(window, criterion)
        yield window


@contextmanager
def _application(stage: Stage, application: ApplicationId) -> Iterator[QWidget]:
    with stage.program() as window:
        window.open_application(application)
        rest(1000)
        yield window


@contextmanager
def _dialog(stage: Stage, action: str) -> Iterator[QWidget]:
    with stage.program() as window:
        assess_page(window)
        window.actions_[action].trigger()
        rest()
        yield dialog_of(window)


@contextmanager
def _refused(stage: Stage) -> Iterator[QWidget]:
    with stage.program() as window:
        assert isinstance(window, MainWindow)
        errors.tell(window, DiskFullError())
        rest()
        yield dialog_of(window)


@contextmanager
def _register(stage: Stage, page: str) -> Iterator[QWidget]:
    with stage.register() as window:
        window.show_page(page)
        rest()
        yield window
