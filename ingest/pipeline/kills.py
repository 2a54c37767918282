"""Files over which the process that works on them is killed from outside: by a person, or a system short of memory.

That is a fault of the machine, and the work is tried again later. Over a file with which it happens again and again it
will not be otherwise tomorrow: that one is told as a file that could not be worked on. Each time is counted in the
operations log, where it outlives the process that counts (DESIGN §1.3).
"""

from collections import Counter
from typing import Final

from ingest.errors import ToolFailed
from ingest.pipeline.step import Work

KILLS_OF_TOOLS: Final = "tool killed over a file"
KILLS_OF_OPENERS: Final = "opener killed over a container"
KILLS_OF_EXAMINERS: Final = "examiner killed over a file"
"""What stands in the operations log; the detail begins with the file's number."""

MOST_KILLS: Final = 3
TOO_OFTEN: Final = f"its process was killed from outside {MOST_KILLS} times"


def times(work: Work, counted_as: str) -> Counter[int]:
    """Count by number of file how often the operations log has it."""
    logged = work.ports.catalogue.logged(work.delivery.id, counted_as)
    return Counter(int(detail.partition(":")[0]) for detail in logged)


def note_kill(work: Work, counted_as: str, ordinal: int, said: str) -> None:
    """Count one more kill over a file. Raises CatalogueUnavailable."""
    work.ports.catalogue.log_attempt(work.lease, work.delivery.step, counted_as, f"{ordinal}: {said}")


def killed_from_outside(files: int) -> ToolFailed:
    """Give the fault that so many files wait because of."""
    return ToolFailed(
        f"Processer som arbetade med filer dödades utifrån (filer: {files}). Har maskinen för lite minne?",
        f"Processes that worked on files were killed from outside (files: {files}). Is the machine short of memory?",
    )
