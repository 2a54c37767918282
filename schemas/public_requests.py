"""Requests of the public: all that the reading room and the desk share of them (schemas/public-requests/layout.md).

The reading room adds requests and reads how they stand; the desk adds steps, and disposes of what its time is over for.
Statements name their parameters `:so`, and are the same for SQLite and PostgreSQL.
"""

import hashlib
from enum import StrEnum

LAYOUT = 2
"""The layout described here; a store of requests says which one it has."""

REQUESTS_FOLDER = "requests"
REQUESTS_FILE = "requests.sqlite"
"""Where it is in the public folder of an embedded archive: the one place there that the reading room writes in."""

MOST_QUESTION = 5_000
MOST_CONTACT = 300
"""Characters that a request and the contact in it may have."""

MOST_FILES = 10
MOST_BYTES = 25 << 20
"""Files of an answer, and their bytes together."""
PIECE_BYTES = 256 << 10
"""Bytes of a file that lie in one row, the last row of each excepted."""


class StepKind(StrEnum):
    """What has been done about a request."""

    CLAIMED = "claimed"
    COPY = "answered with copy"
    MASKED_COPY = "answered with masked copy"
    REFUSED = "refused"
    CLOSED = "closed"


class DisposedPart(StrEnum):
    """What of a request has been disposed of; the whole of one that was closed without an answer leaves no row."""

    CONTACT = "contact"
    FILES = "files"
    REQUEST = "request"


CONTACT_DAYS = "contact-days"
FILE_DAYS = "file-days"
"""Names in `layout`: so many days after the answer contact details and the files of answers are kept."""

CREATE = (
    """
    CREATE TABLE layout (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    )""",
    """
    CREATE TABLE requests (
      id TEXT PRIMARY KEY,
      secret TEXT NOT NULL UNIQUE,      -- `hashed` of the status link's secret
      form TEXT NOT NULL UNIQUE,        -- `hashed` of the token of the form that it was written in
      received_at TEXT NOT NULL,        -- UTC, YYYY-MM-DDThh:mm:ssZ
      language TEXT NOT NULL,           -- of the form: sv or en
      about TEXT,                       -- public id of a record on request
      question TEXT NOT NULL,
      contact TEXT NOT NULL             -- '' = whoever asks reads the answer by the status link alone
    )""",
    """
    CREATE TABLE steps (
      request TEXT NOT NULL REFERENCES requests (id),
      number INTEGER NOT NULL,          -- from 1
      kind TEXT NOT NULL,
      at TEXT NOT NULL,
      by TEXT NOT NULL,                 -- who at the desk; never shown in the reading room
      told TEXT NOT NULL,               -- JSON: text, ground, appeal, files [{name, mediaType, size, sha256}]
      PRIMARY KEY (request, number)
    )""",
    """
    CREATE TABLE pieces (
      request TEXT NOT NULL REFERENCES requests (id),
      sha256 TEXT NOT NULL,
      number INTEGER NOT NULL,          -- from 0
      content BYTEA NOT NULL,
      PRIMARY KEY (request, sha256, number)
    )""",
    """
    CREATE TABLE disposals (
      request TEXT NOT NULL REFERENCES requests (id),
      part TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (request, part)
    )""",
)

ROOM_USER = "earkiv_asker"
"""A user of this name in PostgreSQL is given the reading room's rights when the tables are made, and no others."""
GRANT = (
    f"GRANT SELECT ON layout, requests, steps, pieces, disposals TO {ROOM_USER}",
    f"GRANT INSERT ON requests TO {ROOM_USER}",
)

# The same form sent twice is one request: whatever of it must be its own is made of its token.
ADD_REQUEST = """
    INSERT INTO requests (id, secret, form, received_at, language, about, question, contact)
    VALUES (:id, :secret, :form, :received_at, :language, :about, :question, :contact)
    ON CONFLICT DO NOTHING"""
# Of two who take the next step at the same time, one does.
ADD_STEP = """
    INSERT INTO steps (request, number, kind, at, by, told)
    VALUES (:request, :number, :kind, :at, :by, :told) ON CONFLICT (request, number) DO NOTHING"""
# The same file twice in an answer lies there once.
ADD_PIECE = """
    INSERT INTO pieces (request, sha256, number, content)
    VALUES (:request, :sha256, :number, :content) ON CONFLICT (request, sha256, number) DO NOTHING"""
# Of two who dispose of the same, the first says when.
ADD_DISPOSAL = """
    INSERT INTO disposals (request, part, at)
    SELECT id, CAST(:part AS TEXT), CAST(:at AS TEXT) FROM requests WHERE id = :request
    ON CONFLICT (request, part) DO NOTHING"""
READ_PIECE = "SELECT content FROM pieces WHERE request = :request AND sha256 = :sha256 AND number = :number"


def hashed(secret: str) -> str:
    """Give what is kept of a secret (256 random bits), which nobody finds it by."""
    return hashlib.sha256(f"earkiv request {secret}".encode()).hexdigest()
