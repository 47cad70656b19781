"""Updates as people file them: what is read of each form, and what is said to be mended in it."""

from __future__ import annotations

import pytest

from strategybot.model.problem import Label
from strategybot.reading.filing import Filing, Flaw, read_filings, stray_text
from tests.conftest import Tally

TEMPLATE = "Steering group/Update"
TOPICS = ("progress", "needs")
LANGUAGES = ("en", "fr", "de", "es", "ar")

CUT = Flaw("update-cut-field")


def odd(name: str) -> Flaw:
    return Flaw("update-odd-field", (name,))


def table(label: str) -> Flaw:
    return Flaw("update-table-field", (label,))


def doubled(label: str) -> Flaw:
    return Flaw("update-doubled-field", (label,))


def language(typed: str) -> Flaw:
    return Flaw("update-odd-language", (typed,))


P = {"progress": "We met."}
FORMS: list[tuple[str, dict[str, str], tuple[Flaw, ...]]] = [
    # As it should be, in every spelling
    ("progress=We met.", P, ()),
    ("\n| progress = We met.\n| needs =\n", P, ()),
    (" progress = We met. ", P, ()),
    ("progress=We met.|needs=* visas\n* a room", {**P, "needs": "* visas\n* a room"}, ()),
    ("needs=* visas|progress=We met.", {**P, "needs": "* visas"}, ()),
    ("progress=We met.|lang=fr|meeting=2026-12-10|previous=2026-11-12|confirmed by=Ada", P, ()),
    ("progress=We met.<!-- not yet said -->", P, ()),
    ("progress<!-- x -->=We met.", P, ()),
    ("progress=We met.|<!-- needs=x -->", P, ()),
    ("progress=One.\n\nTwo.", {"progress": "One.\n\nTwo."}, ()),
    ("progress=<nowiki>a|b</nowiki>", {"progress": "<nowiki>a|b</nowiki>"}, ()),
    ("progress=a{{!}}b{{=}}c", {"progress": "a|b=c"}, ()),
    ("progress=a = b", {"progress": "a = b"}, ()),
    ("progress=[[Page|label]]", {"progress": "[[Page|label]]"}, ()),
    ("progress=https://x.example/?a=b", {"progress": "https://x.example/?a=b"}, ()),
    ("progress={{u|Ada}}", {"progress": "{{u|Ada}}"}, ()),
    ("progress={{box|a=1|b}}|needs=x", {"progress": "{{box|a=1|b}}", "needs": "x"}, ()),
    ("progress={{{!}}\n{{!}} a\n{{!}}}\n", {"progress": "{|\n| a\n|}"}, ()),
    ("progress=We met.|lang=PT-br", P, ()),
    ("progress=We met.|", P, ()),
    ("|progress=We met.", P, ()),
    # Nothing
    ("", {}, ()),
    ("progress=|needs=", {}, ()),
    ("progress= \n |needs=<!-- later -->", {}, ()),
    ("lang=fr|confirmed by=|meeting=", {}, ()),
    ("progres=|colour=", {}, ()),
    # Names that no field has
    ("progress=We met.|progres=Twice.", P, (odd("progres"),)),
    ("Progress=We met.", {}, (odd("Progress"),)),
    ("PROGRESS=We met.", {}, (odd("PROGRESS"),)),
    ("progrès=Réunis.", {}, (odd("progrès"),)),
    ("Avancement=Réunis.", {}, (odd("Avancement"),)),
    ("progress =We met.|support needs=x", P, (odd("support needs"),)),
    ("progress=We met.|colour=red|size=big", P, (odd("colour"), odd("size"))),
    ("progress=We met.|colour=red|colour=blue", P, (odd("colour"),)),
    ("progress=We met.|[[link]]=x", P, (odd("[[link]]"),)),
    ("progress=We met.|{{lc:NEEDS}}=x", P, (odd("{{lc:NEEDS}}"),)),
    ("progress=We met.|<b>needs</b>=x", P, (odd("<b>needs</b>"),)),
    ("progress=We met.|confirmed_by=Ada", P, (odd("confirmed_by"),)),
    ("progress=We met.|language=fr", P, (odd("language"),)),
    # Numbered and unnamed ones: a | cuts
    ("We met.", {}, (CUT,)),
    ("progress=We met.|twice", P, (CUT,)),
    ("progress=We met.|twice|and again", P, (CUT,)),
    ("progress=We met.||", P, ()),
    ("1=We met.", {}, (CUT,)),
    ("progress=We met.|2=x|3=y", P, (CUT,)),
    ("progress=We met.|twice=2|or more", P, (odd("twice"), CUT)),
    ("progress=[https://x.example a|b]", {"progress": "[https://x.example a"}, (CUT,)),
    ("progress=<span title='a|b'>c</span>", {"progress": "<span title='a"}, (CUT,)),
    ("progress=`a || b`", {"progress": "`a"}, (CUT,)),
    # Doubled ones: the last counts
    ("progress=We.|progress=We met.", P, (doubled("topic-progress"),)),
    ("progress=We met.|needs=a|progress=", {"needs": "a"}, (doubled("topic-progress"),)),
    ("progress=|progress=We met.", P, ()),
    ("progress=We met.|progress=We met.", P, (doubled("topic-progress"),)),
    ("needs=a|needs=b|progress=a|progress=We met.", {**P, "needs": "b"},
     (doubled("topic-needs"), doubled("topic-progress"))),
    ("progress=We met.|lang=fr|lang=en", P, (doubled("field-lang"),)),
    ("progress=We met.|confirmed by=Eve|confirmed by=Ada", P, (doubled("field-confirmed-by"),)),
    # Tables
    ("progress=We met.\n{|\n| a\n|}", P, (table("topic-progress"),)),
    ("progress={|\n| a = b\n|}\n", {}, (table("topic-progress"),)),
    ("needs={| class=wikitable\n! head\n|-\n| cell\n|}\n|progress=We met.", P, (table("topic-needs"),)),
    ("progress=We met.\n{|\n| a || b\n|}\n|needs=x|y", {**P, "needs": "x"}, (table("topic-progress"), CUT)),
    ("progress={|\n|a\n|}|needs={|\n|b\n|}", {}, (table("topic-progress"), table("topic-needs"))),
    ("progress=We met. {", P, (table("topic-progress"),)),
    # Languages
    ("progress=We met.|lang=French", P, (language("French"),)),
    ("progress=We met.|lang=fr_FR", P, (language("fr_FR"),)),
    ("progress=We met.|lang=en, fr", P, (language("en, fr"),)),
    ("progress=We met.|lang=français", P, (language("français"),)),
    ("progress=We met.|lang=x", P, (language("x"),)),
    ("progress=We met.|lang={{int:lang}}", P, (language("{{int:lang}}"),)),
]  # fmt: skip


