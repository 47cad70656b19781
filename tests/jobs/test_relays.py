"""Relays: when they go out, what is posted where, what becomes of it there, and how they stand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from strategybot.jobs import jobs_of
from strategybot.jobs.relays import dispatches
from strategybot.model.relay import Dispatch, Fate, State
from strategybot.session import Report
from strategybot.wiki.port import Kind
from tests.committee import ALPHA, BETA, BOT, Committee, roster
from tests.relay_hands import RELAYS, relay

TALK, OTHER_TALK = f"Talk:{ALPHA}", f"Talk:{BETA}"
STATUS = f"{RELAYS}/Status"


def relaying(**configuration: Any) -> Committee:
    """A committee that passes relays on; the groups' talk pages are long there."""
    committee = Committee(**{"relays": {}, **configuration})
    for title in (TALK, OTHER_TALK):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    return committee


@pytest.fixture
def committee() -> Committee:
    return relaying()


def filed(committee: Committee, user: str = "Cora", name: str = "Survey", **fields: str) -> None:
    """Somebody files a relay on a page of its own, in an hour in which nothing has run yet."""
    committee.save(f"{RELAYS}/{name}", relay(**{"subject": "The survey", "text": "Please fill it in.", **fields}), user)


def out(committee: Committee, **fields: str) -> Committee:
    """A relay goes out: it is filed, shown, and posted."""
    filed(committee.at("12-01T06:00"), **fields)
    committee.at("12-01T06:30").run("relays")
    committee.at("12-01T07:00").run("relays")
    return committee


def posts(report: Report) -> dict[str, str]:
    """What became of each post, by the page it went to."""
    return {one.outcome.title.text: one.outcome.kind.label for (job, _), one in report.posts.items() if job == "relays"}


def stands(committee: Committee, title: str = TALK) -> int:
    """How many posts of the bot's stand on a page."""
    return committee.text(title).count("<!-- post: relays Survey Committee | ")


def dispatch(committee: Committee, name: str = "Survey") -> Dispatch:
    """How a relay stands."""
    found = committee.ask(dispatches(committee.process, committee.now))
    return next(one for one in found if one.relay.id == name)


def fates(committee: Committee) -> dict[str, str]:
    return {one.asked.text: one.fate.value for one in dispatch(committee).targets}


# --- When it goes out


@pytest.mark.parametrize(("time", "count"), [("06:01", 0), ("06:59", 0), ("07:00", 1), ("12:00", 1)])
def test_when(committee: Committee, time: str, count: int) -> None:
    """A relay goes out an hour after it was filed, once an earlier run has shown it."""
    filed(committee.at("12-01T06:00"))
    assert posts(committee.at("12-01T06:00:30").run("relays")) == {}
    assert dispatch(committee).state is State.PREVIEW
    assert len(posts(committee.at(f"12-01T{time}").run("relays"))) == 2 * count
    assert (stands(committee), stands(committee, OTHER_TALK)) == (count, count)


def test_nothing_goes_out_unseen(committee: Committee) -> None:
    """However long ago it was filed, nothing goes out that no earlier run has shown."""
    filed(committee.at("12-01T06:00"))
    assert posts(committee.at("12-03T06:00").run("relays")) == {}
    assert "The survey" in committee.text(f"{STATUS}/Survey")
    assert len(posts(committee.at("12-03T06:10").run("relays"))) == 2


def test_what_a_stranger_writes_hastens_nothing(committee: Committee) -> None:
    """A preview that somebody else saves, with the very summary of the bot's, proves nothing."""
    filed(committee.at("12-01T06:00"))
    twin = relaying()
    filed(twin.at("12-01T06:00"))
    done = twin.at("12-01T06:30").run("relays").done["relays", twin.page(f"{STATUS}/Survey").asked]
    committee.wiki.edit(f"{STATUS}/Survey", done.edit.text, "Mallory", f"{done.edit.summary}")
    assert posts(committee.at("12-01T07:00").run("relays")) == {}


