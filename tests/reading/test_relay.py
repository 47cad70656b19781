"""Relays as people file them: what each form means, and what is said of those that can't go out."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.reading.relay import (
    FIELDS,
    Filed,
    Understood,
    flaws_of_version,
    language_of,
    read_relays,
    sender_of,
    status_of,
    understood,
)
from strategybot.wikitext.balance import unbalanced
from strategybot.wikitext.calls import calls
from strategybot.writing.texts import words
from tests.committee import Committee, moment
from tests.conftest import Tally
from tests.hostile import HOSTILE

TEMPLATE = "Steering group/Relay"
GROUPS = ["Alpha", "Product & Technology", "Roles & Responsibilities", "Research, Evaluation and Learning"]
LISTS = {"affiliates": None, "Friends": "F"}
PROCESS = Committee(groups=GROUPS, languages=["en", "fr"], relays={"lists": LISTS}).process
BROUGHT = moment("12-01T12:00")

SOUND = {"id": "Survey", "from": "core team", "to": "all groups", "subject": "A survey", "text": "Please answer."}


def relay(**fields: str) -> str:
    """A call with these fields (`from_`, `reply_by`), and those of a sound one where they aren't given."""
    return call(SOUND | {name.rstrip("_").replace("_", " "): value for name, value in fields.items()})


def call(given: dict[str, str]) -> str:
    return f"{{{{{TEMPLATE}\n" + "".join(f"| {name} = {value}\n" for name, value in given.items()) + "}}"


def told(text: str) -> str:
    """What the first relay of a text means, on a line, or the keys and words of what is wrong with it."""
    meaning = understood(read_relays(text, TEMPLATE)[0], PROCESS, BROUGHT)
    if not isinstance(meaning, Understood):
        return ", ".join(" ".join([flaw.key.removeprefix("relay-"), *flaw.words]) for flaw in meaning)
    parties = [one.name or one.side.value for one in (meaning.sender, *meaning.audience)]
    return f"{parties[0]} > {'; '.join(parties[1:])} {meaning.kind.value} {meaning.reply_by or '-'} {meaning.lang}"


def flawed(key: str, *words: str) -> str:
    return " ".join([key, *words])


