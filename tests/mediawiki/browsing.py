"""People at a browser: a real Chromium, VisualEditor and its forms, the wiki of a committee that has met before."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, sync_playwright  # noqa: A004  # playwright's own

from strategybot.session import Report, Session
from strategybot.share import share
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import CONFIGURATION, Committee, moment, roster, update
from tests.mediawiki.rig import IMPATIENT, chromium, credentials, install, installed_wiki, played_once, save_committee
from throwaway import Revision, ThrowawayWiki
from throwaway.accounts import Account

NOW = moment("2027-01-04T06:00")
MEETING, LAST_MEETING = "2027-01-14", "2026-12-10"
GROUPS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
CONTACT = "Cora"
LAST_TIME = {"progress": "Before.", "needs": "* Travel: two visas\n* Training", "questions": "* Who has a list?"}
"""What every group filed for the last meeting."""

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
MW = {
    "en": {"start": "Start editing", "close": "Close", "edit": "Edit"},
    "fr": {"start": "Commencer à modifier", "close": "Fermer", "edit": "Modifier"},
}
"""MediaWiki's own words on the buttons that people press."""


# --- The wiki


def page_of(group: str) -> str:
    return f"Committee/Working Groups/{group}"


def update_of(group: str) -> str:
    """The title of a group's update for the coming meeting."""
    return f"{page_of(group)}/Updates/{MEETING}"


def bot(wiki: ThrowawayWiki) -> MediaWikiWiki:
    return MediaWikiWiki(wiki.api, credentials(), IMPATIENT)


def next_run(wiki: ThrowawayWiki, *jobs: str) -> Report:
    """The bot's next run, of these jobs or of all."""
    report = Session(bot(wiki)).run(jobs)
    assert report.crashes == []
    return report


@contextmanager
def committee_wiki(folder: Path) -> Iterator[ThrowawayWiki]:
    """A wiki with five groups that Ada and Bo coordinate, all of which filed last time; the next agenda is open."""
    with installed_wiki(folder) as wiki:
        played_once(folder, "committee", wiki, lambda: _meet_once(wiki))
        yield wiki


def _meet_once(wiki: ThrowawayWiki) -> None:
    wiki.set_clock(moment("2026-10-01"))  # accounts are older than their names on pages
    save_committee(wiki, moment("2026-11-01"))
    wiki.set_clock(NOW)
    committee = Committee(groups=list(GROUPS), contact=CONTACT)
    pages = {CONFIGURATION.text: committee.text(CONFIGURATION.text)}
    set_up = [Revision(title, text, "Admin", time=moment("2026-11-02")) for title, text in pages.items()]
    last = update(**LAST_TIME, lang="en")
    for group in GROUPS:
        set_up += [
            Revision(page_of(group), roster("Ada", "Bo"), CONTACT, time=moment("2026-11-02")),
            Revision(f"{page_of(group)}/Updates/{LAST_MEETING}", last, "Ada", time=moment("2026-12-05")),
        ]
    wiki.save(set_up)
    install(wiki)
    next_run(wiki)


