"""What the public may read, worked out anew from what was decided: knows nothing of the program's own standing.

A unit's words are public from the moment it is published by a decision that a releaser made of it as it is now, until
something closes it: a decision on it or on what it is in, one that withholds its number, or any new generation.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ingest.domain.access.decisions import Reference
from ingest.domain.access.levels import Level
from tests.canaries.trees import Json, Key, Tree
from tests.canaries.words import words_in
from tests.canaries.world import RELEASER, Wish

_ORDER = (Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The releaser's decision that a unit stands by."""

    level: Level
    stub: str
    is_numbered: bool


@dataclass(kw_only=True)
class Oracle:
    """What was decided of one package, and what of it was carried over and not closed since."""

    tree: Tree
    verdicts: dict[Key, Verdict] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    carried: dict[Key, frozenset[str]] = field(default_factory=dict)
    numbers: dict[Key, frozenset[str]] = field(default_factory=dict)
    unsure: set[Key] = field(default_factory=set)
    """Units that may have left with their number, since something beside them was hidden."""
    ever_numbered: set[Key] = field(default_factory=set)
    """Units that any decision has let be shown with their number."""

    def now(self) -> frozenset[str]:
        """Give every word that may be read now."""
        return frozenset().union(*self.carried.values(), *self.numbers.values())

    def must_be_read(self) -> frozenset[str]:
        """Give the words that a reader finds now."""
        return frozenset().union(*(words for key, words in self.carried.items() if key not in self.unsure))

    def became(self, tree: Tree) -> None:
        """Take note of a new generation: whatever is said otherwise of a unit was not in view when it was decided."""
        before, after = _views(self.tree), _views(tree)
        self.verdicts = {key: one for key, one in self.verdicts.items() if after.get(key) == before[key]}
        self.hidden &= after.keys()
        self.tree = tree
        self.carried.clear()
        self.numbers.clear()

    def decided(self, wish: Wish) -> None:
        """Take note of a decision: it closes what it names and all in it, and opens what it names if it is complete."""
        for key in _views(self.tree):
            if any(key[: len(named)] == named for named in wish.keys):
                self._close(key, wish.level)
        self._withhold_numbers(wish)
        if wish.by is RELEASER and not wish.is_stale:
            verdict = Verdict(level=wish.level, stub=wish.stub, is_numbered=wish.reference is Reference.SHOWN)
            for key in wish.keys:
                self.verdicts[key] = verdict
                self.hidden.discard(key)
        if wish.level is Level.HIDDEN:
            self.hidden.update(wish.keys)
            self.unsure |= {key for key in self.carried if self._is_beside_hidden(key)}
        self.numbers = {key: words for key, words in self.numbers.items() if not self._has_hidden_sibling(key)}

    def _withhold_numbers(self, wish: Wish) -> None:
        if wish.reference is Reference.SHOWN:
            self.ever_numbered.update(wish.keys)
            return
        for key in wish.keys:
            if key in self.verdicts:
                self.verdicts[key] = replace(self.verdicts[key], is_numbered=False)
            if key in self.ever_numbered:
                self.carried.pop(key, None)
                self.numbers.pop(key, None)

    def _close(self, key: Key, level: Level) -> None:
        standing = self.verdicts.get(key)
        if standing is not None and _ORDER.index(standing.level) < _ORDER.index(level):
            del self.verdicts[key]
        if level is not Level.PUBLIC:
            self.carried.pop(key, None)
            self.numbers.pop(key, None)
        if level is Level.HIDDEN:
            self.hidden.add(key)

    def published(self) -> None:
        """Take note that everything decided was carried over."""
        self.carried.clear()
        self.numbers.clear()
        self.unsure.clear()
        for key, unit in self.tree.units():
            verdict = self.verdicts.get(key)
            if verdict is None or verdict.level is Level.HIDDEN:
                continue
            self.carried[key] = (
                frozenset(words_in(verdict.stub.encode()))
                if verdict.level is Level.ON_REQUEST
                else frozenset(self._told(unit))
            )
            if verdict.is_numbered and verdict.level is Level.PUBLIC and not self._has_hidden_sibling(key):
                self.numbers[key] = frozenset(words_in((unit.get("number") or unit["id"]).encode()))

    def _is_beside_hidden(self, key: Key) -> bool:
        """Whether it or what it is in stands beside what is hidden: what is in a unit tells of that unit's number."""
        return any(self._has_hidden_sibling(key[:length]) for length in range(1, len(key) + 1))

    def _has_hidden_sibling(self, key: Key) -> bool:
        return len(key) > 1 and any(len(one) == len(key) and one[:-1] == key[:-1] for one in self.hidden)

    def _told(self, unit: Json) -> Iterator[str]:
        """Give the words that a public unit tells, with all that is in its documents."""
        meant = [one["text"] for one in unit.get("otherTitles", ()) if one["type"] == "public"]
        said = [meant[0] if meant else unit["title"], unit["type"], unit["description"]]
        said += [*unit["classification"].values(), *(document["name"] for document in unit["documents"])]
        said.append(self.tree.described["archivalCreator"]["name"])
        for text in said:
            yield from words_in(text.encode())
        for document in unit["documents"]:
            yield from words_in(self.tree.files[document["path"]])


def _views(tree: Tree) -> Mapping[Key, str]:
    """Write down all that there is to see of each unit."""
    package = {name: tree.described.get(name) for name in ("archivalCreator", "accessRestriction")}
    views: dict[Key, str] = {}
    own: dict[Key, Json] = {}
    for key, unit in tree.units():
        own[key] = {name: said for name, said in unit.items() if name not in {"parts", "records"}}
        over = [own[key[:length]] for length in range(1, len(key))]
        views[key] = json.dumps([unit, over, package], sort_keys=True)
    return views
