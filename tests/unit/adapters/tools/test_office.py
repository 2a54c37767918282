"""How LibreOffice is kept warm: a stand-in does its part, or what some documents make it do."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from ingest.adapters.tools import office
from ingest.adapters.tools.office import Office
from ingest.adapters.tools.office_driver import profile_files
from ingest.adapters.tools.parts import taken
from ingest.domain.conversions import ConversionFault, NotConverted
from ingest.domain.format_policy import Target
from ingest.errors import ToolFailed
from tests.contracts.converter import requested
from tests.fakes.scripted_tool import BRIEF, NARROW

PDF_A = Target(name="pdf-a-2b", title="PDF/A-2b", extension="pdf", puids=("fmt/477",), profile="PDF/A-2b")
STAND_IN = """#!/bin/sh
case "$*" in *--version*) echo "LibreOffice 9.8.7.6 40(Build:2)"; exit;; esac
cd "$HOME/.." || exit 1
test -f home/.config/libreoffice/4/user/basic/Standard/Driver.xba || exit 1
identity=$(cat /proc/sys/kernel/random/uuid)
answer() { echo "$1" > answer.part; mv answer.part answer; }
echo ready > ready
while :; do
  if [ -f job ]; then
    read -r source < job
    rm job
    read -r word < "$source"
    case "$word" in
      hangs) sleep 600;;
      spins) while :; do :; done;;
      grows) head -c 2G /dev/zero | tail -c 2G > /dev/null; sleep 600;;
      crashes) kill -SEGV $$;;
      leaves) exit 0;;
      refuses) answer "cannot be opened";;
      lies) answer ok;;
      links) ln -s /etc/passwd made.pdf; answer ok;;
      floods) rm -f answer; yes > answer.part & sleep 600;;
      *) echo "$identity $source" > made.pdf; answer ok;;
    esac
  fi
  sleep 0.02
done
"""


@pytest.fixture
def warm(tmp_path: Path) -> Iterator[Office]:
    program = tmp_path / "soffice"
    program.write_text(STAND_IN, encoding="utf-8")
    program.chmod(0o700)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    made = Office(program, scratch, replace(NARROW, files=60))
    yield made
    made.close()
    assert list(scratch.iterdir()) == []


def converted(tool: Office, folder: Path, word: str, puid: str = "fmt/412") -> str | NotConverted:
    """Convert a document of one word; give what was made, "" when nothing was."""
    source = folder / "source"
    source.write_text(word + "\n", encoding="utf-8")
    with tool.convert(source, requested(0, puid, PDF_A), BRIEF) as tried:
        if isinstance(tried.made, NotConverted):
            return tried.made
        with taken(tried.made) as content:
            return "" if content is None else content.read().decode()


def identity(made: str | NotConverted) -> str:
    assert isinstance(made, str)
    return made.split()[0]


def test_it_tells_its_version(warm: Office) -> None:
    assert warm.version == "LibreOffice 9.8.7.6"


def test_one_process_takes_one_document_after_another(warm: Office, tmp_path: Path) -> None:
    assert len({identity(converted(warm, tmp_path, "brev")) for _ in range(4)}) == 1


def test_it_is_started_anew_after_many_documents(warm: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_DOCUMENTS", 2)
    assert len({identity(converted(warm, tmp_path, "brev")) for _ in range(6)}) == 3


def test_it_is_started_anew_when_it_holds_much_memory(
    warm: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_FRESH_MEMORY", 0)
    assert len({identity(converted(warm, tmp_path, "brev")) for _ in range(3)}) == 3


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("hangs", ConversionFault.TOOK_TOO_LONG),
        ("spins", ConversionFault.TOOK_TOO_LONG),
        ("grows", ConversionFault.OUT_OF_BOUNDS),
        ("crashes", ConversionFault.FAILED),
        ("leaves", ConversionFault.FAILED),
        ("floods", ConversionFault.OUT_OF_BOUNDS),
    ],
)
def test_a_document_that_harms_it_costs_that_document_alone(
    warm: Office, tmp_path: Path, word: str, reason: ConversionFault
) -> None:
    before = identity(converted(warm, tmp_path, "brev"))
    failed = converted(warm, tmp_path, word)
    assert isinstance(failed, NotConverted)
    assert failed.reason is reason
    assert identity(converted(warm, tmp_path, "brev")) != before


def test_a_document_that_it_refuses_leaves_it_warm(warm: Office, tmp_path: Path) -> None:
    before = identity(converted(warm, tmp_path, "brev"))
    failed = converted(warm, tmp_path, "refuses")
    assert failed == NotConverted(reason=ConversionFault.FAILED, detail="cannot be opened")
    assert identity(converted(warm, tmp_path, "brev")) == before


@pytest.mark.parametrize("word", ["lies", "links"])
def test_what_is_no_file_is_no_result(warm: Office, tmp_path: Path, word: str) -> None:
    assert converted(warm, tmp_path, word) == ""
    assert identity(converted(warm, tmp_path, "brev"))


@pytest.mark.parametrize(
    ("puid", "name"), [("fmt/412", "source.docx"), ("fmt/291", "source.odt"), ("fmt/0", "source.bin")]
)
def test_a_document_is_read_as_what_it_was_identified_as(warm: Office, tmp_path: Path, puid: str, name: str) -> None:
    made = converted(warm, tmp_path, "brev", puid)
    assert isinstance(made, str)
    assert made.split()[1] == name


def test_one_that_does_not_start_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho inget bibliotek; exit 1\n", encoding="utf-8")
    program.chmod(0o700)
    with pytest.raises(ToolFailed, match="inget bibliotek"):
        converted(Office(program, tmp_path, NARROW), tmp_path, "brev")


def test_the_profile_is_xml_and_runs_no_macro_of_a_document() -> None:
    files = profile_files()
    for text in files.values():
        assert etree.fromstring(text.encode()) is not None
    assert 'Pair("MacroExecutionMode", 0)' in files["basic/Standard/Driver.xba"].replace("&quot;", '"')
