"""A group's page of updates on a real MediaWiki: however it is saved, it says the same."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from strategybot.model.update import State
from strategybot.session import Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import AGENDA, ALPHA, moment, update
from tests.mediawiki.rig import IMPATIENT, alphas_update, credentials, install, installed_wiki, save_committee
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01T06:00")
UPDATES = f"{ALPHA}/Updates"
OLD = f"== 2026-11-12 ==\n{update(progress='What we did before.')}\n"


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests and its templates."""
    with installed_wiki(tmp_path_factory.mktemp("updates")) as wiki:
        wiki.set_clock(NOW)
        save_committee(wiki, NOW - timedelta(days=20))
        install(wiki)
        yield wiki


def bot(wiki: ThrowawayWiki) -> MediaWikiWiki:
    return MediaWikiWiki(wiki.api, credentials(), IMPATIENT)


# --- Ways to save


def whole_page(wiki: ThrowawayWiki, fields: dict[str, str]) -> None:
    """The source editor: the whole page."""
    wiki.edit(UPDATES, f"{OLD}\n== 2026-12-10 ==\n{update(**fields)}\n", "Ada")


def new_section(wiki: ThrowawayWiki, fields: dict[str, str]) -> None:
    """“Add section”."""
    wiki.edit(UPDATES, update(**fields), "Ada", section="new", sectiontitle="2026-12-10")


def one_section(wiki: ThrowawayWiki, fields: dict[str, str]) -> None:
    """The mobile editor: one section, in place of an empty form."""
    wiki.edit(UPDATES, update(), "Ada", section="new", sectiontitle="2026-12-10")
    wiki.edit(UPDATES, f"== 2026-12-10 ==\n{update(**fields)}", "Ada", section="2")


def form(fields: dict[str, str]) -> str:
    """A template as VisualEditor's form leaves it in the document."""
    target = {"wt": "Steering group/Update", "href": "./Template:Steering_group/Update"}
    params = {name: {"wt": text} for name, text in fields.items()}
    data_mw = json.dumps({"parts": [{"template": {"target": target, "params": params, "i": 0}}]})
    return f'<div typeof="mw:Transclusion" data-mw="{html.escape(data_mw)}"></div>'


def visual_editor(wiki: ThrowawayWiki, fields: dict[str, str]) -> None:
    """VisualEditor: the page as it is opened, a heading and the filled form at its end."""
    opened = wiki.call_as("Ada", action="visualeditor", paction="parse", page=UPDATES)["visualeditor"]
    document = opened["content"].replace("</body>", f"<h2>2026-12-10</h2>{form(fields)}</body>")
    save_visually(wiki, opened, document)


def visual_editor_again(wiki: ThrowawayWiki, fields: dict[str, str]) -> None:
    """VisualEditor: a form that stands there, opened and filled in."""
    wiki.edit(
        UPDATES, f"{OLD}\n== 2026-12-10 ==\n{{{{Steering group/Update\n|progress=\n|needs=\n|lang=\n}}}}\n", "Ada"
    )
    opened = wiki.call_as("Ada", action="visualeditor", paction="parse", page=UPDATES)["visualeditor"]
    before, heading, after = opened["content"].rpartition("2026-12-10")
    start = after.index('data-mw="') + len('data-mw="') if 'data-mw="' in after else after.index("data-mw='") + 9
    end = after.index(after[start - 1], start)
    data_mw = json.loads(html.unescape(after[start:end]))
    params = data_mw["parts"][0]["template"]["params"]
    params |= {name: {"wt": text} for name, text in fields.items()}
    filled = html.escape(json.dumps(data_mw))
    save_visually(wiki, opened, before + heading + after[: start - 1] + f'"{filled}"' + after[end + 1 :])


def save_visually(wiki: ThrowawayWiki, opened: dict[str, str], document: str) -> None:
    answer = wiki.call_as(
        "Ada", action="visualeditoredit", paction="save", page=UPDATES, html=document, etag=opened["etag"],
        oldid=opened["oldid"], basetimestamp=opened["basetimestamp"], starttimestamp=opened["starttimestamp"],
    )  # fmt: skip
    assert answer["visualeditoredit"]["result"] == "success", answer


WAYS = (whole_page, new_section, one_section, visual_editor, visual_editor_again)

