"""The commands and what they take; each one's work lies in a module of its own, imported when it is called."""

# ruff: noqa: PLC0415 - a command that needs little starts at once: nothing is imported before its turn

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from earkiv.cli import command_texts as texts
from earkiv.cli import operator_texts
from earkiv.cli.help_texts import in_language
from earkiv.cli.language import Voice
from earkiv.cli.pre_approval_commands import pre_approvals_app
from earkiv.cli.quota_commands import quotas_app
from earkiv.cli.scan_state import ScanState
from earkiv.cli.session import opened
from earkiv.cli.signing_commands import signing_app
from earkiv.cli.webhook_commands import webhooks_app
from ingest.config import Language
from ingest.domain.keys import Action, Role

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help=texts.HELP_PATHS.sv, show_default=False)]
Id = Annotated[str, typer.Argument(metavar="ID", help=texts.HELP_ID.sv, show_default=False)]
OneId = Annotated[str | None, typer.Argument(metavar="ID", help=texts.HELP_ID.sv, show_default=False)]
Everything = Annotated[bool, typer.Option("--all", help=texts.HELP_EXPORT_ALL.sv)]
Drops = Annotated[str | None, typer.Argument(metavar="PLACE", help=texts.HELP_DROPS.sv, show_default=False)]
Settle = Annotated[
    float | None, typer.Option("--settle", metavar="SECONDS", min=1, help=texts.HELP_SETTLE.sv, show_default=False)
]
Once = Annotated[bool, typer.Option("--once", help=texts.HELP_ONCE.sv)]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help=texts.HELP_IDS.sv, show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=texts.HELP_JSON.sv)]
Lang = Annotated[Language | None, typer.Option("--lang", help=texts.HELP_LANG.sv, show_default=False)]
Agreement = Annotated[str, typer.Option("--agreement", metavar="ID", help=texts.HELP_AGREEMENT.sv)]
EveryPackage = Annotated[bool, typer.Option("--all", help=texts.HELP_PUBLISH_ALL.sv)]
All = Annotated[bool, typer.Option("--all", help=texts.HELP_ALL.sv)]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help=texts.HELP_HTML.sv, show_default=False)]
ReceiptHtml = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help=texts.HELP_RECEIPT_HTML.sv, show_default=False)
]
To = Annotated[Path, typer.Option("--to", metavar="PATH", help=texts.HELP_TO.sv, show_default=False)]

Host = Annotated[str, typer.Option("--host", metavar="H", help=texts.HELP_HOST.sv)]
Port = Annotated[int, typer.Option("--port", metavar="P", min=0, max=65535, help=texts.HELP_PORT.sv)]
PublicPort = Annotated[
    int | None,
    typer.Option("--public-port", metavar="Q", min=0, max=65535, help=texts.HELP_PUBLIC_PORT.sv, show_default=False),
]
Address = Annotated[str, typer.Argument(metavar="URL", help=texts.HELP_ADDRESS.sv, show_default=False)]
PushAgreement = Annotated[
    str | None, typer.Option("--agreement", metavar="ID", help=texts.HELP_AGREEMENT.sv, show_default=False)
]
Deliveries = Annotated[
    list[str], typer.Argument(metavar="ID", help=operator_texts.HELP_DELIVERIES.sv, show_default=False)
]
CanaryWait = Annotated[float, typer.Option("--wait", metavar="SECONDS", min=0, help=operator_texts.HELP_WAIT.sv)]
Wait = Annotated[float, typer.Option("--wait", metavar="SECONDS", min=0, help=texts.HELP_WAIT.sv)]
Producer = Annotated[str, typer.Option("--producer", metavar="NAME", help=texts.HELP_PRODUCER.sv, show_default=False)]
KeyRole = Annotated[Role, typer.Option("--role", help=texts.HELP_ROLE.sv)]
Holder = Annotated[str, typer.Option("--holder", metavar="NAME", help=texts.HELP_HOLDER.sv, show_default=False)]
Agreements = Annotated[
    list[str] | None, typer.Option("--agreement", metavar="ID", help=texts.HELP_KEY_AGREEMENT.sv, show_default=False)
]
Actions = Annotated[list[Action] | None, typer.Option("--action", help=texts.HELP_KEY_ACTION.sv, show_default=False)]
IdentityClient = Annotated[str, typer.Option("--client", metavar="NAME", help=texts.HELP_CLIENT.sv, show_default=False)]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=texts.HELP_NOTE.sv, show_default=False)]
Scan = Annotated[ScanState | None, typer.Option("--scan", help=texts.HELP_SCAN.sv, show_default=False)]
Discard = Annotated[str | None, typer.Option("--discard", metavar="ID", help=texts.HELP_DISCARD.sv, show_default=False)]
DiscardLeftover = Annotated[
    str | None, typer.Option("--discard", metavar="ID", help=texts.HELP_DISCARD_LEFTOVER.sv, show_default=False)
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help=texts.HELP_DISCARD_REASON.sv, show_default=False)
]


