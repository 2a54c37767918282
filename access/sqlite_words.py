"""How SQLite's FTS5 is asked: the words of a question become a MATCH of stems that the program made."""

from collections.abc import Iterator

from access.question import Manner, Question, Term
from access.sql_index import Asked
from schemas.public_index import mark
from schemas.swedish_stems import plain

_EVERYWHERE = {Manner.STEMS: "{title stems}", Manner.PLAIN: "{title stems plain}"}
_MATCHED = "SELECT rowid AS entry FROM words WHERE words MATCH :match"
# What a hit is worth by bm25 is known only when every record with one of the words has been read, hit or not.
_BY_WORTH = "SELECT rowid AS entry, rank AS grade FROM words WHERE words MATCH :match"
_TITLE_FIRST = f"""
    SELECT entry, entry NOT IN (SELECT rowid FROM words WHERE words MATCH :titled) AS grade FROM ({_MATCHED})
    """  # noqa: S608 - made of constants alone


class SqliteWords:
    """FTS5; see Dialect."""

    date = "json_extract(record, '$.date')"
    level = "json_extract(record, '$.level')"

    def asked(self, question: Question) -> Asked:
        """See Dialect."""
        parts = [*(_condition(term, question.manner) for term in question.terms), *_marked(question)]
        parameters = {f"part{number}": part for number, part in enumerate(parts)}
        titled = [f'title: "{" ".join(_written(term, question.manner))}"' for term in question.terms]
        return Asked(
            hits=f"{_MATCHED} ORDER BY rowid DESC",
            graded=_BY_WORTH,
            graded_roughly=_TITLE_FIRST,
            # With one part, the hits are all there is to read.
            weighed=_weighed(list(parameters)) if len(parts) > 1 else None,
            parameters={"match": " AND ".join(parts), "titled": " AND ".join([*titled, *parts]), **parameters},
        )


def _weighed(names: list[str]) -> str:
    counted = (
        f"(SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH :{name} LIMIT :heavy))"  # noqa: S608 - a name of ours
        for name in names
    )
    return f"SELECT {' + '.join(counted)}"


def _marked(question: Question) -> Iterator[str]:
    return (f'marks: "{mark(facet, value)}"' for facet, value in question.narrowed)


def _condition(term: Term, manner: Manner) -> str:
    """Write one term. Stems are letters and digits, so that nothing in them can end the quotation."""
    last = " *" if term.is_open else ""
    return f'{_EVERYWHERE[manner]}: "{" ".join(_written(term, manner))}"{last}'


def _written(term: Term, manner: Manner) -> Iterator[str]:
    return (stem if manner is Manner.STEMS else plain(stem) for stem in term.stems)
