"""The outbox: who is told what, when, once, and what keeps a message away."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.jobs.outbox import OUTBOX, outbox
from strategybot.jobs.plan import Plan
from strategybot.model.due import Due
from strategybot.model.page import Revision, Title
from strategybot.model.process import Process
from strategybot.session import Report, Session
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import Action, Append, Contributions, HistorySince, Query
from strategybot.writing.texts import codes
from tests.committee import BOT, CONFIGURATION, STATUS, Committee, moment, problems
from tests.jobs.test_posting import Afterwards, Merging, Unanswered

ADA, BO = "User talk:Ada", "User talk:Bo"
TRIAL = f"User:{BOT}/Trial/{ADA}"
MINUTES = Title("Committee/Working Groups/Steering Group/Minutes/2026-12-10")
Waiting = dict[str, list[tuple[str, str, str]]]
"""What waits, by the name of the process: for whom, which matter, since when."""

WAITING: Waiting = {}


def waits(process: Process, now: datetime) -> Job[Plan]:
    """A job that says what waits."""
    dues = (due(process, *one) for one in WAITING.get(process.name, ()))
    return Plan(dues=tuple(one for one in dues if one.since <= now))
    yield


def due(process: Process, person: str, matter: str, since: str) -> Due:
    return Due(person, matter, "call-heading", (matter,), MINUTES, moment(since), process)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the only job beside the outbox and the report."""
    monkeypatch.setattr("strategybot.session.JOBS", {"waits": waits})
    yield
    WAITING.clear()


@pytest.fixture
def committee() -> Committee:
    """A committee whose people have talk pages; nothing waits yet."""
    committee = Committee()
    for title in (ADA, BO):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    return committee


def waiting(*dues: tuple[str, str, str], process: str = "Committee") -> None:
    """From now on this waits in a process."""
    WAITING[process] = list(dues)


def run(committee: Committee, time: str = "", **options: Any) -> dict[str, str]:
    """A run, and what became of each message, by its page."""
    return posts((committee.at(time) if time else committee).run(**options))


def posts(report: Report) -> dict[str, str]:
    return {one.outcome.title.text: one.outcome.kind.label for one in report.posts.values()}


def messages(committee: Committee, title: str = ADA) -> list[list[str]]:
    """The matters that each message on a page tells."""
    sections = committee.text(title).split("what waits for you")[1:]
    return [[line.split("[[")[0].split()[-1] for line in one.splitlines() if line.startswith("* ")] for one in sections]


def made(committee: Committee) -> list[Revision]:
    """All messages that can be seen anywhere, oldest first."""
    own = committee.ask(ask(Contributions(moment("11-01"))))
    return sorted((one for one in own if "#post outbox" in (one.summary or "")), key=lambda one: one.id)


A, B, C = ("Ada", "a", "12-01"), ("Ada", "b", "12-04"), ("Ada", "c", "12-20")


# --- When


@pytest.mark.parametrize(
    ("dues", "runs", "told"),
    [
        ([], ["12-02", "12-20"], []),
        ([A], ["11-30"], []),
        ([A], ["12-02"], [["a"]]),
        ([A], ["12-02", "12-03", "12-20", "2027-01-20"], [["a"]]),
        ([A, B], ["12-05"], [["a", "b"]]),
        ([A, B], ["12-02", "12-05"], [["a"]]),
        ([A, B], ["12-02", "12-05", "12-09T00:00:00", "12-09T00:00:01"], [["a"], ["b"]]),
        ([A, B], ["12-02", "12-09"], [["a"]]),
        ([A, B, C], ["12-02", "12-10", "12-20"], [["a"], ["b"], ["c"]]),
        ([A, B, C], ["12-02", "12-20"], [["a"], ["b", "c"]]),
        ([A, A], ["12-02", "12-20"], [["a"]]),
    ],
)
def test_when(committee: Committee, dues: list[tuple[str, str, str]], runs: list[str], told: list[list[str]]) -> None:
    """Somebody gets one message in seven days at most, with all that waits by then, and each due is told once."""
    waiting(*dues)
    for time in runs:
        committee.at(time).run()
    assert messages(committee) == told


