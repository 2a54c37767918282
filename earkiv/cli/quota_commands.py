"""`earkiv quotas` and what its commands take."""

# ruff: noqa: PLC0415 - as in `commands`: nothing is imported before its turn

from typing import Annotated

import typer

from earkiv.cli import command_texts as texts
from earkiv.cli.session import opened
from ingest.config import Language

Json = Annotated[bool, typer.Option("--json", help=texts.HELP_JSON.sv)]
Lang = Annotated[Language | None, typer.Option("--lang", help=texts.HELP_LANG.sv, show_default=False)]
Producer = Annotated[
    str, typer.Option("--producer", metavar="NAME", help=texts.HELP_QUOTA_PRODUCER.sv, show_default=False)
]
MostDeliveries = Annotated[
    int | None,
    typer.Option("--deliveries", metavar="N", min=1, help=texts.HELP_QUOTA_DELIVERIES.sv, show_default=False),
]
MostBytes = Annotated[
    int | None, typer.Option("--bytes", metavar="N", min=1, help=texts.HELP_QUOTA_BYTES.sv, show_default=False)
]

quotas_app = typer.Typer(help=texts.HELP_QUOTAS.sv, rich_markup_mode=None)


@quotas_app.command("set", help=texts.HELP_QUOTAS_SET.sv)
def set_command(
    producer: Producer,
    deliveries: MostDeliveries = None,
    most_bytes: MostBytes = None,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Say how much a producer may have under way."""
    from earkiv.cli import quotas
    from ingest.domain.quotas import Quota

    quota = Quota(producer=producer, deliveries=deliveries, bytes=most_bytes)
    return quotas.set_quota(quota, opened(lang, as_json))


@quotas_app.command("list", help=texts.HELP_QUOTAS_LIST.sv)
def list_command(as_json: Json = False, lang: Lang = None) -> int:
    """List the quotas."""
    from earkiv.cli import quotas

    return quotas.list_quotas(opened(lang, as_json))