UnitNames = Annotated[list[str] | None, typer.Argument(metavar="RECORD", help=texts.HELP_UNITS.sv, show_default=False)]
Public = Annotated[bool, typer.Option("--public", help=texts.HELP_PUBLIC.sv)]
OnRequest = Annotated[bool, typer.Option("--on-request", help=texts.HELP_ON_REQUEST.sv)]
Hide = Annotated[bool, typer.Option("--hide", help=texts.HELP_HIDE.sv)]
AllUnmarked = Annotated[bool, typer.Option("--all-unmarked", help=texts.HELP_ALL_UNMARKED.sv)]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=texts.HELP_DECIDE_REASON.sv, show_default=False)]

Stub = Annotated[str | None, typer.Option("--stub", metavar="TEXT", help=texts.HELP_STUB.sv, show_default=False)]


class ExportForm(StrEnum):
    """The forms of an export."""

    CSIP = "csip"
    FGS_1_2 = "fgs-1.2"
    BAGIT = "bagit"


As = Annotated[ExportForm, typer.Option("--as", help=texts.HELP_AS.sv, show_default=False)]

app = typer.Typer(name="earkiv", help=texts.HELP.sv, add_completion=False, rich_markup_mode=None)
schemas_app = typer.Typer(help=texts.HELP_SCHEMAS.sv, rich_markup_mode=None)
app.add_typer(schemas_app, name="schemas")
keys_app = typer.Typer(help=texts.HELP_KEYS.sv, rich_markup_mode=None)
app.add_typer(keys_app, name="keys")
app.add_typer(signing_app, name="signing-key")
app.add_typer(quotas_app, name="quotas")
app.add_typer(pre_approvals_app, name="pre-approvals")
app.add_typer(webhooks_app, name="webhooks")


def build(voice: Voice) -> Callable[[Sequence[str]], int]:
    """Give the whole command line with its help in the language spoken; run, it gives the exit code."""
    group = in_language(typer.main.get_command(app), voice)

    def call(arguments: Sequence[str]) -> int:
        code: Any = group.main(args=list(arguments) or ["--help"], prog_name="earkiv", standalone_mode=False)
        return code if isinstance(code, int) else 0

    return call


@app.command(help=texts.HELP_VALIDATE.sv)
def validate(paths: Paths, as_json: Json = False, html: Html = None, lang: Lang = None) -> int:
    """Judge packages without taking them in."""
    from earkiv.cli.validation import validate_paths

    return validate_paths(paths, opened(lang, as_json), html)


@app.command(help=texts.HELP_INGEST.sv)
def ingest(paths: Paths, agreement: Agreement = "default", as_json: Json = False, lang: Lang = None) -> int:
    """Take packages in."""
    from earkiv.cli.intake import ingest_paths

    return ingest_paths(paths, agreement, opened(lang, as_json))


@app.command(help=texts.HELP_WATCH.sv)
def watch(
    place: Drops = None, agreement: Agreement = "default", settle: Settle = None, once: Once = False, lang: Lang = None
) -> int:
    """Take in what is left in a folder or a bucket."""
    from earkiv.cli import watching

    session = opened(lang, as_json=False)
    errand = watching.Errand(place=watching.opened_place(place, session), agreement=agreement, settle=settle)
    work = watching.take_once if once else watching.watch
    return work(errand, session)


