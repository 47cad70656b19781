"""What is sent for what the wiki doesn't show: a mail to an account, and options of the bot's own.

Needed are an address of the bot's own that it has confirmed, and the grants "Send email to other users" and "Edit
your user preferences and JSON configuration". To read one's own options takes no grant.
"""

from __future__ import annotations

from strategybot.wiki.mediawiki.exchange import Answer, Parameters
from strategybot.wiki.port import Kind, Mail, Outcome, Remember

OPTIONS = {"meta": "userinfo", "uiprop": "options"}
"""The parameters of a look at all of one's own options."""


def parameters(action: Mail | Remember) -> Parameters:
    """The parameters of the action, apart from what proves it to be ours."""
    if isinstance(action, Mail):
        return {"action": "emailuser", "target": action.to, "subject": action.subject, "text": action.text}
    changes = (name if value is None else f"{name}={value}" for name, value in action.options)
    return {"action": "options", "change": "".join(f"\x1f{change}" for change in changes)}


def outcome(action: Mail | Remember, answer: Answer) -> Outcome:
    """The outcome of an action that was answered without an error."""
    if isinstance(action, Remember):
        return _remembered(action, answer)
    sent = answer["emailuser"]
    if sent["result"] == "Failure":
        said = next((error.get("text", "") for error in sent.get("errors", ())), "")
        return Outcome(action.title, Kind.FAILED, reason=f"The wiki's mail fails. {said}".strip())
    return Outcome(action.title, Kind.SENT)


def _remembered(action: Remember, answer: Answer) -> Outcome:
    """The wiki calls it a success, too, where it has refused an option, and says so in a warning."""
    for warning in answer.get("warnings", ()):
        return Outcome(action.title, Kind.FORBIDDEN, reason=warning.get("text", "An option can't be set."))
    return Outcome(action.title, Kind.SAVED)
