"""Forms of a public record as the archive renders them, small."""

from xml.sax.saxutils import escape

from schemas.public_store import Form

_ROOTS = {
    Form.EAD3: '<ead xmlns="http://ead3.archivists.org/schema/"><archdesc level="file"><did><unittitle>{}</unittitle></did></archdesc></ead>',  # noqa: E501 - one document
    Form.METS: '<mets:mets xmlns:mets="http://www.loc.gov/METS/" LABEL="{}"/>',
    Form.OAI_DC: (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></oai_dc:dc>'
    ),
}


def rendered(title: str, form: Form) -> bytes:
    """Give a form as the archive renders it."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_ROOTS[form].format(escape(title))}\n'.encode()