def under(text: str, group: str) -> str:
    """What an agenda's wikitext has below a group's heading."""
    return re.split(r"^==+ ", text.split(f"=== {group} ===\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def words(language: str, key: str, *arguments: str) -> str:
    """A text of ours in a language."""
    text = str(json.loads((share("i18n") / f"{language}.json").read_text("utf-8"))[key])
    for number, argument in enumerate(arguments, 1):
        text = text.replace(f"${number}", argument)
    return text.replace("'''", "")


def plain(text: str) -> str:
    """A text with usual spaces: MediaWiki keeps French signs with their words."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


# --- The browser


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser window of their own, logged in as `account` or as nobody."""

    def __init__(
        self, browser: Browser, wiki: ThrowawayWiki, account: Account | None, language: str = "en", *,
        screen: dict[str, int] | None = None, skin: str = "vector-2022",
    ) -> None:  # fmt: skip
        self.wiki, self.language = wiki, language
        self.touches = screen == PHONE
        screen = screen or DESK
        self.context = browser.new_context(
            viewport={"width": screen["width"], "height": screen["height"]}, has_touch=self.touches
        )
        if account:
            log_in(self.context, wiki, account, language=language, skin=skin)
        self.page: Page = self.context.new_page()

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def mw(self, key: str) -> str:
        """MediaWiki's own word, in this person's language."""
        return MW[self.language][key]

    def words(self, key: str, *arguments: str) -> str:
        """A text of ours, in this person's language."""
        return words(self.language, key, *arguments)

    def visit(self, title: str, **query: str) -> None:
        self.page.goto(self.wiki.page_url(title, **query))

    def press(self, spot: Locator) -> None:
        """Click on something, or tap it on a phone."""
        spot.first.tap() if self.touches else spot.first.click()

    # --- VisualEditor

    def file_button(self, group: str) -> Locator:
        """The button that files a group's update."""
        form = self.page.locator(f"form.createbox:has(input[name=title][value*='/{group}/'])")
        return form.get_by_role("button", name=self.words("file-update"), exact=True)

    def window(self) -> Locator:
        """The window that has opened, once it is ready.

        A window that is already seen still comes up, and takes the focus to itself at the end of that: what is typed
        into one of its fields before goes nowhere.
        """
        ready = self.page.locator(".oo-ui-window-ready:visible")
        ready.first.wait_for()
        return ready

    def window_closed(self) -> None:
        """Wait until no window is open, and what is below can be reached again."""
        self.page.locator("body:not(.oo-ui-windowManager-modal-active)").wait_for(state="attached")

    def start_editing(self) -> None:
        """VisualEditor comes up with its greeting, which is closed; then it may say what to know of the page."""
        start = self.window().get_by_role("button", name=self.mw("start"))
        self.press(start)
        self.page.wait_for_function("ve.init.target.welcomeDialog === null")

    def open_form(self, number: int = 0) -> None:
        """Press the template, then “Edit”. While VisualEditor still settles, the first try may go unseen.

        A notice that covers the template is closed first.
        """
        close = self.page.locator(".oo-ui-popupWidget").get_by_role("button", name=self.mw("close"))
        template = self.page.locator(".ve-ce-mwTransclusionNode").nth(number)
        edit = self.page.locator(".ve-ui-contextItem").get_by_role("button", name=self.mw("edit"))
        for _ in range(5):
            if close.count():
                self.press(close)
            template.scroll_into_view_if_needed()
            box = template.bounding_box()
            assert box
            pointer = self.page.touchscreen.tap if self.touches else self.page.mouse.click
            pointer(box["x"] + 40, box["y"] + box["height"] / 2)  # a toolbar may cover its top
            try:
                edit.first.wait_for(timeout=4000)
            except TimeoutError:
                continue
            self.press(edit)
            self.window()
            return
        raise AssertionError("VisualEditor doesn't offer to edit the template")

    def field(self, key: str) -> Locator:
        """The box of a field of the form, by the key of its label."""
        label = self.page.get_by_text(self.words(key), exact=True)
        field = self.page.locator(".ve-ui-mwParameterPage").filter(has=label)
        return field.locator("textarea:visible:not([aria-hidden]), input:visible")

    def apply(self) -> None:
        """Close the form with what was filled in."""
        self._press_primary()
        self.window_closed()

    def save(self) -> None:
        """Save the page, and see it."""
        with self.saving():
            self.send()

    def send(self) -> None:
        """Press the buttons by which the page is saved."""
        self.press(self.page.locator(".ve-ui-toolbar-saveButton"))
        self._press_primary()

    def _press_primary(self) -> None:
        """Press the blue button of the window that is open."""
        self.press(self.window().locator(".oo-ui-processDialog-actions-primary").get_by_role("button"))

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Something saves the page, and at the end the page is seen as it was saved.

        VisualEditor has put itself away when it still shows a new page as it was before; then it loads that page.
        """
        before = self.page.evaluate("mw.config.get('wgCurRevisionId')")
        yield
        self.page.wait_for_function(SHOWN_ANEW, arg=before)

    # --- The source editor

    def source(self) -> Locator:
        """The box of the source editor, which greets new people whenever it is ready: its greeting is closed then."""
        greeting = self.page.get_by_role("button", name=self.mw("start"))
        self.page.add_locator_handler(greeting, lambda start: start.click())
        return self.page.locator("#wpTextbox1")

    def save_source(self) -> None:
        """Press the source editor's blue button, and see what comes next: the page, or why it isn't saved."""
        with self.page.expect_navigation():
            self.press(self.page.locator("#wpSave"))

    # --- Pages

    def read(self, selector: str = ".mw-parser-output") -> str:
        """What a part of the page says."""
        return plain(self.page.locator(selector).first.inner_text())

    def read_under(self, group: str) -> str:
        """What the agenda says below a group's heading."""
        return plain(str(self.page.evaluate(BELOW, group)))


SHOWN_ANEW = """before => window.mw?.config?.get('wgCurRevisionId') > before && document.readyState === 'complete'
    && !/\\bve-(activated|deactivating)\\b/.test(document.documentElement.className)"""
"""Whether the page is shown, out of any editor, as of a later revision."""

BELOW = """group => {
    const heads = [...document.querySelectorAll('.mw-parser-output :is(h2, h3)')];
    const at = heads.findIndex(head => (head.querySelector('.mw-headline') ?? head).innerText.trim() === group);
    const range = document.createRange();
    range.setStartAfter(heads[at]);
    range.setEndBefore(heads[at + 1]);
    const box = document.createElement('div');
    box.append(range.cloneContents());
    document.body.append(box);
    const said = box.innerText;
    box.remove();
    return said;
}"""


def log_in(context: BrowserContext, wiki: ThrowawayWiki, account: Account, **options: str) -> None:
    """Log a browser in and give the account these preferences, and else the usual ones."""

    def call(**form: str) -> dict[str, dict[str, dict[str, str]]]:
        answer = context.request.post(wiki.api, form={**form, "format": "json", "formatversion": "2"})
        said: dict[str, dict[str, dict[str, str]]] = answer.json()
        return said

    def token(kind: str) -> str:
        return call(action="query", meta="tokens", type=kind)["query"]["tokens"][f"{kind}token"]

    entered = call(action="login", lgname=account.name, lgpassword=account.password, lgtoken=token("login"))
    assert entered["login"]["result"] == "Success", entered
    change = "|".join(f"{name}={value}" for name, value in options.items())
    kept = call(action="options", reset="1", change=change, token=token("csrf"))
    assert "options" in kept, kept
