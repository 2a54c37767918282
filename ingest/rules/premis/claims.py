"""What PREMIS says of single files, as claims that the same rules judge as a listing's (EARKIV-FIX-1, EARKIV-FIX-2)."""

from collections.abc import Iterator

from ingest.rules.claims import parsed
from ingest.rules.subjects import Claim, Judged


def claimed_files(judged: Judged) -> Iterator[Claim]:
    """Give everything that descriptors beside the listings say of single files; without payload there is no file."""
    for reference in judged.reading.claims:
        yield Claim(
            source=reference.source,
            line=reference.line,
            link=reference.href,
            size=reference.size,
            digest=reference.digest,
            parsed=parsed(reference.digest),
            file=None if reference.path is None else (judged.files or {}).get(reference.path),
        )
