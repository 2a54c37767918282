"""Signs documents as a case officer's system would, with a certificate made for the occasion."""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNER = "Ellen Exempel"
_MADE = datetime(2021, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """One who signs."""

    signer: SimpleSigner

    def signed(self, pdf: bytes, field: str = "Underskrift") -> bytes:
        """Give a PDF with a signature inside."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        out = io.BytesIO()
        sign_pdf(writer, PdfSignatureMetadata(field_name=field), signer=self.signer, output=out)
        return out.getvalue()

    def signature_of(self, content: bytes) -> bytes:
        """Give a detached signature, as CMS in DER."""
        signature: bytes = asyncio.run(self.signer.async_sign_general_data(content, "sha256", detached=True)).dump()
        return signature


def appended_to(pdf: bytes) -> bytes:
    """Give a PDF with a change appended that is no signature and no form filled in."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Lang"] = TextStringObject("sv")
    writer.update_root()  # type: ignore[no-untyped-call]  # not annotated there
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # as above
    return out.getvalue()


def officer() -> Officer:
    """Make an officer with a key and a self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_MADE)
        .not_valid_after(_MADE + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # not annotated there
    )
    return Officer(signer=signer)
