"""Makes PDF/A-2b files (ISO 19005-2).

The letters have embedded fonts, XMP that agrees with the document information, and an output intent with an
ICC profile.
"""

import io
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
import reportlab
from pikepdf import Array, Dictionary, Name, ObjectStreamMode
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.documents.icc import rgb_profile
from samples.documents.letters import Faces, Letter, draw

_FONTS = Path(reportlab.__file__).parent / "fonts"
_CREATOR, _PRODUCER = "Exempeldiariet", "ReportLab"
# Invariant files of the library carry this moment in their document information.
_MOMENT = "2000-01-01T00:00:00+00:00"


def pdf_a(letter: Letter) -> bytes:
    """Give a letter as PDF/A-2b, the same bytes every time."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=A4, invariant=1, pageCompression=0, pdfVersion=(1, 4), lang="sv-SE")
    canvas.setTitle(letter.title)
    canvas.setAuthor(letter.sender)
    canvas.setSubject(letter.reference)
    canvas.setCreator(_CREATOR)
    canvas.setProducer(_PRODUCER)
    pdfmetrics.registerFont(TTFont("Vera", str(_FONTS / "Vera.ttf")))
    pdfmetrics.registerFont(TTFont("VeraBd", str(_FONTS / "VeraBd.ttf")))
    draw(letter, canvas, Faces(regular="Vera", bold="VeraBd"))
    canvas.save()
    drawn.seek(0)
    return _declared(drawn, letter)


def _declared(drawn: io.BytesIO, letter: Letter) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(drawn) as document:
        profile = document.make_stream(rgb_profile(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB"),
            DestOutputProfile=profile,
        )
        document.Root.OutputIntents = Array([intent])
        document.Root.Metadata = document.make_stream(_xmp(letter), Type=Name.Metadata, Subtype=Name.XML)
        document.save(
            target,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
    return target.getvalue()


def _xmp(letter: Letter) -> bytes:
    title, subject = escape(letter.title), escape(letter.reference)
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{escape(letter.sender)}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool>
   <xmp:CreateDate>{_MOMENT}</xmp:CreateDate>
   <xmp:ModifyDate>{_MOMENT}</xmp:ModifyDate>
   <pdf:Producer>{_PRODUCER}</pdf:Producer>
   <pdf:Keywords></pdf:Keywords>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
    return text.encode()
