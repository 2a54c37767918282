"""Cases as they may come: all texts that XML can carry, awkward ones often, and words in and out of vocabularies."""

from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import (
    Additional,
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    OwnElement,
    Party,
    Relation,
    Restriction,
    TypedDate,
    TypedText,
)
from ingest.domain.documents import Document
from ingest.domain.fixity import DeclaredDigest
from ingest.formats.writing import erms_terms as terms

# Not XML: surrogates, control characters but for these three, and two noncharacters.
_CONTROLS = "".join(map(chr, range(0x20))).translate({9: None, 10: None, 13: None})
_characters = st.characters(codec="utf-8", exclude_characters=_CONTROLS + "\ufffe\uffff")
_awkward = st.sampled_from(list("<>&\"'\t\n\r ]%#?åäöé\u0085\u2028\u00ad\U0001f5c4"))

xml_texts = st.text(st.one_of(_awkward, _characters), max_size=12)

_Of = TypeVar("_Of")
_maybe = st.none() | xml_texts
_flags = st.none() | st.booleans()


def _some(one: st.SearchStrategy[_Of]) -> st.SearchStrategy[tuple[_Of, ...]]:
    return st.lists(one, max_size=2).map(tuple)


def _word(known: terms.Vocabulary) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(known.terms)) | xml_texts


def _fields(kind: type[_Of], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[_Of]:
    return st.fixed_dictionaries({}, optional=parts).flatmap(lambda said: st.just(_made(kind, said)))


def _made(kind: type[_Of], said: Mapping[str, Any]) -> _Of:
    return kind(**said)


_moments = st.sampled_from(
    ["2021", "2021-06", "2021-06-01", "2021-06-01T10:11:12", "2021-06-01T10:11:12.5+02:00", "2021-13-45", ""]
)
dates = st.builds(
    lambda kind, raw, other: TypedDate(type=kind, raw=raw, value=parse_date(raw), other_type=other),
    _word(terms.DATE_TYPES),
    _moments | xml_texts,
    _maybe,
)
disposal_dates = st.builds(
    lambda kind, raw: TypedDate(type=kind, raw=raw, value=parse_date(raw)),
    _word(terms.DISPOSAL_DATE_TYPES),
    _moments,
)
notes = st.builds(Note, text=xml_texts, type=_maybe, date=st.none() | _moments | xml_texts)


def _typed(known: terms.Vocabulary) -> st.SearchStrategy[TypedText]:
    return st.builds(TypedText, type=_word(known), text=xml_texts, other_type=_maybe)


parties = st.builds(
    Party,
    type=_word(terms.AGENT_TYPES),
    name=_maybe,
    other_type=_maybe,
    organisation=_maybe,
    unit=_maybe,
    role=_maybe,
    id_number=_maybe,
    id_number_type=_maybe,
    addresses=_some(_typed(terms.ADDRESS_TYPES)),
    contacts=_some(_typed(terms.CONTACT_TYPES)),
    protected_identity=_flags,
    notes=_some(notes),
)
restrictions = st.builds(
    Restriction,
    type=_word(terms.RESTRICTION_TYPES),
    other_type=_maybe,
    regulation=_maybe,
    explanatory_text=_maybe,
    information_class=_maybe,
    security_class=_maybe,
    starts=st.none() | dates,
    ends=st.none() | dates,
    other_dates=_some(dates),
    durations=_some(xml_texts),
    agents=_some(parties),
)
disposals = st.builds(
    Disposal,
    disposable=st.booleans(),
    action=_maybe,
    period=_maybe,
    mandate=_maybe,
    description=_maybe,
    schedule_id=_maybe,
    comments=_some(xml_texts),
    dates=_some(disposal_dates),
)
classifications = st.builds(
    Classification,
    code=_maybe,
    title=_maybe,
    scheme=_maybe,
    version=_maybe,
    id=_maybe,
    qualified_code=_maybe,
)
_leaves = st.builds(OwnElement, name=xml_texts, value=_maybe, type=_maybe, format=_maybe)
own_elements = st.recursive(
    _leaves,
    lambda inner: st.builds(OwnElement, name=xml_texts, value=_maybe, type=_maybe, elements=_some(inner)),
    max_leaves=4,
)
_foreign = st.sampled_from(
    ['<f:Fastighet xmlns:f="urn:f" nr="1">Exemplet 1:1</f:Fastighet>', "<a><b></b> <!-- c --></a>"]
)
additions = st.builds(Additional, own_elements=_some(own_elements), xml=_some(_foreign | st.just("<a/>") | xml_texts))
documents = st.builds(
    Document,
    name=xml_texts,
    link=xml_texts,
    description=_maybe,
    size=st.none() | st.integers(min_value=0, max_value=2**40),
    mime_type=_maybe,
    character_set=_maybe,
    digest=st.none() | st.builds(DeclaredDigest, algorithm_name=xml_texts, value=xml_texts),
    file_format=_maybe,
    original_file_format=_maybe,
    schema_uri=_maybe,
    e_signature=_flags,
    preserve=_flags,
    disposable=_flags,
    version=_maybe,
    variant=_maybe,
)

_described: dict[str, st.SearchStrategy[Any]] = {
    "system_id": _maybe,
    "title": _maybe,
    "other_titles": _some(st.builds(TypedText, type=xml_texts, text=xml_texts, other_type=_maybe)),
    "type": _maybe,
    "status": st.none() | _word(terms.STATUSES),
    "description": _maybe,
    "information_class": _maybe,
    "security_class": _maybe,
    "extra_ids": _some(st.builds(ExtraId, type=xml_texts, text=xml_texts)),
    "identifications": _some(st.builds(IdText, type=xml_texts, text=xml_texts)),
    "classifications": _some(classifications),
    "keywords": _some(xml_texts),
    "subjects": _some(xml_texts),
    "relations": _some(st.builds(Relation, type=_word(terms.RELATION_TYPES), target=xml_texts, other_type=_maybe)),
    "restrictions": _some(restrictions),
    "disposal": st.none() | disposals,
    "parties": _some(parties),
    "dates": _some(dates),
    "access": _maybe,
    "archival_history": _some(xml_texts),
    "dispatch_mode": _maybe,
    "level_name": _maybe,
    "parent_id": _maybe,
    "locations": _some(xml_texts),
    "notes": _some(notes),
    "additional": additions,
    "documents": _some(documents),
}
_record = {
    "number": st.none() | st.sampled_from(["1", "007", "-3"]) | xml_texts,
    "direction": st.none() | _word(terms.DIRECTIONS),
    "physical_or_digital": st.none() | _word(terms.CARRIERS) | st.just("physical_and_digital"),
}
_case = {"aggregation_type": _word(terms.AGGREGATION_TYPES), "other_aggregation_type": _maybe}


def _with_id(parts: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"id": xml_texts}, optional=dict(parts))


records = _with_id({**_described, **_record}).map(lambda said: Record(**said))
_simple_cases = _with_id({**_described, **_case, "records": _some(records)}).map(lambda said: Case(**said))
cases = _simple_cases | _with_id({**_case, "parts": _some(_simple_cases)}).map(lambda said: Case(**said))
