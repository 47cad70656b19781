"""What was hidden at its source, and who is told that the bot's own pages still hold it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from strategybot import scheduler
from strategybot.deeds import Done, Sent
from strategybot.jobs.ledger import Entry, entries, outdated
from strategybot.jobs.plan import Letter
from strategybot.mailing import in_one
from strategybot.model.page import Revision, Title
from strategybot.printing import Printer, as_object
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Action, History, Kind, Mail, Outcome, OwnOptions, Query, Remember, Save
from tests.committee import AGENDA, ALPHA, BETA, BOT, STATUS, Committee, outcomes, roster, update

SECRET = "Her number is five five five."  # noqa: S105  # so it is called here
FRONT_PAGE = "Committee/Working Groups/Steering Group"
UPDATE = f"{ALPHA}/Updates/2026-12-10"


@pytest.fixture
def committee() -> Committee:
    """The committee with a contact who can be sent mail."""
    committee = Committee(contact="User:Otto", languages=["en", "fr"])
    committee.wiki.add_account("Otto", emailable=True)
    return committee


def quoting(committee: Committee) -> int:
    """An agenda that quotes the secret: the source's revision."""
    revision = committee.at("12-01").file(ALPHA, "Ada", progress=SECRET, questions="Who is it?")
    committee.run()
    assert SECRET in committee.text(AGENDA)
    return revision


def withdrawn(committee: Committee, revision: int, **hidden: bool) -> None:
    """Somebody takes the secret out, and an admin hides the revision that had it."""
    committee.save(UPDATE, update(progress="All is well."), "Ada")
    committee.wiki.hide(revision, **hidden)


def linked(mail: Mail) -> set[int]:
    return {int(number) for number in re.findall(r"Special:PermanentLink/(\d+)", mail.text)}


def holding(committee: Committee, word: str, title: str = AGENDA) -> set[int]:
    """The revisions of a page that hold a word."""
    return {revision.id for revision in history(committee, Title(title)) if word in (revision.text or "")}


def history(committee: Committee, title: Title) -> tuple[Revision, ...]:
    return committee.ask(ask(History(title, limit=500)))


def held_by_job(committee: Committee, word: str) -> dict[str, set[int]]:
    """The revisions that hold a word, by the job that keeps their pages."""
    held: dict[str, set[int]] = {}
    for job, title in committee.run(dry_run=True).done:
        held.setdefault(job, set()).update(holding(committee, word, title.text))
    return {job: numbers for job, numbers in held.items() if numbers}


def everything_public(committee: Committee) -> str:
    """All newest texts, but those of the sources, and all summaries of the bot."""
    texts = committee.wiki.texts()
    pages = [text for title, text in texts.items() if title.text != UPDATE]
    summaries = [
        revision.summary or "" for title in texts for revision in history(committee, title) if revision.user == BOT
    ]
    return "\n".join([*pages, *summaries])


# --- The letter ---


def test_letter(committee: Committee) -> None:
    """The contact gets links to the revisions that hold what was hidden, and not a word of it."""
    revision = quoting(committee)
    committee.save(AGENDA, committee.text(AGENDA).replace("<!-- /slot", "* a topic\n<!-- /slot"), "Eve")
    committee.at("12-02").save(UPDATE, update(progress=SECRET, questions="None."), "Abel")
    committee.run()
    expected = holding(committee, SECRET)
    committee.wiki.hide(revision)
    withdrawn(committee, committee.page(UPDATE).revision.id)  # type: ignore[union-attr]
    report = committee.run()
    (mail,) = committee.wiki.mails()
    assert (mail.to, linked(mail), len(expected)) == ("Otto", expected, 3)
    assert not re.search(r"number|five|Ada|Abel|Alpha|Committee", f"{mail.subject} {mail.text}")
    assert [posted.outcome.kind for posted in report.letters] == [Kind.SENT]
    assert (report.exit_status, SECRET in everything_public(committee)) == (0, False)


