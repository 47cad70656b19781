"""What an update says of itself on a real MediaWiki, before any bot has read it: what is wrong, and what was open."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from strategybot.config import TOPICS
from strategybot.writing.texts import Texts, codes, words
from tests.committee import ALPHA, Committee
from tests.mediawiki.rig import MediaWikiRig, install, installed_wiki
from throwaway import Revision

pytestmark = pytest.mark.mediawiki

PAGE = f"{ALPHA}/Updates/2026-12-10"
LAST = f"{ALPHA}/Updates/2026-11-12"


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with the wiki's side of a process whose contact is Cora, and French beside English."""
    with installed_wiki(tmp_path_factory.mktemp("update")) as throwaway:
        rig = MediaWikiRig(throwaway)
        committee = Committee(contact="Cora", languages=["en", "fr", "ar"])
        language_pages = [
            Revision("MediaWiki:Lang", "en"),
            *(Revision(f"MediaWiki:Lang/{code}", code) for code in codes()),
        ]
        pages = [Revision(title.text, text) for title, text in committee.wiki.texts().items()]
        throwaway.save([*pages, *language_pages])
        install(throwaway)
        yield rig


def parsed(rig: MediaWikiRig, wikitext: str, code: str = "en", title: str = PAGE) -> str:
    """The preview's HTML; no module broke."""
    text = rig.throwaway.parse(wikitext, title, code)
    assert "scribunto-error" not in text
    assert 'class="error"' not in text
    return text


