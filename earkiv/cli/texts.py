"""Every text of the command line, in Swedish and English; the names in braces are filled in where it is said."""

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
PRODUCER = Text(sv="Levererat av", en="Producer")
AGREEMENT = Text(sv="Överenskommelse", en="Agreement")
AGREEMENT_VERSION = Text(sv="{id}, version {version}", en="{id}, version {version}")
DISPOSAL_DEFAULT = Text(sv="Om inget annat sägs", en="If nothing is said")
MAY_BE_DISPOSED_OF = Text(sv="får gallras efter {period}", en="may be disposed of after {period}")
TO_BE_PRESERVED = Text(sv="bevaras", en="to be preserved")
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
DOUBTFUL = Text(
    sv="TVEKSAMT: {count} underskrifter gäller, men med en nyckel som andra kan ha haft. De är inga skador:",
    en="DOUBTFUL: {count} signatures hold, but by a key that others may have had. They are no damage:",
)
ID_OR_ALL_TO_EXPORT = Text(
    sv="Ange ett ID, eller --all för hela arkivet.", en="Give an ID, or --all for the whole archive."
)
EXPORTING = Text(sv="Skriver ut arkivet", en="Writing the archive out")
EXPORTED_ALL = Text(
    sv="{containers} paketgenerationer och {entries} journalposter, {size}, ligger i {path}. "
    "SHA-256 för förteckningen: {manifest}",
    en="{containers} generations of packages and {entries} journal entries, {size}, lie in {path}. "
    "SHA-256 of the manifest: {manifest}",
)
LEFT_OUT = Text(
    sv="{count} SAKNAS: de är skadade i alla kopior. Återställ dem och kör om, så läggs de till.",
    en="{count} ARE MISSING: they are damaged in all copies. Restore them and run again, and they are added.",
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
    sv="Varning: i staging ligger filer från leveranser som katalogen inte känner till ({count}). De tas inte bort av "
    "sig själva: lämna leveranserna på nytt, ta sedan bort resterna med `earkiv leftovers --discard ID`: {ids}",
    en="Warning: staging holds files of deliveries that the catalogue does not know ({count}). They are not removed by "
    "themselves: deliver them again, then remove what is left with `earkiv leftovers --discard ID`: {ids}",
)
NOTHING_UNOWNED = Text(
    sv="Allt i staging hör till leveranser som katalogen känner till.",
    en="All that lies in staging belongs to deliveries that the catalogue knows.",
)
UNOWNED_DISCARDED = Text(
    sv="Filerna under {id} är borttagna ur staging.", en="The files below {id} are deleted from staging."
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
