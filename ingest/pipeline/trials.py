"""What is known of test deliveries' packages and journal: the test store itself says it, and no table of the archive's.

So nothing that the archive holds, counts or proves rests on a test, and what expires there is gone without a trace.
"""

from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EMPTY_CHAIN, ChainHead, JournalRecord, Subject, SubjectKind, entry_key
from ingest.errors import DamageFound
from ingest.formats.journal import Entry, EntryDamaged, decode_entry, header_digest
from ingest.formats.wire import from_json
from ingest.ports import ObjectStore


class TrialRegister:
    """`PackageRegister` of the test store, read from its journal."""

    def __init__(self, store: ObjectStore) -> None:
        """Answer for this store."""
        self._store = store

    def register_package(self, package: ArchivedPackage) -> None:
        """Keep nothing more: the package's journal entry is its row."""

    def package(self, package_id: str) -> ArchivedPackage | None:
        """Give a package of a test delivery, None when there is none. Raises DamageFound, StoreUnavailable."""
        subject = Subject(kind=SubjectKind.PACKAGE, id=package_id)
        if self._store.stat(entry_key(subject, 1)) is None:
            return None
        return from_json(self._entry(entry_key(subject, 1)).body, ArchivedPackage)

    def chain_head(self, subject: Subject) -> ChainHead:
        """Give the last journal entry of a chain, EMPTY_CHAIN when it has none. Raises DamageFound."""
        keys = tuple(self._store.keys(entry_key(subject, 1).rpartition("/")[0] + "/"))
        if not keys:
            return EMPTY_CHAIN
        header = self._entry(keys[-1]).header
        return ChainHead(sequence=header.sequence, digest=header_digest(header))

    def add_journal_record(self, record: JournalRecord) -> None:
        """Keep nothing more: the entry lies in the store."""

    def _entry(self, key: str) -> Entry:
        try:
            with self._store.open(key) as stream:
                return decode_entry(stream.read())
        except EntryDamaged as error:
            raise DamageFound(
                f"{key} i {self._store.name} är skadad.", f"{key} in {self._store.name} is damaged."
            ) from error
