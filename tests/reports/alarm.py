"""A limit on how much work something may take, for what cannot be counted."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlow(AssertionError):
    """The work took longer than allowed; the traceback shows where it was."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise :class:`TooSlow` where the work is once it has taken ``seconds`` of the processor.

    Time in which other programs run does not count, so a busy machine fails nothing. A search for
    a regular expression is interrupted too. Without SIGVTALRM (Windows) no limit is set.
    """
    if not hasattr(signal, "SIGVTALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooSlow(f"not done within {seconds:g} s of the processor")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