def test_changed_words_are_shown_again(committee: Committee) -> None:
    """Words that were changed during the preview are shown for an hour as well."""
    filed(committee.at("12-01T06:00"))
    committee.at("12-01T06:10").run("relays")
    filed(committee.at("12-01T06:50"), text="Please fill it in soon.")
    assert posts(committee.at("12-01T07:00").run("relays")) == {}
    assert posts(committee.at("12-01T07:40").run("relays")) == {}
    assert len(posts(committee.at("12-01T07:50").run("relays"))) == 2
    assert "fill it in soon" in committee.text(TALK)


def test_words_of_a_stranger_wait(committee: Committee) -> None:
    """What somebody files who may not is shown to nobody."""
    filed(committee.at("12-01T06:00"), "Mallory")
    for time in ("12-01T06:30", "12-01T07:00", "12-02"):
        assert posts(committee.at(time).run("relays")) == {}
    assert dispatch(committee).state is State.WAITING


def test_on_trial() -> None:
    """A process on trial has its posts below the trial's page, corrections and all."""
    committee = relaying(trial=True)
    talk = f"User:{BOT}/Trial/{TALK}"
    out(committee)
    assert stands(committee, talk) == 1
    assert stands(committee) == 0
    committee.at("12-02T06:00").save(f"{RELAYS}/Survey", "Nothing any more.", "Cora")
    committee.run("relays")
    assert "fill it in" not in committee.text(talk)


def test_nothing_is_configured() -> None:
    """Without a part for relays in the configuration the job does nothing, and asks nothing."""
    committee = Committee()
    filed(committee.at("12-01T06:00"))
    report = committee.at("12-01T08:00").run("relays")
    assert (report.posts, report.done, report.requests) == ({}, {}, committee.run("call").requests)


# --- What is posted


def test_post(committee: Committee) -> None:
    """A section: the subject, the text, from whom it is, by when and where to answer, the signature and the key."""
    out(committee, kind="request", reply_by="2026-12-20", text="Please fill it in:\n* one\n* two")
    assert committee.text(TALK).partition("\n\n== ")[2] == (
        "The survey ==\n"
        '<div lang="en" dir="ltr" class="mw-content-ltr" style="overflow-wrap: anywhere;">\n'
        "Please fill it in:\n* one\n* two\n</div>\n"
        '<div lang="en" dir="ltr" class="mw-content-ltr">\n----\n'
        "'''Request''' · From: core team, Committee · Written or approved by: Cora"
        " · '''Please answer by 20 December 2026.'''\n\n"
        "{{Steering group/Answer links|relay=Survey|group=Alpha|page=Committee/Relays}}\n\n"
        "<small>You can answer right below, in any language; the answers to all who were asked stand on"
        " [[:Committee/Relays/Status/Survey|one page]]. · This page is public, for good."
        " · To stop all these messages: [[User:StrategyBot/Run/relays|User:StrategyBot/Run/relays]]</small>\n</div>\n"
        "[[User:StrategyBot|StrategyBot]] ([[User talk:StrategyBot|talk]]) 07:00, 1 December 2026 (UTC)\n"
        f"<!-- post: relays Survey Committee | {TALK} -->"
    )


def test_languages() -> None:
    """Each group gets the version in its language, in a frame of that language, which links the others."""
    groups = [{"name": "Alpha", "language": "fr"}, {"name": "Beta", "language": "ar"}]
    committee = relaying(groups=groups, languages=["en", "fr", "ar"])
    both = [relay(id="Survey", lang="en"), relay(id="Survey", lang="fr", subject="Le sondage", text="Merci.")]
    committee.at("12-01T06:00").save(RELAYS, "\n".join(both), "Cora")
    committee.at("12-01T06:30").run("relays")
    committee.at("12-01T07:00").run("relays")
    french, arabic = committee.text(TALK), committee.text(OTHER_TALK)
    assert "== Le sondage ==" in french
    assert '<div lang="fr" dir="ltr"' in french
    assert "De : équipe centrale" in french
    assert '[[:Committee/Relays/Status/Survey#en|<span lang="en" dir="ltr">{{#language:en}}</span>]]' in french
    assert "== News ==" in arabic
    assert '<div lang="en" dir="ltr" class="mw-content-ltr" style="overflow-wrap: anywhere;">\nPlease read' in arabic
    assert '<div lang="ar" dir="rtl" class="mw-content-rtl">' in arabic