FIELD = "relay-field-text"
MEANT: list[tuple[dict[str, str], str]] = [
    # --- From whom
    ({}, "core team > all groups information - en"),
    ({"from_": "Core Team"}, "core team > all groups information - en"),
    ({"from_": "the core team."}, "core team > all groups information - en"),
    ({"from_": "'''core team'''"}, "core team > all groups information - en"),
    ({"from_": "équipe centrale"}, "core team > all groups information - en"),
    ({"from_": "L’ÉQUIPE CENTRALE"}, "core team > all groups information - en"),
    ({"from_": "l'équipe centrale"}, "core team > all groups information - en"),
    ({"from_": "Steering Group"}, "steering group > all groups information - en"),
    ({"from_": "comité de pilotage"}, "steering group > all groups information - en"),
    ({"from_": "alpha"}, "Alpha > all groups information - en"),
    ({"from_": "the Alpha working group"}, "Alpha > all groups information - en"),
    ({"from_": "groupe de travail Alpha"}, "Alpha > all groups information - en"),
    ({"from_": "Product and Technology"}, "Product & Technology > all groups information - en"),
    ({"from_": "Product &amp; technology"}, "Product & Technology > all groups information - en"),
    ({"from_": "[[Committee/Working Groups/Alpha|Alpha]]"}, "Alpha > all groups information - en"),
    ({"from_": "[[Committee/Working Groups/Alpha]]"}, "Alpha > all groups information - en"),
    ({"from_": "Kernteam"}, "odd-sender Kernteam"),  # not one of the process's languages
    ({"from_": ""}, "no-sender"),
    ({"from_": "Gamma"}, "odd-sender Gamma"),
    ({"from_": "Alpha, core team"}, "odd-sender Alpha, core team"),
    ({"from_": "all groups"}, "odd-sender all groups"),
    ({"from_": "affiliates"}, "odd-sender affiliates"),
    ({"from_": "{{core team}}"}, "odd-sender {{core team}}"),
    ({"from_": "core team {{!}} Alpha"}, "odd-sender core team | Alpha"),
    # --- For whom
    ({"to": "Alpha"}, "core team > Alpha information - en"),
    ({"to": "Alpha, Product & Technology"}, "core team > Alpha; Product & Technology information - en"),
    ({"to": "* Alpha\n* Roles and Responsibilities"}, "core team > Alpha; Roles & Responsibilities information - en"),
    ({"to": "Alpha and affiliates"}, "core team > Alpha; affiliates information - en"),
    ({"to": "Alpha et les affiliés"}, "core team > Alpha; affiliates information - en"),
    ({"to": "Alpha; all coordinators."}, "core team > Alpha; all coordinators information - en"),
    ({"to": "Alpha, alpha, the Alpha group"}, "core team > Alpha information - en"),
    (
        {"to": "Research, Evaluation & Learning, Alpha"},
        "core team > Research, Evaluation and Learning; Alpha information - en",
    ),
    ({"to": "coordinateurs et coordinatrices"}, "core team > all coordinators information - en"),
    ({"to": "tous les groupes"}, "core team > all groups information - en"),
    ({"to": "core team", "from_": "Alpha"}, "Alpha > core team information - en"),
    ({"to": "friends"}, "core team > Friends information - en"),
    ({"to": "stakeholders"}, "core team > affiliates; Friends information - en"),
    ({"to": ""}, "no-audience"),
    ({"to": "Alpha, Gamma"}, "odd-audience Gamma"),
    ({"to": "Research, Alpha"}, "odd-audience Research"),
    ({"to": "steering group"}, "odd-audience steering group"),
    ({"to": "foundation"}, "odd-audience foundation"),  # no list here
    ({"to": "User talk:Mallory"}, "odd-audience User talk:Mallory"),
    # --- Kind
    ({"kind": "request"}, "core team > all groups request - en"),
    ({"kind": "Demande"}, "core team > all groups request - en"),
    ({"kind": "for information"}, "core team > all groups information - en"),
    ({"kind": "consignes"}, "core team > all groups instruction - en"),
    ({"kind": "feedback"}, "core team > all groups feedback - en"),
    ({"kind": "order"}, "odd-kind order"),
    # --- Reply by
    ({"reply_by": "2026-12-17"}, "core team > all groups information 2026-12-17 en"),
    ({"reply_by": "Thursday, 17 December 2026, noon"}, "core team > all groups information 2026-12-17 en"),
    ({"reply_by": "17 décembre 2026"}, "core team > all groups information 2026-12-17 en"),
    ({"reply_by": "1er décembre 2026"}, "core team > all groups information 2026-12-01 en"),
    ({"reply_by": "2026-11-30"}, "past 2026-11-30"),
    ({"reply_by": "10/12/2026"}, "dates 10/12/2026 2026-12-10 2026-10-12"),
    ({"reply_by": "2026-12-10 or 2026-12-17"}, "dates 2026-12-10 or 2026-12-17 2026-12-10 2026-12-17"),
    ({"reply_by": "next week"}, "odd-date next week"),
    ({"reply_by": "2026-02-30"}, "odd-date 2026-02-30"),
    # --- Id and language
    ({"id": "Travel to Lyon-2"}, "core team > all groups information - en"),
    ({"id": "سؤال"}, "core team > all groups information - en"),
    ({"id": ""}, "no-id relay-field-id"),
    ({"id": "a/b"}, "odd-id a/b"),
    ({"id": "a#b"}, "odd-id a#b"),
    ({"id": "a{{!}}b"}, "odd-id a|b"),
    ({"id": "[[x]]"}, "odd-id [[x]]"),
    ({"id": ".."}, "odd-id .."),
    ({"id": "2026"}, "odd-id 2026"),
    ({"id": "x\u200ey"}, "odd-id x\u200ey"),
    ({"id": "x" * 60}, "core team > all groups information - en"),
    ({"id": "x" * 61}, f"odd-id {'x' * 61}"),
    ({"lang": "FR"}, "core team > all groups information - fr"),
    ({"lang": "pt-br"}, "core team > all groups information - pt-br"),
    ({"lang": "French"}, "odd-language french"),
    # --- Subject and text
    ({"subject": ""}, "no-subject"),
    ({"subject": "two\nlines"}, "long-subject 150"),
    ({"subject": "x" * 151}, "long-subject 150"),
    ({"subject": "{{PAGENAME}}"}, "template relay-field-subject"),
    ({"subject": "A [[link]] and '''bold'''"}, "core team > all groups information - en"),
    ({"text": ""}, "no-text"),
    ({"text": "a{{!}}b{{=}}c = d [[x|y]] https://x.example/?a=b <br> ''x"}, "core team > all groups information - en"),
    ({"text": "* a\n* b\n\n<u>c</u> <nowiki>{{x}} [[ ~~~~</nowiki>"}, "core team > all groups information - en"),
    ({"text": "{{subst:x}}"}, f"template {FIELD}"),
    ({"text": "a {{u|Ada}} b"}, f"template {FIELD}"),
    ({"text": "{{{1|}}}"}, f"template {FIELD}"),
    ({"text": "{<!-- -->{x}<!-- -->}"}, f"template {FIELD}"),
    ({"text": "[[ open"}, "unclosed"),
    ({"text": "{{ open"}, "unclosed"),
    ({"text": "no link ]]"}, f"markup {FIELD} ]]"),
    ({"text": "<div>a"}, f"markup {FIELD} <div>"),
    ({"text": "a</div>"}, f"markup {FIELD} </div>"),
    ({"text": "<b><i>a</b></i>"}, f"markup {FIELD} </b>"),
    ({"text": "<SPAN class=x>a</span >"}, "core team > all groups information - en"),
    ({"text": "<nowiki>a"}, f"markup {FIELD} <nowiki>"),
    ({"text": "<ref>a"}, f"markup {FIELD} <ref>"),
    ({"text": "<!-<!-- -->- a"}, f"markup {FIELD} <!-- a"),
    ({"text": "a <div class"}, f"markup {FIELD} <div class"),
    ({"text": "{|\n| a\n|}"}, "table"),
    ({"text": "{{{!}}\n{{!}} a\n{{!}}}"}, "table"),
    ({"text": "{{{!}}\n{{!}} a"}, f"markup {FIELD} {{|, table"),
    ({"text": "<table><tr><td>a</td></tr></table>"}, "table"),
    ({"text": "a\n== b ==\nc"}, "heading"),
    ({"text": "a\n=== b ===\nc"}, "heading"),
    ({"text": "<h2>a</h2>"}, "heading"),
    ({"text": "a = b\n1 + 1 = 2 ="}, "core team > all groups information - en"),
    ({"text": "~~~~"}, f"signature {FIELD}"),
    # --- Fields
    ({"note": "x"}, "odd-field note"),
    ({"note": ""}, "core team > all groups information - en"),
    ({"text": "a | b"}, "cut"),
    ({"text": "a | text = b"}, f"doubled-field {FIELD}"),
    ({"text": " | text = b"}, "core team > all groups information - en"),
    ({"from_": "", "to": "x", "text": "", "reply_by": "y"}, "no-text, no-sender, odd-audience x, odd-date y"),
]


