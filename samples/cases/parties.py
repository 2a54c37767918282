"""Who occurs in the samples: an invented town, its boards and people.

The personal number is the example number of Skatteverket; telephone numbers are from the series that PTS
keeps for books and films; addresses are in example domains.
"""

from samples.simulator.description import Classification, Contact, Organisation, System

TOWN = Organisation(name="Exempelstads kommun", identifier="ORG:2120009994")
TOWN_ARCHIVE = Organisation(name="Exempelstads stadsarkiv", identifier="Local:EXSA")
DIARY = System(name="Exempeldiariet", version="7.2")
CONTACT = Contact(name="Eva Exempelsson", phone="08-465 004 01", email="eva.exempelsson@exempelstad.example.se")
EXAMPLE_NUMBER = "19121212-1212"


def board(name: str) -> Organisation:
    """Give a board (nämnd); all boards of a town share its organisation number."""
    return Organisation(name=name, identifier=TOWN.identifier)


def classified(code: str, title: str) -> Classification:
    """Give a place in the municipal classification scheme."""
    return Classification(scheme="KLASSA", version="2.1", code=code, title=title)
