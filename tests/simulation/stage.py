"""A simulated clock, and real threads of which exactly one runs at a time: who has the baton runs, all others wait.

The baton changes hands only in `pause` and `park`, and goes to whoever wakes first by the simulated clock. So one seed
gives one order of everything, whatever the machine does, and code that knows nothing of it runs as it is.
"""

import heapq
import traceback
from collections.abc import Callable
from threading import Event, Lock, Thread


class Dead(BaseException):
    """The process that runs this has been killed. No Exception: nothing may catch it, as nothing catches kill -9."""


class Process:
    """What dies and freezes as a whole."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True
        self.frozen_until = 0.0


class Actor:
    """One thread of a simulated process; `process` may change where one acts on behalf of another.

    `works` says that it is a thread that takes deliveries.
    """

    def __init__(self, name: str, process: Process, work: Callable[[], None]) -> None:
        self.name = name
        self.process = process
        self.work = work
        self.go = Lock()
        self.go.acquire()
        self.started = False
        self.ended = False
        self.works = False


class _Thread(Thread):
    """A thread that plays one actor after the other: threads are dearer than what they do here."""

    def __init__(self, stage: "Stage") -> None:
        super().__init__(daemon=True)
        self.stage = stage
        self.actor: Actor | None = None
        self.go = Lock()
        self.go.acquire()

    def run(self) -> None:
        while True:
            self.go.acquire()
            if self.actor is not None:
                self.stage.play(self.actor, self)


_RESTING: list[_Thread] = []


class Stage:
    """Where all actors of one simulation stand; the thread that makes it is the actor `judge`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.failures: list[str] = []
        self._waking: list[tuple[float, int, Actor]] = []
        self._number = 0
        self._closing = False
        self.actors: list[Actor] = []
        self.current = self._judge = Actor("judge", Process("judge"), lambda: None)

    def spawn(self, name: str, process: Process, work: Callable[[], None], after: float = 0.0) -> Actor:
        """Let an actor begin after so many seconds."""
        actor = Actor(name, process, work)
        self.actors.append(actor)
        self._push(actor, self.now + after)
        return actor

    def pause(self, seconds: float) -> None:
        """Let the current actor wait. Raises Dead when its process has been killed meanwhile."""
        me = self.current
        at = self.now + seconds
        if self._waking and self._waking[0][0] <= at:
            self._push(me, at)
            self._hand_over(me)
        else:
            self.now = at
        self.require_alive()

    def park(self) -> None:
        """Let the current actor wait until it is woken. Raises Dead."""
        self._hand_over(self.current)
        self.require_alive()

    def wake(self, actor: Actor, at: float) -> None:
        """Wake a parked actor at a time."""
        self._push(actor, max(at, self.now))

    def require_alive(self) -> None:
        """Raise Dead in an actor whose process was killed; let one wait whose process is frozen."""
        me = self.current
        while me.process.alive and me.process.frozen_until > self.now and not self._closing:
            self._push(me, me.process.frozen_until)
            self._hand_over(me)
        if me is not self._judge and (self._closing or not me.process.alive):
            raise Dead

    def close(self) -> None:
        """End every actor, as if all processes were killed; only the judge may call this."""
        self._closing = True
        for actor in self.actors:
            self._waking.clear()
            if actor.started and not actor.ended:
                self._push(self._judge, self.now)
                self._resume(actor)
                self._judge.go.acquire()

    def play(self, actor: Actor, thread: _Thread) -> None:
        """Run an actor to its end, and hand the baton on."""
        try:
            self.require_alive()
            actor.work()
        except Dead:
            pass
        except BaseException:  # noqa: BLE001 - the outermost frame of a thread: the judge tells what ended here
            self.failures.append(f"{actor.name}: {traceback.format_exc()}")
        actor.ended = True
        thread.actor = None
        _RESTING.append(thread)
        self._resume(self._next())

    def _push(self, actor: Actor, at: float) -> None:
        self._number += 1
        heapq.heappush(self._waking, (at, self._number, actor))

    def _next(self) -> Actor:
        at, _, actor = heapq.heappop(self._waking)
        self.now = max(self.now, at)
        return actor

    def _hand_over(self, me: Actor) -> None:
        following = self._next()
        if following is not me:
            self._resume(following)
            me.go.acquire()

    def _resume(self, actor: Actor) -> None:
        self.current = actor
        if actor.started or actor is self._judge:
            actor.go.release()
            return
        actor.started = True
        if not _RESTING:
            _RESTING.append(_started(self))
        thread = _RESTING.pop()
        thread.stage, thread.actor = self, actor
        thread.go.release()


def _started(stage: Stage) -> _Thread:
    thread = _Thread(stage)
    thread.start()
    return thread


class Told(Event):
    """The event that stops a thread's loop: waiting for it is waiting on the stage."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    def wait(self, timeout: float | None = None) -> bool:
        """Wait so long; nobody tells these threads to stop, they are killed."""
        self._stage.pause(timeout or 0.0)
        return self.is_set()
