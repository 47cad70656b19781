"""Exactly once: what proves that a post was made, what proves that it wasn't, and what leaves nobody the wiser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from strategybot.attempt import attempt
from strategybot.delivery import deliver
from strategybot.executor import Executor
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Post, Posting, Proof
from strategybot.jobs.posting import Evidence, Histories, is_post, judge, postings, saved_since
from strategybot.model.page import LogEntry, Page, Revision, Title
from strategybot.reversal import undo_session
from strategybot.session import Report, Session
from strategybot.standing import Standing
from strategybot.wiki.asking import Job, ask, known
from strategybot.wiki.port import (
    Action,
    Append,
    Contributions,
    History,
    HistorySince,
    Kind,
    LoggedSince,
    Outcome,
    PageNow,
    Query,
)
from strategybot.wikitext.summaries import post_mark
from strategybot.writing.safe import Block, Heading
from tests.committee import ALPHA, BOT, CONFIGURATION, Committee, moment, problems, roster
from tests.jobs.test_call import TALK, calling, posts, sections

ARCHIVE = f"{TALK}/Archive"
KEY = f"call 2026-12-10 Committee | {TALK}"
SINCE = moment("11-10T15:00")
HIDDEN, SAID = "hidden", "by somebody"


@pytest.fixture
def committee() -> Committee:
    """The committee on the day of its call, before the bot has run."""
    return calling(groups=["Alpha"]).at("12-04")


def made(committee: Committee) -> int:
    """How many posts of the call were ever made, as far as anybody can see."""
    revisions = [
        revision for title in committee.wiki.titles() for revision in committee.ask(ask(History(title, limit=1000)))
    ]
    return sum(is_post(revision, BOT, KEY) for revision in revisions)


def newest(committee: Committee, title: str = TALK) -> Revision:
    revision = committee.page(title).revision
    assert revision
    return revision


def hide(committee: Committee, *, text: bool = False, user: bool = False, summary: bool = False) -> None:
    """An admin hides parts of the post, which somebody has taken off the page before."""
    post = newest(committee)
    committee.save(TALK, "Nothing here.", "Ada")
    committee.wiki.hide(post.id, text=text, user=user, summary=summary)


# --- What people do with a post that was made


def archived(committee: Committee) -> None:
    before, _, section = committee.text(TALK).partition("\n\n== Update")
    committee.save(TALK, before, "Ada")
    committee.save(ARCHIVE, f"== Update{section}", "Ada")


def reverted(committee: Committee) -> None:
    committee.save(TALK, committee.text(TALK).partition("\n\n== Update")[0], "Ada")


def moved(committee: Committee) -> None:
    committee.wiki.move(TALK, ARCHIVE)


def moved_and_made_anew(committee: Committee) -> None:
    committee.wiki.move(TALK, ARCHIVE, redirect=False)
    committee.save(TALK, "A new beginning.", "Ada")


def moved_without_a_redirect(committee: Committee) -> None:
    committee.wiki.move(TALK, ARCHIVE, redirect=False)


def answered_by_hundreds(committee: Committee) -> None:
    for number in range(600):
        committee.save(TALK, f"{committee.text(TALK)[:2000]}\n:No {number}.", "Bo" if number % 2 else "Ada")


def made_a_redirect(committee: Committee) -> None:
    committee.save("Talk:Elsewhere", "Hello.", "Ada")
    committee.save(TALK, "#REDIRECT [[Talk:Elsewhere]]", "Ada")


def emptied(committee: Committee) -> None:
    committee.save(TALK, "", "Ada")


def text_hidden(committee: Committee) -> None:
    hide(committee, text=True)


PROVEN = [
    archived,
    reverted,
    moved,
    moved_and_made_anew,
    moved_without_a_redirect,
    answered_by_hundreds,
    made_a_redirect,
    emptied,
    text_hidden,
]


@pytest.mark.parametrize("change", PROVEN)
def test_posted_once(committee: Committee, change: Callable[[Committee], None]) -> None:
    """Whatever people do with a post that was made: as long as its revision can be seen, it isn't made again."""
    committee.run()
    change(committee.at("12-05"))
    report = committee.at("12-06").run()
    assert (set(posts(report).values()), problems(report), report.exit_status) == ({"unchanged"}, [], 0)
    assert made(committee) == 1


# --- What becomes of titles


def all_made(committee: Committee) -> int:
    """How many posts of the bot's stand in any history."""
    own = committee.ask(ask(Contributions(SINCE)))
    return sum("#post " in (revision.summary or "") for revision in own)


def renamed(committee: Committee, *titles: str, old: str, new: str) -> None:
    for title in titles:
        committee.wiki.move(title, title.replace(old, new))


def group_renamed(committee: Committee) -> None:
    renamed(committee, ALPHA, TALK, old="Alpha", new="Alphas")
    committee.configure({**committee.configuration, "groups": ["Alphas"]})


def group_renamed_twice(committee: Committee) -> None:
    group_renamed(committee)
    renamed(committee, f"{ALPHA}s", f"{TALK}s", old="Alphas", new="First")
    committee.configure({**committee.configuration, "groups": ["First"]})


