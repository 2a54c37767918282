"""`earkiv pre-approvals` and what its commands take."""

# ruff: noqa: PLC0415 - as in `commands`: nothing is imported before its turn

from typing import Annotated

import typer

from earkiv.cli import pre_approval_texts as texts
from earkiv.cli.command_texts import HELP_JSON, HELP_LANG
from earkiv.cli.session import opened
from ingest.config import Language

Json = Annotated[bool, typer.Option("--json", help=HELP_JSON.sv)]
Lang = Annotated[Language | None, typer.Option("--lang", help=HELP_LANG.sv, show_default=False)]
Id = Annotated[str, typer.Argument(metavar="ID", help=texts.HELP_ID.sv, show_default=False)]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=texts.HELP_REASON.sv, show_default=False)]
Agreement = Annotated[str, typer.Option("--agreement", metavar="ID", help=texts.HELP_AGREEMENT.sv, show_default=False)]
Version = Annotated[int, typer.Option("--version", metavar="N", min=1, help=texts.HELP_VERSION.sv, show_default=False)]
Scheme = Annotated[str | None, typer.Option("--scheme", metavar="NAME", help=texts.HELP_SCHEME.sv, show_default=False)]
Code = Annotated[str, typer.Option("--code", metavar="CODE", help=texts.HELP_CODE.sv, show_default=False)]
Ground = Annotated[str, typer.Option("--ground", metavar="TEXT", help=texts.HELP_GROUND.sv, show_default=False)]
PersonalData = Annotated[
    str, typer.Option("--personal-data", metavar="TEXT", help=texts.HELP_PERSONAL_DATA.sv, show_default=False)
]
Begins = Annotated[str, typer.Option("--begins", metavar="DAY", help=texts.HELP_BEGINS.sv, show_default=False)]
Ends = Annotated[str, typer.Option("--ends", metavar="DAY", help=texts.HELP_ENDS.sv, show_default=False)]

pre_approvals_app = typer.Typer(help=texts.HELP.sv, rich_markup_mode=None)


@pre_approvals_app.command("list", help=texts.HELP_LIST.sv)
def list_command(as_json: Json = False, lang: Lang = None) -> int:
    """List them."""
    from earkiv.cli import pre_approvals

    return pre_approvals.list_all(opened(lang, as_json))


@pre_approvals_app.command("propose", help=texts.HELP_PROPOSE.sv)
def propose(  # noqa: PLR0913, PLR0917 - what an approval says
    agreement: Agreement,
    version: Version,
    code: Code,
    reason: Reason,
    ground: Ground,
    personal_data: PersonalData,
    begins: Begins,
    ends: Ends,
    scheme: Scheme = None,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Propose one."""
    from earkiv.cli import pre_approvals
    from ingest.application.pre_approvals import WantedApproval
    from ingest.domain.access.preapprovals import ContentClass

    wanted = WantedApproval(
        of_class=ContentClass(agreement=agreement, agreement_version=version, scheme=scheme, code=code),
        ground=ground,
        personal_data=personal_data,
        reason=reason,
        begins=begins,
        ends=ends,
    )
    return pre_approvals.propose(wanted, opened(lang, as_json))


@pre_approvals_app.command("confirm", help=texts.HELP_CONFIRM.sv)
def confirm(approval: Id, reason: Reason, as_json: Json = False, lang: Lang = None) -> int:
    """Confirm one."""
    from earkiv.cli import pre_approvals

    return pre_approvals.confirm(approval, reason, opened(lang, as_json))


@pre_approvals_app.command("withdraw", help=texts.HELP_WITHDRAW.sv)
def withdraw(approval: Id, reason: Reason, as_json: Json = False, lang: Lang = None) -> int:
    """Withdraw one."""
    from earkiv.cli import pre_approvals

    return pre_approvals.withdraw(approval, reason, opened(lang, as_json))
