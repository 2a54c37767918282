"""Digests: which algorithms producers use, what a digest of each must look like, and what an object must be."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class DigestAlgorithm(StrEnum):
    """Names as METS CHECKSUMTYPE spells them."""

    MD5 = "MD5"
    SHA_1 = "SHA-1"
    SHA_256 = "SHA-256"
    SHA_384 = "SHA-384"
    SHA_512 = "SHA-512"

    @property
    def hashlib_name(self) -> str:
        """The name that `hashlib.new` takes."""
        return self.value.replace("-", "").lower()

    @property
    def hex_length(self) -> int:
        """How many hexadecimal digits a digest has."""
        return _HEX_LENGTHS[self]


_HEX_LENGTHS = {
    DigestAlgorithm.MD5: 32,
    DigestAlgorithm.SHA_1: 40,
    DigestAlgorithm.SHA_256: 64,
    DigestAlgorithm.SHA_384: 96,
    DigestAlgorithm.SHA_512: 128,
}
_HEX = re.compile(r"[0-9a-f]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest, in lower-case hexadecimal of exactly its algorithm's length."""

    algorithm: DigestAlgorithm
    value: str

    def __post_init__(self) -> None:
        """Refuse a value that no file can have (ValueError)."""
        if not is_possible(self.algorithm, self.value):
            message = f"not a {self.algorithm} digest: {self.value[:140]!r}"
            raise ValueError(message)


def sha256(value: str) -> Digest:
    """Make a SHA-256 digest of its 64 hexadecimal digits; ValueError otherwise."""
    return Digest(algorithm=DigestAlgorithm.SHA_256, value=value)


def is_possible(algorithm: DigestAlgorithm, value: str) -> bool:
    """Say whether the value has the length and the lower-case digits of the algorithm."""
    return len(value) == algorithm.hex_length and _HEX.match(value) is not None


@lru_cache(maxsize=64)  # One word stands at every file of a large package.
def algorithm_named(name: str) -> DigestAlgorithm | None:
    """Find the algorithm in any usual spelling: `SHA256`, `sha-256`, `SHA_256`, `md5`; None when unknown."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return next((a for a in DigestAlgorithm if a.hashlib_name == plain), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredDigest:
    """A digest as a descriptor gives it, right or wrong: the words are kept, the judgement is a rule's."""

    algorithm_name: str
    value: str

    def parsed(self) -> Digest | None:
        """Give the digest it stands for (letter case and spelling apart), or None when it cannot be one."""
        algorithm = algorithm_named(self.algorithm_name)
        value = self.value.strip().lower()
        if algorithm is None or not is_possible(algorithm, value):
            return None
        return Digest(algorithm=algorithm, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixity:
    """What an object must be: size in bytes and SHA-256."""

    size: int
    sha256: str
