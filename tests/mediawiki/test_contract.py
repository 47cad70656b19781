"""The adapter to a real MediaWiki keeps the contract of the port, in as few requests as it can be kept with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

import pytest

from strategybot.model.page import Page, Title
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import (
    Append,
    History,
    Kind,
    LoggedSince,
    Mail,
    OwnOptions,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    Remember,
    RevisionById,
    Save,
    UserNamed,
)
from tests.mediawiki.failing import RESET_AFTER, Tunnel
from tests.mediawiki.rig import IMPATIENT, MediaWikiRig, credentials
from tests.wiki.contract import Rig, WikiContract, answer, page
from throwaway import STRATEGY_BOT

pytestmark = pytest.mark.mediawiki


class TestMediaWiki(WikiContract):
    """The contract, with the fixture `rig` of this folder."""

    def test_append_tells_of_an_edit_elsewhere(self, rig: Rig, root: str) -> None:
        """Where MediaWiki adds a text though another place has changed, the outcome says so."""
        base = rig.edit(root, "First.\n\nSecond.\n\nThird.")
        there = rig.edit(root, "First!\n\nSecond.\n\nThird.", user="Bo")
        outcome = rig.wiki().act(Append(Title(root), "\n\nFourth.", base=base, summary="test"))
        assert (outcome.kind, outcome.after) == (Kind.SAVED, there)


# --- Requests ---


@pytest.mark.parametrize("groups", [9, 90])
def test_a_round_takes_one_request(rig: MediaWikiRig, root: str, groups: int) -> None:
    """Pages, accounts and lists of pages share a request, and all of them are answered."""
    rig.edit(f"Template:{root}", "A template.")
    rig.edit(f"{root}/0", f"{{{{{root}}}}}")
    pages = [PageNow(Title(f"{root}/{number}")) for number in range(groups)]
    people = [UserNamed(name) for name in ("Ada", "Bo", *(f"{root} {number}" for number in range(groups)))]
    under, using = PagesUnder(Title(f"{root}/")), PagesUsing(Title(f"Template:{root}"))
    wiki = rig.wiki()
    assert wiki.requests == {"start": 3}
    answers = wiki.answer([*pages, *people, under, using])
    assert wiki.requests == {"start": 3, "read": 1}
    assert [answers[query].exists for query in pages] == [True] + [False] * (groups - 1)
    assert [answers[query].exists for query in people] == [True, True] + [False] * groups
    assert answers[under] == answers[using] == (Title(f"{root}/0"),)


def test_an_impossible_title_spoils_no_other(rig: MediaWikiRig, root: str) -> None:
    """Where the wiki refuses a request for a title in it, all else in it is answered."""
    rig.edit(root, "Text.")
    queries: list[Query[Any]] = [
        PageNow(Title(root)),
        PagesUnder(Title("A|b")),
        PagesUsing(Title("A|b")),
        UserNamed("Ada"),
    ]
    answers = rig.wiki().answer(queries)
    assert [answers[query] for query in queries[1:3]] == [(), ()]
    assert (answers[queries[0]].text, answers[queries[3]].exists) == ("Text.", True)


def test_more_than_an_answer_holds(rig: MediaWikiRig, root: str) -> None:
    """What the wiki leaves out of an answer for its size is asked for until it is there."""
    texts = {Title(f"{root}/{number}"): f"{number}" * 5000 for number in range(9)}
    for title, text in texts.items():
        rig.edit(title.text, text)
    rig.edit(f"{root}/0", "[[Category:Opted-out of message delivery]]" + "0" * 5000)
    rig.configure("$wgAPIMaxResultSize = 12000;")
    wiki = rig.wiki()
    answers = wiki.answer([PageNow(title) for title in texts])
    assert all(answers[PageNow(title)].text.endswith(text) for title, text in texts.items())
    assert [answers[PageNow(title)].opted_out for title in texts] == [True] + [False] * 8
    assert wiki.requests["read"] > 3
    assert len(answer(wiki, History(Title(f"{root}/0")))) == 2


def test_no_log_is_older_than_the_pages_that_come_with_it(rig: MediaWikiRig, root: str) -> None:
    """Where the pages take another request after the one with a log, that log is asked for once more."""
    since = LoggedSince(datetime.now(UTC) - timedelta(days=1))
    texts = {Title(f"{root}/{number}"): f"{number}" * 5000 for number in range(4)}
    for title, text in texts.items():
        rig.edit(title.text, text)
    rig.edit(f"{root}/A", f"#REDIRECT [[{root}/B]]")
    rig.edit(f"{root}/B", f"#REDIRECT [[{root}/A]]")
    wiki = rig.wiki()
    for titles, history in (([Title(f"{root}/0")], 1), ([Title(f"{root}/A")], 2)):
        wiki.requests.clear()
        wiki.answer([*(PageNow(title) for title in titles), since])
        assert wiki.requests["history"] == history
    rig.configure("$wgAPIMaxResultSize = 12000;")
    wiki.requests.clear()
    assert all(page.exists for page in wiki.answer([PageNow(title) for title in texts]).values())
    alone = wiki.requests["read"]
    wiki.requests.clear()
    wiki.answer([*(PageNow(title) for title in texts), since])
    assert wiki.requests == {"read": alone, "history": 2}


def test_an_edit_takes_one_request(rig: MediaWikiRig, root: str) -> None:
    """An edit is one request; to create a page takes a look at the log of moves first."""
    wiki = rig.wiki()
    wiki.requests.clear()
    created = wiki.act(Save(Title(root), "One.", None, "test"))
    assert (created.kind, wiki.requests) == (Kind.SAVED, {"history": 1, "edit": 1})
    saved = wiki.act(Save(Title(root), "Two.", created.revid, "test"))
    added = wiki.act(Append(Title(root), "\n\nThree.", saved.revid, "test"))
    assert (added.kind, wiki.requests) == (Kind.SAVED, {"history": 1, "edit": 3})


def test_every_request_is_counted(tunnel: Tunnel, root: str) -> None:
    """The counts are those of the requests that really go out, and each says who sends it."""
    environment = {**credentials(), "STRATEGYBOT_CONTACT": "ops@example.org"}
    wiki = MediaWikiWiki(tunnel.api, environment, IMPATIENT)
    wiki.start()
    page(wiki, root)
    wiki.act(Save(Title(root), "Text.", None, "test"))
    answer(wiki, History(Title(root)))
    assert wiki.requests == {"start": 3, "read": 1, "edit": 1, "history": 2}
    assert len(tunnel.sent) == wiki.requests.total()
    agents = {sent.headers["user-agent"] for sent in tunnel.sent}
    assert agents == {f"strategybot/{version('strategybot')} (ops@example.org) pywikibot/{version('pywikibot')}"}


# --- What the wiki doesn't show ---


REFUSED = [
    ("$wgEnableUserEmail = false;", Kind.UNREACHABLE),
    ("$wgReadOnly = 'moving';", Kind.READ_ONLY),
    (
        "$wgRateLimits = ['sendemail' => ['user' => [0, 60]]];"
        "$wgGroupPermissions['bot']['noratelimit'] = $wgGroupPermissions['sysop']['noratelimit'] = false;"
        "unset($wgGrantPermissions['highvolume']['noratelimit']);",
        Kind.RATE_LIMITED,
    ),
    ("$wgHooks['EmailUser'][] = static function () { return false; };", Kind.FAILED),
]


@pytest.mark.parametrize(("settings", "kind"), REFUSED)
def test_mail_refused_by_the_wiki(rig: MediaWikiRig, settings: str, kind: Kind) -> None:
    """Whatever keeps the wiki from sending a mail is told as what it is."""
    before = rig.mails()
    wiki = rig.wiki()
    rig.configure(settings)
    refused = wiki.act(Mail("Ada", "Subject", "Text."))
    assert (refused.kind, rig.mails()) == (kind, before), refused


@pytest.mark.parametrize("obstacle", ["no address", "wants no mail"])
def test_account_without_mail(rig: MediaWikiRig, root: str, obstacle: str) -> None:
    """An account that has no address, or wants no mail, gets none."""
    rig.throwaway.create_account(root)
    if obstacle == "wants no mail":
        rig.throwaway.maintenance("resetUserEmail", "--no-reset-password", root, "somebody@wiki.example")
        assert rig.wiki().act(Mail(root, "Subject", "Text.")).kind is Kind.SENT
        rig.throwaway.call_as(root, action="options", change="disablemail=1")
    assert rig.wiki().act(Mail(root, "Subject", "Text.")).kind is Kind.UNREACHABLE


def test_mail_of_an_account_without_address(rig: MediaWikiRig, root: str) -> None:
    """Without an address of its own the bot can send nothing, and is told so."""
    password = "bot0password0of0one0more0000000a1"  # noqa: S105  # it guards nothing
    rig.throwaway.create_account(root, ("bot",), bot_password=password, bot_grants=STRATEGY_BOT.bot_grants)
    environment = {"STRATEGYBOT_USER": root, "STRATEGYBOT_BOT_PASSWORD": f"strategybot@{password}"}
    wiki = MediaWikiWiki(rig.api, environment, IMPATIENT)
    wiki.start()
    assert wiki.act(Mail("Ada", "Subject", "Text.")).kind is Kind.UNREACHABLE


def test_options_without_the_grant(rig: MediaWikiRig) -> None:
    """Without its grant the account can remember nothing, which the outcome says."""
    refused = rig.wiki("FlaglessBot").act(Remember((("userjs-test", "1"),)))
    assert (refused.kind, "preferences" in refused.reason) == (Kind.FORBIDDEN, True)


def test_an_option_that_the_wiki_refuses(rig: MediaWikiRig) -> None:
    """An option that is too long isn't set, though the wiki calls it a success."""
    wiki = rig.wiki()
    assert wiki.act(Remember((("userjs-test", "x" * 70_000),))).kind is Kind.FORBIDDEN
    assert answer(wiki, OwnOptions("userjs-test")) == {}


