"""The public index in a database. SQLite and PostgreSQL differ in how words are asked for, and in that alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from access.database import Query
from access.index import MOST_COUNTED, Found, Listed, Withdrawn, grouped_facets, ordered
from access.question import Question
from access.records import PublicRecord, read_record
from schemas.public_index import Facet
from schemas.public_store import INDEX_NAME, State

_ENTRY = "SELECT state, record, changed_at, text FROM entries WHERE id = :id"
_IS_LISTED = "SELECT 1 FROM entries WHERE id = :id AND state = 'listed'"
_LISTED_RECORD = "SELECT record FROM entries WHERE id = :id AND state = 'listed'"
_PARTS = """
    SELECT record FROM entries WHERE part_of = :id AND state = 'listed'
    ORDER BY coalesce({date}, '9999'), position LIMIT :limit OFFSET :offset"""
_COUNT_PARTS = "SELECT count(*) FROM entries WHERE part_of = :id AND state = 'listed'"
_NEWEST = """
    SELECT record FROM entries AS e WHERE state = 'listed' AND {level} = 'public' AND NOT EXISTS
      (SELECT 1 FROM entries AS case_of WHERE case_of.id = e.part_of AND case_of.state = 'listed')
    ORDER BY position DESC LIMIT :limit"""
_VALUES = "SELECT value, count(*) FROM facets WHERE facet = :facet GROUP BY value"
_LATEST = "SELECT value, (SELECT coalesce(max(position), 0) FROM entries) FROM layout WHERE name = :name"

_EVERYTHING = "SELECT position AS entry FROM entries WHERE state = 'listed' ORDER BY position DESC"
# One pass over the hits counts them and their facets; what they are worth is asked only where they are ranked.
_COUNTED = """
    WITH hits AS MATERIALIZED ({hits} LIMIT :most)
    SELECT '', '', count(*) FROM hits
    UNION ALL SELECT facet, value, count(*) FROM hits JOIN facets USING (entry) GROUP BY facet, value"""
_NUMBER = "SELECT count(*) FROM ({hits} LIMIT :most) AS hits"
_NEWEST_HITS = """
    SELECT e.record, e.changed_at, e.text
    FROM ({hits} LIMIT :limit OFFSET :offset) AS hits JOIN entries AS e ON e.position = hits.entry
    ORDER BY e.position DESC"""
_BEST_HITS = """
    SELECT e.record, e.changed_at, e.text
    FROM ({graded} ORDER BY grade, entry DESC LIMIT :limit OFFSET :offset) AS hits
    JOIN entries AS e ON e.position = hits.entry ORDER BY grade, e.position DESC"""


_State = tuple[Sequence[Any], ...]
"""The index's name and its last position: as long as they are the same, so is all that it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as one database understands it.

    `hits` gives `entry`, the newest first; `graded` gives `entry` and `grade`, the lower the better.
    """

    hits: str
    graded: str
    parameters: dict[str, object]


class Dialect(Protocol):
    """How one database is asked."""

    date: str
    level: str

    def asked(self, question: Question) -> Asked:
        """Write a question that has words or narrowings."""


class SqlIndex:
    """Asks the index through `query`; what was counted over the whole index is kept until the index changes."""

    def __init__(self, query: Query, dialect: Dialect) -> None:
        self._query = query
        self._dialect = dialect
        self._values: dict[Facet, tuple[_State, tuple[tuple[str, int], ...]]] = {}

    def entry(self, public_id: str) -> Listed | Withdrawn | None:
        """Give what is said of an id."""
        rows = self._query(_ENTRY, {"id": public_id})
        if not rows:
            return None
        state, record, changed_at, text = rows[0]
        if State(state) is State.WITHDRAWN:
            return Withdrawn(id=public_id, changed_at=changed_at)
        return Listed(record=read_record(record), changed_at=changed_at, text=text)

    def is_listed(self, public_id: str) -> bool:
        """Whether it may be shown at this moment."""
        return bool(self._query(_IS_LISTED, {"id": public_id}))

    def holds(self, public_id: str, sha256: str) -> bool:
        """Whether it may be shown at this moment with a document of that SHA-256 in it."""
        rows = self._query(_LISTED_RECORD, {"id": public_id})
        return any(document["sha256"] == sha256 for (record,) in rows for document in json.loads(record)["documents"])

    def parts_of(self, public_id: str, *, offset: int, limit: int) -> tuple[PublicRecord, ...]:
        """Give the listed records and parts of a case, in the order of their dates."""
        rows = self._query(_PARTS.format(date=self._dialect.date), {"id": public_id, "offset": offset, "limit": limit})
        return tuple(read_record(record) for (record,) in rows)

    def count_parts(self, public_id: str) -> int:
        """Count the listed records and parts of a case."""
        number: int = self._query(_COUNT_PARTS, {"id": public_id})[0][0]
        return number

    def newest(self, limit: int) -> tuple[PublicRecord, ...]:
        """Give what was listed last, the last first."""
        return tuple(
            read_record(record)
            for (record,) in self._query(_NEWEST.format(level=self._dialect.level), {"limit": limit})
        )

    def values_of(self, facet: Facet) -> tuple[tuple[str, int], ...]:
        """Give every value of a facet and how many records have it."""
        # Positions of an index made anew mean something else: its name belongs to them.
        latest = tuple(self._query(_LATEST, {"name": INDEX_NAME}))
        known = self._values.get(facet)
        if known is None or known[0] != latest:
            rows = self._query(_VALUES, {"facet": facet})
            known = (latest, ordered(facet, ((value, number) for value, number in rows)))
            self._values[facet] = known
        return known[1]

    def search(self, question: Question, *, offset: int, limit: int) -> Found:
        """Give a page of hits."""
        asked = self._asked(question)
        counted = _COUNTED.format(hits=asked.hits)
        (_, _, number), *facets = self._query(counted, {**asked.parameters, "most": MOST_COUNTED + 1})
        is_all = number <= MOST_COUNTED
        is_ranked = is_all and bool(question.terms)
        page = _BEST_HITS.format(graded=asked.graded) if is_ranked else _NEWEST_HITS.format(hits=asked.hits)
        rows = self._query(page, {**asked.parameters, "limit": limit, "offset": offset})
        return Found(
            hits=tuple(Listed(record=read_record(each[0]), changed_at=each[1], text=each[2]) for each in rows),
            number=min(number, MOST_COUNTED),
            is_all=is_all,
            facets=grouped_facets(facets),
        )

    def count(self, question: Question) -> int:
        """Count what a question finds, up to MOST_COUNTED."""
        asked = self._asked(question)
        number: int = self._query(_NUMBER.format(hits=asked.hits), {**asked.parameters, "most": MOST_COUNTED})[0][0]
        return number

    def _asked(self, question: Question) -> Asked:
        if question.terms or question.narrowed:
            return self._dialect.asked(question)
        return Asked(hits=_EVERYTHING, graded=_EVERYTHING, parameters={})
