"""Ways to have the bot pass on what nobody who may has said, each on a page and with a name of its own.

Each way is done on a wiki by somebody's hands; `Way.stands` is what the bot has to make of it: how far the relay is,
and the sentence that says why, with its words. The same ways are played on the embedded wiki and on a real MediaWiki.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from strategybot.model.relay import Relay
from tests.committee import BOT, roster, update
from tests.relay_hands import RELAYS, ROSTERS, Hands, page, relay

CORE_TEAM = ("Cora", "Kofi", "Lena")
GROUPS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")
COORDINATORS = {"Alpha": "Ada", "Beta": "Bo", "Gamma": "Gil", "Delta": "Hal", "Epsilon": "Ines", "Zeta": "Zoe"}
STRANGERS = ("Mallory", "Eve", "Mia", "Max", "Nils", "Otto")

STEERING = relay("steering group", text="Come all.")
OUTWARD = relay("Alpha", "affiliates", text="Come all.")

ANYBODY = "?"
"""Stands for the name of who edits without an account."""

Stands = tuple[str, str, tuple[str, ...]] | None
"""How far a relay is, why, and that sentence's words; None where there is none."""


@dataclass(frozen=True)
class Way:
    """A way to forge: what somebody does, and what comes of it; `told` are the problems that stand beside."""

    name: str
    act: Callable[[Hands, str], None]
    stands: Stands
    told: tuple[str, ...] = ()

    def check(self, relay: Relay | None, anonymous: str) -> None:
        """It came to that, and nothing that was forged goes out."""
        wanted = self.stands and (*self.stands[:2], tuple(one.replace(ANYBODY, anonymous) for one in self.stands[2]))
        assert (relay and (relay.stage.value, relay.reason, relay.words)) == wanted
        if relay:
            assert {"Send money.", "Payez."}.isdisjoint(one.text for one in relay.versions)
            assert tuple(problem.key for problem in relay.problems) == self.told


WAYS: list[Way] = []


def way(
    stage: str, reason: str = "", *words: str, told: tuple[str, ...] = ()
) -> Callable[[Callable[[Hands, str], None]], Callable[[Hands, str], None]]:
    """A way to forge, with what comes of it; its name is the function's."""

    def noted(act: Callable[[Hands, str], None]) -> Callable[[Hands, str], None]:
        name = act.__name__.replace("_", " ").capitalize()
        WAYS.append(Way(name, act, (stage, reason, words) if stage else None, told))
        return act

    return noted


# --- Who files it


@way("waiting", "not-core-team", ANYBODY)
def anonymous(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), hands.anonymous)


