"""The public store and its index: all that the archive and the reading room share (schemas/public-record/layout.md).

`ingest` alone writes, `access` alone reads. Keys are those of an object store or paths below a folder. Statements name
their parameters `:so`, as sqlite3 and SQLAlchemy's `text` take them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LAYOUT = 2
"""The layout described here; an index says which one it has."""

INDEX_NAME = "index"
"""Row of `layout`: a name made at random with the index, so that positions of another are not taken for its own."""

STORE_FOLDER = "store"
INDEX_FILE = "index.sqlite"
"""Names in the embedded archive's folder `public/`."""

CLAIM_MARK = "earkiv-claim"
"""Metadata of an object in a bucket that is not there yet: the bytes that it keeps a key for are on their way."""

_ID = re.compile(r"[a-z0-9]{16,40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Form(StrEnum):
    """A form that a public record is carried over in, for harvesters; the value is its OAI-PMH metadataPrefix."""

    OAI_DC = "oai_dc"
    EAD3 = "ead3"
    METS = "mets"


class State(StrEnum):
    """Whether an entry is shown, or says no more than that something was withdrawn, and when."""

    LISTED = "listed"
    WITHDRAWN = "withdrawn"


class KeyRefused(ValueError):
    """This is no public id or no SHA-256, so it names nothing in the store."""


def record_key(public_id: str) -> str:
    """Key of the public record. Raises KeyRefused."""
    return f"records/{_checked(public_id, _ID)}.json"


def form_key(public_id: str, form: Form) -> str:
    """Key of the record in one form. Raises KeyRefused."""
    return f"forms/{_checked(public_id, _ID)}/{form}.xml"


def text_key(public_id: str) -> str:
    """Key of the search text, made from the public copy only (UTF-8). Raises KeyRefused."""
    return f"text/{_checked(public_id, _ID)}.txt"


def file_key(public_id: str, sha256: str) -> str:
    """Key of the bytes of a document. Raises KeyRefused."""
    return f"files/{_checked(public_id, _ID)}/{_checked(sha256, _SHA256)}"


def _checked(value: str, pattern: re.Pattern[str]) -> str:
    if pattern.fullmatch(value) is None:
        raise KeyRefused(f"{value!r} is no part of a key of the public store")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSql:
    """The index in one database: how it is made, and how one entry is put in the place of an earlier one.

    Each change is one transaction: `lock`, `next_position`, `remove` (`:id`), `add_entry`, `add_words` and, for
    each facet, `add_value` and then `add_facet`. A withdrawn entry is added by `add_entry` alone.
    """

    create: tuple[str, ...]
    lock: tuple[str, ...]
    next_position: str
    remove: tuple[str, ...]
    add_entry: str
    add_words: str
    add_value: str
    add_facet: str


_NEXT = "SELECT coalesce(max(position), 0) + 1 FROM entries"
_ADD_ENTRY = """
    INSERT INTO entries (position, id, changed_at, state, part_of, record, sets, text)
    VALUES (:position, :id, :changed_at, :state, :part_of, :record, :sets, :text)"""
_ADD_VALUE = """
    INSERT INTO facet_values (facet, value, records) VALUES (:facet, :value, 1)
    ON CONFLICT (facet, value) DO UPDATE SET records = facet_values.records + 1"""
_ADD_FACET = """
    INSERT INTO facets (entry, number)
    SELECT :entry, number FROM facet_values WHERE facet = :facet AND value = :value"""
_OF_ENTRY = "(SELECT position FROM entries WHERE id = :id)"
_VALUES_OF_ENTRY = f"(SELECT number FROM facets WHERE entry = {_OF_ENTRY})"  # noqa: S608 - made of constants alone
_REMOVE = (
    f"DELETE FROM facet_values WHERE records = 1 AND number IN {_VALUES_OF_ENTRY}",  # noqa: S608 - as above
    f"UPDATE facet_values SET records = records - 1 WHERE number IN {_VALUES_OF_ENTRY}",  # noqa: S608 - as above
    f"DELETE FROM facets WHERE entry = {_OF_ENTRY}",  # noqa: S608 - as above
    "DELETE FROM entries WHERE id = :id",
)
_LAYOUT = """
    CREATE TABLE layout (
      name TEXT PRIMARY KEY,  -- 'layout' and 'stems'
      value TEXT NOT NULL
    )"""
_INDEXES = (
    "CREATE INDEX entries_by_part ON entries (part_of) WHERE part_of IS NOT NULL",
    "CREATE INDEX entries_listed ON entries (position) WHERE state = 'listed'",
    "CREATE INDEX entries_by_change ON entries (changed_at)",
)

SQLITE = IndexSql(
    create=(
        _LAYOUT,
        # position is the rowid, so that the words of an entry have its number.
        """
    CREATE TABLE entries (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      changed_at TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('listed', 'withdrawn')),
      part_of TEXT,
      record TEXT NOT NULL,
      sets TEXT NOT NULL,
      text TEXT NOT NULL
    )""",
        """
    CREATE TABLE facet_values (
      number INTEGER PRIMARY KEY,
      facet TEXT NOT NULL,
      value TEXT NOT NULL,
      records INTEGER NOT NULL,
      UNIQUE (facet, value)
    )""",
        """
    CREATE TABLE facets (
      entry INTEGER NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY (entry, number)
    ) WITHOUT ROWID""",
        # The columns hold words that the program made; the tokenizer has only to part them at spaces. Beginnings of a
        # length that has no index of its own are put together from every word that begins so, before the first hit.
        """
    CREATE VIRTUAL TABLE words USING fts5 (
      title, stems, plain, marks, prefix='4 5 6 7 8 9 10', tokenize='unicode61 remove_diacritics 0'
    )""",
        "INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 1.0, 1.0, 0.0)')",
        *_INDEXES,
    ),
    lock=(),
    next_position=_NEXT,
    remove=(
        f"DELETE FROM words WHERE rowid = {_OF_ENTRY}",  # noqa: S608 - as above
        *_REMOVE,
    ),
    add_entry=_ADD_ENTRY,
    add_words="INSERT INTO words (rowid, title, stems, plain, marks) VALUES (:entry, :title, :stems, :plain, :marks)",
    add_value=_ADD_VALUE,
    add_facet=_ADD_FACET,
)

POSTGRESQL = IndexSql(
    create=(
        _LAYOUT,
        """
    CREATE TABLE entries (
      position BIGINT PRIMARY KEY,
      id TEXT COLLATE "C" NOT NULL UNIQUE,
      changed_at TEXT COLLATE "C" NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('listed', 'withdrawn')),
      part_of TEXT COLLATE "C",
      record TEXT NOT NULL,
      sets TEXT NOT NULL,
      text TEXT NOT NULL
    )""",
        """
    CREATE TABLE facet_values (
      number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      facet TEXT COLLATE "C" NOT NULL,
      value TEXT COLLATE "C" NOT NULL,
      records BIGINT NOT NULL,
      UNIQUE (facet, value)
    )""",
        """
    CREATE TABLE facets (
      entry BIGINT NOT NULL,
      number BIGINT NOT NULL,
      PRIMARY KEY (entry, number)
    )""",
        # The program gives the vectors themselves (`public_index.vector`): no language rules of the database take part.
        """
    CREATE TABLE words (
      entry BIGINT PRIMARY KEY,
      stems TSVECTOR NOT NULL,
      plain TSVECTOR NOT NULL,
      marks TSVECTOR NOT NULL
    )""",
        "CREATE INDEX words_by_stem ON words USING gin (stems)",
        "CREATE INDEX words_by_plain ON words USING gin (plain)",
        "CREATE INDEX words_by_mark ON words USING gin (marks)",
        *_INDEXES,
    ),
    # Positions are given in the order of commits: a reader that has seen position 7 will never see a new 6.
    lock=("LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE",),
    next_position=_NEXT,
    remove=(
        f"DELETE FROM words WHERE entry = {_OF_ENTRY}",  # noqa: S608 - as above
        *_REMOVE,
    ),
    add_entry=_ADD_ENTRY,
    add_words="""
    INSERT INTO words (entry, stems, plain, marks)
    VALUES (:entry, CAST(:stems AS tsvector), CAST(:plain AS tsvector), CAST(:marks AS tsvector))""",
    add_value=_ADD_VALUE,
    add_facet=_ADD_FACET,
)
