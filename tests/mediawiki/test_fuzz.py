"""Made-up wikitext stays in its spot: combinations of what acts on a wiki, rendered by a real MediaWiki.

The suite tries a few hundred, always the same ones; `scripts/test --nightly` tries many more, other ones each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from strategybot.wikitext import neutral
from tests.committee import Committee, roster, update
from tests.conftest import Tally
from tests.hostile import HOSTILE, LOCALISED, MARKUP
from tests.lengths import NIGHTLY
from tests.mediawiki import filed
from tests.mediawiki.rendering import Rendering, rendering

pytestmark = pytest.mark.mediawiki

ON_A_PAGE, ON_AN_AGENDA = 10, 30
PAGES, AGENDAS = (1900, 35) if NIGHTLY else (36, 2)

WORDS = [*HOSTILE.values(), *(value for found in LOCALISED.values() for value in found.values()), *dict(MARKUP)]
PIECES = sorted(
    {piece for word in WORDS if len(word) < 500 for piece in re.findall(r"\w+|\s+|[^\w\s]+|[^\w\s]", word)}
    | {value for value in WORDS if len(value) < 80}
)
"""Words, runs of signs and short values of the tables."""

SIGNS = [
    *("[[", "]]", "{{", "}}", "{|", "|}", "|", "=", "==", "<", ">", "<!--", "-->", "''", "'''", "~~~", "__", "&#"),
    *(";", ":", "#", "*", "-{", "}-", "[", "]", "{", "}", "/", "%", "&", "_", "'", "\n", " ", "\u0338", "\u202e"),
]
PAIRS = [
    *(("[[", "]]"), ("[[x|", "]]"), ("[[:Category:", "]]"), ("[https://x.example ", "]"), ("https://x.example/", " ")),
    *(("{{", "}}"), ("{{{", "}}}"), ("{{u|", "}}"), ("{|\n|", "\n|}"), ("== ", " =="), ("\n* ", "\n"), ("-{", "}-")),
    *(("<nowiki>", "</nowiki>"), ("<!--", "-->"), ("<b>", "</b>"), ("<code>", "</code>"), ("<pre>", "</pre>")),
    *(("<span>", "</span>"), ("<ref>", "</ref>"), ("''", "''"), ("'''", "'''"), ("__", "__"), ("&#", ";")),
]

PIECE = st.one_of(st.sampled_from(SIGNS), st.sampled_from(PIECES), st.characters(codec="utf-8"))
FRAGMENT = st.recursive(
    PIECE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.tuples(st.sampled_from(PAIRS), inner).map(lambda pair: pair[0][0] + pair[1] + pair[0][1]),
    ),
    max_leaves=12,
).filter(neutral.plain)
"""Not what shows nothing: a heading of it has the anchor that another one has, too."""

SETTINGS = settings(
    database=None,
    phases=[Phase.generate],  # whoever mends it takes the value apart by hand
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendering]:
    """A wiki of these tests' own."""
    with rendering(tmp_path_factory.mktemp("fuzz")) as found:
        yield found


def test_made_up_text_stays_in_its_spot(wiki: Rendering, tally: Tally) -> None:
    """Made neutral for each kind of place, it changes nothing around it."""

    @settings(SETTINGS, max_examples=PAGES)
    @given(st.lists(FRAGMENT, min_size=ON_A_PAGE, max_size=ON_A_PAGE))
    def tried(values: list[str]) -> None:
        tally("fuzzed inputs", len(values))
        if wiki.in_frames(values):
            guilty = {value: found for value in values if (found := wiki.in_frames([value]))}
            assert guilty == {}
            raise AssertionError(f"together: {values!r}")

    tried()
    tally("fuzzed inputs that acted", 0)


def test_made_up_updates_stay_in_their_spots(wiki: Rendering, tally: Tally) -> None:
    """Filed as updates, the agenda around them stays as it is, as text and as saved."""
    trusted = filed.trusted_words()

    @settings(SETTINGS, max_examples=AGENDAS)
    @given(st.lists(FRAGMENT, min_size=ON_AN_AGENDA, max_size=ON_AN_AGENDA))
    def tried(values: list[str]) -> None:
        tally("fuzzed inputs", len(values))
        groups = filed.GROUPS[:10]
        committee = Committee(groups=groups).at("12-01")
        for number, group in enumerate(groups):
            fields = dict(zip(filed.TOPICS[number % 4 :], values[number :: len(groups)], strict=False))
            committee.save(filed.page_of(group), roster("Ada"), "Cora")
            committee.save(f"{filed.page_of(group)}/Updates/2026-12-10", update(**fields), "Ada")
        found = wiki.saved(committee.at("12-02"), trusted)
        assert not any(found.values()), (found, values)

    tried()
    tally("fuzzed inputs that acted", 0)
