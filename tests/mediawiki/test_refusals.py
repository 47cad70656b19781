"""Whatever a real MediaWiki can do to an edit is told apart, and no edit is sent twice."""

from __future__ import annotations

import pytest

from strategybot.attempt import attempt
from strategybot.model.page import Title
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience, refusals
from strategybot.wiki.mediawiki.exchange import RefusedError
from strategybot.wiki.port import Append, History, Kind, OperatorError, Outcome, PageNow, Save, Then
from tests.mediawiki.failing import (
    HUGE,
    REFUSED,
    RESET_AFTER,
    RESET_BEFORE,
    TRICKLING_BODY,
    TRICKLING_HEADERS,
    Tunnel,
    Way,
    altered,
    forged,
    says,
)
from tests.mediawiki.rig import MediaWikiRig
from tests.wiki.contract import page

pytestmark = pytest.mark.mediawiki


def create(wiki: MediaWikiWiki, title: str, text: str = "Text.") -> Outcome:
    """An attempt to create a page."""
    return wiki.act(Save(Title(title), text, base=None, summary="test"))


# --- What a wiki's settings refuse ---


@pytest.mark.parametrize(
    ("settings", "kind", "reason"),
    [
        ("$wgReadOnly = 'moving house';", Kind.READ_ONLY, "The wiki is currently in read-only mode: moving house."),
        (
            "$wgRateLimits['edit'] = ['user' => [0, 60], 'bot' => [0, 60]];",
            Kind.RATE_LIMITED,
            "You've exceeded your rate limit.",
        ),
        ("$wgJobQueueIncludeInMaxLagFactor = 0.001;", Kind.LAGGED, "Waiting for a database server"),
        (
            "$wgCaptchaTriggers['create'] = true; $wgGroupPermissions['bot']['skipcaptcha'] = false;",
            Kind.CAPTCHA,
            "The wiki demands that a captcha be solved.",
        ),
        ("$wgMaxArticleSize = 0;", Kind.TOO_LARGE, "The content you supplied exceeds the page size limit"),
        ("$wgSpamRegex = ['/Text/'];", Kind.SPAM_LIST, "The following text is what triggered our spam filter: Text."),
        (
            "$wgGroupPermissions['*']['edit'] = $wgGroupPermissions['user']['edit'] = false;",
            Kind.FORBIDDEN,
            "You are not allowed to execute the action you have requested.",
        ),
        (
            "$wgGroupPermissions['*']['createpage'] = $wgGroupPermissions['user']['createpage'] = false;",
            Kind.FORBIDDEN,
            "You do not have permission to create new pages.",
        ),
        (
            "$wgNamespaceProtection[NS_MAIN] = ['editinterface'];",
            Kind.PROTECTED,
            "You do not have permission to edit pages in the",
        ),
        (
            "$wgGroupPermissions['bot']['bot'] = false;",
            Kind.LOGGED_OUT,
            'You do not have the "bot" right, so the action could not be completed.',
        ),
    ],
)
def test_settings(rig: MediaWikiRig, root: str, settings: str, kind: Kind, reason: str) -> None:
    """Each refusal has its own kind, and a reason in one sentence."""
    wiki = rig.wiki()
    rig.edit(f"{root}/Job", "[[A link]]")  # leaves jobs waiting, which count as lag
    rig.configure(settings)
    refused = create(wiki, root)
    rig.configure()
    assert (refused.kind, refused.title, refused.revid) == (kind, Title(root), None)
    assert refused.reason.startswith(reason)
    assert not page(wiki, root).exists


def test_settings_of_reading(rig: MediaWikiRig, root: str) -> None:
    """A wiki that is read-only or behind with its jobs is read all the same."""
    rig.edit(root, "[[A link]]")
    wiki = rig.wiki()
    rig.configure("$wgReadOnly = 'moving house'; $wgJobQueueIncludeInMaxLagFactor = 0.001;")
    assert page(wiki, root).text == "[[A link]]"


# --- What a wiki's lists and filters refuse ---


