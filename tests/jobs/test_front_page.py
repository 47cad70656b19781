"""The steering group's front page."""

from __future__ import annotations

import re

import pytest

from strategybot.model.page import Title
from tests.committee import AGENDA, ALPHA, BETA, BOT, FRONT_PAGE, NEXT_AGENDA, Committee, outcomes, problems, roster

ARCHIVE = "Committee/Working Groups/Steering Group/Agenda"


def told(committee: Committee, text: str) -> Committee:
    """The committee with something written in the place that the front page has for it."""
    page = committee.text(FRONT_PAGE).replace("<!-- slot:about -->\n", f"<!-- slot:about -->\n{text}\n")
    committee.save(FRONT_PAGE, page, "Ada")
    return committee


def part(committee: Committee, anchor: str) -> str:
    """A section of the front page."""
    return committee.text(FRONT_PAGE).split(f"|id={anchor}}}}} ==\n")[1].partition("\n== ")[0]


def row(committee: Committee, group: str) -> str:
    """What waits for a group."""
    start = f"{{{{Steering group/Waiting group|group={group}|"
    return start + part(committee, "waiting").split(start)[1].partition("{{Steering group/Waiting group|")[
        0
    ].removesuffix("</ul>\n")


def test_before_the_agenda_opens(committee: Committee) -> None:
    """The page says when the meeting is and when its agenda opens; nothing is asked for yet."""
    committee.at("11-20").run()
    text = committee.text(FRONT_PAGE)
    assert "|start=2026-12-10T15:00Z|minutes=60|" in text
    assert "|after=2027-01-14T15:00Z|" in text
    assert "agenda=" not in text
    assert re.findall(r"Text\|dates-([a-z-]+)\|\{\{Steering group/Date\|(.{17})\|date", text) == [
        ("agenda", "2026-11-26T15:00Z"), ("due", "2026-12-13T15:00Z"), ("approval", "2027-01-14T15:00Z"),
    ]  # fmt: skip
    assert part(committee, "waiting") == "{{Steering group/Line|front-nothing-yet}}\n"


def test_once_the_agenda_is_open(committee: Committee) -> None:
    """The agenda is linked in the very run that makes it, and each group that hasn't filed has its button."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    report = committee.run()
    assert outcomes(report)[AGENDA] == outcomes(report)[FRONT_PAGE] == "saved"
    assert f"|agenda={AGENDA}|groups=2|filed=1|after=" in committee.text(FRONT_PAGE)
    waiting = part(committee, "waiting")
    assert row(committee, "Beta") == (
        f"{{{{Steering group/Waiting group|group=Beta|group page={BETA}|what=\n"
        f"{{{{Steering group/Missing|group=Beta|state=missing|page={BETA}/Updates/2026-12-10}}}}\n"
        f"|button={{{{Steering group/File update|page={BETA}/Updates/2026-12-10|meeting=2026-12-10}}}}}}}}\n"
    )
    assert "group=Alpha" not in waiting


def test_nothing_is_missing(committee: Committee) -> None:
    """Once all groups have filed, the page says so."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.file(BETA, "Bo", progress="So did we.")
    committee.run()
    assert part(committee, "waiting") == "{{Steering group/Line|front-nothing-missing}}\n"


def test_second_run_changes_nothing(committee: Committee) -> None:
    """A second run leaves the page as it is, whatever there is on it."""
    for time in ("11-20", "12-01", "12-10T15:01", "2027-01-01"):
        committee.at(time).run()
        assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_agendas_that_a_missed_run_left_out(committee: Committee) -> None:
    """Where a run closes an agenda that none made before, the page has it in the same run."""
    committee.at("12-11").run()
    assert AGENDA in part(committee, "past")
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_who_is_in_it(committee: Committee) -> None:
    """Each group stands with its coordinators, those who wait are marked, and the core team comes last."""
    committee.save(BETA, roster("Bo", "Eve"), "Eve")
    committee.at("11-20").run()
    members = part(committee, "members")
    alpha = f"group=Alpha|group page={ALPHA}|people="
    assert f"{alpha}{{{{Steering group/List|{{{{Steering group/Person|Ada}}}}|" in members
    assert "|waiting={{Steering group/Waiting member|Eve|by=Eve|revision=" in members
    assert members.index("Beta") < members.index("{{Steering group/Person|Cora}}")
    assert "{{Steering group/Missing|group=Beta|state=person|user=Eve|by=Eve|revision=" in row(committee, "Beta")


