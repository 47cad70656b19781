"""Where the targets of delivery lists lead, and what hinders a post there.

All that is asked for a thousand targets goes by the batch: their pages with the accounts that they name in one round,
and in later ones only what the first has left open, such as the talk pages of user pages that a list names in the
wiki's own language.

Lists are people's word. So a redirect is followed from one user's talk page to another's, as it stands there after a
renaming, and the wiki's project pages get posts as well. A redirect from a user's talk page to anything else, or the
other way round, isn't followed. Whatever leads to the same page is one target: nobody gets more for what others make
redirects to it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from strategybot.inquiries.accounts import Account, accounts_of
from strategybot.inquiries.accounts import Fate as Whereabouts
from strategybot.model.body import Group
from strategybot.model.page import Page, Title, User
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Fate, Target
from strategybot.reading.targets import EXAMPLE, Entry, Flaw, Inclusion, Item, included, read_list
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import CategoryMembers, PageNow, UserNamed
from strategybot.wikitext.exclusion import excludes

_TALK, _CATEGORY, _PROJECT = "User talk:", "Category:", "Project:"

_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """A page that something is to be posted on, as a list, a group or a roster names it, before the wiki was asked.

    `listed` says that a list names it, `site` the wiki's domain if it gives one. The name has stood there since `named`
    (UTC) or longer, so that who took it later isn't meant. `group` and `person` are whose the page is.
    """

    asked: Title
    site: str = ""
    group: Group | None = None
    person: str = ""
    listed: bool = False
    named: datetime = _ALWAYS

    @property
    def talk(self) -> Title:
        """The page, or its talk page where it is a user's."""
        return _talk_of_user(self.asked)


@dataclass(frozen=True)
class Listing:
    """What stands on a list: the pages in its order, and what there is to mend."""

    wanted: tuple[Wanted, ...] = ()
    problems: tuple[Problem, ...] = ()


# --- Lists


def listing(title: Title, *, may_lack: bool = False) -> Job[Listing]:
    """What stands on the list of that title, be it a category. One that `may_lack` is empty where there is none."""
    page = yield from ask(PageNow(title))
    place = page.spelled or title
    if place.text.startswith(_CATEGORY):
        members = yield from ask(CategoryMembers(place))
        return Listing(tuple(Wanted(member, listed=True) for member in members))
    if page.revision is None or page.revision.text is None:
        return Listing() if may_lack else Listing(problems=(Problem("list-missing", title, (EXAMPLE,)),))
    items = yield from _with_inclusions(page, read_list(page.text, page.model))
    home = urlsplit(page.url).netloc.lower()
    wanted = tuple(_wanted(one, home, page.revision.time) for one in items if isinstance(one, Entry))
    flaws = [one for one in items if isinstance(one, Flaw)]
    flaws += [
        Flaw("list-title", (str(one.place), one.page)) for one in items if isinstance(one, Entry) and not one.legal
    ]
    if not (wanted or flaws or may_lack):
        flaws.append(Flaw("list-empty-page", (EXAMPLE,)))
    problems = [Problem(flaw.key, page.title, flaw.words, page.revision.id) for flaw in dict.fromkeys(flaws)]
    return Listing(wanted, tuple(problems))


def _wanted(entry: Entry, home: str, named: datetime) -> Wanted:
    return Wanted(Title(entry.page), "" if entry.site == home else entry.site, listed=True, named=named)


def _with_inclusions(page: Page, items: Sequence[Item]) -> Job[list[Item]]:
    """The items with those of the pages that the list includes, each in its place."""
    names = dict.fromkeys(one.title(page.title) for one in items if isinstance(one, Inclusion))
    pages = yield from together(ask(PageNow(title)) for title in names if title.legal)
    found = {one.asked: included(one.text) for one in pages if one.exists and one.model == "wikitext"}
    return [
        item
        for one in items
        for item in (_included(one, found.get(one.title(page.title), ())) if isinstance(one, Inclusion) else (one,))
    ]


def _included(inclusion: Inclusion, items: Iterable[Item]) -> list[Item]:
    """What an included page brings: its targets, or one flaw where it makes them of parameters or the like."""
    own = [one for one in items if not isinstance(one, Inclusion)]
    if any(isinstance(one, Flaw) for one in own):
        return [Flaw("list-template", (str(inclusion.line), EXAMPLE, inclusion.name))]
    return [replace(one, place=inclusion.line) for one in own if isinstance(one, Entry)]


# --- Where they lead


def takes_posts(page: Page, *, listed: bool = False) -> bool:
    """Whether something may be posted where a title leads: on a talk page, by the wiki's own word.

    Anybody can write a redirect. So one is followed to such pages alone, and neither from nor to any of a user's. Where
    people have put the title on a list, one is followed between two of users', and project pages get posts as well.
    """
    if page.leads_nowhere or not (page.is_talk or (listed and page.title.text.startswith(_PROJECT))):
        return False
    of_users = [title.text.startswith(_TALK) for title in (page.spelled or page.asked, page.title)]
    return not (page.redirected and any(of_users)) or (listed and all(of_users))


