"""Where things lie: what ships with the program, and what belongs to the person."""

import sys
from pathlib import Path

PROGRAM = "ESF Desktop"


def resources() -> Path:
    """The folder of read-only data, in a checkout as in the frozen program."""
    bundled = getattr(sys, "_MEIPASS", None)
    return (Path(bundled) if bundled else Path(__file__).resolve().parent.parent) / "resources"


def guide() -> Path:
    """The folder of the user guide; it lies among the data wherever the program is installed."""
    installed = resources() / "anvandare"
    return installed if installed.is_dir() else resources().parent / "docs" / "anvandare"


def licences() -> Path | None:
    """The folder of licences beside the frozen program; a checkout has none."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled).parent / "licences" if bundled else None


def data_folder() -> Path:
    """The folder of the person's workspace; it need not exist yet."""
    import platformdirs  # the first window does not wait for it

    return Path(platformdirs.user_data_dir("esf-desktop", appauthor=False, roaming=False))


def workspace(practice: bool) -> Path:
    """The folder of the person's own work, or of the practice round that lies beside it; it need not exist yet."""
    return data_folder() / "practice" if practice else data_folder()


def state_folder() -> Path:
    """The folder of what is remembered about the workspaces, never within theirs; it need not exist yet."""
    import platformdirs

    folder = Path(platformdirs.user_state_dir("esf-desktop", appauthor=False))
    return folder.with_name("esf-desktop-state") if folder.is_relative_to(data_folder()) else folder


def settings_file() -> Path:
    """The file of the person's choices on this computer; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("esf-desktop", appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """The folder of the rotating log; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_log_dir("esf-desktop", appauthor=False))
