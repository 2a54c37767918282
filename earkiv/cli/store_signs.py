"""What `doctor` says of the stores: where each lies, whether it answers, and whether it keeps what we rely on."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from earkiv.cli import store_texts as texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State, said_of
from ingest.adapters.s3.address import S3Address
from ingest.adapters.store_settings import StoreSettings
from ingest.errors import EarkivError


def store_signs(stores: StoreSettings, voice: Voice) -> Iterator[Sign]:
    """Look at every store that is set; those in EARKIV_HOME are looked at with it."""
    for name, place in stores.named():
        match place:
            case S3Address():
                yield _bucket(name, place, voice)
                if place.public_endpoint is not None:
                    yield _direct(name, place, place.public_endpoint, voice)
            case Path():
                yield _folder(name, place, voice)
            case None:
                pass


def _folder(name: str, folder: Path, voice: Voice) -> Sign:
    if folder.is_dir():
        return Sign(state=State.OK, text=voice(texts.FOLDER_FOUND).format(name=name, place=folder))
    return Sign(state=State.FAIL, text=voice(texts.FOLDER_ABSENT).format(name=name, place=folder))


def _direct(name: str, address: S3Address, public: str, voice: Voice) -> Sign:
    from ingest.adapters.s3.probe import holds_to_what_was_signed  # noqa: PLC0415 - boto3 takes long to load

    try:
        is_bound = holds_to_what_was_signed(address, address.endpoint or public)
    except EarkivError as error:
        return Sign(state=State.FAIL, text=voice(texts.STORE_FAULT).format(name=name, reason=said_of(error, voice)))
    if not is_bound:
        return Sign(state=State.FAIL, text=voice(texts.DIRECT_UNBOUND).format(name=name, place=address))
    return Sign(state=State.OK, text=voice(texts.DIRECT_OFFERED).format(name=name, public=public))


def _bucket(name: str, address: S3Address, voice: Voice) -> Sign:
    from ingest.adapters.s3.probe import probe  # noqa: PLC0415 - boto3 takes long to load, and few need it
    from ingest.adapters.s3.store import S3Store  # noqa: PLC0415 - as above

    try:
        with TemporaryDirectory(prefix="earkiv-doctor-") as scratch:
            found = probe(S3Store(address, name, Path(scratch)))
    except EarkivError as error:
        return Sign(state=State.FAIL, text=voice(texts.STORE_FAULT).format(name=name, reason=said_of(error, voice)))
    if not found.is_write_once:
        return Sign(state=State.FAIL, text=voice(texts.NOT_WRITE_ONCE).format(name=name, place=address))
    if not found.gives_back:
        return Sign(state=State.FAIL, text=voice(texts.NOT_GIVEN_BACK).format(name=name, place=address))
    if not found.checks_md5:
        return Sign(state=State.WARN, text=voice(texts.NO_MD5).format(name=name, place=address))
    return Sign(state=State.OK, text=voice(texts.STORE_FOUND).format(name=name, place=address))