@app.command("list", help=texts.HELP_LIST.sv)
def list_command(scan: Scan = None, as_json: Json = False, lang: Lang = None) -> int:
    """List archived packages."""
    from earkiv.cli.consultation import print_list

    return print_list(opened(lang, as_json), scan)


@app.command(help=texts.HELP_SHOW.sv)
def show(reference: Id, as_json: Json = False, lang: Lang = None) -> int:
    """Show one package or delivery."""
    from earkiv.cli.consultation import print_package

    return print_package(reference, opened(lang, as_json))


@app.command(help=texts.HELP_RECEIPT.sv)
def receipt(reference: Id, as_json: Json = False, html: ReceiptHtml = None, lang: Lang = None) -> int:
    """Print a receipt."""
    from earkiv.cli.consultation import print_receipt

    return print_receipt(reference, opened(lang, as_json), html)


@app.command(help=texts.HELP_TIMELINE.sv)
def timeline(reference: Id, as_json: Json = False, lang: Lang = None) -> int:
    """Tell what happened, in order."""
    from earkiv.cli.consultation import print_timeline

    return print_timeline(reference, opened(lang, as_json))


@app.command(help=texts.HELP_VERIFY.sv)
def verify(references: Ids = None, every: All = False, as_json: Json = False, lang: Lang = None) -> int:
    """Read storage again and compare."""
    from earkiv.cli.verification import verify_archive

    return verify_archive(references or [], every, opened(lang, as_json))


@app.command(help=texts.HELP_EXPORT.sv)
def export(form: As, to: To, reference: OneId = None, every: Everything = False, lang: Lang = None) -> int:
    """Write a package out, or the whole archive."""
    from earkiv.cli import exports

    return exports.export_chosen(reference, every, form.value, to, opened(lang, as_json=False))


@app.command(help=texts.HELP_REBUILD.sv)
def rebuild(lang: Lang = None) -> int:
    """Recreate the catalogue from storage alone."""
    from earkiv.cli.reconstruction import rebuild_catalogue

    return rebuild_catalogue(opened(lang, as_json=False))


@app.command(help=texts.HELP_RULES.sv)
def rules(as_json: Json = False, lang: Lang = None) -> int:
    """List all requirements."""
    from earkiv.cli.rules import print_rules

    return print_rules(opened(lang, as_json))


@app.command(help=texts.HELP_RESCAN.sv)
def rescan(references: Ids = None, as_json: Json = False, lang: Lang = None) -> int:
    """Scan what was archived unscanned."""
    from earkiv.cli.scanning import rescan_packages

    return rescan_packages(references or [], opened(lang, as_json))


