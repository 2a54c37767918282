"""`python -m benchmarks.search`: what a search in the reading room costs, in an index of a million records."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from access.app import reading_room
from access.database import SqliteQuery
from access.index import MOST_COUNTED
from access.language import Language
from access.pages.links import search_link
from access.question import Question
from access.settings import PublicSettings
from access.sql_index import SqlIndex
from access.sqlite_words import SqliteWords
from benchmarks.search_material import questions, write_index

_PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Milliseconds of processor time: the middle one, the 95th and 99th of a hundred, and the most."""

    p50: float
    p95: float
    p99: float
    most: float


@dataclass(kw_only=True)
class Spent:
    """What each kind of work took, each time."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def on(self, work: str, what: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        """Do it, and keep what it took."""
        began = time.process_time()
        answer = what()
        self.seconds.setdefault(work, []).append(time.process_time() - began)
        return answer

    def figures(self) -> dict[str, Figures]:
        """Give the figures of each kind of work."""
        return {work: _figures(sorted(taken)) for work, taken in self.seconds.items()}


def _figures(taken: Sequence[float]) -> Figures:
    p50, p95, p99 = (taken[min(len(taken) - 1, round(part * len(taken)))] * 1000 for part in (0.5, 0.95, 0.99))
    return Figures(p50=p50, p95=p95, p99=p99, most=taken[-1] * 1000)


class Timed:
    """The index's database, with the time of each statement by what it is for."""

    def __init__(self, query: SqliteQuery, spent: Spent) -> None:
        self._query = query
        self._spent = spent

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Ask; see Query."""
        rows: Sequence[Sequence[Any]] = self._spent.on(_work(statement), lambda: self._query(statement, parameters))
        return rows


def _work(statement: str) -> str:
    if "JOIN facets" in statement:
        return "count hits and facets"
    return "weigh the words" if ":heavy" in statement else "a page of hits"


def main() -> int:
    """Measure what the command line asks for."""
    asked = _parser().parse_args()
    with TemporaryDirectory(prefix="earkiv-search-", dir=asked.scratch) as scratch:
        path = asked.index or Path(scratch) / "index.sqlite"
        if not path.exists():
            sys.stderr.write(f"writing {asked.records} records …\n")
            write_index(path, asked.records, _told)
        measured = _measured(path, questions(asked.questions))
        measured["records"], measured["bytes"] = _records(path), path.stat().st_size
    Console(width=None if sys.stdout.isatty() else 120).print(_table(measured))
    if asked.json:
        asked.json.write_text(json.dumps(measured, indent=2, default=asdict) + "\n", encoding="utf-8")
    return 0


def _records(path: Path) -> int:
    ((number,),) = SqliteQuery(path)("SELECT count(*) FROM entries", {})
    return int(number)


def _told(written: int) -> None:
    sys.stderr.write(f"{written} …\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000, help="records in the index (default 1000000)")
    parser.add_argument("--questions", type=int, default=500, help="questions that are asked (default 500)")
    parser.add_argument("--index", type=Path, help="an index to keep: written if it is not there, else asked again")
    parser.add_argument("--scratch", type=Path, help="a folder for the index; some 4 GB for a million records")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def _measured(path: Path, asked: Sequence[Question]) -> dict[str, Any]:
    spent, numbers = Spent(), []
    room = reading_room(PublicSettings(store=path.parent, index=path))
    index = SqlIndex(Timed(SqliteQuery(path), spent), SqliteWords())
    for question in asked:
        found = spent.on("search (index)", lambda: index.search(question, offset=0, limit=_PER_PAGE))  # noqa: B023
        numbers.append(found.number)
        spent.on("whole page", lambda: _page(room, search_link(question, Language.SWEDISH)))  # noqa: B023
    return {
        "questions": len(asked),
        "without hits": sum(not number for number in numbers),
        f"{MOST_COUNTED} hits and more": sum(number >= MOST_COUNTED for number in numbers),
        "milliseconds": spent.figures(),
    }


def _page(room: Any, link: str) -> None:  # noqa: ANN401 - an ASGI application
    """Ask for a page as a server would, without one. Raises RuntimeError where it is not shown."""
    path, _, query = link.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    status: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    asyncio.run(room(scope, receive, send))
    if status != [200]:
        raise RuntimeError(f"{link} was answered by {status}")


def _table(measured: Mapping[str, Any]) -> Table:
    known = ", ".join(f"{name}: {value:,}" for name, value in measured.items() if isinstance(value, int))
    table = Table(title=f"search in the reading room, milliseconds of processor time; {known}")
    table.add_column("work")
    for heading in ("p50", "p95", "p99", "most"):
        table.add_column(heading, justify="right")
    for work, figures in measured["milliseconds"].items():
        table.add_row(work, f"{figures.p50:.1f}", f"{figures.p95:.1f}", f"{figures.p99:.1f}", f"{figures.most:.1f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
