"""A group's page: who coordinates the group and who is in it.

{{Steering group/Working group|coordinators={{u|Ada}}, {{u|Bo}}|members=* Chi
* Di}}
"""

from __future__ import annotations

from strategybot.model.roster import Names
from strategybot.wikitext.calls import calls
from strategybot.wikitext.people import people


def read_roster(text: str, template: str) -> Names | None:
    """The names on a group's page, or None where it doesn't call the template. The first call counts."""
    found = calls(text, template)
    if not found:
        return None
    coordinators = people(found[0].fields.get("coordinators", ""))
    members = people(found[0].fields.get("members", ""))
    bare = frozenset(coordinators.accounts) if coordinators.bare else frozenset()
    return Names(coordinators.accounts, members.accounts, coordinators.unresolved + members.unresolved, bare)
