"""The order of steps: the pipeline's table of contents (DESIGN §5).

receive_submission   unpack, read the descriptor, tell repeat from conflict from new
examine_objects      one pass over every object: digests, format, virus scan, in batches
validate_package     all rules, all findings at once; here a person may be asked
normalise_formats    which objects need a preservation copy
build_aip            METS, PREMIS and ERMS of the AIP, checked before they go anywhere
store_aip            OCFL: content, inventory, side-car; then every byte is read back
register_aip         the catalogue and the journal learn of the package
notify_producer      the signed receipt; only now is the delivery archived, or refused

A correction of metadata brings no content: it begins with `correct_metadata` and goes on at `store_aip`.
"""

from typing import Any

from ingest.pipeline import (
    build_aip,
    correct_metadata,
    examine_objects,
    normalise_formats,
    notify_producer,
    receive_submission,
    register_aip,
    store_aip,
    validate_package,
)
from ingest.pipeline.step import Step

PLAN: tuple[Step[Any, Any], ...] = (
    receive_submission.STEP,
    examine_objects.STEP,
    validate_package.STEP,
    normalise_formats.STEP,
    build_aip.STEP,
    store_aip.STEP,
    register_aip.STEP,
    notify_producer.STEP,
)

STEPS = {step.name: step for step in (*PLAN, correct_metadata.STEP)}
