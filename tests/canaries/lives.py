"""A life of one tree: random events, and after each a crawler that finds what may be read, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final

from starlette.types import ASGIApp

from access.app import reading_room
from access.settings import PublicSettings
from ingest.application.decide_access import InForce, OpensNothing
from ingest.application.publish_records import Published
from ingest.domain.access.decisions import Reference
from ingest.domain.access.levels import Level
from schemas.public_requests import REQUESTS_FILE, REQUESTS_FOLDER
from tests.canaries import crawler
from tests.canaries.crawler import Answer
from tests.canaries.oracle import Oracle
from tests.canaries.trees import Grower, Key
from tests.canaries.words import NOBODYS, Words, unknown_among, words_in
from tests.canaries.world import RELEASER, REVIEWER, Wish, World
from tests.fakes.public_book import PublicBook

NEVER: Final = "0" * 32
_ROOTS: Final = ("", "/en")
_SEARCHED: Final = 20
_TOKEN: Final = re.compile(rb'name="form" value="[0-9a-f]{64}"')
_TIMES: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EVENTS: Final = ("decide", "decide", "hide", "publish", "publish", "replace", "correct", "rebuild", "try")


class Life:
    """One tree in one archive; `met` counts what happened, so that a test can tell whether it proved anything."""

    def __init__(self, world: World, random: Random, met: Counter[str]) -> None:
        self._world = world
        self._random = random
        self._met = met
        self._words = Words(random)
        self._grower = Grower(random, self._words)
        self._shown: set[str] = set()
        self._oracle = Oracle(tree=self._grower.tree())
        self._app = room_of(world.folder)
        self.visited: set[str] = set()

    def live(self, events: int) -> None:
        """Hand the tree over, and let so many things happen to it."""
        self._world.deliver(self._oracle.tree, "NEW")
        self._look("handed over")
        self._decide(Level.PUBLIC)
        for event in ("publish", *self._random.choices(_EVENTS, k=events)):
            self._met[event] += 1
            self._happens(event)
            self._look(event)
        self._search()

    def _happens(self, event: str) -> None:
        match event:
            case "decide":
                self._decide(self._random.choice((Level.PUBLIC, Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN)))
            case "hide":
                self._hide()
            case "publish":
                answer = self._world.publish()
                assert isinstance(answer, Published), answer
                self._shown |= {unit.id for unit in answer.shown}
                self._oracle.published()
            case "replace":
                tree = self._grower.changed(self._oracle.tree)
                self._world.deliver(tree, "REPLACEMENT")
                self._oracle.became(tree)
            case "correct":
                told, tree = self._grower.correction(self._oracle.tree)
                self._world.correct(told, self._words.new())
                self._oracle.became(tree)
            case "rebuild":
                self._world.rebuild()
            case "try":
                self._world.deliver(self._grower.tree(), "TEST", f"TRY-{self._random.getrandbits(64)}")
            case _:
                raise AssertionError(event)

    def _hide(self) -> None:
        """Hide one unit, if there is such, beside one whose number is read: the gap would tell."""
        keys = [key for key, _ in self._oracle.tree.units()]
        numbered = self._oracle.numbers
        telling = [key for key in keys if len(key) > 1 and any(key[:-1] == one[:-1] for one in numbered if one != key)]
        self._met["hidden in a series"] += bool(telling)
        self._decide(Level.HIDDEN, (self._random.choice(telling or keys),))

    def _decide(self, level: Level, wanted: tuple[Key, ...] = ()) -> None:
        chance = self._random.random
        keys = tuple(key for key, _ in self._oracle.tree.units())
        few = self._random.sample(keys, self._random.randint(1, len(keys)))
        wish = Wish(
            keys=wanted or (keys if chance() < 0.3 else tuple(few)),
            level=level,
            by=RELEASER if chance() < 0.85 else REVIEWER,
            why=self._words.new(),
            stub=f"Handling {self._words.new()}",
            reference=self._random.choice(tuple(Reference)),
            is_stale=chance() < 0.1,
        )
        answer = self._world.decide(wish)
        assert isinstance(answer, InForce | OpensNothing), answer
        if isinstance(answer, InForce):
            self._oracle.decided(wish)

    def _look(self, event: str) -> None:
        """Crawl in one of the languages, and from there wherever links lead."""
        root, ids = self._random.choice(_ROOTS), self._world.ids()
        digests = tuple(document["sha256"] for _, unit in self._oracle.tree.units() for document in unit["documents"])
        some = self._random.sample(digests, min(2, len(digests)))
        seeds = (
            crawler.surfaces(root),
            crawler.open_data((*ids, NEVER)),
            crawler.of_ids(root, ids, ()),
            crawler.of_ids(root, self._random.sample(ids, min(2, len(ids))), some),
        )
        answers = crawler.visit(self._app, chain(*seeds))
        asked = self._request(root, self._random.choice((*ids, NEVER)), some)
        answers |= asked
        self.visited |= answers.keys()
        self._met.update(f"status {answer.status}" for answer in answers.values())
        found = {word for answer in answers.values() for word in words_in(answer.sent)} - {NOBODYS}
        allowed = self._oracle.now()
        leaked = unknown_among(found, allowed)
        assert not leaked, (event, leaked, [a.address for a in answers.values() if leaked & set(words_in(a.sent))])
        missing = self._oracle.must_be_read() - found
        assert not missing, (event, missing)
        self._met["read"] += len(allowed)
        self._met["numbers read"] += len(found & frozenset().union(*self._oracle.numbers.values()))
        self._look_for_hidden(root, set(ids) - self._shown, some)

    def _request(self, root: str, one: str, digests: list[str]) -> dict[str, Answer]:
        """Ask for something by the form, and read what comes of it behind the link."""
        sent = crawler.send(self._app, f"{root}/requests?about={one}", self._filled_in())
        harvested = crawler.send(self._app, "/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
        answers = {f"{each.address}#sent": each for each in (sent, harvested)}
        for link in (value.decode() for name, value in sent.headers if name == b"location"):
            self._met["requested"] += 1
            nobodys = "0" * 64
            files = (f"{place}/files/{digest}" for place in (link, f"{root}/requests/{nobodys}") for digest in digests)
            answers |= crawler.ask(self._app, (link, *files))
        return answers

    def _filled_in(self) -> dict[str, str]:
        return {"form": f"{self._random.getrandbits(256):064x}", "question": "Kartan över bryggan"}

    def _look_for_hidden(self, root: str, hidden: Iterable[str], digests: list[str]) -> None:
        """Compare every answer about what was never shown with that about an id that was never given."""
        asked = {one: _about(root, one, digests) for one in (NEVER, *sorted(hidden)[:2])}
        answers = crawler.ask(self._app, chain(*asked.values()))
        filled_in = self._filled_in()
        sent = {one: crawler.send(self._app, f"{root}/requests?about={one}", filled_in) for one in asked}
        alike = {
            one: _alike([*(answers[each] for each in addresses), sent[one]], one) for one, addresses in asked.items()
        }
        self._met["hidden asked for"] += len(alike) - 1
        assert all(told == alike[NEVER] for told in alike.values())

    def _search(self) -> None:
        """Search for words that are not public: each finds what a word finds that nobody wrote."""
        root, allowed = self._random.choice(_ROOTS), self._oracle.now()
        private = [word for word in self._words.given if word not in allowed]
        words = [NOBODYS, *self._random.sample(private, min(_SEARCHED, len(private)))]
        answers = crawler.ask(self._app, (f"{root}/search?q={word}" for word in words)).values()
        self._met["searched in vain"] += len(words)
        found = {answer.sent.replace(word.encode(), b"") for answer, word in zip(answers, words, strict=True)}
        assert len(found) == 1, words


def room_of(folder: Path) -> ASGIApp:
    """Open the reading room that lies in a folder."""
    public = folder / "public"
    book = PublicBook(path=public / REQUESTS_FOLDER / REQUESTS_FILE)
    if not book.path.exists():
        book.path.parent.mkdir(exist_ok=True)
        book.make()
    settings = PublicSettings(
        store=public / "store", index=public / "index.sqlite", requests=str(book.path), url=crawler.URL
    )
    return reading_room(settings)


def _about(root: str, one: str, digests: list[str]) -> tuple[str, ...]:
    data = (address for address in crawler.open_data((one,)) if one in address)
    return (*crawler.of_ids(root, (one,), digests), *data)


def _alike(answers: Iterable[Answer], one: str) -> list[tuple[int, list[bytes], bytes]]:
    """Give answers with the id that was asked for, the time, and the token of the form left out."""
    told = one.encode()
    return [
        (
            answer.status,
            [b": ".join(each) for each in answer.headers],
            _TOKEN.sub(b"", _TIMES.sub(b"", answer.body.replace(told, b""))),
        )
        for answer in answers
    ]
