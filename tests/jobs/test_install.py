"""Putting templates and texts on the wiki, and upgrading them where people have improved them there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from strategybot import __version__
from strategybot.executor import Done
from strategybot.installation import install_session
from strategybot.jobs import install as installing
from strategybot.model.page import Title
from tests.committee import Committee

PAGE = "Module:Steering group/Text/en.json"
TEMPLATE = "Template:Steering group/Source"
VERSION_1 = {"source": "source", "change": "change", "agenda-place": "Where"}
VERSION_2 = {"source": "the source", "change": "change", "agenda-place": "Place", "late": "Late."}
VERSION_3 = {"source": "this source", "change": "a change", "agenda-place": "Location", "late": "Too late."}


class Hands:
    """The bot's operator, who installs one version after the other, and people who change the texts on the wiki."""

    def __init__(self, committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        self.committee = committee
        self._monkeypatch = monkeypatch

    def install(self, texts: dict[str, str], template: str = "x") -> Done:
        """Install templates and texts; what became of the page of texts."""
        self._monkeypatch.setattr(installing, "codes", lambda: ("en",))
        self._monkeypatch.setattr(installing, "words", lambda _: texts)
        report = install_session(self.committee.wiki, {Title(TEMPLATE): template})
        self.report = report
        return report.done["install", Title(PAGE)]

    def change(self, user: str = "Ada", **texts: Any) -> None:
        """Somebody changes texts, or removes them with None, and leaves them in reverse order."""
        changed = {**self.texts, **{key.replace("_", "-"): text for key, text in texts.items()}}
        kept = {key: text for key, text in reversed(changed.items()) if text is not None}
        self.committee.save(PAGE, json.dumps(kept), user)

    @property
    def texts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.committee.text(PAGE))
        return found

    @property
    def summary(self) -> str:
        revision = self.committee.page(PAGE).revision
        assert revision
        return revision.summary or ""


@pytest.fixture
def hands(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands(committee, monkeypatch)
    hands.install(VERSION_1)
    return hands


def test_untouched_texts_are_upgraded(hands: Hands) -> None:
    """All of them, and the summary speaks of nothing kept."""
    assert hands.install(VERSION_2).outcome.kind.label == "saved"
    assert hands.texts == VERSION_2
    assert f"version {__version__} #" in hands.summary
    assert hands.install(VERSION_2).outcome.kind.label == "unchanged"


def test_what_people_changed_added_and_removed_stays(hands: Hands) -> None:
    """All other texts are upgraded, new ones arrive, and the summary counts what is kept."""
    hands.change(source="origin", own="Ours", change=None)
    assert hands.install(VERSION_2).outcome.kind.label == "saved"
    assert hands.texts == {"source": "origin", "agenda-place": "Place", "late": "Late.", "own": "Ours"}
    assert f"version {__version__}, 3 texts kept as they were changed here #" in hands.summary


def test_it_stays_through_every_upgrade(hands: Hands) -> None:
    """Also when the newest revision is the bot's, which carries what people had changed before."""
    hands.change(source="origin")
    hands.install(VERSION_2)
    assert hands.install(VERSION_2).outcome.kind.label == "unchanged"
    hands.change(user="Bo", late="At last.")
    hands.install(VERSION_3)
    assert hands.texts == {**VERSION_3, "source": "origin", "late": "At last."}
    assert "2 texts kept" in hands.summary
    hands.install(VERSION_1)
    assert hands.texts == {**VERSION_1, "source": "origin", "late": "At last."}


def test_a_text_that_was_put_back_is_upgraded_again(hands: Hands) -> None:
    """As is one that people added and took away again."""
    hands.change(source="origin", own="Ours")
    hands.install(VERSION_2)
    hands.change(source="source", own=None)
    hands.install(VERSION_3)
    assert hands.texts == VERSION_3
    assert "kept" not in hands.summary


def test_the_same_text_as_the_bots_is_nobodys(hands: Hands) -> None:
    """A text that people wrote just as the new version has it is no difference."""
    hands.change(agenda_place="Place")
    assert hands.install(VERSION_2).outcome.kind.label == "saved"
    assert "kept" not in hands.summary


def test_the_order_of_keys_is_no_change(hands: Hands) -> None:
    """Where people only moved keys about, there is nothing to save."""
    hands.change()
    assert hands.install(VERSION_1).outcome.kind.label == "unchanged"
    hands.install(VERSION_2)
    assert hands.texts == VERSION_2


def test_signs_that_mediawiki_writes_otherwise(hands: Hands) -> None:
    """A text with `<` and `&` is known again as it was sent."""
    hands.change(source="<b>origin</b> & more")
    hands.install(VERSION_2)
    assert hands.texts["source"] == "<b>origin</b> & more"
    assert hands.install(VERSION_2).outcome.kind.label == "unchanged"
    hands.install(VERSION_3)
    assert hands.texts == {**VERSION_3, "source": "<b>origin</b> & more"}


@pytest.mark.parametrize("text", ["[]", '"words"', "null", "3"])
def test_a_page_that_holds_no_texts_is_left_alone(hands: Hands, text: str) -> None:
    """It is told to the operator, like every page that people changed otherwise than meant."""
    hands.committee.save(PAGE, text, "Ada")
    assert hands.install(VERSION_2).outcome.kind.label == "edited by a person"
    assert hands.committee.text(PAGE) == text
    assert hands.report.exit_status == 1


def test_after_such_a_page_was_restored(hands: Hands) -> None:
    """Whoever restored it changed nothing; what was changed before stays."""
    hands.change(source="origin")
    good = hands.committee.text(PAGE)
    hands.committee.save(PAGE, "[]", "Passer-by")
    hands.committee.save(PAGE, good, "Ada")
    hands.install(VERSION_2)
    assert hands.texts == {**VERSION_2, "source": "origin"}


def test_a_page_of_texts_that_is_not_the_bots(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was there before the bot, and is left alone."""
    committee.save(PAGE, '{"source": "origin"}', "Ada")
    hands = Hands(committee, monkeypatch)
    assert hands.install(VERSION_1).outcome.kind.label == "edited by a person"
    assert hands.texts == {"source": "origin"}


def test_words_of_a_hidden_revision_are_kept(hands: Hands) -> None:
    """What stands next to a revision that can't be read may be its author's."""
    hands.change(source="origin")
    revision = hands.committee.page(PAGE).revision
    assert revision
    hands.install(VERSION_2)
    hands.committee.wiki.hide(revision.id)
    hands.install(VERSION_3)
    assert hands.texts["source"] == "origin"


def test_a_stranger_can_not_pass_for_the_bot(hands: Hands) -> None:
    """The mark of a summary counts where the bot's account wrote it."""
    hands.change(source="origin")
    hands.install(VERSION_2)
    hands.committee.wiki.edit(Title(PAGE), json.dumps({**hands.texts, "late": "Mine."}), "Ada", hands.summary)
    hands.install(VERSION_3)
    assert hands.texts == {**VERSION_3, "source": "origin", "late": "Mine."}


def test_a_template_that_people_changed_stays(hands: Hands) -> None:
    """Templates aren't merged: they are left alone and named."""
    hands.committee.save(TEMPLATE, "mine", "Ada")
    hands.install(VERSION_2, template="y")
    assert hands.committee.text(TEMPLATE) == "mine"
    assert hands.report.done["install", Title(TEMPLATE)].outcome.kind.label == "edited by a person"


def test_histories_are_read_only_where_there_is_something_to_do(hands: Hands) -> None:
    """An install that changes nothing reads no history."""
    hands.install(VERSION_1)
    assert hands.report.requests["history"] == 0
