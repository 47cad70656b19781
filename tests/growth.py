"""How the work for a text grows with its length."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time


def is_steady(make: Callable[[str], object], short: str, long: str) -> bool:
    """Whether a text that is eight times as long takes about eight times as many steps, and not sixty-four."""
    return _seconds(make, long) < 30 * max(_seconds(make, short), 0.001)


def _seconds(make: Callable[[str], object], text: str) -> float:
    """The least processor time of three, which nobody else's work adds to."""

    def once() -> float:
        start = process_time()
        make(text)
        return process_time() - start

    return min(once() for _ in range(3))
