"""People who sign in at an identity provider: OpenID Connect, authorization code with PKCE (RFC 7636)."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ingest.adapters.identity_provider import ALGORITHMS, document_at
from ingest.adapters.secrets import Secret
from ingest.domain.sign_in import SignInFlow
from ingest.errors import IdentityProviderUnavailable

logger = logging.getLogger(__name__)

_LEEWAY_SECONDS: Final = 60
_SECONDS: Final = 10.0
_FAULTS: Final = (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError, JoseError)


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSignIn:
    """`PeopleProvider` at an address, where the desk is registered as `client_id`; may be shared by threads.

    Without a secret it is a public client, and PKCE alone proves that the code comes back to whoever asked.
    """

    issuer: str
    client_id: str
    secret: Secret | None = None
    scope: str = "openid profile"

    def address(self, flow: SignInFlow, redirect: str) -> str:
        """Give where a browser signs in, to come back to `redirect`. Raises IdentityProviderUnavailable."""
        with _asking(self.issuer) as http:
            told = self._told(http)
        address: str = prepare_grant_uri(
            told["authorization_endpoint"],
            client_id=self.client_id,
            response_type="code",
            redirect_uri=redirect,
            scope=self.scope,
            state=flow.state,
            nonce=flow.nonce,
            code_challenge=create_s256_code_challenge(flow.verifier),  # type: ignore[no-untyped-call]  # text to text
            code_challenge_method="S256",
        )
        return address

    def claims(self, code: str, flow: SignInFlow, redirect: str, now: datetime) -> Mapping[str, Any] | None:
        """Redeem a code for what is proven of a person, None where it proves nothing.

        Raises IdentityProviderUnavailable.
        """
        with _asking(self.issuer) as http:
            told = self._told(http)
            token = self._redeemed(http, told["token_endpoint"], code, flow, redirect)
            keys = KeySet.import_key_set(document_at(http, told["jwks_uri"]))  # type: ignore[arg-type]  # checked by it
        return None if token is None else self._proven(token, keys, flow, now)

    def _told(self, http: httpx.Client) -> dict[str, Any]:
        told = document_at(http, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if told["issuer"] != self.issuer:
            message = f"it calls itself {told['issuer']}"
            raise ValueError(message)
        return told

    def _redeemed(self, http: httpx.Client, address: str, code: str, flow: SignInFlow, redirect: str) -> str | None:
        body: str = prepare_token_request(
            "authorization_code", "", redirect, code=code, code_verifier=flow.verifier, client_id=self.client_id
        )
        # RFC 6749, section 2.3.1: form-encoded first; %20 for a space is understood by those too who know no plus.
        shown = None if self.secret is None else (quote(self.client_id, safe=""), quote(self.secret.reveal(), safe=""))
        auth = httpx.USE_CLIENT_DEFAULT if shown is None else shown
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        answer = http.post(address, content=body, headers=kind, auth=auth)
        if answer.is_server_error:
            answer.raise_for_status()
        if not answer.is_success:
            logger.warning("the identity provider did not redeem a code", extra={"status": answer.status_code})
            return None
        told = answer.json().get("id_token")
        return told if isinstance(told, str) else None

    def _proven(self, token: str, keys: KeySet, flow: SignInFlow, now: datetime) -> Mapping[str, Any] | None:
        """Validate an ID token (OpenID Connect Core 1.0, section 3.1.3.7)."""
        required = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": flow.nonce},
        )
        try:
            claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            required.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            logger.warning("a sign-in proved nothing", extra={"fault": type(fault).__name__})
            return None
        return claims if claims.get("azp", self.client_id) == self.client_id else None


@contextmanager
def _asking(issuer: str) -> Iterator[httpx.Client]:
    """Lend what asks the provider, and tell its silence as a fault of its own."""
    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False) as http:
            yield http
    except _FAULTS as error:
        raise IdentityProviderUnavailable(
            f"Identitetsleverantören {issuer} svarar inte som den ska: {error}",
            f"The identity provider {issuer} does not answer as it should: {error}",
        ) from error
