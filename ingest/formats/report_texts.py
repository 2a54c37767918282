"""What the report page says, in Swedish and English."""

from ingest.domain.findings import Severity, Text, Verdict

TITLE = Text(sv="Granskningsrapport", en="Validation report")
LANGUAGE = Text(sv="På svenska", en="In English")
LANGUAGES = Text(sv="Språk", en="Languages")
VERDICTS = {
    Verdict.VALID: Text(sv="Godkänt", en="Valid"),
    Verdict.INVALID: Text(sv="Underkänt", en="Invalid"),
}
VERDICT_MEANS = {
    Verdict.VALID: Text(
        sv="Paketet har inga fel. Varningar och upplysningar hindrar inte att det tas emot.",
        en="The package has no errors. Warnings and notes do not keep it from being accepted.",
    ),
    Verdict.INVALID: Text(
        sv="Paketet har fel som måste rättas innan det kan tas emot.",
        en="The package has errors that must be mended before it can be accepted.",
    ),
}
SEVERITIES = {
    Severity.ERROR: Text(sv="Fel", en="Errors"),
    Severity.WARNING: Text(sv="Varningar", en="Warnings"),
    Severity.INFO: Text(sv="Upplysningar", en="Notes"),
}
SEVERITY_MEANS = {
    Severity.ERROR: Text(sv="Måste rättas.", en="Must be mended."),
    Severity.WARNING: Text(sv="Bör rättas, men hindrar inte.", en="Should be mended, but do not refuse the package."),
    Severity.INFO: Text(sv="Bra att veta.", en="Good to know."),
}
FINDINGS = Text(sv="Anmärkningar", en="Findings")
NO_FINDINGS = Text(sv="Inga anmärkningar.", en="No findings.")
RULE = Text(sv="Regel", en="Rule")
WHAT = Text(sv="Vad som är fel", en="What is wrong")
WHERE = Text(sv="Var", en="Where")
DO = Text(sv="Gör så här", en="What to do")
COUNT = Text(sv="Antal", en="Count")
LINE = Text(sv="rad {line}", en="line {line}")
WHOLE_PACKAGE = Text(sv="hela paketet", en="the whole package")
MORE = Text(sv="och {count} ställen till", en="and {count} more places")
ONE_MORE = Text(sv="och ett ställe till", en="and one more place")
RULES = Text(sv="Reglerna", en="The rules")
RULES_MEAN = Text(
    sv="Var varje regel kommer ifrån, och hur bindande den är.",
    en="Where each rule comes from, and how binding it is.",
)
BACK = Text(sv="Till anmärkningen", en="To the finding")
LEVELS = {
    "MUST": Text(sv="krav (MUST)", en="requirement (MUST)"),
    "SHOULD": Text(sv="rekommendation (SHOULD)", en="recommendation (SHOULD)"),
    "MAY": Text(sv="frivilligt (MAY)", en="optional (MAY)"),
}
KIND = Text(sv="Leveranstyp", en="Kind of delivery")
UNKNOWN_KIND = Text(sv="okänd", en="unknown")
PACKAGE = Text(sv="Paketets id", en="Package id")
NO_PACKAGE = Text(sv="inget", en="none")
CASES = Text(sv="Ärenden", en="Cases")
RECORDS = Text(sv="Handlingar i ärenden", en="Records in cases")
LOOSE_RECORDS = Text(sv="Handlingar utan ärende", en="Records without a case")
DOCUMENTS = Text(sv="Dokument", en="Documents")
FILES = Text(sv="Filer", en="Files")
BYTES = Text(sv="Storlek", en="Size")
BYTE_COUNT = Text(sv="{count} byte", en="{count} bytes")
MADE = Text(sv="Granskat {at} med {software}.", en="Validated {at} with {software}.")
