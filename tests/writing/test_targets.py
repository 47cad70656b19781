"""What people send by message delivery: nothing that was typed can break the list or act on other wikis."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Kind, Party, Relay, Side, Stage, Target, Version
from strategybot.model.source import Source
from strategybot.reading.targets import Entry, read_list
from strategybot.wikitext.neutral import clean
from strategybot.writing.targets import prepared_list, prepared_text
from tests.committee import Committee, moment
from tests.hostile import HOSTILE

TITLES = st.text(max_size=12) | st.sampled_from(["User talk:Ada", "A''b", "A&amp;B", "A=b", "-{a", "*a", "~~~~", "A|b"])
SITES = st.sampled_from(["", "fr.wikipedia.org", "x}}", "a|b", "localhost:80"])


@given(st.lists(st.tuples(TITLES, SITES), max_size=8))
def test_the_list(chosen: list[tuple[str, str]]) -> None:
    """The list names all that it is for, in order and each once, and is read like that."""
    targets = [Target(Title(name), site=site) for name, site in chosen]
    found = read_list(prepared_list(targets))
    wanted = [
        (title, one.site)
        for one in targets
        if one.asked.legal and (title := Title(clean(one.asked.text))).legal and one.site not in ("x}}", "a|b")
    ]
    assert all(isinstance(one, Entry) for one in found)
    assert [(Title(one.page), one.site) for one in found if isinstance(one, Entry)] == list(dict.fromkeys(wanted))


def relay(text: str) -> Relay:
    when, page = moment("12-01"), Title("Committee/Relays")
    said = Version("ar", "Survey", text, Source(page, 1, "Cora", when))
    sender, to = Party(Side.CORE_TEAM), (Party(Side.STAKEHOLDERS, "affiliates"),)
    return Relay("Survey", page, 1, Stage.VALID, when, sender, to, Kind.REQUEST, None, (said,), when)


@pytest.fixture(scope="module")
def process() -> Process:
    return Committee(relays={}).process


@pytest.mark.parametrize("text", HOSTILE)
def test_the_text(process: Process, text: str) -> None:
    """What stands in a relay acts on no wiki: no template, no signature, no comment is left of it."""
    made = prepared_text(process, relay(text), "https://meta.example/wiki/Relays/Status/A_b")
    assert not any(sign in made for sign in ("{{", "~~~", "<!--"))
    assert made.startswith('<div lang="ar" dir="rtl" class="mw-content-rtl"')
    assert made.endswith("</div>")


def test_the_address(process: Process) -> None:
    """All about it is found by an address, on whatever wiki it is read; in the language of the relay."""
    url = "https://meta.example/wiki/Relays/Status/A_b"
    made = prepared_text(process, relay("Please answer."), url)
    assert url in made
    assert "التصنيف" in made
    said = replace(relay("").original, lang="de")
    german = prepared_text(process, replace(relay(""), versions=(said,)), url)
    assert "in die Kategorie" in german