def group_renamed_without_its_talk_page(committee: Committee) -> None:
    renamed(committee, ALPHA, old="Alpha", new="Alphas")
    committee.configure({**committee.configuration, "groups": ["Alphas"]})


def made_anew_with_its_talk_page_moved(committee: Committee) -> None:
    renamed(committee, TALK, old="Alpha", new="Alphas")
    committee.save(f"{ALPHA}s", roster("Ada"), "Cora")
    committee.configure({**committee.configuration, "groups": ["Alphas"]})


def root_renamed(committee: Committee) -> None:
    renamed(committee, ALPHA, TALK, old="Committee/", new="Council/")
    committee.configure({**committee.configuration, "root": "Council", "name": "Council"})


def process_renamed(committee: Committee) -> None:
    committee.wiki.move(CONFIGURATION.text, f"User:{BOT}/Council.json", redirect=False)


def all_renamed(committee: Committee) -> None:
    root_renamed(committee)
    process_renamed(committee)


RENAMED = [
    group_renamed,
    group_renamed_twice,
    group_renamed_without_its_talk_page,
    made_anew_with_its_talk_page_moved,
    root_renamed,
    process_renamed,
    all_renamed,
]


@pytest.mark.parametrize("change", RENAMED)
def test_renamed(committee: Committee, change: Callable[[Committee], None]) -> None:
    """Whatever is moved, and whatever the configuration calls it then: it is the same post."""
    committee.run()
    change(committee.at("12-04T12:00"))
    report = committee.at("12-05").run()
    assert (list(posts(report).values()), report.exit_status) == (["unchanged"], 0)
    assert all_made(committee) == 1


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [
        ("A and B", "A & B", "Committee/Working Groups/A and B"),
        ("A & B", "A and B", "Committee/Working Groups/A and B"),
        ({"name": "A", "page": "Project:alpha"}, {"name": "A", "page": "Project:Alpha"}, "Project:Alpha"),
        ({"name": "A", "page": "Image:alpha"}, {"name": "A", "page": "File:Alpha"}, "File:Alpha"),
    ],
)
def test_spelled_otherwise(before: object, after: object, real: str) -> None:
    """However the configuration spells the title of the same page, it is the same post."""
    committee = calling(groups=[before])
    committee.save(real, roster("Ada"), "Cora")
    assert list(posts(committee.at("12-04").run()).values()) == ["saved"]
    committee.configure({**committee.configuration, "groups": [after]})
    assert list(posts(committee.at("12-05").run()).values()) == ["unchanged"]
    assert all_made(committee) == 1


def test_made_in_the_other_spelling(committee: Committee) -> None:
    """Where a group's page is made as it is configured, after a call by the other spelling, it is the same post."""
    committee.configure({**committee.configuration, "groups": ["A & B"]})
    committee.save("Committee/Working Groups/A and B", roster("Ada"), "Cora")
    assert list(posts(committee.run()).values()) == ["saved"]
    committee.save("Committee/Working Groups/A & B", roster("Ada"), "Cora")
    assert list(posts(committee.at("12-05").run()).values()) == ["unchanged"]


def test_another_group_under_an_old_title(committee: Committee) -> None:
    """A group that was called, and whose page was moved, keeps no other group from being called."""
    group_renamed(committee.at("12-03T12:00"))
    committee.configure({**committee.configuration, "groups": ["Alphas", "Beta"]})
    assert list(posts(committee.at("12-04").run()).values()) == ["saved", "saved"]


# --- What leaves no proof


def deleted(committee: Committee) -> None:
    committee.wiki.delete(TALK)


def deleted_and_made_anew(committee: Committee) -> None:
    committee.wiki.delete(TALK)
    committee.save(TALK, "A new beginning.", "Ada")


def moved_and_deleted_there(committee: Committee) -> None:
    moved_and_made_anew(committee)
    committee.wiki.delete(ARCHIVE)


def moved_twice_and_deleted_there(committee: Committee) -> None:
    moved_and_made_anew(committee)
    committee.wiki.move(ARCHIVE, "Talk:Attic", redirect=False)
    committee.wiki.delete("Talk:Attic")


def summary_hidden(committee: Committee) -> None:
    hide(committee, summary=True)


def user_hidden(committee: Committee) -> None:
    hide(committee, user=True)


def all_hidden(committee: Committee) -> None:
    hide(committee, text=True, user=True, summary=True)


def hidden_and_moved(committee: Committee) -> None:
    all_hidden(committee)
    moved_and_made_anew(committee)


def hidden_and_made_a_redirect(committee: Committee) -> None:
    all_hidden(committee)
    made_a_redirect(committee)


UNPROVEN = {
    deleted: "post-deleted",
    deleted_and_made_anew: "post-deleted",
    moved_and_deleted_there: "post-deleted",
    moved_twice_and_deleted_there: "post-deleted",
    summary_hidden: "post-hidden",
    user_hidden: "post-hidden",
    all_hidden: "post-hidden",
    hidden_and_moved: "post-hidden",
    hidden_and_made_a_redirect: "post-hidden",
}


