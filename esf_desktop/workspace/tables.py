"""The tables of the two databases of a workspace.

Work (small, precious): `field` holds what is true now, `journal` how it came so; the first can be made again from the
second. Documents (large, replaceable): content by its SHA-256 in rows of 1 MiB, and the text of pages for searching.
"""

import sqlalchemy as sa

from esf_desktop.workspace.upgrading import Steps

WORK_SCHEMA = 1
WORK_STEPS: Steps = {}
"""What makes each later schema of the work database out of the one before; `tests/files` has a database of each."""
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
UNDER_WAY = -1
"""The size of a document that has not wholly come, which nobody sees."""

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

TEXT_INDEX = (
    "DROP TABLE IF EXISTS page_text",
    "CREATE TABLE IF NOT EXISTS indexed (sha256 TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS page_body"
    " (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS page_body_of_document ON page_body (sha256)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS page_words"
    " USING fts5(joined, parted, content = '', contentless_delete = 1, tokenize = 'ascii')",
    "CREATE TRIGGER IF NOT EXISTS page_words_go AFTER DELETE ON page_body"
    " BEGIN DELETE FROM page_words WHERE rowid = old.id; END",
)
"""What makes the index of pages where it is missing; it can be made again from the documents at any time.

Words are stored as `finding` spells them, so the tokenizer has nothing to decide but where the spaces are. `page_text`
was the index before.
"""
