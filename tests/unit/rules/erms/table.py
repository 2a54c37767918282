"""Rule id → what breaks the sound ERMS document, and what else that breaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.unit.rules.erms.documents import Break, added, said, stated, without


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The document broken has exactly the rule's violation and those of `also`."""

    broken: Break
    also: frozenset[str] = frozenset()


def row(broken: Break, *also: str) -> Row:
    return Row(broken=broken, also=frozenset(also))


_AGENCY = "control/maintenanceInformation/maintenanceAgency"
_EVENT = "control/maintenanceInformation/maintenanceHistory/maintenanceEvent"

TABLE: Final[Mapping[str, Row]] = {
    "ERMS1": row(without("control/identification")),
    "ERMS2": row(stated("control/identification", "identificationType", None)),
    "ERMS6": row(without("textualDescriptionOfClassificationSchema/p")),
    "ERMS10": row(without("control/maintenanceInformation")),
    "ERMS11": row(stated("maintenanceStatus", "value", "ny")),
    "ERMS12": row(without(_AGENCY)),
    "ERMS13": row(without("agencyCode")),
    "ERMS14": row(stated("agencyCode", "type", "")),
    "ERMS16": row(stated("otherAgencyCode", "type", None)),
    "ERMS17": row(said("agencyName", " ")),
    "ERMS19": row(without("maintenanceHistory")),
    "ERMS20": row(without(_EVENT), "ERMS19"),
    "ERMS21": row(stated("eventType", "value", "skapad")),
    "ERMS22": row(without("eventDateTime")),
    "ERMS23": row(without(f"{_EVENT}/agent")),
    "ERMS27": row(without("systemInformation/agents/agent")),
    "ERMS30": row(stated("appendix", "name", "")),
    "ERMS32": row(stated("appendix", "fileFormat", None)),
    "ERMS34": row(stated("appendix", "path", None)),
    "ERMS37": row(stated("appendix/eSignature", "present", None)),
    "ERMS39": row(without("appendix/eSignature/signature")),
    "ERMS41": row(without("ownElementDescription")),
    "ERMS46": row(said("record/dates", ""), "ERMS135"),
    "ERMS47": row(stated("aggregation/dates/date", "dateType", "skapad")),
    "ERMS48": row(stated("record/dates/date[2]", "otherDateType", None)),
    "ERMS51": row(stated("aggregation/notes/note", "noteDate", None)),
    "ERMS53": row(
        stated("relation", "relationType", "hör ihop"),
    ),
    "ERMS54": row(stated("relation", "otherRelationType", " ")),
    "ERMS56": row(stated("restriction", "restrictionType", "hemligt")),
    "ERMS57": row(stated("restriction", "otherRestrictionType", None)),
    "ERMS59": row(without("restriction/regulation")),
    "ERMS75": row(stated("record/classification", "classificationCode", None)),
    "ERMS81": row(without("loan/dates/date")),
    "ERMS84": row(without("action/actionText")),
    "ERMS87": row(without("action/actionType")),
    "ERMS89": row(without("action/dates/actionDate")),
    "ERMS91": row(without("action/agents/agent")),
    "ERMS93": row(stated("action/agents/agent", "agentType", "beslutsfattare")),
    "ERMS94": row(stated("aggregation/agents/agent", "otherAgentType", None)),
    "ERMS95": row(without("aggregation/agents/agent/name")),
    "ERMS102": row(stated("idNumber", "idNumberType", None)),
    "ERMS106": row(stated("addressLine", "addressType", None)),
    "ERMS107": row(stated("addressLine", "otherAddressLineType", None)),
    "ERMS109": row(stated("contactLine", "contactType", "telefon")),
    "ERMS110": row(stated("contactLine", "otherContactLineType", None)),
    "ERMS113": row(stated("disposal", "disposable", "kanske")),
    "ERMS121": row(without("disposalComment")),
    "ERMS125": row(without("disposal/dates")),
    "ERMS126": row(without("disposal/dates/disposalDate"), "ERMS125"),
    "ERMS127": row(stated("disposalDate", "dateType", "gallringsår")),
    "ERMS128": row(stated("disposalDate", "otherDisposalDateType", None)),
    "ERMS130": row(stated("record", "systemIdentifier", None)),
    "ERMS132": row(stated("record", "recordPhysicalOrDigital", "papper")),
    "ERMS135": row(stated("record/dates/date", "dateType", "received")),
    "ERMS137": row(without("record[2]/title"), "EARKIV-ERMS-9"),
    "ERMS146": row(said("record/objectId", "")),
    "ERMS148": row(stated("record/extraId", "extraIdType", None)),
    "ERMS150": row(without("record/notes/note")),
    "ERMS153": row(without("keyword")),
    "ERMS156": row(stated("record/identification", "identificationType", None)),
    "ERMS166": row(stated("record/agents/agent", "otherAgentType", None)),
    "ERMS171": row(without("historyLine")),
    "ERMS183": row(without("aggregation/eSignatures/eSignature")),
    "ERMS186": row(without("physicalLocation")),
    "ERMS190": row(stated("direction", "directionDefinition", "in")),
    "ERMS191": row(stated("direction", "otherDirectionDefinition", None)),
    "ERMS192": row(stated("record/status", "value", "inkommen")),
    "ERMS199": row(stated("aggregation", "systemIdentifier", "")),
    "ERMS200": row(stated("aggregation", "aggregationType", "ärende")),
    "ERMS209": row(without("aggregation/title"), "EARKIV-ERMS-9"),
    "ERMS218": row(without("aggregation/objectId"), "EARKIV-ERMS-16"),
    "ERMS239": row(stated("aggregation/status", "value", "Avslutat")),
    "ERMS272": row(stated("classificationSchema[2]", "classificationSchemaId", None)),
    "ERMS273": row(stated("classificationSchema[2]", "classificationSchemaStatus", "gällande")),
    "ERMS274": row(stated("classificationSchema[2]", "classificationSchemaStatus", "other")),
    "ERMS276": row(without("fromDate")),
    "ERMS278": row(stated("record[2]", "classificationSchemaUsed", None)),
    "EARKIV-ERMS-2": row(stated("record", "classificationSchemaUsed", "annan")),
    "EARKIV-ERMS-3": row(stated("classificationSchema[2]", "classificationSchemaId", "klassa")),
    "EARKIV-ERMS-5": row(said("actionDate", "2021-02-30T00:00:00")),
    "EARKIV-ERMS-6": row(without("restriction/dates")),
    "EARKIV-ERMS-7": row(without("disposalMandate")),
    "EARKIV-ERMS-8": row(said("protectedIdentity", "ja")),
    "EARKIV-ERMS-10": row(stated("aggregation", "aggregationType", "own_aggregation_definition")),
    "EARKIV-ERMS-11": row(said("record[2]/runningNumber", "1")),
    "EARKIV-ERMS-13": row(
        added("aggregation/agents/agent[2]", '<idNumber idNumberType="personnummer">191212121212</idNumber>')
    ),
    "EARKIV-ERMS-14": row(said("addressContactInformation", "")),
    "EARKIV-ERMS-15": row(said("toDate", "2011-12-31")),
    "EARKIV-ERMS-16": row(said("parentAggregationId", "EXN 2021/18")),
}
