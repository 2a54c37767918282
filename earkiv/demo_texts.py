"""What the demonstration says, in Swedish and English."""

from collections.abc import Mapping
from typing import Final

from ingest.domain.access.levels import Level
from ingest.domain.findings import Text

WELCOME = Text(
    sv="Fyra provleveranser och en trasig går in i arkivet {home}. (Engelska: EARKIV_LANG=en make demo)\n",
    en="Four sample deliveries and a broken one go into the archive {home}. (Svenska: EARKIV_LANG=sv make demo)\n",
)
TAKING_IN = Text(sv="{path}", en="{path}")
VERIFIED = Text(sv="Läser om hela arkivet", en="Reading the whole archive again")
EXPECTED = Text(
    sv="\nAllt gick som väntat: fyra leveranser är arkiverade och den trasiga är avvisad.\n",
    en="\nAll went as expected: four deliveries are archived and the broken one is refused.\n",
)
WHO_MAY_SEE = Text(sv="Vem får se vad", en="Who may see what")
LEVELS: Final[Mapping[Level, Text]] = {
    Level.PUBLIC: Text(sv="OFFENTLIG", en="PUBLIC"),
    Level.ON_REQUEST: Text(sv="PÅ BEGÄRAN", en="ON REQUEST"),
    Level.HIDDEN: Text(sv="DOLD", en="HIDDEN"),
}
HOW_SHOWN: Final[Mapping[Level, Text]] = {
    Level.PUBLIC: Text(
        sv="Läsesalen visar ärendet och dess handlingar: {address}",
        en="The reading room shows the case and its records: {address}",
    ),
    Level.ON_REQUEST: Text(
        sv="Läsesalen säger att något finns och kan begäras ut, inte mer: {address}",
        en="The reading room says that something is held and can be asked for, no more: {address}",
    ),
    Level.HIDDEN: Text(
        sv="Läsesalen svarar som om ärendet aldrig funnits. Vid skrivbordet finns det, under Arkivpaket.",
        en="The reading room answers as if the case had never been. At the desk it is there, under Packages.",
    ),
}
LOOK = Text(
    sv="""
Allt annat är stängt tills någon beslutar. Så ser du på dem:

  export EARKIV_HOME={home}
  {earkiv} serve

Den skriver tre adresser: gränssnittet för leveranser, en länk till arkivariens skrivbord som gäller en gång, och
läsesalen för alla. Stoppa den med Ctrl-C.""",
    en="""
All else is closed until somebody decides. To look at them:

  export EARKIV_HOME={home}
  {earkiv} serve

It prints three addresses: where deliveries are sent, a link to the archivist's desk that is good once, and the
reading room for everybody. Stop it with Ctrl-C.""",
)
NOT_AS_EXPECTED = Text(
    sv="\nDet gick inte som väntat; se ovan. `make clean` tar bort demonstrationsarkivet, och `make demo` börjar om.",
    en="\nIt did not go as expected; see above. `make clean` removes the demonstration archive; then run `make demo`.",
)
SAMPLES_ABSENT = Text(
    sv="Provleveranserna finns inte här ({paths}); kör från projektets mapp.",
    en="The sample deliveries are not here ({paths}); run from the project's folder.",
)
NEXT = Text(
    sv="""
Pröva sedan, när den är stoppad:

  {earkiv} list
  {earkiv} timeline {package}
  {earkiv} receipt {refused}
  {earkiv} export {package} --as fgs-1.2 --to bygglov.zip
  {earkiv} validate samples/deliveries/trasig-fgs12
  rm {home}/catalogue.sqlite && {earkiv} rebuild && {earkiv} list
""",
    en="""
Try next, when it is stopped:

  {earkiv} list
  {earkiv} timeline {package}
  {earkiv} receipt {refused}
  {earkiv} export {package} --as fgs-1.2 --to bygglov.zip
  {earkiv} validate samples/deliveries/trasig-fgs12
  rm {home}/catalogue.sqlite && {earkiv} rebuild && {earkiv} list
""",
)
