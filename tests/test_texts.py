"""The texts of i18n/ and of the form, as a whole: every language complete, every text sound and of use."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from strategybot.config import FRAME_ITEMS, TOPICS
from strategybot.config.schema import RelaysPart
from strategybot.model.agenda import OTHER
from strategybot.model.chain import Step
from strategybot.model.front_page import TOLD_STEPS
from strategybot.model.relay import Fate, Kind, Side, State
from strategybot.model.wikiside import wiki_sides
from strategybot.reading.items import kind_of_need
from strategybot.wiki.folder import read_folder
from strategybot.writing.languages import plural_rule
from strategybot.writing.texts import codes, need_words, words
from strategybot.writing.wikiside import rendered

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ar", "de", "en", "es", "fr")
NOTES: dict[str, str] = {
    key: note for key, note in json.loads((ROOT / "i18n/qqq.json").read_text("utf-8")).items() if key[0] != "@"
}
WRITTEN = re.compile("form-.*-example")
"""The keys of what stands as an example in a form's field, and is written as in a page."""
LONG = re.compile("form-.*-example|letter-.*")
"""The keys of texts that may have several lines."""
PLURAL = re.compile(r"\{\{PLURAL:\$\d\|([^{}]*)\}\}")
FILES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("templates", "wikiconfig", "src")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".wiki", ".py")
}


def test_the_languages() -> None:
    """Those that the README names."""
    assert codes() == LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_complete(code: str) -> None:
    """Each language has the texts that English has, in its order, and names who wrote them."""
    found = json.loads((ROOT / f"i18n/{code}.json").read_text("utf-8"))
    assert found["@metadata"]["authors"]
    assert list(words(code)) == list(words("en"))
    assert all(text.strip() for text in words(code).values())


def test_every_text_has_its_note() -> None:
    """Whoever translates finds each text explained, and each of its parameters by number."""
    assert set(NOTES) == set(words("en"))
    for key, text in words("en").items():
        explained = set(re.findall(r"^\* (\$\d) - \S", NOTES[key], re.MULTILINE))
        assert set(re.findall(r"\$\d", text)) <= explained, key


def test_notes_name_texts_that_exist() -> None:
    """A note that refers to another text, as translatewiki's `{{msg|…}}` does, refers to one that is there."""
    named = {found for note in NOTES.values() for found in re.findall(r"\{\{msg\|([^{}]*)\}\}", note)}
    assert named - set(words("en")) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_parameters(code: str) -> None:
    """A text has the parameters of the English one, no more and no less."""
    for key, text in words(code).items():
        assert set(re.findall(r"\$\d", text)) == set(re.findall(r"\$\d", words("en")[key])), key


@pytest.mark.parametrize("code", LANGUAGES)
def test_plural_forms(code: str) -> None:
    """A text that has plural forms has as many as the language has for whole numbers, or one for all of them."""
    rule, _ = plural_rule(code)
    wanted = len({rule(number) for number in range(1000)})
    for key, text in words(code).items():
        for forms in PLURAL.findall(text):
            general = [form for form in forms.split("|") if not re.match(r"\d+=", form)]
            assert len(general) in (1, wanted), (key, general)


@pytest.mark.parametrize("code", LANGUAGES)
def test_markup(code: str) -> None:
    """What a text opens it closes, and it has no markup but bold, links and plurals."""
    for key, text in words(code).items():
        plain = PLURAL.sub(lambda found: found[1], text)
        if WRITTEN.fullmatch(key):
            plain = re.sub(r"\[\[User:[^\[\]|]+\]\]", "", plain)
        assert not re.search("[{}]", plain), key
        outside = re.sub(r"\[\[[^\[\]{}|]+\|[^\[\]{}|]+\]\]", "", plain)
        assert not re.search(r"[\[\]]", outside), key
        assert len(re.findall("'''", outside)) % 2 == 0, key
        assert "''" not in outside.replace("'''", ""), key
        assert not re.search(r"[<>~]|__|&#?\w+;", outside), key


