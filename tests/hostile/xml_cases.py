"""Descriptors that try to reach out or to swell, and payload that does: refused, or kept with a remark."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from tests.hostile.case import Case, accepted, as_text, package, refused
from tests.hostile.zips import zipped

METS: Final = b'<mets xmlns="http://www.loc.gov/METS/" PROFILE="x"%s>%s</mets>'
LAUGHS: Final = b"<!DOCTYPE mets [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
)
QUADRATIC: Final = b"<!DOCTYPE mets [<!ENTITY a '" + b"x" * 100_000 + b"'>]>" + METS % (b"", b"&a;" * 50_000)
PARAMETERS: Final = b"<!DOCTYPE mets [<!ENTITY %% p SYSTEM 'http://127.0.0.1:9/x'> %%p;]>%s" % (METS % (b"", b""))
DESCRIPTORS: Final[Mapping[str, tuple[bytes, str]]] = {
    "doctype": (b"<!DOCTYPE mets>" + METS % (b"", b""), "XML-2"),
    "doctype-file": (b'<!DOCTYPE mets SYSTEM "file:///etc/hostname">' + METS % (b"", b""), "XML-2"),
    "doctype-http": (b'<!DOCTYPE mets PUBLIC "x" "http://127.0.0.1:9/x.dtd">' + METS % (b"", b""), "XML-2"),
    "entity-file": (b'<!DOCTYPE mets [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + METS % (b"", b"&x;"), "XML-2"),
    "parameter-entity": (PARAMETERS, "XML-2"),
    "laughs": (LAUGHS + b"]>" + METS % (b"", b"&m;"), "XML-2"),
    "quadratic": (QUADRATIC, "XML-2"),
    "utf-16-doctype": (("<!DOCTYPE mets>" + (METS % (b"", b"")).decode()).encode("utf-16"), "XML-2"),
    "xinclude": (
        METS % (b"", b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>'),
        "XML-2",
    ),
    "deep": (METS % (b"", b"<a>" * 300 + b"</a>" * 300), "XML-3"),
    "very-deep": (METS % (b"", b"<a>" * 100_000), "XML-3"),
    "very-many-instructions": (METS % (b"", b"<?p x?>" * 1_500_000), "XML-3"),
    "very-many-comments": (b"<!---->" * 1_500_000 + METS % (b"", b""), "XML-3"),
    "attributes": (METS % (b"".join(b' a%d=""' % n for n in range(600)), b""), "XML-3"),
    "namespaces": (METS % (b"".join(b' xmlns:n%d="urn:%d"' % (n, n) for n in range(80)), b""), "XML-3"),
    "cut": ((METS % (b"", b""))[:-4], "XML-1"),
    "not-well-formed": (METS % (b"", b"&"), "XML-1"),
}
PAYLOADS: Final[Mapping[str, bytes]] = {
    "svg-external": b'<?xml version="1.0"?><!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x.dtd"><svg/>',
    "svg-public": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd"><svg/>',
    "xml-laughs": LAUGHS.replace(b"mets", b"a") + b"]><a>&m;</a>",
    "xml-comment-first": b"<!-- a --><?p i?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
    "xml-utf-16": "<!DOCTYPE a SYSTEM 'x'><a/>".encode("utf-16"),
}
PLAIN: Final[Mapping[str, bytes]] = {
    "html5": b"<!doctype html><html lang=sv><title>x</title></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "text-about-doctype": b"Om <!DOCTYPE a SYSTEM 'x'>",
}


def cases() -> Iterator[Case]:
    """All of them, each in a ZIP."""
    for name, (descriptor, rule) in DESCRIPTORS.items():
        yield refused(f"xml-{name}", partial(zipped, {b"METS.xml": descriptor}), rule)
    for name, body in PAYLOADS.items():
        files = package({b"handlingar/bild.svg": body})
        yield accepted(f"payload-{name}", partial(zipped, files), as_text(files), "FMT-5")
    for name, body in PLAIN.items():
        files = package({b"handlingar/sida.html": body})
        yield accepted(f"payload-{name}", partial(zipped, files), as_text(files))
