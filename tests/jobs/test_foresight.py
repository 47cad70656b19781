"""What every run asks is asked in one round, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from strategybot.jobs import JOBS
from strategybot.jobs.foresight import foreseen
from strategybot.runner import Runner
from strategybot.wiki.asking import ask, together
from strategybot.wiki.port import History, PageNow, UserNamed
from tests.committee import Committee
from tests.jobs.test_relays import filed, out, posts, relaying


@pytest.mark.parametrize("configuration", [{}, {"relays": {"lists": {"friends": None}}}], ids=["plain", "relays"])
def test_nothing_is_asked_for_nothing(configuration: dict[str, Any]) -> None:
    """All that is foreseen is one round, and the jobs and the status page ask it sooner or later."""
    committee = relaying(**configuration) if configuration else Committee()
    filed(committee.at("12-01T06:00"), to="friends")
    committee.save("Committee/Relays", "What is to be passed on stands below.", "Cora")
    process, before = committee.process, Runner(committee.wiki)
    before.run(foreseen(process, committee.now))
    jobs = Runner(committee.wiki)
    jobs.run(together(job(process, committee.now) for job in JOBS.values()))
    elsewhere = {PageNow(process.status), *(UserNamed(name) for name in process.core_team | process.operators)}
    assert before.rounds == 1
    assert [one for one in before.known if one not in jobs.known and one not in elsewhere] == []


@pytest.mark.parametrize("groups", [2, 60])
def test_a_delivery_takes_few_requests(groups: int) -> None:
    """Beside one for each post, what a relay takes doesn't depend on how many it goes to."""
    names = [f"Group {number}" for number in range(groups)]
    committee = relaying(groups=names, relays={"cap": 100})
    for name in names:
        committee.save(f"Committee/Working Groups/{name}", "{{Steering group/Working group|coordinators=Ada}}", "Cora")
        committee.save(f"Talk:Committee/Working Groups/{name}", "Hello.", "Ada")
    filed(committee.at("12-01T06:00"))
    committee.at("12-01T06:30").run("relays")
    report = committee.at("12-01T07:00").run("relays")
    assert Counter(posts(report).values()) == {"saved": groups}
    requests = Counter(report.requests)
    assert requests["edit"] == groups + 2
    assert requests["read"] + requests["history"] == 8


def test_the_pages_about_relays_are_written_once() -> None:
    """The run that posts a relay tells of it by one edit of each page, and the next has nothing to add."""
    committee = out(relaying())
    titles = [title for title in committee.wiki.texts() if title.text.startswith("Committee/Relays/Status")]
    histories = (committee.ask(ask(History(title))) for title in titles)
    assert [len(history) for history in histories] == [2, 2]
    assert committee.at("12-01T08:00").run("relays").requests["edit"] == 0
