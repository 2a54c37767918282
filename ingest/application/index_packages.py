"""Let archived packages be found by their words, one after the other, beside the work of the archive.

What is written is an index: it is made of what the archive holds, and made anew after a rebuild.
"""

from collections.abc import Iterable

from ingest.application.archived_readings import submission_of
from ingest.application.holdings import holding_of
from ingest.domain.access.ended import EndedRestriction, last_days
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.search_words import words_of
from ingest.domain.submissions import Submission
from ingest.errors import DamageFound, ObjectMissing, UnknownSubject
from ingest.pipeline.step import Ports


def index_next(ports: Ports, limit: int) -> int:
    """Index packages that are found by no words yet, oldest first, at most `limit`; say how many they were.

    One whose description can no longer be read is found by what the catalogue knows. Raises EarkivError.
    """
    waiting = ports.catalogue.unindexed_packages(limit)
    for package in waiting:
        rules = [finding.rule for finding in ports.catalogue.findings(package.delivery_id)]
        submission = _submission(package, ports)
        words = words_of(submission, rules, package)
        ends = () if submission is None else _ends(package, submission)
        ports.catalogue.index_package(package.package, package.generation, words, ends)
    return len(waiting)


def _ends(package: ArchivedPackage, submission: Submission) -> Iterable[EndedRestriction]:
    days = last_days(submission).items()
    return (EndedRestriction(package=package.package, unit=key, ends=day) for key, day in days)


def _submission(package: ArchivedPackage, ports: Ports) -> Submission | None:
    try:
        return submission_of(holding_of(package.package, ports), ports)
    except (DamageFound, ObjectMissing, UnknownSubject):
        # `verify` tells of the damage; whoever looks for the package must find it all the same.
        return None