def filed(text: str) -> Filing:
    (found,) = read_filings(text, TEMPLATE, TOPICS, LANGUAGES)
    return found


@pytest.mark.parametrize(("fields", "topics", "flaws"), FORMS)
def test_forms(fields: str, topics: dict[str, str], flaws: tuple[Flaw, ...], tally: Tally) -> None:
    """Of each form the topics are read that the wiki shows, and what is wrong is told."""
    found = filed(f"{{{{{TEMPLATE}|{fields}}}}}")
    assert (dict(found.topics), found.flaws) == (topics, flaws)
    tally("update forms", 1)


def test_labels() -> None:
    """A field of the form is told by its label, whatever somebody else typed by its own words."""
    found = filed("{{Steering group/Update|needs=a|needs=b|topic-needs=c}}")
    assert [type(flaw.words[0]) for flaw in found.flaws] == [Label, str]


@pytest.mark.parametrize(
    "text",
    ["We met.", "<!-- {{Steering group/Update|progress=x}} -->", "<nowiki>{{Steering group/Update}}</nowiki>", ""],
)
def test_a_page_without_the_template_holds_no_update(text: str) -> None:
    """Not even one that is commented out."""
    assert read_filings(text, TEMPLATE, TOPICS) == ()


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("fr", "fr"),
        ("PT-BR", "pt-br"),
        ("zh-hans-cn", "zh-hans-cn"),
        ("", ""),
        ("french", ""),
        ("x", ""),
        ("fr_FR", ""),
        ("en-", ""),
        ("en{", ""),
        ("éé", ""),
        ("aa-" + "a" * 300, ""),
        ("en-a-b-c-d", ""),
        ("ſſ", ""),
    ],
)
def test_languages(lang: str, code: str) -> None:
    """What can't be a language's code is none."""
    assert filed(f"{{{{Steering group/Update|progress=x|lang={lang}}}}}").lang == code


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("{{Steering group/Update|needs=b|progress=a}}", True),
        ("Words. {{steering_group/Update\n|progress = a <!-- x -->\n|needs=b\n|lang=}}", True),
        ("{{Steering group/Update|progress=a|needs=B}}", False),
        ("{{Steering group/Update|progress=a|needs=b|lang=fr}}", False),
        ("{{Steering group/Update|progress=a|needs=b|confirmed by=Ada}}", False),
    ],
)
def test_words_are_compared_by_field(other: str, same: bool) -> None:
    """Order, spaces and comments make no difference; words, language and confirmation do."""
    words = filed("{{Steering group/Update|progress=a|needs=b}}").words
    assert (filed(other).words == words) is same