def shown(rig: MediaWikiRig, wikitext: str, code: str = "en", title: str = PAGE) -> str:
    """What a reader sees of it, as one line of text."""
    text = re.sub(r"<!--.*?-->|<style.*?</style>|</?bdi>", "", parsed(rig, wikitext, code, title), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def said(code: str, key: str, *arguments: str) -> str:
    """A problem's sentence."""
    return " ".join(Texts(code).say(f"problem-update-{key}", *arguments).split())


def update(**fields: str) -> str:
    lines = (f"| {name.replace('_', ' ').strip()} = {value}\n" for name, value in fields.items())
    return f"{{{{Steering group/Update\n{''.join(lines)}}}}}"


# --- What is wrong ---

WRONG = [
    (update(progress="a | b"), "cut-field", ()),
    (update(progress="a", _1="b"), "cut-field", ()),
    (update(progress="a", needs="{| class=wikitable\n|-\n| cell\n|}"), "table-field", ("topic-needs",)),
    (update(progress="a", Questions="b"), "odd-field", ("Questions",)),
    (update(progress="a", budget="b"), "odd-field", ("budget",)),
    (update(progress="a", lang="Klingon"), "odd-language", ("Klingon",)),
    (update(progress="a", meeting="next week"), "odd-meeting", ("next week",)),
    (update(progress="a", meeting="2026-02-30"), "odd-meeting", ("2026-02-30",)),
    (update(progress="a", meeting="2026-12-11"), "odd-meeting", ("2026-12-11",)),
]


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
@pytest.mark.parametrize(("wikitext", "key", "arguments"), WRONG)
def test_a_warning_in_the_preview(
    wiki: MediaWikiRig, wikitext: str, key: str, arguments: tuple[str, ...], code: str
) -> None:
    """The preview says what the bot would say, in the reader's language and the same words."""
    named = [words(code).get(argument, argument) for argument in arguments]
    assert said(code, key, *named) in shown(wiki, wikitext, code)


SOUND = [
    update(progress="We met."),
    update(progress="a", lang="fr", confirmed_by="Ada", meeting="2026-12-10", previous="2026-11-12"),
    update(progress="a {{!}} b [[Talk:A|b]] <nowiki>|</nowiki>", lang="zh-hans"),
    update(progress="a", Questions="", _1=""),
    "{{Steering group/Update}}",
]


@pytest.mark.parametrize("wikitext", SOUND)
def test_no_warning(wiki: MediaWikiRig, wikitext: str) -> None:
    """What is sound, or not there, is no problem."""
    text = parsed(wiki, wikitext)
    assert "--border-color-warning" not in text
    assert "--border-color-error" not in text


ODD_NAMES = [
    "<b>x", "[[x]]", "<nowiki>", "-{x}-", "''x''", "~~~~", "__TOC__", "*x", "http://x.example", "[[Category:X]]",
    "{{{1}}}", "$1", "{{PLURAL:$1|x}}", "<script>alert(1)</script>", "x" * 3000, "\u202ex", "<ref>x</ref>", "&lt;b>",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_unknown_name_does_nothing(wiki: MediaWikiRig, name: str) -> None:
    """Its name is shown, as far as it goes, and acts on nothing."""
    text = parsed(wiki, f"{{{{Steering group/Update|progress=a|{name}=b}}}}\n\n== After ==")
    assert "problem-update" not in text
    assert 'id="After"' in text
    for sign in ("<b>", "<i>", "<script", 'id="toc"', "external", "reference", ">Category:X", "\u202e"):
        assert sign not in text, sign
    assert len(text) < 20_000


# --- An empty one ---

EARLIER = update(
    progress="We met.",
    needs="\n* Travel: '''visa''' letters for [[Berlin|May]]\n* Training {{!}} two days",
    questions="Could Beta send us [https://x.example their list]?",
    lang="fr",
)


@pytest.mark.parametrize("code", codes())
def test_an_empty_update_says_what_to_do(wiki: MediaWikiRig, code: str) -> None:
    """It says how to begin, that the page is public for good, and whom to write to in confidence instead."""
    text = shown(wiki, update(progress="", lang=code), code)
    for key, argument in (("empty", ""), ("forever", ""), ("confidential", "Cora")):
        sentence = Texts(code).say(f"update-{key}", argument).replace("'''", "")
        assert " ".join(sentence.split()) in re.sub(r" (?=[.،])", "", text)
    assert "Special:EmailUser/Cora" in parsed(wiki, update(progress="", lang=code), code)
    assert words(code)["update-last"] not in text


def test_a_filled_update_says_none_of_it(wiki: MediaWikiRig) -> None:
    """Nor what was open; the link to the last update stays."""
    wiki.throwaway.save([Revision(LAST, EARLIER, "Ada")])
    text = parsed(wiki, update(progress="a", previous="2026-11-12"))
    for key in ("update-forever", "update-last"):
        assert words("en")[key] not in text
    assert f'title="{LAST}">previous update</a>' in text


def test_what_was_open_last_time(wiki: MediaWikiRig) -> None:
    """Needs and questions of the update before stand in the empty one as plain words, with a link to it."""
    wiki.throwaway.save([Revision(LAST, EARLIER, "Ada")])
    text = shown(wiki, update(progress="", previous="2026-11-12"))
    assert (
        "Open since the last time This stands on the page “ Update for the meeting of 12 November 2026 ” ( history ),"
        " where everybody can write. Please look whether these are your group’s words."
        " Support needs Travel: visa letters for May Training | two days"
        " Questions to others Could Beta send us their list? If it still stands, one line is enough:"
        " say so under “Progress”."
    ) in text
    assert "We met." not in text
    page = parsed(wiki, update(progress="", previous="2026-11-12"))
    assert f'title="Special:PageHistory/{LAST}">history</a>' in page
    assert f'title="{LAST}"><bdi>' in page or f'title="{LAST}">Update for the meeting' in page
    assert '<ul lang="fr" dir="ltr"' in page


def test_one_line_is_an_update(wiki: MediaWikiRig) -> None:
    """As soon as there is a word, it is a card like any other."""
    assert words("en")["update-empty"][:20].strip("'") not in shown(wiki, update(progress="x", previous="2026-11-12"))


HOSTILE = [
    "",
    "Nothing here.",
    "#REDIRECT [[Main Page]]",
    "{{Steering group/Update",
    "{{Steering group/Update|needs={{Steering group/Update|needs=x",
    "{{Steering group/Update}}" * 2000,
    "{{" * 20_000,
    "{{Steering group/Update|" * 2000,
    "{{Steering group/Update|needs=" + "{{a|" * 4000 + "}}" * 4000 + "}}",
    "<!--" * 12_000 + "{{Steering group/Update|needs=x}}",
    "{{Steering group/Update|needs=" + "x" * 1_000_000 + "}}",
    "{{Steering group/Update|needs=" + "* x\n" * 10_000 + "}}",
    "{{Steering group/Update|needs=" + "[" * 20_000 + "}}",
    "{{Steering group/Update|needs={{:THIS PAGE}}}}",
    "{{:THIS PAGE}}",
    "{{Steering group/Update|needs={{#invoke:No such module|x}} {{#tag:ref|x}} {{DISPLAYTITLE:x}} {{#expr:1/0}}}}",
    "{{Steering group/Update|needs=<ref>x</ref><gallery>\nx.png\n</gallery><nowiki>[[Category:Acted]]</nowiki>}}",
    "{{Steering group/Update|needs=[[Category:Acted]] [[File:X.png]] [[fr:X]] __TOC__ ~~~~ <b>x == y == {{subst:x}}}}",
    '{{Steering group/Update|needs=</div></ul><script>alert(1)</script><li>|lang="><b>}}',
    "{{Steering group/Update|needs=\u202e\x7fUNIQ--nowiki-00000001-QINU\x7f|lang=..}}",
    "{{ template : steering_group/Update | needs = {{subst:x}} {{{1}}} {{{!}}} -{x}- }}",
    "{{Steering group/Update|needs={| class=x\n|-\n| {{!}}\n|}}}",
]


def of_group(number: int, page: str) -> str:
    """A page, but of the group which has that hostile page."""
    return page.replace(ALPHA, f"{ALPHA} {number}")


@pytest.fixture(scope="module")
def hostile(wiki: MediaWikiRig) -> MediaWikiRig:
    """A wiki on which each hostile page is the last update of a group of its own."""
    texts = [text.replace("THIS PAGE", of_group(number, PAGE)) for number, text in enumerate(HOSTILE)]
    wiki.throwaway.save(Revision(of_group(number, LAST), text, "Mallory") for number, text in enumerate(texts) if text)
    return wiki


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_pages_of_last_time(hostile: MediaWikiRig, number: int) -> None:
    """Whatever the page before holds, no module breaks, nothing of it acts, and the rest of the page is what it was."""
    answer = hostile.throwaway.call(
        action="parse", text=update(progress="", previous="2026-11-12") + "\n\n== After ==\n[[After]]",
        title=of_group(number, PAGE),
        contentmodel="wikitext", disablelimitreport=True,
        prop="text|categories|links|sections|langlinks|images",
    )["parse"]  # fmt: skip
    text = answer["text"]
    for sign in (
        "scribunto-error",
        'class="error"',
        "mw-references",
        "gallery",
        "<script",
        'id="toc"',
        "\u202e",
        "\x7f",
    ):
        assert sign not in text, sign
    assert [section["anchor"] for section in answer["sections"]] == ["After"]
    assert (answer["categories"], answer["langlinks"], answer["images"]) == ([], [], [])
    assert "After" in {link["title"] for link in answer["links"]}
    assert len(text) < 30_000
    assert words("en")["update-forever"] in text
    assert text.count("<ul") == text.count("</ul>")


@pytest.mark.parametrize("previous", ["2026-10-08", "2026-12-10", "yesterday", "2026-02-30", "[[x]]", "../../x", ""])
def test_no_update_before(wiki: MediaWikiRig, previous: str) -> None:
    """A page that isn't there, this page itself, and what is no date show nothing, and link nowhere."""
    text = shown(wiki, update(progress="", previous=previous))
    assert words("en")["update-last"] not in text
    assert "previous update" not in text


def test_an_update_that_stands_elsewhere(wiki: MediaWikiRig) -> None:
    """On a page without a date in its title there is no update before, and the date is the field's."""
    text = shown(wiki, update(progress="x", meeting="2026-12-10", previous="2026-11-12"), title=f"{ALPHA}/Updates")
    assert text.startswith("Update for the meeting of 10 December 2026")
    assert "previous update" not in text


def test_the_template_s_data_in_the_reader_s_language(wiki: MediaWikiRig) -> None:
    """VisualEditor's form is in French for a French reader, and shows every field in its order."""
    answer = wiki.throwaway.call(action="templatedata", titles="Template:Steering group/Update", lang="fr")
    (data,) = answer["pages"].values()
    assert data["paramOrder"] == [*TOPICS, "lang", "confirmed by", "meeting", "previous"]
    assert data["params"]["needs"]["label"] == "Besoins de soutien"
    assert data["params"]["needs"]["description"] == words("fr")["form-needs"]
    assert data["params"]["needs"]["example"] == words("fr")["form-needs-example"]


# --- The group's card ---


def test_a_group_s_card_leads_to_its_updates(wiki: MediaWikiRig) -> None:
    """It lists them, and links to the page above them, and to the steering group's page, where these are there."""
    wiki.set_clock(datetime(2026, 11, 12, tzinfo=UTC))
    wiki.throwaway.save([Revision(LAST, EARLIER, "Ada")])
    card = "{{Steering group/Working group|name=Alpha|coordinators=[[User:Ada]]}}"
    before = parsed(wiki, card, title=ALPHA)
    assert f'title="{LAST}">2026-11-12</a>' in before
    assert "Steering Group" not in before
    wiki.throwaway.save(
        [
            Revision(f"{ALPHA}/Updates", "{{Steering group/Updates}}"),
            Revision("Committee/Working Groups/Steering Group", "x"),
        ]
    )
    after = parsed(wiki, card, title=ALPHA)
    assert (
        f'<a href="/wiki/{ALPHA}/Updates" title="{ALPHA}/Updates">Updates</a>'.replace(
            "/wiki/Committee/Working Groups", "/wiki/Committee/Working_Groups"
        )
        in after
    )
    assert 'title="Committee/Working Groups/Steering Group">steering group</a>' in after
    assert "Points d’étape 2026-11-12" in shown(wiki, "{{Steering group/Updates}}", "fr", f"{ALPHA}/Updates")
