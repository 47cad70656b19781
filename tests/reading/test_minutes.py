"""Decisions and action items as people note them, and what is understood of each."""

# ruff: noqa: E501 -- a form is on one line

from __future__ import annotations

import pytest

from strategybot.model.minutes import Noted, Record
from strategybot.model.page import Title
from strategybot.reading.minutes import read_minutes
from tests.conftest import Tally

LANGUAGES = ("en", "fr", "de", "es", "ar")
TITLE = Title("Strategy/Steering Group/Minutes/2019-01-24")
PEOPLE = frozenset({"Ada", "Bo Example", "Chi Writer", "Di Sample"})


def read(text: str, people: frozenset[str] = PEOPLE) -> Record:
    """The minutes of the meeting of 24 January 2019."""
    (record,) = read_minutes(text, TITLE, LANGUAGES, people=people)
    return record


def told(one: Noted) -> str:
    """What was understood, on a line: the kind, the matter, who (* for an account), until when, the status, the id."""
    owners = ", ".join(f"{owner.name}{'*' * owner.is_account}" for owner in one.owners)
    status = one.status.value if one.status else ""
    return " | ".join((one.kind.value, one.text, owners, one.due, status, one.id)).rstrip(" |")


def understood(text: str, people: frozenset[str] = PEOPLE) -> list[str]:
    """All that is noted in a text, and the reasons why some lines weren't understood."""
    record = read(text, people)
    return [*map(told, record.noted), *(one.reason.removeprefix("minutes-unread-") for one in record.unread)]


