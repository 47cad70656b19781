"""The bot as processes of their own, which can be killed at any moment, and of which there can be several."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

from tests.mediawiki.ordeal import COMPLAINT, Finding, Ordeal
from tests.mediawiki.rig import credentials

PATIENCE = 120
"""Seconds after which something that should have happened hasn't."""


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


def _process(ordeal: Ordeal) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "strategybot.cli", "--wiki", ordeal.tunnel.api, "run"]
    environment = {**os.environ, **credentials(), "STRATEGYBOT_PACE": "0", "NO_PROXY": "127.0.0.1"}
    return subprocess.Popen(  # noqa: S603  # our own command
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )


def _trouble(process: subprocess.Popen[str]) -> str:
    """Whether a process crashes, once it has ended."""
    with process:
        _, said = process.communicate(timeout=PATIENCE)
    return f"crash: {said}" if "Traceback" in said or process.returncode == 2 else ""