def test_once(committee: Committee) -> None:
    """However often the bot runs, one letter is sent, and another only for what is hidden later."""
    revision = quoting(committee)
    withdrawn(committee, revision)
    for _ in range(3):
        assert committee.run().exit_status == 0
    assert len(committee.wiki.mails()) == 1
    second = committee.page(UPDATE).revision
    assert second
    committee.save(UPDATE, update(progress="Nothing."), "Ada")
    committee.wiki.hide(second.id)
    committee.run()
    committee.run()
    assert len(committee.wiki.mails()) == 2
    assert linked(committee.wiki.mails()[1]) == holding(committee, "All is well.")
    assert not linked(committee.wiki.mails()[0]) & linked(committee.wiki.mails()[1])


def test_hidden_long_after(committee: Committee) -> None:
    """What is hidden when other words have long taken its place is told as well."""
    revision = quoting(committee)
    for day, words in (("12-02", "Better."), ("12-03", "Best.")):
        committee.at(day).save(UPDATE, update(progress=words), "Ada")
        committee.run()
    committee.at("12-11").run()
    assert not committee.wiki.mails()
    committee.wiki.hide(revision)
    committee.run()
    (mail,) = committee.wiki.mails()
    assert linked(mail) == holding(committee, SECRET) != set()


def test_closed_agendas(committee: Committee) -> None:
    """What several closed agendas quote is told in one letter, and leaves them."""
    revision = quoting(committee)
    committee.at("12-20").run()
    late = committee.save(UPDATE, update(progress=SECRET, needs="* A late need"), "Ada")
    following = "Committee/Working Groups/Steering Group/Agenda/2027-01-14"
    committee.at("2027-01-02").run()
    assert "A late need" in committee.text(following)
    committee.at("2027-01-20").run()
    committee.save(UPDATE, "", "Ada")
    for hidden in (revision, late):
        committee.wiki.hide(hidden)
    report = committee.run()
    (mail,) = committee.wiki.mails()
    expected = holding(committee, SECRET) | holding(committee, "A late need", following)
    assert linked(mail) == expected
    assert report.exit_status == 0
    assert not re.search("five|late need", everything_public(committee))
    committee.run()
    assert len(committee.wiki.mails()) == 1


@pytest.mark.parametrize("gone", [lambda wiki, _: wiki.delete(UPDATE), lambda wiki, number: wiki.hide(number)])
def test_deleted_as_hidden(committee: Committee, gone: Callable[..., None]) -> None:
    """A source that is deleted with its page is told like one that is hidden."""
    revision = quoting(committee)
    committee.at("12-11").run()
    committee.save(UPDATE, "", "Ada")
    gone(committee.wiki, revision)
    committee.run()
    assert [linked(mail) for mail in committee.wiki.mails()] == [holding(committee, SECRET)]
    assert SECRET not in everything_public(committee)


def test_hidden_author(committee: Committee) -> None:
    """Where only the author's name is hidden, it leaves the pages, and the revisions with it are told."""
    revision = committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    waiting = committee.file(BETA, "Eve", progress="Me too.")
    committee.run()
    held = held_by_job(committee, "=Eve")
    committee.wiki.hide(waiting, text=False, user=True)
    committee.run()
    assert held.keys() == {"agenda", "front-page", "status"}
    assert set().union(*map(linked, committee.wiki.mails())) == set().union(*held.values())
    assert "Eve" not in everything_public(committee).replace("Eve.json", "")
    committee.wiki.hide(revision, text=False, user=True)
    committee.run()
    assert "user=Ada" not in everything_public(committee)


def test_hidden_text_that_was_never_shown(committee: Committee) -> None:
    """Of an update that waits for a coordinator the page shows no text, so there is nothing to tell."""
    committee.at("12-01")
    waiting = committee.file(ALPHA, "Eve", progress=SECRET)
    committee.run()
    committee.save(UPDATE, "", "Ada")
    committee.wiki.hide(waiting)
    assert (committee.run().exit_status, committee.wiki.mails()) == (0, ())


def test_withdrawn_without_hiding(committee: Committee) -> None:
    """What is only emptied leaves the page and needs no letter."""
    quoting(committee)
    committee.save(UPDATE, "", "Ada")
    committee.run()
    committee.run()
    assert (SECRET in committee.text(AGENDA), committee.wiki.mails()) == (False, ())


