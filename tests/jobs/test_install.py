"""Putting templates and texts on the wiki, and upgrading them where people have improved them there."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from strategybot import __version__
from strategybot.deeds import Done
from strategybot.installation import install_session
from strategybot.jobs import install as installing
from strategybot.model.page import Title
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.writing.texts import codes, words
from tests.committee import BOT, CONFIGURATION, Committee

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
        self._monkeypatch.setattr(installing, "texts_on_wiki", lambda _, __: texts)
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
    assert f"version {__version__} · run " in hands.summary
    assert hands.install(VERSION_2).outcome.kind.label == "unchanged"


def test_what_people_changed_added_and_removed_stays(hands: Hands) -> None:
    """All other texts are upgraded, new ones arrive, and the summary counts what is kept."""
    hands.change(source="origin", own="Ours", change=None)
    assert hands.install(VERSION_2).outcome.kind.label == "saved"
    assert hands.texts == {"source": "origin", "agenda-place": "Place", "late": "Late.", "own": "Ours"}
    assert f"version {__version__}, 3 texts kept as they were changed here · run " in hands.summary


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
    assert hands.install(VERSION_1).outcome.kind.label == "made by people"
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


# --- For the configured processes ---

FRENCH = {
    "languages": ["fr", "en"],
    "topics": [
        "progress",
        {"topic": "budget", "label": {"fr": "Budget"}, "help": {"fr": "Ce qu’il faut d’argent."}},
        {"topic": "needs", "label": {"fr": "Coups de main"}},
        "open-points",
    ],
}
FILES = read_folder(share("wikiconfig"))


def installed(committee: Committee, prefix: str = "Steering group/") -> str:
    """The update's template after an installation."""
    install_session(committee.wiki, FILES)
    return committee.text(f"Template:{prefix}Update")


