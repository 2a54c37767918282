"""What a request that delivers asks for beside its body."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The agreement to come under, what a package is called, and the finished upload that is the package."""

    agreement: str | None
    name: str
    upload: str | None


def asked(
    agreement: Annotated[
        str | None, Query(description="The submission agreement that it comes under.", max_length=200)
    ] = None,
    name: Annotated[str, Query(description="The name of a package that is sent as it is.", max_length=200)] = "package",
    upload: Annotated[
        str | None, Query(description="A finished upload that is the package; no body then.", max_length=100)
    ] = None,
) -> Asked:
    """Read what is asked for."""
    return Asked(agreement=agreement, name=name, upload=upload)


Wishes = Annotated[Asked, Depends(asked)]
