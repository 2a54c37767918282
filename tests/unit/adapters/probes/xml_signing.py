"""Signs XML as an e-service would: enveloped, enveloping, and beside a part; XAdES where it says so."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner
from signxml.xades.xades import XAdESSigner

from tests.unit.adapters.probes.signing import SIGNER

APPLICATION: Final = b"<ansokan><namn>Ellen Exempel</namn><belopp>100</belopp></ansokan>"
_INCLUSIVE: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
_MADE: Final = datetime(2021, 1, 1, tzinfo=UTC)
_METHOD: Final = SignatureMethod.ECDSA_SHA256
_EXPIRED: Final = _MADE + timedelta(days=365)


@cache
def key_and_certificate() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A key and a certificate for it, which has run out since."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    valid = builder.serial_number(7).not_valid_before(_MADE).not_valid_after(_EXPIRED)
    return key, valid.sign(key, hashes.SHA256())


def enveloped(document: bytes = APPLICATION) -> bytes:
    """A document with a signature over all of it."""
    return _written(_signed(XMLSigner(SignatureConstructionMethod.enveloped, _METHOD), document))


def enveloping(document: bytes = APPLICATION) -> bytes:
    """A signature with what it signs inside."""
    return _written(_signed(XMLSigner(SignatureConstructionMethod.enveloping, _METHOD), document))


def xades(document: bytes = APPLICATION) -> bytes:
    """A document with a XAdES signature over all of it."""
    return _written(_signed(XAdESSigner(signature_algorithm=_METHOD), document))


def about(uri: str) -> bytes:
    """A signature about something outside."""
    signer = XMLSigner(SignatureConstructionMethod.detached, _METHOD)
    key, certificate = key_and_certificate()
    return _written(signer.sign(APPLICATION, key=key, cert=[certificate], reference_uri=uri))


def _signed(signer: XMLSigner, document: bytes) -> etree._Element:
    key, certificate = key_and_certificate()
    return signer.sign(etree.fromstring(document), key=key, cert=[certificate])


def _written(signed: etree._Element) -> bytes:
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def by_hand(document: str = "<a><b>100</b>{}</a>") -> bytes:
    """A signature written letter by letter, in inclusive canonical form, whose namespace is the default one."""
    key, certificate = key_and_certificate()
    digest = base64.b64encode(hashlib.sha256(document.format("").encode()).digest()).decode()
    steps = (_DSIG + "enveloped-signature", _INCLUSIVE)
    transforms = "".join(f'<Transform Algorithm="{step}"></Transform>' for step in steps)
    told = (
        f'<CanonicalizationMethod Algorithm="{_INCLUSIVE}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{SignatureMethod.ECDSA_SHA256.value}"></SignatureMethod>'
        f'<Reference URI=""><Transforms>{transforms}</Transforms>'
        f'<DigestMethod Algorithm="{DigestAlgorithm.SHA256.value}"></DigestMethod>'
        f"<DigestValue>{digest}</DigestValue></Reference></SignedInfo>"
    )
    r, s = decode_dss_signature(key.sign(f'<SignedInfo xmlns="{_DSIG}">{told}'.encode(), ec.ECDSA(hashes.SHA256())))
    value = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
    der = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    info = f"<KeyInfo><X509Data><X509Certificate>{der}</X509Certificate></X509Data></KeyInfo>"
    signed = f"<SignedInfo>{told}<SignatureValue>{value}</SignatureValue>{info}"
    return document.format(f'<Signature xmlns="{_DSIG}">{signed}</Signature>').encode()