def test_lost_answer_to_a_mail(rig: MediaWikiRig, tunnel: Tunnel) -> None:
    """A mail whose answer is lost is sent once, and nobody says that it wasn't."""
    before = rig.mails()
    wiki = rig.wiki(api=tunnel.api)
    tunnel.fail(RESET_AFTER)
    assert wiki.act(Mail("Ada", "Subject", "Text.")).kind is Kind.UNKNOWN
    assert len(rig.mails()) == len(before) + 1


# --- Other wikis ---


def test_another_wiki(rig: MediaWikiRig, root: str) -> None:
    """What is asked of another wiki, or meant for it, is not mistaken for this one's."""
    rig.edit(root, "Text.")
    wiki = rig.wiki()
    there = Title(root, "elsewhere.example")
    revision = page(wiki, root).revision
    assert revision is not None
    wiki.requests.clear()
    assert answer(wiki, PageNow(there)) == Page(there, asked=there, invalid=True)
    lists: list[Query[Any]] = [History(there), PagesUnder(there), PagesUsing(there)]
    assert [wiki.answer(lists)[query] for query in lists] == [()] * 3
    assert not answer(wiki, UserNamed("Ada", "elsewhere.example")).exists
    assert answer(wiki, RevisionById(revision.id, "elsewhere.example")) is None
    assert wiki.act(Save(there, "Text!", revision.id, "test")).kind is Kind.INVALID
    assert not wiki.requests


