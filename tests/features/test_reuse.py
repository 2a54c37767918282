"""Open data before judges of others: the protocol's own schemas, the EU's shapes, and a harvesting client over HTTP."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
import uvicorn
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch
from starlette.applications import Starlette

from access.reuse.dcat import catalogue
from access.reuse.oai_endpoint import answer_to
from access.reuse.routes import reuse_routes
from ingest.formats.public_forms import rendered
from schemas.public_store import Form, form_key
from tests.fakes.public_shelf import ABOUT, Shelf, public_id, public_record
from tests.features.serving import free_port
from tests.patience import PATIENCE_SECONDS

_OAI = "http://www.openarchives.org/OAI/2.0/"
_SCHEMAS = (
    (_OAI, "oai-pmh/openarchives.org_OAI_2.0_OAI-PMH.xsd"),
    (f"{_OAI}oai_dc/", "oai-dublincore/oai_dc.xsd"),
    (f"{_OAI}oai-identifier", "oai-pmh/oai-identifier.xsd"),
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(path=tmp_path / "index.sqlite")
    shelf.release_many(range(8))
    shelf.withdraw(public_id(3))
    return shelf


@pytest.fixture(scope="module")
def protocol(corpus: Path) -> etree.XMLSchema:
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(corpus / "oai" / path).as_uri()}"/>'
        for space, path in _SCHEMAS
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, etree.XMLParser(no_network=True, load_dtd=False)))


NAME = f"oai:example.se:{public_id(1)}"
WITHDRAWN = f"oai:example.se:{public_id(3)}"
ASKED: list[dict[str, str]] = [
    {"verb": "Identify"},
    {"verb": "ListMetadataFormats"},
    {"verb": "ListMetadataFormats", "identifier": NAME},
    {"verb": "ListMetadataFormats", "identifier": WITHDRAWN},
    {"verb": "ListSets"},
    {"verb": "ListSets", "resumptionToken": "x"},
    {"verb": "GetRecord", "identifier": NAME, "metadataPrefix": "oai_dc"},
    {"verb": "GetRecord", "identifier": WITHDRAWN, "metadataPrefix": "oai_dc"},
    {"verb": "GetRecord", "identifier": NAME, "metadataPrefix": "marc21"},
    {"verb": "GetRecord", "identifier": "oai:example.se:x", "metadataPrefix": "oai_dc"},
    {"verb": "GetRecord", "identifier": NAME},
    {"verb": "ListIdentifiers", "metadataPrefix": "mets"},
    {"verb": "ListIdentifiers", "metadataPrefix": "mets", "set": "class", "from": "2026-03-01", "until": "2026-03-02"},
    {"verb": "ListIdentifiers", "metadataPrefix": "mets", "until": "2020-01-01"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-01T12:00:05Z"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-01", "until": "2026-03-01T12:00:05Z"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "creator:none"},
    {"verb": "ListRecords", "resumptionToken": 'x"<&'},
    {"verb": "Nothing"},
    {},
]


def _shown(asked: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in asked.items()) or "nothing"


@pytest.mark.corpus
@pytest.mark.parametrize("asked", ASKED, ids=_shown)
def test_answers_are_valid(protocol: etree.XMLSchema, shelf: Shelf, asked: dict[str, str]) -> None:
    answer = etree.fromstring(answer_to(list(asked.items()), shelf.offering()))
    assert protocol.validate(answer), protocol.error_log


@pytest.mark.corpus
def test_every_page_of_a_harvest_is_valid(protocol: etree.XMLSchema, shelf: Shelf) -> None:
    asked, pages = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}, 0
    while asked:
        answer = etree.fromstring(answer_to(list(asked.items()), shelf.offering()))
        assert protocol.validate(answer), protocol.error_log
        token, pages = answer.findtext(f".//{{{_OAI}}}resumptionToken"), pages + 1
        asked = {"verb": "ListRecords", "resumptionToken": token} if token else {}
    assert pages == 3


@pytest.mark.corpus
def test_the_schemas_refuse_what_is_wrong(protocol: etree.XMLSchema, shelf: Shelf) -> None:
    """The judge is awake: a datestamp without its Z is told."""
    content = answer_to([("verb", "ListIdentifiers"), ("metadataPrefix", "mets")], shelf.offering())
    assert not protocol.validate(etree.fromstring(content.replace(b"Z</datestamp>", b"</datestamp>")))


def canonical(element: etree._Element) -> bytes:
    """Write an element so that only what it says counts, and nothing of what is around it."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


@pytest.mark.parametrize("form", Form)
def test_forms_are_sent_as_the_archive_renders_them(shelf: Shelf, form: Form) -> None:
    content = rendered(public_record(1), form, "Exempelarkivet")
    shelf.forms[form_key(public_id(1), form)] = content
    asked = [("verb", "GetRecord"), ("identifier", NAME), ("metadataPrefix", form.value)]
    answer = etree.fromstring(answer_to(asked, shelf.offering()))
    (sent,) = answer.iterfind(f".//{{{_OAI}}}metadata/*")
    assert canonical(sent) == canonical(etree.fromstring(content))


@pytest.mark.corpus
def test_what_the_archive_renders_is_valid_where_it_is_sent(protocol: etree.XMLSchema, shelf: Shelf) -> None:
    content = rendered(public_record(1, description="Å & <b>", date="2021"), Form.OAI_DC, "Exempelarkivet")
    shelf.forms[form_key(public_id(1), Form.OAI_DC)] = content
    asked = [("verb", "GetRecord"), ("identifier", NAME), ("metadataPrefix", "oai_dc")]
    assert protocol.validate(etree.fromstring(answer_to(asked, shelf.offering()))), protocol.error_log


