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
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import MDPPerm
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

    def certified(self, pdf: bytes, allowed: MDPPerm) -> bytes:
        """Give a PDF that its author certifies, with what may be changed in it (DocMDP)."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        out = io.BytesIO()
        certified = PdfSignatureMetadata(field_name="Intyg", certify=True, docmdp_permissions=allowed)
        sign_pdf(writer, certified, signer=self.signer, output=out)
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


def commented(pdf: bytes) -> bytes:
    """Give a PDF with a comment appended to its first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]  # as above
    comment = DictionaryObject(  # type: ignore[no-untyped-call]  # as above
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Text"),
            pdf_name("/Rect"): ArrayObject(map(NumberObject, (10, 10, 30, 30))),
            pdf_name("/Contents"): TextStringObject("Se yttrandet."),
        }
    )
    page["/Annots"] = ArrayObject([*page["/Annots"], writer.add_object(comment)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # not annotated there
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
