"""`earkiv rebuild`: the catalogue anew, from storage alone."""

from dataclasses import dataclass, field

from earkiv.cli import texts
from earkiv.cli.endings import FINE, REFUSED, fault_texts
from earkiv.cli.intake import note_unowned
from earkiv.cli.session import Session
from earkiv.cli.verification import print_damages
from earkiv.cli.wording import count_text
from earkiv.cli.work_shown import counted
from ingest.application.carried_deliveries import Undecided, undecided_in
from ingest.application.carried_webhooks import Webhooks, carry_webhooks_over, webhooks_in
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import former_catalogue, rebuilding
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.preapprovals import PreApproval, Stage
from ingest.domain.keys import ApiKey
from ingest.domain.quotas import Quota
from ingest.errors import EarkivError


def rebuild_catalogue(session: Session) -> int:
    """Build the catalogue beside the old one and put it in its place; 1 when damage is met on the way.

    Raises EarkivError; the old one then stays.
    """
    journal = session.settings.home / "archive" / "journal"
    with rebuilding(session.settings) as archive, counted(session, texts.REBUILDING, journal) as report:
        former = _former(session)
        rebuilt = rebuild(archive.ports, report, former.undecided)
        for key in former.keys:
            archive.ports.catalogue.add_key(key)
        for quota in former.quotas:
            archive.ports.catalogue.set_quota(quota)
        carry_webhooks_over(former.webhooks, archive.ports.catalogue)
        for decision in former.closings:
            archive.ports.catalogue.announce_access(decision)
        for approval in former.withdrawn:
            archive.ports.catalogue.record_pre_approval(approval)
    page, voice = session.page(), session.voice
    packages, deliveries = (count_text(n, voice.language) for n in (rebuilt.packages, rebuilt.deliveries))
    page.print(voice(texts.REBUILT).format(packages=packages, deliveries=deliveries))
    if rebuilt.trials:
        page.print(voice(texts.TRIALS_FOUND).format(count=count_text(rebuilt.trials, voice.language)))
    if rebuilt.carried:
        page.print(voice(texts.CARRIED).format(count=count_text(rebuilt.carried, voice.language)))
    note_unowned(rebuilt.unowned, session)
    kept = session.settings.home / "catalogue.sqlite.before-rebuild"
    if kept.exists():
        page.print(voice(texts.KEPT_BEFORE).format(path=kept))
    print_damages(rebuilt.damages, page, voice)
    return REFUSED if rebuilt.damages else FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Former:
    """What only the former catalogue knows: no storage holds it."""

    undecided: tuple[Undecided, ...] = ()
    keys: tuple[ApiKey, ...] = ()
    quotas: tuple[Quota, ...] = ()
    webhooks: Webhooks = field(default_factory=Webhooks)
    closings: tuple[AccessDecision, ...] = ()
    withdrawn: tuple[PreApproval, ...] = ()


def _former(session: Session) -> _Former:
    """Read the former catalogue; nobody else writes meanwhile. Raises EarkivError.

    An embedded archive's that cannot be read is what a rebuild is for; a server's was named to be read.
    """
    try:
        with former_catalogue(session.settings) as catalogue:
            if catalogue is None:
                return _Former()
            return _Former(
                undecided=undecided_in(catalogue),
                keys=catalogue.api_keys(),
                quotas=catalogue.quotas(),
                webhooks=webhooks_in(catalogue),
                closings=catalogue.announced_access(),
                withdrawn=tuple(one for one in catalogue.pre_approvals() if one.stage is Stage.WITHDRAWN),
            )
    except EarkivError as fault:
        if session.settings.database is not None:
            raise
        session.note(session.voice(texts.NOT_CARRIED).format(reason=session.voice(fault_texts(fault)[0])))
        return _Former()
