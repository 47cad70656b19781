"""The contract of the port: what every adapter of `Wiki` does, tested the same way on each.

A test module of an adapter subclasses `WikiContract` and gives it a fixture `rig`. The wiki behind the rig
may keep what earlier tests left on it: every test works on titles of its own, compares times to the
second, and takes revision ids as they come.
"""

from __future__ import annotations

import itertools
import uuid
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import pytest

from strategybot.model.comment import Comment, Heading
from strategybot.model.page import Page, Revision, Title
from strategybot.wiki.port import (
    FEW,
    THREADING,
    Append,
    CategoryMembers,
    CommentFound,
    Contributions,
    History,
    HistorySince,
    ImportedSince,
    Kind,
    LoggedSince,
    Mail,
    MessagesSent,
    MovesFrom,
    Outcome,
    OwnOptions,
    PageAt,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    Remember,
    RenamedTo,
    RevisionById,
    Save,
    Threads,
    UserNamed,
    Wiki,
)

T = TypeVar("T")

DAYS = itertools.count()
HOUR = timedelta(hours=1)

WHERE = [("Talk", ""), ("Talk", "/Archive"), ("Project talk", "/Odd")]


class Rig(Protocol):
    """A wiki to test against, and the hands of the people who use it.

    Accounts on it: Admin (sysop), StrategyBot (flagged as a bot), FlaglessBot (no groups, and not allowed to send
    mail or to set options), Ada and Bo (plain people), Blocked (blocked). The others can send mail and be sent some.
    When a call returns, the wiki has digested it: links and categories are in place.
    """

    def wiki(self, account: str = "StrategyBot") -> Wiki:
        """The adapter under test, started, logged in as StrategyBot, FlaglessBot or Blocked: a new one each time."""
        ...

    def edit(self, title: str, text: str, user: str = "Ada", summary: str = "") -> int:
        """Somebody's edit, which makes the page read `text`: the id of the new revision."""
        ...

    def edit_often(self, title: str, count: int) -> list[int]:
        """Many edits of Ada's, `Text 0` with the summary `edit 0` and so on: the ids of the new revisions."""
        ...

    def delete(self, title: str) -> None:
        """An admin deletes the page."""
        ...

    def move(self, old: str, new: str, redirect: bool = True) -> None:
        """An admin moves the page, leaving a redirect or not."""
        ...

    def protect(self, title: str) -> None:
        """An admin protects the page: only sysops may edit it."""
        ...

    def block(self, user: str) -> None:
        """An admin blocks the account from all editing."""
        ...

    def join(self, name: str) -> None:
        """Somebody registers that name now."""
        ...

    def rename(self, old: str, new: str) -> None:
        """A steward gives an account another name."""
        ...

    def hide(self, revid: int, text: bool = True, user: bool = False, summary: bool = False) -> None:
        """An admin hides parts of a revision, which is not the newest of its page, from everyone."""
        ...

    def set_clock(self, time: datetime) -> None:
        """Set the wiki's clock; it may run on from there, or stand still."""
        ...

    def mails(self) -> list[Mail]:
        """All mails that were sent on the wiki, the oldest first; the wiki may have put a line below the text."""
        ...


def answer(wiki: Wiki, query: Query[T]) -> T:
    """The answer to a single question."""
    result: T = wiki.answer([query])[query]
    return result


def page(wiki: Wiki, title: str) -> Page:
    """What stands at a title now."""
    return answer(wiki, PageNow(Title(title)))


def texts(revisions: tuple[Revision, ...]) -> list[str | None]:
    return [revision.text for revision in revisions]


def names(titles: tuple[Title, ...]) -> list[str]:
    return [title.text for title in titles]


