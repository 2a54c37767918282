"""CITS ERMS `control`: what the document says of itself, its classification schemes and the system it is from."""

from ingest.formats.erms_terms import erms_terms
from ingest.rules.demands import Demand, no_attribute, no_child, no_term, no_text, unexplained

_SCHEMES = frozenset({"control"})


CONTROL: tuple[Demand, ...] = (
    Demand(rule="ERMS1", element="control", broken=no_child("identification")),
    Demand(rule="ERMS2", element="identification", broken=no_attribute("identificationType"), within=_SCHEMES),
    Demand(rule="ERMS4", element="control", broken=no_child("classificationSchema")),
    Demand(rule="ERMS6", element="textualDescriptionOfClassificationSchema", broken=no_child("p")),
    Demand(rule="ERMS10", element="control", broken=no_child("maintenanceInformation")),
    Demand(
        rule="ERMS11",
        element="maintenanceStatus",
        broken=no_term("value", lambda: erms_terms()["MaintenanceStatusTerm"]),
    ),
    Demand(rule="ERMS12", element="maintenanceInformation", broken=no_child("maintenanceAgency")),
    Demand(rule="ERMS13", element="maintenanceAgency", broken=no_child("agencyCode")),
    Demand(rule="ERMS14", element="agencyCode", broken=no_attribute("type")),
    Demand(rule="ERMS16", element="otherAgencyCode", broken=no_attribute("type")),
    Demand(rule="ERMS17", element="maintenanceAgency", broken=no_child("agencyName")),
    Demand(rule="ERMS19", element="maintenanceInformation", broken=no_child("maintenanceHistory")),
    Demand(rule="ERMS20", element="maintenanceHistory", broken=no_child("maintenanceEvent")),
    Demand(
        rule="ERMS21",
        element="eventType",
        broken=no_term("value", lambda: erms_terms()["MaintenanceEventTerm"]),
    ),
    Demand(rule="ERMS22", element="maintenanceEvent", broken=no_child("eventDateTime")),
    Demand(rule="ERMS23", element="maintenanceEvent", broken=no_child("agent")),
    Demand(rule="ERMS27", element="agents", broken=no_child("agent"), within=frozenset({"systemInformation"})),
)
"""What holds in every version."""

SCHEMES_OF_3_0: tuple[Demand, ...] = (
    Demand(rule="ERMS272", element="classificationSchema", broken=no_attribute("classificationSchemaId")),
    Demand(
        rule="ERMS273",
        element="classificationSchema",
        broken=no_term("classificationSchemaStatus", lambda: erms_terms()["SchemeStatusTerm"]),
    ),
    Demand(
        rule="ERMS274",
        element="classificationSchema",
        broken=unexplained("classificationSchemaStatus", "other", "otherClassificationSchemaStatus"),
    ),
    Demand(rule="ERMS276", element="useDatePeriod", broken=no_child("fromDate")),
    Demand(rule="ERMS276", element="fromDate", broken=no_text),
)
"""What version 3.0 added."""
