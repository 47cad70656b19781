"""Targets of relays: where groups, coordinators and lists lead, what hinders a post there, and what it costs to ask."""

from __future__ import annotations

from typing import Any

import pytest

from strategybot.jobs.targets import problems_with_lists, targets_of
from strategybot.model.page import Title
from strategybot.model.relay import Fate, Party, Relay, Side, Stage, Target
from strategybot.reading.targets import EXAMPLE
from tests.committee import ALPHA, BETA, BOT, Committee, moment, roster

AFFILIATES = Title("Committee/Relays/Lists/Affiliates")
OPTED_OUT = Title("Committee/Relays/Lists/Opted out")
ADA = "User talk:Ada"
STAKEHOLDERS = Party(Side.STAKEHOLDERS, "affiliates")
CORE_TEAM = Party(Side.CORE_TEAM)


def relaying(*targets: str, **configuration: Any) -> Committee:
    """A committee that relays, with these targets on the affiliates' list, in whatever form."""
    committee = Committee(**{"relays": {}, **configuration})
    listed = "\n".join(one if "{" in one else f"* {{{{#target:{one}}}}}" for one in targets)
    committee.save(AFFILIATES.text, listed, "Cora")
    return committee.at("12-01")


def relay_to(*audience: Party, sender: Party = CORE_TEAM) -> Relay:
    """A relay to these, of which nothing else matters here."""
    when = moment("12-01")
    return Relay("Survey", Title("Committee/Relays"), 1, Stage.VALID, when, sender, audience or (STAKEHOLDERS,))


def targets(committee: Committee, *audience: Party, **options: Any) -> tuple[Target, ...]:
    return committee.ask(targets_of(committee.process, relay_to(*audience, **options), committee.now))


def fates(committee: Committee, *audience: Party) -> list[tuple[str, Fate, str]]:
    """What becomes of each target, and what its sentence names."""
    return [(one.asked.text, one.fate, one.word) for one in targets(committee, *audience)]


def ends(committee: Committee, *audience: Party) -> list[str]:
    """The pages on which something would be posted."""
    return [one.page.title.text for one in targets(committee, *audience) if one.page and one.fate is Fate.DUE]


def problems(committee: Committee) -> list[tuple[str, tuple[str, ...]]]:
    found = committee.ask(problems_with_lists(committee.process, relay_to()))
    return [(one.key, one.words) for one in found]


# --- Groups and coordinators


def test_groups() -> None:
    """Groups get it on the talk pages that they name, or on those of their pages."""
    committee = relaying()
    committee.save("Talk:Elsewhere", "Hello.", "Ada")
    page = "{{Steering group/Working group|coordinators=[[User:Bo]]|talk page=Talk:Elsewhere}}"
    committee.save(BETA, page, "Cora")
    found = targets(committee, Party(Side.ALL_GROUPS))
    assert [(one.asked.text, one.group and one.group.name, one.fate) for one in found] == [
        (f"Talk:{ALPHA}", "Alpha", Fate.DUE),
        ("Talk:Elsewhere", "Beta", Fate.DUE),
    ]
    assert [one.asked.text for one in targets(committee, Party(Side.GROUP, "Alpha"))] == [f"Talk:{ALPHA}"]


def test_all_groups_but_the_sender() -> None:
    """What a group sends to all groups goes to the others."""
    found = targets(relaying(), Party(Side.ALL_GROUPS), sender=Party(Side.GROUP, "Alpha"))
    assert [one.asked.text for one in found] == [f"Talk:{BETA}"]


def test_group_without_a_page() -> None:
    """A group without a page can't be written to, which its target says."""
    committee = relaying()
    committee.wiki.delete(BETA)
    assert fates(committee, Party(Side.ALL_GROUPS)) == [
        (f"Talk:{ALPHA}", Fate.DUE, ""),
        (f"Talk:{BETA}", Fate.NO_PAGE, ""),
    ]


def test_coordinators() -> None:
    """All who coordinate a group now get it on their talk pages, each once, by the names that they have now."""
    committee = relaying()
    committee.save(BETA, roster("Bo", "Ada"), "Cora")
    committee.wiki.rename("Abel", "Abelard")
    assert ends(committee, Party(Side.COORDINATORS)) == [ADA, "User talk:Abelard", "User talk:Bo"]
    committee.save(BETA, roster("Chi"), "Cora")
    assert ends(committee, Party(Side.COORDINATORS)) == [ADA, "User talk:Abelard", "User talk:Chi"]


