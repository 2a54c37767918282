"""The decision on a delivery that waits for a person, as it goes over the wire."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from ingest.application.decide_held import Answer

_MOST_WORDS: Final = 2000


class HeldDecision(BaseModel):
    """What is answered, and why; the words of a question are told to the producer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer: Answer
    words: str = Field(min_length=1, max_length=_MOST_WORDS)
