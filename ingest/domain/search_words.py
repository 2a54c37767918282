"""The words that a package is found by: of its cases, parties, dates, findings and formats, each in one spelling."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ingest.domain.cases import Case, Described, all_records
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.lookups import WordKind
from ingest.domain.submissions import Submission

MOST_WORDS = 5000
"""So many words at most lead to one package: those of its cases come before those of their records."""
_WORD = re.compile(r"[^\W_]+(?:[-:/.][^\W_]+)*")
_LONGEST = 80

Word = tuple[WordKind, str]


def folded(text: str) -> Iterator[str]:
    """Give the words of a text as they are compared: `EXN 2021/17` is `exn` and `2021/17`."""
    normal = unicodedata.normalize("NFC", text).casefold()
    return (found[:_LONGEST] for found in _WORD.findall(normal))


def words_of(submission: Submission | None, rules: Iterable[str], package: ArchivedPackage) -> list[Word]:
    """Give all words that lead to a package, each once, those that say most first, at most `MOST_WORDS`.

    Without a submission, it is found by what the catalogue knows.
    """
    said = (
        (WordKind.TITLE, package.title),
        (WordKind.CASE, package.delivery),
        *((WordKind.RULE, rule) for rule in rules),
        *((WordKind.PUID, held.puid or "") for held in package.formats),
        *(_of_submission(submission) if submission else ()),
    )
    return list(dict.fromkeys((kind, word) for kind, text in said for word in folded(text)))[:MOST_WORDS]


def _of_submission(submission: Submission) -> Iterator[Word]:
    yield WordKind.PREVIOUS, submission.previous_package or ""
    for case in submission.cases:
        yield from _of_case(case)
    records = [record for case in submission.cases for record in all_records(case)]
    for record in (*records, *submission.records):
        yield from _of_described(record)


def _of_case(case: Case) -> Iterator[Word]:
    yield from _of_described(case)
    for part in case.parts:
        yield from _of_case(part)


def _of_described(one: Described) -> Iterator[Word]:
    yield WordKind.CASE, one.id
    yield from ((WordKind.CASE, extra.text) for extra in one.extra_ids)
    yield WordKind.TITLE, one.title or ""
    yield from ((WordKind.TITLE, title.text) for title in one.other_titles)
    for party in one.parties:
        yield WordKind.PARTY, party.name or ""
        yield WordKind.PARTY, party.organisation or ""
    yield from ((WordKind.DATE, date.raw) for date in one.dates)
    yield WordKind.STATUS, one.status or ""
