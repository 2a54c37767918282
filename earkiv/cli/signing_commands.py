"""`earkiv signing-key` and what its commands take."""

# ruff: noqa: PLC0415 - as in `commands`: nothing is imported before its turn

from typing import Annotated

import typer

from earkiv.cli import command_texts as texts
from earkiv.cli.session import opened
from ingest.config import Language

Json = Annotated[bool, typer.Option("--json", help=texts.HELP_JSON.sv)]
Lang = Annotated[Language | None, typer.Option("--lang", help=texts.HELP_LANG.sv, show_default=False)]
NewKey = Annotated[str | None, typer.Argument(metavar="KEY", help=texts.HELP_NEW_KEY.sv, show_default=False)]
KeyId = Annotated[str, typer.Argument(metavar="KEY", help=texts.HELP_KEY_ID.sv, show_default=False)]
Lost = Annotated[bool, typer.Option("--current-is-lost", help=texts.HELP_LOST.sv)]
Since = Annotated[str, typer.Option("--since", metavar="TIME", help=texts.HELP_SINCE.sv, show_default=False)]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=texts.HELP_COMPROMISE_REASON.sv, show_default=False)
]

signing_app = typer.Typer(help=texts.HELP_SIGNING_KEY.sv, rich_markup_mode=None)


@signing_app.command("create", help=texts.HELP_SIGNING_CREATE.sv)
def create(as_json: Json = False, lang: Lang = None) -> int:
    """Make a key that signs nothing yet."""
    from earkiv.cli import signing_keys

    return signing_keys.create(opened(lang, as_json))


@signing_app.command("list", help=texts.HELP_SIGNING_LIST.sv)
def list_command(as_json: Json = False, lang: Lang = None) -> int:
    """List every key that ever signed."""
    from earkiv.cli import signing_keys

    return signing_keys.list_all(opened(lang, as_json))


@signing_app.command("rotate", help=texts.HELP_SIGNING_ROTATE.sv)
def rotate(key: NewKey = None, lost: Lost = False, as_json: Json = False, lang: Lang = None) -> int:
    """Let another key sign."""
    from earkiv.cli import signing_keys

    change = signing_keys.replace_lost_key if lost else signing_keys.rotate_key
    return signing_keys.rotate(key, change, opened(lang, as_json))


@signing_app.command("mark-compromised", help=texts.HELP_SIGNING_COMPROMISED.sv)
def mark_compromised(key: KeyId, since: Since, reason: Reason, as_json: Json = False, lang: Lang = None) -> int:
    """Report a key that others may have had."""
    from earkiv.cli import signing_keys

    return signing_keys.mark_compromised(key, since, reason, opened(lang, as_json))