def test_several_people(committee: Committee) -> None:
    """Each gets an own message, in one run, and nobody waits for anybody."""
    waiting(A, ("Bo", "a", "12-01"))
    assert run(committee, "12-02") == {ADA: "saved", BO: "saved"}
    waiting(A, ("Bo", "a", "12-01"), ("Chi", "a", "12-01"))
    assert run(committee, "12-03") == {ADA: "unchanged", BO: "unchanged", "User talk:Chi": "saved"}


def test_nothing_is_due(committee: Committee) -> None:
    """Where nothing is due, nothing is asked, and no stop page is read."""
    committee.at("12-02").run()
    job = outbox((), committee.now)
    with pytest.raises(StopIteration) as ended:
        next(job)
    assert ended.value.value == {}
    committee.wiki.delete(f"User:{BOT}/Run/outbox")
    assert committee.run().exit_status == 0


def test_what_it_costs(committee: Committee) -> None:
    """Where all was told, one round tells so, for any number of people; so where the week isn't over."""
    names = [f"Person {number}" for number in range(30)]
    for name in names:
        committee.wiki.add_account(name)
    waiting(*((name, "a", "12-01") for name in names))
    assert len(run(committee, "12-02")) == 30
    told = committee.at("12-03").run(OUTBOX)
    waiting(*((name, matter, "12-01") for name in names for matter in "ab"))
    early = committee.run(OUTBOX)
    waiting()
    nothing = committee.run(OUTBOX)
    for report in (told, early):
        assert (report.rounds, report.requests["read"]) == (nothing.rounds + 1, nothing.requests["read"] + 1)
        assert (report.requests["history"], report.requests["edit"]) == (0, 0)
    assert len(made(committee)) == 30


def test_many_at_once(committee: Committee) -> None:
    """A message tells the twelve oldest at most; the others are told in the next, and no key is cut off."""
    waiting(*(("Ada", f"m{number}", f"11-{30 - number:02}") for number in range(20)))
    for time in ("12-01", "12-02", "12-09", "12-20"):
        committee.at(time).run()
    assert [len(one) for one in messages(committee)] == [12, 8]
    assert set(messages(committee)[1]) == {f"m{number}" for number in range(8)}
    assert max(len(one.summary or "") for one in made(committee)) < 500


# --- What it says


def test_what_stands_there(committee: Committee) -> None:
    """A section at the page's end, with a sentence for each due, signed; its summary names no user."""
    waiting(A)
    committee.at("12-02").run()
    _, heading, section = committee.text(ADA).partition("\n\n== Committee: what waits for you (2 December 2026) ==\n")
    assert heading
    assert f"* Update for the meeting on a [[:{MINUTES}|{MINUTES}]]\n" in section
    assert f"for everybody: [[:User:{BOT}/Run/outbox|User:{BOT}/Run/outbox]]\n\n" in section
    assert "put this template on your talk page: [[:Template:Nobots|Nobots]]\n</div>\n" in section
    assert section.endswith(f"00:00, 2 December 2026 (UTC)\n<!-- post: outbox | {ADA} -->")
    (message,) = made(committee)
    summary = message.summary or ""
    assert summary.startswith(f"[[User:{BOT}/Run/outbox|outbox]]: a reminder of what waits · run ")
    assert "[[User" not in summary.removeprefix("[[User")
    assert summary.rpartition("#post ")[2].startswith(f"outbox | {ADA} | ")


@pytest.mark.parametrize("code", codes())
def test_in_the_language_of_the_process(code: str) -> None:
    """A message is in the process's first language, and marked with it."""
    committee = Committee(languages=[code])
    waiting(A)
    committee.at("12-02").run()
    direction = "rtl" if code == "ar" else "ltr"
    assert committee.text(ADA).count(f'<div lang="{code}" dir="{direction}" class="mw-content-{direction}">') == 2
    assert "$" not in committee.text(ADA)


def second(committee: Committee, **configuration: Any) -> None:
    """Another process beside the committee's, in French."""
    text = {**committee.configuration, "name": "Société", "root": "Société", "languages": ["fr"], **configuration}
    committee.wiki.edit(Title(f"User:{BOT}/Société.json"), json.dumps(text), "Admin")