@pytest.mark.parametrize(("change", "key"), UNPROVEN.items())
def test_no_proof_no_post(committee: Committee, change: Callable[[Committee], None], key: str) -> None:
    """Where nobody can tell whether a post was made, it isn't made, and a problem says so."""
    committee.run()
    change(committee.at("12-05"))
    before = committee.wiki.texts()
    report = committee.at("12-06").run()
    assert (set(posts(report).values()), report.exit_status) == ({"may have been posted before"}, 1)
    assert problems(report) == [(key, TALK)]
    after = committee.wiki.texts()
    assert {title for title in after if before.get(title) != after[title]} == {Title(f"User:{BOT}/Status")}


NAMED, LED = "Project talk:Alphas", "Talk:Elsewhere"


def naming(committee: Committee, talk: str = NAMED) -> None:
    committee.save(ALPHA, roster("Ada").replace("|members=", f"|talk page={talk}|members="), "Cora")


def leading(committee: Committee, to: str = LED) -> None:
    committee.save(to, "Hello.", "Ada")
    committee.save(TALK, f"#REDIRECT [[{to}]]", "Mallory")


def hide_on(committee: Committee, title: str, **parts: bool) -> None:
    post = newest(committee, title)
    committee.save(title, "Nothing here.", "Ada")
    committee.wiki.hide(post.id, **{"text": False, **parts})


def named_page_deleted(committee: Committee) -> None:
    committee.wiki.delete(NAMED)
    committee.save(ALPHA, roster("Ada"), "Cora")


def named_page_moved_and_deleted(committee: Committee) -> None:
    committee.wiki.move(NAMED, "Project talk:Attic", redirect=False)
    committee.wiki.delete("Project talk:Attic")
    naming(committee, "Project talk:Another")


def named_and_summary_hidden(committee: Committee) -> None:
    hide_on(committee, NAMED, summary=True)
    committee.save(ALPHA, roster("Ada"), "Cora")


def named_and_user_hidden(committee: Committee) -> None:
    hide_on(committee, NAMED, user=True, summary=True)
    naming(committee, "Project talk:Another")


def own_page_deleted_and_another_named(committee: Committee) -> None:
    committee.wiki.delete(TALK)
    naming(committee)


def led_page_deleted(committee: Committee) -> None:
    committee.wiki.delete(LED)
    leading(committee, "Talk:Y")


def led_and_user_hidden(committee: Committee) -> None:
    hide_on(committee, LED, user=True, summary=True)
    leading(committee, "Talk:Y")


def led_no_more(committee: Committee) -> None:
    committee.wiki.delete(LED)
    committee.save(TALK, "No redirect any more.", "Mallory")


def renamed_and_old_talk_page_deleted(committee: Committee) -> None:
    group_renamed_without_its_talk_page(committee)
    committee.wiki.delete(TALK)


ELSEWHERE = [
    (naming, named_page_deleted, "post-deleted"),
    (naming, named_page_moved_and_deleted, "post-deleted"),
    (naming, named_and_summary_hidden, "post-hidden"),
    (naming, named_and_user_hidden, "post-hidden"),
    (leading, led_page_deleted, "post-deleted"),
    (leading, led_and_user_hidden, "post-hidden"),
    (leading, led_no_more, "post-deleted"),
    (lambda _: None, own_page_deleted_and_another_named, "post-deleted"),
    (lambda _: None, renamed_and_old_talk_page_deleted, "post-deleted"),
]


@pytest.mark.parametrize(("before", "after", "key"), ELSEWHERE)
def test_no_proof_elsewhere(
    committee: Committee, before: Callable[[Committee], None], after: Callable[[Committee], None], key: str
) -> None:
    """So it is where the post went to another page than it would go to now, and can't be seen there any more."""
    before(committee)
    assert list(posts(committee.run()).values()) == ["saved"]
    after(committee.at("12-05"))
    report = committee.at("12-06").run()
    assert list(posts(report).values()) == ["may have been posted before"]
    assert [problem for problem, _ in problems(report)] == [key]


def test_a_redirect_from_before(committee: Committee) -> None:
    """Where a redirect led when it was older than any post counts as well."""
    committee.at("11-02").save(LED, "Hello.", "Ada")
    committee.save(TALK, f"#REDIRECT [[{LED}]]", "Ada")
    committee.at("12-04").run()
    led_page_deleted(committee.at("12-05"))
    assert list(posts(committee.at("12-06").run()).values()) == ["may have been posted before"]


# --- What proves nothing


def deleted_long_before(committee: Committee) -> None:
    committee.at("11-02").wiki.delete(TALK)
    committee.save(TALK, "A new beginning.", "Ada")


def forged(committee: Committee) -> None:
    committee.wiki.edit(Title(TALK), f"Hello.\n<!-- post: {KEY} -->", "Mallory", f"Nice try #post {KEY}")


def quoted_by_the_bot(committee: Committee) -> None:
    committee.wiki.edit(Title(TALK), "Hello.", BOT, f"about #post {KEY} and more")


