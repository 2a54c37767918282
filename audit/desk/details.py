"""What the archive says of its own events, in Swedish too: they are written once, in English, and kept as they are.

What no sentence of ours answers to (a person's reason, words of a tool) is nobody's to translate, and stays.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from audit.desk.access_texts import LEVELS
from audit.desk.delivery_texts import RECEIPT_OUTCOMES
from audit.desk.terms import SEVERITIES
from ingest.domain.access.levels import Level

_LONGEST: Final = 4000
"""A longer one is hardly a sentence of ours, and nobody is to wait for it to be held against all of them."""
_KINDS: Final = MappingProxyType({"folder": "mapp", "push": "ärende över API:et", "case push": "ärende över API:et"})
_VERDICTS: Final = MappingProxyType(
    {"conforms": "följer", "violates": "bryter mot", "undecided": "gick inte att pröva mot"}
)
_SIGNED: Final = MappingProxyType(
    {"holds": "håller", "broken": "är bruten", "undecided": "gick inte att pröva", "not checked": "är inte prövad"}
)
_FAULTS: Final = MappingProxyType(
    {
        "tool missing": "verktyget saknas",
        "tool failed": "verktyget misslyckades",
        "took too long": "tog för lång tid",
        "went beyond its bounds": "gick utanför sina gränser",
        "result not valid": "resultatet är inte giltigt",
        "result infected": "resultatet är infekterat",
        "killed from outside": "avbröts utifrån",
        "not tried": "inte försökt",
    }
)
_REASONS: Final = MappingProxyType(
    {
        "no virus scanner is configured": "inget virusskydd är inställt",
        "no scan of it is recorded": "ingen sökning finns antecknad",
    }
)
_Words = Callable[[re.Match[str]], str]


def in_swedish(detail: str) -> str | None:
    """Give the Swedish form of an event's detail; None for one that is not ours to translate."""
    if len(detail) > _LONGEST:
        return None
    for pattern, words in _SENTENCES:
        if found := pattern.fullmatch(detail):
            return words(found)
    return None


def _term(words: Mapping[str, str], said: str) -> str:
    return words.get(said, said)


def _rules(found: re.Match[str]) -> str:
    return re.sub(r"\((\w+), (\d+)\)", lambda one: f"({_severity(one[1])}, {one[2]})", found[0])


def _severity(said: str) -> str:
    return SEVERITIES[said].sv if said in SEVERITIES else said


def _receipt(found: re.Match[str]) -> str:
    outcome = RECEIPT_OUTCOMES.get(found[1])
    return f"mottagningskvitto: {found[1] if outcome is None else outcome.sv}"


def _converted(found: re.Match[str]) -> str:
    return f"{found[1]} till {found[2]} enligt formatpolicyns version {found[3]}: {_outcome(found[4])}"


def _outcome(said: str) -> str:
    """Say what came of a conversion: verdicts one after the other, or why there is no copy."""
    reason, colon, rest = said.partition(": ")
    if reason in _FAULTS:
        return f"{_FAULTS[reason]}{colon}{rest}"
    return "; ".join(in_swedish(part) or part for part in said.split("; "))


def _not_copied(found: re.Match[str]) -> str:
    because = found[3]
    if because.endswith(" is not installed"):
        because = f"{because.removesuffix(' is not installed')} är inte installerat"
    return f"ingen kopia som {found[1]}, som formatpolicyns version {found[2]} vill ha: {_term(_FAULTS, because)}"


def _containers(found: re.Match[str]) -> str:
    faults = f", {found[3]} fel" if found[3] else ""
    return f"behållare öppnade och kontrollerade, inget i dem lagrat: {found[1]} behållare, {found[2]} filer{faults}"


def _signature(found: re.Match[str]) -> str:
    rest = found[5].replace("; signer ", "; undertecknad av ").replace("; stated time ", "; uppgiven tid ")
    return f"{found[1]}, underskrift {found[2]}: {found[3]}-underskriften {_term(_SIGNED, found[4])}{rest}"


