"""The file formats of the sample documents, with their PRONOM keys."""

from samples.simulator.description import FileFormat

PDF = FileFormat(media_type="application/pdf", name="Portable Document Format", version="1.4", puid="fmt/18")
PDF_A_2B = FileFormat(
    media_type="application/pdf",
    name="Portable Document Format - Archival PDF/A-2b",
    version="2b",
    puid="fmt/477",
)
DOCX = FileFormat(
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    name="Microsoft Word for Windows",
    version="2007 onwards",
    puid="fmt/412",
)
TIFF = FileFormat(media_type="image/tiff", name="Tagged Image File Format", version="", puid="fmt/353")
PNG = FileFormat(media_type="image/png", name="Portable Network Graphics", version="1.0", puid="fmt/11")
JPEG = FileFormat(media_type="image/jpeg", name="JPEG File Interchange Format", version="1.01", puid="fmt/43")
TEXT = FileFormat(media_type="text/plain", name="Plain Text File", version="", puid="x-fmt/111")
CSV = FileFormat(media_type="text/csv", name="Comma Separated Values", version="", puid="x-fmt/18")
EMAIL = FileFormat(media_type="message/rfc822", name="Internet e-mail message format", version="", puid="fmt/950")
XML = FileFormat(media_type="application/xml", name="Extensible Markup Language", version="1.0", puid="fmt/101")
SCHEMA = FileFormat(media_type="application/xml", name="XML Schema Definition", version="1.0", puid="x-fmt/280")
