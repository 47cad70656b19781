"""Posts on real talk pages: made once, whatever people do with them, whoever else posts, whatever answers get lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from strategybot.installation import install_session
from strategybot.session import Report, Session
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import BOT, CONFIGURATION, Committee, moment, problems, roster
from tests.mediawiki.browsing import DESK, PHONE, Person, chromium_browser, plain
from tests.mediawiki.failing import RESET_AFTER, RESET_BEFORE, Tunnel
from tests.mediawiki.rig import IMPATIENT, MediaWikiRig, credentials, fresh_wiki, save_committee
from throwaway import ADMIN, Revision

pytestmark = pytest.mark.mediawiki

DUE = moment("12-04T06:00")
GROUPS = (
    "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "My", "Ny", "Xi",
)  # fmt: skip
NEW = "Alpha"
"""The group that has no talk page yet."""

WELCOME = "== Welcome ==\nHello. [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 1 November 2026 (UTC)"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with groups that are to be called now."""
    with fresh_wiki(tmp_path_factory.mktemp("posts")) as wiki:
        save_committee(wiki, moment("11-01"))
        body = {"first_meeting": "2026-12-10T15:00", "call_for_updates": 7}
        configuration = Committee(groups=list(GROUPS), steering_group=body).text(CONFIGURATION.text)
        wiki.save([
            Revision(CONFIGURATION.text, configuration, "Admin", time=moment("11-02")),
            Revision(f"User:{BOT}/Run/call", "yes", "Admin", time=moment("11-02")),
            *(Revision(page(group), roster("Ada", "Bo"), "Cora", time=moment("11-02")) for group in GROUPS),
            *(Revision(talk(group), WELCOME, "Ada", time=moment("11-02")) for group in GROUPS if group != NEW),
        ])  # fmt: skip
        rig = MediaWikiRig(wiki)
        wiki.set_clock(DUE)
        wiki.snapshot("due")
        yield rig


def page(group: str) -> str:
    return f"Committee/Working Groups/{group}"


def talk(group: str) -> str:
    return f"Talk:{page(group)}"


def key(group: str) -> str:
    return f"call 2026-12-10 Committee | {talk(group)}"


def call(rig: MediaWikiRig, *, api: str = "", pause: Callable[[object], bool] = lambda _: True) -> Report:
    """A run that calls."""
    return Session(MediaWikiWiki(api or rig.api, credentials(), IMPATIENT), pause=pause).run(["call"])


def posts(report: Report) -> dict[str, str]:
    """What became of each group's post."""
    return {name.rpartition("/")[2]: one.outcome.kind.label for (_, name), one in report.posts.items()}


def standing(rig: MediaWikiRig, title: str) -> int:
    """How many calls stand on a page."""
    return (rig.throwaway.text(title) or "").count("<!-- post: call ")


def made(rig: MediaWikiRig, title: str) -> list[str]:
    """The summaries of the bot's edits on a page, newest first."""
    answer = rig.throwaway.call(action="query", prop="revisions", titles=title, rvprop=["user", "comment"], rvlimit=50)
    revisions = answer["query"]["pages"][0].get("revisions", [])
    return [one.get("comment", "") for one in revisions if one.get("user") == BOT]


# --- What people do with a post


def nothing(_: MediaWikiRig, __: str) -> None:
    """Leave it."""


def archived(rig: MediaWikiRig, title: str) -> None:
    text = rig.throwaway.text(title) or ""
    rig.edit(title, text.partition("\n\n== Update")[0])
    rig.edit(f"{title}/Archive", text)


def reverted(rig: MediaWikiRig, title: str) -> None:
    answer = rig.throwaway.call(action="query", prop="revisions", titles=title, rvprop="ids")
    newest = answer["query"]["pages"][0]["revisions"][0]["revid"]
    rig.throwaway.call_as("Bo", action="edit", title=title, undo=newest, summary="No.")


def moved(rig: MediaWikiRig, title: str) -> None:
    rig.move(title, f"{title}/Archive 1")


def moved_and_made_anew(rig: MediaWikiRig, title: str) -> None:
    rig.move(title, f"{title}/Archive 1", redirect=False)
    rig.edit(title, "A new beginning.")


def merged_into_another(rig: MediaWikiRig, title: str) -> None:
    """An admin merges the page's past into its archive."""
    rig.edit(title, "A new beginning.")
    rig.edit(f"{title}/Archive", "The archive.")  # not earlier: the past must end before that of the archive begins
    rig.admin(action="mergehistory", **{"from": title}, to=f"{title}/Archive", reason="tidy")


