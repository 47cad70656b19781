"""How it stands with minutes: what people did, and what that makes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategybot.inquiries.calendars import scheduled
from strategybot.inquiries.minutes import minuted
from strategybot.model.minuted import Minuted, Objection, Stage, approved_at, stage_of
from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import History
from tests.committee import BETA, Committee, moment, outcomes, roster

BODY = "Committee/Working Groups/Steering Group"
ARCHIVE = f"{BODY}/Minutes"
MINUTES = f"{ARCHIVE}/2026-12-10"
TALK = f"Talk:{MINUTES}"
CALENDAR = f"{BODY}/Calendar"
TYPED = "\n== Decisions ==\n* The survey runs until May.\n"
OTHERS = "== Objection ==\n{{Steering group/Objection|date=2027-01-14}}"
OBJECTION = """\
== Objection ==
{{Steering group/Objection|date=2026-12-10|resolved=}}
%s

[[User:Bo|Bo]] 15:04, 12 December 2026 (UTC)
"""


class Story:
    """The committee, whose bot has made the minutes' page; each step of a story is a method."""

    def __init__(self, **configuration: object) -> None:
        self.committee = Committee(**configuration)
        self.bot("12-10T13:30")

    @classmethod
    def of(cls, committee: Committee) -> Story:
        """The story of a committee for which the bot hasn't run."""
        story = cls.__new__(cls)
        story.committee = committee
        return story

    def bot(self, time: str) -> Story:
        """The bot runs."""
        assert self.committee.at(time).run("minutes").crashes == []
        return self

    def types(self, time: str, user: str = "Ada", text: str = TYPED, page: str = MINUTES) -> Story:
        """Somebody adds to the page."""
        self.committee.at(time).save(page, self.committee.text(page) + text, user)
        return self

    def saves(self, time: str, text: str, user: str = "Ada", page: str = MINUTES) -> Story:
        """Somebody saves the page as it shall read."""
        self.committee.at(time).save(page, text, user)
        return self

    def replaces(self, time: str, old: str, new: str, user: str, page: str = MINUTES) -> Story:
        """Somebody replaces words of the page."""
        return self.saves(time, self.committee.text(page).replace(old, new), user, page)

    def restores(self, time: str, number: int, user: str = "Bo", page: str = MINUTES) -> Story:
        """Somebody restores a revision of the page by its number, from 0 for the newest."""
        return self.saves(time, self.committee.ask(ask(History(Title(page))))[number].text or "", user, page)

    def objects(self, time: str, user: str = "Bo", words: str = "No.", page: str = TALK) -> Story:
        """Somebody objects."""
        return self.types(time, user, OBJECTION % words, page)

    def resolves(self, time: str, user: str, page: str = TALK) -> Story:
        """Somebody writes that the objections are resolved."""
        return self.replaces(time, "resolved=}}", "resolved=yes}}", user, page)

    def calendar(self, time: str, entry: str, user: str = "Cora") -> Story:
        """Somebody changes the calendar."""
        return self.types(time, user, f"\n{entry}\n", CALENDAR)

    def every(self, time: str) -> tuple[Minuted, ...]:
        """All minutes at a moment."""
        committee = self.committee.at(time)
        return committee.ask(minuted(committee.ask(scheduled(committee.process)), committee.now))

    def at(self, time: str, date: str = "2026-12-10") -> Minuted:
        """How it stands with the minutes of a meeting at a moment."""
        return next(one for one in self.every(time) if one.date == date)


def typed() -> Story:
    """Minutes that Ada typed two hours after the start."""
    return Story().types("12-10T17:00")


def _without_page() -> Story:
    story = Story()
    story.committee.wiki.delete(Title(MINUTES))
    return story


def _named(time: str, name: str = "Ada", by: str = "Ada", story: Story | None = None) -> Story:
    """Somebody writes into the head of the page who takes the minutes."""
    return (story or Story()).replaces(time, "minute taker=}}", f"minute taker=[[User:{name}]]}}}}", by)


