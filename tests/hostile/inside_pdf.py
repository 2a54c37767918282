"""PDFs that are hostile to whoever looks inside: each maker gives one file's bytes."""

import io
import zlib
from collections.abc import Callable, Mapping
from typing import Final

import pikepdf

_MIB: Final = 1 << 20


def no_table(objects: int) -> bytes:
    """A PDF without a table of objects, which has to be searched for all of them."""
    body = b"".join(b"%d 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n" % n for n in range(3, objects))
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + body
    )


def half_begun(objects: int) -> bytes:
    """A PDF of objects that never end."""
    return b"%PDF-1.7\n" + b"1 0 obj<</A[" * objects


def deep_pages(levels: int) -> bytes:
    """A PDF whose tree of pages is a chain."""
    kids = b"".join(
        b"%d 0 obj<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>endobj\n" % (n, n + 1, n - 1)
        for n in range(2, levels)
    )
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + kids
        + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % levels
    )


def deep_arrays(levels: int) -> bytes:
    """A PDF with arrays in arrays."""
    return _catalogue(b"/A " + b"[" * levels + b"]" * levels)


def looped_pages() -> bytes:
    """A PDF whose pages hold themselves."""
    pages = b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + pages + b"trailer<</Root 1 0 R>>"


def object_stream_bomb(mebibytes: int) -> bytes:
    """A PDF whose objects lie in a stream that unpacks to much."""
    packed = zlib.compress(b"3 0 " + b" " * (mebibytes * _MIB), 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    return _with_streams(stream)


def nested_flate(mebibytes: int) -> bytes:
    """A PDF whose table of objects is packed twice."""
    packed = zlib.compress(zlib.compress(b"\0" * (mebibytes * _MIB), 9), 9)
    return (
        b"%PDF-1.7\n5 0 obj<</Type/XRef/Size 6/W[1 8 2]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length "
        + b"%d>>stream\n%b\nendstream endobj\nstartxref\n9\n%%%%EOF" % (len(packed), packed)
    )


def huge_table() -> bytes:
    """A PDF that states a table of two thousand million objects."""
    table = b"xref\n0 2000000000\n0000000000 65535 f \n"
    return b"%PDF-1.7\n" + table + b"trailer<</Size 2000000000/Root 1 0 R>>\nstartxref\n9\n%%EOF"


def looped_tables() -> bytes:
    """A PDF whose earlier table of objects is its own."""
    return b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"


def bitmap(filter_name: bytes, body: bytes) -> bytes:
    """A PDF with a picture of 60,000 by 60,000 dots."""
    head = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/"
    return _with_streams(head + filter_name + b"/Length %d>>stream\n%b\nendstream" % (len(body), body))


def locked_many_pages(pages: int) -> bytes:
    """A PDF with restrictions and many pages."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(target, encryption=pikepdf.Encryption(owner="x", user=""))
    return target.getvalue()


def claims_archival(mebibytes: int) -> bytes:
    """A PDF that says it is PDF/A, with metadata and content that unpack to much."""
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    packet += (
        b'<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="B"/>'
    )
    packet += b"</rdf:RDF></x:xmpmeta>"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Metadata = document.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        document.pages[0].Contents = document.make_stream(b"q Q " * (mebibytes * _MIB // 4))
        document.save(target := io.BytesIO(), compress_streams=True)
    return target.getvalue()


def signature_fields(fields: int) -> bytes:
    """A PDF that states signatures in a great many fields."""
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 9 9 9]/Contents<30>>>"
    kids = b"<</FT/Sig/T(x)/V" + value + b">>"
    return _catalogue(b"/AcroForm<</SigFlags 3/Fields[" + kids * fields + b"]>>")


def _catalogue(more: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R"
        + more
        + b">>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def _with_streams(stream: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/X 4 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n4 0 obj"
        + stream
        + b"endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF"
    )


MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "no-table.pdf": lambda: no_table(400_000),
    "half-begun.pdf": lambda: half_begun(2_000_000),
    "deep-pages.pdf": lambda: deep_pages(60_000),
    "deep-arrays.pdf": lambda: deep_arrays(3_000_000),
    "looped-pages.pdf": looped_pages,
    "object-stream-bomb.pdf": lambda: object_stream_bomb(1_000),
    "nested-flate.pdf": lambda: nested_flate(1_000),
    "huge-table.pdf": huge_table,
    "looped-tables.pdf": looped_tables,
    "jbig2.pdf": lambda: bitmap(b"JBIG2Decode", b"\0\0\0\0\x30\0\1\0\0\0\x13\0\0\xea\x60\0\0\xea\x60"),
    "jpx.pdf": lambda: bitmap(b"JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n"),
    "locked-many-pages.pdf": lambda: locked_many_pages(5_000),
    "claims-archival.pdf": lambda: claims_archival(300),
    "signature-fields.pdf": lambda: signature_fields(9_000),
}
