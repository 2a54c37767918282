"""The committed sample deliveries are what the generator writes."""

from pathlib import Path

import pytest

from samples.generate import DELIVERIES, generate
from tests.unit.samples.listed import faults

LARGEST = 3 * 2**20


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deliveries")
    generate(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_committed_files_are_the_generated_ones(generated: Path) -> None:
    made, committed = contents(generated), contents(DELIVERIES)
    assert sorted(made) == sorted(committed)
    assert [path for path, content in made.items() if content != committed[path]] == []


def test_together_they_are_small(generated: Path) -> None:
    assert sum(len(content) for content in contents(generated).values()) < LARGEST


def test_the_readme_names_every_delivery_in_both_languages(generated: Path) -> None:
    readme = (DELIVERIES.parent / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in generated.iterdir() if path.suffix != ".json"]
    assert {readme.count(f"deliveries/{name}") for name in names} == {2}


@pytest.mark.parametrize("name", ["bygglov-fgs12", "klagomal-case-push"])
def test_the_valid_folders_are_whole(name: str) -> None:
    assert faults(DELIVERIES / name) == set()


def test_the_broken_delivery_has_the_faults_that_the_readme_names() -> None:
    folder = DELIVERIES / "trasig-fgs12"
    assert faults(folder) == {
        "digest Content/1/Ansokan.pdf",
        "missing Content/1/Komplettering.pdf",
        "unlisted Content/1/Kopia_av_ritning.txt",
    }
    described = (folder / "Metadata" / "Arendehantering.xml").read_text(encoding="utf-8")
    assert "<fgs:StatusArande>Öppet</fgs:StatusArande>" in described
    assert "Avslutat" not in described
