"""Signatures in XML (XML-DSig 1.1, XAdES), checked offline against the certificate or key that came along.

Checked is what lies in the document itself, by transforms that the library carries out. All else is found and told as
*not checked*, with the reason: a reference to another file, a list of digests, an unknown transform.
"""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ingest.adapters.probes.verdicts import undecided_unless_checked
from ingest.domain.characteristics import Signature, SignatureVerdict
from ingest.formats.xml_bounds import XmlRefused, chunks
from ingest.formats.xml_signatures import SIGNATURE, XmlSignature, alone, mentions_signatures, refusal_of, signatures_in

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KIND: Final = "XML"
MOST: Final = 20
_MOST_BYTES: Final = 4 << 20
_MOST_NAMED: Final = 5
_CARRIED_OUT: Final = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2006/12/xml-c14n11",
    }
)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_markup(head: bytes) -> bool:
    """Tell by the first bytes whether a file may be XML, also without the declaration that it is."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip().startswith(b"<")


def check_xml(path: Path) -> tuple[Signature, ...]:
    """Find every signature of a document and check those that can be. Raises StoreUnavailable."""
    return undecided_unless_checked(path, KIND, _check)


def not_checked(found: XmlSignature, kind: str, reason: str) -> Signature:
    """Tell of a signature that nobody here can check."""
    certificate = _loaded(found.certificates[0]) if found.certificates else None
    return Signature(
        kind=kind,
        verdict=SignatureVerdict.NOT_CHECKED,
        signer=_subject(certificate),
        signed_at=found.signed_at,
        detail=reason,
    )


def _check(path: Path) -> tuple[Signature, ...]:
    with path.open("rb") as source:
        if not mentions_signatures(source):
            return ()
    try:
        found = signatures_in(chunks(path, None), MOST)
    except XmlRefused as refused:
        return (Signature(kind=KIND, verdict=SignatureVerdict.NOT_CHECKED, detail=refusal_of(refused)),)
    return tuple(_judged(path, one) for one in found)


def _judged(path: Path, found: XmlSignature) -> Signature:
    reason = _hindrance(path, found)
    if reason:
        return not_checked(found, KIND, reason)
    try:
        return _verified(path.read_bytes(), found)
    except MemoryError:
        return not_checked(found, KIND, "more memory than checking may take")


def _hindrance(path: Path, found: XmlSignature) -> str:
    """Say why a signature cannot be checked here, "" when it can."""
    outside = [target for target in found.targets if target and not target.startswith("#")]
    foreign = sorted(found.algorithms - _CARRIED_OUT)
    hindrances = (
        (found.is_inside_another, "it lies inside another signature"),
        (found.has_manifest, "it signs a list of digests"),
        (bool(outside), f"it is about something outside the document: {_listed(outside)}"),
        (bool(foreign), f"a transform that is not carried out: {_listed(foreign)}"),
        (not found.certificates and not found.has_key, "neither certificate nor key came along"),
        (bool(found.certificates) and not any(map(_loaded, found.certificates)), "its certificate cannot be read"),
        (path.stat().st_size > _MOST_BYTES, f"the document is larger than {_MOST_BYTES} bytes"),
    )
    return next((reason for hinders, reason in hindrances if hinders), "")


def _verified(document: bytes, found: XmlSignature) -> Signature:
    from signxml.exceptions import InvalidSignature  # noqa: PLC0415 - only where there is a signature

    loaded = [certificate for each in found.certificates if (certificate := _loaded(each)) is not None]
    certificates: list[Certificate | None] = [*loaded] or [None]
    fault = ""
    for certificate in certificates:
        try:
            _verify(document, found.number, certificate)
        except InvalidSignature as error:
            fault = fault or str(error)
        else:
            return _told(found, certificate, SignatureVerdict.HOLDS, _covered(found.targets))
    if doubt := _doubt(document, found):
        return not_checked(found, KIND, doubt)
    return _told(found, certificates[0], SignatureVerdict.BROKEN, fault or "the signed bytes are not those signed")


def _doubt(document: bytes, found: XmlSignature) -> str:
    """Say why a signature that does not verify may hold all the same: what the library canonicalises otherwise."""
    if found.is_inherited:
        return "what is signed takes xml: attributes from outside it, which is not carried out"
    if document.replace(b"\0", b"").count(b"<?") > 1:
        return "processing instructions outside the root element, which are not carried out"
    return ""


def _verify(document: bytes, number: int, certificate: "Certificate | None") -> None:
    """Verify one signature of a document. Raises InvalidSignature, and what the library likes over bad content."""
    from signxml.algorithms import DigestAlgorithm, SignatureMethod  # noqa: PLC0415 - as above
    from signxml.verifier import SignatureConfiguration, XMLVerifier  # noqa: PLC0415

    class Verifier(XMLVerifier):
        """Looks at the signature with that number, where the library takes the first one it finds."""

        def _c14n(self, nodes: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the library's signature
            """Canonicalise an element as a document of its own: inside another, lxml adds namespaces to it."""
            return super()._c14n(alone(nodes), *arguments, **named)

        def _get_signature(self, root: Any) -> Any:  # noqa: ANN401 - an lxml element, which is ingest.formats' matter
            return next(each for at, each in enumerate(root.iter(SIGNATURE)) if at == number)

    terms = SignatureConfiguration(
        require_x509=certificate is not None,
        expect_references=True,
        # Old algorithms too: the question is whether the bytes are as they were signed, not whom to trust.
        signature_methods=frozenset(SignatureMethod),
        digest_algorithms=frozenset(DigestAlgorithm),
        verification_time=certificate.not_valid_before_utc if certificate else None,
    )
    Verifier().verify(document, x509_cert=certificate, expect_config=terms)


def _told(found: XmlSignature, certificate: "Certificate | None", verdict: SignatureVerdict, detail: str) -> Signature:
    return Signature(kind=KIND, verdict=verdict, signer=_subject(certificate), signed_at=found.signed_at, detail=detail)


def _covered(targets: Sequence[str]) -> str:
    """Say what a signature that holds is about, where it is not the whole document."""
    return "" if "" in targets else f"about parts of the document: {_listed(targets)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (
        f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    )


def _loaded(certificate: str) -> "Certificate | None":
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - only where there is a signature

    try:
        return load_der_x509_certificate(base64.b64decode(certificate))
    except ValueError:
        return None


def _subject(certificate: "Certificate | None") -> str:
    return certificate.subject.rfc4514_string() if certificate is not None else ""