def text_hidden(rig: MediaWikiRig, title: str) -> None:
    hidden(rig, title, text=True)


def deleted(rig: MediaWikiRig, title: str) -> None:
    rig.delete(title)


def deleted_and_restored(rig: MediaWikiRig, title: str) -> None:
    rig.delete(title)
    rig.admin(action="undelete", title=title)


def deleted_and_made_anew(rig: MediaWikiRig, title: str) -> None:
    rig.delete(title)
    rig.edit(title, "A new beginning.")


def moved_and_deleted_there(rig: MediaWikiRig, title: str) -> None:
    moved_and_made_anew(rig, title)
    rig.delete(f"{title}/Archive 1")


def summary_hidden(rig: MediaWikiRig, title: str) -> None:
    hidden(rig, title, text=False, summary=True)


def user_hidden(rig: MediaWikiRig, title: str) -> None:
    hidden(rig, title, text=False, user=True)


def hidden(rig: MediaWikiRig, title: str, **parts: bool) -> None:
    answer = rig.throwaway.call(action="query", prop="revisions", titles=title, rvprop="ids")
    post = answer["query"]["pages"][0]["revisions"][0]["revid"]
    rig.edit(title, "Nothing here.")
    rig.hide(post, **parts)


DONE, UNKNOWN = "unchanged", "may have been posted before"
FATES: dict[str, tuple[Callable[[MediaWikiRig, str], None], str, str]] = {
    "Alpha": (nothing, DONE, ""),
    "Beta": (archived, DONE, ""),
    "Gamma": (reverted, DONE, ""),
    "Delta": (moved, DONE, ""),
    "Epsilon": (moved_and_made_anew, DONE, ""),
    "Zeta": (merged_into_another, DONE, ""),
    "Eta": (text_hidden, DONE, ""),
    "Theta": (deleted_and_restored, DONE, ""),
    "Iota": (deleted, UNKNOWN, "post-deleted"),
    "Kappa": (deleted_and_made_anew, UNKNOWN, "post-deleted"),
    "Lambda": (moved_and_deleted_there, UNKNOWN, "post-deleted"),
    "My": (summary_hidden, UNKNOWN, "post-hidden"),
    "Ny": (user_hidden, UNKNOWN, "post-hidden"),
    "Xi": (nothing, DONE, ""),
}


def test_posted_once(rig: MediaWikiRig) -> None:
    """All groups are called in one run, with an edit each, and not again whatever people do with the posts."""
    rig.throwaway.restore("due")
    rig.edit(talk("Xi"), f"{WELCOME}\n<!-- post: {key('Xi')} -->", "Bo", f"forged #post {key('Xi')}")
    report = call(rig)
    assert posts(report) == dict.fromkeys(GROUPS, "saved"), report.posts
    assert (report.requests["edit"], report.exit_status) == (len(GROUPS), 0)
    assert [len(made(rig, talk(group))) for group in GROUPS] == [1] * len(GROUPS)
    assert report.requests["history"] == 4  # two logs, the moves from a page that is to be made, one changed page

    again = call(rig)
    assert posts(again) == dict.fromkeys(GROUPS, DONE)
    assert (again.requests["edit"], again.requests["history"]) == (0, 0)

    rig.set_clock(DUE + timedelta(days=1))
    for group, (change, _, _) in FATES.items():
        change(rig, talk(group))
    rig.set_clock(DUE + timedelta(days=2))
    report = call(rig)
    assert posts(report) == {group: label for group, (_, label, _) in FATES.items()}
    assert report.requests["edit"] == 0
    report = Session(rig.wiki()).run(["status"])
    told = [(key, page) for key, page in problems(report) if key.startswith("post-")]
    assert sorted(told) == sorted((key, talk(group)) for group, (_, _, key) in FATES.items() if key)


def test_hidden_log(rig: MediaWikiRig) -> None:
    """Where the log hides which page was deleted, it may be a talk page that was made since, and none that is older."""
    only(rig, "Beta", "Gamma")
    wiki = rig.throwaway
    wiki.configure("$wgGroupPermissions['sysop']['deletelogentry'] = true;")
    wiki.call_as("Admin", action="delete", title=talk("Gamma"))
    wiki.edit(talk("Gamma"), "A new beginning.", "Ada")
    (entry,) = wiki.call(action="query", list="logevents", letype="delete")["query"]["logevents"]
    wiki.call_as("Admin", action="revisiondelete", type="logging", ids=entry["logid"], hide="content")
    assert posts(call(rig)) == {"Beta": "saved", "Gamma": UNKNOWN}


DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><page>
<title>Elsewhere</title><ns>0</ns><id>9</id><revision><id>9</id><timestamp>2026-12-03T16:00:00Z</timestamp>
<contributor><username>{user}</username><id>2</id></contributor><comment>{summary}</comment><model>wikitext</model>
<format>text/x-wiki</format><text xml:space="preserve">Not by the bot.</text></revision></page></mediawiki>"""


def test_imported(rig: MediaWikiRig) -> None:
    """What an admin imports under the bot's name is no proof: it isn't believed, and nothing is posted beside it."""
    only(rig, "Beta")
    dump = DUMP.format(user=BOT, summary=f"words #post {key('Beta')}")
    with requests.Session() as admin:
        admin.trust_env = False
        token = query(rig, admin, meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        query(rig, admin, "login", lgname=ADMIN.name, lgpassword=ADMIN.password, lgtoken=token)
        token = query(rig, admin, meta="tokens")["query"]["tokens"]["csrftoken"]
        words = {"interwikiprefix": "x", "assignknownusers": "1", "token": token}
        assert "error" not in query(rig, admin, "import", files={"xml": dump}, **words)
    report = Session(rig.wiki()).run(["call", "status"])
    assert posts(report) == {"Beta": UNKNOWN}
    assert ("post-imported", talk("Beta")) in problems(report)


def query(rig: MediaWikiRig, admin: requests.Session, action: str = "query", files: Any = None, **form: str) -> Any:
    """One request of a session that can send files."""
    return admin.post(rig.api, {**form, "action": action, "format": "json"}, files=files, timeout=60).json()


def test_another_page_meanwhile(rig: MediaWikiRig) -> None:
    """Where a coordinator names another page between the readings of two processes, the later post is taken back."""
    only(rig, "Beta")
    first, second = "Project talk:First", "Project talk:Second"
    for name in (first, second):
        rig.edit(name, WELCOME)

    def naming(name: str) -> None:
        text = roster("Ada", "Bo").replace("|members=", f"|talk page={name}|members=")
        rig.edit(page("Beta"), text, "Ada")

    naming(first)
    report = meanwhile(rig, lambda: (naming(second), call(rig)))
    assert (list(posts(report).values()), report.exit_status) == (["unchanged"], 0)
    assert (rig.throwaway.text(first), standing(rig, second)) == (WELCOME, 1)


def test_renamed(rig: MediaWikiRig) -> None:
    """Nobody is called again where a group's pages and the process's configuration are moved, or spelled otherwise."""
    only(rig, "Beta", "Gamma")
    call(rig)
    for old in (page("Beta"), talk("Beta")):
        rig.throwaway.call_as("Admin", action="move", **{"from": old}, to=old.replace("Beta", "Betas"))
    body = {"first_meeting": "2026-12-10T15:00", "call_for_updates": 7}
    groups = [{"name": "Betas", "page": page("Betas")}, {"name": "Gamma", "page": page("Gamma").replace(" ", "_")}]
    configuration = Committee(groups=groups, steering_group=body).text(CONFIGURATION.text)
    rig.edit(CONFIGURATION.text, configuration, "Admin")
    new = f"User:{BOT}/Council.json"
    rig.throwaway.call_as("Admin", action="move", **{"from": CONFIGURATION.text}, to=new, noredirect=True)
    assert posts(call(rig)) == {"Betas": DONE, "Gamma": DONE}


def test_threads(rig: MediaWikiRig) -> None:
    """DiscussionTools sees each call as a thread, with its author and its time, on a new page as on an old one."""
    rig.throwaway.restore("due")
    call(rig)
    for group, before in ((NEW, []), ("Beta", ["Welcome"])):
        answer = rig.throwaway.call(
            action="discussiontoolspageinfo", page=talk(group), prop="threaditemshtml", excludesignatures=True
        )
        threads = answer["discussiontoolspageinfo"]["threaditemshtml"]
        assert [thread["html"] for thread in threads] == [*before, "Update for the meeting on 10 December 2026"]
        (comment,) = threads[-1]["replies"]
        assert (comment["author"], comment["timestamp"][:13]) == (BOT, f"{DUE:%Y-%m-%dT%H}")
        assert "Until then" in comment["html"]
        assert "Special:Contributions" not in comment["html"]


# --- Others at the same time, and lost answers


def only(rig: MediaWikiRig, *groups: str) -> None:
    """The wiki on the day of the call, with no other groups than these."""
    rig.throwaway.restore("due")
    body = {"first_meeting": "2026-12-10T15:00", "call_for_updates": 7}
    configuration = Committee(groups=list(groups), steering_group=body).text(CONFIGURATION.text)
    rig.edit(CONFIGURATION.text, configuration, "Admin")


def meanwhile(rig: MediaWikiRig, does: Callable[[], object]) -> Report:
    """A run in which something happens between its reading and its first post."""
    happens = iter([does])

    def pause(_: object) -> bool:
        next(happens, lambda: None)()
        return True

    return call(rig, pause=pause)


def test_two_processes(rig: MediaWikiRig) -> None:
    """Two processes of the account that have both read before either has posted call each group once."""
    only(rig, NEW, "Beta", "Gamma")
    report = meanwhile(rig, lambda: call(rig))
    assert (set(posts(report).values()), report.exit_status) == ({"unchanged"}, 0)
    for group in (NEW, "Beta", "Gamma"):
        assert (standing(rig, talk(group)), len(made(rig, talk(group)))) == (1, 1)


def test_two_processes_and_a_revert(rig: MediaWikiRig) -> None:
    """Where somebody has reverted the one's post before the other's comes, and the wiki takes it, it is taken back."""
    only(rig, "Beta")
    report = meanwhile(rig, lambda: (call(rig), reverted(rig, talk("Beta"))))
    assert (set(posts(report).values()), report.exit_status) == ({"unchanged"}, 0)
    assert rig.throwaway.text(talk("Beta")) == WELCOME
    taken_back, second, first = made(rig, talk("Beta"))
    assert first.endswith(f"#post {key('Beta')}")
    assert second.endswith(f"#post {key('Beta')}")
    assert "taken back" in taken_back
    assert set(posts(call(rig)).values()) == {"unchanged"}


def test_somebody_else_meanwhile(rig: MediaWikiRig) -> None:
    """What people write in between stays, above the post where it is at the page's end."""
    only(rig, "Beta", "Gamma")

    def write() -> None:
        rig.edit(talk("Beta"), f"{WELCOME}\n\n== By the way ==\nHello! ~~~~", "Bo")
        rig.edit(talk("Gamma"), WELCOME.replace("Hello.", "Hello!"), "Bo")

    report = meanwhile(rig, write)
    assert set(posts(report).values()) == {"saved"}
    for group, word in (("Beta", "By the way"), ("Gamma", "Hello!")):
        text = rig.throwaway.text(talk(group)) or ""
        assert 0 < text.index(word) < text.index("== Update")
        assert len(made(rig, talk(group))) == 1


