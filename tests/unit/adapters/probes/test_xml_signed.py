"""Signatures in XML and in office documents are found before anything is converted, and checked where that can be."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from ingest.adapters.probes import look_inside
from ingest.domain.characteristics import Signature, SignatureVerdict
from tests.unit.adapters.probes import files
from tests.unit.adapters.probes.signing import SIGNER
from tests.unit.adapters.probes.xml_signing import APPLICATION, about, by_hand, enveloped, enveloping, xades

HOLDS, BROKEN = SignatureVerdict.HOLDS, SignatureVerdict.BROKEN
NOT_CHECKED = SignatureVerdict.NOT_CHECKED


def seen_in(folder: Path, content: bytes) -> tuple[Signature, ...]:
    path = folder / "file"
    path.write_bytes(content)
    return look_inside(path, None).signatures


@pytest.mark.parametrize("sign", [enveloped, enveloping, xades])
def test_a_signature_holds_until_what_it_signs_is_changed(tmp_path: Path, sign: Callable[[], bytes]) -> None:
    signed = sign()
    (held,) = seen_in(tmp_path, signed)
    assert (held.kind, held.verdict, held.signer) == ("XML", HOLDS, f"CN={SIGNER}")
    changed = signed.replace(b"<belopp>100", b"<belopp>900")
    assert changed != signed
    (broken,) = seen_in(tmp_path, changed)
    assert (broken.verdict, broken.signer) == (BROKEN, held.signer)
    assert broken.detail


def test_a_signature_of_inclusive_canonical_xml_without_prefixes_holds(tmp_path: Path) -> None:
    assert [one.verdict for one in seen_in(tmp_path, by_hand())] == [HOLDS]
    (broken,) = seen_in(tmp_path, by_hand().replace(b"100", b"900"))
    assert broken.verdict is BROKEN


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('<a xml:lang="sv"><b>100</b>{}</a>', "xml: attributes"),
        ('<?xml-stylesheet href="a"?>\n<a><b>100</b>{}</a>', "processing instructions"),
    ],
)
def test_what_the_library_may_canonicalise_otherwise_is_never_called_broken(
    tmp_path: Path, document: str, reason: str
) -> None:
    changed = b'<?xml version="1.0"?>' + by_hand(document).replace(b"100", b"900")
    (found,) = seen_in(tmp_path, changed)
    assert found.verdict is NOT_CHECKED
    assert reason in found.detail


def test_the_time_that_the_signer_states_is_told(tmp_path: Path) -> None:
    (held,) = seen_in(tmp_path, xades())
    assert held.signed_at.startswith("20")


def test_what_a_signature_is_about_is_told_where_it_is_not_all(tmp_path: Path) -> None:
    (whole,) = seen_in(tmp_path, enveloped())
    (part,) = seen_in(tmp_path, enveloping())
    assert whole.detail == ""
    assert part.detail.startswith("about parts of the document: #")


def test_each_of_several_signatures_is_judged_by_itself(tmp_path: Path) -> None:
    once = enveloped()
    twice = enveloped(once)
    first, second = seen_in(tmp_path, twice)
    assert sorted((first.verdict, second.verdict)) == [BROKEN, HOLDS]


def test_a_document_without_a_declaration_is_looked_into_too(tmp_path: Path) -> None:
    bare = enveloped().partition(b"?>\n")[2]
    assert [one.verdict for one in seen_in(tmp_path, bare)] == [HOLDS]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (about("beslut.pdf"), "outside the document: beslut.pdf"),
        (enveloped().replace(b"xmldsig#enveloped-signature", b"xmldsig#annat"), "not carried out"),
        (enveloped().replace(b"X509Certificate>", b"X509Annat>"), "neither certificate nor key"),
        (enveloped().replace(b"X509Certificate>MII", b"X509Certificate>AAA"), "cannot be read"),
        (enveloped().replace(b"?>", b"?><!DOCTYPE ansokan>", 1), "doctype"),
    ],
)
def test_what_cannot_be_checked_is_found_and_told_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (found,) = seen_in(tmp_path, content)
    assert found.verdict is NOT_CHECKED
    assert reason in found.detail


def test_a_document_that_only_speaks_of_signatures_has_none(tmp_path: Path) -> None:
    speaks = b'<?xml version="1.0"?><schema xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><a>Signature</a></schema>'
    assert seen_in(tmp_path, speaks) == ()
    assert seen_in(tmp_path, APPLICATION) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("_xmlsignatures/sig1.xml", "OOXML"),
        ("META-INF/documentsignatures.xml", "ODF"),
        ("META-INF/signatures0.xml", "XML"),
    ],
)
def test_a_signature_in_a_document_that_is_a_zip_is_found(tmp_path: Path, name: str, kind: str) -> None:
    (found,) = seen_in(tmp_path, files.with_members(files.docx(), {name: enveloped()}))
    assert (found.kind, found.verdict, found.signer) == (kind, NOT_CHECKED, f"CN={SIGNER}")
    assert found.detail.startswith(name)


@pytest.mark.parametrize("name", ["META-INF/signature.p7s", "META-INF/EXEMPEL.RSA"])
def test_a_signature_that_is_no_xml_is_found_there_too(tmp_path: Path, name: str) -> None:
    (found,) = seen_in(tmp_path, files.zipped({name: b"0"}))
    assert (found.kind, found.verdict) == ("CMS", NOT_CHECKED)


@pytest.mark.parametrize("content", [b"<", b'<!DOCTYPE a><a xmlns="x"/>', bytes(3 << 20)])
def test_what_cannot_be_read_where_a_signature_lies_is_told(tmp_path: Path, content: bytes) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_xmlsignatures/sig1.xml", content)
    (found,) = seen_in(tmp_path, target.getvalue())
    assert (found.kind, found.verdict) == ("OOXML", NOT_CHECKED)


def test_a_document_of_many_signatures_costs_no_more_than_twenty(tmp_path: Path) -> None:
    many = b'<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#">' + b"<ds:Signature/>" * 50 + b"</a>"
    assert len(seen_in(tmp_path, many)) == 20
