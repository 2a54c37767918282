"""What the format policy asks of a delivery's files, and what its findings are."""

from collections.abc import Iterator, Mapping

from ingest.domain.conformance import Conformity, conformity_of
from ingest.domain.conversions import Conversion, ConversionFault, Converted, NoCopy, NotConverted
from ingest.domain.findings import Location, Violation
from ingest.domain.format_policy import FormatPolicy, FormatRule, Standing, Target, When
from ingest.domain.packages import DigitalObject, NotScanned
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Use

_RULES = {
    ConversionFault.FAILED: "EARKIV-NRM-1",
    ConversionFault.TOOK_TOO_LONG: "EARKIV-NRM-1",
    ConversionFault.OUT_OF_BOUNDS: "EARKIV-NRM-1",
    ConversionFault.KILLED: "EARKIV-NRM-1",
    ConversionFault.NOT_TRIED: "EARKIV-NRM-1",
    ConversionFault.TOOL_MISSING: "EARKIV-NRM-2",
    ConversionFault.NOT_VALID: "EARKIV-NRM-3",
    ConversionFault.INFECTED: "EARKIV-NRM-6",
}


def wanted_copies(
    policy: FormatPolicy, objects: tuple[DigitalObject, ...]
) -> tuple[tuple[DigitalObject, FormatRule, Target], ...]:
    """Give every content file that is to be copied, with its rule and what it becomes; empty files are none."""
    rules, targets = policy.by_puid, policy.by_name
    planned = ((one, planned_copy(rules, one)) for one in objects)
    return tuple((one, rule, targets[rule.target]) for one, rule in planned if isinstance(rule, FormatRule))


def planned_copy(rules: Mapping[str, FormatRule] | None, one: DigitalObject) -> FormatRule | NoCopy:
    """Give the rule by which a file is to be copied, or why it is not; `rules` None = no copies are agreed upon."""
    if rules is None:
        return NoCopy.NOT_AGREED
    if one.place.use is not Use.CONTENT:
        return NoCopy.NO_CONTENT
    if not one.size:
        return NoCopy.EMPTY
    if one.format.puid is None:
        return NoCopy.UNKNOWN_FORMAT
    rule = rules.get(one.format.puid)
    if rule is None:
        return NoCopy.NO_RULE
    if not rule.target:
        return NoCopy.KEPT
    violates = conformity_of(one.conformances) is Conformity.VIOLATES
    return rule if rule.when is When.ALWAYS or violates else NoCopy.CONFORMS


def breaches_of_policy(
    policy: FormatPolicy | None, objects: tuple[DigitalObject, ...], conversions: tuple[Conversion, ...]
) -> Iterator[Violation]:
    """EARKIV-NRM-1 to 7: copies not made or not scanned, and formats that the policy does not accept."""
    paths = {one.ordinal: one.path for one in objects}
    for conversion in conversions:
        yield from _deviating(conversion, paths[conversion.ordinal])
    if policy is not None:
        rules = policy.by_puid
        for one in objects:
            rule = rules.get(one.format.puid or "") if one.place.use is Use.CONTENT else None
            if rule is not None:
                yield from _unwelcome(rule, Location(file=one.path, value=f"{rule.puid} {rule.name}"))


def _deviating(conversion: Conversion, source: PackagePath) -> Iterator[Violation]:
    match conversion.outcome:
        case NotConverted(reason=reason, detail=detail):
            said = ": ".join(part for part in (conversion.tool, str(reason), detail) if part)
            yield Violation(rule=_RULES[reason], location=Location(file=source), detail=said)
        case Converted(scan=NotScanned(reason=why)):
            copy = Location(file=source, value=conversion.aip_path)
            yield Violation(rule="EARKIV-NRM-7", location=copy, detail=why)
        case Converted():
            pass


def _unwelcome(rule: FormatRule, location: Location) -> Iterator[Violation]:
    if rule.preservation is Standing.NOT_ACCEPTABLE and not rule.target:
        yield Violation(rule="EARKIV-NRM-4", location=location)
    if rule.delivery is Standing.NOT_ACCEPTABLE:
        yield Violation(rule="EARKIV-NRM-5", location=location)
