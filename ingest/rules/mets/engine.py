"""Runs the METS rules while a package is read, element by element, and keeps no file in mind but its id."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.domain.findings import Location, Severity, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect
from ingest.formats.file_runs import FileRun, Kind
from ingest.formats.mets_values import (
    Agent,
    AltRecordId,
    AmdSection,
    Div,
    File,
    FileGroup,
    FileSection,
    Fptr,
    Header,
    MetsElement,
    Mptr,
    Root,
    Section,
    StructMap,
)
from ingest.rules.mets.breaches import Breach
from ingest.rules.mets.identifiers import Identifiers
from ingest.rules.mets.registry import BY_DIALECT, NONE, RuleSet
from ingest.rules.mets.subjects import (
    Division,
    Document,
    Group,
    Level,
    MetsRule,
    Package,
    Structure,
    Summary,
)
from ingest.rules.mets.versions import versions_of
from schemas.requirements import requirement

_MAX_PLACES = 10


class Examiner:
    """Is shown every METS document of a package; `summaries` are of those that were read to their end."""

    def __init__(self, package: Package, rule_sets: Mapping[Dialect, RuleSet] = BY_DIALECT) -> None:
        """Judge documents of this package by the rules of its dialect."""
        self._package = package
        self._rule_sets = rule_sets
        self._tally = Tally()
        self.summaries: list[Summary] = []

    def begin(self, source: PackagePath, dialect: Dialect) -> "DocumentExaminer":
        """Begin a document."""
        rules = self._rule_sets.get(dialect, NONE)
        return DocumentExaminer(source, dialect, rules, self._package, self._tally, self.summaries.append)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """All breaches so far; those beyond the first places of a rule are counted in the last of them."""
        return self._tally.violations


class Tally:
    """The breaches of a package: the first places of each rule, and the number of the rest."""

    def __init__(self) -> None:
        """Know of no breach yet."""
        self._found: dict[tuple[str, Severity | None], list[Violation]] = {}

    def note(self, rule: str, source: PackagePath, breach: Breach) -> None:
        """Take in one breach."""
        places = self._found.setdefault((rule, breach.severity), [])
        if len(places) >= _MAX_PLACES:
            places[-1] = replace(places[-1], times=places[-1].times + 1)
            return
        location = Location(file=source, line=breach.line, xpath=requirement(rule).location, value=breach.value)
        places.append(Violation(rule=rule, location=location, detail=breach.detail, severity=breach.severity))

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Give them, rule by rule in the order of their first breach."""
        return tuple(violation for places in self._found.values() for violation in places)


