"""Which notes are of one matter, and which are of two."""

from __future__ import annotations

import pytest

from strategybot.model.minutes import Named
from strategybot.reading.identity import ALIKE, compatible, fingerprint, likeness

SAME = [
    ("draft the survey", "Draft the survey."),
    ("Send the travel list", "send the travel list to all groups"),
    ("Survey draft", "draft the survey"),
    ("survey draft", "Survey drafts"),
    ("Book the room in Lyon", "book a room in Lyon"),
    ("prepare the '''budget''' for 2027", "Prepare the [[Budget/2027|budget]] for 2027"),
    ("Contact the affiliates about the interviews", "contact affiliates about interviews"),
    ("write to the Foundation’s legal team", "Write to the legal team of the Foundation"),
    ("publish minutes", "Publish the minutes"),
    ("translate the summary into French", "Translate summary into French and Arabic"),
    ("Find interviewers for Latin America", "find interviewers for Latin America, with the affiliates"),
    ("Rédiger le questionnaire", "rédiger un questionnaire"),
    ("Envoyer la liste des voyages à tous", "envoyer la liste des voyages"),
    ("réserver la salle à Lyon", "Réserver une salle à Lyon"),
    ("Préparer le budget du voyage", "preparer budget voyage"),
    ("contacter les affiliés", "Contacter les affiliés pour les entretiens"),
]
APART = [
    ("Book the room in Lyon", "Book the room in Berlin"),
    ("Draft the survey", "Send the survey"),
    ("Send the travel list", "Send the member list"),
    ("prepare the budget for 2026", "prepare the budget for 2027"),
    ("Contact the affiliates", "Contact the Foundation"),
    ("publish minutes", "publish agenda"),
    ("Translate the summary into French", "Translate the summary into Arabic"),
    ("Review chapter 1", "Review chapter 2"),
    ("Draft", "Draft the charter of the group"),
    ("Send the list", "Send the travel list to the airline"),
    ("Ask the core team for money", "Ask the core team for time"),
    ("Rédiger le questionnaire", "Envoyer le questionnaire"),
    ("réserver la salle à Lyon", "réserver la salle à Berlin"),
    ("préparer le budget", "préparer le voyage"),
    ("Contacter les affiliés d’Afrique", "Contacter les affiliés d’Asie"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_matter(one: str, other: str) -> None:
    """Words that only join others, markup, order and forms make no difference, nor does what is added."""
    assert likeness(one, other) >= ALIKE
    assert likeness(other, one) >= ALIKE


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_matters(one: str, other: str) -> None:
    """Where each has something else in the place of the other's, there are two."""
    assert likeness(one, other) < ALIKE
    assert likeness(other, one) < ALIKE


def test_the_same_words() -> None:
    """The same words are known again in whatever markup."""
    assert fingerprint("Draft  the [[Survey|survey]]!") == fingerprint("draft THE survey")
    assert fingerprint("Draft the survey") != fingerprint("Draft a survey")


def test_owners() -> None:
    """What two people promised are two things; an owner that nobody names may be anybody."""
    ada, bo = Named("Ada", is_account=True), Named("Bo")
    assert compatible([ada, bo], [Named("ada lovely")])
    assert compatible([], [bo])
    assert not compatible([ada], [bo])
