"""Resumption tokens: all that the next page needs, signed, so that no process remembers a harvest (ADR 0044)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from access.reuse.dates import Window
from access.reuse.oai.requests import Harvest, Verb
from schemas.public_store import Form

_VERSION = 1
_PURPOSE = b"earkiv oai-pmh resumption token 1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Seals and opens tokens with `key`; a token is good in every process with the same key, for one `index` alone.

    `index` names the index whose positions the tokens hold: made anew, it numbers its entries otherwise.
    """

    key: bytes
    index: str

    def seal(self, harvest: Harvest, expires: datetime) -> str:
        """Write down where a harvest goes on; the text has letters, digits, `-`, `_` and one `.` only."""
        body = json.dumps(_content(harvest, expires), separators=(",", ":")).encode()
        return f"{_text(body)}.{_text(self._signature(body))}"

    def open(self, token: str, now: datetime) -> Harvest | None:
        """Give the harvest that goes on; None for what was not sealed here, was changed, or has expired."""
        content = self._content(token)
        if content is None or now >= datetime.fromtimestamp(content["expires"], UTC):
            return None
        return _harvest(content)

    def _content(self, token: str) -> Mapping[str, Any] | None:
        body, _, signature = token.partition(".")
        try:
            sealed, said = _bytes(body), _bytes(signature)
        except ValueError:
            return None
        if not hmac.compare_digest(self._signature(sealed), said):
            return None
        content: Mapping[str, Any] = json.loads(sealed)
        return content

    def _signature(self, body: bytes) -> bytes:
        return hmac.digest(self.key, _PURPOSE + self.index.encode() + b"\n" + body, hashlib.sha256)


def _content(harvest: Harvest, expires: datetime) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "expires": int(expires.timestamp()),
        "verb": harvest.verb,
        "form": harvest.form,
        "from": _seconds(harvest.window.start),
        "until": _seconds(harvest.window.end),
        "set": harvest.set,
        "after": harvest.after,
        "delivered": harvest.delivered,
        "size": harvest.size,
    }


def _harvest(content: Mapping[str, Any]) -> Harvest:
    return Harvest(
        verb=Verb(content["verb"]),
        form=Form(content["form"]),
        window=Window(start=_moment(content["from"]), end=_moment(content["until"])),
        set=content["set"],
        after=content["after"],
        delivered=content["delivered"],
        size=content["size"],
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
