"""What a tool cannot do, whatever a document makes it do; and that nothing of it is left afterwards."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters.tools.bounds import MIB, Bound, Bounds, Crashed, Ending, Exited, Layer, Stopped
from ingest.adapters.tools.confined import Confinement, Running, layers, run, workspace
from tests.fakes.scripted_tool import NARROW, PYTHON

EVERY = frozenset(Layer)
SHARED = ("/tmp", "/var/tmp")  # noqa: S108 - exactly the places that are meant


def standing(*wanted: Layer) -> None:
    """Skip visibly where this system cannot raise these walls; in CI that is a failure."""
    if not set(wanted) <= layers():
        missing = f"this system cannot raise {sorted(set(wanted) - layers())}"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


def carried_out(
    code: str, scratch: Path, bounds: Bounds = NARROW, walls: frozenset[Layer] = EVERY
) -> tuple[Ending, str, dict[str, bytes]]:
    """Run code; give how it ended, what it said, and the files that it left in its folder."""
    with workspace(scratch) as folder:
        command = (sys.executable, "-I", "-c", code)
        ran = run(Confinement(command=command, folder=folder, bounds=bounds, reads=PYTHON, layers=walls))
        left = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.is_symlink()}
    return ran.ending, ran.said, left


def alive(token: str) -> list[int]:
    """The processes that carry a token in their command line, zombies left out."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if token.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def gone(token: str, seconds: float = 20) -> bool:
    """Wait until no process carries the token."""
    deadline = time.monotonic() + seconds
    while alive(token) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(token)


def test_a_tool_works_in_a_folder_of_its_own(tmp_path: Path) -> None:
    code = "import os; open('made', 'w').write('här'); print(os.environ['HOME'], os.getcwd(), sorted(os.environ))"
    ending, said, left = carried_out(code, tmp_path)
    assert ending == Exited(code=0)
    assert left["made"].decode() == "här"
    assert "EARKIV" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("walls", [EVERY, EVERY - {Layer.PROCESSES}, frozenset({Layer.FILES}), frozenset[Layer]()])
def test_it_works_behind_whatever_walls_there_are(tmp_path: Path, walls: frozenset[Layer]) -> None:
    ending, said, left = carried_out("open('made', 'w').write('x')", tmp_path, walls=walls)
    assert (ending, said, left["made"]) == (Exited(code=0), "", b"x")


@pytest.mark.parametrize("walls", [EVERY, frozenset[Layer]()])
@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("import sys; sys.exit(3)", Exited(code=3)),
        ("import sys; sys.exit(255)", Exited(code=255)),
        ("import os; os.abort()", Crashed(signal=signal.SIGABRT)),
        ("import ctypes; ctypes.string_at(0)", Crashed(signal=signal.SIGSEGV)),
    ],
)
def test_how_it_ended_is_told(tmp_path: Path, code: str, ending: Ending, walls: frozenset[Layer]) -> None:
    assert carried_out(code, tmp_path, walls=walls)[0] == ending


HOSTILE = {
    "hangs": ("import time; time.sleep(600)", {"seconds": 1}, Stopped(bound=Bound.SECONDS)),
    "spins": ("while True: pass", {"cpu_seconds": 1}, Stopped(bound=Bound.PROCESSOR)),
    "spins in many short-lived processes": (
        "import os\nwhile True:\n    if os.fork() == 0: sum(range(300_000)); os._exit(0)\n    os.wait()",
        {"cpu_seconds": 1},
        Stopped(bound=Bound.PROCESSOR),
    ),
    "asks for more than there is": (
        "try: bytearray(1 << 30)\nexcept MemoryError: print('none'); raise SystemExit(3)",
        {"data": 300 * MIB},
        Exited(code=3),
    ),
    "eats memory": (
        "kept = []\nfor _ in range(600): kept.append(bytearray(b'x') * (1 << 20))\nimport time; time.sleep(600)",
        {},
        Stopped(bound=Bound.MEMORY),
    ),
    "eats memory among short-lived processes": (
        (
            "import os, time\nkept = []\nif os.fork() == 0:\n"
            "    for _ in range(600): kept.append(bytearray(b'x') * (1 << 20))\n    time.sleep(600)\n"
            "while True:\n    if os.fork() == 0: os._exit(0)\n    os.wait()"
        ),
        {},
        Stopped(bound=Bound.MEMORY),
    ),
    "forks": (
        "import os, time\nfor _ in range(30):\n    if os.fork() == 0:\n        os.setsid(); break\ntime.sleep(600)",
        {},
        Stopped(bound=Bound.PROCESSES),
    ),
    "makes many files": (
        "import time\nfor n in range(200): open(f'f{n}', 'w')\ntime.sleep(600)",
        {},
        Stopped(bound=Bound.FILES),
    ),
    "writes much in many files": (
        "import time\nfor n in range(4): open(f'f{n}', 'wb').write(b'x' * (4 << 20))\ntime.sleep(600)",
        {},
        Stopped(bound=Bound.BYTES),
    ),
    "writes a huge file": (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('f', 'wb').truncate(1 << 30)",
        {},
        Crashed(signal=signal.SIGXFSZ),
    ),
}


