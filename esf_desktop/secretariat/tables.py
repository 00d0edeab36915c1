"""The tables of the register, fit for SQLite and PostgreSQL: times as ISO text, hashes as text in hex.

`event` only grows and is chained by hashes; it numbers everything that the register ever accepted. `bundle` keeps what
was received to the byte. `assessment` is the set that merging makes the union of, known by assessor and identity.
"""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from esf_desktop.workspace.upgrading import Steps

if TYPE_CHECKING:
    from alembic.operations import Operations

SCHEMA = 2

register = sa.MetaData()

event = sa.Table(
    "event",
    register,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)

certificate = sa.Table(
    "certificate",
    register,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("assessor", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("enrolment", sa.LargeBinary, nullable=False),
    sa.Column("enrolled", sa.Integer, nullable=False),
    sa.Column("enrolled_at", sa.Text, nullable=False),
    sa.Column("revoked", sa.Integer),
    sa.Column("revoked_at", sa.Text),
)

call = sa.Table(
    "call",
    register,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
)

bundle = sa.Table(
    "bundle",
    register,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("bundle_id", sa.Text, nullable=False),
    sa.Column("assessor", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("call_sha256", sa.Text, nullable=False),
    sa.Column("admission", sa.Text, nullable=False, index=True),
    sa.Column("code", sa.Text),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

assessment = sa.Table(
    "assessment",
    register,
    sa.Column("application", sa.Text, primary_key=True),
    sa.Column("assessor", sa.Text, primary_key=True),
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("parents", sa.Text, nullable=False),
    sa.Column("admission", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)

content = sa.Table(
    "content",
    register,
    sa.Column("bundle", sa.Text, sa.ForeignKey("bundle.sha256"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("application", sa.Text, nullable=False),
    sa.Column("identity", sa.Text, nullable=False, index=True),
)

receipt = sa.Table(
    "receipt",
    register,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bundle", sa.Text, nullable=False, index=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("code", sa.Text),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)


def _carriers_are_found(operations: "Operations") -> None:
    """Schema 2: which bundles carry an assessment is looked up, where a call that came late had to read them all."""
    operations.create_index("ix_content_identity", "content", ["identity"])


STEPS: Steps = {2: _carriers_are_found}
"""What makes each schema out of the one before; `tests/files` has a register of each."""