ANYWHERE = [
    # --- Labels, in English
    ("'''Action:''' Bo to send the travel list by 1 March", "action | send the travel list | Bo | 2019-03-01"),
    ("* '''Action''': Bo to send the list", "action | send the list | Bo"),
    ("* '''Action''' Bo to send the list", "action | send the list | Bo"),
    ("* AI: {{u|Ada}} - draft the survey (due 2019-03-01)", "action | draft the survey | Ada* | 2019-03-01"),
    ("* AI {{u|Ada}}: draft the survey", "action | draft the survey | Ada*"),
    ("* AI Bo: draft the survey", "action | draft the survey | Bo"),
    ("* AI1: Bo to draft the survey", "action | draft the survey | Bo"),
    ("ACTION – Chi will write to the board, due 5 March", "action | write to the board | Chi | 2019-03-05"),
    ("ACTION Bo to book the room", "action | book the room | Bo"),
    ("[ACTION] Bo to book the room", "action | book the room | Bo"),
    ("* TODO: book the room", "action | book the room"),
    ("* To do - book the room (Bo)", "action | book the room | Bo"),
    ("* Action item: Send the list. Owner: Bo. Deadline: 1 March.", "action | Send the list | Bo | 2019-03-01"),
    ("* Action item A7: Bo to send the list", "action | send the list | Bo |  |  | A7"),
    ("* Action (Bo): send the list", "action | send the list | Bo"),
    ("* Action for [[User:Ada|Ada L.]]: send the list", "action | send the list | Ada*"),
    ("→ Action: Ada and Bo to send the list by March 1st", "action | send the list | Ada, Bo | 2019-03-01"),
    ("Task: @Bo book the room", "action | book the room | Bo"),
    ("Follow-up: Bo will ask about visas", "action | ask about visas | Bo"),
    ("; Next step : Bo to ask about visas", "action | ask about visas | Bo"),
    ("* Decision: We go to Berlin", "decision | We go to Berlin"),
    ("'''Decision''' – We go to Berlin", "decision | We go to Berlin"),
    ("DECISION: We go to Berlin (owner: Bo)", "decision | We go to Berlin | Bo"),
    ("* Decision D3: We go to Berlin", "decision | We go to Berlin |  |  |  | D3"),
    ("* '''Agreed''': we meet by 1 March", "decision | we meet by 1 March"),
    ("'''Resolved:''' The budget is accepted.", "decision | The budget is accepted."),
    ("Approved: the minutes of December", "decision | the minutes of December"),
    ("* It was agreed that Bo chairs in March", "decision | Bo chairs in March"),
    ("We decided to meet in Berlin.", "decision | meet in Berlin."),
    ("Agreed to publish the draft", "decision | publish the draft"),
    ("TODO(Bo): fix the template", "action | fix the template | Bo"),
    ("* Action: Chi: circulate notes", "action | circulate notes | Chi"),
    ("* (ACTION) Di to contact them", "action | contact them | Di"),
    ("* Action: Bo & Di – contact them by mid-March", "action | contact them by mid-March | Bo, Di"),
    ("* Action: Bo will draft; Ada will review", "action | Bo will draft; Ada will review"),
    ("* Action: Bo to send by March 1 the old list", "action | send by March 1 the old list | Bo"),
    ("* '''Resolution 2019-01''': The charter is approved", "decision | The charter is approved"),
    ("* Decision #4: Use Meta", "decision | Use Meta"),
    ("* '''Decision made:''' keep the call", "decision | keep the call"),
    ("* '''Decision (Bo)''': no change", "decision | no change | Bo"),
    ("* Follow up with Ada on travel", ""),
    ("* To-do: find a note taker?", "question"),
    # --- Labels, in French and others
    (
        "Action (Chi et Di) : préparer un sondage pour le 15 février",
        "action | préparer un sondage | Chi, Di | 2019-02-15",
    ),
    ("'''Décision n°3 :''' adopter la charte", "decision | adopter la charte"),
    ("* Action : Bo doit envoyer la liste avant le 1er mars", "action | envoyer la liste | Bo | 2019-03-01"),
    (
        "* À faire\u00a0: relire le texte (responsable : Bo, échéance : 5 avril)",
        "action | relire le texte | Bo | 2019-04-05",
    ),
    ("* A faire : Ada va relire le texte d’ici le 5 avril 2019", "action | relire le texte | Ada | 2019-04-05"),
    ("'''Tâche''' : Bo se charge des visas", "action | Bo se charge des visas"),
    ("* Tâche : Bo se charge de réserver la salle", "action | réserver la salle | Bo"),
    ("Mesure : écrire au comité – Bo", "action | écrire au comité | Bo"),
    ("Prochaine étape : Ada et Bo doivent écrire au comité", "action | écrire au comité | Ada, Bo"),
    ("'''Décision :''' le budget est adopté.", "decision | le budget est adopté."),
    ("Convenu : nous allons à Berlin", "decision | nous allons à Berlin"),
    ("* Adopté : le budget", "decision | le budget"),
    ("Il est décidé que le budget est adopté", "decision | le budget est adopté"),
    ("Il est décidé d'envoyer la lettre", "decision | envoyer la lettre"),
    ("* Aufgabe: Bo soll die Liste bis zum 1. März schicken", "action | die Liste bis zum 1. März schicken | Bo"),
    ("* Aufgabe: Liste schicken (Bo, bis 1. März)", "action | Liste schicken | Bo | 2019-03-01"),
    ("Beschluss: Wir treffen uns in Berlin", "decision | Wir treffen uns in Berlin"),
    ("Es wurde beschlossen, den Antrag anzunehmen", "decision | den Antrag anzunehmen"),
    ("* Tarea: Bo debe enviar la lista antes del 1 de marzo", "action | enviar la lista | Bo | 2019-03-01"),
    ("Acuerdo: nos reunimos en Berlín", "decision | nos reunimos en Berlín"),
    ("Se acordó enviar la carta", "decision | enviar la carta"),
    ("* مهمة: {{u|Ada}} - إرسال القائمة قبل 1 مارس", "action | إرسال القائمة | Ada* | 2019-03-01"),
    ("قرار: نجتمع في برلين", "decision | نجتمع في برلين"),
    ("تقرر أن نجتمع في برلين", "decision | نجتمع في برلين"),
    # --- Boxes to tick, wherever they stand
    ("* [ ] book the room - Bo", "action | book the room | Bo |  | open"),
    ("* [x] book the room - Bo", "action | book the room | Bo |  | done"),
    ("* ☐ book the room", "action | book the room |  |  | open"),
    ("* ☑ book the room (Bo)", "action | book the room | Bo |  | done"),
    # --- News of what has an id
    ("* A7: done", "action |  |  |  | done | A7"),
    ("* A7: done (Ada)", "action |  | Ada |  | done | A7"),
    ("* A7 done", "action |  |  |  | done | A7"),
    ("* [[Strategy/Action items#A7|A7]] – cancelled", "action |  |  |  | dropped | A7"),
    # --- Our templates
    ("{{Steering group/Decision|text=We go to [[Berlin]]|owner={{u|Ada}}}}", "decision | We go to [[Berlin]] | Ada*"),
    (
        "* {{steering group/Action item\n|text=Send the list\n|owner=[[User:Bo]], Chi\n|due=1 March\n|status=done\n|id=A7\n}}",
        "action | Send the list | Bo*, Chi | 2019-03-01 | done | A7",
    ),
    ("{{Steering group/Action item|id=A7|status=dropped}}", "action |  |  |  | dropped | A7"),
    # --- In running text
    (
        "We talked about travel. '''Action:''' Bo to send the list. '''Decision:''' We go.",
        "action | send the list. | Bo\ndecision | We go.",
    ),
    ("* Decision: We go to Berlin. Action: Bo to book.", "decision | We go to Berlin.\naction | book. | Bo"),
    # --- Struck out
    ("* <s>Action: Bo to send the list</s>", "action | send the list | Bo |  | done"),
    ("* Action: <del>Bo to send the list</del> cancelled", "action | send the list | Bo |  | dropped"),
    ("* Action: Bo to send the <s>old</s> new list", "action | send the new list | Bo"),
    ("* <s>Decision: We go to Berlin</s>", ""),
    # --- What isn't understood
    ("* Decision on travel: postponed", "kind"),
    ("* Action: who sends the list?", "question"),
    ("* Action: Bo", "matter"),
    ("{{Steering group/Decision|owner=Bo}}", "matter"),
    ("{{Steering group/Action item|text=x|due=soon}}", "action | x\ndue"),
    ("{{Steering group/Action item|text=x|status=maybe}}", "action | x\nstatus"),
    # --- Nothing
    ("* Action: none", ""),
    ("Aucune décision", ""),
    ("* Décision : Pas de décision.", ""),
    ("* Action items: N/A", ""),
    ("Decision:", ""),
    ("The decision is still open.", ""),
    ("Action plans were discussed.", ""),
    ("* Action plan: see the page", ""),
    ("* AI tools were discussed", ""),
    ("We agreed with Ada.", ""),
    ("<nowiki>Action: Bo to send</nowiki>", ""),
    ("<pre>\nAction: Bo to send\n</pre>", ""),
    ("<!-- Action: Bo to send -->", ""),
    ("{{Box|\n* Action: Bo to send\n}}", ""),
    ("Bo to send the list by 1 March", ""),
    ("* Bo will tell more in March", ""),
    ("A4 paper was bought", ""),
]

