"""The pages about relays: what they show, what later runs believe of it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from strategybot.executor import Executor
from strategybot.jobs.plan import Plan
from strategybot.jobs.relay_status import MOST_RECENT, Shelf, memory_of, preview_mark, previewed, shelf_of, status_edits
from strategybot.jobs.restoring import barred
from strategybot.mailing import in_one
from strategybot.model.memory import Remembered
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.relay import (
    Answer,
    Dispatch,
    Fate,
    Kind,
    Party,
    Relay,
    Side,
    Stage,
    State,
    Target,
    Version,
    Voucher,
)
from strategybot.model.source import Source
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Contributions
from strategybot.wiki.port import Kind as Came
from strategybot.wikitext.calls import calls
from strategybot.writing.relay_status import Leaf, Prepared, relay_page
from tests.committee import ALPHA, BETA, BOT, Committee, moment
from tests.hostile import HOSTILE
from tests.mediawiki.filed import together
from tests.relay_hands import relay as filed_relay

RELAYS = "Committee/Relays"
LIST = f"{RELAYS}/Status"
SURVEY = f"{LIST}/Survey"
LAST_YEAR = f"{LIST}/2026"
FILED = moment("12-01T09:00")
TOGETHER = together(HOSTILE)
TALK = Title(f"Talk:{ALPHA}")


@pytest.fixture
def committee() -> Committee:
    """A committee that passes relays on, one of which stands on its page; nobody but these tests writes the pages."""
    committee = Committee(relays={})
    committee.save(f"User:{BOT}/Run/relays", "yes", "Admin")
    committee.at("12-01T09:00").save(RELAYS, "Filed here.", "Cora")
    return committee


def relay(committee: Committee, name: str = "Survey", **fields: Any) -> Relay:
    """A request of the core team's to all groups, as its page stands now."""
    page = committee.page(fields.pop("place", RELAYS))
    assert page.revision
    source = Source(page.title, page.revision.id, "Cora", FILED)
    given = {
        "page": page.title,
        "revid": page.revision.id,
        "stage": Stage.VALID,
        "first": FILED,
        "sender": Party(Side.CORE_TEAM),
        "audience": (Party(Side.ALL_GROUPS),),
        "kind": Kind.REQUEST,
        "reply_by": date(2026, 12, 17),
        "versions": (Version("en", "The survey", "Please ''answer''.", source),),
        "since": FILED,
        "vouchers": (Voucher(Side.CORE_TEAM, source),),
    }
    return Relay(name, **{**given, **fields})


def targets(committee: Committee, fate: Fate = Fate.POSTED) -> tuple[Target, ...]:
    """The talk pages of both groups."""
    made = ((group, group.page.talk) for group in committee.process.groups)
    return tuple(Target(talk, page=Page(talk, talk), group=group, fate=fate) for group, talk in made)


def leaf(committee: Committee, state: State = State.OPEN, answers: Sequence[Answer] = (), **fields: Any) -> Leaf:
    """How it stands with the relay."""
    remembered, goes_out = fields.pop("remembered", ()), fields.pop("goes_out", None)
    shown = targets(committee, Fate.DUE if state is State.PREVIEW else Fate.POSTED)
    dispatch = Dispatch(relay(committee, **fields), state, shown, tuple(answers))
    return Leaf(dispatch, remembered=remembered, goes_out=goes_out)


def planned(committee: Committee, *leaves: Leaf) -> Plan:
    """What is planned of the pages."""

    def job(process: Process) -> Any:
        shelf = yield from shelf_of(process, committee.now)
        return (yield from status_edits(process, shelf, leaves, committee.now))

    return committee.ask(job(committee.process))


def written(committee: Committee, *leaves: Leaf) -> dict[str, str]:
    """The pages are written, and once more after that, as a run does; what became of each first, by its title."""
    found: dict[str, str] = {}
    for _ in range(2):
        executor = Executor(committee.wiki, BOT, frozenset({"Otto"}), run="20261201T0600-k7xq")
        for one in executor.carry_out("relays", planned(committee, *leaves).edits):
            found.setdefault(one.edit.page.asked.text, one.outcome.kind.label)
    return found


def shelf(committee: Committee) -> Shelf:
    """What the lists remember."""
    return committee.ask(shelf_of(committee.process, committee.now))


