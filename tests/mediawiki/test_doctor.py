"""The doctor on a real MediaWiki: what only it can refuse, grant, protect or know, and its help pages."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from strategybot.checkup import Checkup, as_lines, check_up
from strategybot.doctor import Severity
from strategybot.model.page import Title
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Kind, PageNow, Save
from strategybot.writing.texts import Texts, codes
from tests.mediawiki.rig import IMPATIENT, MediaWikiRig, credentials, install
from throwaway import ApiError, Revision

pytestmark = pytest.mark.mediawiki

FILES = read_folder(share("wikiconfig"))
GRANTS = ("basic", "highvolume", "editpage", "createeditmovepage", "sendemail", "editmyoptions")
SECRET = "bot0password0of0a0patient00000001"  # noqa: S105  # it guards nothing


@dataclass(frozen=True)
class Patient:
    """A bot's account of the test's own, and what is set up for it."""

    rig: MediaWikiRig
    name: str

    def examined(self, **environment: str) -> Checkup:
        account = {"STRATEGYBOT_USER": self.name, "STRATEGYBOT_BOT_PASSWORD": f"strategybot@{SECRET}"}
        return check_up(lambda: self._wiki(account | environment), FILES)

    def found(self) -> set[str]:
        return {finding.key for finding in self.examined().findings}

    def bot(self) -> MediaWikiWiki:
        wiki = self._wiki({"STRATEGYBOT_USER": self.name, "STRATEGYBOT_BOT_PASSWORD": f"strategybot@{SECRET}"})
        wiki.start()
        return wiki

    def save(self, title: str, text: str, user: str = "Admin") -> None:
        self.rig.edit(f"User:{self.name}{title}", text, user)

    def _wiki(self, environment: dict[str, str]) -> MediaWikiWiki:
        return MediaWikiWiki(self.rig.api, environment, IMPATIENT)


def patient_with(rig: MediaWikiRig, groups: tuple[str, ...] = ("bot",), grants: tuple[str, ...] = GRANTS) -> Patient:
    name = f"Bot {uuid.uuid4().hex[:12]}"
    rig.throwaway.create_account(name, groups, bot_password=SECRET, bot_grants=grants)
    return Patient(rig, name)


@pytest.fixture(scope="module")
def made_patient(shared_rig: MediaWikiRig) -> Patient:
    """The account of `patient`, and the wiki remembered as it is when it has just been made."""
    made = patient_with(shared_rig)
    shared_rig.throwaway.snapshot("patient")
    return made


@pytest.fixture
def patient(rig: MediaWikiRig, made_patient: Patient) -> Patient:
    """A bot's account that has just been made."""
    rig.throwaway.restore("patient")
    return made_patient


@pytest.fixture
def at_present(patient: Patient) -> Iterator[None]:
    """The wiki's clock is right, for once."""
    patient.rig.set_clock(datetime.now(UTC))
    yield
    patient.rig.set_clock(datetime(2025, 12, 1, tzinfo=UTC))


def configuration(root: str, **keys: object) -> str:
    """A configuration that names real accounts."""
    first = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%dT15:00}"
    return json.dumps(
        {
            "name": root,
            "root": root,
            "core_team": ["Ada"],
            "operators": ["Bo"],
            "contact": "Bo",
            "groups": ["Alpha"],
            "template_prefix": f"{root}/",
            "steering_group": {"first_meeting": first, "repeat": "FREQ=WEEKLY;INTERVAL=4"},
            "languages": ["en", "fr"],
            **keys,
        }
    )


# --- The account ---


def test_no_credentials(patient: Patient) -> None:
    """Without an account nothing else can be checked, and that is wrong usage."""
    checkup = patient.examined(STRATEGYBOT_BOT_PASSWORD="")
    assert [(finding.key, finding.severity) for finding in checkup.findings] == [("not-configured", Severity.FAULT)]
    assert checkup.exit_status == 2


def test_unusable_credentials(patient: Patient) -> None:
    """A wrong password is told with where to make a new one."""
    checkup = patient.examined(STRATEGYBOT_BOT_PASSWORD=f"strategybot@{SECRET[:-1]}2")
    assert [finding.key for finding in checkup.findings] == ["no-entry"]
    assert checkup.exit_status == 1
    assert "Special:BotPasswords" in as_lines(checkup, Texts("en"))[0]