@pytest.mark.parametrize("code", LANGUAGES)
def test_signs(code: str) -> None:
    """A text is in the form that MediaWiki keeps (NFC, no white space around it), without invisible signs."""
    for key, text in words(code).items():
        assert text == unicodedata.normalize("NFC", text).strip(), key
        lines = "\n" if LONG.fullmatch(key) else ""
        assert [sign for sign in text if unicodedata.category(sign) in ("Cf", "Cc") and sign not in lines] == [], key


@pytest.mark.parametrize("code", LANGUAGES)
def test_links(code: str) -> None:
    """A link leads where it does in English; a link to a heading of ours is called what the heading is."""
    for key, text in words(code).items():
        targets = re.findall(r"\[\[([^|\]]+)\|", text)
        assert targets == re.findall(r"\[\[([^|\]]+)\|", words("en")[key]), key
        for anchor, label in re.findall(r"\[\[#([a-z-]+)\|([^\]]+)\]\]", text):
            assert label == words(code)[f"item-{anchor}"], key


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_that_stay(code: str) -> None:
    """What has to be typed is the same in all languages; a template and a field are called what they are called."""
    for key, text in words(code).items():
        for word in ("yes", "Working group", "Update"):
            if f"“{word}”" in words("en")[key]:
                assert re.search(rf"[“„«]\s?{word}\s?[“”»]", text), key
    form = template_data("Update")
    assert form["params"]["confirmed by"]["label"][code] in words(code)["report-confirm"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_formats_of_dates(code: str) -> None:
    """Each shows what it is for, by the letters that #time has for it, and all times say that they are UTC."""
    letters = {"date": "jFY", "date-long": "ljFY", "datetime": "jFYHi", "month": "FY", "time": "Hi"}
    for name, wanted in letters.items():
        bare = re.sub(r'"[^"]*"|xN|\\.|[^A-Za-z]', "", words(code)[f"format-{name}"])
        assert sorted(bare) == sorted(wanted), name
    for key in ("agenda-time-range", "agenda-time-start", "format-datetime"):
        assert "UTC" in words(code)[key]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_need_that_names_its_kind(code: str) -> None:
    """A need that begins with the heading of a kind is of that kind."""
    for kind in need_words(code):
        assert kind_of_need(f"{words(code)[f'need-{kind}']}: xyz", need_words(code)) == kind
    example = re.sub(r"^\* ", "", template_data("Update")["params"]["needs"]["example"][code])
    assert kind_of_need(example, need_words(code)) == "travel"


ORDINARY = [
    ("ar", "نحتاج إلى متطوعين"),
    ("ar", "عقدنا اجتماعين ونحتاج إلى وقت"),
    ("de", "Wir brauchen noch Freiwillige"),
    ("en", "Volunteers for the survey"),
    ("es", "Necesitamos más voluntarios"),
    ("fr", "Nous cherchons des volontaires"),
    ("fr", "Volunteers for the survey"),
]


@pytest.mark.parametrize(("code", "need"), ORDINARY)
def test_a_need_of_no_kind(code: str, need: str) -> None:
    """The beginnings of words are long enough not to sort what they don't mean."""
    assert kind_of_need(need, need_words(code)) == "other"


# --- The form ---


PAGES = {
    title.text.removeprefix("Template:Steering group/"): text
    for title, text in rendered(read_folder(ROOT / "wikiconfig"), *wiki_sides((), "StrategyBot", TOPICS)).items()
}
FORMS = sorted(name for name, text in PAGES.items() if "<templatedata>" in text)


def template_data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PAGES[name].split("<templatedata>")[1].split("</templatedata>")[0])
    return found


@pytest.mark.parametrize("name", FORMS)
def test_template_data(name: str) -> None:
    """Labels, descriptions and examples are there in every language, and every field is in the form's order."""
    data = template_data(name)
    assert set(data["description"]) == set(LANGUAGES)
    assert sorted(data["paramOrder"]) == sorted(data["params"])
    for field, told in data["params"].items():
        assert {"label", "description"} <= set(told)
        for part in {"label", "description", "example"} & set(told):
            if isinstance(told[part], str):  # a date is the same in every language
                continue
            assert set(told[part]) == set(LANGUAGES), (field, part)
            assert all(text.strip() for text in told[part].values()), (field, part)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_form_and_the_pages_use_the_same_words(code: str) -> None:
    """A field's label in the form is its heading on the pages."""
    for topic in TOPICS:
        assert template_data("Update")["params"][topic]["label"][code] == words(code)[f"topic-{topic}"]
    labels = template_data("Working group")["params"]
    for field in ("coordinators", "members", "core team contact", "talk page", "status"):
        key = f"group-{field.removesuffix(' page').replace(' ', '-')}"
        assert labels[field]["label"][code] == words(code)[key]