def memory(committee: Committee, name: str = "Survey") -> tuple[Remembered, ...]:
    """What a relay's page remembers."""
    return committee.ask(memory_of(committee.process, [name]))[name]


def answered(user: str = "Ada", group: str = "Alpha", **fields: Any) -> Answer:
    """An answer below the post on Alpha's talk page."""
    return replace(Answer(user, moment("12-03T10:00"), TALK, 70, group), **fields)


THREAD = Remembered(40, TALK, 71, (answered(), answered("Mallory", "", revid=71, time=moment("12-03T11:00"))))


# --- The preview


def test_a_preview_is_proven_by_the_contributions(committee: Committee) -> None:
    """The page shows the words before anything goes out, and the edit's summary names exactly these."""
    first = leaf(committee, State.PREVIEW, goes_out=moment("12-01T10:00"))
    own = committee.ask(ask(Contributions(FILED)))
    assert previewed(own, first.relay) is None
    assert written(committee, first) == {SURVEY: "saved", LIST: "saved"}
    committee.at("12-01T12:00")
    assert written(committee, leaf(committee)) == {SURVEY: "saved", LIST: "saved"}
    own = committee.ask(ask(Contributions(FILED)))
    assert previewed(own, first.relay) == FILED
    assert "Please ''answer''." in committee.text(SURVEY)
    assert "{{Steering group/Line|relay-is-preview" not in committee.text(SURVEY)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other"},
        {"audience": (Party(Side.ALL_GROUPS), Party(Side.STAKEHOLDERS, "affiliates"))},
        {"sender": Party(Side.STEERING_GROUP)},
        {"kind": Kind.INFORMATION},
        {"reply_by": date(2026, 12, 18)},
        {"reply_by": None},
        {"text": "Please ''reply''."},
        {"subject": "The Survey"},
        {"lang": "de"},
        {"another": "fr"},
    ],
)
def test_another_word_needs_another_preview(committee: Committee, change: dict[str, Any]) -> None:
    """Whatever goes out otherwise, or to others, was not shown by the preview of this."""
    one = relay(committee)
    original = one.original
    words = {name: change.pop(name) for name in ("text", "subject", "lang") if name in change}
    more = (replace(original, lang=lang),) if (lang := change.pop("another", "")) else ()
    other = relay(committee, **{"versions": (replace(original, **words), *more), **change})
    written(committee, leaf(committee, State.PREVIEW))
    own = committee.ask(ask(Contributions(FILED)))
    assert preview_mark(one) != preview_mark(other)
    assert previewed(own, one)
    assert previewed(own, other) is None


def test_what_people_make_of_the_preview_counts_for_nothing(committee: Committee) -> None:
    """Neither a mark in a stranger's summary, nor on the page, proves a preview; and none takes the proof away."""
    one = leaf(committee, State.PREVIEW)
    committee.wiki.edit(Title(SURVEY), preview_mark(one.relay), "Mallory", preview_mark(one.relay))
    assert previewed(committee.ask(ask(Contributions(FILED))), one.relay) is None
    committee.save(SURVEY, "", "Mallory")  # what is handed over vacant, the bot may write
    assert written(committee, one) == {SURVEY: "saved", LIST: "saved"}
    committee.save(SURVEY, "", "Mallory")
    assert previewed(committee.ask(ask(Contributions(FILED))), one.relay)


# --- What is shown


def test_nothing_changes_where_nothing_changed(committee: Committee) -> None:
    """However late the next run is, it writes nothing."""
    one = leaf(committee, answers=[answered()], remembered=(THREAD,))
    written(committee, one)
    committee.at("12-20")
    assert written(committee, one) == {SURVEY: "unchanged", LIST: "unchanged"}


def test_a_relay_that_may_not_go_out_shows_no_words(committee: Committee) -> None:
    """Words of those who may not stand nowhere, and no page is made for them; a page that is there loses them."""
    refused = {"stage": Stage.WAITING, "versions": (), "vouchers": (), "reason": "not-core-team", "words": ("Mallory",)}
    assert written(committee, leaf(committee, State.WAITING, **refused)) == {LIST: "saved"}
    assert "{{Steering group/Text|relay-why-not-core-team|<bdi>Mallory</bdi>}}" in committee.text(LIST)
    written(committee, leaf(committee))
    written(committee, leaf(committee, State.WAITING, **refused))
    assert not any("Please" in committee.text(title) or "survey" in committee.text(title) for title in (LIST, SURVEY))