def test_spam_list(rig: MediaWikiRig, root: str) -> None:
    """The spam list names the links that it refuses."""
    rig.edit("MediaWiki:Spam-blacklist", "evil\\.example\nbad\\.example", user="Admin")
    wiki = rig.wiki()
    refused = create(wiki, root, "See https://evil.example/a, http://www.bad.example and https://good.example.")
    assert (refused.kind, set(refused.match.split())) == (Kind.SPAM_LIST, {"evil.example", "bad.example"})
    assert refused.reason == f"The text you wanted to publish was blocked by the spam filter: {refused.match}."
    assert create(wiki, root, "See https://good.example.").kind is Kind.SAVED


def test_title_blacklist(rig: MediaWikiRig, root: str) -> None:
    """The title blacklist names its line."""
    rig.edit("MediaWiki:Titleblacklist", f"{root}.*bad.*", user="Admin")
    refused = create(rig.wiki(), f"{root}/A bad title")
    assert (refused.kind, refused.match) == (Kind.TITLE_BLACKLIST, f"{root}.*bad.*")


@pytest.mark.parametrize(("action", "parameters"), [("disallow", ""), ("warn", "abusefilter-warning")])
def test_abuse_filter(rig: MediaWikiRig, root: str, action: str, parameters: str) -> None:
    """An abuse filter is named by its description; a warning is not brushed aside by sending the edit again."""
    word = f"{action}{root[-6:]}"
    rig.filter(word, **{action: parameters})
    wiki = rig.wiki("FlaglessBot")
    refused = create(wiki, root, f"A text with {word}.")
    assert (refused.kind, refused.match) == (Kind.ABUSE_FILTER, f"No {word} here")
    assert "This action has been automatically identified as harmful" in refused.reason
    assert not page(wiki, root).exists


def test_abuse_filter_that_counts(rig: MediaWikiRig, root: str) -> None:
    """A filter that lets only so many edits pass refuses the next."""
    word = f"often{root[-6:]}"
    rig.filter(word, throttle=r"1\n1,3600\nuser", disallow="")
    wiki = rig.wiki()
    kinds = [create(wiki, f"{root}/{number}", f"How {word}?").kind for number in range(2)]
    assert kinds == [Kind.SAVED, Kind.ABUSE_FILTER]


# --- What people refuse ---


def test_reason_of_a_block(rig: MediaWikiRig, root: str) -> None:
    """A blocked account is told why; that counts before the page's own protection."""
    rig.edit(root, "Text.")
    rig.protect(root)
    with rig.blocked("FlaglessBot", reason="testing, sorry"):
        wiki = rig.wiki("FlaglessBot")
        base = page(wiki, root).revision
        assert base is not None
        refused = wiki.act(Save(Title(root), "Text!", base.id, "test"))
    assert refused.kind is Kind.BLOCKED
    assert refused.reason == "Your username or IP address has been blocked: testing, sorry."


def test_block_from_one_page(rig: MediaWikiRig, root: str) -> None:
    """An account that is kept from some pages is not blocked: other pages go on."""
    base = rig.edit(root, "Text.")
    with rig.blocked("FlaglessBot", partial=True, pagerestrictions=root, allowusertalk=True):
        wiki = rig.wiki("FlaglessBot")
        assert not wiki.start().account.blocked
        assert wiki.act(Save(Title(root), "Text!", base, "test")).kind is Kind.FORBIDDEN
        assert create(wiki, f"{root}/Other").kind is Kind.SAVED


def test_block_of_the_address(rig: MediaWikiRig, root: str) -> None:
    """Who is blocked for sharing somebody's address is blocked."""
    exempt = "MediaWiki:Block-autoblock-exemptionlist"  # it keeps this machine's address from being blocked
    addresses = rig.throwaway.text(exempt) or ""
    rig.edit(exempt, "-", user="Admin")
    rig.edit(f"{root}/Ada", "Text.")
    wiki = rig.wiki("FlaglessBot")
    with rig.blocked("Ada", autoblock=True):
        kind = create(wiki, root).kind
    rig.edit(exempt, addresses, user="Admin")
    assert kind is Kind.BLOCKED


def test_cascading_protection(rig: MediaWikiRig, root: str) -> None:
    """A page is protected along with a protected page that transcludes it."""
    base = rig.edit(f"{root}/Part", "Text.")
    rig.edit(root, f"{{{{:{root}/Part}}}}", user="Admin")
    rig.admin(action="protect", title=root, protections="edit=sysop", cascade=True)
    refused = rig.wiki().act(Save(Title(f"{root}/Part"), "Text!", base, "test"))
    assert refused.kind is Kind.PROTECTED