TO_DO = [
    ("* Bo to send the list by 1 March", "action | send the list | Bo | 2019-03-01"),
    ("* Bo Example will send the list", "action | send the list | Bo Example"),
    ("* '''Bo''' to send the list", "action | send the list | Bo"),
    ("* '''Bo:''' send the list", "action | send the list | Bo"),
    ("* Bo – send the list – 1 March", "action | send the list – 1 March | Bo"),
    ("* @Bo send the list", "action | send the list | Bo"),
    ("* {{ping|Ada|Bo}} will send the list", "action | send the list | Ada*, Bo*"),
    ("* [[User:Ada]] & Bo: send the list", "action | send the list | Ada*, Bo"),
    ("* Send the list — {{u|Ada}}", "action | Send the list | Ada*"),
    ("* Send the list (Ada, Bo)", "action | Send the list | Ada, Bo"),
    ("* Send the list (Bo, 1 March)", "action | Send the list | Bo | 2019-03-01"),
    ("* Send the list (Bo by 1 March)", "action | Send the list | Bo | 2019-03-01"),
    ("* Send the list [Bo], due: 1/3/2019", "action | Send the list [Bo], due: 1/3/2019"),
    ("* Send the list; assigned to Bo", "action | Send the list | Bo"),
    ("* Send the list (lead: Mallory)", "action | Send the list | Mallory"),
    ("* By Friday, 1 March: Bo to send the list", "action | send the list | Bo | 2019-03-01"),
    ("* Bo to send the list no later than 15 January", "action | send the list | Bo | 2020-01-15"),
    ("* Bo to send the list by end of March", "action | send the list by end of March | Bo"),
    ("* Bo to send the list by the next meeting", "action | send the list by the next meeting | Bo"),
    ("* Bo to send the list by 31 February", "action | send the list by 31 February | Bo"),
    ("* All to read the draft by 1 March", "action | All to read the draft |  | 2019-03-01"),
    ("* We will read the draft", "action | We will read the draft"),
    ("* The list to be sent by Bo", "action | The list to be sent by Bo"),
    ("* Survey will close in May", "action | Survey will close in May"),
    ("* Talk to Bo", "action | Talk to Bo"),
    ("* Travel: book the hotel", "action | Travel: book the hotel"),
    ("* Prepare the workshop (Berlin)", "action | Prepare the workshop (Berlin)"),
    ("* Send the list – done", "action | Send the list |  |  | done"),
    ("* Done: send the list (Bo)", "action | send the list | Bo |  | done"),
    ("* Send the list (Bo) (done 3 March)", "action | Send the list | Bo |  | done"),
    ("* Send the list {{done}}", "action | Send the list |  |  | done"),
    ("* {{not done}} Send the list", "action | Send the list |  |  | open"),
    ("* ✅ Send the list", "action | Send the list |  |  | done"),
    ("* Send the list - in progress", "action | Send the list |  |  | open"),
    ("* Send the list (no longer needed)", "action | Send the list |  |  | dropped"),
    ("* <s>Send the list</s>", "action | Send the list |  |  | done"),
    ("* <s>Send the list</s> – no longer needed", "action | Send the list |  |  | dropped"),
    ("* '''Ada''': draft; '''Bo''': review", "action | '''Ada''': draft; '''Bo''': review"),
    ("* ''(done)'' Send the list (Chi, 12 Feb)", "action | Send the list | Chi | 2019-02-12 | done"),
    ("* [[User:Bo|Bo]] – [[Page|thing]]: write ({{done}})", "action | [[Page|thing]]: write | Bo* |  | done"),
    ("* (Chi) interview people", "action | interview people | Chi"),
    ("* Bo & co. to write", "action | Bo & co. to write"),
    ("* Bo/Chi: budget", "action | budget | Bo, Chi"),
    ("* Chi (with Di): interview", "action | Chi (with Di): interview"),
    ("* Interview people → Chi", "action | Interview people | Chi"),
    ("* Talk to people, Chi", "action | Talk to people, Chi"),
    ("* D3: stays as it is", "decision | stays as it is |  |  |  | D3"),
    ("* {{u|Ada}} to check with {{u|Bo}} (by 5 May, done)", "action | check with {{u|Bo}} | Ada* | 2019-05-05 | done"),
    ("* Review the minutes of 5 March (Ada)", "action | Review the minutes of 5 March | Ada"),
    ("* Ada and the team will travel", "action | Ada and the team will travel"),
    ("* Envoyer la liste – fait", "action | Envoyer la liste |  |  | done"),
    ("* Envoyer la liste (abandonné)", "action | Envoyer la liste |  |  | dropped"),
    ("* (A7) Bo to send the list", "action | send the list | Bo |  |  | A7"),
    ("* Send the list (A7)", "action | Send the list |  |  |  | A7"),
    ("# Bo to send the list", "action | send the list | Bo"),
    ("1. Bo to send the list", "action | send the list | Bo"),
    ("- Bo to send the list", "action | send the list | Bo"),
    ("Bo to send the list", "action | send the list | Bo"),
    ("* Bo:\n** send the list\n** book the room", "action | send the list | Bo\naction | book the room | Bo"),
    ("* Travel\n** Bo to book\n** Ada to pay", "action | book | Bo\naction | pay | Ada"),
    ("* Bo to prepare the meeting\n** room\n** Ada to send invitations", "action | prepare the meeting | Bo\naction | send invitations | Ada"),
    ("* see [[User:Bo/List|by 1 March: Bo]] and https://x.example/a:b", "action | see [[User:Bo/List|by 1 March: Bo]] and https://x.example/a:b"),
    ("* Decision: We go", "decision | We go"),
    ("=== Diversity ===\n* Bo to write", "action | write | Bo"),
    ("=== Discussion ===\n* Bo to write", ""),
    ("* Who sends the list?", "question"),
    ("These were gone through quickly.", "prose"),
    ("The following is to be done:\n* Bo to write", "action | write | Bo"),
    ("* None", ""),
    ("* –", ""),
    ("* No action items", ""),
    (
        "{|\n! Action !! Owner !! Due !! Status\n|-\n| Send the list || {{u|Ada}} || 1 March || done\n|-\n| Book || someone || soon || \n|}",
        "action | Send the list | Ada* | 2019-03-01 | done\naction | Book (Owner: someone) (Due: soon)",
    ),
    ("{|\n! Topic !! Notes\n|-\n| x || y\n|}", "table"),
]  # fmt: skip

