"""The embedded wiki, where it is more or something else than the contract: its file, its people, its merges."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from strategybot.model.page import Page, Revision, SentMessage, Title, User
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import (
    Append,
    History,
    Kind,
    MessagesSent,
    OperatorError,
    PageAt,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    RevisionById,
    Save,
    UserNamed,
)

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wiki.sqlite"


@pytest.fixture
def wiki(path: Path) -> EmbeddedWiki:
    return EmbeddedWiki(path, clock=lambda: NOON)


def page(wiki: EmbeddedWiki, title: str) -> Page:
    query = PageNow(Title(title))
    found: Page = wiki.answer([query])[query]
    return found


def history(wiki: EmbeddedWiki, title: str) -> tuple[Revision, ...]:
    query = History(Title(title))
    found: tuple[Revision, ...] = wiki.answer([query])[query]
    return found


def user(wiki: EmbeddedWiki, name: str) -> User:
    query = UserNamed(name)
    found: User = wiki.answer([query])[query]
    return found


def process(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Another Python, with this script."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603  # ours


# --- The file ---


def test_file_is_made(path: Path) -> None:
    """A new file has the accounts that every wiki needs, and no pages."""
    wiki = EmbeddedWiki(path)
    assert path.exists()
    assert user(wiki, "Admin").groups == {"sysop", "bureaucrat"}
    assert user(wiki, "StrategyBot").groups == {"bot"}
    assert wiki.titles() == []


def test_file_is_kept(path: Path) -> None:
    """What was saved is there for the next process."""
    first = EmbeddedWiki(path)
    first.edit("Sandbox", "Text.", "Ada")
    first.close()
    assert page(EmbeddedWiki(path), "Sandbox").text == "Text."


def test_wiki_in_memory() -> None:
    """A wiki can do without a file; then nobody else sees it."""
    first, second = EmbeddedWiki(":memory:"), EmbeddedWiki(":memory:")
    first.edit("Sandbox", "Text.", "Ada")
    assert page(first, "Sandbox").exists
    assert not page(second, "Sandbox").exists


def test_start(path: Path) -> None:
    """The site tells who we are, on a wiki of our own, at the time of the clock to the second."""
    east = timezone(timedelta(hours=5, minutes=30))
    site = EmbeddedWiki(path, clock=lambda: NOON.astimezone(east) + timedelta(microseconds=7)).start()
    assert (site.name, site.language, site.own, site.batch) == (f"embedded:{path}", "en", True, 500)
    assert (site.time, site.time.tzinfo) == (NOON, UTC)
    assert site.account == user(EmbeddedWiki(path), "StrategyBot")


def test_start_with_a_new_account(path: Path) -> None:
    """An account that isn't there is made, without any group; one that is there stays as it is."""
    assert EmbeddedWiki(path, "new bot").start().account.name == "New bot"
    assert EmbeddedWiki(path, "New bot").start().account.groups == frozenset()
    assert EmbeddedWiki(path, "Admin").start().account.groups == {"sysop", "bureaucrat"}


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE page (id)")


def newer(path: Path) -> None:
    EmbeddedWiki(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def cut_off(path: Path) -> None:
    EmbeddedWiki(path).close()
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (foreign, "“{path}” is no embedded wiki, but another application's database."),
        (newer, "“{path}” was made by another version of strategybot."),
        (
            lambda path: path.write_text("Not a database. " * 100),
            "“{path}” can't be opened as an embedded wiki: file is not a database.",
        ),
        (cut_off, "“{path}” can't be opened as an embedded wiki: database disk image is malformed."),
        (Path.mkdir, "“{path}” can't be opened as an embedded wiki: unable to open database file."),
    ],
)
def test_file_that_is_something_else(path: Path, make: Callable[[Path], object], sentence: str) -> None:
    """A file that is no embedded wiki is refused, and not touched."""
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(OperatorError) as caught:
        EmbeddedWiki(path)
    assert str(caught.value) == sentence.format(path=path)
    assert caught.value.usage
    assert (path.read_bytes() if path.is_file() else None) == before


