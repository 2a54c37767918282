"""Puts a rendered form into an answer: its root element as it is, and nothing that would change what is around it."""

import re
from xml.parsers import expat

from markupsafe import Markup

_DECLARATION = re.compile(r"\A\s*<\?xml\s[^?]*\?>\s*")
_SEPARATOR = " "


class FormBroken(RuntimeError):
    """A form in the public store is no whole XML document of its namespace, so it is not sent."""


def embeddable(form: bytes, namespace: str) -> Markup:
    """Give a form (UTF-8) without its XML declaration, safe to stand inside another document.

    Raises FormBroken for what is not well formed, has a DOCTYPE or a root outside `namespace`.
    """
    roots: list[str] = []

    def opened(name: str, _attributes: object) -> None:
        roots.append(name) if not roots else None

    def declared(*_: object) -> None:
        raise FormBroken("a form has a DOCTYPE")

    parser = expat.ParserCreate("UTF-8", namespace_separator=_SEPARATOR)
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = opened, declared
    try:
        parser.Parse(form, True)  # noqa: FBT003 (expat's own way to say that this is all)
        text = form.decode()
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise FormBroken(f"a form is not well formed: {error}") from error
    if roots[0].rpartition(_SEPARATOR)[0] != namespace:
        raise FormBroken(f"a form's root is not in the namespace {namespace}")
    return Markup(_DECLARATION.sub("", text.removeprefix("\ufeff")))  # noqa: S704 (parsed whole just now, by itself)
