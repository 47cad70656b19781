"""Debian's and Ubuntu's packages, by the ordinary client."""
# ruff: noqa: S603 -- the commands are our own

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .cache import say


class InstallError(Exception):
    """Something is missing that can't be installed here; the text says what, and how to get it."""


def require_apt(what: str) -> None:
    """Raise unless this machine has apt."""
    if not shutil.which("apt-get"):
        raise InstallError(
            f"This needs {what}, which it can install on Debian and Ubuntu only:"
            " install that by hand, or run this in a container of debian:trixie."
        )


def install(packages: Sequence[str]) -> None:
    """Install packages of the machine's own suite, as root or by a sudo that asks nothing."""
    names = " ".join(packages)
    require_apt(names)
    root = _root(names)
    command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes",
               "--no-install-recommends", *packages]  # fmt: skip
    say(f"installing {names}")
    if _succeeds(command):
        return
    # Old or missing package lists are the usual cause.
    if not _succeeds([*root, "apt-get", "update"]) or not _succeeds(command):
        raise InstallError(f"apt-get could not install: {names} (see above for its reason).")


def candidate(package: str, options: Sequence[str] = ()) -> str:
    """The version that apt would install, without epoch; empty if there is none."""
    policy = _output(["apt-cache", *options, "policy", package])
    found = re.search(r"Candidate: (?:\d+:)?(\d\S*)", policy)
    return found[1] if found else ""


def download(packages: Sequence[str], folder: Path, options: Sequence[str] = ()) -> list[Path]:
    """Fetch packages as files, without installing them."""
    if not _succeeds(["apt-get", *options, "download", *packages], folder=folder):
        raise InstallError(f"apt-get could not download {' '.join(packages)} (see above for its reason).")
    return sorted(folder.glob("*.deb"))


def suite_options(suite: str, folder: Path) -> list[str]:
    """Options that make apt see `suite`, with lists in `folder`; the machine's sources stay."""
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "parts").mkdir()
    uri, components = _mirror()
    (folder / "sources.list").write_text(f"deb {uri} {suite} {components}\n")
    settings = {
        "Dir::State::Lists": folder / "lists",
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": folder / "parts",
        "Dir::Cache": folder,
        "APT::Sandbox::User": "root",  # the folder may be closed to apt's own user
    }
    options = [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]
    if not _succeeds(["apt-get", *options, "update"]):
        raise InstallError(f"apt-get could not read the package lists of {suite} (see above for its reason).")
    return options


def _mirror() -> tuple[str, str]:
    """The URI that this machine takes its own suite from, and the components that may matter."""
    release = _os_release()
    form = "$(CREATED_BY)|$(RELEASE)|$(REPO_URI)"
    targets = [line.split("|") for line in _output(["apt-get", "indextargets", "--format", form]).splitlines()]
    suites = {release.get("VERSION_CODENAME", ""), "stable", "oldstable", "testing", "unstable", "sid"}
    for created_by, suite, uri in targets:
        if created_by == "Packages" and suite in suites and not uri.startswith("cdrom:"):
            return uri, "main universe" if release.get("ID") == "ubuntu" else "main"
    raise InstallError("apt names no mirror for this system: add one to its sources, then try again.")


def later_suite() -> str:
    """The first long-lived suite of this system that has a MediaWiki recent enough."""
    release = _os_release()
    return "resolute" if "ubuntu" in (release.get("ID"), release.get("ID_LIKE")) else "trixie"


def _os_release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text().splitlines()
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines)}


def _root(what: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"], quiet=True):
        return ["sudo", "-n"]
    raise InstallError(f"Something is missing, and installing needs root: run `apt-get install {what}` as root.")


def _succeeds(command: Sequence[str], folder: Path | None = None, quiet: bool = False) -> bool:
    errors = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, check=False, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
    return done.returncode == 0


def _output(command: Sequence[str]) -> str:
    env = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout
