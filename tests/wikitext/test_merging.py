"""Merging what people changed on a generated page into its next text."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.chronicle import Chronicle, own_words
from benchmarks.lives import Record
from strategybot.wikitext.merging import Clash, Merged, merge, removed_from
from tests.lengths import NIGHTLY

SEQUENCES = 10_000 if NIGHTLY else 250

BASE = """{{Head|planned=5}}

== {{Heading|item-reports|id=reports|minutes=20}} ==
=== Alpha ===
{{Report|group=Alpha|state=filed|user=Ada}}
<div lang="en" dir="ltr">
We metted twice. The draft is ready. Nobody complained so far.

The second paragraph is here.
</div>

=== Beta ===
{{Report|group=Beta|state=missing}}

== {{Heading|topic-needs|id=needs|minutes=5}} ==
* travel for two people
* visa letters soon
{{Foot}}"""

MERGES: dict[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]] = {
    "different words of a sentence": (
        (("The draft is ready", "The final draft is ready"),),
        (("ready. Nobody", "ready now. Nobody"),),
        ("The final draft is ready now. Nobody",),
        (),
    ),
    "different sentences": (
        (("We metted twice.", "We metted three times."),),
        (("Nobody complained", "Few people complained"),),
        ("We metted three times. The draft is ready. Few people complained so far.",),
        (),
    ),
    "a sentence added by each": (
        (("is ready.", "is ready. It is long."),),
        (("so far.", "so far. Not even Chi."),),
        ("ready. It is long. Nobody complained so far. Not even Chi.",),
        (),
    ),
    "both in one place": (
        (("so far.", "so far. Says the bot."),),
        (("so far.", "so far. Says a person."),),
        ("so far. Says a person. Says the bot.",),
        (),
    ),
    "a list item added by each": (
        (("* visa", "* training\n* visa"),),
        (("soon", "soon\n* a room"),),
        ("* training\n* visa letters soon\n* a room\n",),
        (),
    ),
    "an item removed, another changed": (
        (("visa letters soon", "visa letters very soon"),),
        (("* travel for two people\n", ""),),
        ("minutes=5}} ==\n* visa letters very soon",),
        ("travel",),
    ),
    "an item removed that the bot changes": (
        (("travel for two people", "travel for two more people"),),
        (("* travel for two people\n", ""),),
        ("* visa",),
        ("travel",),
    ),
    "an item moved that the bot changes": (
        (("travel for two people", "travel for two more people"),),
        (("* travel for two people\n", ""), ("soon", "soon\n* travel for two people")),
        ("soon\n* travel for two more people\n{{Foot",),
        (),
    ),
    "a section moved that the bot changes": (
        (("group=Beta|state=missing", "group=Beta|state=filed"),),
        (
            ("=== Beta ===\n{{Report|group=Beta|state=missing}}\n\n", ""),
            ("=== Alpha ===", "=== Beta ===\n{{Report|group=Beta|state=missing}}\n\n=== Alpha ==="),
        ),
        ("=== Beta ===\n{{Report|group=Beta|state=filed}}\n\n=== Alpha ===",),
        (),
    ),
    "a heading renamed, its section changed": (
        (("group=Beta|state=missing", "group=Beta|state=filed"),),
        (("=== Beta ===", "=== Beta group ==="),),
        ("=== Beta group ===\n{{Report|group=Beta|state=filed}}",),
        ("=== Beta ===",),
    ),
    "a field of a heading": (
        (("id=needs|minutes=5", "id=needs|minutes=4"),),
        (("id=reports|minutes=20", "id=reports|minutes=25"),),
        ("minutes=4", "minutes=25"),
        (),
    ),
    "what the bot takes away, with a note below": (
        (("* travel for two people\n", ""),),
        (("people\n", "people\n* seen by Chi\n"),),
        ("* seen by Chi\n* visa",),
        ("travel",),
    ),
    "around the page": (
        (("planned=5", "planned=6"),),
        (("{{Head|", "{{Top}}\n{{Head|"), ("{{Foot}}", "{{Foot}}\n[[Category:X]]")),
        ("{{Top}}\n{{Head|planned=6}}", "{{Foot}}\n[[Category:X]]"),
        (),
    ),
    "the same change": (
        (("metted", "met"),),
        (("metted", "met"),),
        ("We met twice.",),
        ("metted",),
    ),
    "a heading put above an element": (
        (("We metted twice. The draft is ready.", "All of it is new, from the first word on to the last."),),
        (
            ('<div lang="en" dir="ltr">\nWe', '== Ours ==\nWords of ours.\n\n<div lang="en" dir="ltr">\nWe'),
            ("paragraph is here", "paragraph stands here"),
        ),
        (
            "== Ours ==\nWords of ours.\n\n<div",
            ">\nAll of it is new, from the first",
            "The second paragraph stands here.",
        ),
        ("metted",),
    ),
    "a line without an end above what goes on": (
        (
            ("Nobody complained so far.\n\nThe second", "Nobody complained so far. The second"),
            ("is here.", "is here. So."),
        ),
        (
            ("We metted twice. The draft is ready. Nobody complained so far.\n\n", "Words of ours\n\n"),
            ("* visa", "* our visa"),
        ),
        ("Words of ours\n", "\nThe second paragraph is here. So.\n", "* our visa"),
        ("metted",),
    ),
    "other scripts": (
        (("The draft is ready.", "المسودة جاهزة الآن. 草稿已完成。没有人反对。"),),
        (("We metted", "Мы all metted"),),
        ("Мы all metted twice. المسودة جاهزة الآن. 草稿已完成。没有人反对。 Nobody",),
        (),
    ),
}


@pytest.mark.parametrize("name", MERGES)
def test_both_changes_are_there(name: str) -> None:
    """What each side changed alone is in the result, without a clash, and merging it again changes nothing."""
    changed_by_bot, changed_by_people, there, gone = MERGES[name]
    ours, theirs = _changed(BASE, changed_by_bot), _changed(BASE, changed_by_people)
    merged = merge(BASE, ours, theirs)
    assert all(words in merged.text for words in there), merged.text
    assert not any(words in merged.text for words in gone), merged.text
    assert merged.clashes == ()
    assert merge(BASE, ours, merged.text).text == merged.text


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_peoples_words_stay() -> None:
    """Where both changed the same words people's stay, and the clash names section and words."""
    ours, theirs = BASE.replace("for two people", "for six people"), BASE.replace("for two people", "for ten people")
    clash = Clash("{{Heading|topic-needs|id=needs|minutes=5}}", "ten", gone=False)
    assert merge(BASE, ours, theirs) == Merged(theirs, (clash,))


