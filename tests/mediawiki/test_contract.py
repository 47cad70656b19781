"""The adapter to a real MediaWiki keeps the contract of the port, in as few requests as it can be kept with."""

from __future__ import annotations

import pytest
from tests.wiki.contract import Rig, WikiContract, page

from strategybot.model.page import Title
from strategybot.wiki.port import Append, Kind

pytestmark = pytest.mark.mediawiki


class TestMediaWiki(WikiContract):
    """The contract, with the fixture `rig` of this folder."""

    def test_append_after_somebody(self, rig: Rig, root: str) -> None:
        """Where somebody has changed another place meanwhile, MediaWiki adds the text all the same, and we say so."""
        base = rig.edit(root, "First.\n\nSecond.\n\nThird.")
        rig.edit(root, "First!\n\nSecond.\n\nThird.", user="Bo")
        wiki = rig.wiki()
        outcome = wiki.act(Append(Title(root), "\n\nFourth.", base=base, summary="test"))
        assert (outcome.kind, "newer than the one" in outcome.reason) == (Kind.SAVED, True)
        assert page(wiki, root).text == "First!\n\nSecond.\n\nThird.\n\nFourth."

    def test_append_after_somebody_at_the_end(self, rig: Rig, root: str) -> None:
        """Where somebody has changed the end meanwhile, nothing is added."""
        base = rig.edit(root, "First.\n\nSecond.")
        rig.edit(root, "First.\n\nSecond.\n\nMine!", user="Bo")
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "\n\nThird.", base=base, summary="test")).kind is Kind.CONFLICT
        assert page(wiki, root).text == "First.\n\nSecond.\n\nMine!"
