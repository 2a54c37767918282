"""Every text of the command line, in Swedish and English; the names in braces are filled in where it is said."""

from collections.abc import Iterator

from ingest.domain.findings import Text

# Faults.
FAULT = Text(sv="Fel", en="Fault")
TO_DO = Text(sv="Gör så här", en="What to do")
HELP_SHOWN = Text(sv="`earkiv --help` visar hur kommandot används.", en="`earkiv --help` shows how to use the command.")
INTERRUPTED = Text(
    sv="Avbrutet. Det som är påbörjat fortsätter nästa gång samma kommando körs.",
    en="Interrupted. What was begun goes on the next time the same command is run.",
)
MACHINE_REMEDY = Text(
    sv="Kontrollera disk, rättigheter och utrymme och kör om; `earkiv doctor` visar läget.",
    en="Check disk, permissions and space and run again; `earkiv doctor` shows the state.",
)
PROGRAM_FAULT = Text(sv="Ett fel i programmet självt.", en="A fault in the program itself.")
PROGRAM_FAULT_REMEDY = Text(
    sv="Rapportera felet och bifoga {file}. Arkivet är oförändrat eller fortsätter vid nästa körning.",
    en="Report the fault and attach {file}. The archive is unchanged or goes on at the next run.",
)
NO_CONTENT = Text(sv="Varken fil eller mapp: {paths}", en="Neither a file nor a folder: {paths}")
ABSENT = Text(sv="Finns inte eller kan inte nås: {paths}", en="Does not exist or cannot be reached: {paths}")
NO_AGREEMENT = Text(
    sv="Det finns ingen leveransöverenskommelse {id}. Upplagda: {known}.",
    en="There is no submission agreement {id}. Registered: {known}.",
)
IDS_OR_ALL = Text(sv="Ange antingen identiteter eller --all, inte båda.", en="Give either ids or --all, not both.")
PARKED = Text(
    sv="En tidigare leverans ({id}) kunde inte fortsätta: {reason} {remedy}",
    en="An earlier delivery ({id}) could not go on: {reason} {remedy}",
)
LEFTOVERS = Text(
    sv="Borttaget ur staging, där ingen leverans behöver det längre: {names}",
    en="Removed from staging, where no delivery needs it any more: {names}",
)
LEFTOVER = Text(sv="{owner} (filer: {count})", en="{owner} (files: {count})")
EXPIRED_TRIALS = Text(
    sv="Borttaget ur provlagret, där tiden är ute: {names}",
    en="Removed from the test store, where its time is up: {names}",
)
NOT_TIDIED = Text(
    sv="Leveranserna är klara, men staging och provlagret kunde inte städas: {reason} {remedy}",
    en="The deliveries are done, but staging and the test store could not be tidied: {reason} {remedy}",
)

# Validation and findings.
VALID = Text(sv="GODKÄNT", en="VALID")
INVALID = Text(sv="UNDERKÄNT", en="INVALID")
UNKNOWN_DIALECT = Text(sv="okänd leveranstyp", en="unknown kind of delivery")
FINDINGS = Text(sv="Anmärkningar", en="Findings")
NO_FINDINGS = Text(sv="Inga anmärkningar.", en="No findings.")
ERROR = Text(sv="FEL", en="ERROR")
WARNING = Text(sv="VARNING", en="WARNING")
INFO = Text(sv="UPPLYSNING", en="NOTE")
WHAT = Text(sv="Vad", en="What")
WHERE = Text(sv="Var", en="Where")
DO = Text(sv="Gör", en="Do")
TIMES = Text(sv="{count} gånger", en="{count} times")
MORE_PLACES = Text(sv="… och {count} till", en="… and {count} more")
LINE = Text(sv="rad", en="line")

# Requirements.
CHECKED = Text(sv="Prövas", en="Checked")
NOT_CHECKED = Text(sv="Prövas inte", en="Not checked")
IN_ALL = Text(sv="Alla", en="All")