@pytest.mark.parametrize(("fields", "meaning"), MEANT, ids=[str(fields)[:60] for fields, _ in MEANT])
def test_what_a_relay_means(fields: dict[str, str], meaning: str, tally: Tally) -> None:
    """Each form comes to what it says, or to sentences that name what is to be mended."""
    assert told(relay(**fields)) == meaning
    tally("forms of relays", 1)


def test_every_flaw_has_its_sentence() -> None:
    """What is wrong in any of the forms above is said in words, with as many words as the sentence has places."""
    for fields, _ in MEANT:
        meaning = understood(read_relays(relay(**fields), TEMPLATE)[0], PROCESS, BROUGHT)
        for flaw in () if isinstance(meaning, Understood) else meaning:
            text = words("en")[f"problem-{flaw.key}"]
            assert f"${len(flaw.words)}" in text or not flaw.words
            assert f"${len(flaw.words) + 1}" not in text


# --- Pages


def test_relays_of_a_page() -> None:
    """Each is known by its words, stands under its heading, and gets its page's name where it has none."""
    text = (
        f"{relay(id='')}\n== One ==\n<nowiki>{relay()}</nowiki>\n<!-- {relay()} -->\n=== Two ===\n{relay(id='two_b')}\n"
    )
    found = read_relays(text, TEMPLATE, "Travel")
    assert [(one.id, one.section) for one in found] == [("Travel", ""), ("two b", "Two")]
    assert found[0].words[1:] == found[1].words[1:]
    assert read_relays(text.replace("Steering group", "template:steering_group"), TEMPLATE, "Travel") == found


