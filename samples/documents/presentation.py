"""Makes presentations as flat OpenDocument (one XML file), which LibreOffice turns into any other form."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_OPENDOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_OPENDOCUMENT}:office:1.0",
    "draw": f"{_OPENDOCUMENT}:drawing:1.0",
    "text": f"{_OPENDOCUMENT}:text:1.0",
    "style": f"{_OPENDOCUMENT}:style:1.0",
    "fo": f"{_OPENDOCUMENT}:xsl-fo-compatible:1.0",
    "svg": f"{_OPENDOCUMENT}:svg-compatible:1.0",
}


def flat_presentation(slides: Sequence[str]) -> bytes:
    """Give one page for each text."""
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    pages = "".join(
        f'<draw:page draw:name="{number}" draw:master-page-name="Plain"><draw:frame svg:width="20cm" svg:height="5cm"'
        f' svg:x="2cm" svg:y="2cm"><draw:text-box><text:p>{escape(slide)}</text:p></draw:text-box></draw:frame>'
        "</draw:page>"
        for number, slide in enumerate(slides, start=1)
    )
    layout = '<style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {declared} office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.presentation">'
        f'<office:automatic-styles><style:page-layout style:name="Page">{layout}</style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Plain"'
        ' style:page-layout-name="Page"/></office:master-styles>'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body></office:document>\n"
    ).encode()