# Receipts and packages.
RECEIPT = Text(sv="Mottagningskvitto", en="Receipt")
TEST_RECEIPT = Text(sv="Kvitto på provleverans", en="Receipt for a test delivery")
HELD_NOTE = Text(sv="Besked utan underskrift", en="Unsigned note")
ACCEPTED = Text(sv="MOTTAGEN", en="ACCEPTED")
REJECTED = Text(sv="AVVISAD", en="REJECTED")
HELD = Text(sv="VÄNTAR PÅ BESLUT", en="HELD FOR A DECISION")
DELIVERY = Text(sv="Leverans", en="Delivery")
DELIVERY_ID = Text(sv="Leverans-id", en="Delivery id")
PACKAGE = Text(sv="Paket", en="Package")
NO_PACKAGE = Text(sv="inget: ingenting har arkiverats", en="none: nothing has been archived")
GENERATION = Text(sv="Generation", en="Generation")
TITLE = Text(sv="Rubrik", en="Title")
DIALECT = Text(sv="Leveranstyp", en="Kind")
PRODUCER = Text(sv="Levererande", en="Producer")
AGREEMENT = Text(sv="Överenskommelse", en="Agreement")
AGREEMENT_VERSION = Text(sv="{id}, version {version}", en="{id}, version {version}")
RECEIVED = Text(sv="Inkommen", en="Received")
DECIDED = Text(sv="Avgjord", en="Decided")
CUSTODY = Text(sv="Ansvaret övertaget", en="Custody passed")
NO_CUSTODY = Text(
    sv="övertas aldrig: detta är en provleverans, och inget av den arkiveras",
    en="never passes: this is a test delivery, and nothing of it is archived",
)
STATUS = Text(sv="Status", en="Status")
STORED = Text(sv="Arkiverad", en="Stored")
FILES = Text(sv="Filer", en="Files")
CASE_COUNT = Text(sv="{count} ärenden", en="{count} cases")
ONE_CASE = Text(sv="1 ärende", en="1 case")
RECORD_COUNT = Text(sv="{count} handlingar", en="{count} records")
ONE_RECORD = Text(sv="1 handling", en="1 record")
LOOSE_COUNT = Text(sv="{count} handlingar utan ärende", en="{count} records without a case")
ONE_LOOSE = Text(sv="1 handling utan ärende", en="1 record without a case")
DOCUMENT_COUNT = Text(sv="{count} dokument", en="{count} documents")
ONE_DOCUMENT = Text(sv="1 dokument", en="1 document")
FILE_COUNT = Text(sv="{count} filer, {size}", en="{count} files, {size}")
ONE_FILE = Text(sv="1 fil, {size}", en="1 file, {size}")
PATH = Text(sv="Sökväg", en="Path")
SIZE = Text(sv="Storlek", en="Size")
FORMAT = Text(sv="Format", en="Format")
MORE_FILES = Text(
    sv="… och {count} filer till; alla finns i `earkiv receipt {id} --json`",
    en="… and {count} more files; all are in `earkiv receipt {id} --json`",
)
NAME_REMOVED = Text(sv="(namnet borttaget)", en="(name removed)")
UNKNOWN_FORMAT = Text(sv="okänt", en="unknown")
PRESERVATION_COPIES = Text(sv="Bevarandekopior", en="Preservation copies")
COPIES = Text(sv="Kopior", en="Copies")
COPY = Text(sv="{store}: {location}, återläst {at}", en="{store}: {location}, read back {at}")
SIGNED_BY = Text(sv="Underskrift", en="Signature")
SIGNATURE = Text(sv="nyckel {key}, {signature}", en="key {key}, {signature}")
NOTHING_ARCHIVED = Text(
    sv="Arkivet är tomt. `earkiv ingest SÖKVÄG` tar emot en leverans.",
    en="The archive is empty. `earkiv ingest PATH` takes a delivery in.",
)
ARCHIVED_PACKAGES = Text(sv="{count} arkiverade paket", en="{count} archived packages")
ONE_ARCHIVED_PACKAGE = Text(sv="1 arkiverat paket", en="1 archived package")
BY = Text(sv="av", en="by")