@pytest.mark.parametrize(("group", "happens"), [(NEW, True), ("Beta", True), ("Beta", False)])
def test_lost_answers(rig: MediaWikiRig, group: str, happens: bool) -> None:
    """A post whose answer is lost is looked for: it stands once, in this run or after the next."""
    only(rig, group)
    with Tunnel(rig.api) as tunnel:
        Session(MediaWikiWiki(tunnel.api, credentials(), IMPATIENT), dry_run=True).run(["call"])
        before = len(tunnel.sent) + (group == NEW)  # before a page is made, it is asked whether one was moved away
        tunnel.sent.clear()
        tunnel.fail(RESET_AFTER if happens else RESET_BEFORE, after=before)
        report = call(rig, api=tunnel.api)
        assert sum(sent.form["action"] == "edit" for sent in tunnel.sent) == 1
    assert posts(report) == {group: "saved" if happens else "not known whether done"}
    assert standing(rig, talk(group)) == int(happens)
    assert posts(call(rig)) == {group: "unchanged" if happens else "saved"}
    assert (standing(rig, talk(group)), len(made(rig, talk(group)))) == (1, 1)


# --- How it looks


@pytest.mark.browser
def test_in_a_browser(rig: MediaWikiRig, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A coordinator reads for when the update is wanted, on a phone, too, and finds the button that opens its form."""
    only(rig, "Beta")
    wiki = rig.throwaway
    installed = Committee()
    install_session(installed.wiki, read_folder(share("wikiconfig")))
    pages = {title.text: text for title, text in installed.wiki.texts().items()}
    wiki.save(Revision(title, text, BOT) for title, text in pages.items() if title.startswith(("Template:", "Module:")))
    call(rig)
    folder = tmp_path_factory.mktemp("posts")
    with chromium_browser() as browser:
        for screen in (DESK, PHONE):
            with Person(browser, wiki, None, screen=screen) as person:
                person.visit(talk("Beta"))
                assert "on 10 December 2026 at 15:00 UTC (your local time). Until" in plain(person.read())
                assert person.file_button("Beta").count() == 1
                assert person.page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
                assert "⧼" not in person.read()
                person.page.screenshot(path=folder / f"{screen['width']}.png", full_page=True)