def _with_span() -> Story:
    configured = {"first_meeting": "2026-12-10T15:00", "approval_days": 7}
    return Story(steering_group=configured).types("12-10T17:00")


def _objected_before() -> Story:
    story = Story()
    return story.objects("12-10T14:00").types("12-10T17:00")


def _deleted() -> Story:
    story = typed()
    story.committee.wiki.delete(Title(MINUTES))
    return story


def _hidden() -> Story:
    story = typed()
    story.committee.wiki.hide(story.committee.page(MINUTES).revision.id, text=True)  # type: ignore[union-attr]
    return story


def _leaves(story: Story) -> Story:
    return story.saves("12-13", roster("Chi"), "Cora", BETA)


def _hides(story: Story) -> Story:
    history = story.committee.ask(ask(History(Title(TALK))))
    story.committee.wiki.hide(history[1].id)
    return story


def _moves(story: Story, page: str) -> Story:
    story.committee.at("12-13").wiki.move(page, f"{page} (old)", user="Mallory")
    return story


STAGES: list[tuple[str, Callable[[], Story], str, Stage]] = [
    ("nothing typed, before they are due", Story, "12-12", Stage.EXPECTED),
    ("nothing typed, when they are due", Story, "12-13T15:00", Stage.LATE),
    ("no page was ever made", _without_page, "12-14", Stage.LATE),
    ("typed in time", typed, "12-10T17:00", Stage.FOR_APPROVAL),
    ("typed late", lambda: Story().types("12-20"), "12-20", Stage.FOR_APPROVAL),
    ("typed before the start only", lambda: Story().types("12-10T14:30"), "12-11", Stage.EXPECTED),
    ("only the minute-taker named", lambda: _named("12-10T16:00"), "12-11", Stage.EXPECTED),
    ("approved by the next meeting", typed, "2027-01-14T15:00", Stage.APPROVED),
    ("not yet approved", typed, "2027-01-14T14:59", Stage.FOR_APPROVAL),
    ("typed after the next meeting", lambda: Story().types("2027-01-20"), "2027-02-01", Stage.FOR_APPROVAL),
    ("approved by the one after", lambda: Story().types("2027-01-20"), "2027-02-11T15:00", Stage.APPROVED),
    ("approved after the span", _with_span, "12-17T17:00", Stage.APPROVED),
    ("before the span is over", _with_span, "12-17T16:59", Stage.FOR_APPROVAL),
    ("a member objects", lambda: typed().objects("12-12"), "12-12", Stage.CONTESTED),
    ("and does so still", lambda: typed().objects("12-12"), "2027-02-01", Stage.CONTESTED),
    ("a stranger objects", lambda: typed().objects("12-12", "Mallory"), "12-13", Stage.FOR_APPROVAL),
    ("an admin objects", lambda: typed().objects("12-12", "Admin"), "12-13", Stage.CONTESTED),
    ("in a plain section", lambda: typed().types("12-12", "Bo", "== I object ==\nNo.", TALK), "12-13", Stage.CONTESTED),
    ("with the day of no meeting", lambda: typed().types(
        "12-12", "Bo", OTHERS.replace("2027-01-14", "2026-12-11"), TALK), "12-13", Stage.CONTESTED),
    ("that says no to something", lambda: typed().types(
        "12-12", "Bo", "== No travel: my objection ==\n", TALK), "12-13", Stage.CONTESTED),
    ("who coordinates no longer", lambda: _leaves(typed().objects("12-12")), "12-14", Stage.CONTESTED),
    ("behind what was hidden", lambda: _hides(typed().types("12-11", "Mallory", "Foul.", TALK).types(
        "12-12", "Bo", f"\n{OBJECTION % 'No.'}", TALK)), "12-13", Stage.CONTESTED),
    ("a stranger leads elsewhere", lambda: typed().objects("12-12").saves(
        "12-13", f"#REDIRECT [[Talk:{ARCHIVE}]]", "Mallory", TALK), "12-14", Stage.CONTESTED),
    ("to where others object", lambda: typed().types("12-12", "Bo", OBJECTION % "No.", f"Talk:{ARCHIVE}").saves(
        "12-13", f"#REDIRECT [[Talk:{ARCHIVE}]]", "Bo", TALK), "12-14", Stage.CONTESTED),
    ("a stranger moves the talk page", lambda: _moves(typed().objects("12-12"), TALK), "12-14", Stage.CONTESTED),
    ("and writes another one", lambda: _moves(typed().objects("12-12"), TALK).saves(
        "12-14", "Hello.", "Mallory", TALK), "12-14", Stage.CONTESTED),
    ("a stranger moves the minutes alone", lambda: _moves(typed().objects(
        "12-12"), MINUTES), "12-14", Stage.CONTESTED),
    ("of other words", lambda: typed().types("12-12", "Bo", "== No objection ==\n", TALK), "12-13", Stage.FOR_APPROVAL),
    ("to other minutes", lambda: typed().types(
        "12-12", "Bo", OTHERS, TALK), "12-13", Stage.FOR_APPROVAL),
    ("resolved by its author", lambda: typed().objects("12-12").resolves("12-14", "Bo"), "12-14", Stage.FOR_APPROVAL),
    ("by a coordinator", lambda: typed().objects("12-12").resolves("12-14", "Abel"), "12-14", Stage.FOR_APPROVAL),
    ("by a stranger", lambda: typed().objects("12-12").resolves("12-14", "Mallory"), "12-14", Stage.CONTESTED),
    ("by a stranger, and a member edits then", lambda: typed().objects("12-12").resolves("12-14", "Mallory").types(
        "12-15", "Ada", "\n== Else ==\n", TALK), "12-15", Stage.CONTESTED),
    ("taken away by its author", lambda: typed().objects("12-12").saves(
        "12-14", "-", "Bo", TALK), "12-14", Stage.FOR_APPROVAL),
    ("taken away by a stranger", lambda: typed().objects("12-12").saves(
        "12-14", "-", "Mallory", TALK), "12-14", Stage.CONTESTED),
    ("taken away, and put back", lambda: typed().objects("12-12").saves("12-14", "-", "Mallory", TALK).restores(
        "12-15", 1, "Chi", TALK), "12-15", Stage.CONTESTED),
    ("withdrawn, and put back by a member", lambda: typed().objects("12-12").saves("12-14", "-", "Bo", TALK).restores(
        "12-15", 1, "Ada", TALK), "12-15", Stage.CONTESTED),
    ("withdrawn, and put back by a stranger", lambda: typed().objects("12-12").saves("12-14", "-", "Bo", TALK).restores(
        "12-15", 1, "Mallory", TALK), "12-15", Stage.FOR_APPROVAL),
    ("a stranger's, in other words", lambda: typed().objects("12-12", words="No.").saves(
        "12-13", OBJECTION % "Yes.", "Mallory", TALK), "12-14", Stage.CONTESTED),
    ("one of two is withdrawn", lambda: typed().objects("12-12", "Bo", "One.").objects("12-13", "Ada", "Two.").saves(
        "12-14", OBJECTION % "Two.", "Bo", TALK), "12-14", Stage.CONTESTED),
    ("raised before the meeting", _objected_before, "12-13", Stage.FOR_APPROVAL),
    ("raised too late", lambda: typed().objects("2027-01-14T15:00"), "2027-01-15", Stage.APPROVED),
    ("resolved after the next meeting", lambda: typed().objects("12-12").resolves(
        "2027-01-20", "Bo"), "2027-01-20", Stage.APPROVED),
    ("emptied by a member", lambda: typed().saves("12-12", "", "Bo"), "12-12", Stage.EXPECTED),
    ("emptied by a stranger", lambda: typed().saves("12-12", "", "Mallory"), "12-12", Stage.FOR_APPROVAL),
    ("and restored", lambda: typed().saves("12-12", "", "Mallory").restores("12-13", 1), "12-14", Stage.FOR_APPROVAL),
    ("brought back to the bot's", lambda: typed().restores("12-12", 1), "12-14", Stage.LATE),
    ("and by a stranger", lambda: typed().restores("12-12", 1, "Mallory"), "12-14", Stage.FOR_APPROVAL),
    ("deleted", _deleted, "12-14", Stage.LATE),
    ("hidden", _hidden, "12-14", Stage.FOR_APPROVAL),
    ("the next meeting is moved", lambda: typed().calendar(
        "12-12", "{{Steering group/Meeting|was=2027-01-14|date=2027-01-21}}"), "2027-01-15", Stage.FOR_APPROVAL),
    ("the next meeting is cancelled", lambda: typed().calendar(
        "12-12", "{{Steering group/Meeting|was=2027-01-14|reason=Snow.}}"), "2027-01-15", Stage.FOR_APPROVAL),
]  # fmt: skip


