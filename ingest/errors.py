"""What can go wrong with the machine, never with a delivery.

A bad package is a value (findings); only the machine raises. The tree is split by one question: may it be retried?

EarkivError
├── TransientError          try again, nothing needs to be changed
│   ├── StoreUnavailable    an object store did not answer, or answered with a fault of its own
│   ├── CatalogueUnavailable  the database did not answer or is busy
│   ├── LeaseLost           another worker has taken the work over; this one must stop
│   ├── HandedBack          this process stops, or others' turn has come; the work goes on later
│   ├── CorrectionUnderWay  the archive is correcting the package that a delivery replaces; it waits for that
│   ├── QuotaReached        a producer has as much under way as it may have
│   ├── IdentityProviderUnavailable  whoever vouches for clients did not give the keys to prove it
│   ├── HomeLocked          another process is writing to this archive
│   └── ToolFailed          a tool (identifier, scanner, pool) died or did not answer
│       ├── ScannerBrokeOff   the virus scanner did so over one file, having been reached before
│       └── KilledFromOutside  the process that worked on one file was killed, and by none of the archive's bounds
└── PermanentError          a person has to act first
    ├── ProgramFault        the program itself is wrong about something; one delivery waits, the others go on
    ├── Exhausted           a delivery was taken so often in vain that it is tried no more by itself
    ├── ConfigurationError  a setting is missing or contradicts another
    ├── UnknownSubject      there is no package, delivery or agreement with that id
    ├── SourceUnreadable    the operating system refuses to read what was to be delivered
    ├── QuotaTooSmall       what is sent is larger than all that its producer may have under way
    ├── StagingTooSmall     what is sent is larger than staging, even when it is empty
    ├── OutOfSpace          a disk or quota is full
    ├── StoreReadOnly       the archive's folder or bucket may not be written
    ├── InvalidKey          a key that no store can hold, by a fault in the program or a foreign file
    ├── ObjectExists        a write-once key already holds other bytes
    │   └── SlotTaken         a place in a chain of the journal is another's, and nothing of ours is written yet
    ├── ObjectMissing       a key that the archive relies on is gone
    └── DamageFound         stored bytes are not what was stored
"""

from functools import lru_cache
from typing import ClassVar


class EarkivError(Exception):
    """A fault of the machine, with a text in Swedish and English that a person can act on."""

    remedy_sv: ClassVar[str] = "Försök igen; om felet kvarstår, kontakta den som driver e-arkivet."
    remedy_en: ClassVar[str] = "Try again; if the fault remains, contact whoever operates the archive."

    def __init__(self, sv: str, en: str) -> None:
        super().__init__(en)
        self.sv = sv
        self.en = en

    def __reduce__(self) -> tuple[type["EarkivError"], tuple[str, str]]:
        """Cross a process boundary with both texts."""
        return type(self), (self.sv, self.en)


class TransientError(EarkivError):
    """May be retried as it is."""


class StoreUnavailable(TransientError):
    """An object store did not answer, or answered with a fault of its own."""


class CatalogueUnavailable(TransientError):
    """The database did not answer or is busy."""


class LeaseLost(TransientError):
    """Another worker has taken the work over; what this one still holds must not be written."""


class HandedBack(TransientError):
    """This process stops, or others' turn has come: what it had under way is given back, and nothing is wrong."""


class CorrectionUnderWay(TransientError):
    """The archive is correcting the package that a delivery replaces: the delivery goes on when that is done."""

    remedy_sv = "Vänta: leveransen går vidare när rättelsen är arkiverad."
    remedy_en = "Wait: the delivery goes on when the correction is archived."


class QuotaReached(TransientError):
    """A producer has as much under way as it may have: once some of it is decided, more is taken."""


class IdentityProviderUnavailable(TransientError):
    """The identity provider did not give the keys by which its tokens are proved: nobody is refused for that."""


class HomeLocked(TransientError):
    """Another process is writing to this archive."""

    remedy_sv = "Vänta tills den andra körningen är klar."
    remedy_en = "Wait until the other run has ended."


class ToolFailed(TransientError):
    """A tool died or did not answer."""


class ScannerBrokeOff(ToolFailed):
    """The virus scanner was reached, and died, erred or fell silent while it looked at one file."""


class KilledFromOutside(ToolFailed):
    """A process that worked on the file `ordinal` was killed, and by no bound of the archive's."""

    def __init__(self, sv: str, en: str, ordinal: int | None = None) -> None:
        super().__init__(sv, en)
        self.ordinal = ordinal


class PermanentError(EarkivError):
    """Retrying does not help: a person has to act first."""


