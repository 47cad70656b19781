"""People in wikitext: in a field, and on a page that says nothing of what it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from strategybot.wikitext.people import MOST, People, people, people_on_page
from strategybot.wikitext.terms import day, ended
from tests.conftest import Tally
from tests.growth import is_steady
from tests.lengths import NIGHTLY

FORMS = [
    # lists
    ("* {{u|Ada}}\n*{{u|Bo}}", ("Ada", "Bo")),
    ("# {{User|Ada}} 12:00, 3 May 2019 (UTC)\n# {{User|Bo}} 13:00, 3 May 2019 (UTC)", ("Ada", "Bo")),
    ("* [[User:Ada|Ada L.]] ([[User talk:Ada|talk]])", ("Ada",)),
    ("* [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 3 May 2019 (UTC)", ("Ada",)),
    ("* {{U|Ada}} – coordinator", ("Ada",)),
    ("* C. Writer ([[User:Chi (WMF)|Chi (WMF)]])", ("Chi (WMF)",)),
    ("* {{u|Chi (WMF)}}\n* {{u|Chi_(WMF)}}", ("Chi (WMF)",)),
    ("* [[User:Ada/Drafts|Ada]]\n* [[User:Bo#Me]]", ("Ada", "Bo")),
    ("* '''[[User:Ada|Ada]]''', ''she/her''", ("Ada",)),
    ("*: {{u|Ada}}\n:* {{u|Bo}}\n; {{u|Chi}}", ("Ada", "Bo", "Chi")),
    ("<ul><li>{{u|Ada}}</li><li>{{u|Bo}}</li></ul>", ("Ada", "Bo")),
    # links: interwiki prefixes, namespaces in other languages, other pages that are an account's
    ("* [[m:User:Ada]]\n* [[:w:fr:user:bo]]", ("Ada", "Bo")),
    ("* [[:m:User:Ada|Ada]]\n* [[meta:User:Bo]]", ("Ada", "Bo")),
    ("* [[Benutzer:Ada]]\n* [[Utilisatrice:Bo]]\n* [[Участник:Чи]]", ("Ada", "Bo", "Чи")),
    ("* [[Benutzerin:Ada]]\n* [[Usuaria:Bo]]\n* [[مستخدمة:دي]]\n* [[用户:小明]]", ("Ada", "Bo", "دي", "小明")),
    ("* [[Користувачка:Ада]]\n* [[利用者:太郎]]\n* [[משתמש:בו]]", ("Ада", "太郎", "בו")),
    ("* [[Diskussion:Ada]]\n* [[Benutzerin Diskussion:Ada|Ada]]", ("Ada",)),
    ("* [[Special:Contributions/Ada|Ada]]", ("Ada",)),
    ("* [[User:A&amp;b]]\n* [[User_talk:Bo_Example]]", ("A&b", "Bo Example")),
    ("[[User:Ada|]]", ("Ada",)),
    # templates
    ("{{u|Ada}}, {{u|Bo}}", ("Ada", "Bo")),
    ("{{u|Ada}} {{u|Bo}}", ("Ada", "Bo")),
    ("{{u|Ada}} and {{u|Bo}}", ("Ada", "Bo")),
    ("{{u|Ada}} / {{u|Bo}} • {{u|Chi}}", ("Ada", "Bo", "Chi")),
    ("* {{noping|Ada}}\n{{ping|Ada|Bo|Chi}}", ("Ada", "Bo", "Chi")),
    ("{{ping\n| Ada\n| Bo\n}}", ("Ada", "Bo")),
    ("{{ping|1=Ada|2=Bo|p=!}}", ("Ada", "Bo")),
    ("* {{user|1=a=b}}", ("A=b",)),
    ("* {{user|a{{=}}b}}", ("A=b",)),
    ("* {{u|Ada|Bo}}", ("Ada",)),
    ("* {{user|Ada|en.wikipedia}}", ("Ada",)),
    ("* {{Template:U|User:Ada}}\n* {{u|[[User:Bo]]}}", ("Ada", "Bo")),
    ("{{User:Ada/signature}}", ("Ada",)),
    ("{{Benutzer|Ada}} {{Utilisateur|Bo}} {{مستخدم|دي}}", ("Ada", "Bo", "دي")),
    ("{{div col|content=\n* {{u|Ada}}\n* {{u|Bo}}\n}}", ("Ada", "Bo")),
    ("{{div col}}\n* {{u|Ada}}\n{{div col end}}", ("Ada",)),
    ("{{center|[[User:Ada]], [[User:Bo]]}}", ("Ada", "Bo")),
    ("<small>{{u|Ada}}<!-- {{u|Bo}} --></small>", ("Ada",)),
    ("[[File:Ada.jpg|thumb|left|A picture]] {{u|Ada}}", ("Ada",)),
    # plain account names
    ("Ada, Bo", ("Ada", "Bo")),
    ("Ada and Bo", ("Ada", "Bo")),
    ("Ада та Бо", ("Ада", "Бо")),
    ("\n* Ada\n* Bo Example", ("Ada", "Bo Example")),
    ("أدا، بو", ("أدا", "بو")),
    ("小明、太郎，Bo", ("小明", "太郎", "Bo")),
    ("Ada<br>@bo", ("Ada", "Bo")),
    ("Ada, ada, Ada", ("Ada",)),
    ("* Ada (co-ordinator)\n* Bo (Coordinator, she/her)\n* Chi (WMF)", ("Ada", "Bo", "Chi (WMF)")),
    ("* Ada – coordinator\n* Bo - Koordinatorin", ("Ada", "Bo")),
    # who has left
    ("* <s>{{u|Ada}}</s>\n* {{u|Bo}}", ("Bo",)),
    ("<del>Ada</del>\nBo", ("Bo",)),
    ("* <strike>{{u|Ada}}\n* {{u|Bo}}</strike>\n* {{u|Chi}}", ("Chi",)),
    ("* <s>{{u|Ada}}\n* {{u|Bo}}", ("Bo",)),
    ("* {{strikethrough|{{u|Ada}}}}\n* {{s|[[User:Chi]]}}\n* {{u|Bo}}", ("Bo",)),
    ('* <span style="text-decoration: line-through">{{u|Ada}}</span> {{u|Bo}}', ("Bo",)),
    ("{{u|Ada}} (former coordinator), {{u|Bo}}", ("Bo",)),
    ("* {{u|Ada}} (left)\n* {{u|Bo}} (retired)\n* {{u|Chi}} (stepped down in May)\n* {{u|Dee}} (ex)", ()),
    ("* ex-coordinator: {{u|Ada}}\n* Coordinator: {{u|Bo}}", ("Bo",)),
    ("Coordinators: {{u|Ada}}, {{u|Bo}}; former coordinators: {{u|Chi}}, {{u|Dee}}", ("Ada", "Bo")),
    ("{{u|Ada}}, {{u|Bo}}, former {{u|Chi}}", ("Ada", "Bo")),
    ("{{u|Ada}} {{u|Bo}} (former coordinators)", ()),
    ("'''Former coordinators'''\n* {{u|Ada}}\n'''Coordinators'''\n* {{u|Bo}}", ("Bo",)),
    ("* {{u|Ada}}\n** resigned in May\n* {{u|Bo}} (replaced by {{u|Chi}})\n* {{u|Chi}}", ("Chi",)),
    ("* {{u|Ada}} – ancienne coordinatrice\n* {{u|Bo}} (a démissionné)\n* {{u|Chi}} (partie en mai)", ()),
    ("* {{u|Ada}} (ehemalig)\n* {{u|Bo}} – zurückgetreten im Mai\n* {{u|Chi}} (nicht mehr dabei)", ()),
    ("* {{u|Ada}} (renunció)\n* {{u|Bo}} – excoordinadora\n* {{u|Chi}} (ya no coordina)", ()),
    ("* {{u|أدا}} (منسقة سابقة)\n* {{u|بو}} (استقالت)\n* {{u|دي}} – متقاعدة", ()),
    ("* {{u|Ада}} (колишня координаторка)\n* {{u|Бо}} (emeritus)\n* {{u|小明}}（前协调员）", ()),
    ("{|\n! Name !! Status\n|-\n| {{u|Ada}} || resigned\n|-\n| {{u|Bo}} || active\n|}", ("Bo",)),
    ("Ada, Bo (left), Chi – former coordinator, Dee, ex-coordinator", ("Ada",)),
    # who hasn't
    ("* {{u|Ada}} (former teacher)\n* {{u|Bo}} (left-handed)\n* {{u|Chi}} (History)", ("Ada", "Bo", "Chi")),
    ("* {{u|Ada}} (replaces {{u|Zed}}, who resigned)\n* {{u|Bo}} (after {{u|Zed}} (left))", ("Ada", "Bo")),
    # accounts by plain words
    ("User:Ada, Benutzerin:Bo Example", ("Ada", "Bo Example")),
    ("{{u|Bo}}, User:Ada", ("Bo", "Ada")),
    ("Ada / Bo", ("Ada", "Bo")),
    ("https://meta.wikimedia.org/wiki/User:Ada, {{u|Bo}}", ("Ada", "Bo")),
    ("* [https://x.example/wiki/User:Ada_B Ada]\n* (//x.example/wiki/User:Chi_(WMF)).", ("Ada B", "Chi (WMF)")),
    ("https://x.example/wiki/Ada {{u|Bo}}", ("Bo",)),
    # helpers of others
    ("Ada, supported by {{u|Bo}}", ()),
    ("* Ada Lovely, avec le soutien de {{u|Bo}}\n* For {{u|Chi}}\n* {{u|Dee}}, with {{u|Eve}}", ("Dee",)),
    # a table in a field names whom its rows are about
    ("{| class=wikitable\n! Name !! Contact\n|-\n| {{u|Ada}} || {{u|Cora}}\n|}", ("Ada",)),
    # others, in remarks
    ("* {{u|Ada}} (replaces {{u|Zed}})\n* {{u|Bo}}, appointed by {{u|Zed}}", ("Ada", "Bo")),
    # typical errors
    ("* {{u|Ada\n* {{u|Bo}}", ("Bo",)),
    ("* [[User:Ada\n* [[User:Bo]]", ("Bo",)),
    ("* [[User:../x]]\n* [[User:|Zed]]\n* [[User:#x]]\n* [[User:<b>]]\n* {{u|Bo}}", ("Bo",)),
    ("* {{u|Ada\u200b}}\n* {{u|A\u2066da}}\n* {{u|Bo\u200e}}", ("Bo",)),
    ("* {{u|192.0.2.1}}\n* {{u|2001:db8::1}}\n* {{u|}}\n* {{u}}\n* {{u|Bo}}", ("Bo",)),
    ("<nowiki>{{u|Ada}}</nowiki>\n* {{u|Bo}}", ("Bo",)),
    ("", ()),
]
"""What stands in a field, and the accounts that it names."""

PAGE_FORMS = [
    # beside the name
    ("* {{U|Ada}} – coordinator\n* {{U|Bo}}", "Ada", "Bo"),
    ("* {{u|Ada}} (Coordinator, she/her)\n* {{u|Bo}}, co-ordinator\n* {{u|Chi}} (they/them)", "Ada Bo", "Chi"),
    ("* [[User:Ada|Ada L.]] ([[User talk:Ada|talk]]), coordinator since May 2019\n* [[User:Bo]]", "Ada", "Bo"),
    ("* {{u|Ada}} (Koordinatorin)\n* {{u|Bo}} — coordinateur·rice\n* {{u|Chi}} (coordinadora)", "Ada Bo Chi", ""),
    ("* {{u|أدا}} (منسقة)\n* {{u|بو}}", "أدا", "بو"),
    ("* {{u|Ада}} – координаторка\n* {{u|Бо}}", "Ада", "Бо"),
    ("* {{u|小明}}（协调员）\n* {{u|太郎}}", "小明", "太郎"),
    ("* Coordinator: {{u|Ada}}\n* Members: {{u|Bo}}, {{u|Chi}}", "Ada", "Bo Chi"),
    ("* {{u|Ada}} and {{u|Bo}} (coordinators)\n* {{u|Chi}}", "Ada Bo", "Chi"),
    ("* {{u|Ada}}, coordinator of the Diversity group\n* {{u|Bo}}", "Ada", "Bo"),
    ("* {{u|Ada}}\n** coordinator\n* {{u|Bo}}\n** likes tea", "Ada", "Bo"),
    ("* C. Writer ([[User:Chi (WMF)|Chi (WMF)]]) – coordinator", "Chi_(WMF)", ""),
    # above the name
    ("== Coordinators ==\n* {{u|Ada}}\n\n== Members ==\n* {{u|Bo}}", "Ada", "Bo"),
    ("= Diversity =\n== Diversity coordinators ==\n=== Africa ===\n# {{User|Ada}}\n== Us ==\n# {{u|Bo}}", "Ada", "Bo"),
    ("== Coordination ==\n{{u|Ada}}, {{u|Bo}}\n== Who else ==\n{{ping|Chi|Dee}}", "Ada Bo", "Chi Dee"),
    ("'''Coordinators'''\n* {{u|Ada}}\n'''Members'''\n* {{u|Bo}}", "Ada", "Bo"),
    ("; Coordinators\n: {{u|Ada}}\n; Members\n: {{u|Bo}}", "Ada", "Bo"),
    ("* Coordinators\n** {{u|Ada}}\n* Members\n** {{u|Bo}}", "Ada", "Bo"),
    ("Coordinators: {{u|Ada}}, {{u|Bo}}\n\nMembers: {{u|Chi}}", "Ada Bo", "Chi"),
    ("== Coordinators and members ==\n* {{u|Ada}} (coordinator)\n* {{u|Bo}}", "Ada", "Bo"),
    ("== Coordination with other groups ==\n* {{u|Ada}}", "", "Ada"),
    ("== Former coordinators ==\n* {{u|Zed}}\n== Candidates ==\n* {{u|Eve}}\n== Members ==\n* {{u|Bo}}", "", "Bo"),
    # tables
    ("{|\n! Name !! Group !! Since\n|-\n| {{user|Ada}} || Advocacy || 2018-07-20\n|}", "", "Ada"),
    ("{| class=wikitable\n|-\n|{{u|Ada}}||3||5\n|-\n|{{u|Bo}}||Coordinator||5\n|}", "Bo", "Ada"),
    ("{|\n! # !! scope='col' | Name\n|-\n| 2 ||align='left'| {{user|Bo}}\n|}", "", "Bo"),
    (
        '{| class="wikitable sortable"\n|+ Our group\n! scope="col" | Name\n! scope="col" | Role\n|-\n'
        '| {{u|Ada}}\n| style="x" | Coordinator\n|-\n| [[User:Bo]]\n| Member\n|}',
        "Ada",
        "Bo",
    ),
    ('{|\n! Group !! Coordinator\n|-\n| rowspan="2" | Diversity || {{u|Ada}}\n|-\n| {{u|Bo}}\n|}', "Ada Bo", ""),
    (
        "{|\n! Role !! Name\n|-\n| rowspan=2 | Coordinator || {{u|Ada}}\n|-\n| {{u|Bo}}\n|-\n| Member || {{u|Chi}}\n|}",
        "Ada Bo",
        "Chi",
    ),
    ("{|\n|+ style='x' | Coordinators\n|-\n| {{u|Ada}}\n|}\n{|\n|+ Members\n|-\n| {{u|Bo}}\n|}", "Ada", "Bo"),
    (
        "{|\n! scope=row | Coordinators\n| {{u|Ada}}, {{u|Bo}}\n|-\n! scope=row | Members\n| {{u|Chi}}\n|}",
        "Ada Bo",
        "Chi",
    ),
    ("{|\n! Name !! Coordinator\n|-\n| {{u|Ada}} || yes\n|-\n| {{u|Bo}} || no\n|}", "Ada", "Bo"),
    ("{|\n| '''Name''' || '''Role'''\n|-\n| {{u|Ada}} || co-coordinator\n|}", "Ada", ""),
    ("{|\n! colspan=2 | Working group\n|-\n! Name !! Role\n|-\n| {{u|Ada}} || coordinator\n|}", "Ada", ""),
    ("{|\n! Name !! Role !! Contact\n|-\n| {{u|Ada}} || coordinator || {{u|Cora}}\n|}", "Ada", "Cora"),
    ("{|\n! Name !! Role\n|-\n| {{u|Ada}} || coordinator, appointed by {{u|Zed}}\n|}", "", "Ada"),
    ("{|\n! Name !! Previous role\n|-\n| {{u|Ada}} || Coordinator\n|}", "", "Ada"),
    ("{|\n! Username !! Role\n|-\n| Ada || coordinator\n|-\n| Bo Example || member\n|}", "Ada", "Bo_Example"),
    ("== Coordinators ==\n{|\n! Name !! From\n|-\n| [[User:Ada]] || [[Chad]]\n|}", "Ada", ""),
    ("{|\n| {{u|Ada}} || coordinator\n", "Ada", ""),
    ("{|\n|\n{|\n| {{u|Zed}}\n|}\n|-\n| {{u|Ada}}\n|}", "", "Ada"),
    # labels in bold
    ("'''Coordinators:''' {{u|Ada}}, {{u|Bo}}", "Ada Bo", ""),
    ("'''Coordinators''': {{u|Ada}}\n\nCoordinators: {{u|Bo}}; members: {{u|Chi}}", "Ada Bo", "Chi"),
    ("* '''Coordinator:''' {{u|Ada}}\n* '''Member:''' {{u|Bo}}", "Ada", "Bo"),
    ("== Coordinators ==\n* https://meta.wikimedia.org/wiki/User:Ada", "Ada", ""),
    # who has left
    ("* {{u|Ada}} (coordinator; resigned)\n* {{u|Bo}} (coordinator, stepped down in May)", "", "Ada Bo"),
    ("== Coordinators ==\n* {{u|Ada}} (left)\n* {{u|Bo}}", "Bo", "Ada"),
    ("== Alumni ==\n* {{u|Ada}} (coordinator)\n== History ==\n* {{u|Bo}} (coordinator)", "", ""),
    ("{|\n! Name !! Role\n|-\n| {{u|Ada}} || coordinator (resigned)\n|}", "", "Ada"),
    ("== Coordinators ==\n* Ada, supported by {{u|Bo}}", "", ""),
    # who isn't in it, or doesn't coordinate it
    ("* We met with [[User:Zed]], coordinator of WikiProject Tea", "", ""),
    ("Thanks to [[User:Zed]] for the picture of our coordinator.", "", ""),
    ("* {{u|Ada}} says that the coordinator of the meeting should be found", "", "Ada"),
    ("* {{u|Ada}} – former coordinator\n* {{u|Bo}} (ex-coordinator)\n* {{u|Chi}}, not coordinator", "", "Ada Bo Chi"),
    ("* {{u|Ada}} (appointed by {{u|Zed}}) – coordinator", "Ada", ""),
    ("== Coordinators ==\n* {{u|Ada}}, elected after {{u|Zed}}\n* <s>{{u|Bo}}</s>", "Ada", ""),
    ("* <s>{{u|Ada}}</s> – coordinator\n* {{u|Bo}} – coordinator", "Bo", ""),
    ("We are a group.", "", ""),
]
"""A page, and who coordinates and who is a member there (names parted by blanks)."""

UNRESOLVED = [
    ("# Ada Lovely - Diversity\n# Bo Example – Resource Allocation\n# Chi Sample — Advocacy", 3),
    ("1. Ada Lovely - Diversity\n2. Bo Example", 2),
    ("* Ada Lovely (Ada)\n* Richard (Bo)", 2),
    ("{|\n! Name !! Organization !! Previous role !! Geography\n|-\n| Ada Lovely || X || Coordinator || Y\n|}", 1),
    ("== Members ==\n* Ada Lovely, Chad\n* {{u|Bo}}\n* Chi", 2),
    ("== Coordinators ==\n* Ada Lovely\n* María de la O\n* أدا مثال", 3),
    ("== What we do ==\n* Write reports\n* Ada Lovely Day\n* Meetings in Chad", 0),
    ("* we write reports\n* we drink tea - a lot", 0),
    ("== Coordinators ==\n* Ada, supported by {{u|Bo}}", 1),
]
"""A page with plain names, and how many of them are told."""


def names(listed: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in listed.split())


@pytest.mark.parametrize(("value", "accounts"), FORMS)
def test_accounts_are_found_in_every_spelling(value: str, accounts: tuple[str, ...], tally: Tally) -> None:
    """Templates, links in several languages, and plain account names; those struck out have left."""
    tally("roster forms", 1)
    assert people(value).accounts == accounts


@pytest.mark.parametrize(("text", "coordinators", "members"), PAGE_FORMS)
def test_roles_are_read_on_a_page(text: str, coordinators: str, members: str, tally: Tally) -> None:
    """Who coordinates says a heading, a caption, a column, or words of its own beside the name; others are members."""
    tally("roster forms", 1)
    found = people_on_page(text, ["Diversity"]).persons
    assert tuple(person.name for person in found if person.coordinates) == names(coordinators)
    assert tuple(person.name for person in found if not person.coordinates) == names(members)


@pytest.mark.parametrize(
    ("text", "coordinators"),
    [
        ("== Beta ==\n* {{u|Zed}} (coordinator)\n== Us ==\n* {{u|Ada}} (coordinator)", ("Ada",)),
        ("== The Beta working group ==\n=== Coordinators ===\n* {{u|Zed}}", ()),
        ("== Working group ==\n=== Alpha coordinators ===\n* {{u|Ada}}", ("Ada",)),
        ("== About Beta ==\n* {{u|Ada}} (coordinator)", ("Ada",)),
    ],
)
def test_another_groups_people(text: str, coordinators: tuple[str, ...]) -> None:
    """Whoever stands under the heading of another group coordinates that one."""
    found = people_on_page(text, ["Alpha"], ["Beta", "Working group", "Alpha"]).persons
    assert tuple(person.name for person in found if person.coordinates) == coordinators


@pytest.mark.parametrize(("text", "count"), UNRESOLVED)
def test_plain_names_are_no_accounts(text: str, count: int, tally: Tally) -> None:
    """A plain name on a page is told as it stands there, and never taken for an account."""
    tally("roster forms", 1)
    found = people_on_page(text)
    assert len(found.unresolved) == count
    assert not any(person.bare for person in found.persons)


@pytest.mark.parametrize(
    ("value", "unresolved"),
    [
        ("* Ada Lovely - Diversity\n* Bo Example – Resource Allocation", ("Ada Lovely - Diversity",
                                                                         "Bo Example – Resource Allocation")),
        ("ada@x.example", ("Ada@x.example",)),
        ("192.0.2.1", ("192.0.2.1",)),
        ("{{u|192.0.2.1}}", ("192.0.2.1",)),
        ("'''Ada'''", ("'''Ada'''",)),
        ("* [[User:Ada]]\n* Bo Example\n* Chi, [[User:Chi]]", ("Bo Example",)),
        ("[[User:Ada]], our coordinator", ()),
        ("{{u|Ada", ("{{u|Ada",)),
        ("Ada Lovely, {{u|Bo}}", ("Ada Lovely",)),
        ("{{u|Bo}} and Ada", ("Ada",)),
        ("{{u|Bo}}, our coordinator, Coordinator since 2019, she/her, Bo", ()),
        ("Ada, supported by {{u|Bo}}", ("Ada, supported by Bo",)),
        ("Ramon y Cajal, Bo", ("Ramon y Cajal",)),
        ("Bo (lead), Richard (Ada)", ("Bo (lead)", "Richard (Ada)")),
        ("Bo (left), Ada (until 2019)", ()),
    ],
)  # fmt: skip
def test_what_is_no_account_is_unresolved(value: str, unresolved: tuple[str, ...]) -> None:
    """A real name with what it stands for, an address, or a list item without an account is told back."""
    assert people(value).unresolved == unresolved


@pytest.mark.parametrize(
    ("value", "pages"),
    [
        ("{{participants}}", ("/Participants",)),
        ("{{Participants}} {{/Members}}", ("/Participants", "/Members")),
        ("{{:Committee/Alpha/Participants}}", ("Committee/Alpha/Participants",)),
        ("{{{{FULLPAGENAME}}/Participants}} {{:{{FULLPAGENAME}}/People}}", ("/Participants", "/People")),
        ("<nowiki>{{participants}}</nowiki> {{tl|participants}}", ()),
    ],
)
def test_pages_of_a_roster(value: str, pages: tuple[str, ...], tally: Tally) -> None:
    """A page that is transcluded is told, since the roster may stand there."""
    tally("roster forms", 1)
    assert people(value).pages == pages


TERMS = [
    ("(until March 2019)", "2019-04-01"),
    ("(until 5 March 2019)", "2019-03-06"),
    ("until the 5th of March, 2019", "2019-03-06"),
    ("(until March 5, 2019)", "2019-03-06"),
    ("(until the end of December 2019)", "2020-01-01"),
    ("until 2019", "2020-01-01"),
    ("till 2019-03-05", "2019-03-06"),
    ("left in Feb. 2020", "2020-03-01"),
    ("(May 2018 – March 2019)", "2019-04-01"),
    ("(2018-07-20 - 2019-03-05)", "2019-03-06"),
    ("(bis März 2019)", "2019-04-01"),
    ("bis Ende März 2019", "2019-04-01"),
    ("(bis zum 5. März 2019)", "2019-03-06"),
    ("(jusqu'en mars 2019)", "2019-04-01"),
    ("jusqu’au 5 mars 2019", "2019-03-06"),
    ("(jusqu'à fin août 2019)", "2019-09-01"),
    ("(hasta marzo de 2019)", "2019-04-01"),
    ("hasta el 5 de marzo de 2019", "2019-03-06"),
    ("(حتى مارس 2019)", "2019-04-01"),
    ("(حتى 5 مارس 2019)", "2019-03-06"),
    ("(حتى نهاية آذار ٢٠١٩)", "2019-04-01"),
    ("(до 5 березня 2019)", "2019-03-06"),
    ("(até março de 2019)", "2019-04-01"),
    ("（至2019年3月）", "2019-04-01"),
    ("(until 31 February 2019)", None),
    ("(until March)", None),
    ("(until further notice)", None),
    ("(since March 2019)", None),
    ("12:00, 3 May 2019 (UTC)", None),
    ("(2018–2019)", "2020-01-01"),
    ("do tea 2019", None),
    ("(2018-2019)", "2020-01-01"),
    ("(2018\u20112019)", "2020-01-01"),
    ("(May 2018-March 2019)", "2019-04-01"),
    ("(2018-07-20)", None),
    ("(until 01/03/2019)", "2019-03-02"),
    ("(until 13/03/2019)", "2019-03-14"),
    ("(until 1.3.2019)", "2019-03-02"),
    ("(ended 3/2019)", "2019-04-01"),
    ("(until 31/02/2019)", None),
]


@pytest.mark.parametrize(("text", "end"), TERMS)
def test_terms_of_office(text: str, end: str | None, tally: Tally) -> None:
    """Somebody's term ends with the day, month or year that is named, in UTC."""
    tally("roster forms", 1)
    assert ended(text) == (datetime.fromisoformat(end).replace(tzinfo=UTC) if end else None)


