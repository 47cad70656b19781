"""What is hidden on a real MediaWiki: it leaves all pages, and the contact learns by mail what else holds it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from subprocess import CompletedProcess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests import commands
from tests.committee import AGENDA, ALPHA, BETA, BOT, STATUS, moment, update
from tests.mediawiki.rig import PASSWORDS, SETTINGS, MediaWikiRig, credentials, fresh_wiki, save_committee
from throwaway import Revision, ThrowawayWiki
from throwaway.server import free_port

pytestmark = pytest.mark.mediawiki

SECRET = "Her number is five five five."  # noqa: S105  # so it is called here
OPEN = "We met in the park."
FRONT_PAGE = "Committee/Working Groups/Steering Group"
UPDATE = f"{ALPHA}/Updates/2026-12-10"
CONFIGURATION = f"User:{BOT}/Committee.json"


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with the committee, whose agenda quotes the secret."""
    with fresh_wiki(tmp_path_factory.mktemp("discretion")) as wiki:
        save_committee(wiki, moment("11-01"))
        configuration = json.loads(wiki.text(CONFIGURATION) or "") | {"contact": "User:Bo"}
        wiki.save([Revision(CONFIGURATION, json.dumps(configuration), time=moment("11-02"))])
        rig = MediaWikiRig(wiki)
        rig.protect(CONFIGURATION)
        wiki.set_clock(moment("12-01"))
        rig.edit(UPDATE, update(progress=SECRET, questions="Who knows five five five?"))
        assert run(rig).returncode == 0
        rig.edit(AGENDA, (wiki.text(AGENDA) or "").replace("<!-- /slot", "* a topic\n<!-- /slot"), "Bo")
        wiki.snapshot("quoted")
        yield rig


@pytest.fixture
def rig(set_up: MediaWikiRig) -> MediaWikiRig:
    """The wiki as it was set up."""
    set_up.throwaway.restore("quoted")
    set_up.throwaway.configure(SETTINGS)
    return set_up


def run(rig: MediaWikiRig, *arguments: str, account: str = BOT) -> CompletedProcess[str]:
    now = rig.throwaway.call(action="query", curtimestamp=True)["curtimestamp"]
    environment = {**os.environ, **credentials(account), "STRATEGYBOT_PACE": "0"}
    return commands.run("--wiki", rig.api, "--now", now, *(arguments or ["run"]), environment=environment)


def history(wiki: ThrowawayWiki, title: str) -> list[dict[str, str]]:
    answer = wiki.call(
        action="query", prop="revisions", titles=title, rvlimit=50, rvslots="main", rvprop="ids|content|comment|user"
    )
    revisions: list[dict[str, str]] = answer["query"]["pages"][0]["revisions"]
    return revisions


def holding(wiki: ThrowawayWiki, word: str, title: str = AGENDA) -> set[int]:
    """The revisions of a page whose texts hold a word."""
    return {int(one["revid"]) for one in history(wiki, title) if word in json.dumps(one.get("slots"))}


def hide(rig: MediaWikiRig, **parts: bool) -> None:
    """Somebody takes the secret out, and an admin hides the revision that had it."""
    source = int(history(rig.throwaway, UPDATE)[0]["revid"])
    rig.edit(UPDATE, update(progress=OPEN))
    rig.hide(source, **parts)


def links(rig: MediaWikiRig) -> list[set[int]]:
    """The revisions that each mail to the contact links to."""
    address = f"{rig.throwaway.url}/wiki/Special:PermanentLink/"
    assert {mail.to for mail in rig.mails()} <= {"Bo"}
    return [{int(number) for number in re.findall(rf"{address}(\d+)\s", mail.text)} for mail in rig.mails()]


def shown(rig: MediaWikiRig, *titles: str) -> str:
    """What readers see now: texts, rendered pages, and the summaries of the bot."""
    wiki = rig.throwaway
    summaries = [one.get("comment", "") for title in titles for one in history(wiki, title) if one.get("user") == BOT]
    html = [wiki.call(action="parse", page=title, prop="text")["parse"]["text"] for title in titles]
    return "\n".join([*(wiki.text(title) or "" for title in titles), *html, *summaries])


