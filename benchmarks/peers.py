"""Other validators, each in a virtual environment of its own, made below the material from the package registry."""

import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.measuring import Meter

EARK_VALIDATOR = "eark-validator==1.1.3"
PACKAGE, PEER = "package", "peer"
_SHIM = Path(__file__).with_name("eark_validator_shim.py")


def install_eark_validator(folder: Path) -> None:
    """Install it with what it pins. Raises CalledProcessError when the registry does not answer."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, EARK_VALIDATOR], check=True, stdout=sys.stderr)


def validate_with_eark_validator(material: Path, scratch: Path, meter: Meter) -> None:
    """Validate the package; starting the program does not count. Raises RuntimeError when it fails."""
    command = [str(material / PEER / "bin" / "python"), str(_SHIM), str(material / PACKAGE)]
    with subprocess.Popen(command, cwd=scratch, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        if peer.stdin is None or peer.stdout is None or peer.stdout.readline() != "ready\n":
            raise RuntimeError("eark-validator does not start")
        meter.start()
        peer.stdin.write("\n")
        peer.stdin.flush()
        answer = peer.stdout.readline()
        meter.stop()
    if not answer.startswith("done"):
        raise RuntimeError(f"eark-validator ended with {peer.returncode}")
