"""What came of signing: where the file lies, its verification codes, and what may be done with it now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.formatting import groups
from esf_desktop.i18n import _, plural
from ui import theme
from ui.assessor.printing import Printing
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.flow import Flow
from ui.widgets.icon import Icon
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.assessor.export import Exported
    from esf_desktop.exchange.verify import Examined


class SignedResult(QWidget):
    """Shows the bundle that was signed last, and what checking it told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._done: Exported | None = None
        self._checked: Examined | EsfError | None = None
        self._printing = Printing(self, desk)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        self._column.setSpacing(theme.pixels(0.45))
        self._told = QWidget()
        self._answer = QHBoxLayout()
        self.hide()

    def refresh(self) -> None:
        """Be seen once there is something to tell."""
        self.setVisible(self._done is not None)

    def tell(self, done: "Exported") -> None:
        """Show this bundle, which nobody has checked again yet."""
        self.return_to((done, None))

    def place(self) -> object:
        """The bundle, and what its check told."""
        return self._done, self._checked

    def return_to(self, place: object) -> None:
        """Show them."""
        assert isinstance(place, tuple)
        self._done, self._checked = place
        clear(self._column)
        if self._done is not None:
            self._show(self._done)
        self.refresh()

    def _show(self, done: "Exported") -> None:
        from esf_desktop.assessor.export import verification_code

        column = self._column
        column.addWidget(label(_("Signed and checked"), "title"))
        column.addWidget(label(str(done.path), wrap=True))
        if done.encrypted:
            said = _("The file is encrypted: only the secretariat can open it, so it cannot be looked into here.")
            column.addWidget(label(said, "small", wrap=True))
        for assessment in done.assessments:
            said = _("{application}, revision {revision}: verification code {code}").format(
                application=assessment.application, revision=assessment.revision, code=verification_code(assessment)
            )
            column.addWidget(label(said, "small", wrap=True))
        said = _("Send the file to the secretariat as an attachment or on a USB stick. Say here when it is done.")
        column.addWidget(label(said, wrap=True))
        column.addWidget(self._buttons(done))
        self._told = QWidget()
        self._answer = QHBoxLayout(self._told)
        self._answer.setContentsMargins(0, theme.pixels(0.3), 0, theme.pixels(0.3))
        self._answer.setSpacing(theme.pixels(0.6))
        column.addWidget(self._told)
        self._show_answer(done)
        column.addWidget(line())

    def _buttons(self, done: "Exported") -> QWidget:
        check = () if done.encrypted else ((_("Check"), self._check, ""),)
        made = []
        for words, act, role in (
            (_("I have sent it"), self._mark_sent, "primary"),
            (_("Show in folder"), self._show_in_folder, ""),
            *check,
            (_("Print sheets…"), self._print, ""),
        ):
            one = button(words, role)
            one.clicked.connect(act)
            made.append(one)
        held = QWidget()
        held.setLayout(Flow(*made, spread=False))
        return held

    def _show_answer(self, done: "Exported") -> None:
        clear(self._answer)
        checked = self._checked
        self._told.setVisible(checked is not None)
        if checked is None:
            return
        refused = isinstance(checked, EsfError)
        icon = Icon("warning", "not_met") if refused else Icon("met", "met")
        self._answer.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.1))
        if isinstance(checked, EsfError):
            words.addWidget(label(checked.sentence(), "refusal", wrap=True))
        else:
            words.addWidget(label(_accepted(done, checked), wrap=True))
            key = _("Key fingerprint: {fingerprint}").format(fingerprint=groups(checked.fingerprint))
            words.addWidget(label(key, "small", wrap=True))
            count = len(checked.assessments)
            held = plural("The file holds {n} assessment.", "The file holds {n} assessments.", count).format(n=count)
            words.addWidget(label(held, "small", wrap=True))
        self._answer.addLayout(words, 1)

    def _mark_sent(self) -> None:
        from esf_desktop.assessor.export import mark_sent

        if self._desk.do(mark_sent) is not None:
            self._desk.announced.emit(_("Noted as sent."))

    def _show_in_folder(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.path.parent)))

    def _print(self) -> None:
        if self._done is not None:
            self._printing.ask_signed([one.application for one in self._done.assessments], self._done.path.parent)

    def _check(self) -> None:
        done = self._done
        if done is None:
            return

        def work(task: Task) -> "Examined":
            from esf_desktop.errors import UnreadableFileError
            from esf_desktop.exchange.verify import examine

            try:
                content = done.path.read_bytes()
            except OSError as error:
                raise UnreadableFileError(done.path.name) from error
            return examine(content, file=done.path.name)

        def accepted(examined: "Examined") -> None:
            self._checked = examined
            self._show_answer(done)
            self._desk.announced.emit(_accepted(done, examined))

        def refused(error: Exception) -> bool:
            # The status line tells of it too.
            self._checked = error if isinstance(error, EsfError) else None
            self._show_answer(done)
            return False

        self._desk.tasks.run(work, owner=self, done=accepted, failed=refused)


def _accepted(done: "Exported", examined: "Examined") -> str:
    return _("“{file}” is unaltered since {signer} signed it.").format(file=done.path.name, signer=examined.signer)
