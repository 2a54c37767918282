"""Files of packages for the answer to a request: found, ticked, and carried along in addresses and forms."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from audit.desk import choosing_texts as texts
from audit.desk.lists import newest, older, place_in
from audit.desk.pages import page
from audit.desk.record import reading_of
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.answer_from_archive import ChosenFile, offer_files
from ingest.application.answer_requests import show_request
from ingest.application.asked_records import asked_record
from ingest.application.desk_packages import list_found
from ingest.domain.lookups import PackageWish
from ingest.domain.people import Deed

FIELD: Final = "chosen"
_READ_FOR: Final = "POST /requests/{request}/answer"
_TOLD: Final = re.compile(r"([0-9a-f-]{36}):([0-9a-f]{64}):(.+)", re.DOTALL)
_MOST: Final = 50
"""So many are read of an address or form: more than any answer holds, so that too many are told of."""


def chosen_in(visit: Visit) -> tuple[ChosenFile, ...]:
    """Give what has been chosen, as the form says or, where none was sent, the address; in its order, each once."""
    sent = [said for name, said in visit.form.items() if name.startswith(f"{FIELD}-")]
    told = sent if visit.request.method == "POST" else visit.request.query_params.getlist(FIELD)
    found = (_TOLD.fullmatch(said) for said in dict.fromkeys(told))
    return tuple(ChosenFile(package=one[1], sha256=one[2], path=one[3]) for one in found if one)[:_MOST]


def told_of(chosen: ChosenFile) -> str:
    """Give a chosen file as addresses and forms carry it."""
    return f"{chosen.package}:{chosen.sha256}:{chosen.path}"


def query_of(chosen: Sequence[ChosenFile]) -> str:
    """Give what carries chosen files along in an address."""
    return urlencode([(FIELD, told_of(one)) for one in chosen])


def record_reading(visit: Visit, chosen: Sequence[ChosenFile]) -> None:
    """Let the record of the desk say, durably, which files are read to answer a request. Raises EarkivError."""
    request = ("request", visit.at("request"))
    named = [(request, ("package", one.package), ("path", one.path), ("sha256", one.sha256)) for one in chosen]
    visit.desk.record.note(*(reading_of(visit, _READ_FOR, of) for of in named))


def choose_package(visit: Visit) -> Response:
    """List packages to choose files from: those that answer to what is sought, that of the asked record apart."""
    person, ports = visit.person, visit.desk.ports
    person.require(Deed.ANSWER_REQUESTS)
    with visit.desk.requests() as ledger:
        request = show_request(visit.at("request"), person, ledger)
    sought, chosen = visit.asked("q"), chosen_in(visit)
    found = list_found(PackageWish(anywhere=(sought,) if sought else (), after=place_in(visit)), person, ports)
    return page(
        visit,
        "choose.html",
        texts,
        request=request,
        record=None if request.about is None else asked_record(request.about, person, ports),
        found=found,
        sought=sought,
        older=older(visit, found.more),
        newest=newest(visit),
        field=FIELD,
        told_of=told_of,
        chosen=chosen,
        carry=query_of(chosen),
    )


def choose_files(visit: Visit) -> Response:
    """List files of a package to be ticked."""
    person = visit.person
    person.require(Deed.ANSWER_REQUESTS)
    with visit.desk.requests() as ledger:
        request = show_request(visit.at("request"), person, ledger)
    word = visit.asked("word")
    offer = offer_files(visit.at("package"), word, person, visit.desk.ports)
    offered = {one.file for one in offer.files}
    chosen = chosen_in(visit)
    return page(
        visit,
        "choose_files.html",
        texts,
        request=request,
        package=visit.at("package"),
        offer=offer,
        word=word,
        others=[one for one in chosen if one not in offered],
        field=FIELD,
        told_of=told_of,
        chosen=chosen,
        carry=query_of(chosen),
    )


ROOMS: Final = (
    Room(method="GET", path="/requests/{request}/choose", answer=choose_package),
    Room(method="GET", path="/requests/{request}/choose/{package}", answer=choose_files),
)
