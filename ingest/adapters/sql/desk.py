"""What people look up at the desk."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, text

from ingest.adapters.sql.access_tables import restriction_ends
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import decoded, encoded, storable
from ingest.adapters.sql.tables import (
    DECIDED,
    deliveries,
    events,
    findings,
    indexed_packages,
    package_words,
    packages,
)
from ingest.domain.access.ended import EndedRestriction
from ingest.domain.access.units import UnitKey
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.lookups import DayCount, DeliveryWish, ListedDelivery, PackageWish, Place, Refusal, WordKind

_LAST: Final = "\U0010ffff"
_ANYWHERE: Final = (WordKind.CASE, WordKind.TITLE, WordKind.PARTY)
_ARCHIVED: Final = deliveries.c.state == DeliveryState.ARCHIVED.value
_REAL: Final = deliveries.c.trial.is_(False)
_NEWER, _OF_NEWER = packages.alias("newer"), deliveries.alias("of_newer")
_IS_CURRENT: Final = ~exists(
    select(_NEWER.c.package)
    .join(_OF_NEWER, _OF_NEWER.c.id == _NEWER.c.delivery)
    .where(
        _NEWER.c.package == packages.c.package,
        _NEWER.c.generation > packages.c.generation,
        _OF_NEWER.c.state == DeliveryState.ARCHIVED.value,
    )
)
_CURRENT: Final = (
    select(packages.c.body).join(deliveries, deliveries.c.id == packages.c.delivery).where(_ARCHIVED, _IS_CURRENT)
)
_STEP_SECONDS: Final = select(events.c.id, events.c.seconds).where(
    events.c.delivery == bindparam("delivery"), events.c.seconds.is_not(None)
)
_NEWEST_FIRST: Final = (packages.c.stored_at.desc(), packages.c.package.desc())
_BY_DAY: Final = (restriction_ends.c.ends, restriction_ends.c.package, restriction_ends.c.unit)
_UNINDEXED: Final = (
    _CURRENT.outerjoin(indexed_packages, indexed_packages.c.package == packages.c.package)
    .where(func.coalesce(indexed_packages.c.generation, 0) < packages.c.generation)
    .order_by(packages.c.stored_at, packages.c.package)
)


class SqlDesk:
    """Lists and figures for people."""

    _database: Database

    def deliveries_wished(self, wish: DeliveryWish, limit: int) -> tuple[ListedDelivery, ...]:
        """List deliveries, the last received first, at most `limit`."""
        asked = select(deliveries.c.body, deliveries.c.moved_at).where(*_wished(wish))
        asked = asked.order_by(deliveries.c.received_at.desc(), deliveries.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(asked).all()
        return tuple(ListedDelivery(delivery=decoded(body, Delivery), moved_at=moved) for body, moved in rows)

    def packages_wished(self, wish: PackageWish, limit: int) -> tuple[ArchivedPackage, ...]:
        """List archived packages' current generations, the last stored first, at most `limit`."""
        asked = _CURRENT.where(*self._packages(wish)).order_by(*_NEWEST_FIRST).limit(limit)
        with self._database.reading() as connection:
            bodies = connection.scalars(asked).all()
        return tuple(decoded(body, ArchivedPackage) for body in bodies)

    def _packages(self, wish: PackageWish) -> Iterable[ColumnElement[bool]]:
        if wish.producer:
            yield deliveries.c.producer == storable(wish.producer)
        if wish.reference:
            named = storable(wish.reference)
            yield or_(packages.c.package == named, deliveries.c.delivery == named, deliveries.c.id == named)
        if wish.after:
            yield _behind(wish.after, packages.c.stored_at, packages.c.package)
        for word in wish.anywhere:
            yield self._has_word(word, _ANYWHERE)
        for kind, word in wish.words:
            yield self._has_word(word, (kind,))

    def _has_word(self, beginning: str, kinds: tuple[WordKind, ...]) -> ColumnElement[bool]:
        """Find a word by how it begins, in the way that each database has an index for."""
        sought, word = storable(beginning), package_words.c.word
        if self._database.one_host:
            begins: ColumnElement[bool] = and_(word >= sought, word < sought + _LAST)
        else:
            begins = word.startswith(sought, autoescape=True)
        of = package_words.c.package == packages.c.package
        return exists(select(package_words.c.package).where(of, package_words.c.kind.in_(kinds), begins))

    def days(self, since: datetime) -> tuple[DayCount, ...]:
        """Count deliveries by day: those received, and those that came to a final state; tests are left out."""
        received, decided = func.date(deliveries.c.received_at), func.date(deliveries.c.moved_at)
        came = select(received, func.count()).where(deliveries.c.received_at >= since, _REAL).group_by(received)
        ended = (
            select(decided, deliveries.c.state, func.count())
            .where(text(DECIDED), deliveries.c.moved_at >= since, _REAL)
            .group_by(decided, deliveries.c.state)
        )
        with self._database.reading() as connection:
            counts = [(day, DeliveryState.RECEIVED, count) for day, count in connection.execute(came)]
            counts += [(day, DeliveryState(state), count) for day, state, count in connection.execute(ended)]
        return tuple(DayCount(day=_day(day), state=state, count=count) for day, state, count in counts)

    def lead_times(self, limit: int) -> tuple[float, ...]:
        """Give how many seconds the last archived deliveries took from received to archived, the last first."""
        asked = select(deliveries.c.received_at, deliveries.c.moved_at).where(
            text(DECIDED), _ARCHIVED, _REAL, deliveries.c.moved_at.is_not(None)
        )
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(deliveries.c.moved_at.desc()).limit(limit)).all()
        return tuple(max(0.0, (moved - received).total_seconds()) for received, moved in rows)

    def step_seconds(self, delivery_id: str) -> Mapping[str, float]:
        """Give how many seconds of work each step took, by the id of its first event; what is not known is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(_STEP_SECONDS, {"delivery": delivery_id})
            return {row.id: row.seconds for row in rows}

    def refusals(self, since: datetime, limit: int) -> tuple[Refusal, ...]:
        """List deliveries refused since then, the last first, at most `limit`; tests are left out."""
        refused = deliveries.c.state == DeliveryState.REJECTED.value
        asked = select(deliveries.c.id, deliveries.c.producer, deliveries.c.sender).where(
            text(DECIDED), refused, _REAL, deliveries.c.moved_at >= since
        )
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(deliveries.c.moved_at.desc()).limit(limit)).all()
            found = connection.execute(
                select(findings.c.delivery, findings.c.body)
                .where(findings.c.delivery.in_([row.id for row in rows]))
                .order_by(findings.c.delivery, findings.c.position)
            ).all()
        by_delivery: dict[str, list[Finding]] = {}
        for delivery, body in found:
            by_delivery.setdefault(delivery, []).append(decoded(body, Finding))
        return tuple(
            Refusal(producer=row.producer or row.sender or "", findings=tuple(by_delivery.get(row.id, ())))
            for row in rows
        )

    def unindexed_packages(self, limit: int) -> tuple[ArchivedPackage, ...]:
        """List packages whose current generation is found by no words yet, oldest first, at most `limit`."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_UNINDEXED.limit(limit)).all()
        return tuple(decoded(body, ArchivedPackage) for body in bodies)

    def index_package(
        self,
        package: str,
        generation: int,
        words: Iterable[tuple[WordKind, str]],
        ends: Iterable[EndedRestriction] = (),
    ) -> None:
        """Let a package be found by these words, its units by when their restrictions end; in place of those before."""
        days = [{"package": package, "unit": encoded(one.unit), "ends": one.ends} for one in ends]
        rows = [
            {"package": package, "kind": kind.value, "word": word}
            for kind, word in sorted({(kind, storable(word)) for kind, word in words})
        ]
        with self._database.writing() as connection:
            connection.execute(delete(package_words).where(package_words.c.package == package))
            connection.execute(delete(indexed_packages).where(indexed_packages.c.package == package))
            connection.execute(delete(restriction_ends).where(restriction_ends.c.package == package))
            if rows:
                connection.execute(self._database.insert_new(package_words), rows)
            if days:
                connection.execute(self._database.insert_new(restriction_ends), days)
            row = {"package": package, "generation": generation}
            connection.execute(self._database.insert_new(indexed_packages), row)

    def ended_restrictions(
        self, today: str, after: EndedRestriction | None, limit: int
    ) -> tuple[EndedRestriction, ...]:
        """List units whose restrictions ended before `today`, by day, package and unit; at most `limit`."""
        asked = select(restriction_ends).where(restriction_ends.c.ends < today)
        if after is not None:
            asked = asked.where(_later(after))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(*_BY_DAY).limit(limit)).all()
        return tuple(
            EndedRestriction(package=row.package, unit=decoded(row.unit, UnitKey), ends=row.ends) for row in rows
        )


