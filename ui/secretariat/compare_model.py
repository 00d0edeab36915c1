"""The comparison for a table: an application in each row, a criterion in each column, put into words when looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from esf_desktop.i18n import _
from esf_desktop.model import Call
from ui.secretariat.tile_painting import words

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Cell, Line

SHOWN = Qt.ItemDataRole.UserRole
"""The `Cell` of a criterion; the `Line` in the first column and the last."""
Index = QModelIndex | QPersistentModelIndex
WORDED = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class CompareModel(QAbstractTableModel):
    """Lines of a comparison; another order of the same lines is the same lines moved."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._call: Call | None = None
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, call: Call, lines: "tuple[Line, ...]") -> None:
        """Show these instead."""
        self.beginResetModel()
        self._call, self._lines = call, lines
        self.endResetModel()

    @property
    def last(self) -> int:
        """The column of what was met."""
        return self.columnCount() - 1

    def line(self, row: int) -> "Line | None":
        """The line in that row; None when there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def cell(self, row: int, column: int) -> "Cell | None":
        """What the assessors gave there; None in the first column and the last."""
        line = self.line(row)
        return line.cells[column - 1] if line is not None and 0 < column < self.last else None

    def most_tiles(self, drawn: "Callable[[Cell], int]") -> int:
        """How many tiles the fullest cell has, as they are drawn."""
        return max((drawn(line.cells[0]) for line in self._lines if line.cells), default=0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._call is None else len(self._call.criteria) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None or self._call is None:
            return None
        cell = self.cell(index.row(), index.column())
        if role == SHOWN:
            return cell or line
        if role not in WORDED:
            return None
        if cell is not None:
            head = f"{line.application.id} {cell.criterion}"
            return "\n".join([head, *words(self._call, cell)])
        if index.column() == 0:
            area = _("main area {area}").format(area=line.area) if line.area else ""
            return " ".join(filter(None, (line.application.id, line.application.project_name, area)))
        return _("{range} met").format(range=line.met_words())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._call is None or orientation is not Qt.Orientation.Horizontal:
            return None
        criterion = self._call.criteria[section - 1] if 0 < section < self.last else None
        match role:
            case Qt.ItemDataRole.DisplayRole if criterion is not None:
                return criterion.id
            case Qt.ItemDataRole.DisplayRole:
                return _("Application") if section == 0 else _("Met")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if criterion is not None:
                return f"{criterion.id} {criterion.title.spoken()}"
            case Qt.ItemDataRole.TextAlignmentRole if section == 0:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