def somebody_hidden(committee: Committee) -> None:
    revision = committee.wiki.edit(Title(TALK), "Something bad.", "Mallory", "A bad name")
    committee.save(TALK, "Nothing here.", "Ada")
    committee.wiki.hide(revision, text=True, user=True)


def summary_of_somebody_hidden(committee: Committee) -> None:
    revision = committee.wiki.edit(Title(TALK), "Something bad.", "Mallory", "Something worse")
    committee.save(TALK, "Nothing here.", "Ada")
    committee.wiki.hide(revision, text=True, summary=True)


def another_page_deleted(committee: Committee) -> None:
    committee.save("Talk:Other", "Hello.", "Ada")
    committee.wiki.delete("Talk:Other")


def naming_another_before(committee: Committee) -> None:
    committee.save("Project talk:Another", "Hello.", "Ada")
    naming(committee, "Project talk:Another")
    committee.save(ALPHA, roster("Ada"), "Cora")


def leading_elsewhere_before(committee: Committee) -> None:
    leading(committee)
    committee.save(TALK, "No redirect any more.", "Ada")


@pytest.mark.parametrize(
    "change",
    [
        deleted_long_before,
        forged,
        quoted_by_the_bot,
        somebody_hidden,
        summary_of_somebody_hidden,
        another_page_deleted,
        answered_by_hundreds,
        moved,
        naming_another_before,
        leading_elsewhere_before,
    ],
)
def test_nothing_that_counts(committee: Committee, change: Callable[[Committee], None]) -> None:
    """What others write, do and hide doesn't keep the bot from posting."""
    change(committee.at("12-03T16:00"))
    report = committee.at("12-04").run()
    assert (set(posts(report).values()), report.exit_status) == ({"saved"}, 0)
    assert made(committee) == 1


def test_a_page_that_was_moved_away(committee: Committee) -> None:
    """A page that was moved away without a redirect isn't made again, and the problem says what lets the bot post."""
    moved_without_a_redirect(committee)
    report = committee.run()
    assert [(problem.key, problem.words[1]) for problem in report.problems] == [("post-moved", ARCHIVE)]
    committee.save(TALK, f"#REDIRECT [[{ARCHIVE}]]", "Ada")
    assert set(posts(committee.run()).values()) == {"saved"}
    assert sections(committee, ARCHIVE) == 1


def test_undone(committee: Committee) -> None:
    """A post of a run that an operator has undone isn't made again."""
    run = committee.run("call").run
    undo_session(committee.at("12-05").wiki, run, "Otto")
    assert sections(committee) == 0
    assert set(posts(committee.at("12-06").run()).values()) == {"unchanged"}
    assert sections(committee) == 0


def test_a_page_that_is_no_more(committee: Committee) -> None:
    """A page that was deleted long ago isn't made again for a post, and the problem says what lets the bot post."""
    committee.at("11-02").wiki.delete(TALK)
    report = committee.at("12-04").run()
    assert problems(report) == [("post-page-gone", TALK)]
    committee.save(TALK, "A new beginning.", "Ada")
    assert set(posts(committee.run()).values()) == {"saved"}


# --- The decision, by all that can be found


AT = moment("12-04")
IDENTITY = Key("call", "2026-12-10", Committee().process, Title(ALPHA), near=("2026-12-09", "2026-12-11"))
POST = Post(Title(TALK), IDENTITY, Heading("Heading"), Block("Body"), "summary", "en", SINCE)
OLD, NEW = SINCE - timedelta(days=1), SINCE + timedelta(days=1)


def revision(number: int, user: str | None = "Ada", summary: str | None = SAID, page: str = "") -> Revision:
    return Revision(number, number - 1, AT, user, summary, None, page=Title(page) if page else None)


def page(number: int | None, time: object = NEW, at: str = TALK) -> Page:
    newest = None if number is None else replace(revision(number), time=time)  # type: ignore[type-var,arg-type]
    return Page(Title(at), asked=Title(TALK), revision=newest, redirected=at != TALK)


def of(**histories: list[Revision]) -> Histories:
    named = {"talk": TALK, "archive": ARCHIVE, "other": "Talk:Other"}
    return {Title(named[name]): history for name, history in histories.items()}


MADE = f"words {post_mark(KEY)}"
TO_ARCHIVE = LogEntry(NEW, Title(TALK), Title(ARCHIVE), moved=True)
FROM_OLD = LogEntry(NEW, Title(ALPHA.replace("Alpha", "Old")), Title(ALPHA), moved=True)
TO_OLD = LogEntry(NEW, Title(ALPHA.replace("Alpha", "Oldest")), FROM_OLD.title, moved=True)
CONFIGURED = LogEntry(NEW, Title(f"User:{BOT}/Old Committee.json"), CONFIGURATION, moved=True)
GONE = LogEntry(NEW, Title(TALK))
UNSEEN = LogEntry(NEW, None)

