"""How SQLite's FTS5 is asked: the words of a question become a MATCH of stems that the program made."""

from collections.abc import Iterator

from access.question import Manner, Question, Term
from access.sql_index import Asked
from schemas.public_index import mark
from schemas.swedish_stems import plain


class SqliteWords:
    """FTS5; see Dialect."""

    date = "json_extract(record, '$.date')"
    level = "json_extract(record, '$.level')"

    def asked(self, question: Question) -> Asked:
        """See Dialect."""
        matched = "FROM words WHERE words MATCH :match"
        return Asked(
            hits=f"SELECT rowid AS entry {matched} ORDER BY rowid DESC",
            graded=f"SELECT rowid AS entry, rank AS grade {matched}",
            parameters={"match": " AND ".join(_conditions(question))},
        )


def _conditions(question: Question) -> Iterator[str]:
    for term in question.terms:
        yield _condition(term, question.manner)
    for facet, value in question.narrowed:
        yield f'marks: "{mark(facet, value)}"'


def _condition(term: Term, manner: Manner) -> str:
    """Write one term. Stems are letters and digits, so that nothing in them can end the quotation."""
    last = " *" if term.is_open else ""
    if manner is Manner.STEMS:
        return f'stems: "{" ".join(term.stems)}"{last}'
    return f'{{stems plain}}: "{" ".join(plain(stem) for stem in term.stems)}"{last}'
