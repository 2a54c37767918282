"""What `earkiv doctor` says of the tools that make preservation copies, and of the walls around them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from earkiv.cli import texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State, said_of
from ingest.adapters.pdfa import VALIDATOR
from ingest.adapters.tools.bounds import Layer
from ingest.adapters.tools.commands import colour_profile
from ingest.adapters.tools.confined import layers
from ingest.adapters.tools.toolbox import PROGRAMS, open_toolbox
from ingest.bootstrap import bounds_of
from ingest.config import Settings
from ingest.domain.findings import Text
from ingest.errors import ConfigurationError, EarkivError

_MAKES: Final = {
    "libreoffice": texts.MAKES_FROM_OFFICE,
    "ghostscript": texts.MAKES_FROM_PDF,
    "vips": texts.MAKES_FROM_IMAGES,
    "ffmpeg": texts.MAKES_FROM_SOUND,
}
_WALLS: Final[dict[Layer, Text]] = {
    Layer.USERS: texts.WALL_USERS,
    Layer.PROCESSES: texts.WALL_PROCESSES,
    Layer.NETWORK: texts.WALL_NETWORK,
    Layer.FILES: texts.WALL_FILES,
}


def tool_signs(settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Look for each tool, ask it for its version, and try the walls."""
    with TemporaryDirectory(prefix="earkiv-doctor-") as scratch:
        toolbox = open_toolbox(settings.tools, Path(scratch), bounds_of(settings))
        for name in PROGRAMS:
            makes = voice(_MAKES[name])
            tool = toolbox.tools.get(name)
            if tool is None:
                yield Sign(state=State.WARN, text=voice(texts.TOOL_ABSENT).format(tool=name, makes=makes))
                continue
            try:
                yield Sign(state=State.OK, text=voice(texts.TOOL_FOUND).format(tool=tool.version, makes=makes))
            except EarkivError as error:
                yield Sign(state=State.FAIL, text=f"{name}: {said_of(error, voice)}")
        toolbox.close()
    if "ghostscript" in toolbox.tools:
        yield from _profile(voice)
    yield from _walls(voice)
    yield _validators(settings, voice)


def _profile(voice: Voice) -> Iterator[Sign]:
    try:
        colour_profile()
    except ConfigurationError as error:
        yield Sign(state=State.FAIL, text=said_of(error, voice))


def _walls(voice: Voice) -> Iterator[Sign]:
    try:
        standing = layers()
    except EarkivError as error:
        yield Sign(state=State.FAIL, text=said_of(error, voice))
        return
    for layer, text in _WALLS.items():
        state, told = (State.OK, texts.WALL_STANDS) if layer in standing else (State.WARN, texts.WALL_LACKS)
        yield Sign(state=state, text=voice(told).format(wall=voice(text)))


def _validators(settings: Settings, voice: Voice) -> Sign:
    if settings.verapdf is None:
        return Sign(state=State.OK, text=voice(texts.VALIDATOR_ALONE).format(tool=VALIDATOR))
    if not settings.verapdf.is_file():
        return Sign(state=State.FAIL, text=voice(texts.VERAPDF_ABSENT).format(path=settings.verapdf))
    return Sign(state=State.OK, text=voice(texts.VALIDATORS).format(tool=VALIDATOR, path=settings.verapdf))