@pytest.mark.parametrize("walls", [EVERY, frozenset[Layer]()], ids=["walled", "bare"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_whoever_goes_beyond_a_bound_is_killed_with_all_its_processes(
    tmp_path: Path, kind: str, walls: frozenset[Layer]
) -> None:
    code, narrower, ending = HOSTILE[kind]
    token = f"token_{os.getpid()}_{tmp_path.name}".replace("-", "_")
    bounds = Bounds(**{**{name: getattr(NARROW, name) for name in NARROW.__slots__}, **narrower})
    assert carried_out(f"{token} = 0\n{code}", tmp_path, bounds, walls)[0] == ending
    assert gone(token)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("walls", [EVERY, frozenset[Layer]()], ids=["walled", "bare"])
def test_nobody_stays_behind_when_the_tool_itself_ends(tmp_path: Path, walls: frozenset[Layer]) -> None:
    token = f"token_{os.getpid()}_{tmp_path.name}".replace("-", "_")
    daemon = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(600)\n    os._exit(0)"
    )
    assert carried_out(f"{token} = 0\n{daemon}", tmp_path, walls=walls)[0] == Exited(code=0)
    assert gone(token)


def test_nothing_is_written_outside_its_folder(tmp_path: Path) -> None:
    standing(Layer.FILES)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("oförändrad", encoding="utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    places = [str(elsewhere), str(tmp_path / "new"), str(Path.home() / ".earkiv-evil"), "/etc/evil", "/usr/evil"]
    code = f"import os\nfor place in {places!r}:\n    try: open(place, 'w').write('evil')\n    except OSError: pass"
    for walls in (EVERY, frozenset({Layer.FILES})):
        assert carried_out(code, scratch, walls=walls)[0] == Exited(code=0)
        assert elsewhere.read_text(encoding="utf-8") == "oförändrad"
        assert not any(Path(place).exists() for place in places[1:])


def test_what_it_writes_in_the_shared_folders_for_temporary_files_goes_with_it(tmp_path: Path) -> None:
    standing(Layer.PROCESSES, Layer.USERS)
    # A clone that itself lies in one of them stays in sight there, so that the other is tried.
    shared = next(path for path in map(Path, SHARED) if not any(one.is_relative_to(path) for one in PYTHON))
    name = shared / f"earkiv-evil-{tmp_path.name}"
    ending, said, _ = carried_out(f"open({str(name)!r}, 'w').write('evil')", tmp_path)
    assert (ending, said) == (Exited(code=0), "")
    assert not name.exists()


def test_the_archive_cannot_be_read(tmp_path: Path) -> None:
    standing(Layer.FILES)
    secret = tmp_path / "key.pem"
    secret.write_text("hemligt", encoding="utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for walls in (EVERY, frozenset({Layer.FILES})):
        ending, said, _ = carried_out(f"print(open({str(secret)!r}).read())", scratch, walls=walls)
        assert ending == Exited(code=1)
        assert "hemligt" not in said


def test_there_is_no_network(tmp_path: Path) -> None:
    standing(Layer.NETWORK)
    code = (
        "import socket\nlistener = socket.socket()\n"
        "try: socket.create_connection(('127.0.0.1', 9), 2)\nexcept OSError as error: print(error.errno)"
    )
    _, said, _ = carried_out(code, tmp_path)
    assert said == "101"  # ENETUNREACH: there is not even a loopback


def test_no_other_process_is_seen(tmp_path: Path) -> None:
    standing(Layer.PROCESSES, Layer.USERS)
    code = "import os; print(max(int(name) for name in os.listdir('/proc') if name.isdigit()))"
    _, said, _ = carried_out(code, tmp_path)
    assert int(said) < 10


def test_whoever_asked_may_be_killed_and_the_tool_ends_too(tmp_path: Path) -> None:
    token = f"token_{os.getpid()}_{tmp_path.name}".replace("-", "_")
    asking = (
        "import sys, time; from pathlib import Path\n"
        "from ingest.adapters.tools.confined import Confinement, Running\n"
        "from tests.fakes.scripted_tool import NARROW, PYTHON\n"
        f"code = '{token} = 0; import time; time.sleep(600)'\n"
        "command = (sys.executable, '-I', '-c', code)\n"
        "order = Confinement(command=command, folder=Path(sys.argv[1]), bounds=NARROW, reads=PYTHON)\n"
        "running = Running(order); print('on', flush=True); time.sleep(600)\n"
    )
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    root = Path(__file__).parents[4]
    with subprocess.Popen([sys.executable, "-c", asking, str(tmp_path)], stdout=subprocess.PIPE, cwd=root) as asker:
        assert asker.stdout is not None
        assert asker.stdout.readline() == b"on\n"
        deadline = time.monotonic() + 20
        while len(alive(token)) < 2 and time.monotonic() < deadline:  # the asker itself carries it too
            time.sleep(0.05)
        asker.kill()
        asker.wait()
    assert gone(token)


def test_a_tool_that_is_still_wanted_goes_on_until_it_is_stopped(tmp_path: Path) -> None:
    with workspace(tmp_path) as folder:
        command = (sys.executable, "-I", "-c", "import time; time.sleep(600)")
        order = Confinement(command=command, folder=folder, bounds=NARROW, reads=PYTHON)
        with Running(order) as running:
            assert not running.has_ended
            assert running.stop() == running.wait() == Stopped(bound=None)
            assert running.has_ended


def test_a_program_that_is_not_there_is_an_ending(tmp_path: Path) -> None:
    bounds = Bounds(seconds=5, cpu_seconds=5, memory=64 * MIB, processes=4, files=16, bytes=MIB)
    with workspace(tmp_path) as folder:
        ran = run(Confinement(command=("/usr/bin/no-such-tool",), folder=folder, bounds=bounds))
    assert isinstance(ran.ending, Exited)
    assert ran.ending.code != 0
    assert "FileNotFoundError" in ran.said


BUSY = """
import time
from dataclasses import replace
from pathlib import Path
while True:
    for job in Path('.').glob('job*'):
        job.unlink()
        end = time.process_time() + 0.3
        while time.process_time() < end: pass
        Path('done').touch()
    time.sleep(0.02)
"""


def worked(folder: Path) -> None:
    """Hand over a piece of work and wait until it is done."""
    (folder / "job").touch()
    while not (folder / "done").exists():
        time.sleep(0.02)
    (folder / "done").unlink()


def test_a_tool_with_several_things_to_do_is_bounded_for_each_and_tells_what_it_used(tmp_path: Path) -> None:
    bounds = replace(NARROW, cpu_seconds=1)
    with workspace(tmp_path) as folder:
        order = Confinement(command=(sys.executable, "-I", "-c", BUSY), folder=folder, bounds=bounds, reads=PYTHON)
        with Running(order) as running:
            for _ in range(5):  # together more than one may use
                worked(folder)
                used = running.allow(bounds)
                assert used is not None
                assert 0.2 < used.seconds < 1
                assert MIB < used.memory < NARROW.memory
            running.allow(replace(bounds, cpu_seconds=0.1))
            (folder / "job").touch()
            while not running.has_ended:
                time.sleep(0.02)
            assert running.allow(bounds) is None
            assert running.wait() == Stopped(bound=Bound.PROCESSOR)
            assert running.used_seconds >= 0.1
            assert running.allow(bounds) is None


def test_a_run_tells_what_it_used(tmp_path: Path) -> None:
    code = "import time\nwhile time.process_time() < 0.5: pass"
    with workspace(tmp_path) as folder:
        command = (sys.executable, "-I", "-c", code)
        ran = run(Confinement(command=command, folder=folder, bounds=NARROW, reads=PYTHON))
    assert ran.ending == Exited(code=0)
    assert 0.3 < ran.seconds < NARROW.cpu_seconds