CASES: list[tuple[Page, list[Revision], Histories, list[LogEntry], Proof, int | None]] = [
    # There is no page, there is one that hasn't changed since, one that has.
    (page(None), [], {}, [], Proof.FREE, None),
    (page(5, OLD), [], {}, [], Proof.FREE, 5),
    (page(5), [], of(talk=[revision(5)]), [], Proof.FREE, 5),
    # The history is newer than the page that was read, or older, or lags so far behind that it has nothing.
    (page(5), [], of(talk=[revision(6), revision(5)]), [], Proof.FREE, 6),
    (page(5), [], of(talk=[revision(4)]), [], Proof.FREE, 4),
    (page(5), [], of(talk=[]), [], Proof.UNSETTLED, None),
    # The bot's own revision with the key: by its contributions, by the page's history, or elsewhere.
    (page(9), [revision(3, BOT, MADE, "Anywhere")], {}, [], Proof.DONE, None),
    (page(9), [], of(talk=[revision(9), revision(3, BOT, MADE)]), [], Proof.DONE, None),
    (page(9), [], of(talk=[revision(9)], archive=[revision(3, BOT, MADE)]), [TO_ARCHIVE], Proof.DONE, None),
    (page(None), [revision(3, BOT, MADE, "Anywhere")], {}, [GONE], Proof.DONE, None),
    # Under an earlier title of the target, of the configuration, and of what only later was called so.
    (page(9), [revision(3, BOT, MADE.replace("Alpha", "Old"), TALK)], {}, [FROM_OLD], Proof.DONE, None),
    (page(9), [revision(3, BOT, MADE.replace("Alpha", "Old"), TALK)], of(talk=[revision(9)]), [], Proof.FREE, 9),
    (page(9), [revision(3, BOT, MADE.replace("10 Comm", "10 Old Comm"), TALK)], {}, [CONFIGURED], Proof.DONE, None),
    (page(9), [revision(3, BOT, MADE.replace("Alpha", "Oldest"), TALK)], {}, [FROM_OLD, TO_OLD], Proof.DONE, None),
    (page(5, OLD), [revision(3, BOT, MADE.replace("Alpha", "Oldest"), TALK)], {}, [TO_OLD, FROM_OLD], Proof.FREE, 5),
    # For the day before, and for the one before that.
    (page(9), [revision(3, BOT, MADE.replace("10 C", "09 C"), TALK)], {}, [], Proof.NEAR, None),
    (page(9), [revision(3, BOT, MADE.replace("10 C", "08 C"), TALK)], of(talk=[revision(9)]), [], Proof.FREE, 9),
    # The key of another post, in the middle of a summary, and in somebody else's.
    (page(9), [revision(3, BOT, f"{MADE} too", TALK)], of(talk=[revision(9)]), [], Proof.FREE, 9),
    (page(9), [revision(3, BOT, MADE[:-1], TALK)], of(talk=[revision(9)]), [], Proof.FREE, 9),
    (page(9), [], of(talk=[revision(9, "Mallory", MADE)]), [], Proof.FREE, 9),
    # Hidden: who it was, what the bot said, both; what can't be ours.
    (page(9), [], of(talk=[revision(9), revision(3, None, None)]), [], Proof.HIDDEN, None),
    (page(9), [], of(talk=[revision(9), revision(3, None, MADE)]), [], Proof.HIDDEN, None),
    (page(9), [], of(talk=[revision(9), revision(3, BOT, None)]), [], Proof.HIDDEN, None),
    (page(9), [], of(talk=[revision(9), revision(3, None, SAID)]), [], Proof.FREE, 9),
    (page(9), [], of(talk=[revision(9), revision(3, "Bo", None)]), [], Proof.FREE, 9),
    (page(9), [revision(3, BOT, None, TALK)], of(talk=[revision(9)]), [], Proof.HIDDEN, None),
    (page(9), [revision(3, BOT, None, "Talk:Other")], of(talk=[revision(9)]), [], Proof.HIDDEN, None),
    (page(9), [revision(3, BOT, None, "No talk page")], of(talk=[revision(9)]), [], Proof.FREE, 9),
    (page(9), [], of(talk=[revision(9)], archive=[revision(3, None, None)]), [TO_ARCHIVE], Proof.HIDDEN, None),
    # Deleted: the page, where it was moved to, where it leads now, another one.
    (page(None), [], {}, [GONE], Proof.DELETED, None),
    (page(9), [], of(talk=[revision(9)]), [GONE], Proof.DELETED, None),
    (page(5, OLD), [], {}, [GONE], Proof.DELETED, None),
    (page(9), [], of(talk=[revision(9)]), [LogEntry(NEW, Title(ARCHIVE)), TO_ARCHIVE], Proof.DELETED, None),
    (page(9), [], of(talk=[revision(9)]), [LogEntry(NEW, Title(ARCHIVE))], Proof.FREE, 9),
    (page(9, at="Talk:Other"), [], of(other=[revision(9)]), [LogEntry(NEW, Title("Talk:Other"))], Proof.DELETED, None),
    # An entry of the log that is hidden: it may be about ours only where that is missing, or was made since.
    (page(None), [], {}, [UNSEEN], Proof.DELETED, None),
    (page(1), [], of(talk=[revision(1)]), [UNSEEN], Proof.DELETED, None),
    (page(5, OLD), [], {}, [UNSEEN], Proof.FREE, 5),
    (page(9), [], of(talk=[revision(9)]), [UNSEEN], Proof.FREE, 9),
]


