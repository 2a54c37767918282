"""What other people's programs pack is read as it was packed: nothing honest is refused."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from ingest.formats.containers import Refused, list_members, read_members

pytestmark = pytest.mark.ci
PROGRAMS: Final = ("zip", "7z", "tar", "bsdtar", "zstd", "gzip")
LONG: Final = "innehåll/" + "lång" * 30 + "/" + "x" * 120 + ".txt"
FILES: Final[Mapping[str, bytes]] = {
    "sip.xml": b"<mets/>",
    "innehåll/ansökan åäö.pdf": bytes(range(256)) * 20 + b"text" * 3000,
    "tom.txt": b"",
    LONG: b"hej",
    "innehåll/djup/er/a.txt": b"a" * 600,
}
SHORT: Final = {name: body for name, body in FILES.items() if name != LONG}
"""What the oldest forms of TAR have room for."""
COMMANDS: Final[Mapping[str, str]] = {
    "zip": "zip -q -r $OUT .",
    "zip stored, no folders": "zip -q -0 -D -r $OUT .",
    "zip to a pipe": "zip -q -r - . | cat > $OUT",
    "zip, forced ZIP64": "zip -q -fz -r $OUT .",
    "zip, UTF-8 flagged": "zip -q -UN=UTF8 -r $OUT .",
    "zip with a comment": "echo kommentar åäö | zip -q -z -r $OUT .",
    "zip, added to": "zip -q -r $OUT innehåll sip.xml && zip -q $OUT tom.txt",
    "7z": "7z a -bd -tzip $OUT .",
    "7z, UTF-8": "7z a -bd -tzip -mcu=on $OUT .",
    "7z, local names": "7z a -bd -tzip -mcu=off -mcl=on $OUT .",
    "7z with NTFS times": "7z a -bd -tzip -mtc=on -mta=on $OUT .",
    "7z tar": "7z a -bd -ttar $OUT .",
    "tar gnu": "tar --format=gnu -cf $OUT .",
    "tar posix": "tar --format=posix -cf $OUT .",
    "tar oldgnu": "tar --format=oldgnu -cf $OUT *",
    "tar gzip": "tar -czf $OUT .",
    "tar zstd": "tar --zstd -cf $OUT .",
    "tar zstd, largest window": "tar -cf - . | zstd -q --ultra -22 --long=27 > $OUT",
    "tar in two gzip members": "tar -cf - . | split -b 5000 --filter='gzip' - > $OUT",
    "tar in zstd frames": "tar -cf - . | split -b 5000 --filter='zstd -q' - > $OUT",
    "bsdtar pax": "bsdtar --format=pax -cf $OUT .",
    "bsdtar pax, names as bytes": "bsdtar --format=pax --options pax:hdrcharset=BINARY -cf $OUT .",
    "bsdtar gnutar": "bsdtar --format=gnutar -cf $OUT .",
    "bsdtar zip": "bsdtar --format=zip -cf $OUT .",
    "bsdtar zip, stored": "bsdtar --format=zip --options zip:compression=store -cf $OUT .",
    "bsdtar zip, ZIP64": "bsdtar --format=zip --options zip:zip64 -cf $OUT .",
    "bsdtar zip to a pipe": "bsdtar --format=zip -cf - . | cat > $OUT",
}
OLD_FORMS: Final[Mapping[str, str]] = {
    "tar v7": "tar --format=v7 -cf $OUT .",
    "tar ustar": "tar --format=ustar -cf $OUT *",
    "bsdtar ustar": "bsdtar --format=ustar -cf $OUT .",
}
CASES: Final = [(c, FILES) for c in COMMANDS.values()] + [(c, SHORT) for c in OLD_FORMS.values()]


@pytest.fixture(scope="module", params=["C.UTF-8", "C"])
def locale(request: pytest.FixtureRequest) -> str:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        told = f"programs that are not installed: {', '.join(missing)} (see .ci/run)"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return str(request.param)


@pytest.mark.parametrize(("command", "files"), CASES, ids=[*COMMANDS, *OLD_FORMS])
def test_what_a_program_packs_is_read(tmp_path: Path, locale: str, command: str, files: Mapping[str, bytes]) -> None:
    source, packed = tmp_path / "in", tmp_path / ("paket.tar" if "tar" in command else "paket.zip")
    for name, body in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(body)
    (source / "tom mapp").mkdir()
    environment = os.environ | {"LC_ALL": locale, "LANG": locale, "OUT": str(packed)}
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command], cwd=source, env=environment, check=True, capture_output=True
    )
    listed = list_members(packed)
    assert not isinstance(listed, Refused), listed
    assert {member.path: b"".join(chunks) for member, chunks in read_members(packed)} == files
