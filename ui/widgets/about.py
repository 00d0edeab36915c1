"""What the program is, its version, and where things lie on this computer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from esf_desktop import __version__, paths
from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import label


class About(QDialog):
    """Says what this is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About ESF Desktop"))
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.7))
        places = label(
            _("Work: {work}\nLog: {log}\nChoices: {choices}").format(
                work=paths.data_folder(), log=paths.log_folder(), choices=paths.settings_file()
            ),
            "small",
            wrap=True,
        )
        places.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        close = QDialogButtonBox()
        close.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        for part in (
            label(_("ESF Desktop {version}").format(version=__version__), "title"),
            label(
                _("For assessing ESF+ applications beside their documents. It never uses the network."),
                wrap=True,
            ),
            places,
            close,
        ):
            column.addWidget(part)
        self.resize(min(theme.pixels(38), parent.width() - 40), self.sizeHint().height())
        self.finished.connect(self.deleteLater)