def reached(
    process: Process, bot: User, wanted: Sequence[Wanted], opted: Sequence[Wanted] = ()
) -> Job[tuple[Target, ...]]:
    """Where each leads, and what hinders a post there by the bot's account; who is among the `opted` gets none.

    Of those that lead to the same page the first counts, for all whose page it is.
    """
    asked = [_question(process, one) for one in wanted]
    excluded = [_question(process, one) for one in opted]
    names = dict.fromkeys(name for one in wanted if not one.site and (name := _account_on(one.talk)))
    pages, _ = yield from both(
        together(ask(PageNow(title)) for title in (*asked, *excluded)),
        together(ask(UserNamed(name)) for name in names),
    )
    if not process.trial:
        pages = yield from together(_of_talk(page) for page in pages)
    ways = [_Way(process, one, page) for one, page in zip(wanted, pages, strict=False)]
    ways, subjects = yield from both(_with_accounts(ways), _subjects(ways))
    gone = _everywhere(opted, pages[len(wanted) :])
    return _each_once([way.target(bot, gone, subjects) for way in ways])


@dataclass(frozen=True)
class _Way:
    """Where something wanted leads: the page, and the account whose talk page it is."""

    process: Process
    wanted: Wanted
    page: Page
    account: Account | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads to another wiki."""
        return bool(self.wanted.site)

    @property
    def name(self) -> str:
        """The account whose talk page it is, as its title says; empty where it is nobody's."""
        if self.is_elsewhere or self.page.invalid or self.is_astray:
            return ""
        return _account_on(self.wanted.talk if self.process.trial else self.page.title)

    @property
    def is_astray(self) -> bool:
        """Whether a redirect leads where it isn't followed."""
        return self.page.leads_nowhere or (self.page.redirected and not self._takes_posts)

    @property
    def lacks_subject(self) -> bool:
        """Whether there is no page, and it depends on what it would be about whether there is to be one."""
        page = self.page
        is_users = page.title.text.startswith(_TALK)
        return page.revision is None and not (self.process.trial or page.invalid or is_users)

    @property
    def _takes_posts(self) -> bool:
        """Whether something may be posted there. What stands for a page below a trial's is no talk page."""
        return self.process.trial or takes_posts(self.page, listed=self.wanted.listed)

    def target(self, bot: User, gone: _Titles, subjects: Mapping[Title, Page]) -> Target:
        """The target, with the first of what hinders a post there."""
        wanted, page = self.wanted, self.page
        own = wanted.group.language if wanted.group else ""
        fate, word = next(self._hindrances(bot, gone, subjects), (Fate.DUE, ""))
        return Target(
            wanted.asked,
            wanted.site if self.is_elsewhere else "",
            None if self.is_elsewhere else page,
            group=wanted.group,
            person=wanted.person or self._person,
            language=own or page.language or self.process.languages[0],
            fate=fate,
            word=word,
        )

    @property
    def _person(self) -> str:
        """Whose own talk page it is; a subpage of it is nobody's."""
        name = self.account.user.name if self.account else ""
        return name if self.page.title.text.endswith(f"{_TALK}{name}") else ""

    def _hindrances(self, bot: User, gone: _Titles, subjects: Mapping[Title, Page]) -> Iterator[tuple[Fate, str]]:
        """What hinders a post, the most telling first, each with what its sentence names."""
        yield from self._of_title(gone)
        yield from self._of_page()
        yield from self._of_account()
        page = self.page
        if not bot.may_edit(page.protection):
            yield Fate.PROTECTED, page.protection
        if self.lacks_subject and not (page.is_talk and _stands(subjects.get(_subject(page.title)))):
            yield Fate.NO_PAGE, ""

    def _of_title(self, gone: _Titles) -> Iterator[tuple[Fate, str]]:
        """What there is to say of where it leads."""
        page = self.page
        if not _named(self.wanted, page).isdisjoint(gone):
            yield Fate.NAMED_OUT, ""
        if self.is_elsewhere:
            yield (Fate.ELSEWHERE, self.wanted.site) if self.wanted.asked.legal else (Fate.INVALID, "")
        elif page.invalid:
            yield Fate.INVALID, ""
        if self.is_astray:
            yield Fate.REDIRECT, page.title.text
        if not self._takes_posts:
            yield Fate.NO_TALK_PAGE, ""

    def _of_page(self) -> Iterator[tuple[Fate, str]]:
        """What there is to say of what stands there."""
        page = self.page
        if page.opted_out:
            yield Fate.OPTED_OUT, ""
        if ban := excludes(page.text, self.process.bot):
            yield Fate.EXCLUDED, ban
        if page.model != "wikitext":
            yield Fate.OTHER_MODEL, page.model

    def _of_account(self) -> Iterator[tuple[Fate, str]]:
        """What there is to say of the account whose talk page it is."""
        if self.account is None:
            if self.name:
                yield Fate.NO_ACCOUNT, self.name
        elif self.account.fate is Whereabouts.VANISHED:
            yield Fate.VANISHED, ""
        elif not self.account.counts:
            yield Fate.NO_ACCOUNT, self.account.name
        elif self.account.user.blocked:
            yield Fate.BLOCKED, self.account.user.name