def texts(committee: Committee, code: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(committee.text(f"Module:Steering group/Text/{code}.json"))
    return found


def form(template: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(template.split("<templatedata>")[1].split("</templatedata>", maxsplit=1)[0])
    return found


def test_topics_of_ones_own_are_everywhere() -> None:
    """In the form with labels, in what it starts with, in the page it shows, and among the fields that are known."""
    committee = Committee(**FRENCH)
    template = installed(committee)
    names = ["progress", "budget", "needs", "open-points"]
    assert form(template)["paramOrder"] == [*names, "lang", "confirmed by", "meeting", "previous"]
    assert form(template)["params"]["budget"]["label"] == dict.fromkeys(codes(), "Budget")
    assert form(template)["params"]["budget"]["description"]["fr"] == "Ce qu’il faut d’argent."
    assert form(template)["params"]["open-points"] == {
        "label": dict.fromkeys(codes(), "Open points"),
        "type": "content",
        "suggested": True,
    }
    assert form(template)["params"]["needs"]["label"] == {
        code: "Coups de main" if code == "fr" else words(code)["topic-needs"] for code in codes()
    }
    assert "{{#if:{{{progress|}}}{{{budget|}}}{{{needs|}}}{{{open-points|}}}{{{1|}}}|" in template
    preload = committee.text("Template:Steering group/Update/preload")
    assert re.findall(r"^\| ([a-z -]+) =", preload, re.MULTILINE) == [*names, "lang", "confirmed by", "previous"]
    module = committee.text("Module:Steering group/Update")
    assert re.findall(r'^\t"([a-z-]+)",$', module, re.MULTILINE) == [*names, "needs"]


def test_texts_of_ones_own_topics() -> None:
    """Every language has their labels, its own first and then the main one's; what no page shows stays away."""
    committee = Committee(**FRENCH)
    installed(committee)
    assert texts(committee, "ar")["topic-budget"] == "Budget"
    assert texts(committee, "fr")["topic-needs"] == "Coups de main"
    assert texts(committee, "de")["topic-needs"] == words("de")["topic-needs"]
    assert texts(committee, "en")["topic-budget-help"] == "Ce qu’il faut d’argent."
    assert "topic-open-points-help" not in texts(committee, "en")
    assert not [key for key in texts(committee, "en") if key.startswith(("doctor-", "form-", "summary-"))]


def test_a_topic_that_is_dropped() -> None:
    """Its field and its texts go, and what people improved stays."""
    committee = Committee(**FRENCH)
    installed(committee)
    page = "Module:Steering group/Text/fr.json"
    committee.save(page, json.dumps({**texts(committee, "fr"), "source": "d’où"}), "Ada")
    committee.configure({**committee.configuration, "topics": ["progress"]})
    assert form(installed(committee))["paramOrder"][0:2] == ["progress", "lang"]
    assert "topic-budget" not in texts(committee, "fr")
    assert texts(committee, "fr")["source"] == "d’où"


def test_processes_that_share_a_prefix() -> None:
    """They share a form, and each page finds its own process's pages."""
    committee = Committee(topics=["progress", {"topic": "money", "label": {"en": "Money"}}], contact="Cora")
    other = {**committee.configuration, "name": "Other", "root": "Other", "contact": "Otto"}
    committee.save(f"User:{BOT}/Other.json", json.dumps(other), "Admin")
    assert list(form(installed(committee))["params"])[:2] == ["progress", "money"]
    assert "EmailUser" not in committee.text("Template:Steering group/Update/Empty")
    places = committee.text("Template:Steering group/Working group/Place")
    assert (
        "|Other/Working Groups/Alpha\n|Other/Working Groups/Beta\n=Other/Working Groups/Steering Group\n"
        "|Committee/Working Groups/Steering Group\n}}" in places
    )


@pytest.mark.parametrize(
    "topics",
    [
        ["progress", "needs", "wishes"],
        ["needs", "progress"],
        ["progress"],
        ["progress", {"topic": "needs", "label": {"en": "Wants"}}],
    ],
)
def test_other_topics_under_the_same_prefix(topics: list[Any]) -> None:
    """A form can't ask for two processes' topics: nothing is installed or written until one has its own prefix."""
    committee = Committee(topics=["progress", "needs"])
    other = {**committee.configuration, "name": "Other", "root": "Other", "topics": topics}
    committee.save(f"User:{BOT}/Other.json", json.dumps(other), "Admin")
    before = committee.wiki.texts()
    for report in (install_session(committee.wiki, FILES), committee.at("12-01").run()):
        assert (report.done, report.exit_status) == ({}, 2)
        assert [faults.page.text for faults in report.faults] == [CONFIGURATION.text, f"User:{BOT}/Other.json"]
        (sentence,) = report.faults[0].sentences
        assert f"User:{BOT}/Other.json" in sentence
        assert "'template_prefix' of its own" in sentence
    assert committee.wiki.texts() == before
    committee.save(f"User:{BOT}/Other.json", json.dumps({**other, "template_prefix": "Other/"}), "Admin")
    assert install_session(committee.wiki, FILES).exit_status == 0


def test_one_prefix_in_two_spellings() -> None:
    """A wiki takes them for the same, and so does the bot."""
    committee = Committee(template_prefix="steering_group/")
    assert form(installed(committee))["paramOrder"][0] == "progress"


def test_a_prefix_of_ones_own() -> None:
    """Two prefixes have two forms, and nothing speaks of the usual one, whatever signs they hold."""
    committee = Committee(template_prefix="Women's «group» & co/", topics=["progress"])
    template = installed(committee, "Women's «group» & co/")
    assert form(template)["paramOrder"][:2] == ["progress", "lang"]
    assert "{{Women's «group» & co/Text|" in template
    pages = [text for title, text in committee.wiki.texts().items() if title.text.startswith(("Template:", "Module:"))]
    assert len(pages) > len(FILES)
    assert [text for text in pages if "Steering group/" in text] == []


def test_the_account_to_write_to_in_confidence() -> None:
    """A contact is linked to the form for mail, where it is an account."""
    for contact, link in (
        ("User:Cora", "[[Special:EmailUser/Cora|<bdi>Cora</bdi>]]"),
        ("cora@x.example", ""),
        ("", ""),
    ):
        committee = Committee(contact=contact)
        installed(committee)
        shown = committee.text("Template:Steering group/Update/Empty")
        assert ("Special:EmailUser" in shown) == bool(link)
        assert link in shown


def test_nothing_is_installed_while_a_configuration_has_faults(committee: Committee) -> None:
    """What its process needs isn't known: its topics mustn't go from the form."""
    before = installed(committee)
    committee.save(f"User:{BOT}/Other.json", "{}", "Admin")
    committee.configure({**committee.configuration, "topics": ["progress"]})
    report = install_session(committee.wiki, FILES)
    assert (report.done, report.exit_status) == ({}, 2)
    assert committee.text("Template:Steering group/Update") == before


def test_titles_by_other_patterns() -> None:
    """A group's card and its updates find their pages by the configured patterns."""
    titles = {
        "steering_group": "{root}/Board",
        "updates": "{root}/Reports of {group}",
        "update": "{group}/{date}/Report",
    }
    committee = Committee(titles=titles, trial=True)
    installed(committee)
    places = committee.text("Template:Steering group/Working group/Place")
    assert f"|User:{BOT}/Trial/Committee/Board\n" in places
    assert "|Committee/Reports_of_{{FULLPAGENAME}}\n" in html.unescape(places)
    assert '{ "", "/", "/Report" },' in committee.text("Module:Steering group/Update")