CALL = "{{Steering group/Update|progress=x}}"


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("== 2026-12-10 ==", ("2026-12-10",)),
        ("== Update for 2026-12-10 (Advocacy) ==", ("2026-12-10",)),
        ("==2026-12-10==  ", ("2026-12-10",)),
        ("= 2026-12-10 =\n=== Version française ===", ("2026-12-10",)),
        ("== 2026-12-10 ==\n=== 2026-12-11 ===", ("2026-12-11",)),
        ("== 2026-11-12 ==\n== 2026-12-10 ==", ("2026-12-10",)),
        ("=== 2026-11-12 ===\n== Notes ==", ()),
        ("== {{Steering group/Date|2026-12-10}} ==", ("2026-12-10",)),
        ("== [[Agenda/2026-12-10|Next]] == <!-- that one -->", ("2026-12-10",)),
        ("== 10 December 2026 ==", ("2026-12-10",)),
        ("== Thursday, December 10th, 2026 ==", ("2026-12-10",)),
        ("== Jeudi 10 décembre 2026 ==", ("2026-12-10",)),
        ("== 1er janvier 2027 ==", ("2027-01-01",)),
        ("== 10. Dezember 2026 ==", ("2026-12-10",)),
        ("== 10.12.2026 ==", ("2026-12-10",)),
        ("== 10 de diciembre de 2026 ==", ("2026-12-10",)),
        ("== 10 ديسمبر 2026 ==", ("2026-12-10",)),
        ("== ١٠ ديسمبر ٢٠٢٦ ==", ("2026-12-10",)),
        ("== 2026年12月10日 ==", ("2026-12-10",)),
        ("== 2026-12-01, for 2026-12-10 ==", ("2026-12-01", "2026-12-10")),
        ("== 10/12/2026 ==", ("2026-12-10", "2026-10-12")),
        ("== 13-12-2026 ==", ("2026-12-13",)),
        ("== 1/10/12/2026 ==", ()),
        ("== 2026/12/10 ==", ("2026-12-10",)),
        ("== 2026\u201112\u201110 ==", ("2026-12-10",)),
        ("== ١٠/١٢/٢٠٢٦ ==", ("2026-12-10", "2026-10-12")),
        ("== December 2026 ==", ()),
        ("== 2026-02-30 ==", ()),
        ("== Next meeting ==", ()),
        ("2026-12-10", ()),
        ("<!--\n== 2026-12-10 ==\n-->", ()),
        ("<nowiki>\n== 2026-12-10 ==\n</nowiki>", ()),
        ("{{box|\n== 2026-12-10 ==\n}}", ()),
        ("== 2026-12-10", ()),
        ("", ()),
    ],
)
def test_the_day_in_the_heading(heading: str, days: tuple[str, ...]) -> None:
    """A section's day stands in its heading, or in one above it, in any language of the process."""
    assert filed(f"{heading}\n{CALL}\n== 2027-01-14 ==\n").days == days


def test_several_on_a_page() -> None:
    """Each call is a filing of its own, in order; one inside another's field is none."""
    text = "== 2026-12-10 ==\n{{Steering group/Update|progress=a|needs={{Steering group/Update|progress=b}}}}\n" + CALL
    found = read_filings(text, TEMPLATE, TOPICS)
    assert [filing.topics["progress"] for filing in found] == ["a", "x"]
    assert len({filing.section for filing in found}) == 1


@pytest.mark.parametrize(
    ("around", "stray"),
    [
        ("{}", False),
        ("<!-- {} -->", False),
        ("\n\n{}\n<!-- a note -->\n", False),
        ("{}<noinclude>Words for this page.</noinclude>", False),
        ("{{{{Draft|of=us}}}}\n{}\n[[Category:Updates]]\n[[Kategorie:Berichte|x]]\n__NOTOC__", False),
        ("== Our update ==\n{}", False),
        ("<div>\n{}\n</div><br />&nbsp;", False),
        ("{}\n----", False),
        ("We met. {}", True),
        ("{}\n* visas", True),
        ("{}\n[[Visas]] are needed.", True),
        ("{}\nاجتمعنا", True),
        ("{}\n<b>visas</b>", True),
        ("{}\n{{|\n| a\n|}}", True),
    ],
)
def test_text_outside(around: str, stray: bool) -> None:
    """Words beside the call are told; templates, comments, categories and what shows nothing aren't."""
    assert stray_text(around.format(CALL), TEMPLATE) is stray


def test_text_outside_in_another_section() -> None:
    """Only words in the filing's own section count."""
    text = f"About us.\n== 2026-12-10 ==\n{CALL}\n== Archive ==\nWords.\n"
    (found,) = read_filings(text, TEMPLATE, TOPICS)
    start, end = found.section
    assert not stray_text(text, TEMPLATE, [(start, end)])
    assert stray_text(text, TEMPLATE, [(0, start)])
    assert stray_text(text.replace("\n== Archive", "Words.\n== Archive"), TEMPLATE, [(start, end + 6)])


@pytest.mark.parametrize(
    "text",
    [
        "== 2026-12-10 ==\n" * 20000,
        "{{" * 20000,
        "\n=" * 20000,
        CALL * 3000,
        f"== a ==\n{CALL}\n" * 3000,
        "<!--" * 20000,
    ],
)
def test_nobody_can_keep_the_reader_busy(text: str) -> None:
    """Whatever is repeated is read to its end."""
    assert isinstance(read_filings(text + CALL, TEMPLATE, TOPICS), tuple)
