"""Pages that ask bots to stay away."""

from __future__ import annotations

import pytest

from strategybot.wikitext.exclusion import excludes


@pytest.mark.parametrize(
    "template",
    [
        "{{nobots}}",
        "{{Nobots}}",
        "{{NoBots}}",
        "{{NOBOTS}}",
        "{{nobots|OtherBot}}",
        "{{nobots|StrategyBot}}",
        "{{bots|deny=all}}",
        "{{bots|deny=StrategyBot}}",
        "{{bots|deny=OtherBot, strategybot}}",
        "{{Bots|Deny=All}}",
        "{{bots|allow=none}}",
        "{{bots|allow=OtherBot}}",
        "{{bots|deny=all|allow=StrategyBot}}",
        "{{bots|deny=strategyBot}}",
    ],
)
def test_a_page_is_left_alone_where_one_reading_says_so(template: str) -> None:
    """pywikibot's, AutoWikiBrowser's and the template's own reading; the answer is the template as written."""
    assert excludes(f"words\n{template}\nwords", "StrategyBot") == template


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words about bots",
        "{{bots}}",
        "{{bots|deny=OtherBot}}",
        "{{bots|allow=all}}",
        "{{bots|allow=StrategyBot}}",
        "{{bots|deny=none}}",
        "<nowiki>{{nobots}}</nowiki>",
        "<!-- {{nobots}} -->",
        "{{nobots|allow=StrategyBot}}",
        "{{robots}}",
        "{{bots|allow=OtherBot,strategybot}}",
    ],
)
def test_other_pages_are_open(text: str) -> None:
    """No template, one for others, or one that names the bot among those allowed."""
    assert excludes(text, "StrategyBot") == ""
