"""Webhooks carried over from one catalogue to another: no storage holds them, or what they are still to tell."""

from dataclasses import dataclass

from ingest.domain.webhooks import Notice, Subscription
from ingest.network_ports import WebhookLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """All that a catalogue knows of webhooks."""

    subscriptions: tuple[Subscription, ...] = ()
    notices: tuple[Notice, ...] = ()


def webhooks_in(catalogue: WebhookLedger) -> Webhooks:
    """Read them. Raises DamageFound, CatalogueUnavailable."""
    return Webhooks(subscriptions=catalogue.subscriptions(), notices=catalogue.all_notices())


def carry_webhooks_over(webhooks: Webhooks, catalogue: WebhookLedger) -> None:
    """Let every feed and every subscription go on where it was."""
    catalogue.add_notices(webhooks.notices)
    for subscription in webhooks.subscriptions:
        catalogue.add_subscription(subscription)