@pytest.mark.parametrize(("told", "story", "time", "stage"), STAGES, ids=[one[0] for one in STAGES])
def test_stages(told: str, story: Callable[[], Story], time: str, stage: Stage) -> None:
    """Each history makes of the minutes what the table says."""
    assert story().at(time).stage is stage, told


# --- Whose words count

FOREIGN = "\n* Decision: All money goes to Mallory."
STRANGER = "Mallory"
MOMENT = "2027-01-14T14:59"
"""A minute before minutes that were written in December are approved."""


def _foreign(by: str = STRANGER) -> Story:
    return Story().types("12-10T16:00", by, FOREIGN)


def _flat() -> Story:
    return Story.of(Committee()).saves("12-08", FLAT % "", page=ARCHIVE)


WHOSE: list[tuple[str, Callable[[], Story], Stage, str | None, bool]] = [
    ("only a stranger", _foreign, Stage.LATE, None, True),
    ("only somebody without an account", lambda: _foreign("192.0.2.7"), Stage.LATE, None, True),
    ("a member then", lambda: _foreign().types("12-11"), Stage.APPROVED, "Ada", False),
    ("a member who writes nothing", lambda: _named("12-11", story=_foreign()), Stage.APPROVED, "Ada", False),
    ("a member elsewhere on the page", lambda: _flat().types("12-10T16:00", STRANGER, FOREIGN, ARCHIVE).replaces(
        "12-11", "We met.", "We met twice.", "Ada", ARCHIVE), Stage.APPROVED, "Ada", False),
    ("a stranger a minute before", lambda: typed().types(MOMENT, STRANGER, FOREIGN), Stage.APPROVED, "Ada", True),
    ("who is reverted", lambda: typed().types("12-12", STRANGER, FOREIGN).restores(
        "12-13", 1), Stage.APPROVED, "Bo", False),
    ("who reverts", lambda: typed().types("12-12", STRANGER, FOREIGN).restores(
        "12-13", 1, STRANGER), Stage.APPROVED, "Ada", False),
    ("a stranger's is taken away", lambda: _foreign().restores("12-11", 1), Stage.LATE, None, False),
    ("a stranger empties it", lambda: typed().saves(MOMENT, "", STRANGER), Stage.APPROVED, "Ada", True),
    ("a guest named by a member", lambda: _named("12-10T15:30", "Eve").types(
        "12-10T16:00", "Eve"), Stage.APPROVED, "Eve", False),
    ("named before the start", lambda: _named("12-10T14:00", "Eve").types(
        "12-10T16:00", "Eve"), Stage.APPROVED, "Eve", False),
    ("and a stranger since", lambda: _named("12-10T14:00", "Eve").types("12-10T14:30", STRANGER, "Soon.").types(
        "12-10T16:00", "Eve"), Stage.APPROVED, "Eve", False),
    ("named by a guest who was", lambda: _named("12-10T15:30", "Eve").replaces(
        "12-10T15:40", "User:Eve", "User:Otto", "Eve").types("12-10T16:00", "Otto"), Stage.APPROVED, "Otto", False),
    ("a guest named by themselves", lambda: _named("12-10T15:30", "Eve", "Eve").types(
        "12-10T16:00", "Eve"), Stage.LATE, None, True),
    ("before the start", lambda: _named("12-10T14:00", "Eve", "Eve").types(
        "12-10T16:00", "Eve"), Stage.LATE, None, True),
    ("and a member since", lambda: _named("12-10T14:00", "Eve", "Eve").types("12-10T14:30", "Ada", "Soon.").types(
        "12-10T16:00", "Eve"), Stage.APPROVED, "Eve", False),
    ("a stranger in the guest's place", lambda: _named("12-10T15:30", "Eve").replaces(
        "12-10T15:40", "User:Eve", "User:Mallory", STRANGER).types("12-10T16:00", STRANGER), Stage.LATE, None, True),
]  # fmt: skip
"""What happens, the stage in the end, who saved what is approved, and whether other words stand."""


