"""An OAuth 2.0 identity provider with clients that prove themselves by a key of their own (`private_key_jwt`)."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from flask import Flask, jsonify
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

AUDIENCE = "https://arkiv.example.se"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFETIME = 300
_ENDS = {"token": "token", "authorization": "authorize"}


@dataclass(kw_only=True)
class RegisteredClient:
    """A client as the provider knows it: its name and its public key."""

    client_id: str
    key: RSAKey

    def get_client_id(self) -> str:
        return self.client_id

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method, endpoint) == ("client_assertion_jwt", "token")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"

    def get_allowed_scope(self, scope: str) -> str:
        return scope


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(kw_only=True)
class Provider:
    """What a test does with the provider; `keys` are those that it signs with, the newest last.

    It says that they lie at `keys_at` ("" = where they do), and while `answers` is not set it only listens.
    """

    address: str = ""
    audience: str = AUDIENCE
    keys: list[RSAKey] = field(default_factory=lambda: [new_key("k1")])
    clients: dict[str, Any] = field(default_factory=dict)
    keys_at: str = ""
    asked: int = 0
    asked_for_keys: int = 0
    is_down: bool = False
    answers: threading.Event = field(default_factory=_set)

    def registered(self, name: str) -> "Prover":
        """Register a client, and give what it proves itself with."""
        key = new_key(name)
        self.clients[name] = RegisteredClient(client_id=name, key=key)
        return Prover(name=name, key=key, provider=self)

    def signed(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """Sign claims as an access token (RFC 9068); each may be put otherwise."""
        now = int(time.time())
        usual = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + _LIFETIME, "jti": str(now)}
        key = self.keys[-1]
        held = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": key.kid, "typ": "at+jwt"} | (header or {}), held, key)


@dataclass(frozen=True, kw_only=True)
class Prover:
    """A client with its private key."""

    name: str
    key: RSAKey
    provider: Provider

    def form(self) -> dict[str, str]:
        """Give the form that asks the provider for a token."""
        now = int(time.time())
        claims = {
            "iss": self.name,
            "sub": self.name,
            "aud": f"{self.provider.address}/token",
            "jti": f"{self.name}-{time.monotonic_ns()}",
            "iat": now,
            "exp": now + 60,
        }
        assertion = jwt.encode({"alg": "RS256"}, claims, self.key)
        return {"grant_type": "client_credentials", "client_assertion_type": ASSERTION, "client_assertion": assertion}


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


Also = Callable[[Flask, AuthorizationServer, Provider], None]
"""What else a provider does: it is told the application, the server in it, and itself."""


@contextmanager
def providing(also: Also | None = None) -> Iterator[Provider]:
    """Run a provider on a free port of the loopback interface; `also` is what else it does."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, _app(provider, also), threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _app(provider: Provider, also: Also | None) -> Flask:
    app = Flask("provider")

    class Assertion(JWTBearerClientAssertion):
        def get_audiences(self) -> list[str]:
            return [f"{provider.address}/token"]

        def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
            return bool(claims and jti)

        def resolve_client_public_key(self, client: RegisteredClient) -> RSAKey:
            return client.key

    class Credentials(grants.ClientCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS: Collection[str] = (Assertion.CLIENT_AUTH_METHOD,)

    server = AuthorizationServer(app, query_client=provider.clients.get, save_token=lambda *_: None)
    server.register_client_auth_method(Assertion.CLIENT_AUTH_METHOD, Assertion())
    server.register_grant(Credentials)
    made: Any = lambda client, **_: {  # noqa: E731 - its type is narrower than what authlib says it calls
        "token_type": "Bearer",
        "access_token": provider.signed(client_id=client.client_id, sub=client.client_id),
        "expires_in": _LIFETIME,
    }
    server.register_token_generator("default", made)

    if also is not None:
        also(app, server, provider)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/.well-known/openid-configuration")
    def configuration() -> Any:
        provider.asked += 1
        provider.answers.wait()
        told = {"issuer": provider.address, "jwks_uri": provider.keys_at or f"{provider.address}/keys"}
        ends = {f"{name}_endpoint": f"{provider.address}/{path}" for name, path in _ENDS.items()}
        return ("down", 503) if provider.is_down else jsonify(told | ends)

    @app.get("/keys")
    def keys() -> Any:
        provider.asked_for_keys += 1
        return jsonify(KeySet(list(provider.keys)).as_dict(private=False))

    return app