def test_signs_that_no_page_gives_back_are_no_part_of_a_name() -> None:
    """What turns the direction of what follows is left out, and signs that are one are written as one."""
    (filed,) = read_relays(relay(id="x\u202ey\x01 e\u0301"), TEMPLATE)
    assert filed.id == "xy é"


def test_words_are_all_that_goes_out() -> None:
    """Another word, or one that is cut off, is another relay; approval and status are things of their own."""
    (sound,) = read_relays(relay(), TEMPLATE)
    for fields in (*({name: f"{SOUND[name]}x"} for name in SOUND), {"lang": "fr"}, {"kind": "x"}, {"reply by": "x"}):
        (other,) = read_relays(call(SOUND | fields), TEMPLATE)
        assert other.words != sound.words, fields
    (cut,) = read_relays(relay(text="Please answer. | and don’t"), TEMPLATE)
    assert (cut.text, cut.words == sound.words) == (sound.text, False)
    (approved,) = read_relays(relay(approved_by="Cora", status="closed"), TEMPLATE)
    assert approved.words == sound.words
    assert approved != sound


def test_a_version_in_another_language() -> None:
    """It has words alone."""
    text = relay() + f"{{{{{TEMPLATE}|id=Survey|lang=fr|subject=Une enquête|text=Répondez.}}}}"
    first, french = read_relays(text, TEMPLATE)
    assert flaws_of_version(french) == ()
    assert [language_of(one, PROCESS) for one in (first, french)] == ["en", "fr"]


def test_what_has_no_end_is_told() -> None:
    """Where something in a call isn't closed, nothing of it is a relay; those around it are read."""
    text = f"{relay(id='a')}\n{relay(id='b', text='{{open')}\n"
    found = read_relays(text, TEMPLATE)
    assert [(one.id, one.is_closed) for one in found] == [("a", True), ("b", False)]
    assert flaws_of_version(found[1])[0].key == "relay-unclosed"
    assert read_relays(f"{{{{{TEMPLATE}/preload}}}} {{{{{TEMPLATE}s|x}}}}", TEMPLATE) == ()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("", ""),
        ("withdrawn", "withdrawn"),
        ("Retiré.", "withdrawn"),
        ("CLOSED", "closed"),
        ("clos", "closed"),
        ("x", "?"),
    ],
)
def test_status(typed: str, status: str) -> None:
    """Two words are understood, in the process's languages."""
    (filed,) = read_relays(relay(status=typed), TEMPLATE)
    assert status_of(filed, PROCESS.languages) == status


# --- Whatever is typed


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words(value: str) -> None:
    """What goes out leaves nothing open: a call that follows it is one, and no call stands in it."""
    for name in FIELDS:
        for filed in read_relays(call(SOUND | {name: value}), TEMPLATE):
            meaning = understood(filed, PROCESS, BROUGHT)
            sender_of(filed, PROCESS)
            status_of(filed, PROCESS.languages)
            if isinstance(meaning, Understood):
                after = f"{filed.subject}\n{filed.text}\n{{{{Next|x}}}}"
                assert [one.text for one in calls(after, "Next")] == ["{{Next|x}}"]
                assert not unbalanced(filed.text)


PIECES = st.sampled_from(
    [
        *"{}[]|=<>!-~'*#:\n ",
        *("{{", "}}", "[[", "]]", "{|", "|}", "<div>", "</div>", "<!--", "-->", "<nowiki>", "</nowiki>"),
        *(f"{{{{{TEMPLATE}", "|id=", "|from=", "|to=", "|text=", "|reply by=", "|approved by=", "|lang="),
        *("core team", "Alpha", ", ", " & ", "2026-12-17"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_reading_never_fails(text: str) -> None:
    """Every page has relays or none, and of each something can be said."""
    for filed in read_relays(text, TEMPLATE, "Name"):
        meaning = understood(filed, PROCESS, BROUGHT)
        assert isinstance(meaning, Understood) or meaning
        assert hash(filed) == hash(Filed(*astuple(filed)))


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}|<>[]=\u200e"), min_size=1)


@given(LETTERS.map(str.strip).filter(bool), LETTERS.map(str.strip).filter(bool))
def test_words_survive_to_the_letter(subject: str, text: str) -> None:
    """What is typed is what is read."""
    (filed,) = read_relays(relay(subject=subject, text=text), TEMPLATE)
    assert (filed.subject, filed.text) == (subject, text)