def test_file_in_no_folder(tmp_path: Path) -> None:
    """A folder that isn't there is not made."""
    with pytest.raises(OperatorError, match="can't be opened as an embedded wiki"):
        EmbeddedWiki(tmp_path / "nowhere" / "wiki.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_damaged(path: Path) -> None:
    """Where the file turns out to be damaged later, that is a sentence for the operator too."""
    wiki = EmbeddedWiki(path)
    wiki.edit("Sandbox", "Text. " * 10_000, "Ada")
    wiki.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 10)
    with pytest.raises(OperatorError, match=r"^The embedded wiki “.*” can't be used: .*malformed"):
        EmbeddedWiki(path)


def test_disk_takes_no_more(path: Path) -> None:
    """Where the file can't grow, that is said, and what was there stays; with more room it goes on."""
    wiki = EmbeddedWiki(path)
    base = wiki.edit("Sandbox", "Text.", "Ada")
    wiki.close()
    script = """
        import resource, sys
        from strategybot.model.page import Title
        from strategybot.wiki.embedded import EmbeddedWiki
        from strategybot.wiki.port import Save
        wiki = EmbeddedWiki(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        outcome = wiki.act(Save(Title("Sandbox"), "More. " * 100_000, int(sys.argv[2]), ""))
        print(outcome.kind.name, outcome.reason)
    """
    said, wrong = process(script, path, base).communicate()
    assert said == f"NOT_REACHED Nothing is done: The embedded wiki “{path}” can't be used: disk I/O error.\n", wrong
    wiki = EmbeddedWiki(path)
    assert [revision.text for revision in history(wiki, "Sandbox")] == ["Text."]
    assert wiki.act(Save(Title("Sandbox"), "More.", base, "")).kind is Kind.SAVED


# --- Several processes ---


def test_processes_make_one_file(path: Path) -> None:
    """Processes that make the file at the same time make one, and all can use it."""
    script = """
        import sys
        from strategybot.wiki.embedded import EmbeddedWiki
        print(EmbeddedWiki(sys.argv[1]).edit("Page " + sys.argv[2], "Text.", "Ada"))
    """
    processes = [process(script, path, number) for number in range(6)]
    ends = [running.communicate() for running in processes]
    assert sorted(said.strip() for said, _ in ends) == list("123456"), ends
    assert len(EmbeddedWiki(path).titles()) == 6


def test_processes_lose_nothing(path: Path) -> None:
    """Processes that write to one page at the same time overwrite nothing, and post nothing twice."""
    EmbeddedWiki(path).edit("Sandbox", "Top.", "Ada")
    script = """
        import sys
        from strategybot.model.page import Title
        from strategybot.wiki.embedded import EmbeddedWiki
        from strategybot.wiki.port import Append, Kind, PageNow
        wiki, query = EmbeddedWiki(sys.argv[1]), PageNow(Title("Sandbox"))
        for number in range(40):
            kind = None
            while kind is not Kind.SAVED:
                base = wiki.answer([query])[query].revision.id
                kind = wiki.act(Append(query.title, f"\\n{sys.argv[2]} {number}", base, "")).kind
    """
    processes = [process(script, path, name) for name in ("one", "two")]
    assert [running.communicate()[1] for running in processes] == ["", ""]
    wiki = EmbeddedWiki(path)
    lines = page(wiki, "Sandbox").text.split("\n")
    assert sorted(lines) == sorted(["Top.", *(f"{name} {number}" for name in ("one", "two") for number in range(40))])
    assert len(history(wiki, "Sandbox")) == 50  # the newest of 81


def test_process_is_killed(path: Path) -> None:
    """A process that is killed while it writes leaves whole revisions."""
    script = """
        import sys
        from strategybot.wiki.embedded import EmbeddedWiki
        wiki = EmbeddedWiki(sys.argv[1])
        for number in range(100_000):
            wiki.edit("Sandbox", f"{number} " * 5_000, "Ada")
    """
    running = process(script, path)
    while not path.exists() or not EmbeddedWiki(path).titles():
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    wiki = EmbeddedWiki(path)
    texts = [revision.text or "" for revision in history(wiki, "Sandbox")]
    assert all(text.split() == text.split()[:1] * 5_000 for text in texts)
    wiki.edit("Sandbox", "And on.", "Bo")
    assert page(wiki, "Sandbox").text == "And on."