# --- What is used ---


def named() -> Iterator[str]:
    """All keys that templates, modules and code show, those included that they put together of parts."""
    code = "\n".join(text for name, text in FILES.items() if name.endswith(".py"))
    pages = "\n".join(text for name, text in FILES.items() if name.endswith(".wiki"))
    whole = "|".join(sorted(words("en"), key=len, reverse=True))
    yield from re.findall(rf"(?<=\|)(?:{whole})(?=[|}}])", pages)
    yield from re.findall(rf"""(?<=['"])(?:{whole})(?=['"])""", code + pages)
    for kind, key in re.findall(r'parts\.(?:text|line|heading)\("([a-z-]+)", "([a-z-]+)"', pages):
        yield f"{kind}-{key}"
    for name in re.findall(r'"([a-z-]+)"', code):
        yield from (f"problem-{name}", f"problem-stop-{name}", f"doctor-{name}", f"relay-why-{name}")
    yield from (
        f"doctor-{role}-{state}"
        for role in ("core-team", "operator", "coordinator")
        for state in ("unknown", "blocked")
    )
    for entry in re.findall(r"Help/Entry\|([a-z-]+)[|}]", pages):
        yield from (f"help-{entry}", f"help-{entry}-how")
    for style in re.findall(r"style ~= '' and style or '([a-z-]+)'", pages) + re.findall(
        r"\}\}\}\|([a-z-]+)[|}]", pages
    ):
        yield f"format-{style}"


def configured() -> Iterator[str]:
    """All keys that belong to what a configuration may name, or a page may be."""
    for topic in TOPICS:
        yield from (f"topic-{topic}", f"topic-{topic}-help", f"form-{topic}", f"form-{topic}-example")
    for kind in (*need_words("en"), OTHER):
        yield f"need-{kind}"
    for kind in need_words("en"):
        yield f"need-words-{kind}"
    yield from (f"item-{item}" for item in FRAME_ITEMS)
    yield from (
        f"group-status-{state}" for state in template_data("Working group")["params"]["status"]["suggestedvalues"]
    )
    yield from (f"agenda-{state}" for state in ("draft", "closed", "cancelled"))
    yield from (f"dates-{step.value}" for step in TOLD_STEPS)
    yield from (f"step-{step.value}" for step in (Step.CALL, Step.MINUTES, Step.FOLLOW_UP))
    yield from (f"role-{role}" for role in re.findall(r"\|role=([a-z-]+)\}", FILES["templates/agenda.wiki"]))
    yield from of_relays()
    yield from (f"{prefix}milestone-{kind}" for prefix in ("", "summary-") for kind in ("agenda", "minutes", "letter"))


def of_relays() -> Iterator[str]:
    """All keys that belong to what a relay may be, and the words by which people say so."""
    names = (*(kind.value for kind in Kind), *(side.value.replace(" ", "-") for side in Side), *RelaysPart().lists)
    yield from (f"relay-words-{name}" for name in (*names, "and", "withdrawn", "closed"))
    for kind in Kind:
        yield from (f"relay-kind-{kind.value}", f"relay-post-{kind.value}")
    yield from (f"relay-state-{state.value}" for state in State)
    yield from (f"relay-target-{fate.value}" for fate in Fate)


def test_every_text_is_used() -> None:
    """A text that nothing shows is work for translators that nobody reads."""
    assert sorted(set(words("en")) - {*named(), *configured()}) == []


def test_every_text_that_is_named_exists() -> None:
    """Whatever may be shown has its words (what templates and code name besides is asked in test_architecture.py)."""
    lines = {
        key for text in FILES.values() for key in re.findall(r"(?:»|group/)Line\|([a-z-]+)[|}]", text) if key != "key"
    }
    assert sorted({*configured(), *lines} - set(words("en"))) == []