VALUES = {
    "paragraph": "We met.\n\nThen we met again.",
    "list": "* Travel: two visas\n* Training\n** for three",
    "link": "[[Talk:Main Page|Our notes]] and [https://example.org a page]",
    "pipe": "either{{!}}or",
    "equals sign": "2 + 2 = 4",
    "template": "see {{Tl|x|y=z}}",
    "bold": "'''Done''' & \"dusted\" <small>so far</small>",
    "other script": "اجتمعنا مرتين",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_every_way_of_saving_says_the_same(
    throwaway: ThrowawayWiki, way: Callable[[ThrowawayWiki, dict[str, str]], None], value: str
) -> None:
    """A section that is saved by any of the wiki's editors gives the same update."""
    throwaway.edit(UPDATES, OLD, "Ada")
    way(throwaway, {"progress": value, "needs": "* Travel", "lang": "fr"})
    found = alphas_update(throwaway, NOW)
    assert (found.state, found.lang, found.problems) == (State.FILED, "fr", ())
    assert found.fields == {"progress": value.replace("{{!}}", "|"), "needs": "* Travel"}
    assert found.source
    assert (found.source.user, found.source.page.text) == ("Ada", UPDATES)
    assert "What we did before." in (throwaway.text(UPDATES) or "")


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_told_whichever_way_it_comes(
    throwaway: ThrowawayWiki, way: Callable[[ThrowawayWiki, dict[str, str]], None]
) -> None:
    """A table cuts its field off; the field is named, and the rest of the update is read."""
    throwaway.edit(UPDATES, OLD, "Ada")
    way(throwaway, {"lang": "fr", "needs": "* Travel", "progress": "We met.\n{|\n| a\n|}"})
    found = alphas_update(throwaway, NOW)
    assert found.state is State.FILED
    told = [(problem.key, *problem.words) for problem in found.problems]
    if "{{!}}" not in (throwaway.text(UPDATES) or ""):
        assert told == [("update-table-field", "topic-progress")]
        assert found.fields == {"progress": "We met.", "needs": "* Travel"}


def test_on_the_agenda(throwaway: ThrowawayWiki) -> None:
    """Each quoted statement has its source and “correct this”; problems name the field in the reader's language."""
    throwaway.edit(UPDATES, OLD, "Ada")
    fields = {"progress": "We met.", "needs": "* Travel: visas\n* Training", "questions": "Who?|Why?", "lang": "en"}
    first = throwaway.edit(UPDATES, f"{OLD}\n== 2026-12-10 ==\n{update(**fields)}", "Ada")
    later = update(progress="Réunis.", needs="* Voyage", lang="fr") + update(practices="Tea.\n{|\n|a\n|}", lang="en")
    second = throwaway.edit(UPDATES, later, "Ada", section="new", sectiontitle="10 December 2026")
    Session(bot(throwaway)).run()
    text = throwaway.text(AGENDA) or ""
    shown = html.unescape(throwaway.parse(text, AGENDA, "fr")).replace("\xa0", " ")
    assert "scribunto-error" not in shown
    assert "Un tableau coupe le champ « <bdi>Bonnes pratiques</bdi> »" in shown
    assert 'lang="fr" dir="ltr"' in shown
    assert "Traduction : <bdi>français</bdi>" in shown
    quotes = text.count("{{Steering group/Source|")
    assert quotes == 6
    named = quotes + text.count("{{Steering group/Report|") + text.count("{{Steering group/Problem|")
    assert shown.count("corriger</a>") == named - text.count("|state=missing")
    for revision in (first, second):
        assert f"Special:PermanentLink/{revision}" in shown


def test_closed_and_withdrawn(throwaway: ThrowawayWiki) -> None:
    """What a coordinator takes out of a section after the meeting leaves the closed agenda; strangers take nothing."""
    throwaway.set_clock(moment("12-02T06:00"))
    text = f"{OLD}\n== 2026-12-10 ==\n{update(progress='We met.', questions='Who told you?')}\n"
    throwaway.edit(UPDATES, text + update(progress="Réunis.", lang="fr", meeting="2026-12-10"), "Ada")
    throwaway.set_clock(moment("12-10T15:01"))
    Session(bot(throwaway)).run()
    closed = throwaway.text(AGENDA) or ""
    assert all(words in closed for words in ("|state=closed|", "We met.", "Who told you?", "Réunis."))
    throwaway.set_clock(moment("12-11T06:00"))
    throwaway.edit(UPDATES, OLD, "Bo")
    Session(bot(throwaway)).run()
    assert throwaway.text(AGENDA) == closed
    throwaway.set_clock(moment("12-12T06:00"))
    throwaway.edit(UPDATES, text.replace("|questions=Who told you?\n", ""), "Ada")
    Session(bot(throwaway)).run()
    now = throwaway.text(AGENDA) or ""
    assert "We met." in now
    assert "Who told you?" not in now
    assert "Réunis." not in now