# --- Requests ---


@pytest.mark.parametrize(
    ("queries", "flagged", "flagless"),
    [
        ([], {}, {}),
        ([PageNow(Title(str(number))) for number in range(501)], {"read": 2}, {"read": 11}),
        ([PageNow(Title("A")), PageNow(Title("A"))], {"read": 1}, {"read": 1}),
        ([PageNow(Title("A|b")), PageNow(Title("A", "elsewhere")), UserNamed("Ada", "elsewhere")], {}, {}),
        ([PageNow(Title("A")), UserNamed("Ada"), PagesUnder(Title("A"))], {"read": 1}, {"read": 1}),
        ([UserNamed(str(number)) for number in range(60)] + [PageNow(Title("A"))], {"read": 1}, {"read": 2}),
        ([PagesUnder(Title("A")), PagesUnder(Title("B")), PagesUsing(Title("A"))], {"read": 2}, {"read": 2}),
        ([RevisionById(number) for number in range(60)], {"history": 1}, {"history": 2}),
        ([History(Title("A")), History(Title("B")), PageAt(Title("A"), NOON)], {"history": 3}, {"history": 3}),
        ([PageNow(Title("A")), History(Title("A"))], {"read": 1, "history": 1}, {"read": 1, "history": 1}),
    ],
)
def test_requests(path: Path, queries: list[Query[object]], flagged: dict[str, int], flagless: dict[str, int]) -> None:
    """Requests are counted as a real wiki would need them."""
    for account, expected in (("StrategyBot", flagged), ("FlaglessBot", flagless)):
        wiki = EmbeddedWiki(path, account)
        wiki.answer(queries)
        assert wiki.requests == expected


def test_edit_requests(wiki: EmbeddedWiki) -> None:
    """Every action that reaches the wiki counts, also where it is refused; to create a page takes a look before."""
    wiki.act(Save(Title("A|b"), "Text.", None, ""))
    assert wiki.requests == {}
    created = wiki.act(Save(Title("Sandbox"), "Text.", None, ""))
    wiki.act(Save(Title("Sandbox"), "Text.", None, ""))
    assert wiki.requests == {"edit": 2, "history": 2}
    wiki.act(Append(Title("Sandbox"), "More.", created.revid, ""))
    wiki.act(Append(Title("Sandbox"), "More.", created.revid, ""))
    assert wiki.requests == {"edit": 4, "history": 2}


# --- Saving ---


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb\nc", "A\nb\nc", "a\nB\nc", None),
        ("a\nb\nc", "A\nb\nc", "A\nb\nc!", "A\nb\nc!"),
        ("a\nb\nc", "a\nb\nc\nd", "A\nb\nc", "A\nb\nc\nd"),
        ("a\nb\nc", "a\nb\nc\nd", "a\nb\nc\ne", None),
        ("a\nb\nc", "b\nc", "a\nb\nC", "b\nC"),
        ("a\nb\nc", "a\nc", "a\nB\nc", None),
        ("a\nb\nc", "a\nb\nc ", "a\nb\nC", "a\nb\nC"),
        ("a\r\nb\r\nc", "A\r\nb\r\nc", "a\nb\nC", "A\nb\nC"),
        (
            "\n\n".join("abcdef" * 50),
            "\n\n".join("abcdef" * 50 + "!"),
            "\n\n".join("!" + "abcdef" * 50),
            "\n\n".join("!" + "abcdef" * 50 + "!"),
        ),
    ],
)
def test_merge(wiki: EmbeddedWiki, base: str, ours: str, theirs: str, both: str | None) -> None:
    """Edits are merged line by line, as by MediaWiki with diff3."""
    revid = wiki.edit("Sandbox", base, "Ada")
    wiki.edit("Sandbox", theirs, "Bo")
    outcome = wiki.act(Save(Title("Sandbox"), ours, revid, ""))
    assert (outcome.kind is Kind.CONFLICT) is (both is None)
    assert page(wiki, "Sandbox").text == (theirs if both is None else both)


