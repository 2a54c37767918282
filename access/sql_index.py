"""The public index in a database. SQLite and PostgreSQL differ in how words are asked for, and in that alone."""

import json
from dataclasses import dataclass
from typing import Protocol

from access.database import Query
from access.index import MOST_COUNTED, MOST_WEIGHED, Found, Listed, Withdrawn, grouped_facets, ordered
from access.question import Question
from access.records import PublicRecord, read_record
from schemas.public_index import Facet
from schemas.public_store import State

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
_VALUES = "SELECT value, records FROM facet_values WHERE facet = :facet"

_EVERYTHING = "SELECT position AS entry FROM entries WHERE state = 'listed' ORDER BY position DESC"
# One pass over the hits counts them and their facets; what they are worth is asked only where they are ranked.
_COUNTED = """
    WITH hits AS MATERIALIZED ({hits} LIMIT :most),
      counted AS MATERIALIZED (SELECT number, count(*) AS hits FROM hits JOIN facets USING (entry) GROUP BY number)
    SELECT '', '', count(*) FROM hits
    UNION ALL SELECT facet, value, counted.hits FROM counted JOIN facet_values USING (number)"""
_NUMBER = "SELECT count(*) FROM ({hits} LIMIT :most) AS hits"
_NEWEST_HITS = """
    SELECT e.record, e.changed_at, e.text
    FROM ({hits} LIMIT :limit OFFSET :offset) AS hits JOIN entries AS e ON e.position = hits.entry
    ORDER BY e.position DESC"""
_BEST_HITS = """
    SELECT e.record, e.changed_at, e.text
    FROM ({graded} ORDER BY grade, entry DESC LIMIT :limit OFFSET :offset) AS hits
    JOIN entries AS e ON e.position = hits.entry ORDER BY grade, e.position DESC"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as one database understands it.

    `hits` gives `entry`, the newest first; `graded` gives `entry` and `grade`, the lower the better. Where grading
    reads more than the hits, `weighed` counts what it would read, at most :heavy of each part, and `graded_roughly`
    reads less.
    """

    hits: str
    graded: str
    graded_roughly: str
    weighed: str | None
    parameters: dict[str, object]


class Dialect(Protocol):
    """How one database is asked."""

    date: str
    level: str

    def asked(self, question: Question) -> Asked:
        """Write a question that has words or narrowings."""


class SqlIndex:
    """Asks the index through `query`."""

    def __init__(self, query: Query, dialect: Dialect) -> None:
        self._query = query
        self._dialect = dialect

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
        return ordered(facet, ((value, number) for value, number in self._query(_VALUES, {"facet": facet})))

    def search(self, question: Question, *, offset: int, limit: int) -> Found:
        """Give a page of hits."""
        asked = self._asked(question)
        counted = _COUNTED.format(hits=asked.hits)
        (_, _, number), *facets = self._query(counted, {**asked.parameters, "most": MOST_COUNTED + 1})
        is_all = number <= MOST_COUNTED
        is_ranked = is_all and number > 1 and bool(question.terms)
        page = _BEST_HITS.format(graded=self._graded(asked)) if is_ranked else _NEWEST_HITS.format(hits=asked.hits)
        rows = self._query(page, {**asked.parameters, "limit": limit, "offset": offset}) if number else ()
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

    def _graded(self, asked: Asked) -> str:
        """Choose how hits are ranked by what it costs."""
        if asked.weighed is None:
            return asked.graded
        ((read,),) = self._query(asked.weighed, {**asked.parameters, "heavy": MOST_WEIGHED})
        return asked.graded if read < MOST_WEIGHED else asked.graded_roughly

    def _asked(self, question: Question) -> Asked:
        if question.terms or question.narrowed:
            return self._dialect.asked(question)
        return Asked(hits=_EVERYTHING, graded=_EVERYTHING, graded_roughly=_EVERYTHING, weighed=None, parameters={})