def test_two_processes(committee: Committee) -> None:
    """What waits in two processes goes out in one message, each in its own language; the same matter is two there."""
    second(committee)
    waiting(A)
    waiting(A, process="Société")
    assert run(committee, "12-02") == {ADA: "saved"}
    text = committee.text(ADA)
    assert "== Committee, Société: what waits for you (2 December 2026) ==" in text
    assert text.index("This waits for you in “Committee”:") < text.index("Voici ce qui vous attend dans « Société » :")
    assert "* Point d’étape pour la réunion du a [[" in text
    for time in ("12-03", "12-20"):
        assert run(committee, time) == {ADA: "unchanged"}
    waiting(A, ("Ada", "b", "12-01"), process="Société")
    committee.run()
    assert [len(one) for one in (text.split("<!-- post: outbox") for text in [committee.text(ADA)])] == [3]


def test_a_trial(committee: Committee) -> None:
    """A process on trial writes below its own page, beside the messages of others, and in its own week."""
    committee.configure({**committee.configuration, "trial": True})
    second(committee)
    waiting(A)
    waiting(B, process="Société")
    assert run(committee, "12-05") == {TRIAL: "saved", ADA: "saved"}
    assert (messages(committee, TRIAL), "réunion du b" in committee.text(ADA)) == ([["a"]], True)
    assert run(committee, "12-20") == {TRIAL: "unchanged", ADA: "unchanged"}


def test_plan_shows_it(committee: Committee) -> None:
    """A dry run shows the message, and sends none."""
    waiting(A)
    report = committee.at("12-02").run(dry_run=True)
    assert posts(report) == {ADA: "planned"}
    assert "+* Update for the meeting on a" in next(iter(report.posts.values())).diff
    assert made(committee) == []


# --- What becomes of messages, people and pages


def archived(committee: Committee) -> None:
    committee.save(ADA, "Nothing here.", "Ada")


def moved(committee: Committee) -> None:
    committee.wiki.move(ADA, f"{ADA}/Archive", redirect=False)
    committee.save(ADA, "A new beginning.", "Ada")


def text_hidden(committee: Committee) -> None:
    hide(committee, text=True)


def configuration_moved(committee: Committee) -> None:
    committee.wiki.move(CONFIGURATION.text, f"User:{BOT}/Council.json", redirect=False)


def hide(committee: Committee, **parts: bool) -> None:
    archived(committee)
    committee.wiki.hide(made(committee)[-1].id, **{"text": False, **parts})


@pytest.mark.parametrize("change", [archived, moved, text_hidden, configuration_moved])
def test_told_once(committee: Committee, change: Callable[[Committee], None]) -> None:
    """Whatever people do with a message, what it told isn't told again, and its week counts."""
    waiting(A)
    committee.at("12-02").run()
    change(committee.at("12-03"))
    waiting(A, ("Ada", "b", "12-01"))
    committee.at("12-04").run()
    assert len(made(committee)) == 1
    report = committee.at("12-12").run()
    assert (set(posts(report).values()), report.exit_status) == ({"saved"}, 0)
    assert messages(committee)[-1] == ["b"]


def renamed_with_pages(committee: Committee) -> None:
    renamed(committee)
    committee.wiki.move(ADA, "User talk:Ada Lovely")


def renamed(committee: Committee) -> None:
    committee.wiki.rename("Ada", "Ada Lovely")


def renamed_and_taken(committee: Committee) -> None:
    """Somebody else registers the old name."""
    renamed(committee)
    committee.wiki.add_account("Ada", registered=committee.now)


@pytest.mark.parametrize("change", [renamed_with_pages, renamed, renamed_and_taken])
@pytest.mark.parametrize("name", ["Ada", "Ada Lovely"])
def test_renamed(committee: Committee, change: Callable[[Committee], None], name: str) -> None:
    """Who has another name now is told nothing again, and gets what is new on the new talk page, a week later."""
    waiting(A)
    committee.at("12-02").run()
    change(committee.at("12-03"))
    new = "User talk:Ada Lovely"
    person = "Ada Lovely" if change is renamed_and_taken else name
    waiting((person, "a", "12-01"), (person, "b", "12-03"))
    committee.at("12-05").run()
    assert len(made(committee)) == 1
    committee.at("12-12").run()
    assert (len(made(committee)), messages(committee, new)[-1]) == (2, ["b"])


