"""Where the registers of a test lie: in files or on a server; the same tests must be true of both."""

from pathlib import Path

from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from tests.postgres import Server
from tests.secretariat import files


class Store:
    """Registers by name, in a folder or on a server; all are closed in the end."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self._folder = folder
        self._server = server
        self._addresses: dict[str, Address] = {}
        self._opened: list[Register] = []

    @property
    def on_server(self) -> bool:
        """Whether the registers are on a server."""
        return self._server is not None

    def place(self, name: str = "register") -> Path | Address:
        """Where the register of that name lies; a register on a server is there already, and empty."""
        if self._server is None:
            return self._folder / f"{name}.esfdb"
        if name not in self._addresses:
            self._addresses[name] = self._server.new()
        return self._addresses[name]

    def open(self, name: str = "register") -> Register:
        """The register of that name, made when it is missing."""
        self._opened.append(Register.open(self.place(name)))
        return self._opened[-1]

    def register(self, name: str = "register", *, call: bool = True, people: int = 3) -> Register:
        """A register that trusts so many assessors and knows the call."""
        return files.furnished(self.open(name), call=call, people=people)

    def close(self) -> None:
        """Close every register, and take those on the server away."""
        for register in self._opened:
            register.close()
        for address in self._addresses.values():
            if self._server is not None:
                self._server.drop(address)
