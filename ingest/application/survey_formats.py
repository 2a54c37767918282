"""What the format policy says of each format, and what the archive holds of it."""

from dataclasses import dataclass

from ingest.domain.format_policy import FormatRule
from ingest.domain.holdings import HeldFormat, summed
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedFormat:
    """A format by PUID (None = not recognised): its rule, and what is held of it; one of the two may be None."""

    puid: str | None
    rule: FormatRule | None
    held: HeldFormat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatSurvey:
    """The newest format policy's version (0 = none yet), and every format that it names or the archive holds."""

    policy: int
    formats: tuple[SurveyedFormat, ...]


def survey_formats(ports: Ports) -> FormatSurvey:
    """Survey the packages' current generations; formats by PUID, what is not recognised first."""
    policy = ports.catalogue.format_policy()
    rules = policy.by_puid if policy else {}
    held = _by_puid(summed(one for package in ports.catalogue.packages() for one in package.formats))
    named = sorted({*rules, *(puid for puid in held if puid)}, key=_in_order)
    puids: tuple[str | None, ...] = (*((None,) if None in held else ()), *named)
    return FormatSurvey(
        policy=policy.version if policy else 0,
        formats=tuple(SurveyedFormat(puid=p, rule=rules.get(p or ""), held=held.get(p)) for p in puids),
    )


def _by_puid(counts: tuple[HeldFormat, ...]) -> dict[str | None, HeldFormat]:
    """One count per PUID: another signature version may have had another name for the same format."""
    found: dict[str | None, HeldFormat] = {}
    for count in counts:
        before = found.get(count.puid)
        found[count.puid] = count if before is None else _added(before, count)
    return found


def _added(before: HeldFormat, count: HeldFormat) -> HeldFormat:
    return HeldFormat(
        puid=count.puid,
        name=count.name,
        version=count.version,
        originals=before.originals + count.originals,
        copies=before.copies + count.copies,
        bytes=before.bytes + count.bytes,
    )


def _in_order(puid: str) -> tuple[str, int, str]:
    family, _, number = puid.rpartition("/")
    return family, int(number) if number.isdigit() else 0, puid
