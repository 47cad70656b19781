"""PHP's built-in server, as a process group that doesn't outlive its owner."""
# ruff: noqa: S603 -- the commands are our own

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from .php import Php

START_SECONDS = 30

# The shell's child waits for its standard input to close, which happens when the owner ends,
# however it ends, and then takes the whole group along.
WITH_OWNER = 'exec 3<&0; { read _ <&3; kill -9 0; } & exec "$@" 3<&- </dev/null'


class ServerError(Exception):
    """The server didn't start; the text is the end of its log."""


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(php: Php, port: int, log: Path, detached: bool = False) -> subprocess.Popen[bytes]:
    """Start serving and wait until the wiki answers.

    The server ends with this process, unless it is `detached`: then only `stop()` ends it.
    """
    root = str(php.installation.mediawiki)
    command = php.command("-S", f"127.0.0.1:{port}", "-t", root, str(php.folder / "router.php"))
    if not detached:
        command = ["sh", "-c", WITH_OWNER, "sh", *command]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=php.environment(), start_new_session=True,
            stdin=subprocess.DEVNULL if detached else subprocess.PIPE, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait_for(php.url, process, log)
    except BaseException:
        with process:
            stop(process.pid)
        raise
    return process


def stop(pid: int) -> None:
    """End the process group `pid` at once, however busy it is."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def answers(url: str, seconds: float = 5) -> bool:
    """Whether the wiki at `url` answers an API request."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/api.php?action=query&meta=siteinfo&format=json", timeout=seconds) as answer:
            return b'"query"' in answer.read()
    except OSError:
        return False


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(url, START_SECONDS) or process.poll() is not None:
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError(f"the wiki did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)
