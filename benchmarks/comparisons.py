"""The comparisons: what is worked on, both sides, and the target of DESIGN §10."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import floors, material, one_pass, ours, peers
from benchmarks.measuring import Compared, Work, compare

MIB = 1 << 20
DOCUMENT_BYTES = 20_000
DOCUMENTS_PER_CASE = 10
LARGE_DOCUMENT = 32 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is worked on.

    Bytes of the large case; numbers of small cases, of packaged files, of files in a METS and of files in a SIP.
    """

    size: int
    cases: int
    files: int
    mets_files: int
    sip_files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison: its name on the command line, what both sides do, and what is wanted.

    `payload` is in bytes, 0 where nothing is moved. `most_ratio`, `most_seconds` and `most_peak` (resident memory, in
    bytes) bound ours, None where nothing is asked for.
    """

    name: str
    title: Callable[[Sizes], str]
    floor_title: str
    prepare: Callable[[Path, Sizes], None]
    payload: Callable[[Sizes], int]
    ours: Work
    floor: Work
    most_ratio: float | None = None
    most_peak: int | None = None
    most_seconds: float | None = None

    @property
    def target(self) -> str:
        """What is asked for, in a few words."""
        bounds = (
            "" if self.most_ratio is None else f"{self.most_ratio} ×",
            "" if self.most_seconds is None else f"{self.most_seconds} s",
            "" if self.most_peak is None else f"{self.most_peak // MIB} MiB",
        )
        return "≤ " + ", ".join(bound for bound in bounds if bound)

    def met_by(self, compared: Compared) -> bool:
        """Say whether the figures are within all that is asked for."""
        asked = (self.most_ratio, self.most_seconds, self.most_peak)
        measured = (compared.ratio, compared.ours.seconds, compared.ours.peak)
        return all(bound is None or figure <= bound for bound, figure in zip(asked, measured, strict=True))

    def run(self, scratch: Path, sizes: Sizes, rounds: int) -> Compared:
        """Make the material below `scratch` and measure both sides by turns."""
        made = scratch / self.name
        self.prepare(made, sizes)
        return compare(self.ours, self.floor, made, scratch, rounds)


def _sip_and_peer(folder: Path, sizes: Sizes) -> None:
    material.long_sip(folder / peers.PACKAGE, sizes.sip_files)
    peers.install_eark_validator(folder / peers.PEER)


COMPARISONS = (
    Comparison(
        name="large-case",
        title=lambda s: f"ingest one case of {s.size / MIB:,.0f} MiB from a folder",
        floor_title="read + SHA-256 + write + fsync + read back + SHA-256",
        prepare=lambda to, s: material.large_case(to, s.size, -(-s.size // LARGE_DOCUMENT)),
        payload=lambda s: s.size,
        ours=ours.ingest_one,
        floor=floors.copy_and_prove,
        most_ratio=1.3,
    ),
    Comparison(
        name="small-cases",
        title=lambda s: f"ingest {s.cases:,} cases × {DOCUMENTS_PER_CASE} documents of 20 KB",
        floor_title="bare pygfried on all processors + durable copy",
        prepare=lambda to, s: material.small_cases(to, s.cases, DOCUMENTS_PER_CASE, DOCUMENT_BYTES),
        payload=lambda s: s.cases * DOCUMENTS_PER_CASE * DOCUMENT_BYTES,
        ours=ours.ingest_each,
        floor=floors.identify_and_copy,
        most_ratio=2.0,
    ),
    Comparison(
        name="package",
        title=lambda s: f"package {s.files:,} files of 1 MiB to AIP and store",
        floor_title="bagit-python makes and validates a bag",
        prepare=lambda to, s: material.large_case(to, s.files * MIB, s.files),
        payload=lambda s: s.files * MIB,
        ours=ours.package_and_store,
        floor=floors.make_and_validate_bag,
        most_ratio=1.0,
    ),
    Comparison(
        name="mets.xml",
        title=lambda s: f"validate METS with {s.mets_files:,} files",
        floor_title="bare lxml.iterparse(schema=)",
        prepare=lambda to, s: material.long_mets(to, s.mets_files),
        payload=lambda _: 0,
        ours=ours.validate_mets,
        floor=floors.parse_with_schema,
        most_ratio=2.0,
        most_peak=150 * MIB,
    ),
    Comparison(
        name="one-pass",
        title=lambda s: one_pass.title(s.files),
        floor_title="the slowest of its probes alone",
        prepare=lambda to, s: one_pass.mixed_files(to, s.files),
        payload=lambda s: one_pass.mixed_bytes(s.files),
        ours=one_pass.all_probes,
        floor=one_pass.slowest_probe,
        most_ratio=1.15,
    ),
    Comparison(
        name="sip",
        title=lambda s: f"validate SIP folder with {s.sip_files:,} files",
        floor_title="eark-validator 1.1.3 (its start not counted)",
        prepare=_sip_and_peer,
        payload=lambda _: 0,
        ours=ours.validate_sip,
        floor=peers.validate_with_eark_validator,
        most_ratio=0.01,
    ),
    Comparison(
        name="start",
        title=lambda _: "`earkiv validate` of a small SIP, the whole process",
        floor_title="python -c 'import lxml.etree'",
        prepare=lambda to, _: material.small_sip(to),
        payload=lambda _: 0,
        ours=ours.start_and_validate,
        floor=ours.start_with_lxml,
        most_seconds=0.4,
    ),
)
