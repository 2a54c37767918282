"""What `earkiv serve` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

SERVING: Final = Text(
    sv="Tar emot leveranser på http://{host}:{port}/v1/deliveries. Stoppa med Ctrl-C.",
    en="Taking in deliveries at http://{host}:{port}/v1/deliveries. Stop with Ctrl-C.",
)
DESK_LINK: Final = Text(
    sv="Arkivets skrivbord, en länk som gäller en gång: {address}",
    en="The archive's desk, a link that is good once: {address}",
)
ROOM: Final = Text(sv="Läsesalen för alla: {address}/", en="The reading room for everybody: {address}/")
NO_ROOM: Final = Text(
    sv="Läsesalen är inte öppen: något annat använder port {port}. Välj en annan med --public-port.",
    en="The reading room is not open: something else uses port {port}. Choose another by --public-port.",
)
ROOM_ON_SERVER: Final = Text(
    sv="På en server är läsesalen en egen tjänst: starta den med `python -m access`.",
    en="On a server the reading room is a service of its own: start it by `python -m access`.",
)
NO_API_KEY: Final = Text(
    sv="Sätt en nyckel med EARKIV_API_KEY, eller gör en med `earkiv keys create`; utan nyckel kan ingen leverera.",
    en="Set a key with EARKIV_API_KEY, or make one with `earkiv keys create`; without a key nobody can deliver.",
)
NO_ADDRESS: Final = Text(
    sv="Det går inte att lyssna på {host}, port {port}: {why}.",
    en="It is not possible to listen on {host}, port {port}: {why}.",
)
KEY_ON_SERVER: Final = Text(
    sv="EARKIV_API_KEY är för det inbäddade arkivet; på en server gör `earkiv keys create` en nyckel per producent.",
    en="EARKIV_API_KEY is for the embedded archive; on a server `earkiv keys create` makes a key for each producer.",
)
ESTABLISHED: Final = Text(
    sv="Arkivet är klart att arbeta med. Signeringsnyckel: {key}. Kör nu `earkiv keys create` för varje producent.",
    en="The archive is ready for work. Signing key: {key}. Now run `earkiv keys create` for each producer.",
)
KEY_CREATED: Final = Text(
    sv="Nyckeln visas bara nu; ge den på ett säkert sätt till den som den är för:",
    en="The key is shown only now; give it in a safe way to whom it is for:",
)
CLIENT_ADMITTED: Final = Text(
    sv="Klienten {client} är insläppt ({id}): den visar en token från identitetsleverantören i stället för en nyckel.",
    en="The client {client} has been let in ({id}): it shows a token of the identity provider's in place of a key.",
)
NO_ISSUER: Final = Text(
    sv="Ange vem som går i god för klienter: EARKIV_OIDC_ISSUER och EARKIV_OIDC_AUDIENCE.",
    en="Say who vouches for clients: EARKIV_OIDC_ISSUER and EARKIV_OIDC_AUDIENCE.",
)
MIXED_KEY: Final = Text(
    sv="--producer, --agreement och --action hör till en producents nyckel, --holder till en för arkivets egna.",
    en="--producer, --agreement and --action belong to a producer's key, --holder to one for the archive's own people.",
)
KEY_REVOKED: Final = Text(sv="Nyckeln {id} gäller inte längre.", en="The key {id} is no longer valid.")
NO_KEYS: Final = Text(sv="Det finns inga nycklar.", en="There are no keys.")
KEY_COLUMNS: Final = (
    Text(sv="id", en="id"),
    Text(sv="roll", en="role"),
    Text(sv="för", en="for"),
    Text(sv="överenskommelser", en="agreements"),
    Text(sv="får", en="may"),
    Text(sv="gjord", en="made"),
    Text(sv="senast använd", en="last used"),
    Text(sv="anteckning", en="note"),
)
QUOTA: Final = Text(
    sv="{producer}: leveranser {deliveries}, byte {bytes}", en="{producer}: deliveries {deliveries}, bytes {bytes}"
)
QUOTA_SET: Final = Text(
    sv="{producer} får nu ha så mycket på väg in: leveranser {deliveries}, byte {bytes}.",
    en="{producer} may now have so much under way: deliveries {deliveries}, bytes {bytes}.",
)
ANY_NUMBER: Final = Text(sv="hur många som helst", en="any number")
WITHOUT_QUOTA: Final = Text(
    sv="Producenter utan kvot för byte: {count}. En uppladdning som en av dem annonserar kan ta allt utrymme i "
    "mottagningen i sju dygn. Sätt en: earkiv quotas set --producer NAMN --bytes N ({producers})",
    en="Producers without a quota of bytes: {count}. An upload that one of them announces can take all the room in "
    "staging for seven days. Set one: earkiv quotas set --producer NAME --bytes N ({producers})",
)
ALL_HAVE_QUOTAS: Final = Text(
    sv="Alla producenter som får leverera har en kvot för byte: {count}",
    en="All producers that may deliver have a quota of bytes: {count}",
)
NO_QUOTAS: Final = Text(sv="Ingen producent har någon kvot.", en="No producer has a quota.")
IN_USE: Final = Text(sv="aldrig", en="never")
REVOKED: Final = Text(sv="återkallad", en="revoked")

SIGNING_KEY_CREATED: Final = Text(
    sv="Nyckeln {key} är gjord: {path}. Kopiera filen till varje maskin som signerar och till ett ställe som är ingen "
    "av dem. Ta den sedan i bruk: earkiv signing-key rotate {key}",
    en="The key {key} is made: {path}. Copy the file to every machine that signs, and to a place that is none of "
    "them. Then take it into use: earkiv signing-key rotate {key}",
)
SIGNING_KEY_ROTATED: Final = Text(
    sv="Nu signerar {key}. Kopiera {path} till ett säkert ställe, och behåll den förra nyckeln: det som redan är "
    "beslutat undertecknas med den.",
    en="Now {key} signs. Copy {path} to a safe place, and keep the key before it: what is decided already is signed by "
    "that one.",
)
SIGNING_KEY_REPORTED: Final = Text(
    sv="Anmält: {key} kan ha varit i andras händer sedan {since}. `earkiv verify` räknar upp vad det gör tveksamt.",
    en="Reported: others may have had {key} since {since}. `earkiv verify` lists what that makes doubtful.",
)
WHICH_KEY: Final = Text(
    sv="Ange nyckeln: gör den med `earkiv signing-key create` och kopiera den till alla maskiner först.",
    en="Name the key: make it by `earkiv signing-key create`, and copy it to all machines first.",
)
NO_TIME: Final = Text(
    sv="--since {since} är ingen tidpunkt med tidszon, som 2026-11-29T10:00+01:00.",
    en="--since {since} is no time with a time zone, like 2026-11-29T10:00+01:00.",
)
FUTURE: Final = Text(sv="--since {since} har inte varit än.", en="--since {since} has not been yet.")
SIGNING_KEY_COLUMNS: Final = (
    Text(sv="nyckel", en="key"),
    Text(sv="läge", en="status"),
    Text(sv="från", en="from"),
    Text(sv="till", en="until"),
    Text(sv="i andras händer sedan", en="others may have it since"),
    Text(sv="finns här", en="held here"),
)
YES: Final = Text(sv="ja", en="yes")
NO: Final = Text(sv="nej", en="no")
