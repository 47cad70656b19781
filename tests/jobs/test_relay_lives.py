"""Random lives of relays: people with and without a say do what comes to their minds, and the bot runs in between.

What is promised is counted anew from the histories: each relay is on each page once, with words of those alone who may,
a person gets one message a week, what is gone from its source is gone everywhere, and a run that comes after one which
nothing disturbed writes nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from strategybot.model.page import Title
from strategybot.session import Report, Session
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Contributions, History, Kind, OperatorError, RevisionById
from strategybot.wikitext.summaries import post_of, unposted
from tests.committee import ALPHA, BETA, BOT, moment, roster
from tests.jobs.test_relays import OTHER_TALK, STATUS, TALK, relaying
from tests.lengths import NIGHTLY
from tests.relay_hands import RELAYS, relay

LIST, FORUM = f"{RELAYS}/Lists/Affiliates", "Project:Forum"
NAMES = ("Ann", "Ben", "Cat")
WORD = re.compile(r"\b[ws]\d+x\b")
"""The words of relays: those of strangers begin with an s."""

MINUTES = (1, 10, 10, 40, 70, 720, 4320)
"""How many pass between what happens."""


class KilledError(BaseException):
    """The process is killed."""


class Life:
    """One life: a committee, and what was seen of the bot's posts, whatever became of their pages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # by its seed a life can be played again
        self.committee = relaying(relays={"cap": self.random.choice([50, 50, 2])})
        self.wiki = self.committee.wiki
        self.said = 0
        self.stopped = False
        self.posts: dict[int, tuple[str, Title, datetime]] = {}
        self.sent: set[tuple[str, str]] = set()
        for title in (FORUM, "Project:Other"):
            self.committee.save(title, "Hello.", "Bo")
        self.committee.save(LIST, "{{#target:Project:Forum}} {{#target:User talk:Chi}}", "Cora")
        self.committee.at("12-01T06:00")

    def step(self) -> None:
        """Time passes, and the bot runs or people do something."""
        self.committee.now += timedelta(minutes=self.random.choice(MINUTES))
        if self.random.random() < 0.5:
            self.run()
        else:
            with suppress(OperatorError):  # where something can't be moved, nothing is
                self.random.choice(DEEDS)(self)

    # --- People

    def word(self, user: str) -> str:
        """A new word of somebody's."""
        self.said += 1
        return f"{'s' if user == 'Mallory' else 'w'}{self.said}x"

    def text(self, title: str) -> str:
        """What stands on a page itself."""
        page = self.committee.page(title)
        return "" if page.redirected else page.text

    def somebody(self, *names: str) -> str:
        return self.random.choice(names)

    def page(self) -> str:
        """The page of a relay."""
        return f"{RELAYS}/{self.somebody(*NAMES)}"

    def talk(self) -> str:
        return self.somebody(TALK, OTHER_TALK, FORUM)

    def file(self) -> None:
        user = self.somebody("Cora", "Cora", "Ada", "Mallory")
        sender = "Alpha" if user == "Ada" else self.somebody("core team", "Alpha", "steering group")
        to = self.somebody("all groups", "Beta", "all coordinators", "affiliates", "Alpha, affiliates")
        word, days = self.word(user), timedelta(days=self.random.randint(1, 12))
        more = {"reply_by": f"{self.committee.now + days:%Y-%m-%d}"} if self.random.random() < 0.5 else {}
        more |= {"approved_by": "Cora"} if self.random.random() < 0.3 else {}
        self.committee.save(self.page(), relay(sender, to, subject=f"On {word}", text=f"Read {word}.", **more), user)

    def file_all(self) -> None:
        to = self.somebody("all groups", "all groups; affiliates", "all coordinators")
        for name in NAMES:
            word, kind = self.word("Cora"), self.somebody("information", "request")
            text = relay(to=to, subject=f"On {word}", text=f"Read {word}.", kind=kind)
            self.committee.save(f"{RELAYS}/{name}", text, "Cora")

    def change(self) -> None:
        page, user = self.page(), self.somebody("Cora", "Ada", "Mallory")
        if text := self.text(page):
            self.committee.save(page, WORD.sub(self.word(user), text), user)

    def approve(self) -> None:
        self._add("approved by=Cora")

    def end(self) -> None:
        self._add(f"status={self.somebody('withdrawn', 'closed')}")

    def _add(self, line: str) -> None:
        page = self.page()
        text = self.text(page)
        user = "Mallory" if re.search(r"\bs\d", text) else self.somebody("Cora", "Mallory")
        if "{{Steering group/Relay" in text and line.partition("=")[0] not in text:
            self.committee.save(page, text.replace("}}", f"|{line}\n}}}}"), user)

    def blank(self) -> None:
        self.committee.save(self.page(), "Nothing.", self.somebody("Cora", "Ada", "Mallory"))

    def delete(self) -> None:
        page = self.random.choice([self.page(), self.talk(), *self.bots_pages()])
        if self.committee.page(page).exists:
            self.wiki.delete(page)

    def hide(self) -> None:
        history = self.committee.ask(ask(History(Title(self.page()))))
        for one in history[1:2]:
            self.wiki.hide(one.id)

    def move(self) -> None:
        self.said += 1
        old = self.random.choice([self.page(), self.talk(), "User talk:Chi"])
        new = f"{RELAYS}/M{self.said}" if old.startswith(RELAYS) else f"{old} {self.said}"
        self.wiki.move(old, new, user=self.somebody("Cora", "Mallory"), redirect=self.random.random() < 0.7)

    def redirect(self) -> None:
        self.committee.save(self.talk(), f"#REDIRECT [[{self.somebody(OTHER_TALK, 'User talk:Eve')}]]", "Mallory")

    def answer(self) -> None:
        talk, user = self.talk(), self.somebody("Ada", "Bo", "Mallory")
        if "<!-- post" in (text := self.text(talk)):
            signed = f"[[User:{user}|{user}]] ([[User talk:{user}|talk]]) {self.committee.now:%H:%M, %-d %B %Y} (UTC)"
            self.committee.save(talk, f"{text}\n:Thanks! {signed}", user)

    def answer_by_template(self) -> None:
        name, user = self.somebody(*NAMES), self.somebody("Ada", "Bo", "Mallory")
        call = f"{{{{Steering group/Answer|relay={name}|{self.somebody('text=Fine.', 'read=yes')}}}}}"
        self.committee.save(RELAYS, f"{self.text(RELAYS)}\n\n{call}", user)

    def archive(self) -> None:
        talk = self.talk()
        before, heading, section = self.text(talk).partition("\n== ")
        if heading:
            self.committee.save(talk, before, "Bo")
            archive = f"{talk}/Archive"
            self.committee.save(archive, f"{self.text(archive)}{heading}{section}", "Bo")

    def list(self) -> None:
        pages = [FORUM, "User talk:Chi", "User talk:Ada", "Project:Other", TALK]
        chosen = self.random.sample(pages, self.random.randint(0, 4))
        self.committee.save(LIST, " ".join(f"{{{{#target:{page}}}}}" for page in chosen), "Mallory")

    def hand_over(self) -> None:
        text = roster(*self.random.sample(["Ada", "Abel", "Bo", "Chi"], 2))
        self.committee.save(self.somebody(ALPHA, BETA), text, self.somebody("Cora", "Mallory"))

    def cap(self) -> None:
        rules = {"cap": self.random.choice([1, 2, 50])}
        self.committee.configure({**self.committee.configuration, "relays": rules})

    def send(self) -> None:
        for title in self.bots_pages("/Targets"):
            self.wiki.send(title, "Word", "Cora", title.replace("/Targets", "/Text"))
            name = title.removeprefix(f"{STATUS}/").removesuffix("/Targets")
            self.sent |= {(name, page) for page in re.findall(r"#target:([^}]*)", self.text(title))}

    def spoil(self) -> None:
        for title in self.bots_pages()[:1]:
            self.committee.save(title, self.somebody("", "Spoiled."), "Mallory")

    def bots_pages(self, ending: str = "") -> list[str]:
        """The bot's pages about relays, in any order."""
        found = [one.text for one in self.wiki.titles() if one.text.startswith(f"{STATUS}/")]
        return self.random.sample(some := [one for one in found if one.endswith(ending)], len(some))

    def stop(self) -> None:
        self.committee.save(f"User:{BOT}/Run/relays", "no", "Mallory")
        self.stopped = True

    def start(self) -> None:
        self.committee.save(f"User:{BOT}/Run/relays", "yes", "Otto")
        self.stopped = False

    # --- The bot

    def run(self) -> None:
        """The bot runs: alone, killed before an edit, stopped, or with another process between two of its edits."""
        happens = self.random.choice([None, None, None, self.killed, self.stop, self.second])
        left = self.random.randint(1, 6)

        def pause(_: object) -> bool:
            nonlocal left
            left -= 1
            if happens and left == 0:
                happens()
            return True

        try:
            report = Session(self.wiki, now=self.committee.now, pause=pause).run(["relays"])
        except KilledError:
            report = self.second()
        self.judge(report)
        if happens and not self.stopped:
            self.judge(self.second())
        again = self.second()
        assert [one.outcome for one in again.told if one.outcome.kind is Kind.SAVED] == []

    def killed(self) -> None:
        raise KilledError

    def second(self) -> Report:
        """Another process runs."""
        return self.committee.run("relays")

    # --- What is promised

    def judge(self, report: Report) -> None:
        """See that all that stands is as it should be."""
        assert report.crashes == []
        own = self.committee.ask(ask(Contributions(moment("11-01"))))
        back = {unposted(one.summary or "") for one in own}
        for one in own:
            key = post_of(one.summary or "")
            if key and one.page and one.id not in self.posts and one.id not in back and " corrected " not in key:
                self.posts[one.id] = key, one.page, one.time
                self.judge_post(one.id, key.split(" ")[1], one.page)
        counted = [one for number, one in self.posts.items() if number not in back]
        assert len({key for key, _, _ in counted}) == len(counted)
        assert len({(key.split(" ")[1], page) for key, page, _ in counted}) == len(counted)
        times = sorted((page.text, time) for _, page, time in counted if page.text.startswith("User talk:"))
        for (page, time), (other, later) in pairwise(times):
            assert page != other or later - time >= timedelta(days=7)
        self.judge_words()

    def judge_post(self, number: int, name: str, page: Title) -> None:
        """A post has no stranger's words, and went where people haven't sent it."""
        found = self.committee.ask(ask(RevisionById(number)))
        assert found
        assert not re.search(r"\bs\d+x", (found.text or "").rpartition("\n== ")[2])
        assert (name, page.text) not in self.sent

    def judge_words(self) -> None:
        """No page but those where relays are filed has words of strangers, or such as stand at no source any more."""
        pages = {title.text: text for title, text in self.wiki.texts().items()}
        sources = {one for one in pages if one.startswith(f"{RELAYS}/") and not one.startswith(STATUS)}
        histories = [self.committee.ask(ask(History(Title(one), limit=None))) for one in sources]
        seen = {word for history in histories for one in history for word in WORD.findall(one.text or "")}
        shown = {word for title in pages.keys() - sources for word in WORD.findall(pages[title])}
        assert [word for word in shown if word.startswith("s")] == []
        assert self.stopped or shown <= seen


DEEDS: list[Callable[[Life], None]] = [
    *[Life.file] * 6,
    *[Life.change] * 3,
    *[Life.start] * 3,
    *[Life.approve, Life.answer, Life.answer_by_template, Life.end, Life.file_all] * 2,
    *(Life.blank, Life.delete, Life.hide, Life.move, Life.redirect, Life.archive),
    *(Life.list, Life.hand_over, Life.cap, Life.send, Life.spoil, Life.stop),
]


@pytest.mark.parametrize("seed", range(400) if NIGHTLY else range(8))
def test_a_life(seed: int) -> None:
    """Whatever happens, nothing that is promised is broken, and in the end a relay of the core team's goes out."""
    life = Life(seed)
    for _ in range(60):
        life.step()
    life.start()
    life.committee.configure({**life.committee.configuration, "relays": {}})
    life.committee.save(FORUM, "Hello.", "Bo")
    life.committee.save(LIST, f"{{{{#target:{FORUM}}}}}", "Cora")
    life.committee.save(f"{RELAYS}/Last", relay(to="affiliates", text="The last one."), "Cora")
    for _ in range(2):
        life.committee.now += timedelta(minutes=70)
        life.judge(life.second())
    assert life.text(FORUM).count("The last one.") == 1
