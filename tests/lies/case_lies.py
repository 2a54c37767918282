"""The lies about cases that every dialect can tell, each in the words of ERMS, of FGS Ärendehantering and of our JSON.

Consequences: EARKIV-XML-4 = the schema of ERMS 3.0 asks it too; FGS-ARH-20 = a document of the package that no record
has any more; ERMS209 and ERMS239 = ERMS has an id of its own for it.
"""

from dataclasses import replace
from typing import Final

from tests.lies.dialects import BARE_ERMS, CASE_PUSH, EARD, EARK, FGS_1, FGS_2_0, Dialect
from tests.lies.mets_lies import Lie, lie

BY_SCHEMA: Final = {"v3_0": "EARKIV-XML-4"}
ERMS: Final = (*EARK, FGS_2_0, BARE_ERMS)

_CLOSED: Final = '(<erms:date dateType="closed">)[^<]*'
_STATUS: Final = '(<erms:aggregation .*?<erms:status value=")closed'
OF_ERMS: Final[tuple[Lie, ...]] = (
    lie("EARKIV-CASE-1", _STATUS, r"\1open"),
    lie("EARKIV-CASE-1", r'(<erms:aggregation .*?)<erms:status value="closed" />', r"\1"),
    lie("EARKIV-CASE-2", '<erms:date dateType="closed">[^<]*</erms:date>', ""),
    lie("EARKIV-CASE-3", _CLOSED, r"\g<1>2025-02-30T00:00:00", **BY_SCHEMA),
    lie("EARKIV-CASE-4", _CLOSED, r"\g<1>1999-10-20T00:00:00"),
    lie("EARKIV-CASE-9", _STATUS, r"\1Avslutat", "ERMS239", **BY_SCHEMA),
    lie(
        "EARKIV-CASE-10",
        '(<erms:aggregation systemIdentifier="([^"]*)".*?<erms:record systemIdentifier=")[^"]*',
        r"\1\2",
    ),
    lie("EARKIV-ERMS-4", r"(?=<erms:disposal )", '<erms:relation relationType="reference">UN 1999/1</erms:relation>'),
    lie(
        "EARKIV-ERMS-9",
        "<erms:title>[^<]*</erms:title>(.*?)<erms:description>[^<]*</erms:description>",
        r"\1",
        "ERMS209",
    ),
    lie("EARKIV-ERMS-12", "<erms:record .*</erms:record>", ""),
    lie("ERMS4", "<erms:classificationSchema .*?</erms:classificationSchema>", ""),
    lie("EARKIV-XML-1", "</erms:control>", ""),
    lie("EARKIV-XML-2", "(?=<erms:erms)", '<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/hostname">]>'),
    lie("EARKIV-XML-3", "(?=<erms:aggregations>)", "<x>" * 300 + "</x>" * 300),
    lie("EARKIV-XML-4", "(?=<erms:aggregations>)", "<erms:svar/>", of="3.0"),
    lie("EARKIV-XML-4", "<erms:aggregations>.*</erms:aggregations>", "<erms:records/>", of="3.0"),
)
OF_FGS: Final[tuple[Lie, ...]] = (
    lie("EARKIV-CASE-1", "(<fgs:StatusArande>)[^<]*", r"\1Öppet"),
    lie("EARKIV-CASE-1", "<fgs:StatusArande>[^<]*</fgs:StatusArande>", ""),
    lie("EARKIV-CASE-2", "<fgs:Avslutat>[^<]*</fgs:Avslutat>", ""),
    lie("EARKIV-CASE-3", "(<fgs:Avslutat>)[^<]*", r"\g<1>2026-02-30"),
    lie("EARKIV-CASE-4", "(<fgs:Avslutat>)[^<]*", r"\g<1>1999-03-27"),
    lie("EARKIV-CASE-10", "(<fgs:ArkivobjektHandling [^>]*>[^<]*<fgs:ArkivobjektID>[^<]*)2<", r"\g<1>1<"),
    lie("EARKIV-CASE-10", '(Arende Systemidentifierare="([^"]*)".*?Handling Systemidentifierare=")[^"]*', r"\1\2"),
    lie("EARKIV-CASE-12", ' Checksumma="[^"]*"', ""),
    lie("EARKIV-CASE-13", 'ChecksummaMetod="SHA-256"', 'ChecksummaMetod="sha256"'),
    lie("EARKIV-FIX-8", 'ChecksummaMetod="SHA-256"', 'ChecksummaMetod="WHIRLPOOL"'),
    lie("EARKIV-FIX-9", ' Checksumma="[^"]*"', ' Checksumma="saknas"'),
    lie("EARKIV-FIX-1", '( Checksumma=")(..)(..)', r"\1\3\2"),
    lie("EARKIV-FIX-2", ' Storlek="[^"]*"', ' Storlek="17"'),
    lie("EARKIV-CASE-5", 'Lank="[^"]*"', 'Lank="borta.pdf"', "FGS-ARH-20"),
    lie("EARKIV-FIX-6", 'Lank="[^"]*"', 'Lank="../../../borta.pdf"', "FGS-ARH-20"),
    lie("EARKIV-XML-1", "</fgs:ArkivbildarStruktur>", ""),
    lie("EARKIV-XML-2", "(?=<fgs:Leveransobjekt)", '<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/hostname">]>'),
    lie("EARKIV-XML-3", "(?=<fgs:ArkivobjektListaArenden)", "<x>" * 300 + "</x>" * 300),
    lie("EARKIV-XML-4", "(?<=<fgs:Lopnummer>)1", "ett"),
)
OF_JSON: Final[tuple[Lie, ...]] = (
    lie("EARKIV-CASE-1", '"status": "closed"', '"status": "open"'),
    lie("EARKIV-CASE-7", '"status": "closed",', ""),
    lie("EARKIV-CASE-7", '"title": "[^"]*"', '"title": ""'),
    lie("EARKIV-CASE-7", '"closed": "[^"]*",', ""),
    lie("EARKIV-CASE-3", '"closed": "[^"]*"', '"closed": "2025-02-30"'),
    lie("EARKIV-CASE-4", '"closed": "[^"]*"', '"closed": "1999-10-20"'),
    lie("EARKIV-CASE-8", '"title": "', '"heading": "x", "title": "'),
    lie("EARKIV-CASE-9", '"status": "closed"', '"status": "Avslutat"'),
    lie("EARKIV-CASE-9", '"recordStatus": "NEW"', '"recordStatus": "FRESH"', "EARKIV-DLV-3"),
    lie("EARKIV-CASE-9", '"size": 422', '"size": "422"'),
    lie("EARKIV-CASE-10", '"id": "UN 2025/0482-2"', '"id": "UN 2025/0482-1"'),
    lie("EARKIV-DLV-2", '"recordStatus": "NEW"', '"recordStatus": "SUPPLEMENT"'),
    lie("EARKIV-DLV-3", '"recordStatus": "NEW"', '"recordStatus": "OTHER"'),
    lie("EARKIV-PKG-1", r"\{", "{{"),
)
BARE_FGS: Final = tuple(
    replace(one, pattern=one.pattern.replace("fgs:", ""), said=one.said.replace("fgs:", "")) for one in OF_FGS
)
"""The same in words without a namespace, as the draft of 2013 has them."""
TOLD: Final[tuple[tuple[Dialect, Lie], ...]] = (
    *((dialect, one) for dialect in ERMS for one in OF_ERMS if one.is_told_of(dialect)),
    *((dialect, one) for dialect in FGS_1 for one in OF_FGS),
    *((EARD, one) for one in BARE_FGS),
    *((CASE_PUSH, one) for one in OF_JSON),
)