def test_hidden(rig: MediaWikiRig) -> None:
    """The mail has a link to each revision that holds what was hidden, and no word of it; a second run sends none."""
    expected = holding(rig.throwaway, "five")
    hide(rig)
    dry, first, second = run(rig, "plan"), run(rig), run(rig, "run", "--json")
    assert [found.returncode for found in (dry, first, second)] == [0, 0, 0], (dry, first, second)
    assert (links(rig), len(expected)) == ([expected], 2)
    (mail,) = rig.mails()
    assert "planned  a letter to the contact about 2 revisions" in dry.stdout
    assert "sent  a letter to the contact about 2 revisions" in first.stdout
    assert {one["outcome"] for one in json.loads(second.stdout)["outcomes"]} == {"unchanged"}
    said = "".join(found.stdout + found.stderr for found in (dry, first, second))
    everything = said + mail.subject + mail.text + shown(rig, AGENDA, STATUS)
    assert OPEN in everything
    assert not re.search(r"five|Her number", everything)
    assert not re.search(r"PermanentLink", said)
    assert not re.search(r"Ada|Alpha|Committee", mail.subject + mail.text)


def test_hidden_after_a_run(rig: MediaWikiRig) -> None:
    """It makes no difference that the bot had already taken the text from its page when it was hidden."""
    expected = holding(rig.throwaway, "five")
    source = int(history(rig.throwaway, UPDATE)[0]["revid"])
    rig.edit(UPDATE, update(progress=OPEN))
    assert (run(rig).returncode, rig.mails()) == (0, [])
    rig.hide(source)
    assert (run(rig).returncode, links(rig)) == (0, [expected])
    assert (run(rig).returncode, len(rig.mails())) == (0, 1)


def test_hidden_from_admins_too(rig: MediaWikiRig) -> None:
    """What oversighters hide, without a public trace, is told as well."""
    rig.throwaway.configure(SETTINGS + "$wgGroupPermissions['sysop']['suppressrevision'] = true;")
    expected = holding(rig.throwaway, "five")
    source = int(history(rig.throwaway, UPDATE)[0]["revid"])
    rig.edit(UPDATE, update(progress=OPEN))
    rig.admin(action="revisiondelete", type="revision", ids=source, hide="content|user", suppress="yes")
    assert (run(rig).returncode, links(rig)) == (0, [expected])


def test_deleted(rig: MediaWikiRig) -> None:
    """A source that is deleted as a page leaves the agenda, and what quotes it is told."""
    expected = holding(rig.throwaway, "five")
    rig.delete(UPDATE)
    assert (run(rig).returncode, links(rig)) == (0, [expected])
    assert "five" not in shown(rig, AGENDA, STATUS)


def test_closed(rig: MediaWikiRig) -> None:
    """A closed agenda loses it as well, and so do all of its revisions that the mail links to, once they are hidden."""
    rig.throwaway.set_clock(moment("12-11"))
    run(rig)
    expected = holding(rig.throwaway, "five")
    assert len(expected) == 3
    hide(rig)
    assert (run(rig).returncode, links(rig)) == (0, [expected])
    for number in expected:
        rig.hide(number)
    assert holding(rig.throwaway, "five") == set()
    assert (run(rig).returncode, len(rig.mails())) == (0, 1)


def test_page_of_a_person(rig: MediaWikiRig) -> None:
    """It leaves a page that people have edited, too, and what they wrote stays there."""
    rig.edit(AGENDA, f"Mine.\n{rig.throwaway.text(AGENDA)}", "Bo")
    expected = holding(rig.throwaway, "five")
    hide(rig)
    assert run(rig).returncode == 0
    assert links(rig) == [expected]
    text = rig.throwaway.text(AGENDA) or ""
    assert text.startswith("Mine.\n")
    assert "five" not in text


def test_hidden_author(rig: MediaWikiRig) -> None:
    """Where the author's name is hidden, it leaves the agenda with what nobody has filed now."""
    expected = holding(rig.throwaway, "user=Ada")
    source = int(history(rig.throwaway, UPDATE)[0]["revid"])
    rig.hide(source, text=False, user=True)
    assert (run(rig).returncode, links(rig)) == (0, [expected])
    assert not re.search("user=Ada|five", rig.throwaway.text(AGENDA) or "")