def test_words_go_with_their_unit() -> None:
    """What the bot takes away goes, and the clash names what people had changed in it."""
    ours, theirs = BASE.replace("* travel for two people\n", ""), BASE.replace("two people", "two nice people")
    clash = Clash("{{Heading|topic-needs|id=needs|minutes=5}}", "nice", gone=True)
    assert merge(BASE, ours, theirs) == Merged(ours, (clash,))


def test_each_puts_one_behind_the_other() -> None:
    """Where both sides move the same things against each other nothing is lost."""
    base = "== A ==\n\none red fish\n\ntwo blue fishes\n\nthree green fishes"
    ours = "== A ==\n\ntwo blue fishes\n\none red fish\n\nthree green fishes"
    theirs = "== A ==\n\nthree green fishes\n\ntwo blue fishes\n\none red fish"
    merged = merge(base, ours, theirs).text
    assert sorted(merged.split()) == sorted(base.split())


def test_what_people_removed_before() -> None:
    """A sentence that people have removed before isn't brought back, in whatever element it comes."""
    theirs = BASE.replace(" The draft is ready.", "")
    removed = removed_from(BASE, theirs)
    assert removed == {"The draft is ready."}
    assert merge(theirs, BASE, theirs, removed).text == theirs


def test_an_element_of_which_little_is_left() -> None:
    """What the bot changes in an element comes, however much of it people have removed."""
    many = [
        f"The {word} was {word}ed by some of us in May." for word in ("plan", "form", "list", "text", "page", "fund")
    ]
    base = BASE.replace("The second paragraph is here.", " ".join(many))
    theirs = base.replace("\n\n" + " ".join(many), "").replace(" The draft is ready. Nobody complained so far.", "")
    merged = merge(base, base.replace("metted twice", "met often"), theirs)
    assert merged == Merged(theirs.replace("metted twice", "met often"))


def test_an_element_that_people_removed() -> None:
    """It stays away also when the bot changes something in it, but not when all in it is new."""
    start, end = BASE.index("<div"), BASE.index("\n=== Beta")
    theirs = BASE[:start] + BASE[end:]
    assert merge(BASE, BASE.replace("The draft", "The final draft"), theirs) == Merged(theirs)
    anew = '<div lang="en" dir="ltr">\nWe begin again, with other people.\n</div>\n'
    assert anew in merge(BASE, BASE[:start] + anew + BASE[end:], theirs).text