def test_unreachable_wiki() -> None:
    """A wiki that doesn't answer is told in one line."""
    wiki = MediaWikiWiki("http://127.0.0.1:9/api.php", credentials(), IMPATIENT)
    assert [finding.key for finding in check_up(lambda: wiki, FILES).findings] == ["no-entry"]


def without(*grants: str) -> tuple[str, ...]:
    return tuple(grant for grant in GRANTS if grant not in grants)


ACCOUNTS = [
    (("bot",), GRANTS, set()),
    ((), GRANTS, {"no-flag"}),
    (("bot",), without("highvolume"), {"no-high-volume"}),
    (("bot",), without("sendemail"), {"no-mail"}),
    (("bot",), without("editmyoptions"), {"no-memory"}),
    (("bot",), without("editpage", "createeditmovepage"), {"no-right"}),
    (("bot",), (*GRANTS, "editmycssjs"), {"wide-grants"}),
    (("bot", "sysop"), (*GRANTS, "editinterface", "protect"), {"wide-grants"}),
]


@pytest.mark.parametrize(("groups", "grants", "expected"), ACCOUNTS)
def test_account(rig: MediaWikiRig, groups: tuple[str, ...], grants: tuple[str, ...], expected: set[str]) -> None:
    """Flag, rights and grants are told as the session really has them."""
    kinds = {"no-flag", "no-high-volume", "no-mail", "no-memory", "no-right", "wide-grants", "blocked"}
    assert patient_with(rig, groups, grants).found() & kinds == expected


def test_blocked_account(patient: Patient) -> None:
    """A block is found."""
    with patient.rig.blocked(patient.name):
        assert "blocked" in patient.found()


@pytest.mark.usefixtures("at_present")
def test_clock(patient: Patient) -> None:
    """Two clocks that are apart by more than a minute are found, others aren't."""
    assert "clock" not in patient.found()
    patient.rig.set_clock(datetime.now(UTC) + timedelta(minutes=2))
    assert "clock" in patient.found()


# --- The configuration ---


def test_a_configuration_that_anyone_can_edit(patient: Patient, root: str) -> None:
    """A wikitext page that an admin moves to the configuration's title stays open to all; others can't move it."""
    somewhere = f"User:{patient.name}/{uuid.uuid4().hex}"
    patient.rig.edit(somewhere, configuration(root), "Ada")
    with pytest.raises(ApiError, match="json"):
        patient.rig.throwaway.call_as(
            "Ada", action="move", **{"from": somewhere}, to=f"User:{patient.name}/Mine.json", noredirect=True
        )
    patient.rig.move(somewhere, f"User:{patient.name}/Mine.json", redirect=False)
    patient.rig.edit(f"User:{patient.name}/Mine.json", configuration(root, core_team=["Ada", "Bo"]), "Ada")
    assert {"configuration-open", "configuration-author"} <= patient.found()
    patient.rig.protect(f"User:{patient.name}/Mine.json")
    assert "configuration-model" in patient.found()
    assert "configuration-open" not in patient.found()


def test_a_configuration_that_leads_elsewhere(patient: Patient, root: str) -> None:
    """A redirect at the configuration's title is found."""
    somewhere = f"User:{patient.name}/{uuid.uuid4().hex}"
    patient.rig.edit(f"User:Ada/{root}", configuration(root), "Ada")
    patient.rig.edit(somewhere, f"#REDIRECT [[User:Ada/{root}]]", "Ada")
    patient.rig.move(somewhere, f"User:{patient.name}/Mine.json", redirect=False)
    assert "configuration-moved" in patient.found()