def _disposal(found: re.Match[str]) -> str:
    said = found[3].replace("may be disposed of after", "får gallras efter").replace("to be preserved", "ska bevaras")
    return (
        f"gallringsregel i överenskommelsen {found[1]}, för {found[2]} ärenden och handlingar som inget säger: {said}"
    )


def _access(found: re.Match[str]) -> str:
    return f"{LEVELS[Level(found[1])].sv}: {found[2]}"


def _plain(swedish: str) -> _Words:
    return lambda found: swedish.format(*found.groups())


def _sentence(pattern: str, words: str | _Words) -> tuple[re.Pattern[str], _Words]:
    return re.compile(pattern, re.DOTALL), _plain(words) if isinstance(words, str) else words


_SENTENCES: Final[tuple[tuple[re.Pattern[str], _Words], ...]] = (
    _sentence(r"delivery received: ([\w -]*)", lambda found: f"leverans mottagen: {_term(_KINDS, found[1])}"),
    _sentence(r"([\w -]+) of (\d+) bytes, SHA-256 (\w*)", "{0} på {1} byte, SHA-256 {2}"),
    _sentence(r"SHA-256 computed while the bytes were received", "SHA-256 räknades medan filerna togs emot"),
    _sentence(r"identified", "formatet är känt"),
    _sentence(r"no PRONOM match", "formatet finns inte i PRONOM"),
    _sentence(
        r"sizes and digests compared with what the producer declared",
        "storlekar och kontrollsummor jämfördes med de uppgifter som följde med leveransen",
    ),
    _sentence(r"no findings", "inget att anmärka på"),
    _sentence(r"(?:[\w.-]+ \(\w+, \d+\)(?:, )?)+", _rules),
    _sentence(
        r"CSIP ([\d.]+) AIP with PREMIS (\d+) and CITS ERMS ([\d.]+)",
        "arkivpaket enligt CSIP {0} med PREMIS {1} och CITS ERMS {2}",
    ),
    _sentence(
        r"stored and read back in ([^;]*); inventory SHA-256 (\w+)",
        "lagrat och återläst i {0}; förteckningens SHA-256 {1}",
    ),
    _sentence(r"receipt: (\w+)", _receipt),
    _sentence(r"nothing found by (.*)", "inget hittat av {0}"),
    _sentence(r"(.*) found by (.*)", "{0} hittat av {1}"),
    _sentence(r"not scanned: (.*)", lambda found: f"inte genomsökt: {_term(_REASONS, found[1])}"),
    _sentence(
        r"(\d+) infected; the whole delivery is kept apart until a person discards it",
        "{0} infekterade; hela leveransen hålls avskild tills en person kastar den",
    ),
    _sentence(r"discarded from quarantine: (.*)", "kastad ur karantänen: {0}"),
    _sentence(r"(.*) to (\S+) under format policy version (\d+): (.*)", _converted),
    _sentence(r"identified as (\S+)", "känd som {0}"),
    _sentence(r"no copy as (\S+), wanted by format policy version (\d+): (.*)", _not_copied),
    _sentence(
        r"containers opened and checked, nothing of them stored: (\d+) containers, (\d+) files(?:, (\d+) faults)?",
        _containers,
    ),
    _sentence(
        r"(conforms|violates|undecided) (\S+) by (.*)",
        lambda found: f"{_VERDICTS[found[1]]} {found[2]} enligt {found[3]}",
    ),
    _sentence(r"(.*), signature (\d+): (\S+) signature (holds|broken|undecided|not checked)(.*)", _signature),
    _sentence(r"disposal default of agreement (.*), for (\d+) cases and records that state nothing: (.*)", _disposal),
    _sentence(
        r"accepted by a person, though held before (\w+): (.*)", "mottagen av en person, trots stopp före {0}: {1}"
    ),
    _sentence(r"refused by a person, held before (\w+): (.*)", "avvisad av en person, stoppad före {0}: {1}"),
    _sentence(
        r"the producer is asked; held before (\w+): (.*)",
        "den levererande organisationen är tillfrågad, stopp före {0}: {1}",
    ),
    _sentence(r"(public|on-request|hidden): (.*)", _access),
)
"""Every sentence that the archive writes of its own events; the first that fits is taken."""
