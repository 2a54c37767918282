"""What each lie about a file brings, by the place where the file is listed; no entry = that place cannot say it.

CSIP's own ids stand beside ours. EARKIV-CASE-5: the description names the file too; FGS-RA-6: so does Riksarkivet's
document; EARKIV-FIX-4: the file itself is listed by nothing any more; FGS-PKT-56: the link has lost its `file:///`;
FGS-PKT-60: the name is none that FGS allows; CSIP64: METS lists a folder that has gone with its only file.
"""

from collections.abc import Mapping
from typing import Final

from tests.lies import payload
from tests.lies.payload import Target, Told

_METS: Final = ("package METS", "representation METS")
_SIP: Final = ("sip.xml",)
_BARE: Final = ("bare ERMS",)
_PUSH: Final = ("case push",)
Outcomes = Mapping[str, frozenset[str]]


def _at(places: tuple[str, ...], *ids: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(places, frozenset(ids))


_OUT: Final[Outcomes] = {
    **_at(_METS, "EARKIV-FIX-6", "EARKIV-FIX-4", "CSIP79"),
    **_at(("eARD", *_PUSH), "EARKIV-FIX-6", "EARKIV-FIX-4"),
    **_at(_SIP, "EARKIV-FIX-6", "EARKIV-FIX-4", "FGS-PKT-56"),
    **_at(_BARE, "EARKIV-FIX-6"),
}
_CHANGED: Final[Outcomes] = {
    **_at(_METS, "EARKIV-FIX-1", "CSIP71"),
    **_at((*_SIP, *_PUSH), "EARKIV-FIX-1"),
    **_at(_BARE),  # It states neither digests nor sizes.
}
_CUT: Final[Outcomes] = {
    **_at(_METS, "EARKIV-FIX-1", "EARKIV-FIX-2", "CSIP69", "CSIP71"),
    **_at((*_SIP, *_PUSH), "EARKIV-FIX-1", "EARKIV-FIX-2"),
    **_at(_BARE),
}
LIES: Final[Mapping[Told, Outcomes]] = {
    payload.missing: {
        "package METS": frozenset({"EARKIV-FIX-3", "CSIP79", "CSIP64"}),
        "FGS 2.0, package METS": frozenset({"EARKIV-FIX-3", "CSIP79"}),
        "representation METS": frozenset({"EARKIV-FIX-3", "CSIP79", "EARKIV-CASE-5"}),
        "FGS 2.0, representation METS": frozenset({"EARKIV-FIX-3", "CSIP79", "EARKIV-CASE-5", "FGS-RA-6"}),
        **_at(_SIP, "EARKIV-FIX-3", "EARKIV-CASE-5"),
        **_at(_BARE, "EARKIV-CASE-5"),
        **_at(_PUSH, "EARKIV-FIX-3"),
    },
    payload.truncated: _CUT,
    payload.emptied: {place: ids | {"EARKIV-FMT-3"} for place, ids in _CUT.items()},
    payload.changed: _CHANGED,
    payload.other_digest: {place: ids for place, ids in _CHANGED.items() if ids},
    payload.impossible_digest: {
        **_at(_METS, "EARKIV-FIX-9", "CSIP71"),
        **_at(_SIP, "EARKIV-FIX-9"),
        **_at(_PUSH, "EARKIV-FIX-9", "EARKIV-CASE-9"),
    },
    payload.other_size: {**_at(_METS, "EARKIV-FIX-2", "CSIP69"), **_at((*_SIP, *_PUSH), "EARKIV-FIX-2")},
    payload.unlisted: {**_at((*_METS, *_SIP, *_PUSH), "EARKIV-FIX-4"), **_at(_BARE)},
    payload.doubled: _at((*_METS, *_SIP), "EARKIV-FIX-5"),
    payload.decomposed: {
        **_at((*_METS, *_BARE), "EARKIV-FIX-13"),
        **_at(_SIP, "EARKIV-FIX-13", "FGS-PKT-60"),
        **_at(_PUSH, "EARKIV-FIX-3", "EARKIV-FIX-4"),  # Our own JSON names files exactly.
    },
    payload.in_capitals: {
        **_at((*_METS, *_SIP, *_BARE), "EARKIV-FIX-12"),
        **_at(_PUSH, "EARKIV-FIX-3", "EARKIV-FIX-4"),
    },
    payload.out_of_the_package: _OUT,
    payload.absolute: _OUT,
    payload.elsewhere: _OUT,
    payload.to_nothing: {
        **_at(_METS, "EARKIV-FIX-3", "EARKIV-FIX-4", "CSIP79"),
        **_at((*_SIP, *_PUSH), "EARKIV-FIX-3", "EARKIV-FIX-4"),
        **_at(_BARE, "EARKIV-CASE-5"),
    },
    payload.backwards: {
        **_at((*_METS, *_SIP, *_BARE), "EARKIV-FIX-7"),
        **_at(_PUSH, "EARKIV-FIX-6", "EARKIV-FIX-4"),  # A backslash is no part of a path there.
    },
    payload.uncoded: _at(_METS, "EARKIV-FIX-14"),
}
"""For a dialect and a place, a place, or a dialect: the first of these that has an entry holds."""


def outcome(told: Told, target: Target) -> frozenset[str] | None:
    """Give every id that the lie brings, with what a correct package has for information; None = cannot be told."""
    outcomes = LIES[told]
    keys = (str(target), target.dialect.name, target.place)
    ids = next((outcomes[key] for key in keys if key in outcomes), None)
    return None if ids is None else ids | target.dialect.told