# Formats.
FORMATS_HELD = Text(sv="Format i arkivet", en="Formats in the archive")
NO_FORMATS_HELD = Text(sv="Arkivet är tomt.", en="The archive is empty.")
FORMAT_POLICY = Text(sv="Formatpolicy, version {version}", en="Format policy, version {version}")
ORIGINALS = Text(sv="Levererade", en="Delivered")
FOR_DELIVERY = Text(sv="Vid leverans", en="For delivery")
FOR_PRESERVATION = Text(sv="Att bevara", en="For preservation")
COPY_AS = Text(sv="Bevarandekopia", en="Preservation copy")
GROUND = Text(sv="Grund", en="Ground")

# Progress.
LANDING = Text(sv="Läser in {name}", en="Reading {name}")
EXAMINING = Text(sv="Undersöker {name}", en="Examining {name}")
PRESERVING = Text(sv="Arkiverar {name}", en="Archiving {name}")
VERIFYING = Text(sv="Läser om arkivet", en="Reading the archive again")
REBUILDING = Text(sv="Återskapar katalogen", en="Recreating the catalogue")
PER_SECOND = Text(sv="{size}/s", en="{size}/s")
FILES_COUNTED = Text(sv="{count} filer", en="{count} files")
LEFT = Text(sv="{time} kvar", en="{time} left")

# Verification, export, rebuild, schemas.
INTACT = Text(
    sv="OSKADAT: {objects} objekt, {size}, är vad de ska vara.",
    en="INTACT: {objects} objects, {size}, are what they must be.",
)
DAMAGED = Text(
    sv="SKADAT: {count} skador i {objects} lästa objekt ({size}).",
    en="DAMAGED: {count} damages in {objects} objects read ({size}).",
)
DAMAGED_ONCE = Text(
    sv="SKADAT: 1 skada i {objects} lästa objekt ({size}).",
    en="DAMAGED: 1 damage in {objects} objects read ({size}).",
)
EXPORTED = Text(sv="{count} filer skrevs till {path}.", en="{count} files were written to {path}.")
REBUILT = Text(
    sv="Katalogen är återskapad ur arkivet: {packages} paket, {deliveries} avgjorda leveranser.",
    en="The catalogue has been recreated from the archive: {packages} packages, {deliveries} decided deliveries.",
)
TRIALS_FOUND = Text(
    sv="Provleveranser som provlagret ännu har: {count}.",
    en="Test deliveries that the test store still has: {count}.",
)
CARRIED = Text(
    sv="Leveranser på väg som fördes över och fortsätter: {count}.",
    en="Deliveries under way that were carried over and go on: {count}.",
)
NOT_CARRIED = Text(
    sv="Leveranser på väg kunde inte föras över: {reason}",
    en="Deliveries under way could not be carried over: {reason}",
)
UNOWNED = Text(
    sv="Varning: i staging ligger filer som ingen leverans äger; nästa `ingest` tar bort dem. Lämna leveranserna på "
    "nytt, och flytta först undan det ni vill ha kvar: {ids}",
    en="Warning: staging holds files that no delivery owns; the next `ingest` removes them. Deliver them again, "
    "and first move away what you want to keep: {ids}",
)
KEPT_BEFORE = Text(sv="Den tidigare katalogen ligger kvar som {path}.", en="The former catalogue is kept as {path}.")
SCHEMAS_FIRST = Text(
    sv="Första gången: hämtar de XML-scheman som behövs …", en="First time: fetching the XML schemas needed …"
)
SCHEMAS_READY = Text(sv="Alla {count} XML-scheman finns.", en="All {count} XML schemas are in place.")

