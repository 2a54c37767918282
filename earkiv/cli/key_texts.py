"""What `earkiv doctor` says of the signing keys, in both languages."""

from ingest.domain.findings import Text

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
KEY_SIGNS = Text(sv="Signeringsnyckel {key}: signerar nu", en="Signing key {key}: signs now")
KEY_WAITS = Text(
    sv="Signeringsnyckel {key}: väntar på att tas i bruk med `earkiv signing-key rotate {key}`",
    en="Signing key {key}: waits to be taken into use by `earkiv signing-key rotate {key}`",
)
KEY_NOT_HELD = Text(
    sv="Signeringsnyckel {key}: signerar nu, men finns inte i {folder}; kopiera den dit från din säkerhetskopia",
    en="Signing key {key}: signs now, but does not lie in {folder}; copy it there from your backup",
)
KEYS_UNPROVEN = Text(
    sv="Signeringsnycklar: arkivets nycklar kan inte läsas ur journalen ({reason})",
    en="Signing keys: the archive's keys cannot be read from the journal ({reason})",
)