@pytest.mark.parametrize(("told", "story", "stage", "by", "others"), WHOSE, ids=[one[0] for one in WHOSE])
def test_whose_words_count(told: str, story: Callable[[], Story], stage: Stage, by: str | None, others: bool) -> None:
    """Minutes are written, and approved, as somebody saved them whose word counts, or a guest whom such a one named."""
    after = story()
    found = after.at("2027-01-14T15:00")
    history = after.committee.ask(ask(History(found.page.title)))
    approved = next((one.user for one in history if found.approval and one.id == found.approval.revid), None)
    assert (found.stage, approved) == (stage, by), told
    assert found.changed is (others and by is not None), told
    assert found.offered == (history[0].id if others and by is None else None), told


@pytest.mark.parametrize(
    ("by", "time", "stage"),
    [("Eve", "10-01", Stage.APPROVED), ("Eve", "12-10", Stage.LATE), ("Ada", "12-10", Stage.APPROVED)],
)
def test_minutes_of_long_ago(by: str, time: str, stage: Stage) -> None:
    """Old minutes are approved if they are from before the process was configured, or if a member saved them."""
    story = Story.of(Committee()).saves(time, TYPED, by, f"{ARCHIVE}/2023-12-14")
    assert story.at("12-11", "2023-12-14").stage is stage


