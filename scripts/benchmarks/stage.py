"""A real MediaWiki with a small process on it, whose agenda people and the bot change together."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from strategybot.model.page import Site
from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from throwaway import FLAGLESS_BOT, STRATEGY_BOT, Account, Revision, ThrowawayWiki
from throwaway.accounts import BOT_PASSWORD_ID

GROUPS = tuple(f"Group {number}" for number in range(6))
ROOT = "Strategy/Shared"
AGENDA = f"{ROOT}/Working Groups/Steering Group/Agenda/2026-12-10"
_BEFORE, _NOW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
_ROSTER = "{{Steering group/Working group|coordinators=[[User:Ada]]}}"


def environment(bot: Account) -> dict[str, str]:
    """What tells the adapter how to log in."""
    return {
        "STRATEGYBOT_USER": bot.name,
        "STRATEGYBOT_BOT_PASSWORD": f"{BOT_PASSWORD_ID}@{bot.bot_password}",
        "STRATEGYBOT_CONTACT": "bench@example.org",
    }


class MediaWikiStage:
    """The stage of `lives.py` on a throwaway wiki; `reset()` gives it an agenda that nobody has written yet.

    Each of the wiki's bots could make it; one of them does.
    """

    def __init__(self, wiki: ThrowawayWiki) -> None:
        self.wiki = wiki
        configuration = {
            "name": "Shared",
            "root": ROOT,
            "core_team": ["Cora"],
            "groups": GROUPS,
            "steering_group": {"first_meeting": "2026-12-10T15:00"},
        }
        wiki.set_clock(_BEFORE)
        wiki.save([Revision("User:Cora", "Hello.", "Cora")])
        for bot in (STRATEGY_BOT, FLAGLESS_BOT):
            wiki.save([Revision(f"User:{bot.name}/Shared.json", json.dumps(configuration))])
            wiki.save(Revision(f"User:{bot.name}/Run{job}", "yes") for job in ("", "/agenda"))
        wiki.save(Revision(f"{ROOT}/Working Groups/{group}", _ROSTER, "Cora") for group in GROUPS)
        wiki.set_clock(_NOW)
        wiki.snapshot("set up")
        self._ahead = timedelta()

    def reset(self) -> None:
        """Make everything as it was set up."""
        self.wiki.restore("set up")
        self._ahead = _NOW - datetime.now(UTC)
        self.later()

    def later(self) -> None:
        """Let a minute pass."""
        self._ahead += timedelta(minutes=1)
        self.wiki.set_clock(datetime.now(UTC) + self._ahead)

    def text(self) -> str:
        """The agenda as it stands."""
        return self.wiki.text(AGENDA) or ""

    def revision(self, revid: int) -> str:
        """The text of a revision."""
        answer = self.wiki.call(action="query", prop="revisions", revids=revid, rvprop="content", rvslots="main")
        return str(answer["query"]["pages"][0]["revisions"][0]["slots"]["main"]["content"])

    def edit(self, text: str, user: str) -> None:
        """Somebody saves the agenda."""
        self.wiki.edit(AGENDA, text, user)

    def file(self, group: str, fields: Mapping[str, str]) -> None:
        """A group files its update; without fields it withdraws it."""
        body = "".join(f"|{name}={value}\n" for name, value in fields.items())
        text = f"{{{{Steering group/Update\n{body}}}}}" if fields else ""
        self.wiki.edit(f"{ROOT}/Working Groups/{group}/Updates/2026-12-10", text, "Ada")

    def run(
        self, pause: Callable[[], None] = lambda: None, *, bot: Account = STRATEGY_BOT, dry_run: bool = False
    ) -> Report:
        """The bot makes the agenda; `pause` is called before each edit of it."""

        def paused(_: Site) -> bool:
            pause()
            return True

        connection = MediaWikiWiki(self.wiki.api, environment(bot))
        return Session(connection, pause=paused, dry_run=dry_run).run(["agenda"])
