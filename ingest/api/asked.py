"""What a request that delivers asks for beside its body."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The agreement to come under, a package's name, the finished upload that is the package, and what it must be.

    `version` is the one of the agreement that is asked for, None = the one in force.
    """

    agreement: str | None
    name: str
    upload: str | None
    sha256: str | None
    version: int | None = None


def asked(
    agreement: Annotated[
        str | None, Query(description="The submission agreement that it comes under.", max_length=200)
    ] = None,
    version: Annotated[
        int | None,
        Query(
            alias="agreementVersion",
            description="A draft of it, to be tried by a test delivery.",
            ge=1,
            le=(1 << 31) - 1,
        ),
    ] = None,
    name: Annotated[str, Query(description="The name of a package that is sent as it is.", max_length=200)] = "package",
    upload: Annotated[
        str | None,
        Query(description="A finished upload that is the package; then at most a form with `note`.", max_length=100),
    ] = None,
    sha256: Annotated[
        str | None, Query(description="What the upload must be, in hexadecimal.", pattern="^[0-9a-f]{64}$")
    ] = None,
) -> Asked:
    """Read what is asked for."""
    return Asked(agreement=agreement, name=name, upload=upload, sha256=sha256, version=version)


Wishes = Annotated[Asked, Depends(asked)]
