"""FGS Ärendehantering 1.0: what the schema cannot say of cases and records.

That a case is closed, that dates exist and that every file is found is EARKIV-CASE's.
"""

from collections.abc import Callable, Iterator

from ingest.domain.cases import Case, Record
from ingest.domain.documents import Document
from ingest.domain.findings import Location, Violation
from ingest.domain.references import paths_of
from ingest.domain.submissions import FGS_1, Reading
from ingest.rules.claims import case_documents
from ingest.rules.rule import Rule
from ingest.rules.streams import described_units, top_level
from ingest.rules.subjects import DescribedUnit, Judged

_OTHER_RESTRICTION, _SECRECY = "other_type", "confidential"
_OWN_RELATION = "own_relation_definition"
_UnitCheck = Callable[[DescribedUnit], Iterator[Location]]


def _blank(text: str | None) -> bool:
    return not (text or "").strip()


def unnamed_unit(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-10: no ArkivobjektID."""
    if _blank(described.unit.id):
        yield described.place()


def untitled_case(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-11: a case without Arendemening."""
    if isinstance(described.unit, Case) and _blank(described.unit.title):
        yield described.place()


def untold_record(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-12: a record with neither Rubrik nor Beskrivning."""
    unit = described.unit
    if isinstance(unit, Record) and _blank(unit.title) and _blank(unit.description):
        yield described.place()


def secrecy_without_ground(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-13: a mark of secrecy without Lagrum."""
    for restriction in described.unit.restrictions:
        if restriction.type == _SECRECY and _blank(restriction.regulation):
            yield described.place("Lagrum")


def disposal_without_time(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-14: may be disposed of, and nobody says when."""
    disposal = described.unit.disposal
    if disposal is not None and disposal.disposable and _blank(disposal.period) and not disposal.dates:
        yield described.place("GallringsFrist, GallringsPeriodSlut")


def disposal_without_mandate(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-15: may be disposed of, and nobody says by which decision."""
    disposal = described.unit.disposal
    if disposal is not None and disposal.disposable and _blank(disposal.mandate):
        yield described.place("GallringsForklaring")


def unsaid_other_kind(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-16: another kind of restriction or relation, and AnnanTyp does not say which."""
    unit = described.unit
    if any(r.type == _OTHER_RESTRICTION and _blank(r.other_type) for r in unit.restrictions):
        yield described.place("Restriktion/@AnnanTyp")
    if any(r.type == _OWN_RELATION and _blank(r.other_type) for r in unit.relations):
        yield described.place("Relation/@AnnanTyp")


def protected_identity(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-17: somebody's identity is protected; who it is stays unsaid here."""
    if any(party.protected_identity for party in described.unit.parties):
        yield described.place()


def empty_case(described: DescribedUnit) -> Iterator[Location]:
    """FGS-ARH-21: a case without records and files."""
    unit = described.unit
    if isinstance(unit, Case) and not (unit.records or unit.parts or unit.documents):
        yield described.place()


def outside_relation(judged: Judged) -> Iterator[Violation]:
    """FGS-ARH-18: a relation to something that is not in this delivery."""
    if judged.reading.submission.dialect not in FGS_1:
        return
    known: set[str] | None = None
    for described in described_units(judged.reading):
        for relation in described.unit.relations:
            known = _names(judged.reading) if known is None else known
            if relation.target.strip() not in known:
                yield Violation(rule="FGS-ARH-18", location=described.place(relation.target.strip()))


def _names(reading: Reading) -> set[str]:
    known: set[str] = set()
    for described in described_units(reading):
        unit = described.unit
        extra = (each.text for each in unit.extra_ids)
        known.update(name.strip() for name in (unit.id, unit.system_id or "", *extra))
    return known


def signed_document(judged: Judged) -> Iterator[Violation]:
    """FGS-ARH-19: a file with an electronic signature (Esignatur is Ja)."""
    if judged.reading.submission.dialect not in FGS_1:
        return
    for document, source in _documents(judged.reading):
        if document.e_signature:
            location = Location(file=source, line=document.line, value=document.link)
            yield Violation(rule="FGS-ARH-19", location=location)


def unattached_file(judged: Judged) -> Iterator[Violation]:
    """FGS-ARH-20: a listed file that describes nothing, and that no case or record names."""
    reading = judged.reading
    submission = reading.submission
    if submission.dialect not in FGS_1 or not (submission.cases or submission.records):
        return
    named = {document.path for document, _ in _documents(reading)} | set(reading.descriptors)
    whole = {attribute.text for attribute in submission.attributes if attribute.type == "Bilaga"}
    if named.union(whole).issuperset(path for path in paths_of(reading.references) if path is not None):
        return
    for reference in reading.references:
        if reference.path is not None and reference.path not in named and reference.path not in whole:
            location = Location(file=reference.source, line=reference.line, value=reference.path)
            yield Violation(rule="FGS-ARH-20", location=location)


def _documents(reading: Reading) -> Iterator[tuple[Document, str]]:
    for unit, source in top_level(reading):
        documents = case_documents(unit) if isinstance(unit, Case) else unit.documents
        yield from ((document, source) for document in documents)


def _of_units(rule: str, check: _UnitCheck) -> Rule[Judged]:
    def checked(judged: Judged) -> Iterator[Violation]:
        if judged.reading.submission.dialect not in FGS_1:
            return
        for described in described_units(judged.reading):
            for location in check(described):
                yield Violation(rule=rule, location=location)

    return Rule(id=rule, check=checked)


RULES: tuple[Rule[Judged], ...] = (
    _of_units("FGS-ARH-10", unnamed_unit),
    _of_units("FGS-ARH-11", untitled_case),
    _of_units("FGS-ARH-12", untold_record),
    _of_units("FGS-ARH-13", secrecy_without_ground),
    _of_units("FGS-ARH-14", disposal_without_time),
    _of_units("FGS-ARH-15", disposal_without_mandate),
    _of_units("FGS-ARH-16", unsaid_other_kind),
    _of_units("FGS-ARH-17", protected_identity),
    Rule(id="FGS-ARH-18", check=outside_relation),
    Rule(id="FGS-ARH-19", check=signed_document),
    Rule(id="FGS-ARH-20", check=unattached_file),
    _of_units("FGS-ARH-21", empty_case),
)
