"""A process of any number of groups whose pages have a realistic size, all of it made up."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from strategybot.config import read_configuration
from strategybot.jobs import jobs_of
from strategybot.model.page import Title
from strategybot.model.process import Process, stop_pages

ROOT = "Strategy/Crowd"
NOW = datetime(2026, 12, 7, 6, tzinfo=UTC)
MEETING = "2026-12-10"
_TEXT = (
    "we met twice and finished the first draft of our document which is open for comments until the end of the month "
    "people speak more freely when they may answer in writing in their own language a shared page with one paragraph "
    "for each idea works well travel training budget survey interviews translation partners schools affiliates"
)


@dataclass(frozen=True)
class Saved:
    """A page that somebody saved."""

    title: Title
    text: str
    user: str
    time: datetime


def people(groups: int) -> list[str]:
    """The accounts of the process beside Admin: the core team and two coordinators for each group."""
    return ["Cora Core", *(f"{name} {number}" for number in range(groups) for name in ("Ada", "Bo"))]


def pages(groups: int) -> list[Saved]:
    """The pages of a process just before its meeting, all updates filed, in the order in which they were saved."""
    chance = random.Random(groups)  # noqa: S311  # the same pages each time
    start = datetime(2026, 11, 13, 9, tzinfo=UTC)
    names = [f"Group {number}" for number in range(groups)]
    page, configuration = Title("User:StrategyBot/Crowd.json"), _configuration(names)
    process = read_configuration(configuration, page, "StrategyBot")
    assert isinstance(process, Process)  # noqa: S101  # it is our own
    return [
        Saved(page, configuration, "Admin", start),
        *(Saved(title, "yes", "Admin", start) for job in jobs_of([process]) for title in stop_pages(process.bot, job)),
        *(Saved(Title(f"User:{name}"), "Hello.", name, start) for name in people(groups)),
        *(Saved(_group_page(name), _roster(number, name), "Cora Core", start) for number, name in enumerate(names)),
        *(
            Saved(
                Title(f"{_group_page(name)}/Updates/{MEETING}"),
                _update(chance),
                f"Ada {number}",
                start + timedelta(days=18, minutes=number),
            )
            for number, name in enumerate(names)
        ),
    ]


def _configuration(names: list[str]) -> str:
    return json.dumps(
        {
            "name": "Crowd",
            "root": ROOT,
            "core_team": ["Cora Core"],
            "groups": names,
            "steering_group": {"first_meeting": f"{MEETING}T15:00", "minutes": 480},
        },
        indent="\t",
    )


def _group_page(name: str) -> Title:
    return Title(f"{ROOT}/Working Groups/{name}")


def _roster(number: int, name: str) -> str:
    members = "\n".join(f"* [[User:Member {number}-{member}]]" for member in range(15))
    return (
        f"{{{{Steering group/Working group\n|name={name}\n|coordinators=[[User:Ada {number}]], [[User:Bo {number}]]\n"
        f"|members=\n{members}\n}}}}"
    )


def _update(chance: random.Random) -> str:
    fields = "".join(f"|{topic}={_text(chance)}\n" for topic in ("progress", "experiences", "practices", "questions"))
    lists = "".join(
        f"|{topic}={''.join(f'* {_sentence(chance)}{chr(10)}' for _ in range(3))}"
        for topic in ("needs", "collaboration")
    )
    return f"{{{{Steering group/Update\n{fields}{lists}|lang=en\n}}}}"


def _text(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(6))


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_TEXT.split(), k=14)
    return (
        f"{' '.join(words[:4]).capitalize()} [[{ROOT}/{words[5]}|{words[5]}]] '''{words[6]}''' {' '.join(words[7:])}."
    )