def test_targets_are_grouped(committee: Committee) -> None:
    """Groups and people stand in rows, and what only lists name by what becomes of it, hindrances first."""
    listed = [
        Target(Title(f"Talk:A{number}"), fate=fate)
        for number, fate in enumerate([Fate.POSTED, Fate.PROTECTED, Fate.POSTED, Fate.DUPLICATE])
    ]
    ada = Target(Title("User talk:Ada"), person="Ada", fate=Fate.THIS_WEEK)
    one = leaf(committee)
    page = relay_page(
        committee.process, replace(one, dispatch=replace(one.dispatch, targets=(*one.dispatch.targets, ada, *listed)))
    )
    rows = calls(page, "Steering group/Relay target")
    assert [row.fields.get("group") or row.fields["person"] for row in rows] == ["Alpha", "Beta", "Ada"]
    piles = calls(page, "Steering group/Relay pile")
    assert [(pile.fields["fate"], pile.fields["count"]) for pile in piles] == [
        ("duplicate", "1"),
        ("protected", "1"),
        ("posted", "2"),
    ]
    assert "delivered=4|targets=5|" in page


def test_thousands_of_targets_fit(committee: Committee) -> None:
    """Five thousand targets need a page of a few hundred kilobytes, and no template for each."""
    many = tuple(Target(Title(f"User talk:Somebody {number}"), fate=Fate.PREPARED) for number in range(5000))
    prepared = Prepared(Title(f"{SURVEY}/Targets"), Title(f"{SURVEY}/Text"), 5, Source(Title("X"), 0, "Otto", FILED))
    one = leaf(committee, State.PREPARED)
    page = relay_page(committee.process, replace(one, dispatch=replace(one.dispatch, targets=many), prepared=prepared))
    assert page.count("[[:User talk:Somebody ") == 5000
    assert len(page.encode()) < 400_000
    assert "|by=Otto|" in page


def test_answers_stand_by_group(committee: Committee) -> None:
    """Each group has its answers, others stand apart, and who was only told to have read it is still asked."""
    answers = [
        answered(is_read=True),
        answered("Mallory", ""),
        answered("Bo", "Beta", page=Title(RELAYS)),
    ]
    written(committee, leaf(committee, answers=answers))
    rows = [row.fields for row in calls(committee.text(SURVEY), "Steering group/Relay group")]
    assert [(row.get("group", ""), "awaited" in row) for row in rows] == [("Alpha", True), ("Beta", False), ("", False)]
    assert [[call.fields["user"] for call in calls(row["what"], "Steering group/Relay answer")] for row in rows] == [
        ["Ada"],
        ["Bo"],
        ["Mallory"],
    ]
    assert "answered=1|asked=2" in committee.text(LIST)


@pytest.mark.parametrize("values", TOGETHER.values(), ids=TOGETHER)
def test_hostile_words_stay_in_their_fields(committee: Committee, values: list[str]) -> None:
    """Whatever people typed, the rows are as many as there are relays, and are read back as they were meant."""
    leaves = [_hostile(committee, f"R{number}", value) for number, value in enumerate(values)]
    written(committee, *leaves)
    names = {one.relay.id for one in leaves}
    assert {name: (row.versions, row.state) for name, row in shelf(committee).rows.items()} == dict.fromkeys(
        names, ((5,), State.OPEN)
    )
    for name in names:
        assert [(one.post, one.page, one.seen) for one in memory(committee, name)] == [(40, TALK, 71)]
        assert len(calls(committee.text(f"{LIST}/{name}"), "Steering group/Relay answer")) == 2


def _hostile(committee: Committee, name: str, value: str) -> Leaf:
    """A relay that has a value wherever people's words can be."""
    source = Source(Title(RELAYS), 5, value, FILED)
    return leaf(
        committee,
        name=name,
        answers=[answered(value, ""), answered(value, value)],
        versions=(Version("en", value, value, source),),
        sender=Party(Side.GROUP, value),
        audience=(Party(Side.STAKEHOLDERS, value),),
        vouchers=(Voucher(Side.GROUP, source, value, by=source),),
        remembered=(Remembered(40, TALK, 71, (answered(value, ""),)),),
    )


# --- The memory


@pytest.mark.parametrize(
    "thread",
    [
        THREAD,
        replace(THREAD, post=0, page=Title(RELAYS), answers=(answered(page=Title(RELAYS)),)),
        replace(THREAD, answers=(answered(page=Title(f"{TALK}/Archive & “1” = x")),)),
        replace(THREAD, answers=(answered(group="Beta", is_read=True), answered("O'Neil = [x]", revid=None))),
        replace(THREAD, answers=()),
    ],
)
def test_what_is_remembered_is_read_back(committee: Committee, thread: Remembered) -> None:
    """Answers are remembered as they are, each with the thread in which it was read."""
    written(committee, leaf(committee, answers=thread.answers, remembered=(thread,)))
    (found,) = memory(committee)
    assert (found.post, found.page, found.seen) == (thread.post, thread.page, thread.seen)
    assert set(found.answers) == set(thread.answers)


def test_only_what_the_bot_wrote_is_remembered(committee: Committee) -> None:
    """What people change on the page stays there, and is never believed, even when the bot has carried it along."""
    one = leaf(committee, answers=THREAD.answers, remembered=(THREAD,))
    written(committee, one)
    forged = committee.text(SURVEY).replace("|seen=71}}", "|seen=99}}").replace("user=Mallory|", "group=Beta|user=Bo|")
    committee.save(SURVEY, f"{forged}\nA remark.", "Mallory")
    assert memory(committee) == (THREAD,)
    late = leaf(committee, State.OVERDUE, answers=THREAD.answers, remembered=(THREAD,))
    assert written(committee, late)[SURVEY] == "saved"
    assert "A remark." in committee.text(SURVEY)
    assert "|seen=99}}" in committee.text(SURVEY)
    assert memory(committee) == (THREAD,)


@pytest.mark.parametrize("text", ["", "Nothing here.", f"#REDIRECT [[{LIST}/Other]]"])
def test_a_spoiled_page_is_forgotten_or_known(committee: Committee, text: str) -> None:
    """What is left of a page that somebody spoils costs time alone: nobody else's memory is taken for it."""
    other = leaf(committee, name="Other", answers=THREAD.answers, remembered=(THREAD,))
    written(committee, other, leaf(committee))
    committee.save(SURVEY, text, "Mallory")
    assert memory(committee) == ()
    assert memory(committee, "Other") == (THREAD,)
    committee.wiki.delete(SURVEY)
    committee.wiki.delete(LIST)
    assert memory(committee) == ()
    assert {name: row.page for name, row in shelf(committee).rows.items()} == {"Other": Title(f"{RELAYS}/Other")}


# --- What is over


def closed(committee: Committee, **fields: Any) -> Leaf:
    """The relay, closed."""
    return leaf(committee, State.CLOSED, [answered()], **fields)


def known(committee: Committee, **fields: Any) -> Leaf:
    """The same as a later run has it: it has asked nothing more about it."""
    return Leaf(Dispatch(relay(committee, **fields), State.CLOSED))


def test_a_closed_relay_is_settled(committee: Committee) -> None:
    """Its page of relays needs no more look as long as it stands as it is, and what is shown stays as it was."""
    assert shelf(committee).settled == {}
    written(committee, leaf(committee))
    assert shelf(committee).settled == {}
    written(committee, closed(committee))
    now = shelf(committee)
    assert now.settled == {Title(RELAYS): committee.page(RELAYS).revision.id}  # type: ignore[union-attr]
    assert now.is_over(relay(committee))
    assert written(committee) == {LIST: "unchanged"}
    committee.save(SURVEY, "Spoiled.", "Mallory")
    assert written(committee, known(committee)) == {LIST: "unchanged"}
    assert "answered=1|asked=2" in committee.text(LIST)


def test_a_page_with_something_open_isnt_settled(committee: Committee) -> None:
    """One open relay keeps its page from being settled; another page of relays is none of its concern."""
    committee.save(f"{RELAYS}/Own", "Filed here.", "Cora")
    own = closed(committee, name="Own", place=f"{RELAYS}/Own")
    written(committee, closed(committee), leaf(committee, name="Open"), own)
    assert set(shelf(committee).settled) == {Title(f"{RELAYS}/Own")}