# --- Where minutes stand


def dates(story: Story, time: str) -> dict[str, tuple[str, Stage]]:
    """The pages and stages of all minutes by their dates."""
    return {one.date: (one.page.title.text, one.stage) for one in story.every(time)}


FLAT = "== 5 November 2026 ==\nWe met.\n\n== 10 December 2026 ==\n%s"


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        (ARCHIVE, FLAT % "", FLAT % "* '''Decision:''' The survey runs."),
        (f"{ARCHIVE}/2026", FLAT % "", FLAT % "We met again."),
        (f"{ARCHIVE}/December 2026", "== 10 December ==\n", "== 10 December ==\nWe met again."),
        (f"{ARCHIVE}/2025-12-10", "10 December 2026\n\n== Notes ==", "10 December 2026\n\n== Notes ==\nAll."),
        (MINUTES, "== Agenda ==\n# Check in", "== Agenda ==\n# Check in\n== Notes ==\nAll."),
    ],
)  # fmt: skip
def test_pages_of_peoples_own(page: str, before: str, after: str) -> None:
    """What people write on pages of their own is taken as the minutes, whatever the title; nothing else is made."""
    committee = Committee()
    story = Story.of(committee).saves("12-08", before, page=page)
    assert outcomes(committee.at("12-10T13:30").run("minutes")).get(MINUTES) is None
    assert dates(story, "12-10T14:00")["2026-12-10"] == (page, Stage.EXPECTED)
    story.saves("12-10T18:00", after, page=page)
    assert dates(story, "12-11")["2026-12-10"] == (page, Stage.FOR_APPROVAL)
    assert outcomes(committee.run("minutes")).get(MINUTES) is None


def test_what_changes_beside_a_meetings_section() -> None:
    """On one page for all meetings only what a meeting's own section says counts for it."""
    story = Story.of(Committee()).saves("12-08", FLAT % "Nothing yet.", page=ARCHIVE)
    story.saves("12-10T18:00", (FLAT % "Nothing yet.").replace("We met.", "We met twice."), page=ARCHIVE)
    assert [(one.date, one.stage, one.changed) for one in story.every("12-11")] == [
        ("2026-12-10", Stage.EXPECTED, False),
        ("2026-11-05", Stage.APPROVED, True),
    ]