def deleted(committee: Committee) -> None:
    committee.wiki.delete(ADA)


def deleted_and_made_anew(committee: Committee) -> None:
    committee.wiki.delete(ADA)
    committee.save(ADA, "A new beginning.", "Ada")


def summary_hidden(committee: Committee) -> None:
    hide(committee, summary=True)


def user_hidden(committee: Committee) -> None:
    hide(committee, user=True)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (deleted_and_made_anew, "post-deleted"),
        (summary_hidden, "post-hidden"),
        (user_hidden, "post-hidden"),
    ],
)
def test_no_proof(committee: Committee, change: Callable[[Committee], None], key: str) -> None:
    """Where nobody can tell whether something was told, it isn't; what is due since goes out, once the week is sure."""
    waiting(A)
    committee.at("12-02").run()
    change(committee.at("12-03"))
    report = committee.at("12-04").run()
    assert (set(posts(report).values()), problems(report)) == ({"may have been posted before"}, [(key, ADA)])
    waiting(A, B)
    assert set(run(committee, "12-08").values()) == {"may have been posted before"}
    report = committee.at("12-12").run()
    assert sorted(one.outcome.kind.label for one in report.posts.values()) == ["may have been posted before", "saved"]
    assert (messages(committee), problems(report)) == ([["b"]], [(key, ADA)])
    assert run(committee, "12-30") == {ADA: "may have been posted before"}
    waiting(B)
    assert run(committee) == {ADA: "unchanged"}


def test_renamed_and_hidden(committee: Committee) -> None:
    """Where the summary that would tell under which name somebody was written to is hidden, nothing is told again."""
    waiting(A)
    committee.at("12-02").run()
    summary_hidden(committee.at("12-03"))
    renamed(committee)
    waiting(("Ada Lovely", "a", "12-01"))
    report = committee.at("12-12").run()
    assert (len(made(committee)), problems(report)) == (0, [("post-hidden", "User talk:Ada Lovely")])


def test_hidden_elsewhere(committee: Committee) -> None:
    """What is hidden on other pages than users' talk pages was no message."""
    revision = committee.at("12-01").wiki.edit(Title("Talk:Elsewhere"), "Hello.", BOT, "something bad")
    committee.save("Talk:Elsewhere", "Hello again.", "Ada")
    committee.wiki.hide(revision, text=False, summary=True)
    waiting(A)
    assert run(committee, "12-02") == {ADA: "saved"}


def test_a_page_that_is_gone(committee: Committee) -> None:
    """A talk page that was deleted isn't made again."""
    waiting(A)
    committee.at("12-02").run()
    deleted(committee.at("12-03"))
    waiting(B)
    report = committee.at("12-12").run()
    assert (made(committee), problems(report)) == ([], [("post-page-gone", ADA)])


def block(committee: Committee) -> None:
    committee.wiki.block("Ada")


def vanish(committee: Committee) -> None:
    committee.wiki.rename("Ada", "Vanished user 12345")


def opt_out(committee: Committee) -> None:
    committee.save(ADA, "{{nobots}}", "Ada")


def redirect(committee: Committee) -> None:
    committee.save("Project talk:Club", "Hello.", "Ada")
    committee.save(ADA, "#REDIRECT [[Project talk:Club]]", "Ada")


