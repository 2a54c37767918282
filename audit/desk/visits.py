"""One request of a person's: who asks, in which language, and what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from audit.desk.desk import MOUNTED_AT, Desk
from audit.desk.sessions import LONGEST, Session
from ingest.api.languages import preferred
from ingest.domain.findings import Text
from ingest.domain.people import Person

SESSION_COOKIE: Final = "earkiv_desk"
FLOW_COOKIE: Final = "earkiv_sign_in"
LANGUAGE_COOKIE: Final = "earkiv_language"
PROOF: Final = "proof"
"""The field of every form that changes something, by which it is known to come from a page of ours."""
_LANGUAGES: Final = ("sv", "en")
_YEAR: Final = 365 * 24 * 3600
_FLOW_SECONDS: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that came with a form, as the browser calls it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request; `session` is None for whoever is not signed in. `form` holds the texts that were filled in.

    `files` are those that came with it.
    """

    request: Request
    desk: Desk
    language: str
    session: Session | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()

    def say(self, text: Text) -> str:
        """Give a text in the language of the visit."""
        return text.sv if self.language == "sv" else text.en

    @property
    def person(self) -> Person:
        """Who asks; only where somebody must be signed in. LookupError elsewhere."""
        if self.session is None:
            message = "nobody is signed in"
            raise LookupError(message)
        return self.session.person

    @property
    def is_proven(self) -> bool:
        """Whether the form came from a page that this session was shown."""
        return self.session is not None and compare_digest(
            self.form.get(PROOF, "").encode("utf-8", "surrogatepass"), self.session.proof.encode()
        )

    def asked(self, name: str) -> str:
        """Give a parameter of the address, "" where it is not there."""
        return self.request.query_params.get(name, "").strip()

    def typed(self, name: str) -> str:
        """Give what was filled in, "" where nothing was; lines end as ours do, and what cannot be seen is left out."""
        said = self.form.get(name, "").replace("\r\n", "\n")
        kept = (one if one.isprintable() or one == "\n" else " " for one in said if one.isprintable() or one.isspace())
        return "".join(kept).strip()

    def at(self, name: str) -> str:
        """Give a part of the address's path."""
        part: str = self.request.path_params[name]
        return part


def language_of(request: Request) -> str:
    """Give the language that was chosen now, or before; else the one that the browser prefers, Swedish first."""
    for said in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if said in _LANGUAGES:
            return said
    return preferred(request.headers.get("accept-language", ""))


def session_of(request: Request, desk: Desk) -> Session | None:
    """Give the session whose token the browser shows."""
    token = request.cookies.get(SESSION_COOKIE, "")
    return desk.sessions.of(token, desk.now()) if token else None


def begin_session(response: Response, visit: Visit, person: Person) -> None:
    """Sign a person in; what was open in the same browser ends.

    The browser shows the token to the desk alone, and never with what another site asks for.
    """
    desk = visit.desk
    desk.sessions.close(visit.request.cookies.get(SESSION_COOKIE, ""))
    response.set_cookie(
        SESSION_COOKIE,
        desk.sessions.open(person, desk.now()),
        max_age=int(LONGEST.total_seconds()),
        path=MOUNTED_AT,
        httponly=True,
        samesite="strict",
        secure=desk.is_secure,
    )


def forget_session(response: Response, desk: Desk) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(SESSION_COOKIE, path=MOUNTED_AT, httponly=True, samesite="strict", secure=desk.is_secure)


def remember_flow(response: Response, token: str, desk: Desk) -> None:
    """Let the browser show by which sign-in it comes back; from another site, so not as strictly as a session."""
    response.set_cookie(
        FLOW_COOKIE,
        token,
        max_age=_FLOW_SECONDS,
        path=f"{MOUNTED_AT}/sign-in",
        httponly=True,
        samesite="lax",
        secure=desk.is_secure,
    )


def remember_language(response: Response, visit: Visit) -> None:
    """Let the browser keep the language that was chosen with this very request."""
    if visit.request.query_params.get("lang") == visit.language:
        response.set_cookie(
            LANGUAGE_COOKIE,
            visit.language,
            max_age=_YEAR,
            path=MOUNTED_AT,
            httponly=True,
            samesite="lax",
            secure=visit.desk.is_secure,
        )
