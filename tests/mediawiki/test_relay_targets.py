"""Targets of relays on a real MediaWiki: where lists lead there, what it sees on them, and who sent to them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from strategybot.config import read_configuration
from strategybot.installation import install_session
from strategybot.jobs.targets import targets_of
from strategybot.model.page import SentMessage, Title
from strategybot.model.process import Process
from strategybot.model.relay import Fate, Party, Relay, Side, Stage, Target
from strategybot.runner import Runner
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.port import MessagesSent, PageNow
from strategybot.writing.safe import heading
from strategybot.writing.targets import prepared_list
from tests.committee import BOT, CONFIGURATION, Committee, moment
from tests.mediawiki.rig import MediaWikiRig, fresh_wiki, save_committee
from tests.reading.test_targets import FORMS
from tests.wiki.contract import answer
from throwaway import Revision

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01")
BEFORE = moment("11-02")
LISTS = "Committee/Relays/Lists"


def relay_to(name: str) -> Relay:
    """A relay to those on a list, of which nothing else matters here."""
    audience = (Party(Side.STAKEHOLDERS, name),)
    return Relay("Survey", Title("Committee/Relays"), 1, Stage.VALID, NOW, Party(Side.CORE_TEAM), audience)


FATES = {
    "User:Ada": (Fate.DUE, "", "User talk:Ada"),
    "User talk:Newcomer": (Fate.DUE, "", "User talk:Newcomer"),
    "Project:Pump": (Fate.DUE, "", "Project:Pump"),
    "Project talk:New": (Fate.NO_PAGE, "", "Project talk:New"),
    "Talk:Chain 1": (Fate.DUE, "", "Talk:Chain 3"),
    "Talk:Chain 3": (Fate.DUPLICATE, "Talk:Chain 1", "Talk:Chain 3"),
    "User talk:Led to Ada": (Fate.DUPLICATE, "User:Ada", "User talk:Ada"),
    "User talk:Led away": (Fate.REDIRECT, "Talk:Chain 3", "Talk:Chain 3"),
    "Talk:Circle": (Fate.REDIRECT, "Talk:Circle", "Talk:Circle"),
    "User talk:Gone over": (Fate.DUE, "", "User talk:Here now"),
    "User talk:Without a page": (Fate.DUE, "", "User talk:Renamed, too"),
    "User talk:Leaving": (Fate.VANISHED, "", "User talk:Leaving"),
    "User talk:Nobody there": (Fate.NO_ACCOUNT, "Nobody there", "User talk:Nobody there"),
    "User talk:Barred": (Fate.BLOCKED, "Barred", "User talk:Barred"),
    "User talk:Quiet": (Fate.OPTED_OUT, "", "User talk:Quiet"),
    "User talk:Botless": (Fate.EXCLUDED, "{{bots|deny=all}}", "User talk:Botless"),
    "User talk:Locked": (Fate.PROTECTED, "sysop", "User talk:Locked"),
    "Talk:Salted": (Fate.PROTECTED, "sysop", "Talk:Salted"),
    "User talk:Data": (Fate.OTHER_MODEL, "json", "User talk:Data"),
    "User talk:Listed out": (Fate.NAMED_OUT, "", "User talk:Listed out"),
    "Committee": (Fate.NO_TALK_PAGE, "", "Committee"),
    "Special:Version": (Fate.INVALID, "", "Special:Version"),
    "mw:Project:Elsewhere": (Fate.INVALID, "", "Mw:Project:Elsewhere"),
}
"""What becomes of each target of one list: its fate, what its sentence names, and where it leads."""

PAGES = {
    "User talk:Ada": "Hello.",
    "Project:Pump": "Hello.",
    "Salted": "Text.",
    "Talk:Chain 1": "#REDIRECT [[Talk:Chain 2]]",
    "Talk:Chain 2": "#REDIRECT [[Talk:Chain 3]]",
    "Talk:Chain 3": "Hello.",
    "Talk:Circle": "#REDIRECT [[Talk:Circle]]",
    "User talk:Led to Ada": "#REDIRECT [[User talk:Ada]]",
    "User talk:Led away": "#REDIRECT [[Talk:Chain 3]]",
    "User talk:Gone over": "Hello.",
    "Template:No mail": "<includeonly>[[Category:Opted-out of message delivery]]</includeonly>",
    "User talk:Quiet": "{{No mail}}",
    "User talk:Botless": "{{bots|deny=all}}",
    "User talk:Locked": "Hello.",
    f"{LISTS}/Opted out": "{{target|user=Listed out}}",
    "Template:Target": "<includeonly>{{#target:{{#if:{{{page|}}}|{{{page}}}|{{#if:{{{user|}}}|User talk:{{{user}}}}}}}"
    "|{{{site|}}}}}</includeonly>",
}

ACCOUNTS = (
    *("Newcomer", "Gone over", "Without a page", "Leaving", "Barred", "Quiet", "Botless", "Locked", "Data"),
    *("Led to Ada", "Led away", "Listed out"),
)

SHOWING = """
$wgExtensionMessagesFiles['Target'] = '%s';
$wgHooks['ParserFirstCallInit'][] = static function ( $parser ) {
	$parser->setFunctionHook( 'target', static function ( $parser, $page = '', $site = '' ) {
		static $number = 0;
		$number++;
		return MediaWiki\\Title\\Title::newFromText( $page ) ? "⟦{$number}¦{$page}¦{$site}⟧" : '';
	} );
};
"""
"""A parser function of MassMessage's name that shows its parameters, with a number, since headings show twice."""

