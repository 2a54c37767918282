"""People who sign in at the test's identity provider: authorization code with PKCE, and an ID token."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask

from tests.servers.identity_provider import Provider


@dataclass(kw_only=True)
class Website:
    """A client that people are sent from, and back to; without a secret it is a public one."""

    client_id: str
    redirect: str
    secret: str = ""

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == self.redirect

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_client_secret(self, shown: str) -> bool:
        return bool(self.secret) and shown == self.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == ("client_secret_basic" if self.secret else "none") and endpoint == "token"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"

    def get_allowed_scope(self, scope: str) -> str:
        return scope


@dataclass(kw_only=True)
class Code:
    """A code that was given out, with what was asked."""

    asked: dict[str, str]
    client_id: str

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.asked["scope"]

    @property
    def code_challenge(self) -> str:
        return self.asked["code_challenge"]

    @property
    def code_challenge_method(self) -> str:
        return self.asked["code_challenge_method"]


@dataclass(kw_only=True)
class Reception:
    """Who is signed in at the provider, and what its tokens say instead of the truth."""

    provider: Provider
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    forged: str = ""
    codes: dict[str, Code] = field(default_factory=dict)

    def id_token(self, code: Code) -> str:
        told = {"aud": code.client_id, "nonce": code.asked.get("nonce"), "auth_time": int(time.time())}
        return self.forged or self.provider.signed({"typ": "JWT"}, **{**told, **self.person, **self.lies})


def receive_people(app: Flask, server: AuthorizationServer, reception: Reception) -> None:
    """Let people sign in at a provider, without asking them anything."""

    class Codes(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS: Collection[str] = ("client_secret_basic", "none")

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = dict(request.payload.data)
            reception.codes[code] = Code(asked=asked, client_id=request.client.client_id)

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            found = reception.codes.get(code)
            return found if found is not None and found.client_id == client.client_id else None

        def delete_authorization_code(self, authorization_code: Code) -> None:
            reception.codes = {name: one for name, one in reception.codes.items() if one is not authorization_code}

        def authenticate_user(self, authorization_code: Code) -> Code:
            return authorization_code

    server.register_grant(Codes, [CodeChallenge(required=True)])
    made: Any = lambda user, **_: {  # noqa: E731 - its type is narrower than what authlib says it calls
        "token_type": "Bearer",
        "access_token": "opens-nothing",
        "id_token": reception.id_token(user),
        "expires_in": 300,
    }
    server.register_token_generator("authorization_code", made)

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user=reception)  # type: ignore[no-untyped-call]  # the stubs say nothing of it
        return server.create_authorization_response(grant=grant, grant_user=reception)