class ProgramFault(PermanentError):
    """The program itself is wrong about something; the delivery concerned waits, nothing of it is lost."""

    remedy_sv = "Rapportera felet till den som förvaltar programmet; leveransen väntar tills det är rättat."
    remedy_en = "Report the fault to whoever maintains the program; the delivery waits until it is mended."


class Exhausted(PermanentError):
    """A delivery was taken so often in vain that it is tried no more by itself; nothing of it is lost."""

    remedy_sv = "Rätta det som hindrade den, och låt den försökas på nytt: `earkiv resume ID`."
    remedy_en = "Mend what hindered it, and let it be tried anew: `earkiv resume ID`."


class ConfigurationError(PermanentError):
    """A setting is missing or contradicts another."""

    remedy_sv = "Rätta inställningen och försök igen; `earkiv doctor` visar vad som gäller."
    remedy_en = "Correct the setting and try again; `earkiv doctor` shows what is in force."


class UnknownSubject(PermanentError):
    """There is no package, delivery or agreement with that id."""

    remedy_sv = "Kontrollera identiteten; `earkiv list` visar vad som finns."
    remedy_en = "Check the id; `earkiv list` shows what there is."


class SourceUnreadable(PermanentError):
    """The operating system refuses to read what was to be delivered."""

    remedy_sv = "Kontrollera att filen finns och får läsas, och försök igen."
    remedy_en = "Check that the file exists and may be read, and try again."


class QuotaTooSmall(PermanentError):
    """What is sent is larger than all that its producer may have under way at a time."""

    remedy_sv = "Dela upp leveransen, eller be arkivet om en större kvot."
    remedy_en = "Divide the delivery, or ask the archive for a larger quota."


class StagingTooSmall(PermanentError):
    """What is sent is larger than the whole disk that staging lies on."""

    remedy_sv = "Dela upp leveransen, eller ge mottagningen en större disk."
    remedy_en = "Divide the delivery, or give staging a larger disk."


class OutOfSpace(PermanentError):
    """A disk or quota is full; nothing already stored is touched."""

    remedy_sv = "Frigör utrymme och kör om; arbetet fortsätter där det var."
    remedy_en = "Free some space and run again; the work goes on where it was."


class StoreReadOnly(PermanentError):
    """The archive's folder or bucket may not be written."""

    remedy_sv = "Ge skrivrätt till arkivets mapp och kör om."
    remedy_en = "Allow writing to the archive's folder and run again."


class InvalidKey(PermanentError):
    """A key that no store can hold: a fault in the program, or a file that the archive did not write."""

    remedy_sv = "Flytta undan främmande filer ur arkivets mapp; finns inga, rapportera felet med nyckeln."
    remedy_en = "Move foreign files out of the archive's folder; if there are none, report the fault with the key."


class ObjectExists(PermanentError):
    """A write-once key already holds other bytes."""


class SlotTaken(ObjectExists):
    """A place in a chain of the journal is another's, and nothing of ours is written yet: decide anew."""


class ObjectMissing(PermanentError):
    """A key that the archive relies on is gone."""

    remedy_sv = "Kör `earkiv verify --all` och återställ objektet från en kopia."
    remedy_en = "Run `earkiv verify --all` and restore the object from a copy."


class DamageFound(PermanentError):
    """Stored bytes are not what was stored."""

    remedy_sv = "Kör `earkiv verify --all` och återställ objektet från en kopia."
    remedy_en = "Run `earkiv verify --all` and restore the object from a copy."


@lru_cache(maxsize=256)
def fault_named(name: str) -> type[EarkivError] | None:
    """Give the fault of that name, as the operations log keeps it; None for what is none of ours."""
    return _named(EarkivError).get(name)


def _named(fault: type[EarkivError]) -> dict[str, type[EarkivError]]:
    below = [_named(one) for one in fault.__subclasses__()]
    return {fault.__name__: fault} | {name: one for named in below for name, one in named.items()}


_OF_THE_MACHINE = (CatalogueUnavailable, ConfigurationError, HomeLocked)
"""Faults whose texts name settings, addresses and processes, and nothing of what was delivered."""


def logged_of(fault: BaseException) -> dict[str, str]:
    """Give what may stand in a log of a fault: kind and remedy, and the text where that says nothing of a delivery.

    Other texts may name files, and a file's name may be somebody's; they stand in the operations log of the catalogue.
    """
    if not isinstance(fault, EarkivError):
        return {"fault": type(fault).__name__}
    logged = {"fault": type(fault).__name__, "remedy": fault.remedy_en}
    return {**logged, "detail": fault.en} if isinstance(fault, _OF_THE_MACHINE) else logged