def test_merge_into_what_stands(wiki: EmbeddedWiki) -> None:
    """A merge that gives what stands makes no revision."""
    base = wiki.edit("Sandbox", "a\nb", "Ada")
    stands = wiki.edit("Sandbox", "a\nB", "Bo")
    outcome = wiki.act(Save(Title("Sandbox"), "a\nb", base, ""))
    assert (outcome.kind, outcome.revid) == (Kind.UNCHANGED, stands)


def test_base_of_another_page(wiki: EmbeddedWiki) -> None:
    """A revision of another page is no base for this one."""
    wiki.edit("Sandbox", "Text.", "Ada")
    base = wiki.edit("Elsewhere", "Text.", "Ada")
    assert wiki.act(Save(Title("Sandbox"), "Text!", base, "")).kind is Kind.CONFLICT


def test_append_counts_its_base(wiki: EmbeddedWiki) -> None:
    """Nothing is appended after any edit by somebody else, wherever it was."""
    base = wiki.edit("Sandbox", "a\n\nb\n\nc", "Ada")
    wiki.edit("Sandbox", "A\n\nb\n\nc", "Bo")
    assert wiki.act(Append(Title("Sandbox"), "\n\nd", base, "")).kind is Kind.CONFLICT


def test_append_to_a_large_page(wiki: EmbeddedWiki) -> None:
    """It is the whole page that must not be too large."""
    base = wiki.edit("Sandbox", "a" * 2 * 1024 * 1024, "Ada")
    assert wiki.act(Append(Title("Sandbox"), "b", base, "")).kind is Kind.TOO_LARGE


def test_times_never_go_back(path: Path) -> None:
    """A clock that goes back doesn't put a page's revisions out of order."""
    clock = [NOON]
    wiki = EmbeddedWiki(path, clock=lambda: clock[0])
    wiki.edit("Sandbox", "One.", "Ada")
    clock[0] = NOON - MINUTE
    wiki.edit("Sandbox", "Two.", "Ada")
    wiki.edit("Elsewhere", "Other.", "Ada")
    assert [(revision.text, revision.time) for revision in history(wiki, "Sandbox")] == [("Two.", NOON), ("One.", NOON)]
    assert history(wiki, "Elsewhere")[0].time == NOON - MINUTE


@pytest.mark.parametrize(
    ("summary", "stored"),
    [(" spaces ", "spaces"), ("e\u0301", "é"), ("é" * 500, "é" * 500), ("é" * 501, "é" * 497 + "...")],
)
def test_summary(wiki: EmbeddedWiki, summary: str, stored: str) -> None:
    """An edit summary is trimmed, and cut after 500 characters."""
    wiki.edit("Sandbox", "Text.", "Ada", summary)
    assert history(wiki, "Sandbox")[0].summary == stored


# --- Who may ---


@pytest.mark.parametrize("title", ["User:Ada/x.json", "User:Ada/x.css", "User:Ada/x.js", "MediaWiki:Sidebar"])
@pytest.mark.parametrize(("account", "kind"), [("Admin", Kind.SAVED), ("Ada", Kind.PROTECTED), ("Bo", Kind.PROTECTED)])
def test_pages_for_sysops(path: Path, title: str, account: str, kind: Kind) -> None:
    """Only sysops save the wiki's texts and people's settings: a bot's password doesn't allow it its own."""
    assert EmbeddedWiki(path, account).act(Save(Title(title), "{}", None, "")).kind is kind


@pytest.mark.parametrize(
    ("group", "account", "kind"),
    [
        ("sysop", "StrategyBot", Kind.PROTECTED),
        ("sysop", "Admin", Kind.SAVED),
        ("bot", "StrategyBot", Kind.SAVED),
        ("bot", "Ada", Kind.PROTECTED),
        ("autoconfirmed", "Ada", Kind.SAVED),
        ("", "Ada", Kind.SAVED),
    ],
)
def test_protection(path: Path, group: str, account: str, kind: Kind) -> None:
    """A title can be left to a group, before there is a page."""
    wiki = EmbeddedWiki(path, account)
    wiki.protect("Sandbox", "sysop")
    wiki.protect("Sandbox", group)
    assert wiki.act(Save(Title("Sandbox"), "Text.", None, "")).kind is kind
    assert page(wiki, "Sandbox").protection == group


