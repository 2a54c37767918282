"""How a process that runs for long tells what it does."""

import sys

from ingest.adapters.log_lines import LogForm, set_up_logging
from ingest.config import Settings


def tell(settings: Settings) -> LogForm:
    """Let this process log on standard error as the settings say, and say in which form that is."""
    form = settings.log or (LogForm.TEXT if sys.stderr.isatty() else LogForm.JSON)
    set_up_logging(form, sys.stderr)
    return form
