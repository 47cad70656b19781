"""Texts on a real MediaWiki: chosen there as here, and kept through an upgrade where people have improved them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from strategybot.config import TOPICS
from strategybot.installation import install_session
from strategybot.jobs import install as installing
from strategybot.model.page import Title
from strategybot.model.wikiside import wiki_sides
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.port import Kind, PageNow
from strategybot.writing.texts import Texts, codes, words
from strategybot.writing.wikiside import texts_on_wiki
from tests.mediawiki.rig import MediaWikiRig, install, installed_wiki

pytestmark = pytest.mark.mediawiki

(SIDE,) = wiki_sides((), "StrategyBot", TOPICS)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with templates and texts on it."""
    with installed_wiki(tmp_path_factory.mktemp("texts")) as wiki:
        rig = MediaWikiRig(wiki)
        install(wiki)
        again = install_session(rig.wiki(), read_folder(share("wikiconfig")))
        assert {done.outcome.kind for done in again.done.values()} == {Kind.UNCHANGED}
        yield rig


def shown(rig: MediaWikiRig, wikitext: str, code: str) -> str:
    """What a reader with that language sees of some wikitext, as text with plain spaces (MediaWiki makes some wide)."""
    parsed = rig.throwaway.call(action="parse", text=wikitext, contentmodel="wikitext", uselang=code, prop="text")
    text: str = parsed["parse"]["text"]
    assert "scribunto-error" not in text
    return html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", text, flags=re.DOTALL)).replace("\xa0", " ")


@pytest.mark.parametrize("code", codes())
def test_plurals(installed: MediaWikiRig, code: str) -> None:
    """The bot and the wiki choose the same form for every number, in every text that has forms."""
    keys = [key for key, text in texts_on_wiki(SIDE, code).items() if "{{PLURAL:" in text]
    assert keys
    numbers = [str(number) for number in range(201)]
    for key in keys:
        lines = [f"{{{{Steering group/Text|{key}|{number}|{number}}}}}" for number in numbers]
        found = shown(installed, "\n\n".join(lines), code)
        assert re.findall(r"\S.*", found) == [
            Texts(code).say(key, number, number).replace("\xa0", " ") for number in numbers
        ], key


@pytest.mark.parametrize(
    ("code", "day", "time"),
    [
        ("ar", "الخميس، 10 ديسمبر 2026", "1 ديسمبر 2026، 15:05 UTC"),
        ("de", "Donnerstag, 10. Dezember 2026", "1. Dezember 2026, 15:05 Uhr UTC"),
        ("en", "Thursday, 10 December 2026", "1 December 2026, 15:05 UTC"),
        ("es", "jueves, 10 de diciembre de 2026", "1 de diciembre de 2026, 15:05 UTC"),
        ("fr", "jeudi 10 décembre 2026", "1er décembre 2026 à 15:05 UTC"),
    ],
)
def test_dates(installed: MediaWikiRig, code: str, day: str, time: str) -> None:
    """Dates read as they are written in each language, with the same digits as the numbers beside them."""
    wikitext = "{{Steering group/Date|2026-12-10|date-long}}\n\n{{Steering group/Date|2026-12-01T15:05Z}}"
    assert re.findall(r"\S.*", shown(installed, wikitext, code)) == [day, time]


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("call", ["Source|group=Alpha", "Report|group=Alpha|state=filed"])
def test_note_beside_a_statement(installed: MediaWikiRig, call: str, code: str) -> None:
    """A statement that somebody has changed here says so beside its source, with a link to the difference."""
    fields = f"{call}|user=Ada|time=2026-12-01T06:00Z|revision=5|page=Alpha/Updates/2026-12-10"
    plain, noted = (
        shown(installed, f"{{{{Steering group/{fields}{note}}}}}", code).strip() for note in ("", "|edited=7")
    )
    words = f"· {Texts(code).say('report-edited')}"
    assert noted == f"{plain} {words}"
    link = installed.throwaway.parse(f"{{{{Steering group/{fields}|edited=7}}}}", uselang=code)
    assert f'href="/wiki/Special:Diff/7" title="Special:Diff/7">{Texts(code).say("report-edited")}</a>' in link


def test_words_of_people_and_names_keep_their_direction(installed: MediaWikiRig) -> None:
    """A line is in its language's direction, and a name in a problem's sentence in its own."""
    wikitext = "{{Steering group/Line|nothing-raised}}{{Steering group/Problem|group-page-missing|Roles (new)}}"
    parsed = installed.throwaway.call(
        action="parse", text=wikitext, contentmodel="wikitext", uselang="ar", prop="text"
    )["parse"]["text"]
    assert f'<div lang="ar" dir="rtl">{words("ar")["nothing-raised"]}</div>' in parsed
    assert "<bdi>Roles (new)</bdi>" in parsed


def test_improved_texts_survive_an_upgrade(installed: MediaWikiRig, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an admin changed on the wiki stays, the other texts are upgraded; a broken page is left alone."""
    title, wiki = Title("Module:Steering group/Text/de.json"), installed.wiki()
    installed.set_clock(datetime(2025, 12, 2, tzinfo=UTC))
    before = texts_on_wiki(SIDE, "de")
    improved = {**before, "source": "Beleg <hier> & jetzt"}
    installed.throwaway.edit(title.text, json.dumps(improved), "Admin")
    newer = {**before, "source": "Fundstelle", "change": "Bearbeitung"}
    monkeypatch.setattr(
        installing, "texts_on_wiki", lambda side, code: newer if code == "de" else texts_on_wiki(side, code)
    )

    def upgrade() -> Kind:
        return install_session(wiki, {}).done["install", title].outcome.kind

    try:
        assert upgrade() is Kind.SAVED
        page = wiki.answer([PageNow(title)])[PageNow(title)]
        assert json.loads(page.text) == {**newer, "source": "Beleg <hier> & jetzt"}
        assert page.revision
        assert "1 text kept" in (page.revision.summary or "")
        assert upgrade() is Kind.UNCHANGED
        newer["change"] = "Änderung"
        assert upgrade() is Kind.SAVED
        assert json.loads(wiki.answer([PageNow(title)])[PageNow(title)].text)["source"] == "Beleg <hier> & jetzt"
        installed.throwaway.edit(title.text, "[]", "Admin")
        assert upgrade() is Kind.EDITED_BY_PERSON
    finally:
        installed.throwaway.edit(title.text, json.dumps(before), "Admin")
