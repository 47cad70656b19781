"""What a configuration leads to: when the meetings are, which pages there will be, and what is to be done next."""

from __future__ import annotations

from datetime import datetime

from strategybot.config import TOPICS
from strategybot.jobs import jobs_of
from strategybot.model.process import Process, stop_pages
from strategybot.model.wikiside import wiki_sides
from strategybot.recurrence import in_words
from strategybot.writing.wikiside import texts_on_wiki


def preview(process: Process, now: datetime) -> list[str]:
    """Where the page goes, and all pages that the process will have, for its next meeting."""
    meeting = process.body.meetings.following(now)
    lines = [
        "",
        f"An admin saves it as {process.page}.",
        "To start the bot, somebody of the core team saves “yes” as each of "
        + ", ".join(dict.fromkeys(str(title) for job in (*jobs_of([process]), "install") for title in
                                  stop_pages(process.bot, job))) + ".",
        "",
    ]  # fmt: skip
    if meeting is None:
        return [*lines, "By this rule there is no meeting from now on."]
    lines.append(f"It meets {in_words(process.body.meetings.schedule.rule)}; the next meetings are")
    for _ in range(3):
        if meeting:
            lines.append(f"  {meeting.start:%A, %d %B %Y, %H:%M} UTC")
            meeting = process.body.meetings.following(meeting.start)
    return [*lines, "", "The pages, for the next of them:", *_pages(process, now), *_afterwards(process)]


def _pages(process: Process, now: datetime) -> list[str]:
    """Where everything will stand, and who writes it."""
    meeting = process.body.meetings.following(now)
    groups = [f"  {group.page}  (the group: who coordinates it)" for group in process.groups]
    updates = [f"  {process.update(group, meeting)}  (its update)" for group in process.groups] if meeting else []
    front = f"  {process.own(process.steering_group)}  (the bot: {process.body.name}, with what is next and what waits)"
    waiting = f"  {process.waiting}  (the bot: what waits for each person)"
    bodies = [line for body in process.bodies for line in _of_meetings(process.seen_from(body), now)]
    return [*groups, *updates, front, waiting, *bodies, f"  {process.status}  (the bot: what it did)"]


def _of_meetings(process: Process, now: datetime) -> list[str]:
    """The pages of a body's meetings."""
    meeting = process.body.meetings.following(now)
    of_next = [
        f"  {process.agenda(meeting)}  (the bot: the agenda)",
        f"  {process.minutes(meeting)}  (people: the minutes, on a page that the bot prepares)",
    ] if meeting else []  # fmt: skip
    return [
        *of_next,
        f"  {process.archive}  (the bot: all minutes, and which are approved)",
        f"  {process.calendar}  (the bot and coordinators: meetings, moved, cancelled and added)",
        f"  {process.action_items}  (the bot and all: who promised what)",
        f"  {process.decisions}  (the bot and all: what was decided)",
    ]


def _afterwards(process: Process) -> list[str]:
    """What the form will ask for, and what is to be done after the page is saved."""
    side = wiki_sides([process], process.bot, TOPICS)[0]
    texts = texts_on_wiki(side, process.languages[0])
    labels = ", ".join(texts[f"topic-{topic}"] for topic in process.topics)
    card = f"{{{{{process.template('Working group')}|name=NAME|coordinators=* [[User:NAME]]}}}}"
    return [
        "",
        f"The form of an update has the fields {labels}.",
        "",
        "Then the operator runs “strategybot install” and “strategybot doctor”, and the core team saves each group's"
        f" page with {card}.",
    ]