def test_other_words_open_it_again(committee: Committee) -> None:
    """A relay whose words have changed since isn't over, and its page is written again."""
    written(committee, closed(committee))
    other = {"reply_by": date(2027, 2, 1)}
    assert not shelf(committee).is_over(relay(committee, **other))
    assert written(committee, leaf(committee, **other)) == {SURVEY: "saved", LIST: "saved"}


def test_a_hidden_version_unsettles(committee: Committee) -> None:
    """Where the revision is hidden that brought the words, also of a translation, they are looked at once more."""
    first = relay(committee).original
    second = replace(first, lang="fr", source=replace(first.source, revid=committee.save(RELAYS, "More.", "Cora")))
    committee.save(RELAYS, "Filed here. More.", "Cora")
    written(committee, closed(committee, versions=(first, second)))
    assert shelf(committee).settled
    committee.wiki.hide(second.source.revid)
    now = shelf(committee)
    assert now.settled == {}
    assert not now.is_over(relay(committee, versions=(first, second)))


def test_a_new_year(committee: Committee) -> None:
    """In the new year what is over moves to a page of its year; what is open stays, and all is remembered."""
    written(committee, closed(committee), leaf(committee, name="Open"))
    committee.at("2027-01-01")
    told = (known(committee), leaf(committee, name="Open"))
    assert written(committee, *told) == {f"{LIST}/Open": "unchanged", LIST: "saved", LAST_YEAR: "saved"}
    assert ["Survey" in committee.text(title) for title in (LIST, LAST_YEAR)] == [False, True]
    assert f"[[:{LAST_YEAR}|2026]]" in committee.text(LIST)
    assert shelf(committee).is_over(relay(committee))
    assert set(written(committee, *told).values()) == {"unchanged"}


def test_a_year_of_many(committee: Committee) -> None:
    """However much is over in a year, the list of all stays short, and nothing of it is forgotten."""
    many = [closed(committee, name=f"R{number:03}", first=moment("12-01")) for number in range(MOST_RECENT + 2)]
    committee.at("12-05")
    written(committee, *many)
    assert committee.text(LIST).count("{{Steering group/Relay row|") == MOST_RECENT
    assert [f"id=R00{number}|" in committee.text(LAST_YEAR) for number in range(3)] == [True, True, False]
    assert len(shelf(committee).rows) == len(many)
    assert shelf(committee).settled
    told = [known(committee, name=one.relay.id, first=one.relay.first) for one in many]
    assert set(written(committee, *told).values()) == {"unchanged"}


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_withdrawn_words_leave_at_once(committee: Committee, state: State) -> None:
    """Only the id stays, who withdrew it, and the link; also where the relay was closed before."""
    written(committee, leaf(committee, state, answers=[answered()]))
    who = Source(Title(RELAYS), 77, "Cora", moment("12-05"))
    gone = {"stage": Stage.WITHDRAWN, "versions": (), "vouchers": (), "reason": "withdrawn", "culprit": who}
    one = leaf(committee, State.WITHDRAWN, **gone)
    assert written(committee, one) == {SURVEY: "saved", LIST: "saved"}
    for text in (committee.text(SURVEY), committee.text(LIST)):
        assert "survey" not in text
        assert "Please" not in text
        assert "Ada" not in text
        assert "user=Cora|time=2026-12-05T00:00Z|revision=77" in text
    over = replace(one, dispatch=replace(one.dispatch, targets=()))  # nothing is asked any more of what is over
    for known_as in (one, over):
        assert written(committee, known_as) == {SURVEY: "unchanged", LIST: "unchanged"}
    assert shelf(committee).settled


def test_undoing_a_run_puts_no_withdrawn_words_back(committee: Committee) -> None:
    """A text that shows words which the page shows no more may not stand there again; any other may."""
    written(committee, leaf(committee))
    before = committee.text(SURVEY)
    written(committee, leaf(committee, State.WITHDRAWN, stage=Stage.WITHDRAWN, versions=(), vouchers=()))
    page, processes, now = committee.page(SURVEY), [committee.process], committee.now
    assert "withdrawn" in str(committee.ask(barred(processes, page, before, FILED, now)))
    assert committee.ask(barred(processes, page, page.text, FILED, now)) is None