def test_protection_of_a_title(rig: MediaWikiRig, root: str) -> None:
    """A title can be protected against creation, which its page tells beforehand."""
    rig.admin(action="protect", title=root, protections="create=sysop")
    wiki = rig.wiki()
    assert page(wiki, root).protection == "sysop"
    assert create(wiki, root).kind is Kind.PROTECTED


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MediaWiki:Common.js", Kind.PROTECTED),
        ("User:Ada/Common.js", Kind.PROTECTED),
        ("Special:Version", Kind.INVALID),
        ("Media:Picture.png", Kind.INVALID),
        ("mw:Page", Kind.INVALID),
        ("Page#Section", Kind.INVALID),
    ],
)
def test_title(rig: MediaWikiRig, title: str, kind: Kind) -> None:
    """There are titles where a bot can't save, or nobody."""
    wiki = rig.wiki()
    assert page(wiki, title).invalid is (kind is Kind.INVALID)
    assert create(wiki, title).kind is kind


def test_page_moved_away(rig: MediaWikiRig, root: str) -> None:
    """A page that was moved away without a redirect is not created again."""
    rig.edit(f"{root}/Old", "Text.")
    rig.move(f"{root}/Old", f"{root}/New", redirect=False)
    wiki = rig.wiki()
    for action in (Save, Append):
        refused = wiki.act(action(Title(f"{root}/Old"), "Text.", None, "test"))
        assert (refused.kind, refused.reason) == (Kind.MOVED, f"The page was moved to {root}/New.")
    assert not page(wiki, f"{root}/Old").exists


def test_text_that_is_no_json(rig: MediaWikiRig, root: str) -> None:
    """A refusal that has no kind of its own is failed, with the wiki's words and code."""
    base = rig.edit(f"{root}.json", "{}", user="Admin")
    rig.admin(action="changecontentmodel", title=f"{root}.json", model="json")
    wiki = rig.wiki()
    newest = page(wiki, f"{root}.json").revision
    assert newest is not None
    assert newest.id > base
    failed = wiki.act(Save(Title(f"{root}.json"), "{", newest.id, "test"))
    assert (failed.kind, failed.reason) == (Kind.FAILED, "Invalid JSON: Syntax error (invalid-json-data).")
    moved_on = wiki.act(Save(Title(f"{root}.json"), "{}", base, "test"))
    assert moved_on.kind is Kind.CONFLICT


# --- The same account in two places ---


def test_same_second(rig: MediaWikiRig, root: str) -> None:
    """An edit in the same place within the same second is a conflict like any other."""
    wiki = rig.wiki()
    for number in range(5):
        title = f"{root}/{number}"
        base = rig.edit(title, "one\n\ntwo")
        rig.edit(title, "one!\n\ntwo", user="Bo")
        kind = wiki.act(Save(Title(title), "one?\n\ntwo", base, "test")).kind
        times = {revision.time for revision in wiki.answer([History(Title(title))])[History(Title(title))]}
        assert kind is Kind.CONFLICT
        if len(times) == 1:
            return
    pytest.fail("the wiki was too slow for two edits within a second")


# --- The session ---


