"""What the demonstration says, in Swedish and English."""

from ingest.domain.findings import Text

WELCOME = Text(
    sv="Fyra provleveranser och en trasig går in i arkivet {home}. (Engelska: EARKIV_LANG=en make demo)\n",
    en="Four sample deliveries and a broken one go into the archive {home}. (Svenska: EARKIV_LANG=sv make demo)\n",
)
TAKING_IN = Text(sv="{path}", en="{path}")
VERIFIED = Text(sv="Läser om hela arkivet", en="Reading the whole archive again")
EXPECTED = Text(
    sv="\nAllt gick som väntat: fyra leveranser är arkiverade och den trasiga är avvisad.",
    en="\nAll went as expected: four deliveries are archived and the broken one is refused.",
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
Pröva sedan:

  export EARKIV_HOME={home}
  {earkiv} list
  {earkiv} timeline {package}
  {earkiv} receipt {refused}
  {earkiv} export {package} --as fgs-1.2 --to bygglov.zip
  {earkiv} validate samples/deliveries/trasig-fgs12
  rm {home}/catalogue.sqlite && {earkiv} rebuild && {earkiv} list
""",
    en="""
Try next:

  export EARKIV_HOME={home}
  {earkiv} list
  {earkiv} timeline {package}
  {earkiv} receipt {refused}
  {earkiv} export {package} --as fgs-1.2 --to bygglov.zip
  {earkiv} validate samples/deliveries/trasig-fgs12
  rm {home}/catalogue.sqlite && {earkiv} rebuild && {earkiv} list
""",
)