@app.command(help=texts.HELP_DECIDE.sv)
def decide(  # noqa: PLR0913, PLR0917 - what a decision takes
    package: Id,
    reason: Why,
    records: UnitNames = None,
    public: Public = False,
    on_request: OnRequest = False,
    hide: Hide = False,
    all_unmarked: AllUnmarked = False,
    stub: Stub = None,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Decide who may see what."""
    from earkiv.cli import access
    from ingest.domain.access.levels import Level

    chosen = zip((Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN), (public, on_request, hide), strict=True)
    levels = [level for level, is_chosen in chosen if is_chosen]
    errand = access.errand_of(package, records or [], levels, all_unmarked, reason)
    return access.decide(errand if stub is None else replace(errand, stub_text=stub), opened(lang, as_json))


@app.command(help=texts.HELP_PUBLISH.sv)
def publish(package: OneId = None, every: EveryPackage = False, as_json: Json = False, lang: Lang = None) -> int:
    """Carry over to the reading room."""
    from earkiv.cli.publishing import publish_chosen

    return publish_chosen(package, every, opened(lang, as_json))


@app.command(help=texts.HELP_QUARANTINE.sv)
def quarantine(discard: Discard = None, reason: Reason = None, as_json: Json = False, lang: Lang = None) -> int:
    """Show what is kept apart, or discard it."""
    from earkiv.cli import scanning

    return scanning.quarantine(discard, reason, opened(lang, as_json))


@app.command(help=texts.HELP_LEFTOVERS.sv)
def leftovers(discard: DiscardLeftover = None, as_json: Json = False, lang: Lang = None) -> int:
    """Show what lies in staging and belongs to nobody, or discard it."""
    from earkiv.cli import leftovers

    return leftovers.leftovers(discard, opened(lang, as_json))


@app.command(help=texts.HELP_FORMATS.sv)
def formats(as_json: Json = False, lang: Lang = None) -> int:
    """Show the format policy and what the archive holds."""
    from earkiv.cli.formats import print_formats

    return print_formats(opened(lang, as_json))


@app.command(help=texts.HELP_SERVE.sv)
def serve(host: Host = "127.0.0.1", port: Port = 8080, public_port: PublicPort = None, lang: Lang = None) -> int:
    """Take in deliveries over the network."""
    from earkiv.cli import serving

    return serving.serve(host, port, public_port, opened(lang, as_json=False))


@app.command(help=texts.HELP_DOCTOR.sv)
def doctor(lang: Lang = None) -> int:
    """Show what is configured and found."""
    from earkiv.cli.diagnosis import print_diagnosis

    return print_diagnosis(lang)


@app.command(help=operator_texts.HELP_CANARY.sv)
def canary(wait: CanaryWait = 300.0, as_json: Json = False, lang: Lang = None) -> int:
    """Send a small test delivery the whole way."""
    from earkiv.cli.canaries import run_canary

    return run_canary(wait, opened(lang, as_json))


@app.command(help=operator_texts.HELP_RESUME.sv)
def resume(deliveries: Deliveries, lang: Lang = None) -> int:
    """Let deliveries be tried anew."""
    from earkiv.cli.resuming import resume_deliveries

    return resume_deliveries(deliveries, opened(lang, as_json=False))


@app.command("dispose-requests", help=operator_texts.HELP_DISPOSE_REQUESTS.sv)
def dispose_requests(as_json: Json = False, lang: Lang = None) -> int:
    """Dispose of what belongs to requests and whose time is over."""
    from earkiv.cli.request_disposal import dispose

    return dispose(opened(lang, as_json))


@app.command(help=texts.HELP_PUSH.sv)
def push(
    address: Address,
    paths: Paths,
    agreement: PushAgreement = None,
    wait: Wait = 3600.0,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Hand deliveries over to an archive."""
    from earkiv.cli import pushing

    errand = pushing.Errand(address=address, paths=paths, agreement=agreement, wait=wait)
    return pushing.push(errand, opened(lang, as_json))


@app.command(help=texts.HELP_ESTABLISH.sv)
def establish(lang: Lang = None) -> int:
    """Make the archive, or bring it up to date."""
    from earkiv.cli import keys

    return keys.establish_archive(opened(lang, as_json=False))


@keys_app.command("create", help=texts.HELP_KEYS_CREATE.sv)
def keys_create(  # noqa: PLR0913, PLR0917 - what a key is made of
    role: KeyRole = Role.PRODUCER,
    producer: Producer = "",
    holder: Holder = "",
    agreement: Agreements = None,
    action: Actions = None,
    client: IdentityClient = "",
    note: Note = "",
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Make a key."""
    from earkiv.cli import keys

    wanted = keys.wanted_key(role, keys.Scope(producer, agreement or (), action or ()), holder)
    session = opened(lang, as_json)
    return keys.admit(client, wanted, note, session) if client else keys.create_key(wanted, note, session)


@keys_app.command("list", help=texts.HELP_KEYS_LIST.sv)
def keys_list(as_json: Json = False, lang: Lang = None) -> int:
    """List the keys."""
    from earkiv.cli import keys

    return keys.list_keys(opened(lang, as_json))


@keys_app.command("revoke", help=texts.HELP_KEYS_REVOKE.sv)
def keys_revoke(key: Id, lang: Lang = None) -> int:
    """Take a key back."""
    from earkiv.cli import keys

    return keys.revoke_key(key, opened(lang, as_json=False))


@schemas_app.command("install", help=texts.HELP_SCHEMAS_INSTALL.sv)
def schemas_install(lang: Lang = None) -> int:
    """Bring the third-party schemas."""
    from earkiv.cli.schema_setup import install_schemas

    return install_schemas(opened(lang, as_json=False))


@schemas_app.callback()
def schemas_group() -> None:
    """Keep `install` a command of its own although it is the only one."""
