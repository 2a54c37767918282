"""The third-party schemas: brought by `earkiv schemas install`, or at first use."""

import schemas
from earkiv.cli import texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Session


def require_schemas(session: Session) -> None:
    """Bring the schemas when they are not there yet. Raises SchemaInstallError, with what to do when offline."""
    if schemas.missing():
        session.note(session.voice(texts.SCHEMAS_FIRST))
        schemas.install(session.note)


def install_schemas(session: Session) -> int:
    """Bring what is missing, and say that all is there. Raises SchemaInstallError."""
    files = schemas.install(session.note)
    session.page().print(session.voice(texts.SCHEMAS_READY).format(count=len(files)))
    return FINE