def test_session_that_is_lost(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """Where the wiki has forgotten the session, a new one is begun, for an edit as for a reading."""
    base = rig.edit(root, "Text.")
    wiki = rig.wiki(api=tunnel.api)
    rig.throwaway.maintenance("invalidateUserSessions", "--user", "StrategyBot")
    wiki.requests.clear()
    saved = wiki.act(Save(Title(root), "Text!", base, "test"))
    assert (saved.kind, wiki.requests) == (Kind.SAVED, {"edit": 2, "start": 3})
    rig.throwaway.maintenance("invalidateUserSessions", "--user", "StrategyBot")
    wiki.requests.clear()
    assert page(wiki, root).text == "Text!"
    assert wiki.requests == {"read": 2, "start": 3}


def test_flag_that_is_lost(rig: MediaWikiRig, root: str) -> None:
    """Who is no bot any more writes nothing as somebody else would: that run ends."""
    base = rig.edit(root, "Text.")
    wiki = rig.wiki()
    rig.configure("$wgGroupPermissions['bot']['bot'] = false;")
    assert wiki.act(Save(Title(root), "Text!", base, "test")).kind is Kind.LOGGED_OUT
    assert page(rig.wiki(), root).text == "Text."


def test_token_that_is_stale(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """A token that the wiki doesn't take is asked for anew, once."""
    stale = altered("bad token", lambda _: {"token": "stale+\\"})
    wiki = rig.wiki(api=tunnel.api)
    base = rig.edit(root, "Text.")
    tunnel.fail(stale)
    saved = wiki.act(Save(Title(root), "Text!", base, "test"))
    assert (saved.kind, saved.revid) == (Kind.SAVED, base + 1)
    tunnel.forged |= {"token": "stale+\\"}
    refused = wiki.act(Save(Title(root), "Text?", base + 1, "test"))
    assert (refused.kind, refused.reason) == (Kind.BAD_TOKEN, "Invalid CSRF token.")
    assert [sent.form["action"] for sent in tunnel.sent].count("edit") == 4


# --- The way there and back ---


@pytest.mark.parametrize(
    "way",
    [
        RESET_AFTER,
        *(says(*said) for said in [(200, b""), (200, b"<html>"), (502, b"Bad gateway"), (200, b"[]"), (200, b"{}")]),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [Save, Append])
def test_answer_that_is_lost(rig: MediaWikiRig, tunnel: Tunnel, root: str, way: Way, kind: type[Save | Append]) -> None:
    """An edit whose answer is lost is sent once; whoever looks knows that it was saved."""
    base = rig.edit(root, "First.")
    wiki = rig.wiki(api=tunnel.api)
    action = kind(Title(root), "\n\nSecond.", base, "test")
    tunnel.fail(way)
    unknown = wiki.act(action)
    assert unknown.kind is Kind.UNKNOWN
    assert unknown.reason.startswith(f"It may be done or not: {tunnel.api} ")
    assert [sent.form["action"] for sent in tunnel.sent].count("edit") == 1
    assert page(wiki, root).text.count("Second.") == 1
    again = Append(Title(root), "\n\nSecond.", base, "test")
    assert wiki.act(again).kind is Kind.CONFLICT


@pytest.mark.parametrize("kind", [Save, Append])
def test_look_at_what_became_of_it(rig: MediaWikiRig, tunnel: Tunnel, root: str, kind: type[Save | Append]) -> None:
    """After a lost answer the history is looked at: what is there is saved, and what isn't is not known."""
    base = rig.edit(root, "First.")
    wiki = rig.wiki(api=tunnel.api)
    change = kind(Title(root), "\n\nSecond.", base, "test #1")
    tunnel.fail(RESET_BEFORE)
    assert attempt(wiki, change, "StrategyBot").kind is Kind.UNKNOWN
    assert page(wiki, root).text == "First."
    wiki.requests.clear()
    tunnel.fail(RESET_AFTER)
    saved = attempt(wiki, change, "StrategyBot")
    newest = page(wiki, root).revision
    assert newest is not None
    assert (saved.kind, saved.revid, saved.time) == (Kind.SAVED, newest.id, newest.time)
    assert wiki.requests == {"edit": 1, "history": 1, "read": 1}
    tunnel.fail(RESET_BEFORE)
    other = kind(Title(root), "\n\nThird.", newest.id, "test #1")
    assert attempt(wiki, other, "StrategyBot").kind is Kind.UNKNOWN
    tunnel.fail(RESET_AFTER, RESET_BEFORE)
    assert attempt(wiki, other, "StrategyBot").kind is Kind.UNKNOWN


def test_look_at_a_page_that_is_new(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """That a page was created is found out as well; that somebody else did it is nothing of ours."""
    wiki = rig.wiki(api=tunnel.api)
    tunnel.fail(RESET_AFTER, after=1)
    assert attempt(wiki, Save(Title(root), "Text.", None, "test"), "StrategyBot").kind is Kind.SAVED
    rig.edit(f"{root}/Ada", "Text.", summary="test")
    tunnel.fail(RESET_BEFORE, after=1)
    save = Save(Title(f"{root}/Ada"), "Text.", None, "test")
    assert attempt(wiki, save, "StrategyBot").kind is Kind.UNKNOWN


def test_answer_on_the_way(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """Whoever stands before the wiki can refuse as well."""
    base = rig.edit(root, "Text.")
    wiki = rig.wiki(api=tunnel.api)
    for way, kind in ((says(403, b"Go away"), Kind.FAILED), (says(429, b"Slowly", done=False), Kind.RATE_LIMITED)):
        tunnel.fail(way)
        assert wiki.act(Save(Title(root), "Text!", base, "test")).kind is kind


def test_wiki_that_is_gone(rig: MediaWikiRig, root: str) -> None:
    """An edit that doesn't reach the wiki ends the run, while a reading that doesn't is the operator's matter."""
    base = rig.edit(root, "Text.")
    with Tunnel(rig.api) as tunnel:
        wiki = rig.wiki(api=tunnel.api)
    failed = [wiki.act(Save(Title(root), "Text!", base, "test")), create(wiki, f"{root}/New")]
    assert [outcome.kind for outcome in failed] == [Kind.NOT_REACHED] * 2
    sentence = f"{tunnel.api} can't be reached: Connection refused."
    assert {outcome.reason for outcome in failed} == {f"Nothing is done: {sentence}"}
    with pytest.raises(OperatorError) as raised:
        wiki.answer([PageNow(Title(root))])
    assert str(raised.value) == sentence


# --- Patience ---


@pytest.fixture
def slept() -> list[float]:
    """How long the bot has waited, had it waited."""
    return []


def test_reading_is_patient(rig: MediaWikiRig, tunnel: Tunnel, root: str, slept: list[float]) -> None:
    """A reading is sent again where its answer is lost, up to a limit."""
    rig.edit(root, "Text.")
    wiki = rig.wiki(api=tunnel.api, patience=Patience(timeout=10, pauses=(1, 3), sleep=slept.append))
    wiki.requests.clear()
    tunnel.fail(RESET_AFTER, says(503, b"Busy"))
    assert page(wiki, root).text == "Text."
    assert (wiki.requests, slept) == ({"read": 3}, [1, 3])
    tunnel.fail(*[RESET_AFTER] * 3)
    with pytest.raises(OperatorError, match="breaks the connection off"):
        page(wiki, root)
    assert (wiki.requests, slept) == ({"read": 6}, [1, 3, 1, 3])


def test_login_is_patient(rig: MediaWikiRig, tunnel: Tunnel, slept: list[float]) -> None:
    """A login whose answer is lost is made anew as a whole."""
    tunnel.fail(RESET_AFTER, after=1)
    wiki = rig.wiki(api=tunnel.api, patience=Patience(timeout=10, pauses=(1,), sleep=slept.append))
    assert (wiki.requests, slept) == ({"start": 5}, [1])


@pytest.mark.parametrize("kind", [Save, Append])
def test_edit_is_patient_where_nothing_was_done(
    rig: MediaWikiRig, tunnel: Tunnel, root: str, slept: list[float], kind: type[Save | Append]
) -> None:
    """An edit is sent again where the wiki wasn't reached or asks to wait, for as long as it asks; and saved once."""
    base = rig.edit(root, "First.")
    patience = Patience(timeout=10, pauses=(1, 3, 9), sleep=lambda pause: (slept.append(pause), tunnel.mend())[0])
    wiki = rig.wiki(api=tunnel.api, patience=patience)
    busy = altered("maxlag", lambda _: {"maxlag": "-2"})
    tunnel.fail(REFUSED, busy, says(429, b"Slowly", done=False, Retry_After="20"))
    saved = wiki.act(kind(Title(root), "\n\nSecond.", base, "test"))
    assert (saved.kind, slept) == (Kind.SAVED, [1, 5, 20])
    assert page(wiki, root).text.count("Second.") == 1


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        (altered("maxlag", lambda _: {"maxlag": "-2"}), Kind.LAGGED),
        (forged("rate limit", "ratelimited", "You've exceeded your rate limit.", done=False), Kind.RATE_LIMITED),
    ],
    ids=str,
)
def test_patience_of_an_edit_ends(
    rig: MediaWikiRig, tunnel: Tunnel, root: str, slept: list[float], way: Way, kind: Kind
) -> None:
    """A wiki that asks to wait again and again gets no further edit in this run."""
    wiki = rig.wiki(api=tunnel.api, patience=Patience(timeout=10, pauses=(6, 6), sleep=slept.append))
    tunnel.fail(*[way] * 3, after=1)
    refused = create(wiki, root)
    assert (refused.kind, refused.kind.then, slept) == (kind, Then.STOP, [6, 6])


def test_patience_has_bounds(rig: MediaWikiRig, tunnel: Tunnel, root: str, slept: list[float]) -> None:
    """Nobody waits for as long as a wiki may ask for, nor for ever more short times."""
    wiki = rig.wiki(api=tunnel.api, patience=Patience(pauses=(20, 20), longest=60, budget=70, sleep=slept.append))
    tunnel.fail(says(429, b"Slowly", Retry_After="3600"))
    with pytest.raises(OperatorError, match="HTTP 429"):
        page(wiki, root)
    assert slept == []
    date = "Wed, 21 Oct 2015 07:28:00 GMT"
    tunnel.fail(*[says(503, b"Busy", Retry_After=date)] * 2)
    assert not page(wiki, root).exists
    tunnel.fail(*[says(503, b"Busy", Retry_After="soon")] * 2)
    with pytest.raises(OperatorError, match="HTTP 503"):
        page(wiki, root)
    assert slept == [20, 20, 20]


@pytest.mark.parametrize("way", [TRICKLING_HEADERS, TRICKLING_BODY], ids=str)
def test_answer_without_an_end(rig: MediaWikiRig, tunnel: Tunnel, root: str, way: Way) -> None:
    """A server that sends a byte now and then is not waited for."""
    wiki = rig.wiki(api=tunnel.api, patience=Patience(timeout=10, deadline=1, pauses=()))
    tunnel.fail(way)
    with pytest.raises(OperatorError, match="does not answer in time"):
        page(wiki, root)
    assert not page(wiki, root).exists


def test_answer_that_is_huge(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """An answer larger than any MediaWiki gives is not read to its end."""
    wiki = rig.wiki(api=tunnel.api)
    tunnel.fail(HUGE)
    with pytest.raises(OperatorError, match="answers with more than 67108864 bytes"):
        page(wiki, root)


@pytest.mark.parametrize("body", [b'{"batchcomplete": true}', b'{"batchcomplete": true, "query": {}}'])
def test_answer_that_holds_nothing(rig: MediaWikiRig, tunnel: Tunnel, root: str, body: bytes) -> None:
    """An answer in which nothing stands is none: it doesn't say that there is no such page."""
    rig.edit(root, "Text.")
    wiki = rig.wiki(api=tunnel.api)
    for query in (PageNow(Title(root)), History(Title(root))):
        tunnel.fail(says(200, body))
        with pytest.raises(OperatorError, match="does not answer like a MediaWiki"):
            wiki.answer([query])


def test_answer_that_goes_round(rig: MediaWikiRig, tunnel: Tunnel, root: str) -> None:
    """A wiki that says again and again that there is more is not asked for ever."""
    wiki = rig.wiki(api=tunnel.api)
    more = says(200, b'{"continue": {"continue": "||"}, "query": {"pages": []}}', done=False)
    tunnel.fail(*[more] * 5)
    with pytest.raises(OperatorError, match="no end to its answer"):
        page(wiki, root)


# --- Codes that can't be had here ---


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("globalblocking-blockedtext-user", Kind.BLOCKED),
        ("mwoauth-invalid-authorization", Kind.LOGGED_OUT),
        ("internal_api_error_DBQueryError", Kind.UNKNOWN),
        ("readapidenied", Kind.FORBIDDEN),
        ("confirmemail", Kind.FORBIDDEN),
        ("something-else", Kind.FAILED),
    ],
)
def test_code(code: str, kind: Kind) -> None:
    """Codes of extensions and mishaps that no throwaway wiki has are told apart as well."""
    refused = refusals.outcome(Save(Title("A"), "", None, ""), RefusedError([{"code": code, "text": "So it is."}]))
    assert refused == Outcome(Title("A"), kind, reason=f"So it is{' (something-else)' * (kind is Kind.FAILED)}.")
