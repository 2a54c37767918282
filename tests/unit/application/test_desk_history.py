"""What the source system tells of a case in time: with the precision that it was told in, and by whom."""

from datetime import UTC, datetime

from ingest.application.desk_history import EXPORTED, source_dates
from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import TypedDate
from ingest.domain.submissions import Dialect, Organisation, Software, Submission


def dated(kind: str, raw: str) -> TypedDate:
    return TypedDate(type=kind, raw=raw, value=parse_date(raw))


RECORD = Record(id="1:1", title="Beslut", dates=(dated("received", "2021-05-01"), dated("expedited", "2021-06-02")))
SUBMISSION = Submission(
    dialect=Dialect.CASE_PUSH,
    created="2021-07-01T12:00:00+02:00",
    producer=Organisation(name="Staden"),
    system=Software(name="Diariet"),
    cases=(
        Case(
            id="1",
            title="Bygglov",
            dates=(dated("opened", "2021-04"), dated("closed", "2021-13-45")),
            parts=(Case(id="1a", records=(RECORD,), dates=(dated("created", "2021"),)),),
        ),
    ),
)


def test_dates_of_cases_parts_dispatches_and_the_export_are_told_with_what_they_are_of() -> None:
    assert [(one.type, one.said, one.of, one.by) for one in source_dates(SUBMISSION)] == [
        ("opened", "2021-04", "1 Bygglov", "Diariet"),
        ("closed", "2021-13-45", "1 Bygglov", "Diariet"),
        ("created", "2021", "1a", "Diariet"),
        ("expedited", "2021-06-02", "1:1 Beslut", "Diariet"),
        (EXPORTED, "2021-07-01T12:00:00+02:00", "", "Diariet"),
    ]


def test_a_date_has_the_first_moment_that_it_can_mean_and_none_where_it_is_no_date() -> None:
    assert [one.at for one in source_dates(SUBMISSION)] == [
        datetime(2021, 4, 1, tzinfo=UTC),
        None,
        datetime(2021, 1, 1, tzinfo=UTC),
        datetime(2021, 6, 2, tzinfo=UTC),
        datetime(2021, 7, 1, 10, tzinfo=UTC),
    ]