def test_page_of_a_person(committee: Committee) -> None:
    """Where people have edited the page, too, the text leaves it, and their words stay."""
    revision = quoting(committee)
    own = holding(committee, SECRET)
    theirs = committee.save(AGENDA, f"Mine.\n{committee.text(AGENDA)}", "Eve")
    withdrawn(committee, revision)
    report = committee.run()
    (mail,) = committee.wiki.mails()
    assert linked(mail) == {*own, theirs}
    assert "take the text out by hand" not in mail.text
    assert outcomes(report)[AGENDA] == "saved"
    assert SECRET not in committee.text(AGENDA)
    assert committee.text(AGENDA).startswith("Mine.\n")
    committee.run()
    assert len(committee.wiki.mails()) == 1


def test_page_that_people_keep(committee: Committee) -> None:
    """Where the bot may not write the page, the letter says that it still shows the text."""
    revision = quoting(committee)
    own = holding(committee, SECRET)
    theirs = committee.save(AGENDA, f"{{{{nobots}}}}\n{committee.text(AGENDA)}", "Eve")
    withdrawn(committee, revision)
    report = committee.run()
    (mail,) = committee.wiki.mails()
    assert linked(mail) == {*own, theirs}
    assert mail.text.count(f"Special:PermanentLink/{theirs}") == 2
    assert "take the text out by hand" in mail.text
    assert outcomes(report)[AGENDA] == "excluded"
    committee.run()
    assert len(committee.wiki.mails()) == 1


def test_page_that_only_pretends(committee: Committee) -> None:
    """Who writes the bot's calls on a page, with a hidden revision's number, has no letter sent."""
    revision = committee.at("12-01").file(BETA, "Eve", progress="x")
    committee.wiki.hide(revision)
    call = f"{{{{Steering group/Source|group=Beta|user=Eve|revision={revision}|page={BETA}/Updates/2026-12-10}}}}"
    committee.save(f"{AGENDA}/Mine", call, "Eve")
    committee.save("Committee/Working Groups/Steering Group/Agenda/2026-12-11", call, "Eve")
    assert (committee.run().exit_status, committee.wiki.mails()) == (0, ())


def test_trial(committee: Committee) -> None:
    """A process on trial sends its letters: they aren't public."""
    committee.configure({**committee.configuration, "trial": True})
    revision = committee.at("12-01").file(ALPHA, "Ada", progress=SECRET)
    committee.run()
    withdrawn(committee, revision)
    committee.run()
    assert [linked(mail) for mail in committee.wiki.mails()] == [
        holding(committee, SECRET, f"User:{BOT}/Trial/{AGENDA}")
    ]


def test_language(committee: Committee) -> None:
    """The letter is in the process's first language."""
    committee.configure({**committee.configuration, "languages": ["fr", "en"]})
    withdrawn(committee, quoting(committee))
    committee.run()
    assert "masquer" in committee.wiki.mails()[0].subject


NAME = "Ivy of Five Street"


@pytest.mark.parametrize(
    ("text", "user"),
    [
        (roster("Ada", "Abel", NAME), "Eve"),
        ("{{Steering group/Working group|coordinators=\n* [[User:Ada]]\n* " + NAME + "\n}}", "Ada"),
    ],
)
@pytest.mark.parametrize("meanwhile", [False, True])
def test_name_on_a_roster(committee: Committee, text: str, user: str, *, meanwhile: bool) -> None:
    """A name that was hidden on a roster leaves every page, and what of their past holds it is told."""
    committee.wiki.add_account(NAME)
    committee.at("12-01").run()
    hidden = committee.save(ALPHA, text, user)
    committee.run()
    expected = {number for title in (AGENDA, FRONT_PAGE, STATUS) for number in holding(committee, NAME, title)}
    assert NAME in committee.text(STATUS)
    committee.save(ALPHA, roster("Ada", "Abel"), "Ada")
    if meanwhile:
        committee.run()
    committee.wiki.hide(hidden)
    assert committee.run().exit_status == 0
    assert set().union(*map(linked, committee.wiki.mails())) == expected
    sent = len(committee.wiki.mails())
    committee.run()
    assert len(committee.wiki.mails()) == sent
    assert NAME not in everything_public(committee)


