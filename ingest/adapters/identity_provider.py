"""Access tokens of an OAuth 2.0 / OpenID Connect identity provider (RFC 9068), proved by the keys that it publishes."""

import math
import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, Final

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ingest.errors import IdentityProviderUnavailable

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
"""Those in which a key that is published proves who signed: none with a shared secret."""
_ACCESS_TOKENS: Final = frozenset({None, "jwt", "at+jwt", "application/at+jwt"})
_LEEWAY_SECONDS: Final = 60
_FRESH_SECONDS: Final = 3600.0
_AGAIN_SECONDS: Final = 30.0
"""Keys that are asked for because of an unknown one are not asked for more often than so."""
_UNANSWERED_SECONDS: Final = 10.0
"""Where there are no keys yet, the provider that gave none is not asked again before."""
_NO_KEYS: Final = (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError, JoseError)
_MOST_TOKEN: Final = 16 << 10
_MOST_ANSWER: Final = 1 << 20


class OidcProvider:
    """`IdentityProvider` at an address; may be shared by threads."""

    def __init__(self, issuer: str, audience: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Believe tokens of `issuer` that are meant for `audience`; nothing is asked for yet."""
        self.issuer = issuer
        self._audience = audience
        self._monotonic = monotonic
        self._lock = Lock()
        self._keys: KeySet | None = None
        self._fault: Exception | None = None
        self._asked_at = -math.inf

    def client_of(self, token: str, now: datetime) -> str | None:
        """Give the client that a token names, None when it proves nothing.

        Raises IdentityProviderUnavailable when the provider does not give its keys.
        """
        if len(token) > _MOST_TOKEN:
            return None
        claims = self._claims(token, self._current_keys())
        if claims is None and self._are_older_than(_AGAIN_SECONDS):
            # It may have been signed with a key that is newer than those we have.
            claims = self._claims(token, self._asked_keys())
        return None if claims is None else self._client(claims, now)

    def _claims(self, token: str, keys: KeySet) -> dict[str, Any] | None:
        try:
            decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        except (JoseError, ValueError, TypeError, KeyError):
            return None
        kind = decoded.header.get("typ")
        return decoded.claims if (kind.lower() if isinstance(kind, str) else kind) in _ACCESS_TOKENS else None

    def _client(self, claims: dict[str, Any], now: datetime) -> str | None:
        required = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
        )
        try:
            required.validate(claims)
        except (JoseError, ValueError, TypeError):
            return None
        # RFC 9068 says `client_id`; OpenID Connect calls the party that a token was made for `azp`.
        named = claims.get("client_id") or claims.get("azp")
        return named if isinstance(named, str) else None

    def _are_older_than(self, seconds: float) -> bool:
        return self._monotonic() - self._asked_at > seconds

    def _current_keys(self) -> KeySet:
        keys = self._keys
        return self._asked_keys() if keys is None or self._are_older_than(_FRESH_SECONDS) else keys

    def _asked_keys(self) -> KeySet:
        """Ask for the keys; one thread does, and where the provider is silent those we have go on being good.

        Whoever has keys, or knows that the provider gave none a moment ago, waits for no thread that asks.
        """
        if not self._lock.acquire(blocking=self._keys is None and self._fault is None):
            return self._keys_in_hand()
        try:
            if self._are_older_than(_UNANSWERED_SECONDS if self._keys is None else _AGAIN_SECONDS):
                self._ask()
            return self._keys_in_hand()
        finally:
            self._lock.release()

    def _ask(self) -> None:
        try:
            self._keys = self._published()
        except _NO_KEYS as error:
            self._fault = error
        self._asked_at = self._monotonic()

    def _keys_in_hand(self) -> KeySet:
        if self._keys is None:
            raise IdentityProviderUnavailable(
                f"Identitetsleverantören {self.issuer} lämnar inte ut sina nycklar: {self._fault}",
                f"The identity provider {self.issuer} does not give its keys: {self._fault}",
            ) from self._fault
        return self._keys

    def _published(self) -> KeySet:
        with httpx.Client(timeout=5.0, follow_redirects=False) as http:
            told = document_at(http, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if told["issuer"] != self.issuer:
                message = f"it calls itself {told['issuer']}"
                raise ValueError(message)
            return KeySet.import_key_set(document_at(http, told["jwks_uri"]))  # type: ignore[arg-type]  # checked by it


def document_at(http: httpx.Client, address: str) -> dict[str, Any]:
    """Ask for a JSON object of no more than 1 MiB. Raises httpx.HTTPError, ValueError, TypeError."""
    with http.stream("GET", address) as answer:
        answer.raise_for_status()
        held = bytearray()
        for chunk in answer.iter_bytes():
            held += chunk
            if len(held) > _MOST_ANSWER:
                message = f"{address} is longer than a set of keys can be"
                raise ValueError(message)
    document = httpx.Response(200, content=bytes(held)).json()
    if not isinstance(document, dict):
        message = f"{address} is no JSON object"
        raise TypeError(message)
    return document
