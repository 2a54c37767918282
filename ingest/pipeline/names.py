"""The steps' names, in order; the words stand in the catalogue, in PREMIS and in timelines."""

from typing import Final

RECEIVE_SUBMISSION: Final = "receive_submission"
EXAMINE_OBJECTS: Final = "examine_objects"
VALIDATE_PACKAGE: Final = "validate_package"
NORMALISE_FORMATS: Final = "normalise_formats"
BUILD_AIP: Final = "build_aip"
STORE_AIP: Final = "store_aip"
REGISTER_AIP: Final = "register_aip"
NOTIFY_PRODUCER: Final = "notify_producer"
CORRECT_METADATA: Final = "correct_metadata"
DECIDE_HELD: Final = "decide_held"
"""No step of the plan: a person's answer to a delivery that is held."""
NOTHING_MORE: Final = ""
