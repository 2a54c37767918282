"""What `doctor` says of webhooks: whether every producer that wants to be told can be."""

from collections.abc import Iterator

from earkiv.cli import texts as common
from earkiv.cli import webhook_texts as texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State, said_of
from ingest.adapters.home import Home
from ingest.bootstrap import reading
from ingest.config import Settings
from ingest.domain.webhooks import Subscription, SubscriptionStatus
from ingest.errors import EarkivError
from ingest.network_ports import WebhookLedger


def webhook_signs(settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Look at every webhook; an archive that is not there, or has none, has nothing to say."""
    if settings.receivers.networks and not settings.receivers.hosts:
        yield Sign(state=State.WARN, text=voice(texts.NETWORKS_FOR_ALL))
    if settings.database is None and not Home(root=settings.home).archive.is_dir():
        return
    try:
        with reading(settings) as archive:
            yield from signs_in(archive.ports.catalogue, voice)
    except EarkivError as error:
        yield Sign(state=State.FAIL, text=voice(common.CATALOGUE_FAULT).format(reason=said_of(error, voice)))


def signs_in(catalogue: WebhookLedger, voice: Voice) -> Iterator[Sign]:
    """Tell which webhooks have been given up, or that none has."""
    webhooks = catalogue.subscriptions()
    given_up = [one for one in webhooks if one.status is SubscriptionStatus.FAILING]
    for one in given_up:
        yield Sign(state=State.WARN, text=voice(texts.GIVEN_UP).format(**_told(one, voice)))
    if webhooks and not given_up:
        behind = max(catalogue.newest_notice(one.producer) - one.cursor for one in webhooks)
        yield Sign(state=State.OK, text=voice(texts.TELLING).format(count=len(webhooks), behind=behind))


def _told(one: Subscription, voice: Voice) -> dict[str, object]:
    return {
        "id": one.id,
        "producer": one.producer or voice(texts.OWN_KEY),
        "failures": one.failures,
        "outcome": one.last.answer.outcome.value if one.last else "-",
    }
