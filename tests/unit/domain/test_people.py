"""What people may do at the desk, role by role."""

import pytest

from ingest.domain.people import ALL_ROLES, Deed, NotPermitted, Person, PersonRole, acts_as


def person(*roles: PersonRole, agency: str | None = None) -> Person:
    return Person(name="Karin Arkivsson", subject="s-1", roles=frozenset(roles), agency=agency)


_READING = {
    Deed.SEE_OVERVIEW,
    Deed.READ_DELIVERIES,
    Deed.READ_PACKAGES,
    Deed.READ_AGREEMENTS,
    Deed.READ_JOURNAL,
    Deed.REVIEW_ACCESS,
    Deed.VERIFY_PACKAGES,
    Deed.EXPORT_PACKAGES,
    Deed.READ_REQUESTS,
}


def test_every_role_is_in_the_table_and_somebody_may_do_everything() -> None:
    assert {deed for role in PersonRole for deed in acts_as(role)} == set(Deed)
    assert all(person(*ALL_ROLES).may(deed) for deed in Deed)


def test_an_auditor_reads_all_and_writes_nothing() -> None:
    assert acts_as(PersonRole.AUDITOR) == _READING


@pytest.mark.parametrize("role", [PersonRole.OPERATOR, PersonRole.ADMINISTRATOR])
def test_whoever_runs_the_machine_reads_no_content(role: PersonRole) -> None:
    assert not acts_as(role) & {Deed.READ_DELIVERIES, Deed.READ_PACKAGES, Deed.EXPORT_PACKAGES}
    assert not person(role).sees_packages_of("Byggnadsnämnden")


def test_only_a_releaser_lowers_access_and_refuses() -> None:
    for deed in (Deed.LOWER_ACCESS, Deed.REFUSE_REQUESTS):
        assert {role for role in PersonRole if deed in acts_as(role)} == {PersonRole.RELEASER}


def test_an_agency_reader_sees_the_own_agencys_packages_alone() -> None:
    reader = person(PersonRole.AGENCY_READER, agency="Byggnadsnämnden")
    assert reader.sees_packages_of("Byggnadsnämnden")
    assert not reader.sees_packages_of("Socialnämnden")
    assert not person(PersonRole.AGENCY_READER).sees_packages_of("Byggnadsnämnden")


def test_another_role_beside_it_unbinds_from_the_agency() -> None:
    both = person(PersonRole.AGENCY_READER, PersonRole.AUDITOR, agency="Byggnadsnämnden")
    assert both.sees_packages_of("Socialnämnden")


def test_a_deed_that_no_role_allows_is_refused_by_name() -> None:
    with pytest.raises(NotPermitted) as refused:
        person(PersonRole.AUDITOR).require(Deed.DECIDE_HELD)
    assert refused.value.deed is Deed.DECIDE_HELD
    person(PersonRole.ARCHIVIST).require(Deed.DECIDE_HELD)


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(person().may(deed) for deed in Deed)
