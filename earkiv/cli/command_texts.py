"""What the command line says of its commands and their options, in Swedish and English."""

from collections.abc import Iterator

from ingest.domain.findings import Text

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
    sv="Skriver ut ett paket som .zip, .tar eller mapp; med --all hela arkivet.",
    en="Writes a package out as .zip, .tar or a folder; with --all the whole archive.",
)
HELP_EXPORT_ALL = Text(
    sv="Hela arkivet med journalen, till en mapp; en avbruten export fortsätter.",
    en="The whole archive with its journal, to a folder; an export that was cut off goes on.",
)
HELP_WATCH = Text(
    sv="Tar emot det som läggs i en mapp eller en S3-hink, och lägger kvittot bredvid.",
    en="Takes in what is left in a folder or an S3 bucket, and puts the receipt beside it.",
)
HELP_DROPS = Text(
    sv="Mappen, eller s3://HINK/PREFIX; i den görs in, taken, done och refused. Annars EARKIV_DROPS.",
    en="The folder, or s3://BUCKET/PREFIX; in, taken, done and refused are made in it. Otherwise EARKIV_DROPS.",
)
HELP_SETTLE = Text(
    sv="Ta också det som inte har ändrats på så många sekunder, utan att vänta på NAMN.ready.",
    en="Also take what has not changed for so many seconds, without waiting for NAME.ready.",
)
HELP_ONCE = Text(sv="Ta det som finns nu, och sluta.", en="Take what is there now, and end.")
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
HELP_QUOTAS = Text(sv="Kvoter: vad producenter får ha på väg in.", en="Quotas: what producers may have under way.")
HELP_QUOTAS_SET = Text(
    sv="Bestämmer vad en producent får ha på väg in; utan tal gäller ingen gräns.",
    en="Says how much a producer may have under way; without numbers there is no bound.",
)
HELP_QUOTAS_LIST = Text(sv="Listar kvoterna.", en="Lists the quotas.")
HELP_QUOTA_PRODUCER = Text(sv="Producenten som kvoten gäller.", en="The producer that the quota is for.")
HELP_QUOTA_DELIVERIES = Text(sv="Högst så många leveranser.", en="At most so many deliveries.")
HELP_QUOTA_BYTES = Text(sv="Högst så många byte.", en="At most so many bytes.")
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
HELP_CLIENT = Text(
    sv="Klientens namn hos identitetsleverantören: ingen nyckel görs, klienten visar en token därifrån.",
    en="The client's name at the identity provider: no key is made, the client shows a token from there.",
)
HELP_KEY_AGREEMENT = Text(
    sv="Överenskommelse som nyckeln får leverera enligt; den första gäller när inget annat sägs.",
    en="Agreement that the key may deliver under; the first holds where nothing else is said.",
)
HELP_KEY_ACTION = Text(
    sv="Vad en producents nyckel får användas till; anges flera gånger för flera. Utan den gäller nyckeln båda.",
    en="What a producer's key may be used for; given several times for several. Without it the key is for both.",
)
HELP_NOTE = Text(sv="Anteckning för dem som läser listan.", en="A note for those who read the list.")
HELP_SERVE = Text(sv="Tar emot leveranser över nätet (REST).", en="Takes in deliveries over the network (REST).")
HELP_HOST = Text(sv="Adressen att lyssna på.", en="The address to listen on.")
HELP_PUBLIC_PORT = Text(
    sv="Porten för läsesalen, 8081 om inget sägs; 0 = läsesalen är stängd.",
    en="The reading room's port, 8081 unless told; 0 = the reading room is closed.",
)
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
HELP_SIGNING_KEY = Text(sv="Arkivets egna signeringsnycklar.", en="The archive's own signing keys.")
HELP_SIGNING_CREATE = Text(
    sv="Gör en nyckel som väntar på att tas i bruk.", en="Makes a key that waits to be taken into use."
)
HELP_SIGNING_LIST = Text(
    sv="Visar varje nyckel som har signerat, och vad som gäller för den.",
    en="Shows every key that has signed, and what holds for it.",
)
HELP_SIGNING_ROTATE = Text(sv="Låter en annan nyckel signera från och med nu.", en="Lets another key sign from now on.")
HELP_SIGNING_COMPROMISED = Text(
    sv="Anmäler att andra kan ha haft en nyckel.", en="Reports that others may have had a key."
)
HELP_NEW_KEY = Text(
    sv="Nyckeln som ska signera; i det inbäddade arkivet görs annars en ny.",
    en="The key that is to sign; the embedded archive makes a new one otherwise.",
)
HELP_KEY_ID = Text(sv="Nyckelns id.", en="The key's id.")
HELP_LOST = Text(
    sv="Nyckeln som signerar nu är borta för alltid, även ur säkerhetskopiorna.",
    en="The key that signs now is lost for good, in the backups too.",
)
HELP_SINCE = Text(
    sv="Från och med när andra kan ha haft nyckeln, till exempel 2026-11-29T10:00+01:00.",
    en="From when on others may have had the key, for example 2026-11-29T10:00+01:00.",
)
HELP_COMPROMISE_REASON = Text(sv="Vad som har hänt.", en="What has happened.")
HELP_RECEIPT_HTML = Text(
    sv="Skriv också kvittot som en HTML-sida i den här filen, för utskrift.",
    en="Also write the receipt as an HTML page to this file, for printing.",
)
HELP_LEFTOVERS = Text(
    sv="Visar filer i staging från leveranser som katalogen inte känner till, eller tar bort dem.",
    en="Shows files in staging of deliveries that the catalogue does not know, or discards them.",
)
HELP_DISCARD_LEFTOVER = Text(
    sv="Id:t: ta bort det som ligger under det i staging.", en="The id: delete what lies below it in staging."
)
HELP_DECIDE = Text(
    sv="Beslutar vem som får se ärenden och handlingar i ett arkiverat paket: alla på webben, den som begär det, eller "
    "ingen utanför arkivet.",
    en="Decides who may see cases and records of an archived package: all on the web, whoever asks, or nobody outside "
    "the archive.",
)
HELP_PUBLISH = Text(
    sv="För över till läsesalen det i paketet som är beslutat att visas, och tar bort det som inte längre är det; "
    "med --all alla pakets.",
    en="Carries over to the reading room what was decided to be shown of a package, and takes out what no longer is; "
    "with --all that of every package.",
)
HELP_PUBLISH_ALL = Text(
    sv="Alla paket som något är beslutat om, som när läsesalens index har tagits bort. Inget nytt beslutas.",
    en="Every package of which anything was decided, as when the reading room's index was removed. Decides nothing.",
)
HELP_UNITS = Text(
    sv="Identiteten för ett ärende, en del eller en handling, eller hela vägen dit: ÄRENDE / HANDLING.",
    en="The id of a case, a part or a record, or the whole path to it: CASE / RECORD.",
)
HELP_PUBLIC = Text(sv="Offentlig: får visas på webben.", en="Public: may be shown on the web.")
HELP_ON_REQUEST = Text(
    sv="På begäran: bara att något finns får visas, och en person prövar varje begäran.",
    en="On request: only that something is there may be shown, and a person tries each request.",
)
HELP_HIDE = Text(sv="Dold: syns inte utanför arkivet.", en="Hidden: is not seen outside the archive.")
HELP_ALL_UNMARKED = Text(
    sv="Allt i paketet som saknar märkning och personnummer; ensamt gör det allt sådant offentligt.",
    en="All in the package that bears no mark and no personal number; alone it makes all that public.",
)
HELP_STUB = Text(
    sv="Vad allmänheten läser i stället för det som är på begäran; skriv inget som röjer något.",
    en="What the public reads in place of what is on request; write nothing that tells of it.",
)
HELP_DECIDE_REASON = Text(
    sv="Varför; säg också på vilken rättslig grund (eller att ingen behövs) och vad personuppgifter i det betyder.",
    en="Why; is to say on what legal ground too (or that none is needed) and what personal data in it means.",
)


def everything() -> Iterator[Text]:
    """Give every text of this module."""
    return (text for text in globals().values() if isinstance(text, Text))