LOGGING = """
$wgExtensionCredits['other'][] = [ 'path' => '/MassMessage', 'name' => 'MassMessage' ];
$wgLogTypes[] = 'massmessage';
$wgLogActionsHandlers['massmessage/*'] = 'LogFormatter';
"""
"""The log of MassMessage, as the extension registers it."""

MESSENGER = "MediaWiki message delivery"
"""The account of MassMessage."""


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with a list whose targets come to all that there is."""
    with fresh_wiki(tmp_path_factory.mktemp("targets")) as wiki:
        save_committee(wiki, moment("11-01"), relays={})
        wiki.save([Revision(f"User:{name}", "Hello.", name, time=BEFORE) for name in ACCOUNTS])
        wiki.save([Revision(title, text, "Cora", time=BEFORE) for title, text in PAGES.items()])
        rig = MediaWikiRig(wiki)
        wiki.set_clock(NOW)
        listed = "\n".join(f"* {{{{#target:{title}}}}}" for title in FATES)
        rig.edit(f"{LISTS}/Affiliates", f"{listed}\n{{{{target|user=Ada|site={urlsplit(wiki.url).netloc}}}}}", "Cora")
        rig.move("User talk:Gone over", "User talk:Here now")
        for old, new in [("Gone over", "Here now"), ("Without a page", "Renamed, too"), ("Leaving", "Vanished user 7")]:
            wiki.maintenance("renameUser", "--performer", "Admin", "--reason", "asked for", old, new)
        wiki.edit("User talk:Data", "{}", contentmodel="json")
        rig.protect("User talk:Locked")
        rig.admin(action="protect", title="Talk:Salted", protections="create=sysop")
        rig.block("Barred")
        wiki.run_jobs()
        yield rig


@pytest.fixture
def process() -> Process:
    found = read_configuration(Committee(relays={}).text(CONFIGURATION.text), CONFIGURATION, BOT)
    assert isinstance(found, Process)
    return found


@pytest.fixture
def found(rig: MediaWikiRig, process: Process) -> tuple[Target, ...]:
    return Runner(rig.wiki()).run(targets_of(process, relay_to("affiliates"), NOW))


def test_fates(found: tuple[Target, ...]) -> None:
    """Each target comes to what it should, and the last names this very wiki by its domain."""
    assert {one.asked.text: (one.fate, one.word, one.page and one.page.title.text) for one in found[:-1]} == {
        Title(title).text: fate for title, fate in FATES.items()
    }
    assert (found[-1].fate, found[-1].site, found[-1].word) == (Fate.DUPLICATE, "", "User:Ada")
    assert {one.language for one in found if one.page and not one.page.invalid} == {"en"}


def test_requests(rig: MediaWikiRig, process: Process) -> None:
    """Beside what was renamed, a list costs a request for itself, and one for its targets and their accounts."""
    titles = "\n".join(f"{{{{#target:User talk:{name}}}}}" for name in ("Ada", "Newcomer", "Quiet", "Botless"))
    rig.edit(f"{LISTS}/Partners", titles, "Cora")
    wiki = rig.wiki()
    wiki.requests.clear()
    Runner(wiki).run(targets_of(process, relay_to("partners"), NOW))
    assert wiki.requests == {"read": 2}


def shown(rig: MediaWikiRig, *lists: str) -> list[list[tuple[str, str]]]:
    """The targets that the wiki's parser sees on lists, which are asked for together."""
    text = "\n\n§§\n\n".join(lists)
    parts = html.unescape(rig.throwaway.parse(text, "List")).split("§§")
    seen = [dict.fromkeys(re.findall(r"⟦(\d+)¦([^¦⟧]*)¦([^⟧]*)⟧", part.replace("_", " "))) for part in parts]
    return [[(_plain(page), site) for _, page, site in one] for one in seen]


