"""Content schemas for tests: a report with entries, in XSD 1.0 and 1.1, and documents that follow it or do not."""

from ingest.domain.content_schemas import ContentSchema, SchemaDocument, XsdVersion

NAMESPACE = "urn:example:rapport"
ASSERTION = '<xs:assert test="r:från le r:till"/>'
TYPES = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Antal">
    <xs:restriction base="xs:int"><xs:minInclusive value="0"/></xs:restriction>
  </xs:simpleType>
</xs:schema>
"""
ENTRY = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:r="urn:example:rapport"
    targetNamespace="urn:example:rapport" elementFormDefault="qualified">
  {reference}
  <xs:element name="rapport">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="post" maxOccurs="unbounded">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="från" type="r:Antal"/>
              <xs:element name="till" type="r:Antal"/>
            </xs:sequence>
            <xs:attribute name="dag" type="xs:date"/>
            {assertion}
          </xs:complexType>
        </xs:element>
      </xs:sequence>
    </xs:complexType>
    {unique}
  </xs:element>
</xs:schema>
"""
UNIQUE = '<xs:unique name="en"><xs:selector xpath="r:post"/><xs:field xpath="@dag"/></xs:unique>'
INCLUDE = '<xs:include schemaLocation="../typer.xsd"/>'


def entry(reference: str = INCLUDE, assertion: str = "", unique: str = "") -> str:
    return ENTRY.format(reference=reference, assertion=assertion, unique=unique)


def schema(*, reference: str = INCLUDE, assertion: str = "", unique: str = "", path: str = "") -> ContentSchema:
    """Register the report; one with assertions is XSD 1.1."""
    return ContentSchema(
        root="rapport",
        namespace=NAMESPACE,
        path=path,
        version=XsdVersion.V1_1 if assertion else XsdVersion.V1_0,
        documents=(
            SchemaDocument(name="rapport/rapport.xsd", text=entry(reference, assertion, unique)),
            SchemaDocument(name="typer.xsd", text=TYPES),
        ),
    )


def of_one(text: str, version: XsdVersion = XsdVersion.V1_1) -> ContentSchema:
    """Register a schema of one document, without a namespace, for `<rapport>`."""
    return ContentSchema(root="rapport", version=version, documents=(SchemaDocument(name="rapport.xsd", text=text),))


def plain(body: str) -> str:
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{body}\n</xs:schema>'


def report(*posts: str) -> str:
    inside = "\n".join(posts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rapport xmlns="{NAMESPACE}">\n{inside}\n</rapport>\n'


def post(first: object = 1, last: object = 2, day: str = "") -> str:
    stated = f' dag="{day}"' if day else ""
    return f"<post{stated}><från>{first}</från><till>{last}</till></post>"