def test_a_configuration_of_an_admin(patient: Patient, root: str) -> None:
    """A JSON page that an admin saves is the admins' and the account's own: protected, it is not the bot's either."""
    patient.save("/Mine.json", configuration(root))
    assert {key for key in patient.found() if "configuration" in key} == {"own-configuration"}
    page = patient.bot().answer([title := PageNow(Title(f"User:{patient.name}/Mine.json"))])[title]
    change = Save(page.title, configuration(root, core_team=[patient.name]), page.revision.id, "Mine now.")
    assert patient.bot().act(change).kind is Kind.SAVED
    patient.save("/Mine.json", configuration(root))
    patient.rig.protect(f"User:{patient.name}/Mine.json")
    assert not {key for key in patient.found() if "configuration" in key}
    page = patient.bot().answer([title])[title]
    assert patient.bot().act(replace(change, base=page.revision.id)).kind is Kind.PROTECTED


# --- The whole ---


@pytest.mark.usefixtures("at_present")
def test_a_set_up_as_it_should_be(patient: Patient, root: str) -> None:
    """On a real wiki, too, a set-up can be made in which nothing is found; each remedy takes its finding away."""
    rig = patient.rig
    assert {"no-configuration", "no-user-page", "stop-missing", "templates-missing"} <= patient.found()
    patient.save("/Mine.json", configuration(root))
    rig.protect(f"User:{patient.name}/Mine.json")
    patient.save("", "A bot, run by [[User talk:Bo]].", "Bo")
    stopping = [finding for finding in patient.examined().findings if finding.key == "stop-missing"]
    for title in (*(str(finding.page) for finding in stopping), f"User:{patient.name}/Run/install"):
        rig.edit(title, "yes", "Ada")
    rig.throwaway.call_as("Bo", action="options", change="disablemail=1")
    assert {"contact-without-mail", "bot-without-mail", "group-page-missing"} <= patient.found()
    rig.throwaway.maintenance("resetUserEmail", "--no-reset-password", patient.name, "bot@wiki.example")
    rig.throwaway.call_as("Bo", action="options", change="disablemail")
    rig.edit(f"{root}/Working Groups/Alpha", f"{{{{{root}/Working group|coordinators=[[User:Bo]]}}}}", "Ada")
    rig.edit("MediaWiki:Lang", "en", "Admin")
    rig.edit("MediaWiki:Lang/fr", "fr", "Admin")
    install(rig.throwaway, FILES, bot=patient.name)
    assert as_lines(patient.examined(), Texts("en")) == ["All is well."]


@pytest.mark.usefixtures("at_present")
def test_few_requests(patient: Patient, root: str) -> None:
    """An examination of a set-up takes few requests, whatever the number of its groups."""
    counts = []
    for groups in (3, 30):
        names = [f"Group {number}" for number in range(groups)]
        patient.save("/Mine.json", configuration(root, groups=names))
        counts.append(patient.examined().requests)
    print(f"requests for 3 and 30 groups: {counts}")
    assert counts[0] == counts[1] < 20


# --- The help pages ---


HELP = ["", "/Coordinator", "/Core team", "/Admin", "/Minute-taker"]


@pytest.fixture(scope="module")
def helped(shared_rig: MediaWikiRig) -> MediaWikiRig:
    """The wiki with our templates, and the pages that tell a reader's language."""
    shared_rig.throwaway.save(
        Revision(f"MediaWiki:Lang/{code}" if code != "en" else "MediaWiki:Lang", code) for code in codes()
    )
    install(shared_rig.throwaway)
    return shared_rig


@pytest.mark.parametrize("code", ["en", "fr", "es", "de", "ar"])
@pytest.mark.parametrize("page", HELP)
def test_help(helped: MediaWikiRig, page: str, code: str) -> None:
    """Each help page is whole in each language: headings with fixed anchors, no text missing, no parameter left."""
    html = helped.throwaway.parse(f"{{{{Steering group/Help{page}}}}}", uselang=code)
    texts = Texts(code)
    slug = page.removeprefix("/").lower().replace(" ", "-")
    assert texts.say(f"help-{slug}-title" if slug else "help-title") in html
    visible = re.sub(r"<[^>]*>", "", html)
    assert not re.search(r"⧼|\{\{|\}\}|\$\d|\[\[|Script error|Template:", visible)
    assert ('dir="rtl"' in html) is (code == "ar")
    assert len(re.findall(r"<h2\b", html)) >= 5 * bool(page)
    for other in HELP[1:] if not page else [""]:
        assert f"Template:Steering_group/Help{other.replace(' ', '_')}" in html