def test_hidden_account(rig: MediaWikiRig) -> None:
    """Where the whole account is hidden with a block, nothing that it filed is quoted, nor is its author named."""
    rig.throwaway.configure(
        SETTINGS + "$wgGroupPermissions['sysop']['hideuser'] = $wgGroupPermissions['sysop']['suppressrevision'] = true;"
    )
    expected = holding(rig.throwaway, "user=Ada")
    rig.admin(action="block", user="Ada", hidename=True, expiry="never", reblock=True)
    rig.throwaway.run_jobs()
    found = run(rig)
    assert (found.returncode, links(rig)) == (0, [expected])
    assert not re.search("user=Ada|five", shown(rig, AGENDA, STATUS))
    # To the bot the account isn't there: the name that still stands on the roster is told as one to be mended there.
    pages = "".join(rig.throwaway.text(title) or "" for title in (AGENDA, FRONT_PAGE, STATUS))
    assert "Ada" not in pages.replace("|key=roster-no-account|1=Ada}}", "")


def grant(rig: MediaWikiRig, grants: str) -> None:
    """Give the bot's password these grants and no others."""
    script = f"""
        use MediaWiki\\MediaWikiServices;
        use MediaWiki\\User\\BotPassword;
        $services = MediaWikiServices::getInstance();
        $user = $services->getUserFactory()->newFromName('{BOT}');
        $old = BotPassword::newFromUser($user, 'strategybot');
        $new = BotPassword::newUnsaved([
            'centralId' => $old->getUserCentralId(), 'appId' => 'strategybot', 'grants' => explode(',', '{grants}'),
        ]);
        $password = $services->getPasswordFactory()->newFromPlaintext('{PASSWORDS[BOT]}');
        $new->save('update', $password);
    """
    rig.throwaway.maintenance("eval", stdin=" ".join(line.strip() for line in script.splitlines()))


@pytest.mark.parametrize("missing", ["sendemail", "editmyoptions"])
def test_missing_grant(rig: MediaWikiRig, missing: str) -> None:
    """Without a grant no mail is sent: the operator is told, the run goes on, and the doctor names the grant."""
    grants = "basic,highvolume,editpage,createeditmovepage,sendemail,editmyoptions".replace(f",{missing}", "")
    grant(rig, grants)
    hide(rig)
    found = run(rig)
    assert (found.returncode, rig.mails()) == (1, [])
    assert len(found.stderr.splitlines()) == 1
    assert re.search("A letter to the contact is not sent: .*“strategybot doctor”", found.stderr)
    assert "five" not in shown(rig, AGENDA, STATUS) + found.stdout + found.stderr
    assert {"sendemail": "no-mail", "editmyoptions": "no-memory"}[missing] in run(rig, "doctor", "--json").stdout


# --- In confidence


class Sink:
    """Takes letters as a mail server does, and keeps them."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's
        """What aiosmtpd calls with each letter."""
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(f"{parsed['To']}\n{parsed['Subject']}\n{parsed.get_content()}")
        return "250 OK"


@pytest.fixture
def sink(rig: MediaWikiRig) -> Iterator[Sink]:
    """A mail server on this machine, which the wiki uses."""
    sink = Sink()
    port = free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    host = {"host": "127.0.0.1", "IDHost": "wiki.example", "port": port, "auth": False}
    rig.throwaway.configure(f"{SETTINGS}\n$wgSMTP = json_decode( '{json.dumps(host)}', true );")
    yield sink
    server.stop()


def test_in_confidence(rig: MediaWikiRig, sink: Sink) -> None:
    """What was filed in confidence is in no page, revision, summary, log or mail; the contact gets one, with a link."""
    words = "Quarrel between Zebra and Yak."
    assert run(rig).returncode == 0
    before = {title: rig.throwaway.text(title) for title in (AGENDA, STATUS, FRONT_PAGE)}
    rig.edit(update_page := f"{BETA}/Updates/2026-12-10", update(progress=f"'''Confidential:''' {words}"), "Bo")
    revision = history(rig.throwaway, update_page)[0]["revid"]
    said = [run(rig), run(rig, "plan"), run(rig, "run", "--json")]
    assert [found.returncode for found in said] == [0, 0, 0], said
    (letter,) = sink.letters
    assert f"Special:PermanentLink/{revision}" in letter
    assert "bo@wiki.example" in letter
    everything = rig.throwaway.call(action="query", list="recentchanges", rclimit="max", rcprop="title|comment|user")
    own = [one for one in everything["query"]["recentchanges"] if one.get("user") == BOT]
    written = "".join(json.dumps(history(rig.throwaway, title)) for title in {one["title"] for one in own})
    printed = "".join(found.stdout + found.stderr for found in said)
    for word in ("Zebra", "Yak", "onfidential"):
        assert word not in written + printed + json.dumps(own)
    assert not re.search(r"Zebra|Yak|Beta|Committee", letter)
    assert {title: rig.throwaway.text(title) for title in before} == before
