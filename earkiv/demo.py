"""The demonstration that `make demo` runs: sample deliveries go in, the archive answers for them, and some is shown."""

import os
import sys
from pathlib import Path

from audit.verification import verify_packages
from earkiv.cli import texts
from earkiv.cli.endings import FAULT, FINE, ended
from earkiv.cli.intake import taken_in
from earkiv.cli.language import Voice, spoken
from earkiv.cli.receipt_view import print_receipt
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session, opened
from earkiv.cli.verification import print_verification
from earkiv.cli.work_shown import counted
from earkiv.demo_access import decided_and_published, print_shown
from earkiv.demo_texts import (
    EXPECTED,
    LOOK,
    NEXT,
    NOT_AS_EXPECTED,
    SAMPLES_ABSENT,
    TAKING_IN,
    VERIFIED,
    WELCOME,
    WHO_MAY_SEE,
)
from ingest.bootstrap import reading
from ingest.errors import SourceUnreadable

SAMPLES = Path("samples") / "deliveries"
ACCEPTED = (
    "bygglov-fgs12",
    "skolarende-csip.zip",
    "klagomal-case-push",
    "flera-arenden-erms.zip",
)
REJECTED = "trasig-fgs12"


def main() -> None:
    """Run the demonstration and end the process: 0 when all went as expected."""
    voice = spoken(sys.argv[1:])
    sys.exit(ended(lambda: demonstrate(voice), voice))


def demonstrate(voice: Voice) -> int:
    """Take the samples in, verify the archive, show three cases to whom they may be shown, and say what to try next."""
    session = opened(voice.language, as_json=False)
    require_schemas(session)
    page = session.page()
    page.print(voice(WELCOME).format(home=_shown(session.settings.home)))
    receipts = _delivered(session)
    found_right = _verified(session)
    outcomes = {name: receipt["outcome"] for name, receipt in receipts.items()}
    expected = dict.fromkeys(ACCEPTED, "accepted") | {REJECTED: "rejected"}
    shown = decided_and_published(receipts, session) if outcomes == expected and found_right else ()
    if not shown:
        page.print(voice(NOT_AS_EXPECTED), style="bold red")
        return FAULT
    page.print(voice(EXPECTED))
    page.rule(voice(WHO_MAY_SEE), align="left")
    print_shown(shown, session)
    _say_next(receipts[ACCEPTED[0]], receipts[REJECTED], session)
    return FINE


def _delivered(session: Session) -> dict[str, dict[str, object]]:
    """Take every sample in, the bad one last, and print each receipt as it comes."""
    paths = [SAMPLES / name for name in (*ACCEPTED, REJECTED)]
    absent = [str(path) for path in paths if not path.exists()]
    if absent:
        listed = ", ".join(absent)
        raise SourceUnreadable(SAMPLES_ABSENT.sv.format(paths=listed), SAMPLES_ABSENT.en.format(paths=listed))
    receipts = {}
    page = session.page()
    answers = taken_in(paths, "default", session)
    for path in paths:
        page.rule(session.voice(TAKING_IN).format(path=path), align="left")
        receipts[path.name] = next(answers)
        print_receipt(receipts[path.name], session)
    answers.close()
    return receipts


def _verified(session: Session) -> bool:
    session.page().rule(session.voice(VERIFIED), align="left")
    whole = session.settings.home / "archive"
    with reading(session.settings) as archive, counted(session, texts.VERIFYING, whole) as report:
        found = verify_packages(archive.ports, None, report)
    print_verification(found, session)
    return not found.damages


def _say_next(accepted: dict[str, object], rejected: dict[str, object], session: Session) -> None:
    page = session.page()
    told = {"package": accepted["package"], "refused": rejected["deliveryId"], "earkiv": _command()}
    for text in (LOOK, NEXT):
        page.print(session.voice(text).format(home=_shown(session.settings.home), **told), soft_wrap=True)


def _shown(path: Path) -> str:
    """Write a path below the present folder as one starts from there."""
    return f"./{path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else str(path)


def _command() -> str:
    """Give the command as it is called from here: the one that lies beside the interpreter, if it is there."""
    beside = Path(sys.executable).with_name("earkiv")
    return os.path.relpath(beside) if beside.exists() else "earkiv"


if __name__ == "__main__":
    main()