def test_updates_that_wait(committee: Committee) -> None:
    """A stranger's update is missing still, with who filed it."""
    committee.at("12-01").file(ALPHA, "Eve", progress="We met.")
    committee.run()
    assert "|state=waiting|user=Eve|time=2026-12-01T00:00Z|revision=" in part(committee, "waiting")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (None, f"{{{{Steering group/Missing|group=Alpha|state=page|count=1|status=User:{BOT}/Status}}}}"),
        ("Nothing.", "{{Steering group/Missing|group=Alpha|state=page|count=1|status="),
        (roster(), f"|page={ALPHA}|key=nobody-coordinates|1=Alpha}}}}"),
    ],
)
def test_groups_without_coordinators(committee: Committee, page: str | None, said: str) -> None:
    """A group without a page, or with one that names nobody, is missing something before the agenda opens, too."""
    if page is None:
        committee.wiki.delete(Title(ALPHA))
    else:
        committee.save(ALPHA, page, "Cora")
    committee.at("11-20").run()
    assert said in part(committee, "waiting")


def test_many_things_to_mend(committee: Committee) -> None:
    """However much is wrong with a group's page, that is one line here, and sentences on the status page."""
    committee.wiki.block("Ada")
    committee.save(ALPHA, roster("Ada", "Nobody", "No one", "Nemo"), "Cora")
    committee.at("11-20").run()
    waiting, status = part(committee, "waiting"), committee.text(f"User:{BOT}/Status")
    assert "|state=page|count=2|" in waiting
    assert waiting.count("{{Steering group/Missing") == 1
    assert "Nemo" not in waiting
    assert f"|page={ALPHA}|revision=" in status
    assert "|key=roster-no-accounts|1=Nobody, No one, Nemo}}" in status
    assert "|key=roster-blocked|1=Ada|" in status


def test_problems_are_known_before_the_agenda_opens(committee: Committee) -> None:
    """The status page tells at any time what is wrong with a group's page."""
    committee.wiki.delete(Title(ALPHA))
    assert problems(committee.at("11-20").run()) == [("group-page-missing", ALPHA)]


def test_past_meetings(committee: Committee) -> None:
    """Agendas of meetings that have been are listed, newest first, those that people made by hand among them."""
    committee.save(f"{ARCHIVE}/2026-05-14", "By hand.", "Cora")
    committee.save(f"{ARCHIVE}/2026-05-14/Notes", "No agenda.", "Cora")
    committee.save(f"{ARCHIVE}/2026-13-99", "No day.", "Cora")
    committee.save(f"{ARCHIVE}/2030-01-10", "To come.", "Cora")
    committee.at("12-01").run()
    committee.at("2027-01-01").run()
    past = part(committee, "past")
    listed = [line for line in past.splitlines() if line.startswith("<li>")]
    assert listed == [
        f"<li>[[:{AGENDA}|{{{{Steering group/Date|2026-12-10}}}}]]</li>",
        f"<li>[[:{ARCHIVE}/2026-05-14|{{{{Steering group/Date|2026-05-14}}}}]]</li>",
    ]
    assert "front-all-past" not in past
    assert NEXT_AGENDA not in past


def test_years_of_meetings(committee: Committee) -> None:
    """Only the newest twelve are listed, and a link leads to all."""
    for year in (2024, 2025):
        for month in range(1, 13):
            committee.save(f"{ARCHIVE}/{year}-{month:02}-08", "By hand.", "Cora")
    committee.at("11-20").run()
    past = part(committee, "past")
    assert past.count("<li>") == 12
    assert past.index("2025-12-08") < past.index("2025-01-08")
    assert "2024" not in past
    assert f"[[:Special:PrefixIndex/{ARCHIVE}" in past


