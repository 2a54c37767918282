"""What lies in the README of a whole archive's export, for whoever finds it without us."""

from typing import Final

README: Final = """\
DET HÄR ÄR ETT HELT E-ARKIV
===========================

packages/            Ett arkivpaket per fil (TAR): packages/<två första tecknen>/<paketets id>/v<generation>.tar
                     {form_sv}
                     Alla generationer är med; den högsta gäller.
journal/             Arkivets journal, som den låg i arkivet: kvitton för mottagna och avvisade leveranser, versioner av
                     överenskommelser, senare händelser, nycklar. En fil är en undertecknad post; posterna i en mapp
                     bildar en kedja.
earkiv-keys.json     De publika nycklar som har undertecknat kvitton och journal (JWK Set, Ed25519).
packages.jsonl       En rad per paket och generation: vad det är, varifrån det kom, storlek och SHA-256.
manifest-sha256.txt  SHA-256 för varje annan fil här. Pröva allt: sha256sum --check --quiet manifest-sha256.txt

Öppna standarder: METS, PREMIS, E-ARK CSIP 2.2 och CITS ERMS i paketen; Ed25519 (RFC 8032) över RFC 8785 i journalen.
Hur ett kvitto prövas utan e-arkivets program står i earkivs dokumentation, docs/how-to/check-a-receipt.md.
Infekterade filer som en senare virussökning har hittat är med, som de arkiverades.


THIS IS A WHOLE E-ARCHIVE
=========================

packages/            One archived package per file (TAR): packages/<first two characters>/<package id>/v<generation>.tar
                     {form_en}
                     All generations are here; the highest is in force.
journal/             The archive's journal as it lay in the archive: receipts of accepted and refused deliveries,
                     versions of agreements, later events, keys. A file is one signed entry; the entries of a folder
                     form a chain.
earkiv-keys.json     The public keys that signed receipts and journal (JWK Set, Ed25519).
packages.jsonl       A line per package and generation: what it is, where it came from, its size and SHA-256.
manifest-sha256.txt  SHA-256 of every other file here. Check all: sha256sum --check --quiet manifest-sha256.txt

Open standards: METS, PREMIS, E-ARK CSIP 2.2 and CITS ERMS in the packages; Ed25519 (RFC 8032) over RFC 8785 in the
journal. How to check a receipt without the archive's programs stands in earkiv's documentation,
docs/how-to/check-a-receipt.md. Infected files that a later scan has found are here, as they were archived.
"""
FORMS: Final = {
    "csip": ("Varje TAR är ett E-ARK-paket (CSIP).", "Each TAR is an E-ARK package (CSIP)."),
    "bagit": (
        "Varje TAR är en påse (BagIt 1.0) med E-ARK-paketet (CSIP) i data/.",
        "Each TAR is a bag (BagIt 1.0) with the E-ARK package (CSIP) in data/.",
    ),
}