@pytest.fixture(scope="module")
def shapes(corpus: Path) -> rdflib.Graph:
    """Give the EU's shapes; as published they name two that they do not have, which no validator can apply."""
    graph = rdflib.Graph().parse(corpus / "dcat" / "dcat-ap-SHACL.ttl")
    absent = [shape for shape in graph.objects(None, rdflib.SH.property) if (shape, None, None) not in graph]
    assert len(absent) == 2
    for shape in absent:
        graph.remove((None, rdflib.SH.property, shape))
    return graph


def violations(content: bytes, shapes: rdflib.Graph) -> str:
    """Give what the shapes find; "" = nothing."""
    described = rdflib.Graph().parse(data=content, format="xml")
    conforms, _, text = pyshacl.validate(described, shacl_graph=shapes, advanced=True)
    return "" if conforms else str(text)


@pytest.mark.corpus
def test_the_catalogue_conforms_to_dcat_ap(shapes: rdflib.Graph, shelf: Shelf) -> None:
    content = catalogue(shelf.entries(), ABOUT, shelf.now)
    assert not violations(content, shapes)
    assert "Violation" in violations(content.replace(b"dcat:accessURL", b"dcat:other"), shapes)


def test_the_catalogue_says_what_dcat_ap_se_asks_for(shelf: Shelf) -> None:
    """DCAT-AP-SE 3.0.1: what a catalogue, a dataset, a service, a publisher and a contact must have."""
    graph = rdflib.Graph().parse(data=catalogue(shelf.entries(), ABOUT, shelf.now), format="xml")
    asked = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
        ASK {
          ?catalogue a dcat:Catalog; dct:title ?t1; dct:description ?t2; dct:publisher ?who; dct:license ?licence;
            dcat:dataset ?dataset; dcat:service ?service.
          ?dataset dct:title ?t3; dct:description ?t4; dct:publisher ?who; dcat:contactPoint ?contact;
            dcat:distribution ?way.
          ?who foaf:name ?name; dct:type ?type.
          ?contact a vcard:Organization; vcard:fn ?fn; vcard:hasEmail ?email.
          ?way dcat:accessURL ?url; dct:format ?format; dcat:mediaType ?media.
          ?service dct:title ?t5; dcat:endpointURL <https://arkiv.example.se/oai>.
          FILTER(isIRI(?licence) && isIRI(?type) && isIRI(?email) && isIRI(?format) && isIRI(?media)) }"""
    assert graph.query(asked).askAnswer
    addresses = {str(term) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in addresses)


@contextmanager
def served(shelf: Shelf) -> Iterator[str]:
    """Serve open data on loopback; gives the address of OAI-PMH."""
    port = free_port()
    config = uvicorn.Config(Starlette(routes=list(reuse_routes(shelf.offering()))), port=port, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/oai"
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


def harvested(client: Sickle, after_each: Callable[[int], None], **arguments: str) -> dict[str, str | None]:
    """Harvest with the client; what was told last of an id holds."""
    kept: dict[str, str | None] = {}
    for nth, record in enumerate(client.ListRecords(metadataPrefix="oai_dc", **arguments)):
        told: dict[str, list[Any]] = {} if record.deleted else record.metadata
        kept[record.header.identifier.rpartition(":")[2]] = told["title"][0] if told else None
        after_each(nth)
    return kept


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_harvests_what_the_index_holds(shelf: Shelf, method: str) -> None:
    with served(shelf) as address:
        client = Sickle(address, http_method=method)
        assert harvested(client, lambda _: None) == shelf.holdings()
        assert client.Identify().deletedRecord == "persistent"
        assert {each.metadataPrefix for each in client.ListMetadataFormats()} == {"oai_dc", "ead3", "mets"}
        named = {each.setSpec: each.setName for each in client.ListSets()}
        (spec,) = (spec for spec, name in named.items() if name == "Nämnd 1")
        headers = [header.identifier for header in client.ListIdentifiers(metadataPrefix="mets", set=spec)]
        assert headers == [f"oai:example.se:{public_id(n)}" for n in (1, 5, 7, 3)]
        assert client.GetRecord(identifier=NAME, metadataPrefix="oai_dc").metadata["title"] == ["Ärende <1> & bilagor"]


def test_a_client_misses_nothing_while_records_come_change_and_go(shelf: Shelf) -> None:
    changes: dict[int, Callable[[], None]] = {
        1: lambda: shelf.release(public_record(0, title="Ändrat efter att det hämtats")),
        2: lambda: shelf.withdraw(public_id(5)),
        3: lambda: shelf.release(public_record(20)),
        4: lambda: shelf.release(public_record(3, title="Återkallat och släppt igen")),
        5: lambda: shelf.withdraw(public_id(1)),
        8: lambda: shelf.release(public_record(7, title="Ändrat innan det hämtats")),
    }
    with served(shelf) as address:
        kept = harvested(Sickle(address), lambda nth: changes.pop(nth, lambda: None)())
    assert not changes
    assert kept == shelf.holdings()


def test_a_client_is_told_errors_as_the_protocol_names_them(shelf: Shelf) -> None:
    with served(shelf) as address:
        client = Sickle(address)
        with pytest.raises(NoRecordsMatch):
            client.ListRecords(metadataPrefix="oai_dc", until="2020-01-01")
        with pytest.raises(BadResumptionToken):
            client.ListRecords(resumptionToken="x")
        with pytest.raises(IdDoesNotExist):
            client.GetRecord(identifier=f"oai:example.se:{public_id(99)}", metadataPrefix="oai_dc")