def test_what_the_parser_sees(rig: MediaWikiRig, tmp_path: Path) -> None:
    """On each list we read what the wiki's parser sees, and so it does on the list that the bot prepares."""
    magic = tmp_path / "Target.i18n.magic.php"
    magic.write_text("<?php\n$magicWords = [ 'en' => [ 'target' => [ 0, 'target' ] ] ];\n")
    rig.configure(SHOWING % magic)
    lists = sorted(FORMS, key=lambda text: text.count("<!--") - text.count("-->"))  # one runs to the end
    spaced = {text: [(page.replace("_", " "), site) for page, site in named] for text, named in FORMS.items()}
    assert dict(zip(lists, shown(rig, *lists), strict=True)) == spaced
    hard = ["User talk:Ada", "Project:a''b", "Project:Q&A", "Talk:-{x", "Talk:*news:x ISBN 1234567890"]
    targets = [Target(Title(name), fate=Fate.PREPARED) for name in hard if Title(name).legal]
    targets.append(Target(Title("Project:Pump"), site="fr.wikipedia.org", fate=Fate.ELSEWHERE))
    expected = [(one.asked.text, one.site) for one in targets]
    assert shown(rig, prepared_list(targets)) == [expected]
    rig.configure()


def _plain(page: str) -> str:
    """A title as MediaWiki takes it, which is given a parameter as written."""
    return html.unescape(page).partition("#")[0].strip().removeprefix(":")


def test_messages_sent(rig: MediaWikiRig) -> None:
    """What people have sent to a list is found in the wiki's log, with the pages to which it wasn't delivered."""
    rig.configure(LOGGING)
    rig.join(MESSENGER)
    targets = rig.edit("Sent/Targets", "{{#target:User talk:Ada}}", BOT)
    rig.edit("Sent/Text", "Hello.", BOT)
    subject = "Survey: ''three'' [[questions]]"
    sent = {"4::revid": targets, "5::pageMessage": "Sent/Text"}
    entries = [
        _logged("send", "Cora", "Sent/Targets", sent, subject),
        _logged("skipoptout", MESSENGER, "User talk:Quiet", {"4::subject": subject}),
        _logged("failure", MESSENGER, "Project:Pump", {"4::subject": subject, "5::reason": "protectedpage"}),
        _logged("failure", MESSENGER, "User talk:Ada", {"4::subject": "News", "5::reason": "spamblacklist"}),
        _logged("send", "Cora", "Sent/Targets", {**sent, "5::pageMessage": ""}, subject),
    ]
    rig.throwaway.maintenance("eval", stdin="\n".join(entries))
    wiki = rig.wiki()
    again, first = answer(wiki, MessagesSent(NOW))
    missed = frozenset({Title("User talk:Quiet"), Title("Project:Pump")})
    assert first == SentMessage(first.time, "Cora", subject, Title("Sent/Targets"), targets, Title("Sent/Text"), missed)
    assert again == SentMessage(again.time, "Cora", subject, Title("Sent/Targets"), targets)
    assert answer(wiki, MessagesSent(moment("12-02"))) == ()
    rig.configure()