DECIDED = [
    ("* We go to Berlin by 1 March", "decision | We go to Berlin by 1 March"),
    ("* Bo to chair in March", "decision | Bo to chair in March"),
    ("* We go to Berlin\n** with Bo\n** Action: Bo to book", "decision | We go to Berlin\naction | book | Bo"),
    ("* Budget:\n** approved", "matter"),
    ("We agreed that the budget is fine.", "decision | the budget is fine."),
    ("The budget was looked at by all.", "prose"),
    ("* Is the budget fine?", "question"),
    ("* No decisions were made.", ""),
    ("* D3: withdrawn by Bo", "decision | withdrawn by Bo |  |  |  | D3"),
    ("{|\n! Decision !! Responsible\n|-\n| We go || Bo\n|}", "decision | We go | Bo"),
]

BOTH = [
    ("* '''Agreed''': we meet", "decision | we meet"),
    ("* Bo to write by 1 March", "action | write | Bo | 2019-03-01"),
    ("* We meet in Berlin", "kind"),
    (";Next steps\n* Write to the board", "action | Write to the board"),
    ("'''Decisions'''\n* We meet in Berlin", "decision | We meet in Berlin"),
]
HEADINGS = [
    ("Action items", TO_DO),
    ("Decisions", DECIDED),
    ("Decisions+next steps", BOTH),
]
UNDER = [(heading, *form) for heading, forms in HEADINGS for form in forms]


@pytest.mark.parametrize(("line", "wanted"), ANYWHERE)
def test_forms_anywhere(line: str, wanted: str, tally: Tally) -> None:
    """What a line says of itself that it notes, wherever it stands."""
    assert understood(line) == wanted.split("\n") * bool(wanted)
    tally("forms of decisions and action items", 1)


@pytest.mark.parametrize(("heading", "line", "wanted"), UNDER)
def test_forms_under_headings(heading: str, line: str, wanted: str, tally: Tally) -> None:
    """What a line notes since it stands under a heading that says so."""
    assert understood(f"== {heading} ==\n{line}") == wanted.split("\n") * bool(wanted)
    tally("forms of decisions and action items", 1)
