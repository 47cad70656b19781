"""The wiki's side: templates, modules and texts, and the pages by which one page speaks every reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from strategybot.doctor.finding import Finding, fault, hint
from strategybot.doctor.titles import owner_of
from strategybot.jobs.install import install
from strategybot.jobs.plan import Edit
from strategybot.model.page import Page, Site, Title
from strategybot.model.wikiside import WikiSide
from strategybot.wiki.asking import Job, ask, known, together
from strategybot.wiki.port import PageNow

LANG = Title("MediaWiki:Lang")
"""What {{int:lang}} shows, and `/xx` below it what it shows to readers of that language: the language's code."""


def templates(files: Mapping[Title, str], side: WikiSide, site: Site) -> Job[list[Finding]]:
    """What of our files is not on the wiki as this version has it, and why not."""
    plan = yield from install(files, side)
    other = [edit for edit in plan.edits if edit.page.text != edit.text or not edit.page.exists]
    owners = yield from together(_owner(edit, site.account.name) for edit in other)
    by_owner: dict[str, list[Page]] = {}
    for edit, owner in zip(other, owners, strict=True):
        by_owner.setdefault("missing" if edit.page.revision is None else owner, []).append(edit.page)
    return [
        *_lot("templates-missing", by_owner.get("missing", ()), plan.edits),
        *_lot("templates-old", by_owner.get("bot", ()), plan.edits),
        *(fault("template-not-ours", str(page.title), page=page.title) for page in by_owner.get("people", ())),
        *(hint("template-changed", str(page.title), page=page.title) for page in by_owner.get("changed", ())),
        *([] if "module" in site.namespaces else [fault("no-extension", "Scribunto")]),
    ]


def _owner(edit: Edit, bot: str) -> Job[str]:
    """Whose a page is (see `owner_of`). What people changed on one that can be merged is kept, and mends itself."""
    return known("bot") if edit.merged else owner_of(edit.page, bot)


def _lot(key: str, pages: Sequence[Page], all_edits: Sequence[Edit]) -> list[Finding]:
    """One finding for any number of pages that one command mends."""
    if not pages:
        return []
    first = pages[0].asked
    return [fault(key, str(len(pages)), str(len(all_edits)), str(first), page=first)]


def language_pages(site: Site, languages: Collection[str]) -> Job[list[Finding]]:
    """The pages that tell a reader's language, for the configured languages and the wiki's own."""
    wanted = {LANG: site.language, **{LANG.under(code): code for code in languages if code != site.language}}
    pages = yield from together(ask(PageNow(title)) for title in wanted)
    return [
        fault("lang-wrong" if page.exists else "lang-missing", str(title), code, page=title)
        for (title, code), page in zip(wanted.items(), pages, strict=True)
        if page.text.strip() != code
    ]