def test_to_a_list(committee: Committee) -> None:
    """Who is on a delivery list gets it, be it on a project page, and is told how to get no more of these."""
    targets = "{{#target:Project:Forum}}\n{{#target:User talk:Bo}}\n{{#target:User:Eve}}"
    committee.save(f"{RELAYS}/Lists/Affiliates", targets, "Cora")
    committee.save("Project:Forum", "Hello.", "Bo")
    out(committee, to="affiliates")
    for title in ("Project:Forum", "User talk:Bo", "User talk:Eve"):
        assert stands(committee, title) == 1
        assert "[[:Committee/Relays/Lists/Opted out|this list]]" in committee.text(title)
        assert "[[:Category:Opted-out of message delivery|this category]]" in committee.text(title)


def test_a_long_text_goes_whole(committee: Committee) -> None:
    """However long a text is, nothing of it is cut."""
    lines = [f"* Line {number} of what there is to say, which goes on for a while." for number in range(1500)]
    out(committee, text="\n".join(lines))
    assert "\n".join(lines) in committee.text(TALK)


def test_hostile_text_does_nothing(committee: Committee) -> None:
    """What would act on the page is inert in the subject and the text."""
    out(committee, subject="A == b", text="<div>One</div>\n<nowiki>~~~~</nowiki> [[Category:Evil]]\n__NOTOC__")
    section = committee.text(TALK).partition("\n\n== ")[2]
    assert section.count("\n== ") == 0
    assert section.count("</div>") == 2
    assert "[[Category:" not in section
    assert section.count("<!--") == 1


# --- Exactly once


def test_once(committee: Committee) -> None:
    """It stands once on each page, however often the bot runs and whatever people do with it."""
    out(committee)
    committee.save(TALK, "Nothing here.", "Ada")
    for time in ("12-01T08:00", "12-02", "12-09"):
        assert posts(committee.at(time).run("relays")) == {}
    assert (stands(committee), stands(committee, OTHER_TALK)) == (0, 1)
    assert dispatch(committee).targets[0].fate is Fate.POSTED


def test_once_on_a_page_that_was_two_groups(committee: Committee) -> None:
    """A page to which another group's talk page led has got it, also when that redirect is gone."""
    committee.save(TALK, f"#REDIRECT [[{OTHER_TALK}]]", "Ada")
    out(committee)
    assert committee.text(OTHER_TALK).count("<!-- post") == 1
    committee.wiki.delete(TALK)
    for time in ("12-01T08:00", "12-02"):
        committee.at(time).run("relays")
    assert committee.text(OTHER_TALK).count("<!-- post") == 1


def test_stopped_and_started_again(committee: Committee) -> None:
    """A stop takes effect at the next page; what is left goes out when it is lifted."""
    filed(committee.at("12-01T06:00"))
    committee.at("12-01T06:30").run("relays")
    made: list[int] = []

    def stopping(_: object) -> bool:
        made.append(stands(committee))
        if made[-1]:
            committee.save(f"User:{BOT}/Run/relays", "no", "Mallory")
        return True

    committee.at("12-01T07:00").run("relays", pause=stopping)
    assert (stands(committee), stands(committee, OTHER_TALK)) == (1, 0)
    committee.save(f"User:{BOT}/Run/relays", "yes", "Otto")
    committee.at("12-01T08:00").run("relays")
    assert (stands(committee), stands(committee, OTHER_TALK)) == (1, 1)


def test_more_pages_than_the_cap() -> None:
    """To more pages than the cap the bot posts nothing: it prepares list and text, and sees that somebody sent them."""
    committee = out(relaying(relays={"cap": 1}))
    assert (stands(committee), stands(committee, OTHER_TALK)) == (0, 0)
    assert set(fates(committee).values()) == {"prepared"}
    assert dispatch(committee).state is State.PREPARED
    named = [f"{STATUS}/Survey/{name}" for name in ("Targets", "Text")]
    assert committee.text(named[0]).count("{{#target:Talk:Committee/Working Groups/") == 2
    assert "Please fill it in." in committee.text(named[1])
    committee.at("12-01T08:00").wiki.send(named[0], "The survey", "Cora", named[1])
    committee.at("12-01T09:00").run("relays")
    assert set(fates(committee).values()) == {"sent"}
    assert dispatch(committee).state is State.OUT
    committee.save(f"{RELAYS}/Survey", "Nothing any more.", "Cora")
    committee.run("relays")
    assert "fill it in" not in committee.text(named[1])