def test_invalid_json_is_refused(path: Path) -> None:
    """A JSON page that is no JSON is an outcome for the bot, and an error where people's pages are imported."""
    wiki = EmbeddedWiki(path, "Admin")
    outcome = wiki.act(Save(Title("User:Ada/x.json"), "{", None, ""))
    assert outcome.kind is Kind.FORBIDDEN
    assert outcome.reason.startswith("This is not valid JSON: ")
    with pytest.raises(OperatorError, match=r"^User:Ada/x.json can't be saved. This is not valid JSON: "):
        wiki.edit("User:Ada/x.json", "{", "Ada")
    assert wiki.titles() == []


# --- People ---


def test_edit_makes_the_account(wiki: EmbeddedWiki) -> None:
    """Who edits has an account, unless it is an address."""
    wiki.edit("Sandbox", "One.", "ada_Example")
    wiki.edit("Sandbox", "Two.", "192.0.2.1")
    assert [revision.user for revision in history(wiki, "Sandbox")] == ["192.0.2.1", "Ada Example"]
    assert user(wiki, "Ada Example").exists
    assert not user(wiki, "192.0.2.1").exists


def test_edit_at_a_time(wiki: EmbeddedWiki) -> None:
    """An edit can be given its time."""
    wiki.edit("Sandbox", "~~~~~", "Ada", time=NOON - 5 * MINUTE)
    assert history(wiki, "Sandbox")[0].time == NOON - 5 * MINUTE
    assert page(wiki, "Sandbox").text == "11:55, 10 December 2026 (UTC)"


def test_edit_without_a_change(wiki: EmbeddedWiki) -> None:
    """Saving what stands gives the revision that stands."""
    first = wiki.edit("Sandbox", "Text.", "Ada")
    assert wiki.edit("Sandbox", "Text.\n", "Bo") == first
    assert len(history(wiki, "Sandbox")) == 1


def test_edit_at_an_illegal_title(wiki: EmbeddedWiki) -> None:
    """No page is made where none can be."""
    with pytest.raises(OperatorError, match=r"^No page can have the title “A\|b”\.$") as caught:
        wiki.edit("A|b", "Text.", "Ada")
    assert caught.value.usage


def test_accounts(wiki: EmbeddedWiki) -> None:
    """Accounts can be made and changed, and their rights follow from their groups."""
    wiki.add_account("Ada", emailable=True)
    assert user(wiki, "Ada") == User("Ada", exists=True, rights=user(wiki, "Ada").rights, emailable=True)
    wiki.add_account("Ada", ["sysop"])
    ada = user(wiki, "ada")
    assert ada.groups == {"sysop"}
    assert (ada.emailable, "protect" in ada.rights) == (False, True)
    wiki.block("Ada")
    wiki.block("New one")
    assert user(wiki, "Ada").blocked
    assert user(wiki, "Ada").groups == {"sysop"}
    assert user(wiki, "New one").blocked


def test_move(wiki: EmbeddedWiki) -> None:
    """A moved page has one revision more, of the same text; its protection goes with it."""
    wiki.edit("Old", "Text.", "Ada")
    wiki.protect("Old", "sysop")
    wiki.move("Old", "New")
    assert [(r.text, r.user, r.summary) for r in history(wiki, "New")] == [
        ("Text.", "Admin", "Admin moved page [[Old]] to [[New]]"),
        ("Text.", "Ada", ""),
    ]
    assert page(wiki, "New").protection == "sysop"
    assert [revision.text for revision in history(wiki, "Old")] == ["#REDIRECT [[New]]"]


def test_move_back(wiki: EmbeddedWiki) -> None:
    """A page can be moved over a redirect that leads to it, and over nothing else."""
    wiki.edit("Old", "Text.", "Ada")
    wiki.move("Old", "New")
    wiki.move("New", "Old")
    assert page(wiki, "New").title == Title("Old")
    wiki.edit("Other", "Theirs.", "Ada")
    with pytest.raises(OperatorError, match=r"^Old can't be moved to Other\.$"):
        wiki.move("Old", "Other")
    with pytest.raises(OperatorError, match=r"^Nowhere can't be moved to Anywhere\.$"):
        wiki.move("Nowhere", "Anywhere")