def _logged(action: str, user: str, title: str, parameters: Mapping[str, object], comment: str = "") -> str:
    """PHP that logs as MassMessage does: what is sent, and by its own account what it doesn't deliver."""
    told = json.dumps(parameters).replace("'", r"\'")
    return (
        f"$entry = new ManualLogEntry('massmessage', '{action}');"
        f" $entry->setPerformer(MediaWiki\\User\\User::newFromName('{user}'));"
        f" $entry->setTarget(MediaWiki\\Title\\Title::newFromText('{title}'));"
        f' $entry->setComment("{comment}");'
        f" $entry->setParameters(json_decode('{told}', true)); $entry->insert();"
    )


def test_link_to_the_special_page(rig: MediaWikiRig) -> None:
    """The link is one to the special page, whatever the subject says, with the list, the text and a signature."""
    committee = Committee(relays={})
    install_session(committee.wiki, read_folder(share("wikiconfig")))
    needed = ("Template:Steering group/Relay prepared", "Template:Steering group/Text", "Template:Steering group/Style")
    texts = {title.text: text for title, text in committee.wiki.texts().items()}
    kept = {title: text for title, text in texts.items() if title.startswith((*needed, "Module:Steering group/Text"))}
    rig.throwaway.save(Revision(title, text, BOT) for title, text in kept.items())
    subject = "Été ~~~~ {{x}} [[y]] a=b&c #1 “q” -{z}- __TOC__"
    shown = heading(subject)
    call = f"{{{{{needed[0].partition(':')[2]}|list=Sent/A b/Targets|text=Sent/A b/Text|version=1|subject={shown}}}}}"
    rig.edit("Sent/Link", call)
    seen = rig.throwaway.parse(rig.throwaway.text("Sent/Link") or "")
    (href,) = re.findall(r'class="external text" href="([^"]*)"', seen)
    filled = {name: values[0] for name, values in parse_qs(urlsplit(html.unescape(href)).query).items()}
    assert html.unescape(filled.pop("subject")) == html.unescape(shown)
    assert filled == {
        "title": "Special:MassMessage",
        "spamlist": "Sent/A b/Targets",
        "page-message": "Sent/A b/Text",
        "message": "~~~~",
    }


def test_opt_out_in_the_language_of_the_wiki(rig: MediaWikiRig) -> None:
    """The category of those who want no messages has a name in the wiki's language; the usual one counts as well."""
    rig.edit("MediaWiki:Massmessage-optout-category", "Ohne Nachrichten", "Admin")
    rig.edit("User talk:Still", "[[Category:Ohne Nachrichten]]", "Cora")
    wiki = rig.wiki()
    titles = ("User talk:Still", "User talk:Quiet", "User talk:Ada")
    assert [answer(wiki, PageNow(Title(title))).opted_out for title in titles] == [True, True, False]
    rig.delete("MediaWiki:Massmessage-optout-category")


def test_home_page_has_an_address(rig: MediaWikiRig) -> None:
    """A page's address is on the wiki's own domain."""
    page = answer(rig.wiki(), PageNow(Title("Project:Pump")))
    assert urlsplit(page.url).netloc == urlsplit(rig.throwaway.url).netloc
