"""How PostgreSQL is asked: the words of a question become tsqueries of stems that the program made."""

from access.question import Manner, Question, Term
from access.sql_index import Asked
from schemas.public_index import mark
from schemas.swedish_stems import plain


class PostgresWords:
    """Vectors that the program gave; see Dialect."""

    date = "CAST(record AS json) ->> 'date'"
    level = "CAST(record AS json) ->> 'level'"

    def asked(self, question: Question) -> Asked:
        """See Dialect."""
        terms = {f"term{number}": _term(term, question.manner) for number, term in enumerate(question.terms)}
        marks = {f"mark{number}": f"'{mark(*each)}'" for number, each in enumerate(question.narrowed)}
        columns = ("stems",) if question.manner is Manner.STEMS else ("stems", "plain")
        conditions = [_any_of(columns, name) for name in terms] + [_any_of(("marks",), name) for name in marks]
        matched = f"FROM words WHERE {' AND '.join(conditions)}"
        every = " & ".join(terms.values())
        # It reads the hits alone, and of what stands in the title it makes most.
        graded = f"SELECT entry, -ts_rank(stems, CAST(:every AS tsquery)) AS grade {matched}"
        return Asked(
            hits=f"SELECT entry {matched} ORDER BY entry DESC",
            graded=graded,
            graded_roughly=graded,
            weighed=None,
            parameters={**terms, **marks, "every": every},
        )


def _any_of(columns: tuple[str, ...], name: str) -> str:
    return "(" + " OR ".join(f"{column} @@ CAST(:{name} AS tsquery)" for column in columns) + ")"


def _term(term: Term, manner: Manner) -> str:
    """Write one term. Stems are letters and digits, so that nothing in them can end the quotation."""
    words = [f"'{each if manner is Manner.STEMS else plain(each)}'" for each in term.stems]
    return f"({' <-> '.join(words)}{':*' if term.is_open else ''})"