def test_hide_and_show(wiki: EmbeddedWiki) -> None:
    """What was hidden can be shown again; a page whose text is hidden has no text."""
    revid = wiki.edit("Sandbox", "Text.", "Ada", "why")
    wiki.hide(revid, user=True, summary=True)
    assert not page(wiki, "Sandbox").exists
    assert wiki.texts() == {}
    wiki.hide(revid, text=False)
    assert (page(wiki, "Sandbox").text, history(wiki, "Sandbox")[0].user) == ("Text.", "Ada")


def test_hidden_text_is_not_lost(wiki: EmbeddedWiki) -> None:
    """What stands hidden still counts: text is added to it."""
    base = wiki.edit("Sandbox", "Text.", "Ada")
    wiki.hide(base)
    assert wiki.act(Append(Title("Sandbox"), " More.", base, "")).kind is Kind.SAVED
    assert page(wiki, "Sandbox").text == "Text. More."


def test_titles_and_texts(wiki: EmbeddedWiki) -> None:
    """All pages are listed by name."""
    for title in ("User:Ada", "B", "A/b", "A"):
        wiki.edit(title, f"Text of {title}.", "Ada")
    wiki.delete("B")
    assert wiki.titles() == [Title("A"), Title("A/b"), Title("User:Ada")]
    assert list(wiki.texts().items())[1] == (Title("A/b"), "Text of A/b.")


# --- Copies of real pages ---

REAL = (
    Revision(105, 103, NOON, "Bo", "more", "#REDIRECT [[Elsewhere]]", ("mobile edit", "visualeditor")),
    Revision(103, 101, NOON - MINUTE, None, None, None),
    Revision(101, 0, NOON - 2 * MINUTE, "Ada", "", "One."),
)


def test_store(wiki: EmbeddedWiki) -> None:
    """A real history is kept as it is, in any order given, and read like one of our own."""
    wiki.edit("Copy", "Something else.", "Ada")
    wiki.store("Copy", REAL[::-1])
    assert history(wiki, "Copy") == REAL
    wiki.edit("Elsewhere", "Here.", "Ada")
    assert page(wiki, "Copy").title == Title("Elsewhere")
    at = PageAt(Title("Copy"), NOON - 90 * timedelta(seconds=1))
    assert wiki.answer([at])[at].text == "One."


def test_store_and_go_on(wiki: EmbeddedWiki) -> None:
    """What is saved on a copy comes after it."""
    wiki.store("Copy", REAL)
    outcome = wiki.act(Save(Title("Copy"), "Ours.", 105, "test"))
    assert (outcome.kind, outcome.revid) == (Kind.SAVED, 106)
    assert [revision.id for revision in history(wiki, "Copy")] == [106, 105, 103, 101]


def test_store_again(wiki: EmbeddedWiki) -> None:
    """A newer copy replaces an older one."""
    wiki.store("Copy", REAL[1:])
    wiki.store("Copy", REAL)
    assert history(wiki, "Copy") == REAL


def test_store_nothing(wiki: EmbeddedWiki) -> None:
    """A page that is gone is gone from the copy."""
    wiki.store("Copy", REAL)
    wiki.store("Copy", [])
    assert wiki.titles() == []


def test_store_where_an_id_is_taken(wiki: EmbeddedWiki) -> None:
    """A copy doesn't take another page's revisions away, and is not made by half."""
    wiki.store("Copy", REAL)
    with pytest.raises(OperatorError, match=r"^Another page has a revision 101 already: begin a new file\.$"):
        wiki.store("Another", [Revision(100, 0, NOON, "Ada", "", "Text."), REAL[2]])
    assert wiki.titles() == [Title("Copy")]
    assert history(wiki, "Copy") == REAL


# --- Links ---

OPT_OUT = "[[Category:Opted-out of message delivery]]"


