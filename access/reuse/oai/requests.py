"""What is asked: arguments, read once, become a request or the errors of the protocol (OAI-PMH 2.0 §4)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from access.oai_identifiers import public_id
from access.reuse.dates import ALWAYS, Window
from access.reuse.oai.dates import window
from access.reuse.oai.errors import (
    BAD_TOKEN,
    UNKNOWN_FORMAT,
    UNKNOWN_IDENTIFIER,
    ErrorCode,
    OaiError,
    bad_argument,
)
from access.reuse.oai.formats import offered
from schemas.public_store import Form

_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.ASCII)
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+", re.ASCII)
_SET = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*", re.ASCII)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Verb(StrEnum):
    """The six verbs."""

    IDENTIFY = "Identify"
    LIST_METADATA_FORMATS = "ListMetadataFormats"
    LIST_SETS = "ListSets"
    GET_RECORD = "GetRecord"
    LIST_IDENTIFIERS = "ListIdentifiers"
    LIST_RECORDS = "ListRecords"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """Who the repository is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMetadataFormats:
    """Which formats there are, for all records or for the one with the public id `id`."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSets:
    """Which sets there are; all of them come in one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetRecord:
    """The record with the public id `id` in one format."""

    id: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """A page of a list: the records after position `after`.

    `delivered` records came before it, of a list of about `size` (None = not counted yet).
    """

    verb: Verb
    form: Form
    window: Window = ALWAYS
    set: str | None = None
    after: int = 0
    delivered: int = 0
    size: int | None = None

    def going_on(self, *, after: int, delivered: int, size: int) -> "Harvest":
        """Give the page that follows."""
        return replace(self, after=after, delivered=delivered, size=size)


Request = Identify | ListMetadataFormats | ListSets | GetRecord | Harvest
Arguments = Mapping[str, str]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that can be answered, and the arguments that the answer repeats."""

    request: Request
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """All that is wrong with a request; `arguments` is empty where they may not be repeated."""

    errors: tuple[OaiError, ...]
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What requests are read by: the repository's name in identifiers, who opens tokens, and the time."""

    repository: str
    resume: Callable[[str, datetime], Harvest | None]
    now: datetime


_ARGUMENTS: Mapping[Verb, tuple[frozenset[str], frozenset[str]]] = {  # required, allowed besides
    Verb.IDENTIFY: (frozenset(), frozenset()),
    Verb.LIST_METADATA_FORMATS: (frozenset(), frozenset({"identifier"})),
    Verb.LIST_SETS: (frozenset(), frozenset({"resumptionToken"})),
    Verb.GET_RECORD: (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    Verb.LIST_IDENTIFIERS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    Verb.LIST_RECORDS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
_RESUMED = (frozenset({"resumptionToken"}), frozenset[str]())
_SYNTAX: Mapping[str, re.Pattern[str]] = {"identifier": _URI, "metadataPrefix": _PREFIX, "set": _SET}
_BAD_VERB = OaiError(
    code=ErrorCode.BAD_VERB,
    sv="verb saknas, finns inte i protokollet eller står mer än en gång.",
    en="verb is missing, is not one of the protocol's, or is repeated.",
)


def read_request(pairs: Pairs, reading: Reading) -> Asked | Refused:
    """Read the arguments as they came, in any order; every fault of the arguments is told, not only the first."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in set(Verb):
        return Refused(errors=(_BAD_VERB,), arguments={})
    verb = Verb(verbs[0])
    faults = tuple(_faults(verb, pairs))
    if faults:
        return Refused(errors=faults, arguments={})
    arguments = dict(pairs)
    request = _request(verb, arguments, reading)
    if isinstance(request, OaiError):
        return Refused(errors=(request,), arguments={} if request.silences_arguments else arguments)
    return Asked(request=request, arguments=arguments)


def _faults(verb: Verb, pairs: Pairs) -> list[OaiError]:
    given = [name for name, _ in pairs if name != "verb"]
    resumed = "resumptionToken" in given and verb in {Verb.LIST_RECORDS, Verb.LIST_IDENTIFIERS}
    required, allowed = _RESUMED if resumed else _ARGUMENTS[verb]
    found = [_missing(name) for name in sorted(required - set(given))]
    if set(given) - required - allowed:
        found.append(_ALONE if resumed else _UNKNOWN)
    if len(given) > len(set(given)):
        found.append(_REPEATED)
    found += [_misspelt(name) for name, value in pairs if name in required | allowed and not _well_formed(name, value)]
    return found


def _well_formed(name: str, value: str) -> bool:
    syntax = _SYNTAX.get(name)
    return not _NO_XML.search(value) and (syntax is None or syntax.fullmatch(value) is not None)


def _request(verb: Verb, arguments: Arguments, reading: Reading) -> Request | OaiError:
    match verb:
        case Verb.IDENTIFY:
            return Identify()
        case Verb.LIST_METADATA_FORMATS:
            return _formats(arguments, reading)
        case Verb.LIST_SETS:
            return BAD_TOKEN if "resumptionToken" in arguments else ListSets()
        case Verb.GET_RECORD:
            return _record(arguments, reading)
        case Verb.LIST_IDENTIFIERS | Verb.LIST_RECORDS:
            return _resumed(verb, arguments, reading) if "resumptionToken" in arguments else _harvest(verb, arguments)


def _formats(arguments: Arguments, reading: Reading) -> ListMetadataFormats | OaiError:
    if "identifier" not in arguments:
        return ListMetadataFormats()
    known = public_id(arguments["identifier"], reading.repository)
    return UNKNOWN_IDENTIFIER if known is None else ListMetadataFormats(id=known)


def _record(arguments: Arguments, reading: Reading) -> GetRecord | OaiError:
    form = offered(arguments["metadataPrefix"])
    if form is None:
        return UNKNOWN_FORMAT
    known = public_id(arguments["identifier"], reading.repository)
    return UNKNOWN_IDENTIFIER if known is None else GetRecord(id=known, form=form)


def _harvest(verb: Verb, arguments: Arguments) -> Harvest | OaiError:
    dates = window(arguments.get("from"), arguments.get("until"))
    if isinstance(dates, OaiError):
        return dates
    form = offered(arguments["metadataPrefix"])
    if form is None:
        return UNKNOWN_FORMAT
    return Harvest(verb=verb, form=form, window=dates, set=arguments.get("set"))


def _resumed(verb: Verb, arguments: Arguments, reading: Reading) -> Harvest | OaiError:
    harvest = reading.resume(arguments["resumptionToken"], reading.now)
    return harvest if harvest is not None and harvest.verb is verb else BAD_TOKEN


def _missing(name: str) -> OaiError:
    return bad_argument(f"{name} saknas.", f"{name} is missing.")


def _misspelt(name: str) -> OaiError:
    return bad_argument(f"{name} har tecken som inte får finnas där.", f"{name} has characters that may not be there.")


_UNKNOWN = bad_argument("Verbet har inte alla dessa argument.", "The verb does not have all of these arguments.")
_REPEATED = bad_argument("Ett argument står mer än en gång.", "An argument is repeated.")
_ALONE = bad_argument("resumptionToken står ensamt med verb.", "resumptionToken stands alone with verb.")
