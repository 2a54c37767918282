"""Who comes back from an identity provider, by what it says of them."""

import pytest

from ingest.domain.people import PersonRole
from ingest.domain.sign_in import ClaimNames, person_of

NAMES = ClaimNames(roles="roles", agency="agency")


def test_name_roles_and_agency_come_from_the_claims() -> None:
    claims = {"sub": "s-1", "name": " Karin ", "roles": ["archivist", "agency-reader"], "agency": "Byggnadsnämnden"}
    person = person_of(claims, NAMES)
    assert (person.name, person.subject, person.agency) == ("Karin", "s-1", "Byggnadsnämnden")
    assert person.roles == {PersonRole.ARCHIVIST, PersonRole.AGENCY_READER}


def test_roles_may_be_one_text() -> None:
    assert person_of({"sub": "s", "roles": "auditor agency_reader"}, NAMES).roles == {
        PersonRole.AUDITOR,
        PersonRole.AGENCY_READER,
    }


@pytest.mark.parametrize("said", [None, 7, {"archivist": True}, ["root", 3, None, ""], "superuser"])
def test_what_is_no_role_opens_nothing(said: object) -> None:
    assert person_of({"sub": "s", "roles": said}, NAMES).roles == frozenset()


def test_without_a_name_a_person_is_called_by_the_subject() -> None:
    assert person_of({"sub": "s-2", "name": "", "preferred_username": "karin"}, NAMES).name == "karin"
    assert person_of({"sub": "s-2"}, NAMES).name == "s-2"


def test_a_name_has_no_character_that_nobody_sees() -> None:
    assert person_of({"sub": "s", "name": "Karin\x00\u202e Ek\ud800"}, NAMES).name == "Karin Ek"
    assert person_of({"sub": "\x01", "name": "\x02"}, NAMES).name == "?"


def test_claims_without_a_subject_are_nobodys() -> None:
    with pytest.raises(KeyError):
        person_of({"name": "Karin"}, NAMES)