@pytest.mark.parametrize("change", ["cap raised", "list cut", "corrected", "cap raised before anybody looked"])
def test_what_people_sent_is_not_sent_again(change: str) -> None:
    """To whom people have sent it the bot posts nothing, nor does it ask anybody to send it again."""
    committee = relaying(relays={"cap": 1})
    lists, targets = f"{RELAYS}/Lists/Affiliates", f"{STATUS}/Survey/Targets"
    for name in ("One", "Two", "Three"):
        committee.save(f"Project:{name}", "Hello.", "Bo")
    committee.save(lists, "{{#target:Project:One}} {{#target:Project:Two}}", "Cora")
    out(committee, to="affiliates")
    committee.at("12-01T08:00").wiki.send(targets, "The survey", "Cora", f"{STATUS}/Survey/Text")
    if change != "cap raised before anybody looked":
        committee.at("12-01T09:00").run("relays")
    committee.at("12-02T06:00")
    if change.startswith("cap raised"):
        committee.configure({**committee.configuration, "relays": {"cap": 50}})
    elif change == "list cut":
        committee.save(lists, "{{#target:Project:One}}", "Cora")
    else:
        filed(committee, to="affiliates", text="Please fill in the new one.")
    for time in ("12-02T06:30", "12-02T07:00", "12-02T08:00"):
        assert posts(committee.at(time).run("relays")) == {}
    assert set(fates(committee).values()) == {"sent"}
    committee.save(lists, "{{#target:Project:One}} {{#target:Project:Two}} {{#target:Project:Three}}", "Cora")
    committee.at("12-02T09:00").run("relays")
    if change.startswith("cap raised"):
        assert [stands(committee, f"Project:{name}") for name in ("One", "Two", "Three")] == [0, 0, 1]
    else:
        assert fates(committee)["Project:Three"] == "prepared"
        assert committee.text(targets) == "* {{#target:Project:Three}}"


def test_what_the_bot_posts_itself_is_no_longer_prepared() -> None:
    """Where the cap is raised before anybody has sent it, the prepared list is emptied first."""
    committee = out(relaying(relays={"cap": 1}))
    committee.configure({**committee.configuration, "relays": {"cap": 50}})
    committee.at("12-01T08:00").run("relays")
    assert (stands(committee), stands(committee, OTHER_TALK)) == (1, 1)
    assert committee.text(f"{STATUS}/Survey/Targets") == ""


# --- What leaves


@pytest.mark.parametrize("user", ["Mallory", "Cora"])
def test_deleted_and_filed_anew(committee: Committee, user: str) -> None:
    """Words whose page was deleted leave at the next run, whatever somebody has filed in their place by then."""
    out(committee)
    committee.at("12-10").wiki.delete(f"{RELAYS}/Survey")
    filed(committee, user, subject="Another", text="Something else.")
    committee.at("12-10T00:10").run("relays")
    for title in (TALK, OTHER_TALK, f"{STATUS}/Survey"):
        assert "fill it in" not in committee.text(title)
        assert "Something else" not in committee.text(title) or (user, title) == ("Cora", f"{STATUS}/Survey")
    for time in ("12-10T02:00", "12-20"):
        committee.at(time).run("relays")
    assert (stands(committee), stands(committee, OTHER_TALK)) == (1, 1)
    assert ("Something else" in committee.text(TALK)) is (user == "Cora")


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("fields", [{"text": "Something else."}, {"text": "{{Oops}}"}])
def test_hidden_while_new_words_wait(committee: Committee, fields: dict[str, str], *, answered: bool) -> None:
    """Words that are hidden at their source leave at the next run, before the words that replace them may go out."""
    out(committee)
    if answered:
        signed = "[[User:Ada|Ada]] 12:00, 1 December 2026 (UTC)"
        committee.save(TALK, f"{committee.text(TALK)}\n:Thanks! {signed}", "Ada")
    first = committee.page(f"{RELAYS}/Survey").revision
    assert first
    filed(committee.at("12-02T06:00"), **fields)
    committee.at("12-02T06:10").run("relays")
    assert "fill it in" in committee.text(TALK)
    committee.wiki.hide(first.id)
    committee.at("12-02T06:20").run("relays")
    for title in (TALK, OTHER_TALK, f"{STATUS}/Survey"):
        assert "fill it in" not in committee.text(title)
    assert ("Thanks!" in committee.text(TALK)) is answered
    committee.at("12-02T08:00").run("relays")
    assert ("Something else" in committee.text(OTHER_TALK)) is ("Something" in fields["text"])


