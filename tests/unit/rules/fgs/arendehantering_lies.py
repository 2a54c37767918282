"""The lies about cases in FGS Ärendehantering 1.0, by the rule that each breaks.

Consequences: EARKIV-XML-4 = the schema misses the element where the next one stands, EARKIV-CASE-2 = an empty
Avslutat is none, EARKIV-FIX-2 = the file has another size than the one stated.
"""

from typing import Final

from tests.unit.rules.fgs.lies import Lie, arh

RESTRICTED: Final = "<fgs:Restriktion{}>{}</fgs:Restriktion><fgs:Motpart>"
RELATED: Final = '<fgs:ArendeRelation Typ="{}">{}</fgs:ArendeRelation><fgs:Skapad>'
RECORDS: Final = "<fgs:ArkivobjektListaHandlingar>"
TITLE: Final = "(<fgs:Rubrik>)[^<]*"
GROUND: Final = "<fgs:Lagrum>OSL 21 kap. 3 §</fgs:Lagrum>"
SECRECY: Final = ' Typ="Sekretess"'
DISPOSAL: Final = r'Gallras="false">(\s*<fgs:GallringsForklaring>[^<]*</fgs:GallringsForklaring>)\s*<[^<]*</[^>]*>'

LIES: Final[tuple[Lie, ...]] = (
    arh(1, "(?<=<)fgs:|(?<=</)fgs:", "", times=0),
    arh(2, RECORDS, f"<fgs:Fastighet><fgs:Namn>EXEMPLET 1:12</fgs:Namn></fgs:Fastighet>{RECORDS}"),
    arh(2, RECORDS, f'<f:Fastighet xmlns:f="http://exempelstad.example.se/">EXEMPLET 1:12</f:Fastighet>{RECORDS}'),
    arh(3, "(<fgs:Avslutat>)[^<]*", r"\g<1>2026-03-27T10:11:12.5"),
    arh(3, "(<fgs:Avslutat>)[^<]*", r"\g<1>2026-03-27T10:11:12+01:00"),
    arh(4, "(<fgs:Avslutat>)[^<]*", r"\1", "EARKIV-CASE-2"),
    arh(4, "(<fgs:Beslutat>)[^<]*", r"\1"),
    arh(5, "(<fgs:StatusArande>)[^<]*", r"\1Avslutat"),
    arh(6, "(<fgs:StatusHandling>)[^<]*", r"\1Klar"),
    arh(7, "<fgs:Motpart>", RESTRICTED.format("", GROUND)),
    arh(7, "<fgs:Motpart>", RESTRICTED.format(' Typ="Hemlig"', GROUND)),
    arh(8, ' Gallras="false"', ""),
    arh(8, 'Gallras="false"', 'Gallras="nej"'),
    arh(9, 'Storlek="[^"]*"', 'Storlek="3000000000"', "EARKIV-FIX-2"),
    arh(10, "(<fgs:ArkivobjektID>)[^<]*", r"\1"),
    arh(10, "<fgs:ArkivobjektID>[^<]*</fgs:ArkivobjektID>", "", "EARKIV-XML-4"),
    arh(11, "(<fgs:Arendemening>)[^<]*", r"\1 "),
    arh(11, "<fgs:Arendemening>[^<]*</fgs:Arendemening>", "", "EARKIV-XML-4"),
    arh(12, TITLE, r"\1"),
    arh(12, "<fgs:Rubrik>[^<]*</fgs:Rubrik>", ""),
    arh(13, "<fgs:Motpart>", RESTRICTED.format(SECRECY, "")),
    arh(13, "<fgs:Motpart>", RESTRICTED.format(SECRECY, "<fgs:Lagrum/>")),
    arh(14, DISPOSAL, r'Gallras="true">\1'),
    arh(15, r'Gallras="false">\s*<fgs:GallringsForklaring>[^<]*</fgs:GallringsForklaring>', 'Gallras="true">'),
    arh(16, "<fgs:Motpart>", RESTRICTED.format(' Typ="Annan typ"', GROUND)),
    arh(16, "<fgs:Skapad>", RELATED.format("Egen relationsdefinition", "BN 2026-000117")),
    arh(17, "(</fgs:EPost>)", r"\1<fgs:SkyddadIdentitet>true</fgs:SkyddadIdentitet>"),
    arh(18, "<fgs:Skapad>", RELATED.format("Referens", "BN 1999-1")),
    arh(19, 'Esignatur="Nej"', 'Esignatur="Ja"'),
    arh(20, "<fgs:Bilaga [^>]*Situationsplan.tif[^>]*>", ""),
    arh(21, f"{RECORDS}.*</fgs:ArkivobjektListaHandlingar>", "", "FGS-ARH-20"),
)