def test_a_day_alone() -> None:
    """What stands in a column for ends is a date and nothing else."""
    assert day(" 5 March 2019 ") == datetime(2019, 3, 6, tzinfo=UTC)
    assert day("about March 2019") is None


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("* {{u|Ada}} (until March 2019)\n* {{u|Bo}}", {"Ada": 4, "Bo": None}),
        ("{{u|Ada}} (until March 2019), {{u|Bo}} (bis Mai 2019), {{u|Chi}}", {"Ada": 4, "Bo": 6, "Chi": None}),
        ("* [[User:Ada|Ada]] ([[User talk:Ada|talk]]) (until March 5, 2019)", {"Ada": 3}),
        ("* Until March 2019: {{u|Ada}}, {{u|Bo}}", {"Ada": 4, "Bo": 4}),
        ("Ada (until March 5, 2019), Bo", {"Ada": 3, "Bo": None}),
        ("{|\n! Name !! Until\n|-\n| {{u|Ada}} || March 2019\n|-\n| {{u|Bo}} || \n|}", {"Ada": 4, "Bo": None}),
        ("{|\n! Name !! Notes\n|-\n| {{u|Ada}} || until March 2019\n|}", {"Ada": 4}),
        ("* {{u|Ada}} (until March 2019)\n* {{u|Ada}} (until May 2019)", {"Ada": 6}),
        ("* {{u|Ada}} (until March 2019)\n* {{u|Ada}} (since June 2019)", {"Ada": None}),
    ],
)
def test_whose_term_ends(value: str, ends: dict[str, int | None]) -> None:
    """An end is that of the name it stands beside; who is named again without one is still there."""
    found = {person.name: person.until.month if person.until else None for person in people(value).persons}
    assert found == ends