def test_a_page_that_is_moved() -> None:
    """Minutes that are moved keep their state, with a redirect and without one."""
    for redirect in (True, False):
        story = typed()
        story.committee.wiki.move(MINUTES, f"{ARCHIVE}/10 December 2026", redirect=redirect)
        assert dates(story, "12-14")["2026-12-10"] == (f"{ARCHIVE}/10 December 2026", Stage.FOR_APPROVAL)
        assert outcomes(story.committee.run("minutes")).get(MINUTES) is None


def test_meetings_that_are_listed() -> None:
    """The last meeting is there without minutes, those between others as well, the next only when its page is due."""
    story = Story().types("2027-03-12", page=f"{ARCHIVE}/2027-03-11")
    assert [one.date for one in story.every("2027-04-08T12:00")] == [
        "2027-03-11",
        "2027-02-11",
        "2027-01-14",
        "2026-12-10",
    ]
    assert next(one.date for one in story.every("2027-04-08T13:00")) == "2027-04-08"
    assert [one.date for one in Story.of(Committee()).every("12-10T12:59")] == []


def test_a_meeting_that_is_cancelled() -> None:
    """A cancelled meeting is expected to have none; where people wrote some, those are for approval."""
    entry = "{{Steering group/Meeting|was=2026-12-10|reason=Snow.}}"
    story = Story().calendar("12-10T14:00", entry)
    assert [one.date for one in story.every("12-14")] == []
    assert typed().calendar("12-10T18:00", entry).at("12-14").stage is Stage.FOR_APPROVAL


def test_a_meeting_that_is_moved() -> None:
    """A moved meeting keeps its date, and its minutes are due after the new start."""
    story = Story().calendar("12-10T14:00", "{{Steering group/Meeting|was=2026-12-10|date=2026-12-17|reason=Snow.}}")
    assert story.at("12-18").stage is Stage.EXPECTED
    assert story.types("12-16").at("12-18").stage is Stage.EXPECTED
    assert story.types("12-18").at("12-18").stage is Stage.FOR_APPROVAL


def test_who_takes_them() -> None:
    """The head of the page says who takes the minutes; else it is whoever began to write them."""
    says = "\n== Notes ==\n'''Minute-taker:''' %s"
    for story, name in [
        (_named("12-10T14:00"), "Ada"),
        (Story().types("12-10T14:30", "Bo", "\nSoon."), "Bo"),
        (Story().types("12-10T17:00", "Mallory"), ""),
        (_named("12-10T14:00", "Eve").types("12-10T17:00", "Eve"), "Eve"),
        (Story().types("12-10T17:00", "Bo", says % "Abel"), "Abel"),
        (Story().types("12-10T17:00", "Bo", says % "Zoë Unknown"), ""),
        (Story(), ""),
    ]:
        assert story.at("12-14").taker == name


# --- What is settled


def test_what_is_approved_stays_approved() -> None:
    """Once the archive says so, a later objection, edit or change of the calendar takes nothing back."""
    story = typed().bot("2027-01-14T15:01")
    before = story.at("2027-01-14T15:02")
    assert (before.stage, before.changed) == (Stage.APPROVED, False)
    story.types("2027-01-15", "Mallory", "\nMore.").objects("2027-01-16")
    after = story.bot("2027-01-17").at("2027-01-18")
    assert (after.stage, after.changed, after.approval) == (Stage.APPROVED, True, before.approval)
    archived = story.committee.text(ARCHIVE)
    assert f"|state=approved|taker=Ada|revision={before.approval.revid}|words=" in archived
    assert f"|changed={after.page.revision.id}}}}}" in archived
    assert not story.restores("2027-01-19", 1).at("2027-01-20").changed


