"""Groups' pages."""

from __future__ import annotations

import pytest

from strategybot.model.roster import Names
from strategybot.reading.roster import read_roster


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
        ("<nowiki>{{Steering group/Working group|coordinators=Ada}}</nowiki>", None),
        ("{{Steering group/Working group|coordinators=Ada<!-- , Bo -->}}", Names(("Ada",))),
    ],
)
def test_a_roster_is_read_from_its_template(text: str, names: Names | None) -> None:
    """Coordinators, members and what names nobody; nothing where the template isn't called."""
    assert read_roster(text, "Steering group/Working group") == names
