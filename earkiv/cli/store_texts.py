"""What `doctor` says of stores, in Swedish and English."""

from ingest.domain.findings import Text

STORE_FOUND = Text(
    sv="Lager {name}: {place} svarar, skriver aldrig över och kontrollerar Content-MD5",
    en="Store {name}: {place} answers, never overwrites and checks Content-MD5",
)
STORE_FAULT = Text(sv="Lager {name}: {reason}", en="Store {name}: {reason}")
NOT_WRITE_ONCE = Text(
    sv="Lager {name}: {place} skriver över befintliga objekt fast `If-None-Match` säger nej; använd det inte",
    en="Store {name}: {place} overwrites what is there although `If-None-Match` forbids it; do not use it",
)
NOT_GIVEN_BACK = Text(
    sv="Lager {name}: {place} lämnade inte tillbaka de byte som lagrades; använd det inte",
    en="Store {name}: {place} did not give back the bytes that were stored; do not use it",
)
NO_MD5 = Text(
    sv="Lager {name}: {place} kontrollerar inte Content-MD5; skador på vägen dit upptäcks först vid återläsningen",
    en="Store {name}: {place} does not check Content-MD5; damage on the way is found only when it is read back",
)
DIRECT_OFFERED = Text(
    sv="Lager {name}: den som levererar laddar upp direkt på {public}; varje adress gäller för sin del och längd",
    en="Store {name}: producers upload directly at {public}; each address is good for its part and length",
)
DIRECT_UNBOUND = Text(
    sv="Lager {name}: {place} tar emot mer än en adress är signerad för; ta bort EARKIV_STORE_STAGING_PUBLIC_ENDPOINT",
    en="Store {name}: {place} takes more than an address was signed for; remove EARKIV_STORE_STAGING_PUBLIC_ENDPOINT",
)
FOLDER_FOUND = Text(sv="Lager {name}: {place} finns", en="Store {name}: {place} is there")
FOLDER_ABSENT = Text(
    sv="Lager {name}: mappen {place} finns inte; är disken monterad?",
    en="Store {name}: the folder {place} is not there; is the disk mounted?",
)