@way("waiting", "not-core-team", "Mallory")
def stranger(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Mallory")


@way("waiting", "not-core-team", "Mallory")
def in_a_section(hands: Hands, name: str) -> None:
    text = f"{hands.text(RELAYS)}\n== {name} ==\n{relay(id=name)}".strip()
    hands.save(RELAYS, text, "Mallory")


@way("waiting", "not-core-team", "Otto")
def operator(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Otto")


@way("waiting", "not-core-team", "Admin")
def admin(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Admin")


@way("waiting", "not-core-team", BOT)
def the_bot_itself(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), BOT)


@way("waiting", "not-core-team", "Ada")
def a_coordinator_for_the_core_team(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Ada")


@way("waiting", "not-coordinator", "Bo", "Alpha")
def a_coordinator_for_another_group(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Bo")


@way("waiting", "not-coordinator", "Cora", "Alpha")
def the_core_team_for_a_group(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Cora")


@way("waiting", "not-steering", "Mallory")
def a_stranger_for_the_steering_group(hands: Hands, name: str) -> None:
    hands.save(page(name), STEERING, "Mallory")


@way("waiting", "not-coordinator", "Mia", "Gamma")
def a_member(hands: Hands, name: str) -> None:
    hands.save(f"{ROSTERS}/Gamma", roster("Gil", members="[[User:Mia]]"), "Cora")
    hands.save(page(name), relay("Gamma"), "Mia")


@way("waiting", "not-coordinator", "Mallory", "Gamma")
def one_who_names_himself_coordinator(hands: Hands, name: str) -> None:
    hands.save(f"{ROSTERS}/Gamma", roster("Gil", "Mallory", members="[[User:Mia]]"), "Mallory")
    hands.save(page(name), relay("Gamma"), "Mallory")


@way("waiting", "not-coordinator", "Max", "Gamma")
def one_whom_a_friend_names_coordinator(hands: Hands, name: str) -> None:
    hands.save(f"{ROSTERS}/Gamma", roster("Gil", "Max", members="[[User:Mia]]"), "Eve")
    hands.save(page(name), relay("Gamma"), "Max")


@way("waiting", "not-coordinator", "Hal", "Delta")
def one_who_coordinates_no_longer(hands: Hands, name: str) -> None:
    hands.save(f"{ROSTERS}/Delta", roster("Bo"), "Cora")
    hands.save(page(name), relay("Delta"), "Hal")


@way("waiting", "not-coordinator", "Nora", "Epsilon")
def one_who_registers_a_name_on_a_roster(hands: Hands, name: str) -> None:
    hands.save(f"{ROSTERS}/Epsilon", roster("Ines", "Nora"), "Cora")
    hands.join("Nora")
    hands.save(page(name), relay("Epsilon"), "Nora")


@way("waiting", "borrowed", "Kofi")
def one_who_is_renamed_to_an_old_name(hands: Hands, name: str) -> None:
    hands.rename("Kofi", "Kofi K")
    hands.rename("Nils", "Kofi")
    hands.save(page(name), relay(), "Kofi")


@way("flawed", told=("relay-odd-sender",))
def a_name_typed_in_as_the_sender(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Cora"), "Mallory")


@way("waiting", "not-core-team", "Mallory")
def a_name_typed_in_as_who_approves(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(approved_by="Cora"), "Mallory")


@way("waiting", "not-core-team", "Mallory")
def a_copied_signature(hands: Hands, name: str) -> None:
    signed = "Please read this. [[User:Cora|Cora]] ([[User talk:Cora|talk]]) 10:00, 1 December 2026 (UTC)"
    hands.save(page(name), relay(text=signed), "Mallory")


# --- What becomes of it on the page


def _approved(hands: Hands, name: str, text: str = STEERING) -> str:
    """Ada files something and Cora approves of it."""
    hands.save(page(name), text, "Ada")
    approved = text.replace("}}", "|approved by=Cora\n}}")
    hands.save(page(name), approved, "Cora")
    return approved


@way("waiting", "changed", "Mallory", "Ada")
def the_text_changed_after_approval(hands: Hands, name: str) -> None:
    hands.save(page(name), _approved(hands, name).replace("Come all.", "Send money."), "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def one_character_changed(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay(text="Please read this!"), "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def the_subject_changed(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay(subject="Urgent"), "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def the_day_changed(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(reply_by="2027-01-10"), "Cora")
    hands.save(page(name), relay(reply_by="2027-11-10"), "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def white_space_taken_out(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(text="* One\n* Two"), "Cora")
    hands.save(page(name), relay(text="* One * Two"), "Mallory")


@way("unapproved", "changed-after-approval", "Ada", "Cora")
def more_addressees_after_approval(hands: Hands, name: str) -> None:
    approved = _approved(hands, name)
    hands.save(page(name), approved.replace("|to=all groups", "|to=all groups, affiliates"), "Ada")


@way("waiting", "changed", "Bo", "Ada")
def another_groups_coordinator_takes_the_id(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(name), relay("Beta"), "Bo")


@way("waiting", "changed", "Cora", "Ada")
def the_core_team_changes_a_groups_words(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(name), relay("Alpha", text="Please read that."), "Cora")


@way("waiting", "taken", "Mallory", "Cora")
def taken_away(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), "Nothing.", "Mallory")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_saves_elsewhere_on_the_page(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Mallory")
    hands.save(page(name), f"{relay()}\nThanks!", "Cora")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_adds_a_blank_line(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(text="One.\nTwo."), "Mallory")
    hands.save(page(name), relay(text="One.\n\nTwo."), "Cora")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_adds_a_translation(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Mallory")
    french = f"{{{{Steering group/Relay|id={name}|lang=fr|subject=Nouvelles|text=Lisez ceci.}}}}"
    hands.save(page(name), f"{relay()}\n{french}", "Cora")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_files_one_of_its_own_beside(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(id=name), "Mallory")
    hands.save(page(name), f"{relay(id=name)}\n{relay(id=f'{name} too', text='Ours.')}", "Cora")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_restores_what_a_stranger_wrote(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Mallory")
    hands.save(page(name), "Nothing.", "Eve")
    hands.save(page(name), relay(), "Cora")


@way("waiting", "not-core-team", "Mallory")
def the_core_team_restores_it_beside_another(hands: Hands, name: str) -> None:
    other = relay(id=f"{name} too", text="Ours.")
    saves = ((relay(id=name), "Mallory"), ("Nothing.", "Eve"), (other, "Cora"), (f"{relay(id=name)}\n{other}", "Cora"))
    for text, user in saves:
        hands.save(page(name), text, user)


@way("waiting", "changed", "Mallory", "Cora")
def the_core_team_rolls_back_too_far(hands: Hands, name: str) -> None:
    evil = relay(text="Send money.")
    for text, user in ((relay(), "Cora"), (evil, "Mallory"), (relay(), "Cora"), ("Nothing.", "Eve"), (evil, "Cora")):
        hands.save(page(name), text, user)


@way("withdrawn", "withdrawn", "Cora")
def a_stranger_restores_what_was_withdrawn(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), "Nothing.", "Cora")
    hands.save(page(name), relay(), "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def a_field_given_twice(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay().replace("|text=", "|text=Send money.\n|text="), "Mallory")


# --- Approval


@way("unapproved", "unapproved", "Ada")
def for_the_steering_group_without_approval(hands: Hands, name: str) -> None:
    hands.save(page(name), STEERING, "Ada")


@way("unapproved", "unapproved", "Ada")
def to_stakeholders_without_approval(hands: Hands, name: str) -> None:
    hands.save(page(name), OUTWARD, "Ada")


@way("unapproved", "approval-not-theirs", "Ada", "Ada")
def approved_by_its_author(hands: Hands, name: str) -> None:
    hands.save(page(name), OUTWARD.replace("}}", "|approved by=Cora\n}}"), "Ada")


@way("unapproved", "approval-not-theirs", "Ada", "Ada")
def an_approval_of_its_authors_put_back(hands: Hands, name: str) -> None:
    claimed = OUTWARD.replace("}}", "|approved by=Cora\n}}")
    for text, user in ((claimed, "Ada"), (OUTWARD, "Cora"), (claimed, "Cora")):
        hands.save(page(name), text, user)


@way("unapproved", "approval-not-theirs", "Mallory", "Ada")
def approved_by_a_stranger(hands: Hands, name: str) -> None:
    hands.save(page(name), OUTWARD, "Ada")
    hands.save(page(name), OUTWARD.replace("}}", "|approved by=Cora\n}}"), "Mallory")


@way("unapproved", "approval-not-theirs", "Ada", "Ada")
def approval_copied_from_another_relay(hands: Hands, name: str) -> None:
    _approved(hands, f"{name} before")
    hands.save(page(name), hands.text(page(f"{name} before")), "Ada")


@way("unapproved", "approval-not-theirs", "Ada", "Ada")
def approval_in_a_blank_line(hands: Hands, name: str) -> None:
    approved = OUTWARD.replace("}}", "|approved by=Cora\n}}").replace("Come all.", "Come.\nAll.")
    hands.save(page(name), approved, "Ada")
    hands.save(page(name), f"{approved}\n", "Cora")


@way("unapproved", "approval-taken", "Cora")
def approval_withdrawn(hands: Hands, name: str) -> None:
    approved = _approved(hands, name)
    hands.save(page(name), STEERING, "Cora")
    hands.save(page(name), approved, "Ada")


@way("waiting", "not-steering", "Mallory")
def approval_of_a_strangers_words(hands: Hands, name: str) -> None:
    hands.save(page(name), STEERING, "Mallory")
    hands.save(page(name), STEERING.replace("}}", "|approved by=Cora\n}}"), "Cora")


# --- Where it stands


@way("waiting", "moved", "Mallory")
def a_draft_moved_there(hands: Hands, name: str) -> None:
    hands.save(f"User:Cora/{name}", relay(), "Cora")
    hands.move(f"User:Cora/{name}", page(name), "Mallory")


@way("waiting", "moved", "Bo")
def another_coordinator_moves_a_draft_there(hands: Hands, name: str) -> None:
    hands.save(f"User:Ada/{name}", relay("Alpha"), "Ada")
    hands.move(f"User:Ada/{name}", page(name), "Bo")


@way("waiting", "not-core-team", "Mallory")
def moved_away_and_made_anew(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Mallory")
    hands.move(page(name), page(f"{name} elsewhere"), "Eve")
    hands.move(page(f"{name} elsewhere"), page(name), "Eve")


@way("waiting", "changed", "Mallory", "Cora")
def moved_away_and_another_put_in_its_place(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.move(page(name), page(f"{name} elsewhere"), "Mallory")
    hands.save(page(name), relay(text="Send money."), "Mallory")


@way("waiting", "taken", "Mallory", "Cora")
def redirected(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(f"User:Mallory/{name}", relay(text="Send money."), "Mallory")
    hands.save(page(name), f"#REDIRECT [[User:Mallory/{name}]]", "Mallory")


@way("")
def on_a_page_that_is_included(hands: Hands, name: str) -> None:
    hands.save(f"User:Mallory/{name}", relay(), "Mallory")
    hands.save(page(name), f"{{{{User:Mallory/{name}}}}}", "Cora")


@way("")
def in_a_comment(hands: Hands, name: str) -> None:
    hands.save(page(name), f"<!-- {relay()} -->", "Cora")


@way("")
def in_nowiki(hands: Hands, name: str) -> None:
    hands.save(page(name), f"<nowiki>{relay()}</nowiki>", "Cora")


@way("")
def by_another_name(hands: Hands, name: str) -> None:
    hands.save("Template:Announce", "#REDIRECT [[Template:Steering group/Relay]]", "Mallory")
    hands.save(page(name), relay().replace("Steering group/Relay", "Announce"), "Cora")


@way("flawed", told=("relay-template",))
def with_a_template_in_the_text(hands: Hands, name: str) -> None:
    hands.save(f"User:Mallory/{name}", "Please read this.", "Mallory")
    hands.save(page(name), relay(text=f"{{{{User:Mallory/{name}}}}}"), "Cora")


@way("waiting", "not-core-team", "Mallory")
def in_an_update(hands: Hands, name: str) -> None:
    hands.save(page(name), update(progress=relay()), "Mallory")


# --- Ids and versions


@way("valid", told=("relay-id-twice",))
def the_same_id_above(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), f"{relay(text='Send money.')}\n{relay()}", "Mallory")


@way("valid", told=("relay-id-twice",))
def the_same_id_on_an_older_page(hands: Hands, name: str) -> None:
    hands.save(page(f"{name} before"), relay(id=name, text="Send money."), "Mallory")
    hands.save(page(name), relay(), "Cora")


@way("valid", told=("relay-id-twice",))
def the_same_id_by_another_group(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(f"{name} too"), relay("Beta", id=name), "Bo")
    hands.save(page(name), relay("Alpha", text="Please read this now."), "Ada")


@way("valid", told=("relay-version-waiting",))
def a_translation_by_a_stranger(hands: Hands, name: str) -> None:
    french = "{{Steering group/Relay|lang=fr|subject=Nouvelles|text=Payez.}}"
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), f"{relay()}\n{french}", "Mallory")


@way("waiting", "changed", "Mallory", "Cora")
def a_translation_changed(hands: Hands, name: str) -> None:
    french = "{{Steering group/Relay|lang=fr|subject=Nouvelles|text=Lisez ceci.}}"
    hands.save(page(name), f"{relay()}\n{french}", "Cora")
    hands.save(page(name), f"{relay()}\n{french.replace('Lisez ceci', 'Payez')}", "Mallory")


@way("waiting", "taken", "Mallory", "Cora")
def one_of_two_languages_taken_away(hands: Hands, name: str) -> None:
    hands.save(page(name), f"{relay()}\n{relay(lang='fr', text='Lisez ceci.')}", "Cora")
    hands.save(page(name), relay(lang="fr", text="Lisez ceci."), "Mallory")


@way("withdrawn", "withdrawn", "Cora")
def another_left_when_it_is_withdrawn(hands: Hands, name: str) -> None:
    evil = relay(text="Send money.")
    for text, user in ((relay(), "Cora"), (f"{evil}\n{relay()}", "Mallory"), (evil, "Cora")):
        hands.save(page(name), text, user)


@way("withdrawn", "withdrawn", "Cora")
def another_says_before_that_it_is_withdrawn(hands: Hands, name: str) -> None:
    evil = relay(text="Send money.", status="withdrawn")
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), f"{evil}\n{relay()}", "Mallory")
    hands.save(page(name), f"{evil}\n{relay(status='withdrawn')}", "Cora")


@way("valid", told=("relay-id-twice",))
def the_same_id_with_a_sign_that_is_not_seen(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(f"{name} too"), relay(id=f"{name}\u200e", text="Send money."), "Mallory")


@way("valid", told=("relay-version-unapproved",))
def a_translation_without_approval(hands: Hands, name: str) -> None:
    approved = _approved(hands, name, OUTWARD)
    french = "{{Steering group/Relay|lang=fr|subject=Nouvelles|text=Payez.}}"
    hands.save(page(name), f"{approved}\n{french}", "Ada")


@way("valid")
def a_stranger_closes_it(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay(status="withdrawn"), "Mallory")


# --- Hidden and brought in


@way("waiting", "not-core-team", "Mallory")
def the_forgers_revision_is_hidden(hands: Hands, name: str) -> None:
    number = hands.save(page(name), relay(), "Mallory")
    hands.save(page(name), f"{relay()}\nThanks!", "Cora")
    hands.hide(number)


@way("waiting", "hidden")
def the_forgers_name_is_hidden(hands: Hands, name: str) -> None:
    number = hands.save(page(name), relay(), "Mallory")
    hands.save(page(name), f"{relay()}\nThanks!", "Cora")
    hands.hide(number, user=True)


@way("waiting", "not-core-team", "Eve")
def somebody_who_is_blocked_since(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Eve")
    hands.block("Eve")


# --- What is none, and counts


@dataclass(frozen=True)
class Right:
    """What people may do: how far the relay is then, and whose words it has, version by version."""

    name: str
    act: Callable[[Hands, str], None]
    stage: str
    authors: tuple[str, ...]
    text: str

    def check(self, relay: Relay | None) -> None:
        """It counts."""
        assert relay
        assert (relay.stage.value, tuple(one.source.user for one in relay.versions)) == (self.stage, self.authors)
        assert [one.text for one in relay.versions[:1]] == [self.text] * bool(self.authors)
        assert relay.problems == ()


RIGHTS: list[Right] = []


def right(
    stage: str, *authors: str, text: str = "Please read this."
) -> Callable[[Callable[[Hands, str], None]], Callable[[Hands, str], None]]:
    """Something that counts; its name is the function's."""

    def noted(act: Callable[[Hands, str], None]) -> Callable[[Hands, str], None]:
        RIGHTS.append(Right(act.__name__.replace("_", " ").capitalize(), act, stage, authors, text))
        return act

    return noted


@right("valid", "Cora")
def the_core_team(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")


@right("valid", "Ada")
def a_coordinator(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha", "core team", kind="feedback"), "Ada")


@right("valid", "Cora")
def in_a_section_of_its_own(hands: Hands, name: str) -> None:
    before = hands.text(RELAYS)
    hands.save(RELAYS, f"{before}\n== {name} ==\n{relay(id=name)}", "Cora")
    hands.save(RELAYS, f"{hands.text(RELAYS)}\n== Another ==\nHello.", "Mallory")


@right("valid", "Ada", text="Come all.")
def a_coordinator_with_approval(hands: Hands, name: str) -> None:
    _approved(hands, name)


@right("valid", "Ada", text="Come all.")
def approved_in_words_that_never_stood_there(hands: Hands, name: str) -> None:
    claimed = OUTWARD.replace("}}", "|approved by=Cora\n}}")
    hands.save(page(name), claimed, "Ada")
    hands.save(page(name), claimed.replace("by=Cora", "by=Cora, 2 December"), "Cora")


@right("valid", "Cora", text="Come all.")
def the_core_team_for_the_steering_group(hands: Hands, name: str) -> None:
    hands.save(page(name), STEERING, "Cora")


@right("valid", "Ada")
def the_page_edited_elsewhere(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(name), f"Hello.\n\n{relay('Alpha')}\nThanks!", "Mallory")


@right("valid", "Ada", text="Come all.")
def put_back_by_anybody(hands: Hands, name: str) -> None:
    approved = _approved(hands, name)
    hands.save(page(name), "Nothing.", "Mallory")
    hands.save(page(name), approved, "Eve")


@right("valid", "Ada", text="Come all.")
def a_change_undone_by_anybody(hands: Hands, name: str) -> None:
    approved = _approved(hands, name)
    hands.save(page(name), approved.replace("Come all.", "Send money."), "Mallory")
    hands.save(page(name), f"{approved}\nSorry.", "Eve")


@right("valid", "Zoe", text="Please read that.")
def corrected_by_a_successor(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Epsilon"), "Ines")
    hands.save(f"{ROSTERS}/Epsilon", roster("Zoe"), "Cora")
    hands.save(page(name), relay("Epsilon", text="Please read that."), "Zoe")


@right("valid", "Gil")
def who_coordinated_then(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Gamma"), "Gil")
    hands.save(f"{ROSTERS}/Gamma", roster("Zoe"), "Cora")


@right("valid", "Lena L")
def who_has_another_name_now(hands: Hands, name: str) -> None:
    hands.rename("Lena", "Lena L")
    hands.save(page(name), relay(), "Lena L")


@right("valid", "Ada")
def moved_by_a_stranger(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.move(page(name), f"User:Mallory/{name}", "Mallory")


@right("valid", "Cora")
def moved_to_and_fro(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.move(page(name), page(f"{name} elsewhere"), "Mallory")
    hands.move(page(f"{name} elsewhere"), page(name), "Eve")


@right("valid", "Ada")
def a_draft_moved_there_by_its_author(hands: Hands, name: str) -> None:
    hands.save(f"User:Ada/{name}", relay("Alpha"), "Ada")
    hands.move(f"User:Ada/{name}", page(name), "Ada")


@right("valid", "Cora", "Cora")
def a_translation(hands: Hands, name: str) -> None:
    french = "{{Steering group/Relay|lang=fr|subject=Nouvelles|text=Lisez ceci.}}"
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), f"{french}\n{relay()}", "Cora")


@right("valid", "Ada", "Ada", text="Come all.")
def a_translation_with_approval(hands: Hands, name: str) -> None:
    approved = _approved(hands, name, OUTWARD)
    french = "{{Steering group/Relay|lang=fr|subject=Nouvelles|text=Venez.}}"
    hands.save(page(name), f"{approved}\n{french}", "Ada")
    hands.save(page(name), f"{approved}\n{french[:-2]}|approved by=Cora}}}}", "Cora")


@right("closed", "Cora")
def closed(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay(status="closed"), "Cora")


@right("closed", "Ada")
def closed_by_the_core_team(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(name), relay("Alpha", status="closed"), "Cora")
    hands.save(page(name), relay("Alpha"), "Mallory")


@right("withdrawn")
def withdrawn(hands: Hands, name: str) -> None:
    hands.save(page(name), relay(), "Cora")
    hands.save(page(name), relay(status="withdrawn"), "Cora")


@right("withdrawn")
def withdrawn_by_the_core_team(hands: Hands, name: str) -> None:
    hands.save(page(name), relay("Alpha"), "Ada")
    hands.save(page(name), "Not now.", "Cora")


@right("withdrawn")
def withdrawn_after_a_stranger_changed_it(hands: Hands, name: str) -> None:
    for text, user in ((relay("Alpha"), "Ada"), (relay("Alpha", text="Send money."), "Mallory"), ("No.", "Ada")):
        hands.save(page(name), text, user)


@right("valid", "Cora")
def filed_again_after_it_was_withdrawn(hands: Hands, name: str) -> None:
    for text in (relay(text="Please read that."), "Not now.", relay()):
        hands.save(page(name), text, "Cora")


@right("valid", "Cora")
def filed_again_after_a_stranger_brought_it_back(hands: Hands, name: str) -> None:
    evil = relay(text="Send money.")
    for text, user in ((evil, "Mallory"), ("Nothing.", "Mallory"), (relay(text="Read that."), "Cora"), ("No.", "Cora")):
        hands.save(page(name), text, user)
    for text, user in ((evil, "Mallory"), ("No.", "Eve"), (relay(), "Cora")):
        hands.save(page(name), text, user)


@right("valid", "Cora")
def filed_under_another_name_after_a_stranger_filed_it(hands: Hands, name: str) -> None:
    hands.save(page("Draft"), relay(), "Mallory")
    hands.save(page("Draft"), relay(id=name), "Cora")
