"""What relays need of the wiki: that it knows comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategybot.doctor.finding import Finding, hint
from strategybot.model.page import Site
from strategybot.model.process import Process
from strategybot.wiki.port import THREADING


def relay_findings(processes: Sequence[Process], site: Site) -> Iterator[Finding]:
    """What the wiki lacks, where a process passes relays on."""
    if any(process.relaying for process in processes) and THREADING not in site.extensions:
        yield hint("no-comments")
