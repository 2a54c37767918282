"""What `doctor` says of the place where drops are left: whether a watcher can do there what it has to."""

from collections.abc import Iterator
from pathlib import Path

from earkiv.cli import drop_texts as texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State, said_of
from ingest.adapters.drop_probe import Lacking, probe_folder
from ingest.adapters.drop_settings import drop_place
from ingest.adapters.s3.address import S3Address
from ingest.config import Settings
from ingest.errors import EarkivError


def drop_signs(settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Try the place that is set; where none is, and no key for one, nothing is said."""
    said = settings.drops.place
    if not said:
        if settings.drops.key_id:
            yield Sign(state=State.WARN, text=voice(texts.NOT_TRIED))
        return
    try:
        place = drop_place(said, settings.drops, settings.stores)
    except EarkivError as fault:
        yield Sign(state=State.FAIL, text=voice(texts.UNUSABLE).format(reason=said_of(fault, voice)))
        return
    match place:
        case Path() as root:
            yield _folder(root, voice)
        case address:
            yield _bucket(said.rstrip("/"), address, voice)


def _folder(root: Path, voice: Voice) -> Sign:
    try:
        root.lstat()
    except FileNotFoundError:
        return Sign(state=State.WARN, text=voice(texts.FOLDER_ABSENT).format(place=root))
    except OSError:
        pass  # the probe says why
    lacking = probe_folder(root)
    if lacking is not None:
        return _fail(str(root), lacking, voice)
    return Sign(state=State.OK, text=voice(texts.FOLDER_FOUND).format(place=root))


def _bucket(shown: str, address: S3Address, voice: Voice) -> Sign:
    from ingest.adapters.s3.drop_probe import probe_bucket  # noqa: PLC0415 - boto3 takes long to load

    lacking = probe_bucket(address)
    if lacking is not None:
        return _fail(shown, lacking, voice)
    return Sign(state=State.OK, text=voice(texts.BUCKET_FOUND).format(place=shown))


def _fail(shown: str, lacking: Lacking, voice: Voice) -> Sign:
    place = f"{shown}/{lacking.folder}".rstrip("/")
    reason = voice(texts.DONE_ALL_THE_SAME[lacking.act]) if lacking.reason is None else said_of(lacking.reason, voice)
    return Sign(state=State.FAIL, text=voice(texts.LACKING[lacking.act]).format(place=place, reason=reason))
