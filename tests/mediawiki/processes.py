"""The bot as processes of their own, which can be killed at any moment, and of which there can be several."""

from __future__ import annotations

import os
import random
import time

from tests.commands import PATIENCE, Command
from tests.mediawiki.ordeal import COMPLAINT, Finding, Ordeal
from tests.mediawiki.rig import credentials


def killed(ordeal: Ordeal, chance: random.Random) -> Finding:
    """Kill a process at a random moment of one of the month's runs, and run again."""
    run = chance.choice(ordeal.runs)
    ordeal.restore(run)
    ordeal.tunnel.sent = []
    process = _process(ordeal)
    end = time.monotonic() + PATIENCE
    while not ordeal.tunnel.sent and time.monotonic() < end:
        time.sleep(0.002)
    moment = chance.uniform(0, run.seconds)
    time.sleep(moment)
    process.kill()
    trouble = _trouble(process) or f"{COMPLAINT}: killed"
    return ordeal.made_good(f"run {run.name}, killed after {moment:.3f} s", run, trouble)


def crowded(ordeal: Ordeal, chance: random.Random, count: int) -> Finding:
    """Let several processes make one of the month's runs at once, and run again."""
    run = chance.choice(ordeal.runs)
    ordeal.restore(run)
    processes = [_process(ordeal) for _ in range(count)]
    troubles = [_trouble(process) for process in processes]
    trouble = next(filter(None, troubles), f"{COMPLAINT}: run again")
    return ordeal.made_good(f"run {run.name}, {count} processes", run, trouble)


def _process(ordeal: Ordeal) -> Command:
    environment = {**os.environ, **credentials(), "STRATEGYBOT_PACE": "0", "NO_PROXY": "127.0.0.1"}
    return Command("--wiki", ordeal.tunnel.api, "run", environment=environment)


def _trouble(process: Command) -> str:
    """Whether a process crashes, once it has ended."""
    with process:
        found = process.ended()
    return f"crash: {found.stderr}" if "Traceback" in found.stderr or found.returncode == 2 else ""
