"""What `doctor` says of quotas: whether one producer alone can take all the room there is."""

from collections.abc import Iterator

from earkiv.cli import serving_texts as texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State
from ingest.domain.keys import Action, ApiKey, Role
from ingest.domain.quotas import Quota

_MOST_NAMED = 5


def quota_signs(keys: tuple[ApiKey, ...], quotas: tuple[Quota, ...], voice: Voice) -> Iterator[Sign]:
    """Tell which producers can announce as many bytes as they like; where no producer has a key there is none."""
    delivering = {key.producer for key in keys if _delivers(key)}
    bounded = {quota.producer for quota in quotas if quota.bytes is not None}
    unbounded = sorted(delivering - bounded)
    if unbounded:
        named = ", ".join(unbounded[:_MOST_NAMED]) + (" …" if len(unbounded) > _MOST_NAMED else "")
        said = voice(texts.WITHOUT_QUOTA).format(count=len(unbounded), producers=named)
        yield Sign(state=State.WARN, text=said)
    elif delivering:
        yield Sign(state=State.OK, text=voice(texts.ALL_HAVE_QUOTAS).format(count=len(delivering)))


def _delivers(key: ApiKey) -> bool:
    return key.is_in_force and key.role is Role.PRODUCER and Action.DELIVER in key.actions
