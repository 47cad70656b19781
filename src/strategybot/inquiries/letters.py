"""Letters to the communities: whose doing it is that one stands where letters are published.

People write a letter elsewhere and move it there, or make its page there. It is published once somebody has done so who
may speak for the steering group: a coordinator, the core team or an admin. Where others have, it is once one of those
saves the page, since who saves it takes on all that stands in it. Their last word counts: what they have emptied isn't
published by whoever brings it back, and what others write there since takes nothing back.
"""

from __future__ import annotations

from strategybot.inquiries.authority import is_move, is_redirect, revisions_until
from strategybot.inquiries.provenance import Origin
from strategybot.inquiries.vouching import parts_on
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.model.relay import Party, Side
from strategybot.wiki.asking import Job

_STEERING_GROUP = Party(Side.STEERING_GROUP)


def origin_of(process: Process, page: Page) -> Job[Origin]:
    """By which revision a letter stands on a page (that shows one), and whether that counts.

    A move by somebody who may not lends the page no other one's history, and neither does what may be one, since the
    revision before is hidden.
    """
    newest = page.revision
    assert newest is not None  # noqa: S101  # the caller has looked
    lot: tuple[Revision, ...] = (newest,)
    above = newest
    while lot:
        parts = yield from parts_on(process, {_STEERING_GROUP: lot})
        may = parts.moving(_STEERING_GROUP)
        for one in lot:
            if one != above and (one.text is None or is_move(above, one)):
                return Origin(above, counts=False)
            if one.id in may:
                counts = one == newest or _is_letter(one)
                return Origin(one if counts else above, counts)
            above = one
        lot = (yield from revisions_until(page.title, None, above.id)) if above.parent else ()
    return Origin(above, counts=False)


def _is_letter(revision: Revision) -> bool:
    return bool((revision.text or "").strip()) and not is_redirect(revision)
