"""How fast a request's body has to come: whoever sends too little holds a place that others wait for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a client may let be waited for: so long at once, and for so many bytes a second no longer than that.

    Only the time counts in which the archive waits for bytes, not what it needs to put them away. `least_rate` 0 asks
    for no rate.
    """

    idle_seconds: float = 60.0
    least_rate: int = 1024

    def patience(self, waited: float, came: int) -> float:
        """Say for how many seconds the next bytes are waited for, after so many seconds of waiting for `came` bytes.

        The first `idle_seconds` of it are free, so that nobody is cut off for a slow beginning; never less than 0.
        """
        if self.least_rate == 0:
            return self.idle_seconds
        return max(0.0, min(self.idle_seconds, self.idle_seconds + came / self.least_rate - waited))