def _later(than: EndedRestriction) -> ColumnElement[bool]:
    place = (storable(than.ends), storable(than.package), encoded(than.unit))
    (day, of, unit), (at, package, key) = _BY_DAY, place
    return or_(day > at, and_(day == at, or_(of > package, and_(of == package, unit > key))))


def _wished(wish: DeliveryWish) -> Iterable[ColumnElement[bool]]:
    if len(wish.trials) == 1:
        yield deliveries.c.trial.is_(next(iter(wish.trials)))
    if wish.states:
        yield deliveries.c.state.in_(sorted(wish.states))
    if wish.producer:
        named = storable(wish.producer)
        yield or_(deliveries.c.producer == named, deliveries.c.sender == named)
    if wish.reference:
        named = storable(wish.reference)
        yield or_(deliveries.c.id == named, deliveries.c.delivery == named)
    if wish.after:
        yield _behind(wish.after, deliveries.c.received_at, deliveries.c.id)


def _behind(place: Place, at: ColumnElement[datetime], named: ColumnElement[str]) -> ColumnElement[bool]:
    """Go on behind a place of a list that is newest first; the first half is what the index serves."""
    return and_(at <= place.at, or_(at < place.at, named < place.id))


def _day(said: Any) -> date:  # noqa: ANN401 - a text in SQLite, a date in PostgreSQL
    return said if isinstance(said, date) else date.fromisoformat(said)