# Doctor.
OK = Text(sv="bra", en="ok")
WARN = Text(sv="varning", en="warn")
FAIL = Text(sv="fel", en="fail")
SETTINGS_FOUND = Text(sv="Inställningar", en="Settings")
UNKNOWN_SETTING = Text(
    sv="okänd inställning: ingen del av earkiv läser den; är den rättstavad?",
    en="unknown setting: no part of earkiv reads it; is it spelled right?",
)
SOFTWARE = Text(sv="earkiv {version}", en="earkiv {version}")
PYTHON = Text(sv="Python {version}", en="Python {version}")
SCHEMAS_FOUND = Text(sv="XML-scheman: alla finns i {folder}", en="XML schemas: all are in {folder}")
SCHEMAS_ABSENT = Text(
    sv="XML-scheman: {count} saknas eller är ändrade; kör `earkiv schemas install`",
    en="XML schemas: {count} are missing or changed; run `earkiv schemas install`",
)
PRONOM_FOUND = Text(sv="Formatidentifiering: {tool}", en="Format identification: {tool}")
PRONOM_ABSENT = Text(sv="Formatidentifiering: {reason}", en="Format identification: {reason}")
TOOL_FOUND = Text(sv="Bevarandekopior: {tool} {makes}", en="Preservation copies: {tool} {makes}")
TOOL_ABSENT = Text(
    sv="Bevarandekopior: {tool} finns inte; inga kopior görs, originalen bevaras, och kvittot säger det ({makes})",
    en="Preservation copies: {tool} is not found; no copies are made, originals are kept, receipts say so ({makes})",
)
MAKES_FROM_OFFICE = Text(
    sv="gör PDF/A av text, kalkyl, presentation och e-post",
    en="makes PDF/A of text, spreadsheets, presentations and mail",
)
MAKES_FROM_PDF = Text(sv="gör PDF/A av PDF", en="makes PDF/A of PDF")
MAKES_FROM_IMAGES = Text(sv="gör TIFF, PNG och JPEG 2000 av bilder", en="makes TIFF, PNG and JPEG 2000 of images")
MAKES_FROM_SOUND = Text(
    sv="gör WAV, FLAC och Matroska av ljud och film", en="makes WAV, FLAC and Matroska of sound and film"
)
WALL_STANDS = Text(sv="Verktygen är avskilda: {wall}", en="Tools are kept apart: {wall}")
WALL_LACKS = Text(
    sv="Verktygen är INTE avskilda så som de borde, för systemet tillåter det inte: {wall}",
    en="Tools are NOT kept apart as they should be, since the system does not allow it: {wall}",
)
WALL_USERS = Text(
    sv="inga andra rättigheter än till egna filer (användarnamnrymd)",
    en="no rights but to their own files (user namespace)",
)
WALL_PROCESSES = Text(
    sv="inget av dem lever vidare efteråt, andra processer syns inte (processnamnrymd)",
    en="nothing of them outlives its run, other processes are not seen (process namespace)",
)
WALL_NETWORK = Text(sv="inget nät (nätnamnrymd)", en="no network (network namespace)")
WALL_FILES = Text(
    sv="inget skrivs utanför deras mapp, arkivet kan inte läsas (Landlock)",
    en="nothing is written outside their folder, the archive cannot be read (Landlock)",
)
VALIDATOR_ALONE = Text(sv="PDF/A kontrolleras av {tool}", en="PDF/A is checked by {tool}")
VALIDATORS = Text(sv="PDF/A kontrolleras av {tool} och {path}", en="PDF/A is checked by {tool} and {path}")
VERAPDF_ABSENT = Text(
    sv="PDF/A: EARKIV_VERAPDF pekar på {path}, som inte finns",
    en="PDF/A: EARKIV_VERAPDF names {path}, which is not there",
)
NO_SCANNER = Text(
    sv="Virussökning: ingen virussökare är inkopplad; filer tas emot med anmärkningen ”inte virussökt”",
    en="Virus scan: no scanner is connected; files are accepted with the finding “not scanned”",
)
SCANNER_FOUND = Text(sv="Virussökning: {tool} på {address}", en="Virus scan: {tool} at {address}")
SCANNER_ABSENT = Text(sv="Virussökning: {reason}", en="Virus scan: {reason}")
SCANNER_OLD = Text(
    sv="Virussökning: signaturerna är för gamla ({tool}); filer räknas som ”inte virussökta” tills de är uppdaterade",
    en="Virus scan: the signatures are too old ({tool}); files count as “not scanned” until they are updated",
)
HOME_FOUND = Text(sv="Arkiv: {home}", en="Archive: {home}")
HOME_ABSENT = Text(
    sv="Arkiv: inget i {home} ännu; första `earkiv ingest` skapar det",
    en="Archive: none in {home} yet; the first `earkiv ingest` makes it",
)
HOME_FREE = Text(sv="Skrivlås: fritt", en="Writer lock: free")
HOME_LOCKED = Text(sv="Skrivlås: {holder}", en="Writer lock: {holder}")
CATALOGUE_FOUND = Text(sv="Katalog: {count} arkiverade paket", en="Catalogue: {count} archived packages")
CATALOGUE_FAULT = Text(sv="Katalog: {reason}", en="Catalogue: {reason}")
SPACE = Text(sv="Utrymme: {free} ledigt av {total}", en="Space: {free} free of {total}")
SPACE_LOW = Text(
    sv="Utrymme: bara {free} ledigt av {total}; frigör mer innan nästa leverans",
    en="Space: only {free} free of {total}; free more before the next delivery",
)
NO_KEY = Text(
    sv="Signeringsnyckel: ingen privat nyckel i {folder}; läsning och `rebuild` går, men inga nya kvitton",
    en="Signing key: no private key in {folder}; reading and `rebuild` work, but no new receipts",
)
KEY_AT_HOME = Text(
    sv="Signeringsnyckel {key}: ligger bara i arkivets mapp, så vitt earkiv vet; kopiera {path} till ett säkert ställe",
    en="Signing key {key}: lies only in the archive's folder, as far as earkiv knows; copy {path} to a safe place",
)
KEY_ELSEWHERE = Text(
    sv="Signeringsnyckel {key}: ligger utanför arkivets mapp", en="Signing key {key}: lies outside the archive's folder"
)