@pytest.mark.parametrize("how", ["waiting", "killed", "list deleted"])
def test_deleted_before_it_went_out(committee: Committee, how: str) -> None:
    """The page of a relay that never went out shows none of its words when its source is deleted."""
    filed(committee.at("12-01T06:00"))
    left = [1 if how == "killed" else 100]

    def pause(_: object) -> bool:
        left[0] -= 1
        return left[0] >= 0

    committee.at("12-01T06:30").run("relays", pause=pause)
    assert "fill it in" in committee.text(f"{STATUS}/Survey")
    if how == "waiting":
        filed(committee, "Mallory", text="Mine.")
        committee.at("12-01T06:40").run("relays")
    elif how == "list deleted":
        committee.wiki.delete(STATUS)
    committee.wiki.delete(f"{RELAYS}/Survey")
    committee.at("12-01T06:50").run("relays")
    assert "fill it in" not in committee.text(f"{STATUS}/Survey")


@pytest.mark.parametrize("redirect", [True, False])
@pytest.mark.parametrize("place", [f"{RELAYS}/Of May", "Project:Of May"])
def test_a_page_that_was_moved(committee: Committee, place: str, *, redirect: bool) -> None:
    """Nothing is withdrawn or goes out anew when a relay's page is moved, in that run or any later one."""
    out(committee)
    committee.wiki.move(f"{RELAYS}/Survey", place, user="Cora", redirect=redirect)
    for time in ("12-02T06:00", "12-02T06:30", "12-02T08:00"):
        committee.at(time).run("relays")
        assert dispatch(committee).state is State.OUT
    assert committee.text(TALK).count("fill it in") == committee.text(TALK).count("<!-- post") == 1
    assert is_quiet(committee)


@pytest.mark.parametrize("place", ["Project:Forum", "Project talk:Forum"])
def test_withdrawn_after_it_was_archived(committee: Committee, place: str) -> None:
    """What is withdrawn leaves the archive of a page as well, though the wiki finds comments on talk pages alone."""
    committee.save(place, "Hello.", "Bo")
    committee.save(f"{RELAYS}/Lists/Affiliates", f"{{{{#target:{place}}}}}", "Cora")
    out(committee, to="affiliates")
    committee.at("12-02").save(f"{place}/Archive", committee.text(place), "Bo")
    committee.save(place, "Hello.", "Bo")
    committee.save(f"{RELAYS}/Survey", "Nothing any more.", "Cora")
    committee.run("relays")
    assert "fill it in" not in committee.text(f"{place}/Archive")
    assert is_quiet(committee)


# --- People's talk pages


def test_one_message_a_week() -> None:
    """On a user's talk page relays come a week apart, the oldest first, and stand once in the end."""
    committee = relaying(groups=["Alpha"])
    filed(committee.at("12-01T06:00"), to="all coordinators")
    filed(committee.at("12-01T06:05"), name="Other", to="all coordinators", subject="Another")
    committee.at("12-01T06:30").run("relays")
    committee.at("12-01T07:10").run("relays")
    assert [committee.text(f"User talk:{name}").count("<!-- post") for name in ("Ada", "Abel")] == [1, 1]
    assert {one.fate for one in dispatch(committee, "Other").targets} == {Fate.THIS_WEEK}
    committee.at("12-08T07:00").run("relays")
    assert "== Another ==" not in committee.text("User talk:Ada")
    committee.at("12-08T07:20").run("relays")
    assert "== Another ==" in committee.text("User talk:Ada")
    assert committee.text("User talk:Ada").count("<!-- post") == 2


