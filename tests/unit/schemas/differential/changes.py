"""Every small way to change one element of a document, by what the schema declares for it."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final

from lxml import etree
from xmlschema.validators import XsdAnyElement, XsdElement

from tests.unit.schemas.differential import actions
from tests.unit.schemas.differential.declared import Declared, Place, attributes, group, open_to_others, text
from tests.unit.schemas.differential.instances import Base, bases, smallest
from tests.unit.schemas.differential.values import Tried

XS: Final = "http://www.w3.org/2001/XMLSchema"
BUILT_IN: Final = ("anyType", "string", "token", "int", "boolean", "date", "dateTime")
WHERE_OPEN: Final = ("1", "x", "SIP", "2021-04-01")
"""What to give an attribute that may stand anywhere, where it stands elsewhere than on the document element."""

Change = tuple[str, Callable[..., None]]
"""What is done, in words, and the action, which takes the element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One document to be judged; its name says at which place what was done to which base."""

    name: str
    document: bytes
    unchanged: bool


def mutations(declared: Declared) -> Iterator[Mutation]:
    """Every mutation of a schema, always the same in the same order; some documents come more than once."""
    tried = Tried()
    for place in declared.places():
        at = "/".join(str(element.local_name) for element in place)
        for base in bases(place):
            yield Mutation(name=f"{at} ({base.name})", document=etree.tostring(base.root), unchanged=True)
            for change, action in _changes(declared, place, base, tried):
                root = copy.deepcopy(base.root)
                action(base.element(root))
                yield Mutation(name=f"{at} ({base.name}) {change}", document=etree.tostring(root), unchanged=False)
    yield from _documents(declared)


def _documents(declared: Declared) -> Iterator[Mutation]:
    everywhere = {str(place[-1].name): place[-1] for place in declared.places()}
    for element in (*declared.documents(), *everywhere.values()):
        name = f"{element.local_name} as the document"
        yield Mutation(name=name, document=etree.tostring(smallest(element)), unchanged=False)


def _changes(declared: Declared, place: Place, base: Base, tried: Tried) -> Iterator[Change]:
    here = place[-1]
    if base.name.startswith("only"):
        yield from _order(base)
        return
    yield from chain(_order(base), _occurrence(base), _names(base), _content(declared, here), _typing(here))
    if base.name == "bare":
        yield from _texts(here, tried)
        yield from _foreign_attributes(declared, place, tried)
        yield from _foreign_elements(declared, here)
    else:
        yield from _attributes(here, tried)


def _children(base: Base) -> Iterator[tuple[int, str, etree._Element]]:
    for number, child in enumerate(base.element(base.root)):
        yield number, f"{etree.QName(child).localname}[{number}]", child


def _order(base: Base) -> Iterator[Change]:
    for number, name, _ in _children(base):
        yield f"{name} last", partial(actions.last, number)
        yield f"{name} first", partial(actions.first, number)
        yield f"{name} after the next", partial(actions.after_the_next, number)


def _occurrence(base: Base) -> Iterator[Change]:
    for number, name, _ in _children(base):
        yield f"{name} dropped", partial(actions.dropped, number)
        yield f"{name} twice", partial(actions.repeated, number, 1)
        yield f"{name} twice alike", partial(actions.alike, number)
        yield f"{name} three times", partial(actions.repeated, number, 2)
        yield f"{name} emptied", partial(actions.child_emptied, number)
        if base.way:
            yield f"{name} moved out", partial(actions.moved_out, number)


def _names(base: Base) -> Iterator[Change]:
    for number, name, child in _children(base):
        for other in _strange(etree.QName(child)):
            yield f"{name} renamed {other}", partial(actions.child_renamed, number, other)


def _strange(name: etree.QName) -> tuple[str, ...]:
    own = f"{{{name.namespace}}}" if name.namespace else ""
    foreign = f"{{urn:foreign}}{name.localname}"
    return (f"{own}unknown", f"{own}{name.localname.upper()}_", "unknown", foreign, name.localname)


def _content(declared: Declared, here: XsdElement) -> Iterator[Change]:
    own = declared.root.removesuffix(etree.QName(declared.root).localname)
    yield "emptied", actions.emptied
    yield "with text first", partial(actions.with_text, "text")
    yield "with a comment", actions.with_comment
    yield "with an instruction", actions.with_instruction
    if group(here) is not None:
        yield "with text between", actions.with_text_between
    for tag in (f"{own}unknown", "unknown", "{urn:foreign}unknown", declared.root):
        yield f"with {tag} first", partial(actions.with_first, tag)
        yield f"with {tag} last", partial(actions.with_last, tag)
    for name in ("unknown", "{urn:foreign}unknown", f"{own}unknown", "{http://www.w3.org/XML/1998/namespace}lang"):
        yield f"with @{name}", partial(actions.with_attribute, name, "sv")


def _typing(here: XsdElement) -> Iterator[Change]:
    yield "nil", actions.nil
    yield "nil and emptied", actions.nil_and_emptied
    for name in BUILT_IN:
        yield f"typed xs:{name}", partial(actions.typed, XS, name)
    kind = here.type
    if kind.local_name and kind.target_namespace != XS:
        yield f"typed by name {kind.local_name}", partial(actions.typed, kind.target_namespace, kind.local_name)


def _texts(here: XsdElement, tried: Tried) -> Iterator[Change]:
    kind = text(here)
    for value in tried.candidates(kind) if kind is not None else ():
        yield f"text {value!r}", partial(actions.with_text, value)


def _attributes(here: XsdElement, tried: Tried) -> Iterator[Change]:
    for name, attribute in attributes(here).items():
        yield f"@{name} dropped", partial(actions.without_attribute, name)
        for other in (f"{name}_", name.lower(), f"{{urn:foreign}}{etree.QName(name).localname}"):
            yield f"@{name} renamed {other}", partial(actions.attribute_renamed, name, other)
        for value in tried.candidates(attribute.type):
            yield f"@{name} {value!r}", partial(actions.with_attribute, name, value)


def _foreign_attributes(declared: Declared, place: Place, tried: Tried) -> Iterator[Change]:
    """Where the attributes of other schemas may stand: each one that is known, with right and wrong values."""
    if open_to_others(place[-1]):
        for attribute in declared.attributes():
            name = str(attribute.name)
            for value in tried.candidates(attribute.type) if len(place) == 1 else WHERE_OPEN:
                yield f"@{name} {value!r}", partial(actions.with_attribute, name, value)


def _foreign_elements(declared: Declared, here: XsdElement) -> Iterator[Change]:
    """Where the elements of other schemas may stand: each one that is known, right and wrong."""
    content = group(here)
    if content is not None and any(isinstance(leaf, XsdAnyElement) for leaf in content.iter_elements()):
        for known in declared.documents():
            right, wrong = smallest(known), smallest(known)
            wrong.set("unknown", "x")
            yield f"with known {known.local_name}", partial(actions.with_copy, right)
            yield f"with broken {known.local_name}", partial(actions.with_copy, wrong)