@pytest.mark.parametrize(
    ("change", "key", "page"),
    [
        (block, "due-blocked", MINUTES.text),
        (vanish, "due-gone", MINUTES.text),
        (opt_out, "post-excluded", ADA),
        (redirect, "post-redirect", ADA),
    ],
)
def test_who_gets_nothing(committee: Committee, change: Callable[[Committee], None], key: str, page: str) -> None:
    """Who is blocked or gone, wants no bot, or leads elsewhere gets nothing, which is told; the others get theirs."""
    change(committee)
    waiting(A, ("Bo", "a", "12-01"))
    before = committee.wiki.texts()
    report = committee.at("12-02").run()
    told = [(found, at) for found, at in problems(report) if not found.startswith("roster-")]
    assert (told, posts(report)[BO]) == ([(key, page)], "saved")
    after = committee.wiki.texts()
    assert {one.text for one in after if after[one] != before.get(one)} & {ADA, "Project talk:Club"} == set()


def test_nobody(committee: Committee) -> None:
    """A name without an account gets nothing."""
    waiting(("Nobody at all", "a", "12-01"))
    report = committee.at("12-02").run()
    assert (posts(report), problems(report)) == ({}, [("due-gone", MINUTES.text)])


def test_blocked_afterwards(committee: Committee) -> None:
    """Where all was told before, there is nothing to say of a block."""
    waiting(A)
    committee.at("12-02").run()
    block(committee)
    assert "due-blocked" not in dict(problems(committee.at("12-20").run()))


def test_stopped(committee: Committee) -> None:
    """The job's own stop page stops it alone; started again, it writes."""
    committee.save(f"User:{BOT}/Run/outbox", "no", "Passer-by")
    waiting(A)
    report = committee.at("12-02").run()
    assert (posts(report), problems(report)) == ({ADA: "stop page"}, [("stop-stopped", f"User:{BOT}/Run/outbox")])
    committee.save(f"User:{BOT}/Run/outbox", "yes", "Cora")
    assert run(committee) == {ADA: "saved"}


def test_only_some_jobs(committee: Committee) -> None:
    """The outbox alone writes what all jobs find due; a run without it writes nothing, and the report tells of it."""
    opt_out(committee)
    waiting(A, ("Bo", "a", "12-01"))
    assert posts(committee.at("12-02").run("waits")) == {}
    assert problems(committee.run("status")) == [("post-excluded", ADA)]
    assert made(committee) == []
    assert posts(committee.run("outbox")) == {ADA: "excluded", BO: "saved"}