def test_name_of_a_field(committee: Committee) -> None:
    """A field's name that somebody made up is on the status page, until it is taken out; then its past is told."""
    hidden = committee.at("12-01").save(UPDATE, update(progress="We met.", five_street="x"), "Ada")
    committee.run()
    expected = holding(committee, "five street", STATUS)
    assert len(expected) == 1
    committee.save(UPDATE, update(progress="We met."), "Ada")
    committee.wiki.hide(hidden)
    committee.run()
    assert expected <= set().union(*map(linked, committee.wiki.mails()))
    assert "five street" not in everything_public(committee)


# --- What goes wrong ---


class KilledError(BaseException):
    """The process ends here."""


def killed_at(committee: Committee, kind: type, monkeypatch: pytest.MonkeyPatch, *, after: bool = False) -> None:
    """Run, and end the process when it does something of a kind: before, or after it was done."""
    act = committee.wiki.act

    def fatal(action: Action) -> Outcome:
        if isinstance(action, kind):
            if after:
                act(action)
            raise KilledError
        return act(action)

    with monkeypatch.context() as patch:
        patch.setattr(committee.wiki, "act", fatal)
        with pytest.raises(KilledError):
            committee.run()


def test_killed_before_the_edit(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter goes out before the text leaves the page; the next run takes it out and sends none."""
    withdrawn(committee, quoting(committee))
    killed_at(committee, Save, monkeypatch)
    assert (len(committee.wiki.mails()), SECRET in committee.text(AGENDA)) == (1, True)
    assert committee.run().exit_status == 0
    assert (len(committee.wiki.mails()), SECRET in committee.text(AGENDA)) == (1, False)


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_the_letter(committee: Committee, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """Nobody can know whether the letter has gone out: it isn't sent again, and the operator is told at each run."""
    withdrawn(committee, quoting(committee))
    killed_at(committee, Mail, monkeypatch, after=after)
    for _ in range(2):
        report = committee.run()
        assert (len(committee.wiki.mails()), report.exit_status, len(report.notes)) == (int(after), 1, 1)
        assert re.search(r"may have been sent or not.*userjs-strategybot-", report.notes[0])
    assert SECRET not in committee.text(AGENDA)
    ((name, value),) = committee.wiki.options(BOT).items()
    assert name in report.notes[0]
    committee.wiki.act(Remember(((name, value.replace("sending", "sent") if after else None),)))
    assert committee.run().exit_status == 0
    assert (len(committee.wiki.mails()), committee.run().exit_status) == (1, 0)


def test_killed_before_the_note(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not even the note was made, the next run sends the letter."""
    withdrawn(committee, quoting(committee))
    killed_at(committee, Remember, monkeypatch)
    assert committee.run().exit_status == 0
    assert len(committee.wiki.mails()) == 1


@pytest.mark.parametrize(("sent", "kind"), [(True, Kind.UNKNOWN), (False, Kind.UNKNOWN)])
def test_lost_answer(committee: Committee, monkeypatch: pytest.MonkeyPatch, *, sent: bool, kind: Kind) -> None:
    """Where the wiki's answer is lost the letter is not sent again, and the operator is told."""
    withdrawn(committee, quoting(committee))
    act = committee.wiki.act

    def losing(action: Action) -> Outcome:
        if not isinstance(action, Mail):
            return act(action)
        if sent:
            act(action)
        return Outcome(action.title, kind, reason="It may be done or not.")

    with monkeypatch.context() as patch:
        patch.setattr(committee.wiki, "act", losing)
        report = committee.run()
    assert ([posted.outcome.kind for posted in report.letters], report.exit_status) == ([kind], 1)
    assert SECRET not in committee.text(AGENDA)
    assert (committee.run().exit_status, len(committee.wiki.mails())) == (1, int(sent))


def test_another_process(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process of the bot has begun to send the letter, this one doesn't."""
    withdrawn(committee, quoting(committee))
    act = committee.wiki.act

    def busy(action: Action) -> Outcome:
        if isinstance(action, Remember) and action.options[0][1]:
            name, value = action.options[0]
            act(Remember(((f"{name[:-8]}ffffffff", value),)))
        return act(action)

    with monkeypatch.context() as patch:
        patch.setattr(committee.wiki, "act", busy)
        report = committee.run()
    assert [posted.outcome.kind for posted in report.letters] == [Kind.NOT_TRIED]
    assert (committee.wiki.mails(), next(iter(committee.wiki.options(BOT)))[-8:]) == ((), "ffffffff")


@pytest.mark.parametrize("contact", ["", "otto@example.org", "Otto|x"])
def test_no_contact(committee: Committee, contact: str) -> None:
    """Without an account to write to, the operator is told that, until there is one."""
    revision = quoting(committee)
    committee.configure({**committee.configuration, "contact": contact})
    withdrawn(committee, revision)
    for _ in range(2):
        report = committee.run()
        assert (report.exit_status, len(report.notes), report.letters) == (1, 1, [])
        assert "contact" in report.notes[0]
    assert SECRET not in everything_public(committee)
    committee.configure(committee.configuration)
    assert (committee.run().exit_status, len(committee.wiki.mails())) == (0, 1)


@pytest.mark.parametrize("contact", ["Nobody here", "Cora"])
def test_contact_without_mail(committee: Committee, contact: str) -> None:
    """A contact who can't be sent mail gets the letter when that is mended; the run goes on meanwhile."""
    revision = quoting(committee)
    committee.configure({**committee.configuration, "contact": contact})
    withdrawn(committee, revision)
    report = committee.run()
    assert ([posted.outcome.kind for posted in report.letters], report.exit_status) == ([Kind.UNREACHABLE], 1)
    assert (outcomes(report)[AGENDA], committee.wiki.options(BOT)) == ("saved", {})
    committee.wiki.add_account(contact, emailable=True)
    assert (committee.run().exit_status, len(committee.wiki.mails())) == (0, 1)


def test_stopped(committee: Committee) -> None:
    """A stopped bot sends nothing, and does when it is started again."""
    withdrawn(committee, quoting(committee))
    committee.save(f"User:{BOT}/Run/agenda", "no", "Eve")
    report = committee.run()
    assert ([posted.outcome.kind for posted in report.letters], committee.wiki.mails()) == ([Kind.STOPPED], ())
    assert not committee.wiki.options(BOT)
    committee.save(f"User:{BOT}/Run/agenda", "yes", "Otto")
    committee.run()
    assert len(committee.wiki.mails()) == 1


# --- One letter a run ---


def test_one_letter_for_all_pages(committee: Committee) -> None:
    """What the pages of several jobs still hold is told in one letter, before they are written."""
    waiting = committee.at("12-01").file(BETA, "Eve", progress="Me too.")
    committee.run()
    held = held_by_job(committee, "=Eve")
    committee.wiki.hide(waiting, text=False, user=True)
    told: list[str] = []
    report = committee.run(tell=lambda one: told.append(type(one).__name__))
    (mail,) = committee.wiki.mails()
    assert (linked(mail), len(held), len(report.letters)) == (set().union(*held.values()), 3, 1)
    assert "take the text out by hand" not in mail.text
    assert (told[0], told.count("Sent"), report.exit_status) == ("Sent", 1, 0)
    assert (committee.run().letters, len(committee.wiki.mails())) == ([], 1)


@pytest.mark.parametrize("job", ["agenda", "front-page", "status"])
def test_one_job_is_stopped(committee: Committee, job: str) -> None:
    """What a stopped job has to tell waits for its start; the other pages' letter goes out."""
    waiting = committee.at("12-01").file(BETA, "Eve", progress="Me too.")
    committee.run()
    held = held_by_job(committee, "=Eve")
    committee.wiki.hide(waiting, text=False, user=True)
    committee.save(f"User:{BOT}/Run/{job}", "no", "Eve")
    report = committee.run()
    assert sorted(posted.outcome.kind.label for posted in report.letters) == ["sent", "stop page"]
    assert [linked(mail) for mail in committee.wiki.mails()] == [
        set().union(*(numbers for name, numbers in held.items() if name != job))
    ]
    committee.save(f"User:{BOT}/Run/{job}", "yes", "Otto")
    committee.run()
    assert [linked(mail) for mail in committee.wiki.mails()[1:]] == [held[job]]


def test_one_job_is_asked_for(committee: Committee) -> None:
    """A run of one job tells what its own pages hold, and the next run the rest."""
    waiting = committee.at("12-01").file(BETA, "Eve", progress="Me too.")
    committee.run()
    committee.wiki.hide(waiting, text=False, user=True)
    held = held_by_job(committee, "=Eve")
    committee.run("front-page")
    committee.run()
    others = set().union(*(numbers for name, numbers in held.items() if name != "front-page"))
    assert [linked(mail) for mail in committee.wiki.mails()] == [held["front-page"], others]


def test_a_letter_holds_so_much() -> None:
    """Letters that are too long together stay two, and those of two processes do as well."""
    one = Letter("Otto", "en", (1,), (), "a-", tuple(map(str, range(600))), frozenset({"1"}))
    other = replace(one, revisions=(3, 2), left=(2,), keys=("x", "1"), known=frozenset({"x"}))
    whole = replace(one, revisions=(1, 2, 3), left=(2,), keys=(*one.keys, "x"), known=frozenset({"1", "x"}))
    assert in_one([one, other]) == [whole]
    apart = [one, replace(one, keys=tuple(map(str, range(600, 1001)))), replace(one, ledger="b-")]
    assert in_one(apart) == apart


# --- What is said about it ---


def test_dry_run(committee: Committee, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run sends nothing, and tells how many revisions there are, without links, and without the text."""
    withdrawn(committee, quoting(committee))
    printer = Printer(diffs=True)
    report = committee.run(dry_run=True, tell=printer.tell)
    printer.finish(report)
    said = "".join(capsys.readouterr())
    assert "planned  a letter to the contact about 1 revision\n" in said
    assert not re.search("PermanentLink|five|Who is it", said)
    assert (committee.wiki.mails(), committee.wiki.options(BOT), report.exit_status) == ((), {}, 0)


def test_told_to_operators(
    committee: Committee, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither what is printed, nor the JSON, nor the log of `serve` has a word of the text, or a link to it."""
    withdrawn(committee, quoting(committee))
    scheduler.log.setLevel("INFO")
    printer = Printer()

    def tell(done: Done | Sent) -> None:
        printer.tell(done)
        scheduler._log_outcome(done)

    report = committee.run(tell=tell)
    printer.finish(report)
    scheduler._log_report(report)
    said = "".join(capsys.readouterr()) + json.dumps(as_object(report)) + caplog.text
    assert "a letter to the contact about 1 revision" in said
    assert not re.search("PermanentLink|five|Who is it", said)


def test_diffs_as_a_web_page(committee: Committee, tmp_path: Path) -> None:
    """The web page of diffs leaves out the page that something hidden leaves."""
    withdrawn(committee, quoting(committee))
    report = committee.run(dry_run=True)
    file = tmp_path / "diffs.html"
    Printer().write_html(report, file)
    assert STATUS in file.read_text("utf-8")
    assert "five" not in file.read_text("utf-8")


def test_requests(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is read only where something hidden was quoted."""
    revision = quoting(committee)
    asked: list[Query[Any]] = []
    answer = committee.wiki.answer

    def overheard(queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        asked.extend(queries)
        return answer(queries, purpose)

    monkeypatch.setattr(committee.wiki, "answer", overheard)
    committee.save(UPDATE, update(progress="Else."), "Ada")
    committee.run()
    assert not [query for query in asked if isinstance(query, OwnOptions)]
    committee.wiki.hide(revision)
    committee.run()
    assert [query for query in asked if isinstance(query, OwnOptions)]


# --- The ledger ---


def test_ledger() -> None:
    """Entries are read as they were written, and what else stands there is none."""
    entry = Entry("userjs-strategybot-12345678-abcdef01", "sent", "2026-12-10", frozenset({"a1", "b2"}))
    assert (entry.value, entry.reference) == ("sent 2026-12-10 a1 b2", "abcdef01")
    assert entries({entry.name: entry.value, "x": "", "y": "sent", "z": "lost 2026-12-10 a1"}) == [entry]


def test_old_entries_go() -> None:
    """Of many entries the oldest go whose letters are about nothing any more; what isn't known to be sent stays."""
    many = [Entry(f"n{number:03}", "sent", f"2026-{number:03}", frozenset({f"k{number}"})) for number in range(53)]
    many[1] = Entry("n001", "sending", "2026-001", frozenset({"k1"}))
    assert [entry.name for entry in outdated(many, frozenset({"k0"}))] == ["n002", "n003", "n004"]
    assert outdated(many[:50], frozenset()) == []