class DocumentExaminer:
    """Is shown one METS document."""

    def __init__(
        self,
        source: PackagePath,
        dialect: Dialect,
        rules: RuleSet,
        package: Package,
        tally: Tally,
        keep: Callable[[Summary], None],
    ) -> None:
        self._source = source
        self._dialect = dialect
        self._package = package
        self._tally = tally
        self._keep = keep
        self._rules = rules
        self._ids = Identifiers(self._rules.doubled, self._rules.dangling)
        self._groups: set[str] = set()
        self._kinds: dict[Kind, bool] = {}
        self._files = tuple((rule.id, rule.check) for rule in self._rules.files)
        self._start(Root(line=0, attributes={}))

    def _start(self, root: Root) -> None:
        source = self._source
        self._document = Document(
            source=source,
            dialect=self._dialect,
            level=Level.REPRESENTATION if source.startswith("representations/") else Level.PACKAGE,
            folder=source[: source.rfind("/") + 1],
            root=root,
            versions=versions_of(root),
            package=self._package,
        )
        self._summary = Summary(document=self._document)

    def see(self, element: MetsElement | FileRun) -> None:
        """Judge the next element and remember of it what later elements need."""
        if isinstance(element, FileRun):
            self._see_run(element)
            return
        if isinstance(element, File):
            self._see_file(element)
            return
        self._judge_identity(element)
        match element:
            case Div() | Fptr() | Mptr():
                self._see_structure(element)
            case FileGroup():
                self._see_group(element)
            case Root():
                self._start(element)
                self._judge(self._rules.roots, element)
            case _:
                self._see_section(element)

    def _see_section(self, element: MetsElement) -> None:
        summary, rules = self._summary, self._rules
        match element:
            case Header():
                summary.headers.append(element)
                self._judge(rules.headers, element)
            case Agent():
                summary.agents.append(element)
                self._judge(rules.agents, element)
            case AltRecordId():
                summary.record_ids.append(element)
                self._judge(rules.record_ids, element)
            case AmdSection():
                summary.administrative.append(element)
            case Section():
                summary.sections.append(element)
                self._judge(rules.sections, element)
            case FileSection():
                summary.file_sections.append(element)
                self._judge(rules.file_sections, element)
            case StructMap():
                summary.structures.append(Structure(element=element))
            case _:
                pass

    def _see_run(self, run: FileRun) -> None:
        """Judge one file of each kind, for its like; a run with a breach in it is judged file by file."""
        if all(self._keeps_rules(kind, run, place) for kind, place in run.kinds.items()) and self._ids.takes(run):
            self._summary.groups[-1].files += len(run)
            return
        for file in run.files():
            self._see_file(file)

    def _keeps_rules(self, kind: Kind, run: FileRun, place: int) -> bool:
        known = self._kinds.get(kind)
        if known is None:
            file = run.file(place)
            known = self._kinds[kind] = not any(check(file, self._document) for _, check in self._files)
        return known

    def _see_file(self, file: File) -> None:
        groups = self._summary.groups
        if groups:
            groups[-1].files += 1
        document = self._document
        for broken, breach in self._ids.of(file):
            self._tally.note(broken, self._source, breach)
        for rule, check in self._files:
            for breach in check(file, document):
                self._tally.note(rule, self._source, breach)

    def _see_group(self, group: FileGroup) -> None:
        if group.parent is not None:
            for known in self._summary.groups:
                if known.element is group.parent:
                    known.groups += 1
        self._summary.groups.append(Group(element=group))
        self._groups.add(group.id or "")
        self._judge(self._rules.groups, group)

    def _see_structure(self, element: Div | Fptr | Mptr) -> None:
        """Remember divisions of the first two levels, and what points to groups from anywhere below them."""
        structures = self._summary.structures
        if not structures:
            return
        structure = structures[-1]
        if isinstance(element, Div):
            if element.parent is None:
                structure.tops.append(Division(element=element))
            elif element.parent.parent is None:
                structure.divisions.append(Division(element=element))
            return
        div = element.div
        around = structure.divisions[-1] if structure.divisions else structure.tops[-1] if structure.tops else None
        if around is None or div is None:
            return
        if isinstance(element, Fptr):
            self._point(around, element)
        elif div is around.element:
            around.mptrs.append(element)

    def _point(self, division: Division, pointer: Fptr) -> None:
        target = pointer.file_id or ""
        if target in self._groups:
            division.pointed.add(target)
        if pointer.div is division.element:
            division.fptrs.append(pointer)

    def _judge_identity(self, element: MetsElement) -> None:
        for rule, breach in self._ids.of(element):
            self._tally.note(rule, self._source, breach)

    def _judge(self, rules: tuple[MetsRule[MetsElement], ...], element: MetsElement) -> None:
        for rule in rules:
            for breach in rule.check(element, self._document):
                self._tally.note(rule.id, self._source, breach)

    def ended(self) -> None:
        """Judge the document as a whole."""
        for rule, breach in self._ids.dangling():
            self._tally.note(rule, self._source, breach)
        for whole in (*self._rules.summaries, *self._rules.by_kind(self._summary)):
            for breach in whole.check(self._summary, self._document):
                self._tally.note(whole.id, self._source, breach)
        self._keep(self._summary)
