"""The wheel, built from this tree and installed in an environment of its own, away from the sources."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An environment that holds the wheel and its locked dependencies, and an empty folder to work in."""

    environment: Path
    workplace: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment from outside the repository; what it says is captured."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "EARKIV_"))}
        return subprocess.run(
            [self.environment / "bin" / program, *arguments],
            cwd=self.workplace,
            env=inherited | {"EARKIV_HOME": str(self.workplace / "archive")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def python(self, source: str) -> str:
        """What `source` prints when the environment's interpreter runs it; a failure of it fails the test."""
        done = self.run("python", "-c", source)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    subprocess.run([*build, "--outdir", str(folder), str(REPOSITORY)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel as a user has it: a fresh environment, the runtime lock, the wheel."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    lock = str(REPOSITORY / "requirements" / "runtime.lock")
    install = (str(environment / "bin" / "python"), "-m", "pip", "install", "-qq", "--no-deps")
    subprocess.run([*install, "--only-binary", ":all:", "--require-hashes", "-r", lock], check=True)
    subprocess.run([*install, str(wheel)], check=True)
    return Installation(environment=environment, workplace=tmp_path_factory.mktemp("elsewhere"))