class WikiContract:
    """Every adapter passes these. A subclass gives the fixture `rig`."""

    @pytest.fixture
    def root(self) -> str:
        """A title of this test's own; nothing stands at it or under it."""
        return f"Contract {uuid.uuid4().hex}"

    @pytest.fixture
    def noon(self, rig: Rig) -> datetime:
        """A noon that the wiki's clock was set to, later than those of earlier tests: caches know no way back."""
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=next(DAYS))
        rig.set_clock(noon)
        return noon

    # --- The start ---

    def test_start_names_the_account(self, rig: Rig) -> None:
        """The site knows the account it was started with, with its groups and rights."""
        account = rig.wiki().start().account
        assert (account.name, account.exists, account.blocked) == ("StrategyBot", True, False)
        assert "bot" in account.groups
        assert {"edit", "apihighlimits"} <= account.rights

    @pytest.mark.parametrize(("name", "batch"), [("StrategyBot", 500), ("FlaglessBot", 50)])
    def test_start_tells_the_size_of_a_batch(self, rig: Rig, name: str, batch: int) -> None:
        """A flagged bot may ask for 500 titles at once, any other account for 50."""
        assert rig.wiki(name).start().batch == batch

    def test_start_tells_that_the_account_is_blocked(self, rig: Rig) -> None:
        """A blocked account is known as blocked from the start."""
        assert rig.wiki("Blocked").start().account.blocked

    def test_start_tells_the_wikis_time(self, rig: Rig, noon: datetime) -> None:
        """The time is the wiki's own, in UTC."""
        assert abs(rig.wiki().start().time - noon) < timedelta(minutes=1)

    @pytest.mark.parametrize(
        ("name", "canonical"),
        [
            ("", ""),
            ("talk", "Talk"),
            ("user", "User"),
            ("user talk", "User talk"),
            ("project", "Project"),
            ("file", "File"),
            ("image", "File"),
            ("mediawiki", "MediaWiki"),
            ("template", "Template"),
            ("help", "Help"),
            ("category talk", "Category talk"),
        ],
    )
    def test_start_tells_the_namespaces(self, rig: Rig, name: str, canonical: str) -> None:
        """Every namespace is known by its names and aliases in lower case."""
        assert rig.wiki().start().namespaces[name] == canonical

    # --- Pages ---

    def test_page_is_read(self, rig: Rig, root: str, noon: datetime) -> None:
        """A page's newest revision comes with its text, author, summary, time and parent."""
        first = rig.edit(root, "One.")
        second = rig.edit(root, "Two.", user="Bo", summary="counting")
        found = page(rig.wiki(), root)
        assert (found.title, found.asked, found.model) == (Title(root), Title(root), "wikitext")
        assert (found.protection, found.opted_out, found.invalid) == ("", False, False)
        revision = found.revision
        assert revision is not None
        assert (revision.id, revision.parent, revision.text) == (second, first, "Two.")
        assert (revision.user, revision.summary) == ("Bo", "counting")
        assert abs(revision.time - noon) < timedelta(minutes=1)

    def test_pages_are_read_together(self, rig: Rig, root: str) -> None:
        """Every title gets its own page, whatever their order and however often it is asked."""
        for name in "ABC":
            rig.edit(f"{root}/{name}", f"Text of {name}.")
        queries = [PageNow(Title(f"{root}/{name}")) for name in "CABXA"]
        answers = rig.wiki().answer(queries)
        assert [answers[query].text for query in queries] == [
            "Text of C.",
            "Text of A.",
            "Text of B.",
            "",
            "Text of A.",
        ]

    @pytest.mark.parametrize(("account", "requests"), [("StrategyBot", 1), ("FlaglessBot", 3)])
    def test_many_titles_take_few_requests(self, rig: Rig, root: str, account: str, requests: int) -> None:
        """120 titles are read in one request with the bot flag and in three without."""
        rig.edit(f"{root}/7", "Seven.")
        rig.edit(f"{root}/119", "The last.")
        queries = [PageNow(Title(f"{root}/{number}")) for number in range(120)]
        wiki = rig.wiki(account)
        before = wiki.requests["read"]
        answers = wiki.answer(queries)
        assert wiki.requests["read"] - before == requests
        assert {query.title.text: answers[query].text for query in queries if answers[query].exists} == {
            f"{root}/7": "Seven.",
            f"{root}/119": "The last.",
        }

    def test_requests_are_counted_by_purpose(self, rig: Rig, root: str) -> None:
        """Reading the stop page is counted apart, histories and revisions by id always as history."""
        revid = rig.edit(root, "Text.")
        wiki = rig.wiki()
        wiki.requests.clear()
        wiki.answer([PageNow(Title(root))], purpose="stop")
        wiki.answer([History(Title(root)), RevisionById(revid)], purpose="stop")
        wiki.act(Save(Title(root), "Text!", base=revid, summary="test"))
        assert wiki.requests["stop"] == 1
        assert wiki.requests["history"] == 2
        assert wiki.requests["edit"] >= 1
        assert wiki.requests["read"] == 0

    def test_questions_share_a_request(self, rig: Rig, root: str) -> None:
        """Pages, accounts and lists of pages that are asked for together take one request."""
        rig.edit(f"Template:{root}", "A template.")
        rig.edit(f"{root}/A", f"{{{{{root}}}}}")
        pages, account = PageNow(Title(f"{root}/A")), UserNamed("Ada")
        under, using = PagesUnder(Title(f"{root}/")), PagesUsing(Title(f"Template:{root}"))
        wiki = rig.wiki()
        before = wiki.requests["read"]
        answers = wiki.answer([pages, account, under, using])
        assert wiki.requests["read"] - before == 1
        assert (answers[pages].exists, answers[account].exists) == (True, True)
        assert answers[under] == answers[using] == (Title(f"{root}/A"),)

    def test_pages_come_along(self, rig: Rig, root: str) -> None:
        """Titles bring their pages along in the same request, but for redirects, and where there are few of them."""
        for name in "AB":
            rig.edit(f"{root}/{name}", f"Page {name}.")
        rig.edit(f"{root}/C", f"#REDIRECT [[{root}/A]]")
        under, none = PagesUnder(Title(f"{root}/"), along=True), PagesUnder(Title(f"{root}/None/"), along=True)
        wiki = rig.wiki()
        assert wiki.answer([none]) == {none: ()}
        wiki.requests.clear()
        answers = wiki.answer([under])
        assert wiki.requests == {"read": 1}
        assert names(answers.pop(under)) == [f"{root}/{name}" for name in "ABC"]
        assert {query.title.text for query in answers} == {f"{root}/A", f"{root}/B"}
        for query, found in answers.items():
            alone = answer(wiki, query)
            assert [getattr(found, field.name) for field in fields(Page)] == [
                getattr(alone, field.name) for field in fields(Page)
            ]

    def test_many_pages_stay_behind(self, rig: Rig, root: str) -> None:
        """Where there are more pages than a few, their titles are all that comes, after a look."""
        for number in range(FEW + 1):
            rig.edit(f"{root}/{number}", "Text.")
        under = PagesUnder(Title(f"{root}/"), along=True)
        wiki = rig.wiki()
        wiki.requests.clear()
        assert wiki.answer([under]) == {under: answer(wiki, PagesUnder(Title(f"{root}/")))}
        assert wiki.requests == {"read": 3}

    @pytest.mark.parametrize(
        ("account", "pages", "renamed", "requests"),
        [
            ("StrategyBot", 0, 0, {"history": 2}),
            ("StrategyBot", 1, 0, {"read": 1, "history": 1}),
            ("StrategyBot", 60, 1, {"read": 2, "history": 1}),
            ("FlaglessBot", 60, 1, {"read": 2, "history": 1}),
            ("FlaglessBot", 60, 3, {"read": 4, "history": 1}),
        ],
    )
    def test_a_log_comes_with_the_last_pages(
        self, rig: Rig, root: str, noon: datetime, account: str, pages: int, renamed: int, requests: dict[str, int]
    ) -> None:
        """One of the two logs of deletions and moves shares a request with the last lot of pages."""
        rig.edit(f"{root}/0", "Text.")
        rig.edit(f"{root}/Gone", "Text.")
        rig.delete(f"{root}/Gone")
        wiki = rig.wiki(account)
        wiki.requests.clear()
        here = [PageNow(Title(f"{root}/{number}")) for number in range(pages)]
        names = [RenamedTo(f"{root} {number}") for number in range(renamed)]
        answers = wiki.answer([*here, *names, LoggedSince(noon)])
        assert wiki.requests == requests
        assert [one.title for one in answers[LoggedSince(noon)]][:1] == [Title(f"{root}/Gone")]
        assert [answers[query].exists for query in here] == [True, *[False] * (pages - 1)][:pages]

    def test_missing_page(self, rig: Rig, root: str) -> None:
        """A title where nothing stands has a page without a revision."""
        found = page(rig.wiki(), root)
        assert found == Page(Title(root), asked=Title(root))
        assert not found.exists

    @pytest.mark.parametrize(
        "title",
        [
            "A[b",
            "A]b",
            "A{b",
            "A}b",
            "A|b",
            "A#b",
            "A<b",
            "A>b",
            "A\x07b",
            "A\ufffdb",
            "A%41b",
            "A~~~b",
            "..",
            "A/./b",
            "A/../b",
            "A/..",
            "User:",
            "User::Ada",
            "Talk:User:Ada",
            "é" * 128,
        ],
    )
    def test_invalid_title(self, rig: Rig, title: str) -> None:
        """A title that no page can have is answered as invalid, and nothing can be saved there."""
        wiki = rig.wiki()
        found = page(wiki, title)
        assert (found.asked, found.invalid, found.exists) == (Title(title), True, False)
        assert wiki.act(Save(Title(title), "Text.", base=None, summary="test")).kind is Kind.INVALID

    def test_invalid_title_among_others(self, rig: Rig, root: str) -> None:
        """One invalid title doesn't spoil the answers to the rest of its batch."""
        rig.edit(root, "Text.")
        good, bad = PageNow(Title(root)), PageNow(Title("A|b"))
        answers = rig.wiki().answer([bad, good])
        assert (answers[good].text, answers[bad].invalid) == ("Text.", True)

    def test_another_wiki(self, rig: Rig, root: str) -> None:
        """What is asked of another wiki, or meant for it, is not mistaken for this one's."""
        revid = rig.edit(root, "Text.")
        there = Title(root, "elsewhere.example")
        wiki = rig.wiki()
        assert answer(wiki, PageNow(there)) == Page(there, asked=there, invalid=True)
        assert not answer(wiki, PageAt(there, datetime.now(UTC))).exists
        assert answer(wiki, History(there)) == ()
        assert answer(wiki, PagesUnder(there)) == ()
        assert answer(wiki, PagesUsing(there)) == ()
        assert answer(wiki, RevisionById(revid, "elsewhere.example")) is None
        assert not answer(wiki, UserNamed("Ada", "elsewhere.example")).exists
        assert wiki.act(Save(there, "Text!", base=revid, summary="test")).kind is Kind.INVALID
        assert page(wiki, root).text == "Text."

    @pytest.mark.parametrize("spelling", ["template:{}", "TEMPLATE: {}", "Template:{}_", "Template:c{}"])
    def test_title_is_normalised(self, rig: Rig, root: str, spelling: str) -> None:
        """Namespaces are known in any case, underscores are spaces, and the first letter is upper-case."""
        rig.edit(f"Template:{root}", "Text.")
        asked = spelling.format(root if "c{}" not in spelling else root[1:])
        found = page(rig.wiki(), asked)
        assert (found.asked, found.title, found.text) == (Title(asked), Title(f"Template:{root}"), "Text.")

    @pytest.mark.parametrize(
        "name",
        ["Équipe d'été", "فريق العمل", "工作组", "🌍🏳️‍🌈", "Rôles & Responsabilités (2026)", 'A "quoted" title?'],
    )
    def test_title_in_any_script(self, rig: Rig, root: str, name: str) -> None:
        """Titles of all languages are read and listed as they are."""
        rig.edit(f"{root}/{name}", "Text.")
        wiki = rig.wiki()
        assert page(wiki, f"{root}/{name}").text == "Text."
        assert names(answer(wiki, PagesUnder(Title(root)))) == [f"{root}/{name}"]

    @pytest.mark.parametrize(
        ("ending", "model"), [(".json", "json"), (".css", "css"), (".js", "javascript"), ("", "wikitext")]
    )
    def test_content_model(self, rig: Rig, root: str, ending: str, model: str) -> None:
        """A page under a user page has the content model of its ending."""
        rig.edit(f"User:Ada/{root}{ending}", "{}")
        assert page(rig.wiki(), f"User:Ada/{root}{ending}").model == model

    def test_language_of_a_page(self, rig: Rig, root: str) -> None:
        """A page is in the wiki's language, be it there or not."""
        rig.edit(root, "Bonjour.")
        wiki = rig.wiki()
        assert [page(wiki, title).language for title in (root, f"Talk:{root}", "A|b")] == ["en", "en", ""]

    def test_protection_is_told(self, rig: Rig, root: str) -> None:
        """A protected page names the group that may edit it."""
        rig.edit(root, "Text.")
        rig.protect(root)
        assert page(rig.wiki(), root).protection == "sysop"

    @pytest.mark.parametrize(
        ("text", "opted_out"),
        [
            ("[[Category:Opted-out of message delivery]]", True),
            ("[[ category : opted-out_of message delivery | key ]]", True),
            ("[[:Category:Opted-out of message delivery]]", False),
            ("<nowiki>[[Category:Opted-out of message delivery]]</nowiki>", False),
            ("<!-- [[Category:Opted-out of message delivery]] -->", False),
            ("Opted-out of message delivery", False),
        ],
    )
    def test_opting_out(self, rig: Rig, root: str, text: str, opted_out: bool) -> None:
        """Who is in the category doesn't want messages."""
        rig.edit(f"User talk:{root}", text)
        assert page(rig.wiki(), f"User talk:{root}").opted_out is opted_out

    def test_opting_out_with_a_template(self, rig: Rig, root: str) -> None:
        """The category counts where a template puts the page into it, and not on that template's own page."""
        template = f"Template:{root}"
        rig.edit(template, "No mail.<includeonly>[[Category:Opted-out of message delivery]]</includeonly>")
        rig.edit(f"User talk:{root}", f"{{{{{root}}}}}")
        wiki = rig.wiki()
        assert page(wiki, f"User talk:{root}").opted_out
        assert not page(wiki, template).opted_out

    # --- Redirects ---

    @pytest.mark.parametrize(
        "redirect",
        ["#REDIRECT [[{}]]", "#redirect: [[{}]]", "\n#Redirect[[{}#Section]] text", "#REDIRECT [[:{}|label]]"],
    )
    def test_redirect_is_followed(self, rig: Rig, root: str, redirect: str) -> None:
        """A redirect is answered with the page that it leads to, under the title that was asked for."""
        rig.edit(f"{root}/New", "Here.")
        rig.edit(f"{root}/Old", redirect.format(f"{root}/New"))
        found = page(rig.wiki(), f"{root}/Old")
        assert (found.asked, found.title, found.text) == (Title(f"{root}/Old"), Title(f"{root}/New"), "Here.")

    def test_redirect_to_a_redirect_is_followed(self, rig: Rig, root: str) -> None:
        """A chain of redirects is followed to its end."""
        for here, there in [("A", "B"), ("B", "C"), ("C", "D")]:
            rig.edit(f"{root}/{here}", f"#REDIRECT [[{root}/{there}]]")
        rig.edit(f"{root}/D", "Here.")
        assert page(rig.wiki(), f"{root}/A").title == Title(f"{root}/D")

    def test_redirect_and_its_target_in_one_batch(self, rig: Rig, root: str) -> None:
        """Redirect and target may be asked for together."""
        rig.edit(f"{root}/New", "Here.")
        rig.edit(f"{root}/Old", f"#REDIRECT [[{root}/New]]")
        queries = [PageNow(Title(f"{root}/{name}")) for name in ("New", "Old")]
        answers = rig.wiki().answer(queries)
        assert [answers[query].title for query in queries] == [Title(f"{root}/New")] * 2
        assert [answers[query].redirected for query in queries] == [False, True]
        assert [answers[query].asked for query in queries] == [query.title for query in queries]

    def test_redirect_to_a_missing_page(self, rig: Rig, root: str) -> None:
        """A redirect to nowhere is answered as the missing page that it leads to."""
        rig.edit(f"{root}/Old", f"#REDIRECT [[{root}/New]]")
        assert page(rig.wiki(), f"{root}/Old") == Page(
            Title(f"{root}/New"), asked=Title(f"{root}/Old"), redirected=True
        )

    def test_redirects_in_a_circle(self, rig: Rig, root: str) -> None:
        """Where redirects lead in a circle, the page that was asked for is answered as it is."""
        rig.edit(f"{root}/A", f"#REDIRECT [[{root}/B]]")
        rig.edit(f"{root}/B", f"#REDIRECT [[{root}/A]]")
        wiki = rig.wiki()
        assert page(wiki, f"{root}/A").title == Title(f"{root}/A")
        assert page(wiki, f"{root}/A").text == f"#REDIRECT [[{root}/B]]"
        assert page(wiki, f"{root}/B").text == f"#REDIRECT [[{root}/A]]"
        assert (page(wiki, f"{root}/A").leads_nowhere, page(wiki, root).leads_nowhere) == (True, False)

    def test_redirect_to_itself(self, rig: Rig, root: str) -> None:
        """A redirect to itself is answered as it is."""
        rig.edit(root, f"#REDIRECT [[{root}]]")
        assert page(rig.wiki(), root).text == f"#REDIRECT [[{root}]]"

    @pytest.mark.parametrize(
        ("asked", "spelled", "is_talk"),
        [
            ("{}", "{}", False),
            ("Talk:{}", "Talk:{}", True),
            ("small talk:{}", "Small talk:{}", False),
            ("image talk:x {}", "File talk:X {}", True),
            ("user:x {}", "User:X {}", False),
            ("A|b", None, False),
        ],
    )
    def test_talk_pages(self, rig: Rig, root: str, asked: str, spelled: str | None, is_talk: bool) -> None:
        """The wiki says how it spells a title, and whether that is a talk page's, be there a page or not."""
        title = Title(asked.format(root))
        for _ in range(2):
            found = page(rig.wiki(), title.text)
            assert (found.spelled, found.is_talk) == (spelled and Title(spelled.format(root)), is_talk)
            if spelled and not title.text.startswith("Image"):
                rig.edit(title.text, "Text.")

    def test_where_redirects_lead(self, rig: Rig, root: str) -> None:
        """A redirect is answered in its own spelling, with what the wiki says of the page that it leads to."""
        rig.edit(f"Template:{root}", f"#REDIRECT [[Talk:{root}]]")
        found = page(rig.wiki(), f"template:{root}")
        assert (found.title, found.spelled) == (Title(f"Talk:{root}"), Title(f"Template:{root}"))
        assert (found.is_talk, found.leads_nowhere) == (True, False)

    def test_tags_of_redirects(self, rig: Rig, root: str, noon: datetime) -> None:
        """The tags of a revision tell that it makes its page a redirect, leads it elsewhere, or ends that."""
        texts = ("Text.", f"#REDIRECT [[{root}/A]]", f"#REDIRECT [[{root}/B]]", "#REDIRECT [[{root}/B]] Words.", "Text")
        for text in texts:
            rig.edit(root, text.format(root=root))
        rig.edit(f"{root}/New", f"#REDIRECT [[{root}]]")
        tags = [
            {tag for tag in one.tags if "redirect" in tag}
            for title in (root, f"{root}/New")
            for one in answer(rig.wiki(), HistorySince(Title(title), noon))
        ]
        assert tags == [
            {"mw-removed-redirect"},
            set(),
            {"mw-changed-redirect-target"},
            {"mw-new-redirect"},
            set(),
            {"mw-new-redirect"},
        ]

    def test_moved_page_is_found_at_its_old_title(self, rig: Rig, root: str) -> None:
        """After a move the old title leads to the page."""
        rig.edit(f"{root}/Old", "Here.")
        rig.move(f"{root}/Old", f"{root}/New")
        found = page(rig.wiki(), f"{root}/Old")
        assert (found.title, found.text) == (Title(f"{root}/New"), "Here.")

    # --- Moves ---

    def test_moves(self, rig: Rig, root: str) -> None:
        """The moves from a title are told newest first, and all moves of a wiki are numbered in their order."""
        a, b, c, d = (Title(f"{root}/{name}") for name in "ABCD")
        rig.edit(a.text, "One.")
        rig.move(a.text, b.text, redirect=False)
        rig.edit(a.text, "Two.")
        rig.move(a.text, c.text)
        rig.move(b.text, d.text, redirect=False)
        wiki = rig.wiki()
        answers = wiki.answer([MovesFrom(title) for title in (a, b, c)])
        assert [move.target for move in answers[MovesFrom(a)]] == [c, b]
        assert [move.target for move in answers[MovesFrom(b)]] == [d]
        assert answers[MovesFrom(c)] == ()
        second, first = answers[MovesFrom(a)]
        assert first.number < second.number < answers[MovesFrom(b)][0].number

    def test_moved_out_and_back(self, rig: Rig, root: str) -> None:
        """A page that went back over its redirect has moves from both titles."""
        here, there = Title(f"{root}/Here"), Title(f"{root}/There")
        rig.edit(here.text, "Text.")
        rig.move(here.text, there.text)
        rig.move(there.text, here.text)
        wiki = rig.wiki()
        assert [move.target for move in answer(wiki, MovesFrom(here))] == [there]
        assert [move.target for move in answer(wiki, MovesFrom(there))] == [here]
        assert (page(wiki, here.text).redirected, page(wiki, there.text).redirected) == (False, True)

    @pytest.mark.parametrize("title", ["", "A|b", "/A redirect"])
    def test_no_moves(self, rig: Rig, root: str, title: str) -> None:
        """From where nothing was moved there are no moves; a redirect that somebody wrote is none."""
        rig.edit(f"{root}/A redirect", f"#REDIRECT [[{root}/New]]")
        asked = title if "|" in title else root + title
        assert answer(rig.wiki(), MovesFrom(Title(asked))) == ()

    # --- The past ---

    def test_history(self, rig: Rig, root: str) -> None:
        """A history has the newest revision first, each with text, author, summary and parent."""
        ids = [
            rig.edit(root, f"Text {number}", user, f"edit {number}") for number, user in enumerate(["Ada", "Bo", "Ada"])
        ]
        history = answer(rig.wiki(), History(Title(root)))
        assert [revision.id for revision in history] == ids[::-1]
        assert [revision.parent for revision in history] == [ids[1], ids[0], 0]
        assert [revision.user for revision in history] == ["Ada", "Bo", "Ada"]
        assert [revision.summary for revision in history] == ["edit 2", "edit 1", "edit 0"]
        assert texts(history) == ["Text 2", "Text 1", "Text 0"]

    def test_history_in_pieces(self, rig: Rig, root: str) -> None:
        """A history ends at its limit and goes on before a revision, which it leaves out."""
        ids = [rig.edit(root, f"Text {number}") for number in range(5)]
        wiki = rig.wiki()
        assert texts(answer(wiki, History(Title(root), limit=2))) == ["Text 4", "Text 3"]
        assert texts(answer(wiki, History(Title(root), before=ids[3], limit=2))) == ["Text 2", "Text 1"]
        assert texts(answer(wiki, History(Title(root), before=ids[1]))) == ["Text 0"]
        assert answer(wiki, History(Title(root), before=ids[0])) == ()

    def test_history_longer_than_a_batch(self, rig: Rig, root: str) -> None:
        """A limit of more than the wiki gives at once is kept all the same."""
        rig.edit_often(root, 60)
        history = answer(rig.wiki("FlaglessBot"), History(Title(root), limit=55))
        assert texts(history) == [f"Text {number}" for number in range(59, 4, -1)]

    @pytest.mark.parametrize(("account", "number"), [("StrategyBot", 60), ("FlaglessBot", 50)])
    def test_history_without_a_limit(self, rig: Rig, root: str, account: str, number: int) -> None:
        """Without a limit one request tells as many revisions as it can: 500 with the bot flag, and 50 without."""
        rig.edit_often(root, 60)
        wiki = rig.wiki(account)
        wiki.requests.clear()
        lot = answer(wiki, History(Title(root), limit=None))
        assert (len(lot), wiki.requests["history"]) == (number, 1)
        rest = answer(wiki, History(Title(root), before=lot[-1].id, limit=None))
        assert texts(rest) == [f"Text {count}" for count in reversed(range(60 - number))]

    def test_history_of_a_missing_page(self, rig: Rig, root: str) -> None:
        """Where nothing stands there is no history, nor at an invalid title."""
        wiki = rig.wiki()
        assert answer(wiki, History(Title(root))) == ()
        assert answer(wiki, History(Title("A|b"))) == ()

    def test_history_of_a_redirect(self, rig: Rig, root: str) -> None:
        """A history is that of the title itself, a redirect's too."""
        rig.edit(f"{root}/New", "Here.")
        rig.edit(f"{root}/Old", f"#REDIRECT [[{root}/New]]")
        assert texts(answer(rig.wiki(), History(Title(f"{root}/Old")))) == [f"#REDIRECT [[{root}/New]]"]

    def test_history_moves_along(self, rig: Rig, root: str) -> None:
        """A moved page takes its history with it; the revisions keep their ids."""
        revid = rig.edit(f"{root}/Old", "Here.")
        rig.move(f"{root}/Old", f"{root}/New")
        assert answer(rig.wiki(), History(Title(f"{root}/New")))[-1].id == revid

    @pytest.mark.parametrize("redirect", [True, False])
    def test_page_of_a_revision(self, rig: Rig, root: str, redirect: bool) -> None:
        """A revision by its id tells on which page it stands now, wherever that was moved."""
        revid = rig.edit(f"{root}/Old", "Text.")
        rig.move(f"{root}/Old", f"{root}/New", redirect=redirect)
        found = answer(rig.wiki(), RevisionById(revid))
        assert found is not None
        assert (found.id, found.page) == (revid, Title(f"{root}/New"))

    def test_hidden_parts(self, rig: Rig, root: str) -> None:
        """What is hidden is None, in histories and by id, and the rest stays to be seen."""
        one, two, three = (rig.edit(root, f"Text {number}", summary=f"edit {number}") for number in range(3))
        rig.edit(root, "Text 3")
        rig.hide(one)
        rig.hide(two, text=False, user=True)
        rig.hide(three, text=True, user=True, summary=True)
        wiki = rig.wiki()
        seen = [(revision.text, revision.user, revision.summary) for revision in answer(wiki, History(Title(root)))[1:]]
        assert seen == [(None, None, None), ("Text 1", None, "edit 1"), (None, "Ada", "edit 0")]
        hidden = answer(wiki, RevisionById(three))
        assert hidden is not None
        assert (hidden.text, hidden.user, hidden.summary, hidden.parent) == (None, None, None, two)

    def test_revision_by_id(self, rig: Rig, root: str) -> None:
        """Revisions are found by their ids, of several pages together."""
        old, new = rig.edit(f"{root}/A", "Old."), rig.edit(f"{root}/A", "New.", summary="why")
        other = rig.edit(f"{root}/B", "Other.", user="Bo")
        queries = [RevisionById(revid) for revid in (other, old, new)]
        wiki = rig.wiki()
        before = wiki.requests["history"]
        answers = wiki.answer(queries)
        assert wiki.requests["history"] - before == 1
        assert [(answers[query].id, answers[query].text, answers[query].user) for query in queries] == [
            (other, "Other.", "Bo"),
            (old, "Old.", "Ada"),
            (new, "New.", "Ada"),
        ]

    def test_revision_by_id_that_is_gone(self, rig: Rig, root: str) -> None:
        """A revision of a deleted page, and one that never was, is None."""
        revid = rig.edit(root, "Text.")
        rig.delete(root)
        wiki = rig.wiki()
        assert answer(wiki, RevisionById(revid)) is None
        assert answer(wiki, RevisionById(2_000_000_000)) is None

    def test_page_at_a_time(self, rig: Rig, root: str, noon: datetime) -> None:
        """A page as of a time is its newest revision not later than that."""
        rig.edit(root, "Noon.")
        rig.set_clock(noon + 2 * HOUR)
        rig.edit(root, "Two.")
        title, wiki = Title(root), rig.wiki()
        times = [noon - HOUR, noon + HOUR, noon + 3 * HOUR]
        assert [answer(wiki, PageAt(title, time)).text for time in times] == ["", "Noon.", "Two."]
        assert not answer(wiki, PageAt(title, times[0])).exists
        assert answer(wiki, PageAt(title, times[1])).title == title

    def test_page_at_the_very_second(self, rig: Rig, root: str, noon: datetime) -> None:
        """A revision counts from its own second on."""
        rig.edit(root, "Text.")
        wiki = rig.wiki()
        revision = page(wiki, root).revision
        assert revision is not None
        assert revision.time >= noon
        assert answer(wiki, PageAt(Title(root), revision.time)).exists
        assert not answer(wiki, PageAt(Title(root), revision.time - timedelta(seconds=1))).exists

    def test_redirect_at_a_time(self, rig: Rig, root: str, noon: datetime) -> None:
        """Redirects are not followed in the past."""
        rig.edit(f"{root}/Old", f"#REDIRECT [[{root}/New]]")
        found = answer(rig.wiki(), PageAt(Title(f"{root}/Old"), noon + HOUR))
        assert (found.title, found.text) == (Title(f"{root}/Old"), f"#REDIRECT [[{root}/New]]")

    def test_deleted_page_at_a_time(self, rig: Rig, root: str, noon: datetime) -> None:
        """A deleted page has no past to read."""
        rig.edit(root, "Text.")
        rig.delete(root)
        wiki = rig.wiki()
        assert not answer(wiki, PageAt(Title(root), noon + HOUR)).exists
        assert not page(wiki, root).exists
        assert answer(wiki, History(Title(root))) == ()

    # --- What was done ---

    def test_contributions(self, rig: Rig, root: str, noon: datetime) -> None:
        """The account's own edits since a moment come newest first, with pages and summaries, wherever they stand."""
        wiki = rig.wiki()
        first = wiki.act(Save(Title(f"{root}/A"), "One.", base=None, summary="one"))
        rig.edit(f"{root}/A", "Something else.", summary="by Ada")
        second = wiki.act(Save(Title(f"Talk:{root}/B"), "Two.", base=None, summary="two"))
        third = wiki.act(Append(Title(f"Talk:{root}/B"), "\n\nThree.", base=second.revid, summary="three"))
        rig.move(f"{root}/A", f"{root}/Archive", redirect=False)
        found = answer(rig.wiki(), Contributions(noon))
        assert [(one.page, one.user, one.summary, one.text) for one in found] == [
            (Title(f"Talk:{root}/B"), "StrategyBot", "three", None),
            (Title(f"Talk:{root}/B"), "StrategyBot", "two", None),
            (Title(f"{root}/Archive"), "StrategyBot", "one", None),
        ]
        assert [(one.id, one.parent) for one in found] == [
            (third.revid, second.revid),
            (second.revid, 0),
            (first.revid, 0),
        ]
        assert abs(found[0].time - noon) < timedelta(minutes=1)
        assert answer(rig.wiki("FlaglessBot"), Contributions(noon)) == ()
        assert answer(wiki, Contributions(noon + HOUR)) == ()

    def test_contributions_that_nobody_sees(self, rig: Rig, root: str, noon: datetime) -> None:
        """What was deleted, or saved under a name that is hidden, isn't told; a hidden summary is None."""
        wiki = rig.wiki()
        for name in "ABC":
            saved = wiki.act(Save(Title(f"{root}/{name}"), "One.", base=None, summary=f"on {name}"))
            rig.edit(f"{root}/{name}", "Two.")
            rig.hide(saved.revid or 0, text=name == "C", user=name == "A", summary=name == "B")
        rig.delete(f"{root}/C")
        found = answer(rig.wiki(), Contributions(noon))
        assert [(one.page, one.summary) for one in found] == [(Title(f"{root}/B"), None)]

    @pytest.mark.parametrize(("account", "requests"), [("StrategyBot", 1), ("FlaglessBot", 1)])
    def test_history_since(self, rig: Rig, root: str, noon: datetime, account: str, requests: int) -> None:
        """A page's revisions since a moment come in one request, however long they are, without texts."""
        rig.edit(root, "Before.")
        rig.set_clock(noon + HOUR)
        ids = rig.edit_often(root, 60)
        rig.hide(ids[0], user=True, summary=True)
        wiki = rig.wiki(account)
        wiki.requests.clear()
        found = answer(wiki, HistorySince(Title(root), noon + HOUR))
        assert wiki.requests == {"history": requests}
        assert [one.id for one in found] == ids[::-1]
        assert [(one.user, one.summary, one.text) for one in (found[0], found[-1])] == [
            ("Ada", "edit 59", None),
            (None, None, None),
        ]
        assert answer(wiki, HistorySince(Title(root), noon + 3 * HOUR)) == ()
        assert answer(wiki, HistorySince(Title(f"{root}/Missing"), noon)) == ()
        assert answer(wiki, HistorySince(Title("A|b"), noon)) == ()

    def test_logged_since(self, rig: Rig, root: str, noon: datetime) -> None:
        """Deletions and moves since a moment come newest first; a redirect that a move replaces is no deletion."""
        for name in "ABC":
            rig.edit(f"Talk:{root}/{name}", "Text.")
        rig.delete(f"Talk:{root}/A")
        rig.set_clock(noon + HOUR)
        rig.move(f"Talk:{root}/B", f"Talk:{root}/Elsewhere")
        rig.set_clock(noon + 2 * HOUR)
        rig.move(f"Talk:{root}/Elsewhere", f"Talk:{root}/B")
        rig.set_clock(noon + 3 * HOUR)
        rig.delete(f"Talk:{root}/C")
        wiki = rig.wiki()
        a, b, c, elsewhere = (Title(f"Talk:{root}/{name}") for name in ("A", "B", "C", "Elsewhere"))
        found = answer(wiki, LoggedSince(noon))
        assert [(one.title, one.target, one.moved) for one in found] == [
            (c, None, False),
            (elsewhere, b, True),
            (b, elsewhere, True),
            (a, None, False),
        ]
        assert abs(found[-1].time - noon) < timedelta(minutes=1)
        assert [one.title for one in answer(wiki, LoggedSince(noon + 2 * HOUR))] == [c, elsewhere]

    def test_imported_since(self, rig: Rig, noon: datetime) -> None:
        """Where nothing was imported nothing is told; it is asked with the account's contributions, in one request."""
        wiki = rig.wiki()
        wiki.requests.clear()
        assert wiki.answer([ImportedSince(noon), Contributions(noon)])[ImportedSince(noon)] == ()
        assert wiki.requests == {"read": 1}
        assert wiki.answer([ImportedSince(noon), RenamedTo("Ada")])[RenamedTo("Ada")] is None
        assert wiki.requests == {"read": 3}

    # --- Accounts ---

    def test_account(self, rig: Rig) -> None:
        """An account is known with its groups, without those that everyone is in."""
        queries = [UserNamed(name) for name in ("Admin", "StrategyBot", "Ada", "Blocked")]
        answers = rig.wiki().answer(queries)
        admin, bot, ada, blocked = (answers[query] for query in queries)
        assert (admin.name, admin.exists, "sysop" in admin.groups) == ("Admin", True, True)
        assert "bot" in bot.groups
        assert (ada.exists, ada.blocked) == (True, False)
        assert not ada.groups & {"*", "user", "bot", "sysop"}
        assert blocked.blocked

    @pytest.mark.parametrize("name", ["Nobody of that name", "A|b", "A#b", "A[b]", "192.0.2.1"])
    def test_account_that_does_not_exist(self, rig: Rig, name: str) -> None:
        """A name without an account is told as such, an impossible name and an address too."""
        user = answer(rig.wiki(), UserNamed(name))
        assert (user.exists, user.blocked, user.groups) == (False, False, frozenset())

    @pytest.mark.parametrize("spelling", ["ada", "_Ada ", "Ada"])
    def test_account_name_is_normalised(self, rig: Rig, spelling: str) -> None:
        """An account's name is found in any spelling that the wiki accepts."""
        user = answer(rig.wiki(), UserNamed(spelling))
        assert (user.name, user.exists) == ("Ada", True)

    def test_when_an_account_was_made(self, rig: Rig, noon: datetime) -> None:
        """An account is known with the time when it was registered."""
        name = f"Joined {uuid.uuid4().hex}"
        rig.join(name)
        registered = answer(rig.wiki(), UserNamed(name)).registered
        assert registered is not None
        assert abs(registered - noon) < HOUR
        assert answer(rig.wiki(), UserNamed("Nobody of that name")).registered is None

    def test_renamed_account(self, rig: Rig, root: str, noon: datetime) -> None:
        """A renamed account has the new name in all that it saved, and is found by the old one in the log."""
        first, second, third = (f"{name} {uuid.uuid4().hex}" for name in ("First", "Second", "Third"))
        rig.join(first)
        rig.edit(root, "Text.", user=first)
        rig.rename(first, second)
        rig.rename(second, third)
        wiki = rig.wiki()
        answers = wiki.answer([RenamedTo(first), RenamedTo(second), RenamedTo(third), UserNamed(first)])
        assert answers[RenamedTo(first)] == second
        assert answers[RenamedTo(second)] == third
        assert answers[RenamedTo(third)] is None
        assert not answers[UserNamed(first)].exists
        user = answer(wiki, UserNamed(third))
        assert user.registered is not None
        assert abs(user.registered - noon) < HOUR
        revision = page(wiki, root).revision
        assert revision is not None
        assert revision.user == third

    def test_old_name_that_is_used_again(self, rig: Rig) -> None:
        """The newest renaming of a name is told, though somebody else has that name since."""
        old, first, second = (f"{name} {uuid.uuid4().hex}" for name in ("Old", "First", "Second"))
        for new in (first, second):
            rig.join(old)
            rig.rename(old, new)
        rig.join(old)
        assert answer(rig.wiki(), RenamedTo(old)) == second
        assert answer(rig.wiki(), UserNamed(old)).exists

    @pytest.mark.parametrize("name", ["Nobody of that name", "A|b", "192.0.2.1", "A[b]", "Ada"])
    def test_never_renamed(self, rig: Rig, name: str) -> None:
        """Of a name that no account was ever renamed from, no new one is known; a redirect of its page is none."""
        rig.edit("User:Nobody of that name", "#REDIRECT [[User:Ada]]", user="Bo")
        assert answer(rig.wiki(), RenamedTo(name)) is None

    # --- Lists of pages ---

    def test_pages_under(self, rig: Rig, root: str) -> None:
        """All pages that begin with a title are listed by name, redirects included."""
        for name in ("", "/B", "/a", "/A b", "/A/b", " too"):
            rig.edit(f"{root}{name}", "Text.")
        rig.edit(f"{root}/R", f"#REDIRECT [[{root}]]")
        rig.edit(f"Talk:{root}/T", "Text.")
        wiki = rig.wiki()
        everything = ["", " too", "/A b", "/A/b", "/B", "/R", "/a"]
        assert names(answer(wiki, PagesUnder(Title(root)))) == [f"{root}{name}" for name in everything]
        assert names(answer(wiki, PagesUnder(Title(f"{root}/A")))) == [f"{root}/A b", f"{root}/A/b"]
        assert names(answer(wiki, PagesUnder(Title(f"{root}/")))) == [f"{root}{name}" for name in everything[2:]]

    def test_pages_under_a_namespace(self, rig: Rig, root: str) -> None:
        """The subpages of a user page are listed, and those of a longer name are not."""
        rig.edit(f"User:{root}/One", "Text.")
        rig.edit(f"User:{root}er/Two", "Text.")
        assert names(answer(rig.wiki(), PagesUnder(Title(f"User:{root}/")))) == [f"User:{root}/One"]

    def test_pages_under_nothing(self, rig: Rig, root: str) -> None:
        """Where no page is, the list is empty; deleted pages are not in it, nor wildcards of a database."""
        rig.edit(f"{root}/Gone", "Text.")
        rig.delete(f"{root}/Gone")
        rig.edit(f"{root}/Stays", "Text.")
        wiki = rig.wiki()
        assert names(answer(wiki, PagesUnder(Title(root)))) == [f"{root}/Stays"]
        assert answer(wiki, PagesUnder(Title(f"{root}/%"))) == ()
        assert answer(wiki, PagesUnder(Title("A|b"))) == ()

    def test_pages_using(self, rig: Rig, root: str) -> None:
        """All pages that transclude a template are listed by name."""
        rig.edit(f"Template:{root}/T", "A template.")
        for name, text in {
            "B": "{{TEMPLATE}}",
            "A": "{{ TEMPLATE\n| text = [[x|y]] }}",
            "C": "{{template: TEMPLATE }}",
            "D": "{{#if:x|{{TEMPLATE|{{{1}}}}}}}",
            "Not 1": "[[Template:TEMPLATE]]",
            "Not 2": "<nowiki>{{TEMPLATE}}</nowiki>",
            "Not 3": "{{TEMPLATE too}}",
            "Not 4": "{{:TEMPLATE}}",
        }.items():
            rig.edit(f"{root}/{name}", text.replace("TEMPLATE", f"{root}/T"))
        using = answer(rig.wiki(), PagesUsing(Title(f"Template:{root}/T")))
        assert names(using) == [f"{root}/{name}" for name in "ABCD"]

    def test_pages_using_a_page(self, rig: Rig, root: str) -> None:
        """Any page can be transcluded, a subpage with its name alone."""
        rig.edit(f"{root}/Page", "Text.")
        rig.edit(f"User:Ada/{root}", "Text.")
        rig.edit(f"{root}/User 1", f"{{{{:{root}/Page}}}} {{{{User:Ada/{root}}}}}")
        wiki = rig.wiki()
        assert names(answer(wiki, PagesUsing(Title(f"{root}/Page")))) == [f"{root}/User 1"]
        assert names(answer(wiki, PagesUsing(Title(f"User:Ada/{root}")))) == [f"{root}/User 1"]

    def test_pages_using_a_template_by_its_old_name(self, rig: Rig, root: str) -> None:
        """A template is used by whoever transcludes a redirect to it or another template that uses it."""
        rig.edit(f"Template:{root}/New", "Text.")
        rig.edit(f"Template:{root}/Old", f"#REDIRECT [[Template:{root}/New]]")
        rig.edit(f"Template:{root}/Outer", f"<includeonly>{{{{{root}/New}}}}</includeonly>")
        rig.edit(f"{root}/A", f"{{{{{root}/Old}}}}")
        rig.edit(f"{root}/B", f"{{{{{root}/Outer}}}}")
        assert names(answer(rig.wiki(), PagesUsing(Title(f"Template:{root}/New")))) == [f"{root}/A", f"{root}/B"]

    # --- Comments ---

    def test_threads_are_read(self, rig: Rig, root: str, noon: datetime) -> None:
        """Headings and signed comments come in their order, with who signed each, and in which minute (UTC)."""
        talk = Title(f"Talk:{root}")
        question = "Hello. ~~~~\n\n== One [[Help:A|&amp; ''two'']] ==\nWhat do you <!-- think --> say? ~~~~"
        rig.edit(talk.text, question)
        rig.set_clock(noon + HOUR)
        reply = ": First. ~~~~\n: Unsigned.\n:: Second,\n:: in two lines. ~~~~\n=== Below ===\nThird. ~~~~"
        after = (
            "== Nothing ==\n<nowiki>~~~~</nowiki>\n== Last ==\nTyped. [[User talk:Cora|C.]] 09:07, 3 July 2025 (UTC)"
        )
        rig.edit(talk.text, f"{page(rig.wiki(), talk.text).text}\n{reply}\n{after}", "Bo")
        ada, bo = Comment("Ada", noon), Comment("Bo", noon + HOUR)
        cora = Comment("Cora", datetime(2025, 7, 3, 9, 7, tzinfo=UTC))
        assert answer(rig.wiki(), Threads(talk)) == (
            *(ada, Heading("One & two", 2), ada, bo, bo, Heading("Below", 3), bo),
            *(Heading("Nothing", 2), Heading("Last", 2), cora),
        )
        assert THREADING in rig.wiki().start().extensions

    @pytest.mark.parametrize("title", ["{}", "Talk:{}/None", "Talk:{}/Moved", "A|b", "User talk:Ada#b"])
    def test_pages_without_threads(self, rig: Rig, root: str, title: str) -> None:
        """A page that is no talk page has no threads, nor a missing one, a redirect, or a title that can't be."""
        rig.edit(root, "== One ==\nHello. ~~~~")
        rig.edit(f"Talk:{root}", "== One ==\nHello. ~~~~")
        rig.edit(f"Talk:{root}/Moved", f"#REDIRECT [[Talk:{root}]]")
        assert answer(rig.wiki(), Threads(Title(title.format(root)))) == ()

    def test_a_comment_is_found(self, rig: Rig, root: str, noon: datetime) -> None:
        """A comment is found by who signed it and in which minute, on all talk pages on which it stands now."""
        talk, archive, other = (Title(f"{where}:{root}{below}") for where, below in WHERE)
        rig.edit(talk.text, "== One ==\nHello. ~~~~")
        text = page(rig.wiki(), talk.text).text
        rig.edit(archive.text, text, "Bo")
        rig.edit(talk.text, "", "Bo")
        rig.edit(root, text, "Bo")
        assert answer(rig.wiki(), CommentFound("Ada", noon + timedelta(seconds=59))) == (archive,)
        rig.move(archive.text, other.text)
        answers = rig.wiki().answer(asked := [CommentFound(name, noon) for name in ("Ada", "Bo", "ada l'autre")])
        assert [answers[query] for query in asked] == [(other,), (), ()]
        assert answer(rig.wiki(), CommentFound("Ada", noon - timedelta(minutes=1))) == ()

    def test_members_of_a_category(self, rig: Rig, root: str) -> None:
        """All pages in a category are listed by name, be it a template that puts them there."""
        category = f"Category:{root}"
        rig.edit(f"Template:{root}", f"[[{category}]]")
        rig.edit(f"Template:{root}/Passing on", f"<includeonly>[[{category}]]</includeonly>")
        rig.edit(f"{root}/B", f"{{{{{root}}}}}")
        rig.edit(f"User talk:{root}/A", f"{{{{{root}/Passing on}}}}")
        rig.edit(f"{root}/A", f"[[{category}|Z]]")
        rig.edit(f"{root}/Not", f"[[:{category}]] <nowiki>[[{category}]]</nowiki>")
        members = [f"{root}/A", f"{root}/B", f"Template:{root}", f"User talk:{root}/A"]
        wiki = rig.wiki()
        wiki.requests.clear()
        questions = [CategoryMembers(Title(category)), PageNow(Title(category))]
        assert names(wiki.answer(questions)[questions[0]]) == members
        assert wiki.requests == {"read": 1}

    @pytest.mark.parametrize("title", ["Category:Nothing is in it", "Ada", "Category:A|b", "Category:"])
    def test_members_of_nothing(self, rig: Rig, title: str) -> None:
        """What is no category, or an empty one, has no members."""
        assert answer(rig.wiki(), CategoryMembers(Title(title))) == ()

    def test_messages_sent(self, rig: Rig, noon: datetime) -> None:
        """Where nobody has sent a message to a list, there is none."""
        assert answer(rig.wiki(), MessagesSent(noon)) == ()

    # --- Saving ---

    def test_save_creates(self, rig: Rig, root: str, noon: datetime) -> None:
        """A new page is saved as it was sent, and the outcome tells its revision."""
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), "Hello.", base=None, summary="a new page"))
        assert (outcome.kind, outcome.title) == (Kind.SAVED, Title(root))
        revision = page(wiki, root).revision
        assert revision is not None
        assert (revision.id, revision.time, revision.parent) == (outcome.revid, outcome.time, 0)
        assert (revision.text, revision.user, revision.summary) == ("Hello.", "StrategyBot", "a new page")
        assert abs(revision.time - noon) < timedelta(minutes=1)

    def test_save_changes(self, rig: Rig, root: str) -> None:
        """A page is saved on the revision that its text was made from."""
        base = rig.edit(root, "Old.")
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), "New.", base=base, summary="test"))
        assert outcome.kind is Kind.SAVED
        revision = page(wiki, root).revision
        assert revision is not None
        assert (revision.id, revision.parent, revision.text) == (outcome.revid, base, "New.")

    def test_save_merges(self, rig: Rig, root: str) -> None:
        """Where somebody has changed other lines meanwhile, both changes stand, and the outcome says after what."""
        base = rig.edit(root, "one\n\ntwo\n\nthree")
        theirs = rig.edit(root, "one\n\ntwo\n\nthree by Bo", user="Bo")
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), "one by the bot\n\ntwo\n\nthree", base=base, summary="test"))
        assert (outcome.kind, outcome.after) == (Kind.SAVED, theirs)
        assert page(wiki, root).text == "one by the bot\n\ntwo\n\nthree by Bo"

    def test_save_conflicts(self, rig: Rig, root: str) -> None:
        """Where somebody has changed the same lines meanwhile, nothing is saved."""
        base = rig.edit(root, "one\n\ntwo\n\nthree")
        theirs = rig.edit(root, "one by Bo\n\ntwo\n\nthree", user="Bo")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "one by the bot\n\ntwo\n\nthree", base, "test")).kind is Kind.CONFLICT
        revision = page(wiki, root).revision
        assert revision is not None
        assert (revision.id, revision.text) == (theirs, "one by Bo\n\ntwo\n\nthree")

    def test_save_after_another_process_of_ours(self, rig: Rig, root: str) -> None:
        """An edit under the bot's own account counts as anybody's: merged elsewhere, a conflict in the same place."""
        base = rig.edit(root, "one\n\ntwo\n\nthree")
        first, second = rig.wiki(), rig.wiki()
        assert first.act(Save(Title(root), "one!\n\ntwo\n\nthree", base, "test")).kind is Kind.SAVED
        assert second.act(Save(Title(root), "one?\n\ntwo\n\nthree", base, "test")).kind is Kind.CONFLICT
        assert second.act(Save(Title(root), "one\n\ntwo\n\nthree?", base, "test")).kind is Kind.SAVED
        assert page(first, root).text == "one!\n\ntwo\n\nthree?"

    def test_save_where_the_page_was_emptied(self, rig: Rig, root: str) -> None:
        """Who empties a page isn't overruled."""
        base = rig.edit(root, "one\n\ntwo\n\nthree")
        rig.edit(root, "", user="Bo")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "one!\n\ntwo\n\nthree", base, "test")).kind is Kind.CONFLICT
        assert page(wiki, root).text == ""

    def test_save_where_a_page_exists(self, rig: Rig, root: str) -> None:
        """Creating a page that somebody has created meanwhile changes nothing, not even with an equal text."""
        rig.edit(root, "Theirs.")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "Ours.", base=None, summary="test")).kind is Kind.EXISTS
        assert wiki.act(Save(Title(root), "Theirs.", base=None, summary="test")).kind is Kind.EXISTS
        assert texts(answer(wiki, History(Title(root)))) == ["Theirs."]

    def test_save_where_a_page_was_deleted(self, rig: Rig, root: str) -> None:
        """A page that was deleted is not created again."""
        rig.edit(root, "Text.")
        rig.delete(root)
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "Text.", base=None, summary="test")).kind is Kind.DELETED
        assert not page(wiki, root).exists

    def test_save_where_a_page_was_moved_away(self, rig: Rig, root: str) -> None:
        """A page that was moved away without leaving a redirect is not created again."""
        rig.edit(f"{root}/Old", "Text.")
        rig.move(f"{root}/Old", f"{root}/New", redirect=False)
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(f"{root}/Old"), "Text.", base=None, summary="test"))
        assert (outcome.kind, outcome.match) == (Kind.MOVED, f"{root}/New")
        assert not page(wiki, f"{root}/Old").exists

    def test_save_where_the_page_is_gone(self, rig: Rig, root: str) -> None:
        """A page that was deleted meanwhile is not saved."""
        base = rig.edit(root, "Text.")
        rig.delete(root)
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "Text!", base=base, summary="test")).kind is Kind.MISSING
        assert not page(wiki, root).exists

    def test_save_where_the_page_began_anew(self, rig: Rig, root: str) -> None:
        """A text made from a revision that went with its page is not saved over the new page."""
        base = rig.edit(root, "Text.")
        rig.delete(root)
        rig.edit(root, "New text.", user="Bo")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), "Text!", base=base, summary="test")).kind is Kind.CONFLICT
        assert page(wiki, root).text == "New text."

    def test_save_where_the_page_was_moved(self, rig: Rig, root: str) -> None:
        """A redirect that a move has left is not written over."""
        base = rig.edit(f"{root}/Old", "Text.")
        rig.move(f"{root}/Old", f"{root}/New")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(f"{root}/Old"), "Text!", base=base, summary="test")).kind is Kind.CONFLICT
        assert page(wiki, f"{root}/Old").title == Title(f"{root}/New")

    def test_save_on_a_redirect(self, rig: Rig, root: str) -> None:
        """A redirect is saved itself, not the page that it leads to."""
        rig.edit(f"{root}/New", "Here.")
        base = rig.edit(f"{root}/Old", f"#REDIRECT [[{root}/New]]")
        wiki = rig.wiki()
        assert wiki.act(Save(Title(f"{root}/Old"), "No more.", base=base, summary="test")).kind is Kind.SAVED
        assert [page(wiki, f"{root}/{name}").text for name in ("Old", "New")] == ["No more.", "Here."]

    @pytest.mark.parametrize("text", ["Text.", "Text. \n\n", "Text.\t"])
    def test_save_unchanged(self, rig: Rig, root: str, text: str) -> None:
        """A text that stands already makes no revision; white space at its end makes no difference."""
        base = rig.edit(root, "Text.")
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), text, base=base, summary="test"))
        assert (outcome.kind, outcome.revid) == (Kind.UNCHANGED, base)
        assert len(answer(wiki, History(Title(root)))) == 1

    def test_save_on_a_protected_page(self, rig: Rig, root: str) -> None:
        """A protected page is left as it is, and the outcome gives a reason."""
        base = rig.edit(root, "Text.")
        rig.protect(root)
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), "Text!", base=base, summary="test"))
        assert outcome.kind is Kind.PROTECTED
        assert outcome.reason
        assert page(wiki, root).text == "Text."

    @pytest.mark.parametrize("title", ["MediaWiki:{}", "User:Ada/{}.json", "User:StrategyBot/{}.js", "User:Ada/{}.css"])
    def test_save_on_a_page_that_is_not_for_bots(self, rig: Rig, root: str, title: str) -> None:
        """The wiki's own texts and accounts' settings are not the bot's to write, its own account's neither.

        (Its own JSON pages are, since MediaWiki grants that with one's options: the configuration has to be protected.)
        """
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(title.format(root)), "{}", base=None, summary="test"))
        assert outcome.kind is Kind.PROTECTED
        assert not page(wiki, title.format(root)).exists

    def test_save_by_a_blocked_account(self, rig: Rig, root: str) -> None:
        """A blocked account saves nothing, and the outcome gives a reason."""
        wiki = rig.wiki("Blocked")
        outcome = wiki.act(Save(Title(root), "Text.", base=None, summary="test"))
        assert outcome.kind is Kind.BLOCKED
        assert outcome.reason
        assert not page(wiki, root).exists

    def test_save_too_large(self, rig: Rig, root: str) -> None:
        """A page of more than 2 MiB is refused, counted in bytes."""
        wiki = rig.wiki()
        outcome = wiki.act(Save(Title(root), "é" * (2**20 + 1), base=None, summary="test"))
        assert outcome.kind is Kind.TOO_LARGE
        assert not page(wiki, root).exists

    # --- Appending ---

    def test_append(self, rig: Rig, root: str) -> None:
        """Text is added at a page's end."""
        base = rig.edit(root, "First.")
        wiki = rig.wiki()
        outcome = wiki.act(Append(Title(root), "\n\nSecond.", base=base, summary="test"))
        assert outcome.kind is Kind.SAVED
        revision = page(wiki, root).revision
        assert revision is not None
        assert (revision.id, revision.text, revision.time) == (outcome.revid, "First.\n\nSecond.", outcome.time)

    def test_append_creates(self, rig: Rig, root: str) -> None:
        """Where nothing stands, the text becomes the page."""
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "First.", base=None, summary="test")).kind is Kind.SAVED
        assert page(wiki, root).text == "First."

    def test_append_only_once(self, rig: Rig, root: str) -> None:
        """The same append sent again, by this process or another, adds nothing."""
        base = rig.edit(root, "First.")
        action = Append(Title(root), "\n\nSecond.", base=base, summary="test")
        wiki = rig.wiki()
        kinds = [wiki.act(action).kind, wiki.act(action).kind, rig.wiki().act(action).kind]
        assert kinds == [Kind.SAVED, Kind.CONFLICT, Kind.CONFLICT]
        assert page(wiki, root).text == "First.\n\nSecond."

    def test_append_after_somebody(self, rig: Rig, root: str) -> None:
        """Nothing is added where somebody else has added something meanwhile."""
        base = rig.edit(root, "First.")
        rig.edit(root, "First.\n\nSecond by Bo.", user="Bo")
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "\n\nSecond.", base=base, summary="test")).kind is Kind.CONFLICT
        assert page(wiki, root).text == "First.\n\nSecond by Bo."

    def test_append_after_an_edit_elsewhere(self, rig: Rig, root: str) -> None:
        """After an edit in another place a wiki may add or not; the edit stays, and the outcome is true."""
        base = rig.edit(root, "First.\n\nSecond.\n\nThird.")
        rig.edit(root, "First!\n\nSecond.\n\nThird.", user="Bo")
        wiki = rig.wiki()
        kind = wiki.act(Append(Title(root), "\n\nFourth.", base=base, summary="test")).kind
        added = {Kind.CONFLICT: "", Kind.SAVED: "\n\nFourth."}[kind]
        assert page(wiki, root).text == f"First!\n\nSecond.\n\nThird.{added}"

    def test_append_where_a_page_exists(self, rig: Rig, root: str) -> None:
        """Nothing is added to a page that should have been new."""
        rig.edit(root, "Theirs.")
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "Ours.", base=None, summary="test")).kind is Kind.EXISTS
        assert page(wiki, root).text == "Theirs."

    def test_append_where_a_page_is_gone(self, rig: Rig, root: str) -> None:
        """Nothing is added to a page that was deleted, whether it was seen before or not."""
        base = rig.edit(root, "Text.")
        rig.delete(root)
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "More.", base=base, summary="test")).kind is Kind.MISSING
        assert wiki.act(Append(Title(root), "More.", base=None, summary="test")).kind is Kind.DELETED
        assert not page(wiki, root).exists

    def test_append_to_a_protected_page(self, rig: Rig, root: str) -> None:
        """Nothing is added to a protected page."""
        base = rig.edit(root, "Text.")
        rig.protect(root)
        wiki = rig.wiki()
        assert wiki.act(Append(Title(root), "More.", base=base, summary="test")).kind is Kind.PROTECTED

    # --- What the wiki doesn't show ---

    @pytest.mark.parametrize(
        ("subject", "text"),
        [
            ("One line", "Two\n\nlines: https://wiki.example/wiki/Special:PermanentLink/1"),
            ("Wörter, كلمات 与 🌍", "Wörter, كلمات 与 🌍 = {{no}} [[markup]] ''here'' &amp; <b>"),
        ],
    )
    def test_mail(self, rig: Rig, subject: str, text: str) -> None:
        """A mail reaches the account it is for, with the subject and the text as they are."""
        before = len(rig.mails())
        wiki = rig.wiki()
        wiki.requests.clear()
        assert wiki.act(Mail("Ada", subject, text)) == Outcome(Title("User:Ada"), Kind.SENT)
        assert wiki.requests == {"mail": 1}
        (mail,) = rig.mails()[before:]
        assert (mail.to, mail.subject) == ("Ada", subject)
        assert mail.text.startswith(text)

    def test_mail_to_nobody(self, rig: Rig, root: str) -> None:
        """An account that isn't there can't be sent mail, and the outcome says why in a sentence."""
        before = rig.mails()
        refused = rig.wiki().act(Mail(root, "Subject", "Text."))
        assert (refused.kind, refused.reason[-1:]) == (Kind.UNREACHABLE, ".")
        assert rig.mails() == before

    def test_mail_that_may_not_be_sent(self, rig: Rig) -> None:
        """An account that may not send mail sends none."""
        before = rig.mails()
        assert not rig.wiki("FlaglessBot").act(Mail("Ada", "Subject", "Text.")).kind.done
        assert rig.mails() == before

    def test_options(self, rig: Rig, root: str) -> None:
        """Options are set, changed and taken away together, and read by the beginnings of their names."""
        own = f"userjs-{root.replace(' ', '-').lower()}-"
        wiki = rig.wiki()
        assert answer(wiki, OwnOptions(own)) == {}
        values = {f"{own}a": "sending 2026-12-10 a1 b2", f"{own}b": "a=b|c, é كلمات"}
        assert wiki.act(Remember(tuple(values.items()))).kind is Kind.SAVED
        assert answer(rig.wiki(), OwnOptions(own)) == values
        wiki.requests.clear()
        assert wiki.act(Remember(((f"{own}a", "sent"), (f"{own}b", None)))).kind is Kind.SAVED
        assert answer(wiki, OwnOptions(own)) == {f"{own}a": "sent"}
        assert wiki.requests == {"mail": 1, "read": 1}
        assert answer(wiki, OwnOptions(f"{own}b")) == {}
        assert wiki.act(Remember(((f"{own}a", None), (f"{own}never", None)))).kind is Kind.SAVED
        assert answer(wiki, OwnOptions(own)) == {}

    def test_options_are_private(self, rig: Rig, root: str) -> None:
        """What an account keeps for itself, another one doesn't see."""
        own = f"userjs-{root.replace(' ', '-').lower()}-"
        assert rig.wiki().act(Remember(((f"{own}a", "1"),))).kind is Kind.SAVED
        assert answer(rig.wiki("FlaglessBot"), OwnOptions(own)) == {}

    def test_options_share_a_request(self, rig: Rig, root: str) -> None:
        """A look at one's options takes no request of its own beside other questions."""
        rig.edit(root, "Text.")
        wiki = rig.wiki()
        wiki.requests.clear()
        standing = PageNow(Title(root))
        assert wiki.answer([OwnOptions("userjs-a"), OwnOptions("userjs-b"), standing])[standing].text == "Text."
        assert wiki.requests == {"read": 1}

    # --- What the wiki does to a text ---

    @pytest.mark.parametrize(
        ("sent", "stands"),
        [
            ("Text. \n\t\n", "Text."),
            ("  Text.", "  Text."),
            ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
            ("e\u0301te\u0301", "été"),
            ("שלום \u200fעולם, مرحبا", "שלום \u200fעולם, مرحبا"),
            ("🌍 👩‍👩‍👧 🏳️‍🌈 \U0001f1eb\U0001f1f7", "🌍 👩‍👩‍👧 🏳️‍🌈 \U0001f1eb\U0001f1f7"),
            ("Bell\x07.", "Bell\ufffd."),
            ("[[Help:Foo (bar)|]]", "[[Help:Foo (bar)|Foo]]"),
            ("[[Paris, Texas|]]", "[[Paris, Texas|Paris]]"),
            ("<nowiki>[[Help:Foo (bar)|]] ~~~~</nowiki>", "<nowiki>[[Help:Foo (bar)|]] ~~~~</nowiki>"),
            ("<pre>~~~</pre><!-- ~~~~~ -->", "<pre>~~~</pre><!-- ~~~~~ -->"),
            ("{{Template|a = b}} {{{1|}}} <!-- c -->", "{{Template|a = b}} {{{1|}}} <!-- c -->"),
        ],
    )
    def test_text_is_normalised(self, rig: Rig, root: str, sent: str, stands: str) -> None:
        """A text is saved in the form that MediaWiki gives it."""
        wiki = rig.wiki()
        assert wiki.act(Save(Title(root), sent, base=None, summary="test")).kind is Kind.SAVED
        assert page(wiki, root).text == stands

    @pytest.mark.parametrize(
        ("sent", "stands"),
        [
            ("Yes. ~~~", "Yes. [[User:StrategyBot|StrategyBot]] ([[User talk:StrategyBot|talk]])"),
            ("Yes. ~~~~", "Yes. [[User:StrategyBot|StrategyBot]] ([[User talk:StrategyBot|talk]]) {time} (UTC)"),
            ("Yes, ~~~~~.", "Yes, {time} (UTC)."),
        ],
    )
    def test_signature(self, rig: Rig, root: str, noon: datetime, sent: str, stands: str) -> None:
        """Tildes become the account's signature, the time, or both."""
        wiki = rig.wiki()
        wiki.act(Save(Title(root), sent, base=None, summary="test"))
        assert page(wiki, root).text == stands.format(time=f"12:00, {noon.day} {noon:%B %Y}")

    def test_json_page_is_indented(self, rig: Rig, root: str) -> None:
        """A JSON page is laid out with tabs, whoever saves it and however it was laid out."""
        title = f"User:Ada/{root}.json"
        rig.edit(title, '{"a":[1, 2.5,"é/\\u00e8"],  "b":{}, "c":[], "d": null}')
        assert page(rig.wiki(), title).text == (
            '{\n\t"a": [\n\t\t1,\n\t\t2.5,\n\t\t"é/è"\n\t],\n\t"b": {},\n\t"c": [],\n\t"d": null\n}'
        )

    @pytest.mark.parametrize("summary", ["[[Link]]: done", "Résumé 🌍", "#123 'quoted' & <b>bold</b>"])
    def test_summary_is_kept(self, rig: Rig, root: str, summary: str) -> None:
        """An edit summary stands as it was sent."""
        wiki = rig.wiki()
        wiki.act(Save(Title(root), "Text.", base=None, summary=summary))
        revision = page(wiki, root).revision
        assert revision is not None
        assert revision.summary == summary