# Help.
HELP = Text(
    sv="Tar emot leveranser till e-arkivet, granskar dem, bevarar dem och svarar för dem.",
    en="Takes deliveries into the e-archive, judges them, preserves them and answers for them.",
)
HELP_VALIDATE = Text(
    sv="Granskar paket utan att ta emot dem: ändrar ingenting, behöver inget nät.",
    en="Judges packages without taking them in: changes nothing, needs no network.",
)
HELP_INGEST = Text(
    sv="Tar emot paket, hela vägen till arkivet, och skriver ut kvitton.",
    en="Takes packages in, all the way to the archive, and prints receipts.",
)
HELP_LIST = Text(sv="Visar arkiverade paket.", en="Lists archived packages.")
HELP_SCAN = Text(
    sv="Bara paket med smittade filer (infected) eller med filer som inte är virussökta (not-scanned).",
    en="Only packages with infected files, or with files that are not scanned for viruses.",
)
HELP_SHOW = Text(sv="Visar ett paket eller en leverans.", en="Shows one package or delivery.")
HELP_RECEIPT = Text(sv="Visar ett mottagningskvitto.", en="Prints a receipt.")
HELP_TIMELINE = Text(sv="Berättar vad som hänt, i ordning.", en="Tells what happened, in order.")
HELP_VERIFY = Text(
    sv="Läser om det lagrade och jämför med inventarium, METS och journal. Utan ID: hela arkivet.",
    en="Reads storage again and compares with inventory, METS and journal. Without ID: the whole archive.",
)
HELP_EXPORT = Text(
    sv="Skriver ut ett paket som .zip, .tar eller mapp.", en="Writes a package out as .zip, .tar or a folder."
)
HELP_REBUILD = Text(
    sv="Återskapar katalogen ur det lagrade, och bara ur det.",
    en="Recreates the catalogue from storage, and from storage alone.",
)
HELP_DOCTOR = Text(sv="Visar vad som är inställt och vad som finns på plats.", en="Shows what is configured and found.")
HELP_PUSH = Text(sv="Lämnar leveranser till ett arkiv över nätet.", en="Hands deliveries over to an archive.")
HELP_ADDRESS = Text(sv="Arkivets adress, som https://arkiv.example.se.", en="The archive's address.")
HELP_WAIT = Text(sv="Hur länge kvittot väntas in, i sekunder.", en="How long to wait for the receipt, in seconds.")
HELP_ESTABLISH = Text(
    sv="Gör arkivet klart: tabeller, signeringsnyckel, överenskommelser.",
    en="Makes the archive ready: tables, signing key, agreements.",
)
HELP_KEYS = Text(sv="Nycklar till producenternas system.", en="Keys for the producers' systems.")
HELP_KEYS_CREATE = Text(sv="Gör en nyckel och visar den, en gång.", en="Makes a key and shows it, once.")
HELP_KEYS_LIST = Text(sv="Listar nycklarna.", en="Lists the keys.")
HELP_KEYS_REVOKE = Text(sv="Återkallar en nyckel.", en="Takes a key back.")
HELP_PRODUCER = Text(sv="Producenten som nyckeln är för.", en="The producer that the key is for.")
HELP_ROLE = Text(
    sv="I vilken roll nyckeln används: producer levererar, archivist ändrar överenskommelser och rättar metadata, "
    "operator läser mätvärden.",
    en="In which role the key is used: producer delivers, archivist edits agreements and corrects metadata, "
    "operator reads measurements.",
)
HELP_HOLDER = Text(
    sv="Vem hos arkivet som håller nyckeln; namnet står på allt som ändras med den.",
    en="Who at the archive holds the key; the name stands on all that is changed with it.",
)
HELP_KEY_AGREEMENT = Text(
    sv="Överenskommelse som nyckeln får leverera enligt; den första gäller när inget annat sägs.",
    en="Agreement that the key may deliver under; the first holds where nothing else is said.",
)
HELP_NOTE = Text(sv="Anteckning för dem som läser listan.", en="A note for those who read the list.")
HELP_SERVE = Text(sv="Tar emot leveranser över nätet (REST).", en="Takes in deliveries over the network (REST).")
HELP_HOST = Text(sv="Adressen att lyssna på.", en="The address to listen on.")
HELP_PORT = Text(sv="Porten att lyssna på.", en="The port to listen on.")
HELP_RESCAN = Text(
    sv="Virussöker det som arkiverades utan att vara sökt.",
    en="Scans for viruses what was archived without having been scanned.",
)
HELP_QUARANTINE = Text(
    sv="Visar smittade leveranser i karantän, eller tar bort en.",
    en="Shows infected deliveries in quarantine, or discards one.",
)
HELP_DISCARD = Text(
    sv="Leveransens id: ta bort dess filer ur karantänen.", en="The delivery's id: delete its files from quarantine."
)
HELP_DISCARD_REASON = Text(sv="Varför; står sedan i journalen.", en="Why; it will stand in the journal.")
HELP_FORMATS = Text(
    sv="Visar formatpolicyn och vilka format arkivet har.", en="Shows the format policy and the formats in the archive."
)
HELP_RULES = Text(
    sv="Visar alla krav, vilka som prövas, och varför de andra inte prövas.",
    en="Lists all requirements, which of them are checked, and why the others are not.",
)
HELP_HTML = Text(
    sv="Skriv också rapporten som en HTML-sida i den här filen.",
    en="Also write the report as an HTML page to this file.",
)
HELP_SCHEMAS = Text(sv="XML-scheman som andra har gett ut.", en="XML schemas that others have published.")
HELP_SCHEMAS_INSTALL = Text(
    sv="Hämtar de XML-scheman som saknas; en gång per installation.",
    en="Fetches the XML schemas that are missing; once per installation.",
)
HELP_PATHS = Text(sv="Mappar, ZIP- eller TAR-filer.", en="Folders, ZIP or TAR files.")
HELP_ID = Text(
    sv="Paketets id, leveransens id eller levererandes eget id.",
    en="The package's id, the delivery's id, or the producer's own id.",
)
HELP_IDS = Text(sv="Paket att läsa om.", en="Packages to read again.")
HELP_JSON = Text(
    sv="Skriv ett JSON-dokument på stdout och inget annat.", en="Print one JSON document on stdout, nothing else."
)
HELP_LANG = Text(sv="Språk; annars EARKIV_LANG, annars svenska.", en="Language; else EARKIV_LANG, else Swedish.")
HELP_AGREEMENT = Text(
    sv="Leveransöverenskommelsen som leveransen kommer under.",
    en="The submission agreement that the delivery comes under.",
)
HELP_ALL = Text(sv="Läs om hela arkivet.", en="Read the whole archive again.")
HELP_AS = Text(sv="Vilken form paketet ska få.", en="Which form the package is to have.")
HELP_TO = Text(
    sv="Vart: namn på .zip, .tar eller en mapp som inte finns.",
    en="Where: the name of a .zip, a .tar, or a folder that does not exist.",
)


def everything() -> Iterator[Text]:
    """Give every text of this module."""
    return (text for text in globals().values() if isinstance(text, Text))
