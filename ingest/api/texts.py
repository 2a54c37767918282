"""What the API says to people, in both languages."""

from http import HTTPStatus
from typing import Final

from ingest.domain.findings import Text

UNAUTHORIZED: Final = Text(sv="Nyckel saknas eller gäller inte", en="No key, or not a valid one")
UNAUTHORIZED_DETAIL: Final = Text(
    sv="Skicka nyckeln i huvudet Authorization: Bearer NYCKEL.",
    en="Send the key in the header Authorization: Bearer KEY.",
)
FORBIDDEN: Final = Text(sv="Nyckeln räcker inte till", en="The key does not open this")
FORBIDDEN_DETAIL: Final = Text(
    sv="Nyckeln gäller, men inte för detta. Be arkivet om en nyckel med den rätten.",
    en="The key is valid, but not for this. Ask the archive for a key with that right.",
)
NOT_FOUND: Final = Text(sv="Finns inte", en="Not found")
NOT_FOUND_DETAIL: Final = Text(
    sv="Det finns inget på den adressen som nyckeln ger rätt till.",
    en="There is nothing at that address that the key gives access to.",
)
NOT_DECIDED: Final = Text(sv="Inte avgjord än", en="Not decided yet")
NOT_DECIDED_DETAIL: Final = Text(
    sv="Leveransen är {state}. Kvittot finns när den är avgjord; fråga igen om en stund.",
    en="The delivery is {state}. The receipt is there once it is decided; ask again in a while.",
)
REFUSED: Final = Text(sv="Innehållet kan inte tas emot", en="The content cannot be taken in")
REFUSED_DETAIL: Final = Text(
    sv="Det finns fel som måste rättas; se findings. Inget har tagits emot.",
    en="There are faults that must be corrected; see findings. Nothing has been taken in.",
)
CONFLICT: Final = Text(sv="Leveransens id är redan använt", en="The delivery's id is already in use")
CONFLICT_DETAIL: Final = Text(
    sv="Leveransen {delivery} finns redan med annat innehåll. Inget har tagits emot.",
    en="The delivery {delivery} exists already with other content. Nothing has been taken in.",
)
KEY_REUSED: Final = Text(sv="Idempotency-Key är redan använd", en="The Idempotency-Key is already in use")
KEY_REUSED_DETAIL: Final = Text(
    sv="Nyckeln står redan för en begäran med annat innehåll. Inget har tagits emot; använd en ny nyckel.",
    en="The key already stands for a request with other content. Nothing has been taken in; use a new key.",
)
BAD_REQUEST_KEY: Final = Text(
    sv="Idempotency-Key ska vara 1 till 255 tecken ur ASCII, med eller utan citattecken omkring.",
    en="Idempotency-Key must be 1 to 255 characters of ASCII, with or without quotes around it.",
)
MALFORMED: Final = Text(sv="Anropet kan inte tolkas", en="The request cannot be understood")
BAD_PARAMETER: Final = Text(
    sv="Värdet kan inte tolkas: {places}. /openapi.json säger vad som går att ange.",
    en="The value cannot be understood: {places}. /openapi.json says what can be given.",
)
NO_HTTP: Final = Text(
    sv="Det som kom är inte ett HTTP-anrop, eller har för stort huvud. Anslutningen är stängd.",
    en="What came is no HTTP request, or one whose head is too large. The connection is closed.",
)
NO_CASE: Final = Text(
    sv="Anropet saknar både delen case (ärendet som JSON) och delen package (ZIP eller TAR).",
    en="The request has neither a part case (the case as JSON) nor a part package (ZIP or TAR).",
)
BOTH: Final = Text(
    sv="Bredvid delen package får bara delen note (följesedeln) finnas; skicka ärendet som en egen leverans.",
    en="Beside the part package only the part note (the delivery note) may be; send the case as a delivery of its own.",
)
BAD_NAME: Final = Text(
    sv="{name} kan inte vara ett paketnamn; ange ett filnamn utan sökväg.",
    en="{name} cannot be a package's name; give a file name without a path.",
)
PART_TWICE: Final = Text(sv="Delen {name} finns två gånger i anropet.", en="The part {name} is in the request twice.")
BAD_MULTIPART: Final = Text(
    sv="Anropet är inte rätt formaterad multipart: {why}", en="The request is no well-formed multipart: {why}"
)
BAD_DIGEST: Final = Text(
    sv="Huvudet Repr-Digest kan inte tolkas; skriv sha-256=:BASE64: eller sha-512=:BASE64:",
    en="The header Repr-Digest cannot be understood; write sha-256=:BASE64: or sha-512=:BASE64:",
)
DIGEST: Final = Text(sv="Kontrollsumman stämmer inte", en="The digest does not match")
DIGEST_DETAIL: Final = Text(
    sv="Det som kom fram har inte den kontrollsumma som Repr-Digest anger. Skicka igen.",
    en="What arrived does not have the digest that Repr-Digest states. Send it again.",
)
TOO_LARGE: Final = Text(sv="För stort", en="Too large")
JSON_TOO_LARGE: Final = Text(
    sv="Ärendets JSON får vara högst 64 MiB; skicka dokumenten som delar eller uppladdningar.",
    en="The case's JSON may be 64 MiB at most; send the documents as parts or uploads.",
)
TOO_LARGE_DETAIL: Final = Text(sv="Högst {most} byte tas emot här.", en="At most {most} bytes are taken here.")
TOO_MANY_PARTS: Final = Text(
    sv="Ett formulär får ha högst {most} delar; skicka så många dokument i ett paket (ZIP eller TAR).",
    en="A form may have {most} parts at most; send so many documents in a package (ZIP or TAR).",
)
LARGER_THAN_STAGING: Final = Text(
    sv="Det som skickas är större än allt som arkivet kan ta emot på en gång. Dela upp det, eller tala med arkivet.",
    en="What is sent is larger than all that the archive can take in at a time. Divide it, or talk to the archive.",
)
LARGER_THAN_QUOTA: Final = Text(
    sv="Det som skickas är större än allt som producenten får ha på väg in. Dela upp det, eller be arkivet om mer.",
    en="What is sent is larger than all that the producer may have under way. Divide it, or ask the archive for more.",
)
QUOTA: Final = Text(sv="Kvoten är full", en="The quota is full")
QUOTA_DETAIL: Final = Text(
    sv="Producenten har så mycket på väg in som den får. Inget av detta har tagits emot; skicka igen om en stund.",
    en="The producer has as much under way as it may. Nothing of this has been taken in; send it again in a while.",
)
UNSUPPORTED: Final = Text(sv="Formatet stöds inte", en="The format is not supported")
UNSUPPORTED_DETAIL: Final = Text(
    sv="Skicka application/json, multipart/form-data, eller ett paket som application/zip eller application/x-tar.",
    en="Send application/json, multipart/form-data, or a package as application/zip or application/x-tar.",
)
ENCODED_DETAIL: Final = Text(
    sv="Skicka utan Content-Encoding; ett paket kan vara komprimerat i sig.",
    en="Send it without Content-Encoding; a package can be compressed in itself.",
)
NO_AGREEMENT: Final = Text(
    sv="Det finns ingen leveransöverenskommelse {id} som nyckeln får leverera enligt.",
    en="There is no submission agreement {id} that the key may deliver under.",
)
SILENT: Final = Text(sv="Inget mer kom", en="Nothing more came")
SILENT_DETAIL: Final = Text(
    sv="Anropet avbröts mitt i: inget, eller för lite, har kommit på länge. Inget är levererat; skicka igen.",
    en="The request broke off midway: nothing, or too little, came for long. Nothing is delivered; send it again.",
)
BUSY: Final = Text(sv="Mycket att göra just nu", en="Very busy right now")
BUSY_DETAIL: Final = Text(
    sv="Arkivet tar emot så många leveranser det kan på en gång. Försök igen om en stund.",
    en="The archive is taking in as many deliveries at a time as it can. Try again in a while.",
)
TELLING_DETAIL: Final = Text(
    sv="Svaret bygger på ett stort kvitto, och ett sådant läses åt gången. Försök igen om en stund.",
    en="The answer is made from a large receipt, and one of those is read at a time. Try again in a while.",
)
BUSY_WITH_YOURS: Final = Text(
    sv="Arkivet tar emot så mycket från samma producent som det kan på en gång. Försök igen om en stund.",
    en="The archive is taking in as much from one producer at a time as it can. Try again in a while.",
)
MANY_OF_YOURS_FOLLOW: Final = Text(
    sv="Så många från samma producent följer leveranser som kan på en gång. "
    "Fråga utan text/event-stream, eller försök igen om en stund.",
    en="As many of one producer follow deliveries as can at a time. "
    "Ask without text/event-stream, or try again in a while.",
)
MANY_FOLLOW_DETAIL: Final = Text(
    sv="Så många följer leveranser som kan på en gång. Fråga utan text/event-stream, eller försök igen om en stund.",
    en="As many follow deliveries as can at a time. Ask without text/event-stream, or try again in a while.",
)
UNAVAILABLE: Final = Text(sv="Arkivet kan inte svara just nu", en="The archive cannot answer right now")
UNAVAILABLE_DETAIL: Final = Text(
    sv="Felet är arkivets, inte leveransens. Inget är förlorat; försök igen om en stund.",
    en="The fault is the archive's, not the delivery's. Nothing is lost; try again in a while.",
)
FAULT: Final = Text(sv="Fel i arkivet", en="Fault in the archive")
FAULT_DETAIL: Final = Text(
    sv="Felet är arkivets, inte leveransens, och kräver en åtgärd av den som driver det.",
    en="The fault is the archive's, not the delivery's, and whoever operates it has to act.",
)
NEEDS_IF_MATCH: Final = Text(sv="Ange vilken version ändringen utgår från", en="Say which version you change")
NEEDS_IF_MATCH_DETAIL: Final = Text(
    sv="Hämta det som ska ändras och skicka dess ETag i huvudet If-Match; så skriver ingen över någon annans ändring.",
    en="Get what is to be changed and send its ETag in the header If-Match, so that nobody overwrites another's.",
)
OUTDATED: Final = Text(sv="Någon annan hann före", en="Somebody else was faster")
OUTDATED_DETAIL: Final = Text(
    sv="Den gällande versionen är {version}. Hämta den, gör ändringen i den och skicka igen. Inget har ändrats.",
    en="The newest version is {version}. Get it, make the change in it and send again. Nothing has been changed.",
)
AGREEMENT_TAKEN: Final = Text(sv="Beteckningen är upptagen", en="The id is taken")
AGREEMENT_TAKEN_DETAIL: Final = Text(
    sv="Överenskommelsen {id} finns redan eller är programmets egen. Välj en annan beteckning eller gör en ny version.",
    en="The agreement {id} is there already, or is the program's own. Choose another id, or make a new version.",
)
UNUSABLE: Final = Text(sv="Överenskommelsen går inte att använda", en="The agreement cannot be used")
IN_OTHER_HANDS: Final = Text(sv="Paketet är upptaget", en="The package is in other hands")
IN_OTHER_HANDS_DETAIL: Final = Text(
    sv="En leverans eller en annan rättelse är på väg in i paketet. Vänta tills den är klar, och utgå från det nya.",
    en="A delivery or another correction is on its way into the package. Wait until it is done, and start from that.",
)
NOT_HELD: Final = Text(sv="Leveransen väntar inte på beslut", en="The delivery waits for no decision")
NOT_HELD_DETAIL: Final = Text(
    sv="Leveransen är {state}. Inget har beslutats.", en="The delivery is {state}. Nothing was decided."
)
NO_WORDS: Final = Text(
    sv="Ange i words ett skäl eller en fråga, utan styrtecken.",
    en="Say in words a reason or a question, without control characters.",
)
NO_REASON: Final = Text(
    sv="Ange i reason varför metadata rättas, med högst 2000 tecken.",
    en="Say in reason why the metadata is corrected, in 2000 characters at most.",
)
ONLY_JSON: Final = Text(sv="Skicka application/json.", en="Send application/json.")
STATUS_SV: Final = {
    HTTPStatus.METHOD_NOT_ALLOWED: "Metoden går inte att använda här",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "För stort",
}
TUS_VERSION: Final = Text(sv="Okänd version av tus", en="Unknown version of tus")
TUS_VERSION_DETAIL: Final = Text(sv="Skicka huvudet Tus-Resumable: 1.0.0.", en="Send the header Tus-Resumable: 1.0.0.")
UPLOAD_TYPE: Final = Text(
    sv="En uppladdning fortsätter med Content-Type: application/offset+octet-stream.",
    en="An upload goes on with Content-Type: application/offset+octet-stream.",
)
UPLOAD_OFFSET: Final = Text(sv="Uppladdningen är på ett annat ställe", en="The upload is at another place")
UPLOAD_OFFSET_DETAIL: Final = Text(
    sv="Fråga med HEAD hur mycket som har kommit, och fortsätt där.",
    en="Ask by HEAD how much has come, and go on there.",
)
UPLOAD_TOO_LONG: Final = Text(
    sv="Det kom fler byte än vad Upload-Length anger.", en="More bytes came than Upload-Length states."
)
TOO_MANY_PIECES: Final = Text(
    sv="Uppladdningen har kommit i för många delar. Börja om med en ny, och skicka större delar.",
    en="The upload has come in too many pieces. Begin a new one, and send larger pieces.",
)
UPLOAD_DIGEST: Final = Text(
    sv="Det som kom fram har inte den kontrollsumma som Upload-Checksum anger. Inget av det är kvar; skicka igen.",
    en="What arrived does not have the digest that Upload-Checksum states. Nothing of it is kept; send it again.",
)
BAD_UPLOAD_NUMBER: Final = Text(
    sv="Upload-Length och Upload-Offset ska vara antal byte, i siffror.",
    en="Upload-Length and Upload-Offset must be numbers of bytes, in digits.",
)
BAD_METADATA: Final = Text(
    sv="Upload-Metadata ska vara namn och värde i base64, åtskilda av komman, högst 4096 tecken.",
    en="Upload-Metadata must be names and values in base64, with commas between, 4096 characters at most.",
)
BAD_CHECKSUM: Final = Text(
    sv="Upload-Checksum ska vara en algoritm (sha256, sha512, sha1 eller md5) och summan i base64.",
    en="Upload-Checksum must be an algorithm (sha256, sha512, sha1 or md5) and the digest in base64.",
)
NO_DIRECT: Final = Text(sv="Direktuppladdning finns inte här", en="Direct uploads are not offered here")
NO_DIRECT_DETAIL: Final = Text(
    sv="Arkivets mellanlager nås inte av den som levererar. Ladda upp genom arkivet: POST /v1/uploads (tus 1.0).",
    en="Producers do not reach the archive's staging store. Upload through the archive: POST /v1/uploads (tus 1.0).",
)
PARTS_MISSING: Final = Text(sv="Alla delar har inte kommit", en="Not all parts have come")
PARTS_MISSING_DETAIL: Final = Text(
    sv="Delar saknas eller har fel längd; missing nämner de första. Hämta adresser (GET), skicka, avsluta igen.",
    en="Parts are missing or have another length; missing names the first. Get addresses, put them, complete.",
)
BUSY_PROVING: Final = Text(
    sv="Så många uppladdningar som får läsas på en gång läses just nu. Delarna är kvar; avsluta igen om en stund.",
    en="As many uploads as may be read at a time are being read. The parts are kept; complete again in a while.",
)
UPLOAD_IS_OTHER: Final = Text(
    sv="Det som laddades upp är inte det som sha256 anger. Ladda upp det på nytt.",
    en="What was uploaded is not what sha256 states. Upload it again.",
)
NO_UPLOAD: Final = Text(sv="Det finns ingen färdig uppladdning {id}.", en="There is no finished upload {id}.")