def test_what_was_approved_is_what_stood_then() -> None:
    """Where no run saw the approval, the revision counts that stood at that moment."""
    story = typed()
    approved = story.committee.page(MINUTES).revision.id
    found = story.types("2027-01-20", "Ada", "\nMore.").at("2027-01-21")
    assert (found.approval.revid, found.changed) == (approved, True)


@pytest.mark.parametrize("time", ["12-14", "2027-02-01"])
def test_who_writes_approval_into_the_archive(time: str) -> None:
    """Only what the bot wrote there settles anything, whatever people make of the list."""
    story = typed().objects("12-12").bot("12-13")
    forged = story.committee.text(ARCHIVE).replace("|state=contested", "|state=approved|revision=1|words=x")
    story.saves("12-13T12:00", forged, "Mallory", ARCHIVE)
    assert story.at(time).stage is Stage.CONTESTED
    assert story.bot(time).at(time).stage is Stage.CONTESTED


def test_the_archive_after_people_edited_it() -> None:
    """What the bot settled there stays settled when people write on the list, and their words stay."""
    story = typed().bot("2027-01-14T15:01")
    story.saves(
        "2027-01-15",
        story.committee.text(ARCHIVE).replace("== 2026 ==", "Thanks to all who wrote!\n\n== 2026 =="),
        "Ada",
        ARCHIVE,
    )
    story.bot("2027-01-16").types("2027-02-12", "Bo", page=f"{ARCHIVE}/2027-02-11").bot("2027-02-12").objects(
        "2027-02-13"
    )
    assert story.at("2027-02-14").stage is Stage.APPROVED
    assert "Thanks to all who wrote!" in story.committee.text(ARCHIVE)
    assert "|date=2027-02-11|" in story.committee.text(ARCHIVE)


def test_what_people_have_forgotten() -> None:
    """Minutes of more than a year ago that nothing settles are taken for approved as they stand."""
    story = Story.of(Committee()).saves("2027-01-01", FLAT % "We met.", page=ARCHIVE)
    assert set(dates(story, "2028-01-15").values()) >= {(ARCHIVE, Stage.APPROVED)}


def test_requests_do_not_grow_with_the_past() -> None:
    """With three years behind it a run asks as often as with three months."""

    def asked(months: int) -> tuple[int, int]:
        story = Story.of(Committee())
        committee, calendar = story.committee, story.committee.process.body.meetings
        meeting = calendar.following(moment("12-01"))
        for _ in range(months):
            page = f"{ARCHIVE}/{meeting.date}"
            committee.now = meeting.start
            committee.run("minutes")
            committee.save(page, committee.text(page) + TYPED, "Ada")
            meeting = calendar.following(meeting.start)
        committee.now = calendar.preceding(meeting).start
        committee.run("minutes")
        requests = committee.run("minutes").requests
        return requests["read"], requests["history"]

    assert asked(3) == asked(36)


# --- The decisions alone


OPEN = None


@pytest.mark.parametrize(
    ("objections", "approved"),
    [
        ([], "12-14"),
        ([("12-12", True, OPEN)], None),
        ([("12-12", False, OPEN)], "12-14"),
        ([("12-12", True, "12-13")], "12-14"),
        ([("12-12", True, "12-20")], "12-20"),
        ([("12-14", True, OPEN)], "12-14"),
        ([("12-12", True, "12-20"), ("12-15", True, "12-22")], "12-22"),
        ([("12-12", True, "12-20"), ("12-15", True, OPEN)], None),
        ([("12-12", True, "12-20"), ("12-21", True, OPEN)], "12-20"),
    ],
)
def test_when_minutes_are_approved(objections: list[tuple[str, bool, str | None]], approved: str | None) -> None:
    """They are approved at their time, or as soon as no objection is open that was raised before."""
    raised = [
        Objection("Objection", "Bo", moment(since), 1, counts=counts, ended=moment(ended) if ended else None)
        for since, counts, ended in objections
    ]
    assert approved_at(moment("12-14"), raised) == (moment(approved) if approved else None)
    stage = stage_of(moment("12-13"), moment("12-14"), raised, moment("12-31"))
    assert stage is (Stage.APPROVED if approved else Stage.CONTESTED)