def test_a_sentence_that_is_missing(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours in the outbox is told to the operator, and the report is written."""
    monkeypatch.setattr("strategybot.jobs.outbox.message_body", lambda *_: {}["missing"])
    waiting(A)
    report = committee.at("12-02").run()
    assert "The job outbox broke for “Committee” (KeyError" in report.crashes[0]
    assert ("job-broke", CONFIGURATION.text) in problems(report)
    assert "job-broke" in committee.text(STATUS)


# --- Two at once, and answers that get lost


def session(committee: Committee, wiki: object = None, does: Callable[[], object] = lambda: None) -> Report:
    """A run of the outbox in which something happens between its reading and its first message."""
    happens = iter([does])

    def pause(_: object) -> bool:
        next(happens, lambda: None)()
        return True

    found: Any = wiki or committee.wiki
    return Session(found, now=committee.now, pause=pause).run([OUTBOX])


@pytest.mark.parametrize("new", [False, True])
def test_two_processes_of_the_bot(committee: Committee, new: bool) -> None:
    """Another process that writes between this one's reading and its message is seen, whatever that one told."""
    if new:
        committee.wiki.store(ADA, [])
    waiting(A, B)

    def other() -> None:
        waiting(B)
        committee.run(OUTBOX)
        waiting(A, B)

    report = session(committee.at("12-05"), does=other)
    assert (posts(report), report.exit_status, messages(committee)) == ({ADA: "unchanged"}, 0, [["b"]])
    committee.at("12-13").run()
    assert (messages(committee), len(made(committee))) == ([["b"], ["a"]], 2)


def test_a_message_that_is_taken_back(committee: Committee) -> None:
    """Where ours came second and had to be taken back, what it alone told is told a week later."""
    waiting(A, B)
    before = committee.text(ADA)

    def other() -> None:
        waiting(B)
        committee.run(OUTBOX)
        committee.save(ADA, before, "Ada")
        waiting(A, B)

    report = session(committee.at("12-05"), Merging(committee), other)
    assert (posts(report), committee.text(ADA), len(made(committee))) == ({ADA: "unchanged"}, before, 2)
    assert run(committee, "12-08") == {ADA: "unchanged"}
    committee.at("12-13").run()
    assert messages(committee) == [["a"]]
    assert run(committee, "12-30") == {ADA: "unchanged"}


class Between:
    """A wiki on which something happens after a page was read, and before its history is."""

    def __init__(self, committee: Committee, does: Callable[[], object]) -> None:
        self._wiki = committee.wiki
        self._happens = iter([does])
        self.requests = committee.wiki.requests
        self.start = committee.wiki.start
        self.act = committee.wiki.act

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        if any(isinstance(query, HistorySince) for query in queries):
            next(self._happens, lambda: None)()
        return self._wiki.answer(queries, purpose)


def test_another_message_between_the_readings(committee: Committee) -> None:
    """What another process writes while this one reads is seen, though it is about something else."""
    old = ("Ada", "a", "11-01")
    waiting(old)

    def other() -> None:
        waiting(B)
        committee.run(OUTBOX)
        waiting(old)

    report = session(committee.at("12-10"), Between(committee, other))
    assert (posts(report), messages(committee), len(made(committee))) == ({ADA: "unchanged"}, [["b"]], 1)


@pytest.mark.parametrize("stands", [False, True])
def test_lost_answers(committee: Committee, stands: bool) -> None:
    """A message whose answer is lost stands once, in this run or after the next."""
    waiting(A)
    report = session(committee.at("12-02"), Unanswered(committee, posts=stands))
    assert posts(report) == {ADA: "saved" if stands else "not known whether done"}
    committee.at("12-03").run()
    assert messages(committee) == [["a"]]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("number", [1, 2])
def test_killed(committee: Committee, number: int) -> None:
    """A run that is killed after one of its messages leaves the others to the next, which repeats none."""
    waiting(A, ("Bo", "a", "12-01"))
    left = iter(range(number - 1))

    def kill(action: Action) -> None:
        if isinstance(action, Append) and next(left, None) is None:
            raise Killed

    with pytest.raises(Killed):
        session(committee.at("12-02"), Afterwards(committee, kill))
    assert len(made(committee)) == number
    committee.run()
    assert (messages(committee), messages(committee, BO)) == ([["a"]], [["a"]])


# --- Whatever the order

DAYS = st.integers(0, 34)
NAMES = ("Ada", "Bo", "Chi")


@given(
    dues=st.lists(st.tuples(st.sampled_from(NAMES), DAYS), max_size=15),
    runs=st.lists(st.tuples(DAYS, st.sampled_from([0, 9, 9, 17])), max_size=20),
)
@settings(max_examples=40, deadline=None)
def test_any_order(dues: list[tuple[str, int]], runs: list[tuple[int, int]]) -> None:
    """Whatever is due in five weeks, and whenever the bot runs: a message in seven days at most, each due told once."""
    committee, begin = Committee(), moment("11-02")
    all_dues = [
        Due(
            name,
            f"m{number}",
            "call-heading",
            (f"m{number}.",),
            MINUTES,
            begin + timedelta(days=day),
            committee.process,
        )
        for number, (name, day) in enumerate(dues)
    ]
    times = sorted(begin + timedelta(days=day, hours=hour) for day, hour in runs)
    for time in [*times, *(begin + timedelta(days=day) for day in (43, 51, 59))]:
        committee.now = time
        tell(committee, [one for one in all_dues if one.since <= time])
    for name in NAMES:
        found = [one for one in made(committee) if one.page == Title(f"User talk:{name}")]
        assert all(later.time - one.time > timedelta(days=7) for one, later in pairwise(found))
    for one in all_dues:
        assert committee.text(f"User talk:{one.person}").count(f" {one.matter} [[") == 1


def tell(committee: Committee, dues: Sequence[Due]) -> None:
    """What a run does about dues, and nothing else."""
    WAITING.clear()
    waiting(*((one.person, one.matter, f"{one.since:%Y-%m-%dT%H:%M}") for one in dues))
    Session(committee.wiki, now=committee.now).run([OUTBOX])
