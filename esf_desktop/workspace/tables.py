"""The tables of the two databases of a workspace.

Work (small, precious): `field` holds what is true now, `journal` how it came so; the first can be made again from the
second. Documents (large, replaceable): content by its SHA-256 in rows of 1 MiB, and the text of pages for searching.
"""

import sqlalchemy as sa

WORK_SCHEMA = 1
DOCUMENTS_SCHEMA = 1

work = sa.MetaData()

field = sa.Table(
    "field",
    work,
    sa.Column("round", sa.Text, primary_key=True),
    sa.Column("application", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

journal = sa.Table(
    "journal",
    work,
    sa.Column("round", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("application", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("journal_of_application", "round", "application", "number"),
)

documents = sa.MetaData()

document = sa.Table(
    "document",
    documents,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
)

chunk = sa.Table(
    "chunk",
    documents,
    sa.Column("sha256", sa.Text, sa.ForeignKey("document.sha256"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

PAGE_TEXT = (
    "CREATE VIRTUAL TABLE page_text USING fts5("
    "sha256 UNINDEXED, place UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 0')"
)


@sa.event.listens_for(documents, "after_create")
def _make_page_text(_target: sa.MetaData, connection: sa.Connection, **_named: object) -> None:
    connection.exec_driver_sql(PAGE_TEXT)