PIECES = [
    *(
        "\n",
        " ",
        " \n",
        "a ",
        "_",
        "(",
        "()",
        "(a",
        "（",
        "'''",
        "'''a",
        "[",
        "[[",
        "{{",
        "<ref ",
        "<ref>",
        "<nowiki>",
        "<s>",
    ),
    *(
        "Ada, ",
        "Ada / ",
        "Ada and ",
        "Ada y ",
        "User:",
        "https://",
        "//x/wiki/User:",
        "{{u|A}}",
        "{{u|A}} (",
        "{{u|A}}, ",
    ),
    *("former ", "left ", "ex-", "until ", "until the of ", "1/", "2019-", "for {{u|A}}", "a: ", "a: {{u|A}}; ", "– "),
    *("* a\n", "== a ==\n", "{|\n", "| a\n", "|a=b ", "||", "|-\n", "koordin-", "coordinator "),
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("read", [people, people_on_page])
def test_no_list_takes_long(read: Callable[[str], People], piece: str) -> None:
    """Eight times as much of anything takes about eight times as many steps, and not sixty-four."""
    short, long = (piece * (count // len(piece)) for count in (3_000, 24_000))
    assert is_steady(read, short, long)


def test_nobody_is_named_by_nothing() -> None:
    """An empty field names nobody and leaves nothing open."""
    assert people(" \n* \n") == People()


MANY = 10_000 if NIGHTLY else 3_000
HOSTILE = {
    "names": "\n".join(f"* {{{{u|Name {number}}}}} – coordinator" for number in range(MANY)),
    "links": ", ".join(f"[[User:Name {number}]]" for number in range(MANY)),
    "plain": ", ".join(f"Name {number} (x, y)" for number in range(MANY)),
    "unclosed templates": "{{u|Ada\n" * MANY,
    "unclosed links": "[[User:Ada\n" * MANY,
    "deep templates": "{{u|" * MANY + "Ada" + "}}" * MANY,
    "deep links": "[[User:" * MANY + "Ada" + "]]" * MANY,
    "struck out": "<s>" * MANY + "</del>" * MANY,
    "references": "<ref>x</ref>  " * MANY + "<ref>",
    "nowiki": "<nowiki>" * MANY,
    "tables": "{|\n" * MANY,
    "spans": "{|\n" + "| rowspan=9999 colspan=9999 | {{u|Ada}}\n|-\n" * MANY,
    "cells": "{|\n|" + "||" * MANY,
    "brackets": "(" * MANY + "{{u|Ada}}" + ")" * MANY,
    "words": "* {{u|Ada}} " + "until coordinator-" * MANY,
    "underscores": "* {{u|Ada}} koordin" + "_" * MANY + "!",
    "blanks": "* {{u|Ada}}," + " " * MANY + "x {{u|Bo}}",
    "markers": "*" * MANY + " {{u|Ada}}",
    "marks": "&#xe000;0&#xe001;\ue0000\ue001\ue0009\ue001 {{u|Ada}}",
    "signs": "''[<&" * MANY + "{{u|Ada}}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lists(name: str, tally: Tally) -> None:
    """However long or broken a text is, it is read, and names no more than so many people."""
    tally("roster forms", 1)
    for read in (people, people_on_page):
        assert len(read(HOSTILE[name]).persons) <= MOST
