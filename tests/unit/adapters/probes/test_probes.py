"""What the probes see in genuine files, and that no bytes stop them."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from pyhanko.sign.fields import MDPPerm

from ingest.adapters.probes import look_inside
from ingest.adapters.probes.images import MOST_BYTES
from ingest.domain.characteristics import NOTHING, Observed, SignatureVerdict, Trait, signed_by
from ingest.domain.paths import PackagePath
from tests.unit.adapters.probes import files
from tests.unit.adapters.probes.signing import SIGNER, Officer, appended_to, commented, officer

MANIFEST = b'<manifest:manifest xmlns:manifest="urn:x"><manifest:encryption-data/></manifest:manifest>'
SOUND: Mapping[str, bytes] = {
    "pdf": files.pdf(),
    "docx": files.docx(),
    "zip": files.zipped({"a.txt": b"hej"}),
    "bare pdf": files.bare_pdf(b""),
    "pdf with odd entries": files.bare_pdf(b"/Names(x)/OpenAction[3 0 R/Fit]/AcroForm[1]"),
    "png": files.image("PNG"),
    "animated png": files.pictures("PNG", 3),
    "animated gif": files.pictures("GIF", 3),
    "animated webp": files.pictures("WEBP", 3),
    "jpeg with previews": files.pictures("MPO", 3),
    "tiff of pages": files.pictures("TIFF", 3),
    "jpeg 2000": files.image("JPEG2000"),
    "jpeg": files.image("JPEG"),
    "tiff": files.image("TIFF"),
    "gif": files.image("GIF"),
    "bmp": files.image("BMP"),
    "webp": files.image("WEBP"),
    "xml": '<?xml version="1.0"?><a>å</a>'.encode(),
    "xml in UTF-16": '<?xml version="1.0" encoding="UTF-16"?><a>å</a>'.encode("utf-16"),
    "xml in UTF-32": '<?xml version="1.0" encoding="UTF-32"?><a>å</a>'.encode("utf-32"),
    "xml with a document type": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "text": b"En anteckning.",
    "nothing": b"",
    "older document": files.ole_with("Innehåll"),
}
SEEN: Mapping[str, tuple[bytes, Trait]] = {
    "locked pdf": (files.locked_pdf("hemligt"), Trait.ENCRYPTED),
    "restricted pdf": (files.locked_pdf(""), Trait.ENCRYPTED),
    "locked docx": (files.locked_docx(), Trait.ENCRYPTED),
    "locked zip": (files.locked_zip(), Trait.ENCRYPTED),
    "locked odt": (
        files.zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": MANIFEST}),
        Trait.ENCRYPTED,
    ),
    "docm": (files.with_members(files.docx(), {"word/vbaProject.bin": b"x"}), Trait.MACROS),
    "odt with Basic": (files.zipped({"mimetype": b"x", "Basic/Standard/Module1.xml": b"x"}), Trait.MACROS),
    "doc with VBA": (files.ole_with("Macros", "VBA"), Trait.MACROS),
    "scripted pdf": (files.scripted_pdf(), Trait.SCRIPTS),
    "broken xml": (b'<?xml version="1.0"?><a><b></a>', Trait.DAMAGED),
    "deep xml": (b'<?xml version="1.0"?>' + b"<a>" * 300 + b"</a>" * 300, Trait.TOO_LARGE_TO_CHECK),
    **{
        f"{name} cut short": (SOUND[name][: len(SOUND[name]) * 2 // 3], Trait.DAMAGED)
        for name in ("pdf", "docx", "zip", "png", "jpeg", "tiff", "bmp", "webp", "older document")
    },
}


@pytest.fixture(scope="module")
def ellen() -> Officer:
    return officer()


def seen_in(folder: Path, content: bytes, signed: bytes | None = None) -> Observed:
    path = folder / "0001"
    path.write_bytes(content)
    about = None
    if signed is not None:
        about = folder / "0002"
        about.write_bytes(signed)
    return look_inside(path, about)


@pytest.mark.parametrize("name", SOUND)
def test_in_a_sound_file_nothing_is_seen(tmp_path: Path, name: str) -> None:
    assert seen_in(tmp_path, SOUND[name]) == NOTHING


@pytest.mark.parametrize("name", SEEN)
def test_what_stands_in_a_reader_s_way_is_seen(tmp_path: Path, name: str) -> None:
    content, trait = SEEN[name]
    seen = seen_in(tmp_path, content)
    assert [one.trait for one in seen.characteristics] == [trait]
    assert seen.characteristics[0].detail
    assert str(tmp_path) not in seen.characteristics[0].detail


def test_a_picture_beyond_the_budget_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.adapters.probes.images.MOST_BYTES", 64 * 64 * 4)
    assert seen_in(tmp_path, files.image("PNG")) == NOTHING
    for content in (files.image("PNG", side=65), files.image("JPEG2000"), files.pixel_flood()):
        seen = seen_in(tmp_path, content)
        assert [one.trait for one in seen.characteristics] == [Trait.TOO_LARGE_TO_CHECK]


def test_a_page_as_the_finest_scanners_make_it_is_within_the_budget() -> None:
    assert MOST_BYTES >= 4960 * 7016 * 4


def test_pictures_beyond_the_budget_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.adapters.probes.images.MOST_PICTURES", 3)
    assert seen_in(tmp_path, files.pictures("TIFF", 3)) == NOTHING
    seen = seen_in(tmp_path, files.pictures("TIFF", 4))
    assert [one.trait for one in seen.characteristics] == [Trait.TOO_LARGE_TO_CHECK]


def test_a_directory_beyond_the_budget_is_not_read(tmp_path: Path) -> None:
    content = bytearray(files.zipped({"a.txt": b"hej"}))
    content[-10:-6] = (1 << 30).to_bytes(4, "little")
    seen = seen_in(tmp_path, bytes(content))
    assert [one.trait for one in seen.characteristics] == [Trait.TOO_LARGE_TO_CHECK]


def test_a_signature_in_a_pdf_holds_until_the_document_is_changed(tmp_path: Path, ellen: Officer) -> None:
    signed = ellen.signed(files.pdf())
    (held,) = seen_in(tmp_path, signed).signatures
    assert (held.kind, held.verdict, held.detail) == ("PDF", SignatureVerdict.HOLDS, "")
    assert SIGNER in held.signer
    changed = signed.replace(b"bifaller", b"avslaar!", 1)
    assert changed != signed
    (broken,) = seen_in(tmp_path, changed).signatures
    assert broken.verdict is SignatureVerdict.BROKEN
    assert broken.detail


def test_a_signature_holds_when_others_sign_after_it_and_not_when_the_document_is_changed(
    tmp_path: Path, ellen: Officer
) -> None:
    signed = ellen.signed(files.pdf())
    twice = seen_in(tmp_path, ellen.signed(signed, field="Motpart")).signatures
    assert [one.verdict for one in twice] == [SignatureVerdict.HOLDS] * 2
    changed = seen_in(tmp_path, appended_to(signed))
    assert [one.verdict for one in changed.signatures] == [SignatureVerdict.BROKEN]
    assert changed.characteristics == ()


HOLDS, BROKEN, UNDECIDED = SignatureVerdict.HOLDS, SignatureVerdict.BROKEN, SignatureVerdict.UNDECIDED


@pytest.mark.parametrize(
    ("allowed", "change", "verdict"),
    [
        (MDPPerm.NO_CHANGES, bytes, HOLDS),
        (MDPPerm.NO_CHANGES, commented, BROKEN),
        (MDPPerm.NO_CHANGES, appended_to, BROKEN),
        (MDPPerm.FILL_FORMS, bytes, HOLDS),
        (MDPPerm.FILL_FORMS, commented, BROKEN),
        (MDPPerm.FILL_FORMS, appended_to, BROKEN),
        (MDPPerm.ANNOTATE, bytes, HOLDS),
        (MDPPerm.ANNOTATE, commented, UNDECIDED),
        (MDPPerm.ANNOTATE, appended_to, UNDECIDED),
    ],
)
def test_who_certifies_a_document_says_what_may_be_changed_in_it(
    tmp_path: Path, ellen: Officer, allowed: MDPPerm, change: Callable[[bytes], bytes], verdict: SignatureVerdict
) -> None:
    """ISO 32000-1, 12.8.2.2. Where comments are allowed, it is left open whether what came was no more than that."""
    (signature,) = seen_in(tmp_path, change(ellen.certified(files.pdf(), allowed))).signatures
    assert (signature.verdict, signature.signer) == (verdict, f"Common Name: {SIGNER}")
    assert bool(signature.detail) is (verdict is not HOLDS)


@pytest.mark.parametrize("allowed", [MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE])
def test_a_certified_document_may_be_signed_by_others_where_its_author_allows_it(
    tmp_path: Path, ellen: Officer, allowed: MDPPerm
) -> None:
    signed = ellen.signed(ellen.certified(files.pdf(), allowed), field="Motpart")
    assert [one.verdict for one in seen_in(tmp_path, signed).signatures] == [HOLDS, HOLDS]
    after = BROKEN if allowed is MDPPerm.FILL_FORMS else UNDECIDED
    assert [one.verdict for one in seen_in(tmp_path, commented(signed)).signatures] == [after, after]


def test_signed_bytes_that_were_changed_break_a_certificate_whatever_it_allows(tmp_path: Path, ellen: Officer) -> None:
    certified = ellen.certified(files.pdf(), MDPPerm.ANNOTATE)
    changed = commented(certified.replace(b"bifaller", b"avslaar!", 1))
    assert [one.verdict for one in seen_in(tmp_path, changed).signatures] == [BROKEN]


def test_a_signature_is_found_where_the_form_does_not_announce_it(tmp_path: Path, ellen: Officer) -> None:
    signed = ellen.signed(files.pdf()).replace(b"/SigFlags", b"/SigFlagz")
    assert len(seen_in(tmp_path, signed).signatures) == 1


def test_a_detached_signature_holds_for_its_file_alone(tmp_path: Path, ellen: Officer) -> None:
    signature = ellen.signature_of(files.pdf())
    (held,) = seen_in(tmp_path, signature, files.pdf()).signatures
    assert (held.kind, held.verdict) == ("CMS", SignatureVerdict.HOLDS)
    assert SIGNER in held.signer
    (broken,) = seen_in(tmp_path, signature, files.pdf() + b" ").signatures
    assert broken.verdict is SignatureVerdict.BROKEN


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PGP SIGNATURE-----", b"\x30\x80"])
def test_a_signature_that_cannot_be_read_is_undecided(tmp_path: Path, content: bytes) -> None:
    (undecided,) = seen_in(tmp_path, content, b"handling").signatures
    assert undecided.verdict is SignatureVerdict.UNDECIDED
    assert undecided.detail


def test_a_signature_belongs_to_the_file_of_the_same_name() -> None:
    names = tuple(map(PackagePath, ("a/beslut.pdf", "a/beslut.pdf.p7s", "b.sig", "A.P7S", "A")))
    assert [signed_by(name, names) for name in names] == [None, "a/beslut.pdf", None, "A", None]


@pytest.mark.parametrize("name", SOUND)
def test_no_damage_stops_a_probe(tmp_path: Path, ellen: Officer, name: str) -> None:
    chance = Random(name)  # noqa: S311 - the same damage each time
    whole = ellen.signed(SOUND[name]) if name == "pdf" else SOUND[name]
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            if content:
                content[chance.randrange(len(content))] = chance.randrange(256)
        seen = seen_in(tmp_path, bytes(content))
        details = [one.detail for one in seen.characteristics] + [one.detail for one in seen.signatures]
        assert not any(str(tmp_path) in detail for detail in details)


def test_a_zip_that_holds_a_locked_pdf_is_not_locked_itself(tmp_path: Path) -> None:
    path = tmp_path / "brev.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("brev.pdf", files.locked_pdf("hemligt"))
    assert look_inside(path, None) == NOTHING