@pytest.mark.parametrize(("page", "own", "histories", "logged", "proof", "base"), CASES)
def test_judge(
    page: Page, own: list[Revision], histories: Histories, logged: list[LogEntry], proof: Proof, base: int | None
) -> None:
    """What is proven by each of the things that can be found, and on which revision the post goes."""
    judged = judge(POST, BOT, Evidence(page, own, histories, logged))
    assert (judged.proof, judged.base) == (proof, base)


@pytest.mark.parametrize(
    ("imported", "at", "proof"),
    [
        ([Title("Anywhere")], "Anywhere", Proof.IMPORTED),
        ([Title("Elsewhere")], "Anywhere", Proof.DONE),
        ([None], "Anywhere", Proof.IMPORTED),
        ([Title(TALK)], ARCHIVE, Proof.IMPORTED),
    ],
)
def test_imports(imported: list[Title | None], at: str, proof: Proof) -> None:
    """What stands on a page that was imported to, or was moved from there, proves nothing, and keeps the post away."""
    own = [revision(3, BOT, MADE, at)]
    judged = judge(POST, BOT, Evidence(page(5, OLD), own, {}, [TO_ARCHIVE], imported=imported))
    assert (judged.proof, judged.revid) == (proof, 3)
    real = [*own, revision(4, BOT, MADE, "Talk:Other")]
    assert judge(POST, BOT, Evidence(page(5, OLD), real, {}, [], imported=imported)).proof is (
        Proof.IMPORTED if None in imported else Proof.DONE
    )


def test_keys() -> None:
    """A key names process, matter and target; a long one is cut and still of one target alone; none holds a mark."""
    keys = {str(replace(IDENTITY, page=Title(f"{'é' * 100}/{end}"))) for end in "AB"}
    assert str(IDENTITY) == KEY
    assert (len(keys), max(map(len, keys)) <= 160) == (2, True)
    assert str(replace(IDENTITY, page=Title("e\u0301"))) == str(replace(IDENTITY, page=Title("\u00e9")))
    assert all(is_post(revision(1, BOT, f"words #1 #post x {post_mark(key)}"), BOT, key) for key in keys)


# --- Two at once, and answers that get lost


class Afterwards:
    """A wiki on which something happens after each action of the bot's; it remembers what it was asked."""

    def __init__(self, committee: Committee, does: Callable[[Action], object]) -> None:
        self._wiki = committee.wiki
        self._does = does
        self.requests = committee.wiki.requests
        self.start = committee.wiki.start
        self.asked: list[Query[Any]] = []

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        self.asked += queries
        return self._wiki.answer(queries, purpose)

    def act(self, action: Action) -> Outcome:
        outcome = self._wiki.act(action)
        self._does(action)
        return outcome


def meanwhile(committee: Committee, does: Callable[[], object], wiki: Any = None) -> Report:
    """A run in which something happens between its reading and its first post."""
    happens = iter([does])

    def pause(_: object) -> bool:
        next(happens, lambda: None)()
        return True

    return Session(wiki or committee.wiki, now=committee.now, pause=pause).run(["call"])


def test_two_processes(committee: Committee) -> None:
    """Another process that posts between this one's reading and its post is seen: nothing is posted twice."""
    report = meanwhile(committee, lambda: committee.run("call"))
    assert (set(posts(report).values()), report.exit_status) == ({"unchanged"}, 0)
    assert (made(committee), sections(committee)) == (1, 1)


def test_two_processes_on_a_new_page() -> None:
    """So it is where the first post makes the page."""
    committee = calling(groups=["Alpha"]).at("12-04")
    committee.wiki.store(TALK, [])
    report = meanwhile(committee, lambda: committee.run("call"))
    assert (set(posts(report).values()), made(committee)) == ({"unchanged"}, 1)


def test_two_processes_and_an_archive(committee: Committee) -> None:
    """So it is where somebody has archived the other's post already."""
    report = meanwhile(committee, lambda: (committee.run("call"), archived(committee)))
    assert (set(posts(report).values()), made(committee), sections(committee)) == ({"unchanged"}, 1, 0)


@pytest.mark.parametrize(
    ("lead", "first", "text"),
    [
        (naming, "Project talk:New", ""),
        (naming, "Project talk:Known", "Hello."),
        (leading, "Talk:Known", "Hello."),
    ],
)
def test_two_processes_and_two_pages(
    committee: Committee, lead: Callable[[Committee, str], None], first: str, text: str
) -> None:
    """Where another process was led to another page meanwhile, the later post is taken back, from a new page, too."""
    lead(committee, first)
    if text:
        committee.save(first, text, "Ada")
    report = meanwhile(committee, lambda: (lead(committee, "Project talk:Second"), committee.run("call")))
    assert (posts(report), report.exit_status) == ({first: "unchanged"}, 0)
    assert (committee.text(first), sections(committee, "Project talk:Second"), all_made(committee)) == (text, 1, 2)
    assert list(posts(committee.run()).values()) == ["unchanged"]


