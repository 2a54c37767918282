"""What `rescan` and `quarantine` say."""

from ingest.domain.findings import Text

NOTHING_SCANS = Text(
    sv="Ingen virussökare är inkopplad. Ange clamd med EARKIV_CLAMD, till exempel unix:/run/clamav/clamd.ctl.",
    en="No virus scanner is connected. Name clamd in EARKIV_CLAMD, for example unix:/run/clamav/clamd.ctl.",
)
ALL_SCANNED = Text(sv="Alla arkiverade filer är virussökta.", en="All archived files have been scanned for viruses.")
RESCANNED = Text(
    sv="{package}: {clean} filer utan virus, {infected} smittade, {left} fortfarande inte sökta",
    en="{package}: {clean} files without viruses, {infected} infected, {left} still not scanned",
)
PACKAGE_UNDER_WAY = Text(
    sv="{package}: en leverans till paketet pågår; sök igen när den är klar",
    en="{package}: a delivery to the package is under way; scan again when it is done",
)
NOTHING_QUARANTINED = Text(sv="Karantänen är tom.", en="The quarantine is empty.")
DAYS_OLD = Text(sv="{days} dagar", en="{days} days")
DISCARDED = Text(
    sv="Filerna från leverans {id} är borttagna ur karantänen; kvitto och journal finns kvar.",
    en="The files of delivery {id} are deleted from quarantine; receipt and journal remain.",
)
DISCARD_WITH_REASON = Text(
    sv="--discard och --reason hör ihop: ange båda.", en="--discard and --reason belong together: give both."
)
BECAUSE = Text(sv="Inte sökta ({count}): {reason}", en="Not scanned ({count}): {reason}")
AND_MORE = Text(sv="och {count} till", en="and {count} more")

VIRUSES = Text(sv="Virus", en="Viruses")
ONE_INFECTED = Text(sv="1 smittad fil, som aldrig får publiceras", en="1 infected file, which must never be published")
INFECTED = Text(
    sv="{count} smittade filer, som aldrig får publiceras", en="{count} infected files, which must never be published"
)
IN_GENERATION = Text(sv="(generation {generation})", en="(generation {generation})")
NONE_INFECTED = Text(
    sv="I inget arkiverat paket har en senare virussökning hittat något.",
    en="No later virus scan has found anything in an archived package.",
)
INFECTED_ARCHIVED = Text(
    sv="Arkiverade paket med smittade filer: {count}. `earkiv list --scan infected` visar dem.",
    en="Archived packages with infected files: {count}. `earkiv list --scan infected` shows them.",
)
PACKAGE_UNREADABLE = Text(
    sv="{package}: skadat, inget är sökt. {damage} Kör `earkiv verify`.",
    en="{package}: damaged, nothing is scanned. {damage} Run `earkiv verify`.",
)
EXPORTED_INFECTED = Text(
    sv="Obs: i exporten ingår filer som virussökningen funnit något i, eller som är gjorda av sådana ({count}).",
    en="Note: the export holds files in which the virus scan found something, or that are made of such ({count}).",
)
