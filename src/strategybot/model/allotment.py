"""Sharing out a meeting's minutes among its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Allotment:
    """Whole minutes for each item, in order; `needed` is what the items take together at the very least."""

    minutes: tuple[int, ...]
    needed: int


def allot(wishes: Sequence[tuple[int, int]], length: int) -> Allotment:
    """Minutes for items that each wish some and need a least number, so that they fit into `length` minutes.

    Where the wishes fit, everyone has their wish. Else what is there beyond the least numbers is shared in
    proportion to what is wished beyond them, largest remainders first, earlier items before later ones. Where
    not even the least numbers fit, each item has its least, and `needed` exceeds `length`.
    """
    needed = sum(least for _, least in wishes)
    spare, wished = length - needed, sum(minutes for minutes, _ in wishes) - needed
    if spare >= wished:
        return Allotment(tuple(minutes for minutes, _ in wishes), needed)
    if spare <= 0:
        return Allotment(tuple(least for _, least in wishes), needed)
    shares = [divmod((minutes - least) * spare, wished) for minutes, least in wishes]
    left = spare - sum(whole for whole, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    favoured = set(by_remainder[:left])
    minutes = tuple(
        least + whole + (index in favoured)
        for index, ((_, least), (whole, _)) in enumerate(zip(wishes, shares, strict=True))
    )
    return Allotment(minutes, needed)
