"""What `doctor` says of the catalogue and of the deliveries in it that are not over: which wait, and for what."""

from collections.abc import Iterator

from earkiv.cli import texts, work_texts
from earkiv.cli.language import Voice
from earkiv.cli.quota_signs import quota_signs
from earkiv.cli.signs import Sign, State, said_of
from ingest.bootstrap import reading
from ingest.config import Settings
from ingest.domain.findings import Text
from ingest.domain.standing import NEEDS_SOMEBODY, OpenWork, Standing, standing_of
from ingest.errors import EarkivError, fault_named

_MOST_NAMED = 5


def catalogue_signs(settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Look whether the catalogue can be read, and at what is not over in it."""
    try:
        with reading(settings) as archive:
            count = len(archive.ports.catalogue.packages())
            open_work = archive.ports.catalogue.open_work()
            keys, quotas = archive.ports.catalogue.api_keys(), archive.ports.catalogue.quotas()
    except EarkivError as error:
        yield Sign(state=State.FAIL, text=voice(texts.CATALOGUE_FAULT).format(reason=said_of(error, voice)))
        return
    yield Sign(state=State.OK, text=voice(texts.CATALOGUE_FOUND).format(count=count))
    yield from work_signs(open_work, 60.0 * settings.stuck_minutes, voice)
    yield from quota_signs(keys, quotas, voice)


def work_signs(open_work: tuple[OpenWork, ...], patience_seconds: float, voice: Voice) -> Iterator[Sign]:
    """Tell of deliveries that somebody must do something for; when there are none, of how many are under way."""
    of: dict[Standing, list[OpenWork]] = {standing: [] for standing in Standing}
    for work in open_work:
        of[standing_of(work, patience_seconds)].append(work)
    for standing in NEEDS_SOMEBODY:
        if of[standing]:
            yield Sign(state=State.WARN, text=_hindered(standing, of[standing], voice))
    if of[Standing.HELD]:
        yield Sign(state=State.OK, text=voice(work_texts.HELD).format(count=len(of[Standing.HELD])))
    if not any(of[standing] for standing in NEEDS_SOMEBODY):
        count = len(open_work) - len(of[Standing.HELD])
        yield Sign(state=State.OK, text=voice(work_texts.NOTHING_HINDERED).format(count=count))


def _hindered(standing: Standing, deliveries: list[OpenWork], voice: Voice) -> str:
    ids = [work.delivery for work in deliveries]
    named = ", ".join(ids[:_MOST_NAMED]) + (" …" if len(ids) > _MOST_NAMED else "")
    minutes = round(max(work.still_seconds for work in deliveries) / 60)
    faults = "; ".join(dict.fromkeys(_remedied(work.fault, voice) for work in deliveries))
    return voice(work_texts.HINDERED[standing]).format(count=len(ids), ids=named, minutes=minutes, faults=faults)


def _remedied(name: str, voice: Voice) -> str:
    fault = fault_named(name)
    remedy = "" if fault is None else voice(Text(sv=fault.remedy_sv, en=fault.remedy_en))
    return f"{name}: {remedy}"