_Titles = Set[tuple[Title, str]]
"""Titles, each with the domain of its wiki, empty for the home wiki."""


def _question(process: Process, wanted: Wanted) -> Title:
    """The title that is asked for."""
    return Title(process.own(wanted.talk).text, wanted.site)


def _of_talk(page: Page) -> Job[Page]:
    """The page, or the talk page where the wiki takes it for a user's."""
    talk = _talk_of_user(page.spelled) if page.spelled else None
    return ask(PageNow(talk)) if talk and talk != page.spelled else known(page)


def _with_accounts(ways: Sequence[_Way]) -> Job[list[_Way]]:
    """Each with its account, on the talk page of the name that the account has now.

    Where a redirect leads from the old name's page to the new one's, no log has to be read.
    """
    lots: dict[datetime, dict[str, None]] = {}
    for way in ways:
        if way.name and not _is_address(way.name):
            lots.setdefault(way.wanted.named, {})[way.name] = None
    answers = yield from together(accounts_of(names, named) for named, names in lots.items())
    accounts = dict(zip(lots, answers, strict=True))
    return list((yield from together(_with_account(way, accounts.get(way.wanted.named, {})) for way in ways)))


def _with_account(way: _Way, accounts: Mapping[str, Account]) -> Job[_Way]:
    account = accounts.get(way.name)
    if account is None or account.fate is not Whereabouts.RENAMED:
        return replace(way, account=account)
    page = yield from ask(PageNow(way.process.own(Title(f"{_TALK}{account.user.name}"))))
    return replace(way, account=account, page=page)


def _subjects(ways: Sequence[_Way]) -> Job[dict[Title, Page]]:
    """The pages that talk pages belong to which aren't there."""
    titles = dict.fromkeys(_subject(way.page.title) for way in ways if way.lacks_subject and way.page.is_talk)
    pages = yield from together(ask(PageNow(title)) for title in titles)
    return dict(zip(titles, pages, strict=True))


def _each_once(targets: Sequence[Target]) -> tuple[Target, ...]:
    """The targets, with those as duplicates that lead to the page of an earlier one."""
    first: dict[object, int] = {}
    found: list[Target] = []
    for target in targets:
        earlier = first.setdefault(_end(target), len(found))
        if earlier == len(found):
            found.append(target)
            continue
        found.append(replace(target, fate=Fate.DUPLICATE, word=found[earlier].asked.text))
        found[earlier] = _together_with(found[earlier], target)
    return tuple(found)


def _together_with(target: Target, other: Target) -> Target:
    """A target with what another one brings that leads to the same page."""
    language = other.group.language if other.group and not target.group else ""
    return replace(
        target,
        also=tuple(one for one in dict.fromkeys((*target.also, other.asked)) if one != target.asked),
        group=target.group or other.group,
        person=target.person or other.person,
        language=language or target.language,
    )


def _end(target: Target) -> object:
    """What tells whether two targets are the same."""
    if target.page is None or target.page.invalid:
        return _talk_of_user(target.asked), target.site
    return (target.page.spelled if target.fate is Fate.REDIRECT else target.page.title), ""


def _everywhere(opted: Sequence[Wanted], pages: Sequence[Page]) -> _Titles:
    """All titles of those who want nothing."""
    return {name for one, page in zip(opted, pages, strict=True) for name in _named(one, page)}


def _named(wanted: Wanted, page: Page) -> _Titles:
    """By what titles a target is known: as it is named, as the wiki spells it, and where it leads."""
    if page.invalid:
        return {(wanted.talk, wanted.site)}
    return {(title, "") for title in (wanted.talk, page.spelled or page.asked, page.title)}


# --- Titles


def _talk_of_user(title: Title) -> Title:
    """The talk page of a user's page, as the wiki spells it; any other page as it is."""
    namespace, _, rest = title.text.partition(":")
    is_users = namespace.strip().casefold() in ("user", "user talk")
    return Title(f"{_TALK}{Title(rest).text}", title.wiki) if is_users and rest else title


def _account_on(title: Title) -> str:
    """The account whose talk page that is; empty where it is nobody's."""
    return Title(title.text.removeprefix(_TALK).partition("/")[0]).text if title.text.startswith(_TALK) else ""


def _is_address(name: str) -> bool:
    """Whether a name is that of those who edit without an account."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _subject(talk: Title) -> Title:
    """The page that a talk page belongs to."""
    namespace, _, rest = talk.text.partition(":")
    return Title(rest if namespace == "Talk" else f"{namespace.removesuffix(' talk')}:{rest}", talk.wiki)


def _stands(page: Page | None) -> bool:
    return page is not None and page.revision is not None