def test_a_heading_put_above_a_sentence() -> None:
    """Below a heading that people put in the bot's words are known again, and go when the bot takes them away."""
    theirs = BASE.replace("* visa letters soon", "=== Letters ===\n* visa letters very soon indeed")
    merged = merge(BASE, BASE.replace("* visa letters soon\n", ""), theirs)
    assert merged.clashes == (Clash("Letters", "very indeed", gone=True),)
    assert "visa" not in merged.text


def item(words: str, group: str) -> str:
    """A group's statement in a list, with where it comes from."""
    page = f"Committee/Working Groups/{group}/Updates/2026-12-10"
    source = f"{{{{Steering group/Source|group={group}|user=Ada|time=2026-12-01T00:00Z|revision=9|page={page}}}}}"
    return f'* <span lang="en" dir="ltr" style="overflow-wrap: anywhere;">{words}</span> {source}\n'


@pytest.mark.parametrize("section", ["", "\n=== training ===\n"])
def test_statements_of_two_groups(section: str) -> None:
    """Nobody's words come under another group's name, or into another statement: markup makes nothing alike."""
    base = f"== needs ==\n=== travel ===\n{item('two visas for the team', 'Alpha')}\n== questions =="
    anew = item("courses on maps", "Alpha").replace("revision=9", "revision=12")
    for other in (item("one bus", "Beta"), anew):
        ours = f"== needs ==\n=== travel ===\n{section}{other}\n== questions =="
        merged = merge(base, ours, base.replace("two visas", "two nice visas"))
        assert merged == Merged(ours, (Clash("travel", "nice", gone=True),))


def test_a_short_statement_reworded() -> None:
    """What says where it comes from is known again, however people reword it, and goes when the bot takes it away."""
    before, after = item("Travell: 2 visa", "Alpha"), item("Travel: two visas", "Alpha")
    base = f"== needs ==\n{before}{item('one bus', 'Beta')}\n== questions =="
    ours = base.replace(before, "")
    assert merge(base, ours, base.replace(before, after)) == Merged(
        ours, (Clash("needs", "Travel two visas", gone=True),)
    )


def test_no_spaces_between_words() -> None:
    """Where a script has no spaces, two changes of one sentence both stay as well."""
    base, ours, theirs = "草稿已完成。没有人反对。", "终稿已完成。没有人反对。", "草稿已写好。没有一个人反对。"
    assert merge(base, ours, theirs) == Merged("终稿已写好。没有一个人反对。")


@pytest.mark.parametrize("text", ["", "x", "\n\n\nx\n\n", "<div>\nunclosed", "</div>", "= =", "<div>\n</div>\n</div>"])
def test_odd_texts(text: str) -> None:
    """No text is too odd, and what nobody else changed is to the letter as one side left it."""
    assert merge(BASE, text, BASE) == Merged(text)
    assert merge(BASE, BASE, text) == Merged(text)
    assert merge(text, text, BASE) == Merged(BASE)
    assert "{{Foot}}" in merge(text, BASE, f"{text}\nMine and mine alone.").text


@settings(max_examples=SEQUENCES, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**63))
def test_a_pages_life(seed: int) -> None:
    """Over a sequence of renders and edits no word of people's is lost and none of the bot's changes is missed.

    What people removed stays away, and merging again changes nothing.
    """
    random = Random(seed)  # noqa: S311  # no secret
    chronicle, record = Chronicle(random), Record()
    own = page = chronicle.render()
    removed: frozenset[str] = frozenset()
    for _ in range(6):
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            before, page = page, chronicle.edit(page)
            removed = (removed | removed_from(before, page)) - removed_from(page, before)
            record.edited(before, page)
        for _ in range(random.choice((0, 1, 2))):
            chronicle.file()
        new = chronicle.render()
        merged = merge(own, new, page, removed)
        assert merge(new, new, merged.text).text == merged.text
        _look(record, chronicle, new, merged)
        own, page = new, merged.text
    assert (record.lost, record.missed) == (set(), set())


def _look(record: Record, chronicle: Chronicle, new: str, merged: Merged) -> None:
    gone = own_words(" ".join(clash.words for clash in merged.clashes if clash.gone))
    record.gone |= gone - own_words(merged.text)
    clashes = any(not clash.gone for clash in merged.clashes)
    record.looked_at(merged.text, own_words(new, "b"), chronicle.kin, clashes)


def test_tally(tally: Callable[[str, int], None]) -> None:
    """How many lives of pages were tried stands at the end of the run."""
    tally("lives of pages merged", SEQUENCES)
