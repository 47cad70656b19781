"""Groups' pages."""

from __future__ import annotations

import pytest

from strategybot.model.page import Title
from strategybot.model.roster import Names
from strategybot.reading.roster import MOST_PAGES, read_roster, read_subpage
from tests.committee import moment
from tests.conftest import Tally

TEMPLATE = "Steering group/Working group"
PAGE = Title("Committee/Alpha")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A group.", None),
        ("{{Steering group/Working group}}", Names()),
        (
            "{{Steering group/Working group\n| coordinators = {{u|Ada}}, {{u|Bo}}\n| members = * Chi\n* Dee\n}}",
            Names(("Ada", "Bo"), ("Chi", "Dee")),
        ),
        (
            "{{Steering group/Working group|coordinators=<s>{{u|Ada}}</s> {{u|Bo}}|members=dee@x.example}}",
            Names(("Bo",), (), ("Dee@x.example",)),
        ),
        (
            "{{Steering group/Working group|coordinators=Ada}}{{Steering group/Working group|coordinators=Bo}}",
            Names(("Ada",)),
        ),
        ("* [[User:Ada]] – coordinator\n* [[User:Bo]]", Names(("Ada",), ("Bo",))),
        (
            "{{Steering group/Working group|name=Alpha}}\n== Coordinators ==\n* [[User:Ada]]",
            Names(("Ada",)),
        ),
        (
            "{{Steering group/Working group|coordinators=Ada}}\n== Coordinators ==\n* [[User:Zed]]",
            Names(("Ada",)),
        ),
        (
            "{{Steering group/Working group|coordinators=* {{u|Ada}} (until March 2026)\n* {{u|Bo}}|members={{u|Bo}}}}",
            Names(("Ada", "Bo"), until=(("Ada", moment("2026-04-01")),)),
        ),
        ("{{" * 5000 + "Steering group/Working group|coordinators=Ada}}", Names(("Ada",))),
        ("<nowiki>{{Steering group/Working group|coordinators=Ada}}</nowiki>", None),
        ("{{Steering group/Working group|coordinator=Ada|Members=Bo}}", Names(("Ada",), ("Bo",))),
        ("{{Steering group/Working group|Coordinators=Ada|coordinators=Bo}}", Names(("Bo",))),
        ("{{Steering group/Working group|coordinators={{u|Ada}} (left)|members={{u|Bo}}}}", Names((), ("Bo",))),
        ("{{Steering group/Working group|coordinators=Ada<!-- , Bo -->}}", Names(("Ada",))),
    ],
)
def test_a_roster_is_read(text: str, names: Names | None, tally: Tally) -> None:
    """Coordinators, members and what names nobody; without the template, or where it names nobody, as the page says."""
    tally("roster forms", 1)
    assert read_roster(text, TEMPLATE) == names


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("{{participants}}", [("", "Committee/Alpha/Participants")]),
        ("{{/Participants}}", [("", "Committee/Alpha/Participants")]),
        ("{{:Committee/Alpha/Members}}", [("", "Committee/Alpha/Members")]),
        ("{{:Committee/Beta/Participants}}", []),
        ("{{/Header}}", []),
        ("{{/../Beta/Participants}}", []),
        (f"{{{{{TEMPLATE}|coordinators={{{{/Us}}}}}}}}", [("coordinators", "Committee/Alpha/Us")]),
        (f"{{{{{TEMPLATE}|members={{{{participants}}}}}}}}", [("members", "Committee/Alpha/Participants")]),
        ("".join(f"{{{{/Team {number}}}}}" for number in range(9)), None),
    ],
)
def test_subpages_with_rosters(text: str, pages: list[tuple[str, str]] | None, tally: Tally) -> None:
    """A subpage of its own that the page transcludes may hold the roster; outside of the template its name says so."""
    tally("roster forms", 1)
    names = read_roster(text, TEMPLATE, "Alpha", PAGE) or Names()
    assert len(names.pages) == MOST_PAGES if pages is None else list(names.pages) == pages


@pytest.mark.parametrize(
    ("field", "text", "names"),
    [
        ("", "* {{u|Ada}} – coordinator\n* {{u|Bo}}", Names(("Ada",), ("Bo",))),
        ("coordinators", "* {{u|Ada}}\n* {{u|Bo}}", Names(("Ada", "Bo"))),
        ("members", "* {{u|Ada}}\n* {{u|Bo}}", Names((), ("Ada", "Bo"))),
        ("coordinators", "* {{u|Ada}} – coordinator\n* {{u|Bo}}", Names(("Ada",), ("Bo",))),
    ],
)
def test_subpage(field: str, text: str, names: Names) -> None:
    """A roster on its own page says itself who coordinates, or else the field that transcludes it does."""
    assert read_subpage(text, "Alpha", field) == names


def test_until_when() -> None:
    """Somebody whose term ends coordinates until then."""
    names = Names(("Ada", "Bo"), until=(("Ada", moment("2026-04-01")),))
    assert names.coordinates("Ada", moment("2026-03-31T23:59"))
    assert not names.coordinates("Ada", moment("2026-04-01"))
    assert not names.coordinates(None, moment("2026-03-31"))
    assert names.coordinating(moment("2026-04-01")) == ("Bo",)
