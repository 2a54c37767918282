"""Someone who is shown every METS element while a package is read: rules look at METS in the reader's own pass."""

from collections.abc import Callable
from typing import Protocol

from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect
from ingest.formats.file_runs import FileRun
from ingest.formats.mets_values import MetsElement


class DocumentWatch(Protocol):
    """Is shown one METS document; `ended` is said only when the document was read to its end."""

    @property
    def see(self) -> Callable[[MetsElement | FileRun], None]:
        """Take in the next element, in document order, the Root first."""

    def ended(self) -> None:
        """Know that there is no more."""


class MetsWatch(Protocol):
    """Is shown every METS document of a package, each once, the package's own first."""

    def begin(self, source: PackagePath, dialect: Dialect) -> DocumentWatch:
        """Begin a document; `dialect` is the package's."""


class _Nobody:
    """Looks at nothing."""

    def begin(self, source: PackagePath, dialect: Dialect) -> "_Nobody":
        """Begin nothing."""
        del source, dialect
        return self

    def see(self, element: MetsElement | FileRun) -> None:
        """Look away."""

    def ended(self) -> None:
        """Do nothing."""


UNWATCHED: MetsWatch = _Nobody()
"""For a package that is read without being judged."""