def test_words_that_could_not_leave_are_seen(committee: Committee) -> None:
    """A withdrawn relay isn't settled as long as its own page shows words that the bot couldn't take away."""
    written(committee, leaf(committee))
    committee.wiki.protect(SURVEY)
    gone = leaf(committee, State.WITHDRAWN, stage=Stage.WITHDRAWN, versions=(), vouchers=())
    assert written(committee, gone) == {SURVEY: Came.PROTECTED.label, LIST: "saved"}
    assert shelf(committee).settled == {}


@pytest.mark.parametrize(("fate", "known"), [(Fate.DUE, False), (Fate.POSTED, True)])
def test_what_never_counted_is_not_remembered(committee: Committee, fate: Fate, known: bool) -> None:
    """A relay that may not go out leaves no trace when it is taken away, unless something of it has gone out before."""
    one = leaf(committee, State.WAITING, stage=Stage.WAITING, versions=(), vouchers=())
    written(committee, replace(one, dispatch=replace(one.dispatch, targets=targets(committee, fate))))
    assert ("Survey" in shelf(committee).rows) is known


def test_a_whole_life() -> None:
    """From the preview to the new year by the bot's own runs, and then its sender takes it away."""
    life = Committee(relays={})
    for title in (TALK.text, f"Talk:{BETA}"):
        life.save(title, "Hello.", "Ada")
    filed = filed_relay("core team", "all groups", id="Survey", kind="request", text="Tell us.", reply_by="2026-12-17")
    life.at("12-01").save(RELAYS, filed, "Cora")
    seen = []
    for time in ("12-01T00:10", "12-01T01:30", "12-04", "12-20", "2027-01-20", "2027-01-21"):
        if time == "12-04":
            answer = "{{Steering group/Answer|relay=Survey|group=Beta|text=Here it is.}}"
            life.at("12-03").save(RELAYS, f"{filed}\n\n{answer}", "Bo")
        life.at(time).run()
        where = LAST_YEAR if time > "2027-01" else LIST
        (row,) = calls(life.text(where), "Steering group/Relay row")
        seen.append((row.fields["state"], row.fields.get("answered")))
        again = [done for done in life.run().done.values() if done.job == "relays"]
        assert {done.outcome.kind for done in again} == {Came.UNCHANGED}, time
    assert seen == [("preview", None), *[("open", "0"), ("open", "1"), ("overdue", "1")], *[("closed", "1")] * 2]
    assert shelf(life).settled
    life.at("2027-02-01").save(RELAYS, "Nothing.", "Cora")
    life.run()
    for title in (LIST, LAST_YEAR, SURVEY, TALK.text):
        assert "Tell us" not in life.text(title)
        assert "News" not in life.text(title)


def test_what_is_hidden_later_is_told(committee: Committee) -> None:
    """The contact is sent the revisions of both pages that hold what is hidden at its source now."""
    committee.configure({**committee.configuration, "contact": "User:Otto", "relays": {}})
    committee.wiki.add_account("Otto", emailable=True)
    revid = committee.save(RELAYS, "{{Steering group/Relay|…}}", "Cora")
    one = leaf(committee)
    written(committee, one)
    assert one.relay.original.source.revid == revid
    committee.save(RELAYS, "", "Cora")
    committee.wiki.hide(revid)
    gone = leaf(committee, State.WITHDRAWN, stage=Stage.WITHDRAWN, versions=(), vouchers=())
    (letter,) = in_one(planned(committee, gone).letters)
    holding = {committee.page(title).revision.id for title in (SURVEY, LIST)}  # type: ignore[union-attr]
    assert set(letter.revisions) == holding


def test_stray_names_of_pages(committee: Committee) -> None:
    """A relay that can have no page stands in the list alone, and of two with one id one has the page."""
    flawed: Mapping[str, Any] = {"stage": Stage.FLAWED, "versions": (), "vouchers": ()}
    leaves = (leaf(committee), leaf(committee), leaf(committee, State.FLAWED, name="a[b]|c", **flawed))
    assert set(written(committee, *leaves)) == {SURVEY, LIST}
    assert committee.text(LIST).count("{{Steering group/Relay row|") == 3
    assert BETA not in committee.text(LIST)