def test_two_processes_and_an_answer(committee: Committee) -> None:
    """Where somebody has answered the later post already, it stays, and that is told."""
    naming(committee)

    def answered(action: Action) -> None:
        if isinstance(action, Append):
            committee.save(NAMED, f"{committee.text(NAMED)}\n:Thanks!", "Bo")

    def other() -> None:
        naming(committee, "Project talk:Another")
        committee.run("call")

    report = meanwhile(committee, other, Afterwards(committee, answered))
    assert (posts(report), report.exit_status) == ({NAMED: "posted twice"}, 1)
    assert "Thanks!" in committee.text(NAMED)


def test_what_looking_costs(committee: Committee) -> None:
    """A run that has posted takes one look at all of its posts; one that hasn't takes none."""
    committee.configure({**committee.configuration, "groups": ["Alpha", "Beta"]})
    asked: list[int] = []
    for _ in range(2):
        wiki = Afterwards(committee, lambda _: None)
        Session(wiki, now=committee.now).run(["call"])
        asked.append(sum(isinstance(query, Contributions) for query in wiki.asked))
    assert asked == [2, 1]


def test_somebody_else_meanwhile(committee: Committee) -> None:
    """What people add to the page in between stays, and the post comes after it in the same run."""
    report = meanwhile(committee, lambda: committee.save(TALK, f"{committee.text(TALK)}\n\nBy the way.", "Bo"))
    assert set(posts(report).values()) == {"saved"}
    assert "By the way.\n\n== Update" in committee.text(TALK)


class Before:
    """A wiki on which something happens before a kind of question is answered for the first time."""

    def __init__(self, committee: Committee, kind: type[Query[Any]], does: Callable[[], object]) -> None:
        self._wiki = committee.wiki
        self._kind = kind
        self._happens = iter([does])
        self.requests = committee.wiki.requests
        self.start = committee.wiki.start
        self.act = committee.wiki.act

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        if any(isinstance(query, self._kind) for query in queries):
            next(self._happens, lambda: None)()
        return self._wiki.answer(queries, purpose)


@pytest.mark.parametrize("kind", [PageNow, LoggedSince, HistorySince])
def test_moved_while_it_is_read(committee: Committee, kind: type[Query[Any]]) -> None:
    """Whenever the page is moved away, the post follows it, and no redirect gets it."""
    committee.save(TALK, "Hello again.", "Bo")
    wiki = Before(committee, kind, lambda: committee.wiki.move(TALK, "Talk:New"))
    Session(wiki, now=committee.now).run(["call"])
    assert (sections(committee, "Talk:New"), committee.wiki.texts()[Title(TALK)]) == (1, "#REDIRECT [[Talk:New]]")
    assert set(posts(committee.run()).values()) == {"unchanged"}


class Merging:
    """A wiki that adds a text at a page's end though another of its revisions is the newest, as MediaWiki does."""

    def __init__(self, committee: Committee, then: Callable[[Action], object] = lambda _: None) -> None:
        self._wiki = committee.wiki
        self._then = then
        self.requests = committee.wiki.requests
        self.start = committee.wiki.start
        self.answer = committee.wiki.answer

    def act(self, action: Action) -> Outcome:
        if not isinstance(action, Append):
            return self._wiki.act(action)
        standing = self._wiki.answer([History(action.title)])[History(action.title)][0]
        outcome = self._wiki.act(replace(action, base=standing.id))
        self._then(action)
        return replace(outcome, after=standing.id if standing.id != action.base else None)


class Unanswered:
    """A wiki whose answers to posts get lost: after it has posted them, or before."""

    def __init__(self, committee: Committee, *, posts: bool, merging: bool = False) -> None:
        self._wiki: Any = Merging(committee) if merging else committee.wiki
        self._posts = posts
        self.requests = committee.wiki.requests
        self.start = committee.wiki.start
        self.tried = 0

    def answer(self, queries: list[Query[object]], purpose: str = "read") -> Mapping[Query[object], object]:
        return self._wiki.answer(queries, purpose)

    def act(self, action: Action) -> Outcome:
        if not isinstance(action, Append):
            return self._wiki.act(action)
        self.tried += 1
        if self._posts:
            self._wiki.act(action)
        return Outcome(action.title, Kind.UNKNOWN, reason="The answer is lost.")


def test_lost_answers(committee: Committee) -> None:
    """A post whose answer is lost is looked for: where it stands it is done, with its revision."""
    wiki = Unanswered(committee, posts=True)
    report = Session(wiki, now=committee.now).run(["call"])  # type: ignore[arg-type]
    (post,) = report.posts.values()
    assert (post.outcome.kind, post.outcome.revid) == (Kind.SAVED, newest(committee).id)
    assert (wiki.tried, made(committee)) == (1, 1)