def test_core_team() -> None:
    """The core team has the feedback page: nothing is posted for it."""
    assert targets(relaying(), CORE_TEAM) == ()


def test_group_on_a_list_too() -> None:
    """A group's talk page that a list names as well is one target, and the group's."""
    committee = relaying(f"Talk:{ALPHA}")
    first, *others = targets(committee, STAKEHOLDERS, Party(Side.ALL_GROUPS))
    assert (first.asked.text, first.group and first.group.name) == (f"Talk:{ALPHA}", "Alpha")
    assert [one.fate for one in others] == [Fate.DUPLICATE, Fate.DUE]


# --- What a list's targets come to


def test_lists_in_their_order() -> None:
    """Targets come in the list's order, users' pages as their talk pages, sections left out."""
    committee = relaying("User:Ada", "Project:Village pump", "User talk:Bo#Top", "Talk:Nowhere", "user_talk:chi")
    committee.save("Project:Village pump", "Hello.", "Ada")
    assert ends(committee) == [ADA, "Project:Village pump", "User talk:Bo", "User talk:Chi"]


def renamed(committee: Committee) -> None:
    committee.wiki.rename("Ada", "Adele")


def renamed_with_page(committee: Committee) -> None:
    committee.save(ADA, "Hello.", "Bo")
    committee.wiki.move(ADA, "User talk:Adele")
    renamed(committee)


def taken_by_another(committee: Committee) -> None:
    renamed(committee)
    committee.wiki.add_account("Ada", registered=moment("11-20"))