# --- What an edit is marked with ---


@pytest.mark.parametrize(("account", "flag"), [("StrategyBot", True), ("FlaglessBot", False)])
def test_marks_of_an_edit(rig: MediaWikiRig, root: str, account: str, flag: bool) -> None:
    """An edit is marked as a bot's where the account has the flag, is never minor, and is watched by nobody."""
    assert rig.wiki(account).act(Save(Title(root), "Text.", None, "test")).kind is Kind.SAVED
    changes = rig.throwaway.call(action="query", list="recentchanges", rctitle=root, rcprop="flags")
    marks = {key: changes["query"]["recentchanges"][0][key] for key in ("bot", "minor")}
    assert marks == {"bot": flag, "minor": False}


# --- Languages ---


def test_namespaces_of_another_language(rig: MediaWikiRig, root: str) -> None:
    """On a wiki in German every title comes with its namespace's canonical name, however it was asked for."""
    rig.edit(f"User:Ada/{root}", "Text.")
    rig.configure("$wgLanguageCode = 'de'; $wgMetaNamespace = 'Strategie';")
    wiki = MediaWikiWiki(rig.api, credentials(), IMPATIENT)
    site = wiki.start()
    names = [site.namespaces[name] for name in ("benutzer", "benutzer diskussion", "user", "strategie", "vorlage")]
    assert (site.language, names) == ("de", ["User", "User talk", "User", "Project", "Template"])
    assert (
        page(wiki, f"Benutzerin:Ada/{root}").title == page(wiki, f"User:Ada/{root}").title == Title(f"User:Ada/{root}")
    )
    assert answer(wiki, PagesUnder(Title(f"Benutzer:Ada/{root}"))) == (Title(f"User:Ada/{root}"),)
    assert wiki.act(Save(Title(f"Project:{root}"), "Text.", None, "test")).kind is Kind.SAVED
    assert page(wiki, f"Strategie:{root}").title == Title(f"Project:{root}")
