"""Letters to a process's contact: plain text, and nothing in it but links."""

from __future__ import annotations

from collections.abc import Sequence

from strategybot.writing.texts import Texts


def letter_subject(language: str, count: int) -> str:
    """The subject of a letter about so many revisions that should be hidden."""
    return Texts(language).say("letter-hidden-subject", str(count))


def letter_text(language: str, bot: str, links: Sequence[str], left: Sequence[str], reference: str) -> str:
    """The text of a letter: links to the revisions that should be hidden, and to those among them that stand."""
    texts = Texts(language)
    parts = [texts.say("letter-hello"), texts.say("letter-hidden", bot), "\n".join(links)]
    if left:
        parts += [texts.say("letter-hidden-left", str(len(left))), "\n".join(left)]
    return "\n\n".join([*parts, texts.say("letter-hidden-how"), texts.say("letter-reference", reference)])


def confidence_subject(language: str, count: int) -> str:
    """The subject of a letter about so many pages that bear a mark of confidence."""
    return Texts(language).say("letter-confidential-subject", str(count))


def confidence_text(language: str, bot: str, links: Sequence[str], reference: str) -> str:
    """The text of a letter about what people filed with a mark of confidence: links to it, and what to do."""
    texts = Texts(language)
    parts = [
        texts.say("letter-hello"),
        texts.say("letter-confidential"),
        "\n".join(links),
        texts.say("letter-confidential-how", bot),
        texts.say("letter-reference", reference),
    ]
    return "\n\n".join(parts)


def permanent_links(revids: Sequence[int], address: str) -> list[str]:
    """Links to revisions; `address` is that of the wiki's pages, with `$1` for the title, or empty."""
    titles = [f"Special:PermanentLink/{revid}" for revid in revids]
    return [address.replace("$1", title) if address else title for title in titles]