WAYS = {
    "new talk page": (ADA, "", Fate.DUE, ""),
    "talk page": (ADA, "Hello.", Fate.DUE, ""),
    "category": (ADA, "[[Category:Opted-out of message delivery]]", Fate.OPTED_OUT, ""),
    "nobots": (ADA, "{{nobots}}", Fate.EXCLUDED, "{{nobots}}"),
    "bots": (ADA, "{{Bots|Deny=strategyBot}}", Fate.EXCLUDED, "{{Bots|Deny=strategyBot}}"),
    "not allowed": (ADA, "{{bots|allow=OtherBot}}", Fate.EXCLUDED, "{{bots|allow=OtherBot}}"),
    "allowed": (ADA, "{{bots|allow=StrategyBot}}", Fate.DUE, ""),
    "no such account": ("User talk:Nobody there", "", Fate.NO_ACCOUNT, "Nobody there"),
    "no account, but a page": ("User talk:192.0.2.7", "Hi.", Fate.NO_ACCOUNT, "192.0.2.7"),
    "subpage of a user's": ("User:Ada/News", "Hello.", Fate.DUE, ""),
    "article": ("Committee", "Text.", Fate.NO_TALK_PAGE, ""),
    "article's talk": ("Talk:Committee", "Hello.", Fate.DUE, ""),
    "new talk of nothing": ("Talk:Nothing", "", Fate.NO_PAGE, ""),
    "new project page": ("Project:Nothing", "", Fate.NO_PAGE, ""),
    "template": ("Template:Steering group/Relay", "", Fate.NO_TALK_PAGE, ""),
    "special page": ("Special:Version", "", Fate.INVALID, ""),
    "no title": ("A<b", "", Fate.INVALID, ""),
    "no namespace of talk": ("Talk:User:Ada", "", Fate.INVALID, ""),
    "style": ("User talk:Ada/a.css", "Hello.", Fate.DUE, ""),
    "module": ("Module talk:Data.json", "Hello.", Fate.DUE, ""),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways(way: str) -> None:
    """Where a page that a list names leads, and what hinders a post there."""
    name, text, fate, word = WAYS[way]
    committee = relaying(name)
    if text:
        committee.save(name, text, "Ada")
    assert fates(committee) == [(Title(name).text, fate, word)]


@pytest.mark.parametrize(("group", "fate"), [("sysop", Fate.PROTECTED), ("autoconfirmed", Fate.DUE), ("bot", Fate.DUE)])
def test_protected(group: str, fate: Fate) -> None:
    """A page that the bot can't edit is said to be protected, be it there or not."""
    committee = relaying(ADA, "User talk:Bo")
    committee.save(ADA, "Hello.", "Ada")
    committee.wiki.protect(ADA, group)
    committee.wiki.protect("User talk:Bo", group)
    assert [(one.fate, one.word) for one in targets(committee)] == [(fate, group * (fate is Fate.PROTECTED))] * 2


def test_blocked() -> None:
    """Who is blocked gets nothing: they couldn't answer."""
    committee = relaying(ADA)
    committee.wiki.block("Ada")
    assert fates(committee) == [(ADA, Fate.BLOCKED, "Ada")]


def test_vanished() -> None:
    """Who has left for good is left alone, and not named."""
    committee = relaying(ADA)
    committee.wiki.rename("Ada", "Vanished user 17")
    assert fates(committee) == [(ADA, Fate.VANISHED, "")]


@pytest.mark.parametrize("how", [renamed, renamed_with_page, taken_by_another])
def test_renamed(how: Any) -> None:
    """Who was renamed gets it on the talk page of the present name, by the wiki's log or by the redirect."""
    committee = relaying(ADA)
    how(committee)
    (found,) = targets(committee)
    assert (found.page and found.page.title.text, found.person, found.fate) == ("User talk:Adele", "Adele", Fate.DUE)


# --- Redirects, and the same page twice


REDIRECTS = {
    "between users": (ADA, "User talk:Bo", Fate.DUE),
    "user to an article's talk": (ADA, "Talk:Committee", Fate.REDIRECT),
    "user to project page": (ADA, "Project:Pump", Fate.REDIRECT),
    "project page to user": ("Project:Pump", ADA, Fate.REDIRECT),
    "talk to user": ("Talk:Committee", ADA, Fate.REDIRECT),
    "talk to talk": ("Talk:Committee", "Talk:Other", Fate.DUE),
    "project to project": ("Project:Pump", "Project:Café", Fate.DUE),
    "project to article": ("Project:Pump", "Committee", Fate.REDIRECT),
    "to itself": (ADA, ADA, Fate.REDIRECT),
}


@pytest.mark.parametrize("case", REDIRECTS)
def test_redirects(case: str) -> None:
    """A redirect is followed to its end where it leads to a page of the same kind, and to no other."""
    name, end, fate = REDIRECTS[case]
    committee = relaying(name)
    if name != end:
        committee.save(end, "Hello.", "Ada")
    committee.save(name, f"#REDIRECT [[{end}]]", "Mallory")
    (found,) = targets(committee)
    assert (found.fate, found.page and found.page.title.text) == (fate, end)


def test_chain() -> None:
    """A chain of redirects is followed to its end, and what stands there counts."""
    committee = relaying(ADA)
    committee.save(ADA, "#REDIRECT [[User talk:Bo]]", "Ada")
    committee.save("User talk:Bo", "#REDIRECT [[User talk:Chi]]", "Bo")
    committee.save("User talk:Chi", "{{nobots}}", "Chi")
    assert fates(committee) == [(ADA, Fate.EXCLUDED, "{{nobots}}")]


def test_duplicates() -> None:
    """What leads to the same page is one target, named directly, as a user's page, spelled otherwise, or redirected."""
    committee = relaying("User:Bo", "User talk:Ada", "user talk:bo", "User_talk:Bo", "Talk:Pump", "Talk:Old pump")
    committee.save(ADA, "#REDIRECT [[User talk:Bo]]", "Mallory")
    committee.save("Talk:Pump", "Hello.", "Ada")
    committee.save("Talk:Old pump", "#REDIRECT [[Talk:Pump]]", "Ada")
    assert fates(committee) == [
        ("User:Bo", Fate.DUE, ""),
        (ADA, Fate.DUPLICATE, "User:Bo"),
        ("User talk:bo", Fate.DUPLICATE, "User:Bo"),
        ("User talk:Bo", Fate.DUPLICATE, "User:Bo"),
        ("Talk:Pump", Fate.DUE, ""),
        ("Talk:Old pump", Fate.DUPLICATE, "Talk:Pump"),
    ]
    assert targets(committee)[0].also == (Title(ADA), Title("User talk:bo"), Title("User talk:Bo"))


def test_all_redirected_to_one() -> None:
    """Whoever makes all talk pages redirects to one person's doesn't bring that person more than one post."""
    names = [ADA, "User talk:Abel", "User talk:Bo", "User talk:Chi"]
    committee = relaying(*names)
    for name in names[:-1]:
        committee.save(name, "#REDIRECT [[User talk:Chi]]", "Mallory")
    assert ends(committee) == ["User talk:Chi"]


# --- Who wants nothing


@pytest.mark.parametrize(
    ("opted", "gets_it"),
    [
        (ADA, False),
        ("User:Ada", False),
        ("user talk:ada", False),
        ("User talk:Adele", False),
        ("User talk:Bo", True),
        ("{{target|user=Ada}}", False),
        ("{{target|user=Ada|site=fr.wikipedia.org}}", True),
        ("<!-- {{target|user=Ada}} -->", True),
    ],
)
def test_opted_out(opted: str, gets_it: bool) -> None:
    """Who is on the list of those who want nothing gets nothing, by any name of the page."""
    committee = relaying(ADA)
    committee.save(ADA, "#REDIRECT [[User talk:Adele]]", "Ada")
    committee.wiki.rename("Ada", "Adele")
    committee.save(OPTED_OUT.text, opted if "{" in opted else f"{{{{#target:{opted}}}}}", "Ada")
    assert fates(committee) == [(ADA, Fate.DUE if gets_it else Fate.NAMED_OUT, "")]


def test_coordinator_who_opted_out() -> None:
    """The list of those who want nothing counts for coordinators as well."""
    committee = relaying()
    committee.save(OPTED_OUT.text, "{{target|user=Abel}}", "Abel")
    assert ends(committee, Party(Side.COORDINATORS)) == [ADA, "User talk:Bo"]


# --- Other wikis


def test_other_wikis() -> None:
    """What is on another wiki is known by its domain, each once, and the bot doesn't look there."""
    french = "{{#target:Project:Village pump|fr.wikipedia.org}}"
    committee = relaying(french, "{{target|user=Ada|site=https://FR.wikipedia.org/}}", ADA, french)
    assert [(one.asked.text, one.site, one.fate) for one in targets(committee)] == [
        ("Project:Village pump", "fr.wikipedia.org", Fate.ELSEWHERE),
        (ADA, "fr.wikipedia.org", Fate.ELSEWHERE),
        (ADA, "", Fate.DUE),
        ("Project:Village pump", "fr.wikipedia.org", Fate.DUPLICATE),
    ]


def test_other_wiki_that_opted_out() -> None:
    committee = relaying("{{target|user=Ada|site=fr.wikipedia.org}}", "{{target|user=Ada|site=de.wikipedia.org}}")
    committee.save(OPTED_OUT.text, "{{target|user=ada|site=fr.wikipedia.org}}", "Ada")
    assert [one.fate for one in targets(committee)] == [Fate.NAMED_OUT, Fate.ELSEWHERE]


# --- Lists


def test_broken_list() -> None:
    """What can't be read is told with its line, and the rest goes on."""
    lines = [
        "{{target}}",
        "{{target|user=Ada}}",
        "{{target|user=A[b}}",
        "{{#target:Talk:X|not a site}}",
        "{{#target:Bo",
    ]
    committee = relaying("\n".join(lines))
    assert fates(committee) == [(ADA, Fate.DUE, ""), ("User talk:A[b", Fate.INVALID, "")]
    assert problems(committee) == [
        ("list-empty", ("1", EXAMPLE)),
        ("list-site", ("4", "not a site")),
        ("list-unclosed", ("5", EXAMPLE)),
        ("list-title", ("3", "User talk:A[b")),
    ]


def test_no_list() -> None:
    """A list that isn't there, or names nobody, is told; that of those who want nothing may be missing."""
    committee = relaying("{{hello}} * [[User talk:Ada]]")
    assert (fates(committee), problems(committee)) == ([], [("list-empty-page", (EXAMPLE,))])
    committee.wiki.delete(AFFILIATES)
    assert (fates(committee), problems(committee)) == ([], [("list-missing", (EXAMPLE,))])


def test_category_as_a_list() -> None:
    """A category is a list of its pages, by themselves or by a template."""
    committee = Committee(relays={"lists": {"affiliates": "Category:Affiliates"}})
    committee.save("Template:Member", "<includeonly>[[Category:Affiliates]]</includeonly>", "Ada")
    committee.save("User talk:Bo", "{{Member}}", "Bo")
    committee.save("User:Ada", "[[Category:Affiliates]]", "Ada")
    assert ends(committee) == ["User talk:Bo", ADA]
    assert problems(committee) == []


def test_json_list() -> None:
    """A JSON page is a list, each broken target told by its number."""
    title = "User:Cora/Affiliates.json"
    committee = Committee(relays={"lists": {"affiliates": title}})
    committee.save(
        title, '{"description": "", "targets": [{"title": "User:Ada"}, {"site": "x"}, {"title": "A|b"}]}', "Cora"
    )
    assert fates(committee) == [("User:Ada", Fate.DUE, ""), ("A|b", Fate.INVALID, "")]
    assert [(key, words[0]) for key, words in problems(committee)] == [("list-json-target", "2"), ("list-title", "3")]


def test_included_lists() -> None:
    """A list may include another, which is read in its place as included; one that makes targets of words is told."""
    committee = relaying("{{target|user=Bo}}\n{{:Sublist}}\n{{/More}}\n{{Names|Otto}}\n{{Hello}}\n{{target|user=Chi}}")
    committee.save(
        "Sublist", "<noinclude>{{target|user=Eve}}</noinclude>{{target|user=Ada}} {{target|user=Bo}}", "Cora"
    )
    committee.save(f"{AFFILIATES}/More", "<onlyinclude>{{target|user=Dina}}</onlyinclude> {{target|user=Eve}}", "Cora")
    committee.save("Template:Names", "{{target|user={{{1}}}}}", "Cora")
    committee.save("Template:Hello", "Hello.", "Cora")
    assert ends(committee) == ["User talk:Bo", ADA, "User talk:Dina", "User talk:Chi"]
    assert problems(committee) == [("list-template", ("4", EXAMPLE, "Template:Names"))]


# --- Languages


def test_languages() -> None:
    """A group's own language counts, then that of the page."""
    groups = [{"name": "Alpha", "language": "fr"}, "Beta"]
    committee = relaying(
        f"Talk:{ALPHA}", ADA, "{{target|user=Ada|site=fr.wikipedia.org}}", groups=groups, languages=["ar"]
    )
    found = targets(committee, STAKEHOLDERS, Party(Side.ALL_GROUPS))
    assert [one.language for one in found if one.fate is not Fate.DUPLICATE] == ["fr", "en", "ar", "en"]


# --- A trial, and what it costs


def test_trial() -> None:
    """In a trial all goes below the trial's page, by the same titles."""
    committee = relaying(ADA, "Project:Pump", "Talk:Nothing", "User talk:Nobody there", trial=True)
    found = [(one.asked.text, one.page and one.page.title.text, one.fate) for one in targets(committee)]
    assert found == [
        (ADA, f"User:{BOT}/Trial/{ADA}", Fate.DUE),
        ("Project:Pump", f"User:{BOT}/Trial/Project:Pump", Fate.DUE),
        ("Talk:Nothing", f"User:{BOT}/Trial/Talk:Nothing", Fate.DUE),
        ("User talk:Nobody there", f"User:{BOT}/Trial/User talk:Nobody there", Fate.NO_ACCOUNT),
    ]


def test_people_in_a_trial() -> None:
    """In a trial groups and coordinators are looked at as ever, whatever stands below the trial's page."""
    committee = relaying(trial=True)
    committee.wiki.block("Ada")
    found = targets(committee, Party(Side.GROUP, "Beta"), Party(Side.COORDINATORS))
    assert [(one.asked.text, one.page and one.page.title.text, one.fate) for one in found] == [
        (f"Talk:{BETA}", f"User:{BOT}/Trial/Talk:{BETA}", Fate.DUE),
        (ADA, f"User:{BOT}/Trial/{ADA}", Fate.BLOCKED),
        ("User talk:Abel", f"User:{BOT}/Trial/User talk:Abel", Fate.DUE),
        ("User talk:Bo", f"User:{BOT}/Trial/User talk:Bo", Fate.DUE),
    ]


@pytest.mark.parametrize(("number", "requests"), [(10, 1), (1000, 2), (1001, 3)])
def test_what_it_costs(number: int, requests: int) -> None:
    """However many targets there are, they are read by the batch, their accounts with them; before that, the lists."""
    committee = relaying(*(f"User talk:Person {index}" for index in range(number)))
    for index in range(number):
        committee.wiki.add_account(f"Person {index}")
    process = committee.process
    committee.wiki.requests.clear()
    assert len(committee.ask(targets_of(process, relay_to(), committee.now))) == number
    assert committee.wiki.requests == {"read": 1 + requests}
