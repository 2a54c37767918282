"""What is shown of work under way: phases in order, figures in words."""

from pathlib import Path

from rich.progress import Progress

from earkiv.cli.language import Voice
from earkiv.cli.progress import Figures, Intake, Phase, reading_shown
from earkiv.cli.sizes import size_of
from earkiv.cli.texts import VERIFYING
from ingest.config import Language

SWEDISH = Voice(language=Language.SWEDISH)
ENGLISH = Voice(language=Language.ENGLISH)


def test_a_delivery_passes_through_its_phases_and_never_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"1234567")
    intake = Intake(SWEDISH)
    intake.begin(tmp_path)
    phases = []
    for tell, amount in (
        (intake.preserved, 3),
        (intake.landed, 7),
        (intake.examined, 1),
        (intake.landed, 100),
        (intake.preserved, 7),
        (intake.examined, 1),
    ):
        tell(amount)
        phases.append(intake.phase)
    intake.end()
    intake.preserved(7)
    assert phases == [Phase.LANDING] * 2 + [Phase.EXAMINING] * 2 + [Phase.PRESERVING] * 2


def test_the_next_delivery_starts_anew(tmp_path: Path) -> None:
    intake = Intake(ENGLISH)
    intake.begin(tmp_path)
    intake.examined(1)
    intake.end()
    intake.begin(tmp_path)
    assert intake.phase is Phase.LANDING
    intake.end()
    intake.end()


def test_figures_are_bytes_or_files() -> None:
    display = Progress()
    size, files = display.add_task("", total=2_000_000), display.add_task("", total=None, files=True)
    display.update(size, completed=1_500_000)
    display.update(files, completed=1234)
    assert Figures(ENGLISH).render(display.tasks[0]).plain == "1.5 MB / 2.0 MB"
    assert Figures(ENGLISH).render(display.tasks[1]).plain == "1,234 files"


def test_a_rate_and_the_time_left_are_told() -> None:
    times = iter(range(100))
    display = Progress(get_time=lambda: float(next(times)))
    task = display.add_task("", total=1000)
    display.advance(task, 100)
    display.advance(task, 100)
    told = Figures(SWEDISH).render(display.tasks[0]).plain
    assert "B/s" in told
    assert "kvar" in told


def test_reading_is_shown_with_and_without_a_total() -> None:
    for total in (None, 10):
        with reading_shown(VERIFYING, total, SWEDISH) as report:
            report(1, 10)


def test_the_size_of_a_file_and_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_bytes(b"123")
    (tmp_path / "b").write_bytes(b"4567")
    (tmp_path / "gone").symlink_to("nowhere")
    assert size_of(tmp_path / "b") == 4
    assert size_of(tmp_path) == 7 + len("nowhere")
