"""`earkiv verify`: read storage again and compare it with inventories, METS, receipts and journal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Line

from audit.verification import Verification, verify_packages
from earkiv.cli import texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.language import Voice
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import count_text, size_text, visible
from earkiv.cli.work_shown import counted
from ingest.bootstrap import reading
from ingest.domain.damages import Damage


def verify_archive(references: Sequence[str], every: bool, session: Session) -> int:
    """Verify the packages named, or with none the whole archive; 1 when damage is found. Raises UnknownSubject."""
    if references and every:
        raise WrongUse(texts.IDS_OR_ALL.sv, texts.IDS_OR_ALL.en)
    whole = None if references else session.settings.home / "archive"
    with reading(session.settings) as archive, counted(session, texts.VERIFYING, whole) as report:
        found = verify_packages(archive.ports, references or None, report)
    if session.printing is Printing.JSON:
        print_json(document(found))
    else:
        print_verification(found, session)
    return REFUSED if found.damages else FINE


def document(found: Verification) -> dict[str, Any]:
    """Give what was found as JSON: the verdict `intact` or `damaged`, every damage and doubt, what was read."""
    return {
        "verdict": "damaged" if found.damages else "intact",
        "objects": found.objects,
        "bytes": found.bytes,
        "damages": [_damage(damage) for damage in found.damages],
        "doubts": [_damage(doubt) for doubt in found.doubts],
    }


def _damage(damage: Damage) -> dict[str, Any]:
    return {
        "kind": damage.kind.value,
        "store": damage.store,
        "key": damage.key,
        "message": {"sv": damage.text.sv, "en": damage.text.en},
    }


def print_verification(found: Verification, session: Session) -> None:
    """Print what was read, and each damage with its place and what to do."""
    page, voice = session.page(), session.voice
    size = size_text(found.bytes, voice.language)
    objects = count_text(found.objects, voice.language)
    if found.damages:
        text = voice(texts.DAMAGED_ONCE if len(found.damages) == 1 else texts.DAMAGED)
        page.print(text.format(count=len(found.damages), objects=objects, size=size), style="bold red")
        print_damages(found.damages, page, voice)
    else:
        page.print(voice(texts.INTACT).format(objects=objects, size=size), style="green")
    if found.doubts:
        page.print()
        page.print(voice(texts.DOUBTFUL).format(count=len(found.doubts)), style="yellow")
        print_damages(found.doubts, page, voice)


def print_damages(damages: Sequence[Damage], page: Console, voice: Voice) -> None:
    """Print each damage: where it is, what is wrong and what to do."""
    for damage in damages:
        page.print()
        page.print(Padding(Line(visible(f"{damage.store}/{damage.key}"), style="bold"), (0, 0, 0, 2)))
        page.print(Padding(visible(voice(damage.text)), (0, 0, 0, 4)))