def test_lost_posts(committee: Committee) -> None:
    """Where it doesn't stand it is not sent again by this run, but by the next."""
    wiki = Unanswered(committee, posts=False)
    report = Session(wiki, now=committee.now).run()  # type: ignore[arg-type]
    assert (set(posts(report).values()), report.exit_status) == ({"not known whether done"}, 1)
    assert problems(report) == [("post-failed", TALK)]
    assert (wiki.tried, made(committee)) == (1, 0)
    assert set(posts(committee.run()).values()) == {"saved"}


def proven(post: Post) -> Job[tuple[Posting, ...]]:
    """What is proven of a post that can have been made on its own page alone."""
    saved = yield from saved_since(post.since)
    return (yield from postings([post], BOT, saved, lambda _: known(())))


def late(committee: Committee, does: Callable[[Committee], object]) -> Outcome:
    """What becomes of a post that was proven free before other things happened."""
    (posting,) = committee.ask(proven(POST))
    assert posting.proof is Proof.FREE
    does(committee)
    return delivered(committee, posting)


def delivered(committee: Committee, posting: Posting, then: Callable[[Action], object] = lambda _: None) -> Outcome:
    append = Append(posting.page.title, "\n\n== Late ==", posting.base, MADE)
    wiki = Merging(committee, then)
    return deliver(wiki, BOT, posting.post, append, "taken back")  # type: ignore[arg-type]


def test_a_second_post_is_taken_back(committee: Committee) -> None:
    """Where another process has posted it, and somebody has removed that before ours came, ours is taken back."""
    before = committee.text(TALK)
    outcome = late(committee, lambda _: (committee.run("call"), reverted(committee)))
    assert (outcome.kind, committee.text(TALK)) == (Kind.UNCHANGED, before)
    assert newest(committee).summary == f"taken back #unpost {newest(committee).parent}"
    assert set(posts(committee.run()).values()) == {"unchanged"}


def test_a_post_after_somebody_elses_edit(committee: Committee) -> None:
    """Where only others have edited meanwhile, the post stays."""
    outcome = late(committee, lambda _: committee.save(TALK, "Hello again.", "Bo"))
    assert (outcome.kind, committee.text(TALK)) == (Kind.SAVED, "Hello again.\n\n== Late ==")


def test_a_second_post_that_stays(committee: Committee) -> None:
    """Where it can't be taken back, since the text before it is hidden, that is told."""

    def hidden(_: Committee) -> None:
        committee.run("call")
        reverted(committee)
        committee.wiki.hide(newest(committee).id)

    assert late(committee, hidden).kind is Kind.POSTED_TWICE


def test_a_second_post_that_somebody_else_has_taken_back(committee: Committee) -> None:
    """Where somebody was faster, nothing is left to take back, and all is well."""
    before = committee.text(TALK)

    def revert(action: Action) -> None:
        if isinstance(action, Append):
            committee.save(TALK, before, "Bo")

    (posting,) = committee.ask(proven(POST))
    committee.run("call")
    reverted(committee)
    outcome = delivered(committee, posting, revert)
    assert (outcome.kind, committee.text(TALK)) == (Kind.UNCHANGED, before)
    assert newest(committee).user == "Bo"


def test_an_older_edit_with_the_same_summary(committee: Committee) -> None:
    """A revision that was there before the post was sent isn't taken for it."""
    before = committee.wiki.edit(Title(TALK), "Hello.", BOT, MADE)
    append = Append(Title(TALK), "More.", before, MADE)
    assert attempt(Unanswered(committee, posts=False), append, BOT).kind is Kind.UNKNOWN  # type: ignore[arg-type]


def test_a_lost_answer_after_another_edit(committee: Committee) -> None:
    """Where the answer is lost, the page's history tells after which revision the post came."""
    base = newest(committee).id
    between = committee.save(TALK, "Hello again.", "Bo")
    append = Append(Title(TALK), "More.", base, MADE)
    outcome = attempt(Unanswered(committee, posts=True, merging=True), append, BOT)  # type: ignore[arg-type]
    assert (outcome.kind, outcome.after) == (Kind.SAVED, between)
    append = Append(Title(TALK), "And more.", outcome.revid, MADE)
    assert attempt(Unanswered(committee, posts=True), append, BOT).after is None  # type: ignore[arg-type]


def test_what_is_proven_for_the_next_post(committee: Committee) -> None:
    """A post that came after somebody's edit proves nothing for the next one there, unlike one that came at once."""
    (posting,) = committee.ask(proven(POST))
    for after, base in ((7, posting.base), (None, 8)):
        standing = Standing()
        standing.learn(posting, posting, Outcome(Title(TALK), Kind.SAVED, 8, after=after))
        assert standing.on_top(posting).base == base


def test_a_long_summary(committee: Committee) -> None:
    """However long a post's words are, its key is not cut off."""
    identity = replace(IDENTITY, page=Title("x" * 200))
    (posting,) = committee.ask(proven(replace(POST, identity=identity, summary="word " * 200)))
    executor = Executor(committee.wiki, BOT, frozenset(), run="20261204T0000-abcd")
    (made,) = executor.deliver("call", [posting])
    assert made.outcome.kind is Kind.SAVED
    assert is_post(newest(committee), BOT, str(identity))
    assert len(newest(committee).summary or "") < 500