def test_one_message_a_week_whatever_it_is() -> None:
    """Neither does a relay follow within a week what the outbox told somebody, nor the other way round."""
    committee = relaying(groups=["Alpha"])
    filed(committee.at("12-01T06:00"), kind="request", reply_by="2026-12-05")
    filed(committee, name="Other", to="all coordinators", subject="Another")
    committee.at("12-01T06:30").run()
    for time in ("12-01T07:00", "12-03T12:00", "12-07"):
        committee.at(time).run()
        assert [committee.text(f"User talk:{name}").count("<!-- post") for name in ("Ada", "Abel")] == [1, 1]
    assert "== Another ==" in committee.text("User talk:Ada")
    filed(committee.at("12-07T06:00"), name="Third", to="all coordinators", subject="A third")
    committee.at("12-07T06:30").run()
    committee.at("12-08T07:01").run()
    told = committee.text("User talk:Ada")
    assert (told.count("<!-- post"), told.count("== A third ==")) == (2, 1)
    committee.at("12-15T07:00").run()
    assert committee.text("User talk:Ada").count("<!-- post") == 2
    committee.at("12-15T07:02").run()
    assert committee.text("User talk:Ada").count("<!-- post: outbox") == 1


def test_two_processes_write_to_the_same_person() -> None:
    """Two committees that share a coordinator don't write to the same page in one run, or one week."""
    committee = relaying(groups=["Alpha"])
    other = {**committee.configuration, "name": "Council", "root": "Council"}
    committee.save(f"User:{BOT}/Council.json", json.dumps(other), "Admin")
    committee.save("Council/Working Groups/Alpha", roster("Ada"), "Cora")
    for root in ("Committee", "Council"):
        text = relay(to="all coordinators", subject=root)
        committee.at("12-01T06:00").save(f"{root}/Relays/Survey", text, "Cora")
    for time in ("12-01T06:30", "12-01T07:00"):
        assert committee.at(time).run("relays").exit_status == 0
    assert committee.text("User talk:Ada").count("<!-- post") == 1
    committee.at("12-09").run("relays")
    assert committee.text("User talk:Ada").count("<!-- post") == 2


def test_a_successor_gets_it(committee: Committee) -> None:
    """Who comes to coordinate a group gets what all coordinators got, as long as it is open."""
    out(committee, to="all coordinators")
    committee.at("12-03").save(ALPHA, roster("Chi"), "Cora")
    committee.at("12-03T01:00").run("relays")
    assert stands(committee, "User talk:Chi") == 1
    assert stands(committee, "User talk:Ada") == 1


# --- What a run tells of what it did itself


def is_quiet(committee: Committee, *jobs: str) -> bool:
    """Whether a run now, in which nothing has changed since the one before, leaves everything as it is."""
    return all(one.outcome.kind is not Kind.SAVED for one in committee.run(*(jobs or ["relays"])).told)


def test_each_edit_of_a_page_is_told_apart(committee: Committee) -> None:
    """Where only one of two withdrawn relays could leave a page, it is tried again to take away the other."""
    filed(committee.at("12-01T06:00"), name="Other", text="Another text.")
    out(committee)
    for name in ("Other", "Survey"):
        committee.at("12-02").save(f"{RELAYS}/{name}", "Nothing any more.", "Cora")
    groups = iter(["sysop", "", ""])  # for both copies of the one relay, and the first of the other

    def pause(_: object) -> bool:
        committee.wiki.protect(OTHER_TALK, next(groups, "sysop"))
        return True

    assert committee.run("relays", pause=pause).exit_status == 1
    assert ("fill it in" in committee.text(OTHER_TALK), "Another" in committee.text(OTHER_TALK)) == (True, False)
    committee.wiki.protect(OTHER_TALK, "")
    committee.run("relays")
    assert "fill it in" not in committee.text(OTHER_TALK)
    assert is_quiet(committee)


def test_one_ends_while_another_goes_out(committee: Committee) -> None:
    """A page of relays is settled in the very run in which its last one is over, whatever else that run does."""
    filed(committee.at("12-01T06:00"), name="Other", subject="Another")
    committee.at("12-01T06:30").run("relays")
    committee.at("12-01T07:00").run("relays")
    filed(committee)
    committee.at("12-01T07:30").run("relays")
    filed(committee.at("12-01T08:00"), name="Other", subject="Another", status="closed")
    assert len(posts(committee.run("relays"))) == 2
    assert "state=closed" in committee.text(STATUS)
    assert is_quiet(committee)


