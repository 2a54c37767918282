"""`earkiv webhooks` and what its commands take."""

# ruff: noqa: PLC0415 - as in `commands`: nothing is imported before its turn

from typing import Annotated

import typer

from earkiv.cli import webhook_texts as texts
from earkiv.cli.command_texts import HELP_JSON, HELP_LANG
from earkiv.cli.session import opened
from ingest.config import Language

Json = Annotated[bool, typer.Option("--json", help=HELP_JSON.sv)]
Lang = Annotated[Language | None, typer.Option("--lang", help=HELP_LANG.sv, show_default=False)]
Id = Annotated[str, typer.Argument(metavar="ID", help=texts.HELP_ID.sv, show_default=False)]

webhooks_app = typer.Typer(help=texts.HELP.sv, rich_markup_mode=None)


@webhooks_app.command("list", help=texts.HELP_LIST.sv)
def list_command(as_json: Json = False, lang: Lang = None) -> int:
    """List every producer's webhooks."""
    from earkiv.cli import webhooks

    return webhooks.list_all(opened(lang, as_json))


@webhooks_app.command("remove", help=texts.HELP_REMOVE.sv)
def remove(webhook: Id, lang: Lang = None) -> int:
    """Remove one."""
    from earkiv.cli import webhooks

    return webhooks.remove(webhook, opened(lang, as_json=False))
