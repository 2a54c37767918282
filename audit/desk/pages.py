"""Pages made of templates: everything that is put into them is escaped, and nothing that is missing passes."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from audit.desk import frame_texts, words
from audit.desk.desk import MOUNTED_AT
from audit.desk.details import in_swedish
from audit.desk.doors import doors_for
from audit.desk.faults import Fault
from audit.desk.headers import HEADERS
from audit.desk.visits import PROOF, Visit, remember_language
from schemas.style import sheet_with

_HERE: Final = Path(__file__).parent
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=words.visible,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
STYLE: Final = sheet_with(_HERE / "desk.css")
"""The stylesheet of all pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguage:
    """The way to this very page in the other language."""

    code: str
    name: str
    address: str


def page(
    visit: Visit, template: str, texts: ModuleType = frame_texts, status: int = HTTPStatus.OK, **shown: object
) -> Response:
    """Make a page; `t` in its template are `texts`, with those of the frame behind them."""
    content = _ENVIRONMENT.get_template(template).render(**_frame(visit, texts), **shown)
    response = HTMLResponse(content, status_code=status, headers={**HEADERS, "Content-Language": visit.language})
    remember_language(response, visit)
    return response


def fault_page(visit: Visit, fault: Fault) -> Response:
    """Make the page of a fault."""
    return page(visit, "fault.html", status=fault.status, fault=fault)


def _frame(visit: Visit, texts: ModuleType) -> dict[str, Any]:
    session = visit.session
    here = visit.request.url.path.removeprefix(MOUNTED_AT)
    return {
        "t": _Texts(texts),
        "say": visit.say,
        "of": lambda document: document[visit.language],
        "lang": visit.language,
        "root": MOUNTED_AT,
        "style": STYLE.version,
        "archive": visit.desk.ports.archive.name,
        "person": session.person if session else None,
        "doors": tuple(doors_for(session.person, here)) if session else (),
        "proof": lambda: _proof(visit),
        "other_language": _other_language(visit),
        **_written(visit),
    }


def _written(visit: Visit) -> dict[str, Callable[..., object]]:
    return {
        "count": lambda number: words.count_text(number, visit.language),
        "size": lambda number: words.size_text(number, visit.language),
        "said_size": lambda text: words.stated_size(text, visit.language),
        "when": words.time_text,
        "said_time": words.stated_time,
        "took": words.duration_text,
        "digest": words.digest_text,
        "translated": lambda detail: in_swedish(detail) if visit.language == "sv" else None,
    }


class _Texts:
    """The texts of a page, and of the frame around it, by name."""

    def __init__(self, own: ModuleType) -> None:
        self._own = own

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - texts, and mappings of them
        return getattr(self._own, name, None) or getattr(frame_texts, name)


def _proof(visit: Visit) -> Markup:
    proof = visit.session.proof if visit.session else ""
    return Markup('<input type="hidden" name="{}" value="{}">').format(PROOF, proof)


def _other_language(visit: Visit) -> OtherLanguage:
    code, name = ("en", "English") if visit.language == "sv" else ("sv", "Svenska")
    url = visit.request.url
    kept = [(key, value) for key, value in visit.request.query_params.multi_items() if key != "lang"]
    address = f"{url.path}?{urlencode([*kept, ('lang', code)])}"
    return OtherLanguage(code=code, name=name, address=address)