@pytest.mark.parametrize(
    ("template", "opted_out"),
    [
        (OPT_OUT, True),
        (f"<includeonly>{OPT_OUT}</includeonly>", True),
        (f"<noinclude>{OPT_OUT}</noinclude>", False),
        (f"<onlyinclude>{OPT_OUT}</onlyinclude> else", True),
        (f"<onlyinclude>this</onlyinclude> {OPT_OUT}", False),
        (f"<nowiki>{OPT_OUT}</nowiki>", False),
        (f"<noinclude>{{{{Documentation}}}}</noinclude>{OPT_OUT}", True),
        ("#REDIRECT [[Template:Opt out]]", True),
        ("{{opt out}}", True),
        ("<noinclude>{{opt out}}</noinclude>", False),
        ("{{User:Ada/None}}", False),
    ],
)
def test_opting_out_with_a_template(wiki: EmbeddedWiki, template: str, opted_out: bool) -> None:
    """A template passes on its categories, and those of templates on it, but for what is not transcluded."""
    wiki.edit("Template:Opt out", OPT_OUT, "Ada")
    wiki.edit("Template:No mail", template, "Ada")
    wiki.edit("User talk:Ada", "Hello. {{no mail|1=x}}", "Ada")
    assert page(wiki, "User talk:Ada").opted_out is opted_out


def test_templates_in_a_circle(wiki: EmbeddedWiki) -> None:
    """Templates that transclude each other are no trouble."""
    wiki.edit("Template:A", "{{B}}", "Ada")
    wiki.edit("Template:B", "{{A}}", "Ada")
    wiki.edit("Page", "{{A}}", "Ada")
    using = PagesUsing(Title("Template:A"))
    assert wiki.answer([using])[using] == (Title("Page"), Title("Template:A"), Title("Template:B"))
    assert not page(wiki, "Page").opted_out


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("{{/Part}}", "Page/Part"),
        ("{{:Other}}", "Other"),
        ("{{User:Ada}}", "User:Ada"),
        ("{{template:Other_one}}", "Template:Other one"),
        ("{{Other\n|{{{1|}}}}}", "Template:Other"),
        ("{{Other<!-- comment -->}}", "Template:Other"),
        ("{{<nowiki/>Other}}", None),
        ("{{{Other|}}}", None),
        ("{{Other{{x}}}}", None),
        ("{{Oth[er}}", None),
    ],
)
def test_pages_using(wiki: EmbeddedWiki, text: str, used: str | None) -> None:
    """A page is used by whoever transcludes it, under any name that means it."""
    wiki.edit("Page", text, "Ada")
    using = PagesUsing(Title(used or "Template:Other"))
    assert wiki.answer([using])[using] == ((Title("Page"),) if used else ())


def test_links_are_those_of_the_text_that_stands(wiki: EmbeddedWiki) -> None:
    """A template that was removed is not used any more, and no longer after a page is gone."""
    using = PagesUsing(Title("Template:Other"))
    wiki.edit("Page", "{{Other}}", "Ada")
    wiki.edit("Page", "None.", "Ada")
    assert wiki.answer([using])[using] == ()
    wiki.edit("Page", "{{Other}}", "Ada")
    wiki.delete("Page")
    assert wiki.answer([using])[using] == ()


def test_messages_sent(path: Path) -> None:
    """Who sends a message to a list is remembered, with the list's revision then; newest first."""
    now = [datetime(2026, 12, 1, 12, tzinfo=UTC)]
    wiki = EmbeddedWiki(path, clock=lambda: now[0])
    revid = wiki.edit("List", "{{#target:User talk:Ada}}", "Ada")
    wiki.send("List", "Survey", "Cora", "Text")
    now[0] += timedelta(hours=1)
    wiki.send("list", "Survey again")
    question = MessagesSent(now[0] - timedelta(minutes=1))
    again = SentMessage(now[0], "Admin", "Survey again", Title("List"), revid)
    assert wiki.answer([question])[question] == (again,)
    question = MessagesSent(now[0] - timedelta(hours=1))
    first = SentMessage(now[0] - timedelta(hours=1), "Cora", "Survey", Title("List"), revid, Title("Text"))
    assert wiki.answer([question])[question] == (again, first)
    with pytest.raises(OperatorError, match=r"There is no list Nowhere\."):
        wiki.send("Nowhere", "Survey")