@pytest.mark.parametrize("reply", ["text=Here it is.", "read=yes"])
def test_answered_before_it_goes_out(committee: Committee, reply: str) -> None:
    """An answer by the template that stands there already counts from the run on in which a relay goes out."""
    committee.at("12-01T06:10").save(RELAYS, f"{{{{Steering group/Answer|relay=Survey|{reply}}}}}", "Ada")
    out(committee, kind="request", reply_by="2026-12-10")
    assert "user=Ada" in committee.text(f"{STATUS}/Survey")
    assert is_quiet(committee)


def test_prepared_while_the_page_says_the_same(committee: Committee) -> None:
    """The page of a relay leads to what people are to send from the run on that prepares it."""
    out(committee)
    committee.configure({**committee.configuration, "relays": {"cap": 2}})
    committee.save("Project:Forum", "Hello.", "Bo")
    committee.save(f"{RELAYS}/Lists/Affiliates", "{{#target:Project:Forum}}", "Cora")
    filed(committee.at("12-02T06:00"), to="all groups; affiliates", text="Please fill in the new one.")
    committee.at("12-02T06:30").run("relays")
    committee.at("12-02T07:00").run("relays")
    assert f"prepared|list={STATUS}/Survey/Targets" in committee.text(f"{STATUS}/Survey")
    assert is_quiet(committee)


def test_a_preview_while_the_outbox_writes() -> None:
    """Whom the outbox writes to is due in the preview of a relay all the same: what counts is when it goes out."""
    committee = out(relaying(groups=["Alpha"]), kind="request", reply_by="2026-12-06")
    filed(committee.at("12-03T11:50"), name="Other", to="all coordinators", subject="Another")
    committee.at("12-03T12:00").run()
    assert "<!-- post: outbox" in committee.text("User talk:Ada")
    assert "page=User talk:Ada|fate=due" in committee.text(f"{STATUS}/Other")
    assert is_quiet(committee, *jobs_of([committee.process]))
    committee.at("12-03T13:00").run()
    assert "page=User talk:Ada|fate=this-week" in committee.text(f"{STATUS}/Other")


def test_several_at_once_to_the_same_pages(committee: Committee) -> None:
    """However many posts and corrections come to a page in one run, nobody has answered any of them since."""
    names = ("One", "Two", "Three")
    for name in names:
        filed(committee.at("12-01T06:00"), name=name)
    out(committee)
    assert is_quiet(committee)
    for name in names:
        filed(committee.at("12-02T06:00"), name=name, text=f"Please fill in {name}.")
    committee.at("12-02T06:30").run("relays")
    committee.at("12-02T07:00").run("relays")
    assert [name for name in names if f"Please fill in {name}." in committee.text(TALK)] == list(names)
    assert is_quiet(committee)


# --- What it costs


def test_what_it_costs() -> None:
    """Where nothing has changed, nothing is asked for a single page, be there two targets or forty."""
    few, many = relaying(), relaying(groups=[f"Group {number}" for number in range(40)], relays={"cap": 100})
    for number in range(40):
        many.save(f"Committee/Working Groups/Group {number}", roster("Ada"), "Cora")
    for committee in (few, many):
        out(committee)
        committee.at("12-01T08:00").run("relays")
    small, large = (one.at("12-01T09:00").run("relays") for one in (few, many))
    assert small.done.keys() == large.done.keys()
    assert small.requests == large.requests
    assert small.requests["history"] <= 2


def test_what_is_over_costs_nothing() -> None:
    """What is asked doesn't grow with the relays that are over, nor with the pages that they went to."""
    asked = []
    for count in (1, 6):
        committee = relaying()
        for number in range(count):
            filed(committee.at("12-01T06:00"), name=f"Old {number}", subject=f"Old {number}", reply_by="2026-12-10")
        for time in ("12-01T06:30", "12-01T07:00", "2027-02-01", "2027-02-02"):
            committee.at(time).run("relays")
        assert committee.text(f"{STATUS}/2026").count("state=closed") == count
        asked.append(committee.at("2027-02-03").run("relays").requests)
    assert asked[0] == asked[1]
