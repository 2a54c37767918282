"""The deliveries of the samples, by name, and how to build each in every dialect."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from samples.cases import bygglov, foreningsbidrag, klagomal, marklov, skolskjuts
from samples.simulator.bare_erms import build_bare_erms
from samples.simulator.case_push import build_case_push
from samples.simulator.csip import build_csip
from samples.simulator.description import Case, Delivery, Document, Status
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import build_fgs12
from samples.simulator.layout import all_records

DELIVERIES: Mapping[str, Callable[[], Delivery]] = {
    "bygglov": cache(bygglov.delivery),
    "foreningsbidrag": cache(foreningsbidrag.delivery),
    "klagomal": cache(klagomal.delivery),
    "marklov": cache(marklov.delivery),
    "skolskjuts": cache(skolskjuts.delivery),
    "loose-records": cache(lambda: loose_records(klagomal.delivery())),
}
BUILDERS: Mapping[str, Callable[[Delivery, Path], None]] = {
    "case-push": build_case_push,
    "fgs12": build_fgs12,
    "eard": build_eard,
    "csip": build_csip,
    "bare-erms": build_bare_erms,
}


def loose_records(delivery: Delivery) -> Delivery:
    """The same delivery with its records outside any case."""
    return replace(delivery, cases=(), records=all_records(delivery))


def documents(delivery: Delivery) -> tuple[Document, ...]:
    """All files of a delivery, documentation and schemas included."""
    held = tuple(document for record in all_records(delivery) for document in record.documents)
    return held + delivery.documentation + delivery.schemas


def correct(name: str) -> Delivery:
    """The delivery with every case closed, on the day it was decided or opened when it was not."""
    delivery = DELIVERIES[name]()
    return replace(delivery, cases=tuple(map(_closed, delivery.cases)))


def _closed(case: Case) -> Case:
    return replace(case, status=Status.CLOSED, closed=case.closed or case.decided or case.opened)


def with_more_documents(delivery: Delivery, documents: tuple[Document, ...]) -> Delivery:
    """The same delivery, its first record with these documents besides."""
    case = delivery.cases[0]
    record = case.records[0]
    records = (replace(record, documents=(*record.documents, *documents)), *case.records[1:])
    return replace(delivery, cases=(replace(case, records=records), *delivery.cases[1:]))
