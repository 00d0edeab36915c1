"""What can go wrong between a register's window and the server that holds it; no sentence ever holds a password."""

from dataclasses import dataclass

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.workspace.database import PassphraseNeededError


class BadAddressError(EsfError):
    """A text that is not the address of a database."""

    code = "bad_address"

    def sentence(self) -> str:
        return _("That is not the address of a register; write it as postgresql+psycopg://user@server/database.")


@dataclass(eq=False)
class ServerError(EsfError):
    """Something about a server; `server` is its name."""

    server: str


class UnreachableServerError(ServerError):
    """A server that does not answer, or has stopped answering."""

    code = "server_unreachable"

    def sentence(self) -> str:
        return _(
            "The server {server} does not answer, so nothing was changed; check the network and its address."
        ).format(server=self.server)


@dataclass(eq=False)
class ServerPasswordNeededError(PassphraseNeededError):
    """A server that asks for a password and was given none."""

    code = "server_password_needed"
    server: str

    def sentence(self) -> str:
        return _("The server {server} asks for your password.").format(server=self.server)

    def question(self) -> str:
        return _("Password: ")


@dataclass(eq=False)
class ServerRefusedError(ServerError):
    """A server that answers and does not let this person in."""

    code = "server_refused"
    database: str
    user: str

    def sentence(self) -> str:
        return _(
            "{server} does not let {user} into {database}; check name, password and database. Nothing was changed."
        ).format(server=self.server, user=self.user or "?", database=self.database)


@dataclass(eq=False)
class OldServerError(ServerError):
    """A server of a version that is too old; `found` is its version, `oldest` the first that will do."""

    code = "server_too_old"
    found: str
    oldest: int

    def sentence(self) -> str:
        return _(
            "The server {server} has PostgreSQL {found}, and version {oldest} or later is needed. Nothing was changed."
        ).format(server=self.server, found=self.found, oldest=self.oldest)


@dataclass(eq=False)
class NotARegisterError(EsfError):
    """A database on a server that holds something else."""

    code = "not_a_register"
    database: str

    def sentence(self) -> str:
        return _("{database} is no register and was not touched; choose an empty database.").format(
            database=self.database
        )


@dataclass(eq=False)
class ServerReadOnlyError(EsfError):
    """A database in which this person may not write."""

    code = "server_read_only"
    database: str

    def sentence(self) -> str:
        return _(
            "You may not write in {database}, so nothing was changed; ask whoever runs the server for the right."
        ).format(database=self.database)


class ServerBusyError(ServerError):
    """A register that another officer has been writing to for longer than anybody waits."""

    code = "server_busy"

    def sentence(self) -> str:
        return _(
            "Somebody else is writing to the register on {server}, so nothing was changed; try again in a minute."
        ).format(server=self.server)


class ServerFullError(ServerError):
    """A server that has run out of disk, memory or connections."""

    code = "server_full"

    def sentence(self) -> str:
        return _(
            "The server {server} has no room left, so this was NOT saved; tell whoever runs it, and try again."
        ).format(server=self.server)