def test_what_people_write_stays(committee: Committee) -> None:
    """What stands in the place for people stays to the letter, and doesn't end the bot's work on the page."""
    committee.at("11-20").run()
    assert "front-about-here" in committee.text(FRONT_PAGE)
    told(committee, "We meet once a month.\n\n{{Shortcut|X}}")
    committee.at("12-01").run()
    text = committee.text(FRONT_PAGE)
    assert text.startswith("__NOEDITSECTION__\n<!-- slot:about -->\nWe meet once a month.\n\n{{Shortcut|X}}\n<!-- /")
    assert f"|agenda={AGENDA}|" in text
    assert "front-about-here" not in text


def test_what_people_change_elsewhere(committee: Committee) -> None:
    """What a person has changed elsewhere on the page stays there, whatever the bot writes."""
    committee.at("11-20").run()
    committee.save(FRONT_PAGE, committee.text(FRONT_PAGE) + "\nMine.", "Ada")
    report = committee.at("12-01").run()
    assert outcomes(report)[FRONT_PAGE] == "saved"
    assert f"|agenda={AGENDA}|" in committee.text(FRONT_PAGE)
    assert committee.text(FRONT_PAGE).endswith("\nMine.")
    assert outcomes(committee.run())[FRONT_PAGE] == "unchanged"


def test_a_page_that_people_made(committee: Committee) -> None:
    """A page that stood there before is left alone, until people hand it over by putting all of it into the slot."""
    committee.save(FRONT_PAGE, "Our old page.", "Ada")
    report = committee.at("11-20").run()
    assert outcomes(report)[FRONT_PAGE] == "made by people"
    assert ("page-of-people", FRONT_PAGE) in problems(report)
    committee.save(FRONT_PAGE, "<!-- slot:about -->\nOur old page.\n<!-- /slot:about -->", "Ada")
    assert outcomes(committee.run())[FRONT_PAGE] == "saved"
    assert "<!-- slot:about -->\nOur old page.\n<!-- /slot:about -->" in committee.text(FRONT_PAGE)
    assert "|start=2026-12-10T15:00Z" in committee.text(FRONT_PAGE)


def test_an_emptied_page_of_people(committee: Committee) -> None:
    """A page of people's that they have emptied is the bot's; one of the bot's that somebody has emptied is not."""
    committee.save(FRONT_PAGE, "Our old page.", "Ada")
    committee.save(FRONT_PAGE, "", "Ada")
    assert outcomes(committee.at("11-20").run())[FRONT_PAGE] == "saved"
    committee.save(FRONT_PAGE, "", "Eve")
    report = committee.at("12-01").run()
    assert outcomes(report)[FRONT_PAGE] == "edited by a person"
    assert ("page-blanked", FRONT_PAGE) in problems(report)


def test_stop_page_of_its_own(committee: Committee) -> None:
    """The page has a stop page of its own, and others go on."""
    committee.save(f"User:{BOT}/Run/front-page", "no", "Eve")
    report = committee.at("12-01").run()
    assert (outcomes(report)[FRONT_PAGE], outcomes(report)[AGENDA]) == ("stop page", "saved")


def test_hostile_names(committee: Committee) -> None:
    """Names of groups and places act on nothing."""
    place = "{{Delete}} [[Category:X]] ~~~~"
    body = {"first_meeting": "2026-12-10T15:00", "place": place}
    committee.configure({**committee.configuration, "groups": ["Alpha", "Beta '''& {{!}}"], "steering_group": body})
    committee.at("12-01").run()
    text = committee.text(FRONT_PAGE)
    assert "{{Delete" not in text
    assert "[[Category" not in text
    assert "{{!}}" not in text


def test_no_meeting_any_more(committee: Committee) -> None:
    """Without a next meeting the page stands all the same."""
    once = {"first_meeting": "2026-12-10T15:00", "repeat": "FREQ=MONTHLY;COUNT=1"}
    committee.configure({**committee.configuration, "steering_group": once})
    committee.at("12-01").run()
    committee.at("12-20").run()
    text = committee.text(FRONT_PAGE)
    assert "{{Steering group/Front page|body=Steering Group|status=" in text
    assert AGENDA in part(committee, "past")


def test_asks_nothing_more_than_the_agenda(committee: Committee) -> None:
    """Once the agenda is open, the page takes no request of its own but the one that saves it."""
    committee.at("12-01").run()
    alone, both = committee.run("agenda").requests, committee.run().requests
    assert both["read"] <= alone["read"] + 1
