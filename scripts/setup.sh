# Sourced by the other scripts: makes a virtual environment with strategybot in it, once, and puts it on PATH.
# Nothing outside the checkout is touched.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

find_python() {
    local python
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$python"
            return
        fi
    done
    echo "strategybot needs Python 3.11 or newer, and there is none on this machine." >&2
    exit 2
}

# prepare EXTRAS: the environment, with optional dependencies such as [dev] where they are asked for.
prepare() {
    local extras="${1:-}" stamp
    stamp="$venv/.strategybot-ready$extras"
    if [ ! "$stamp" -nt "$root/pyproject.toml" ]; then
        say "Setting up Python packages in .venv (about a minute, once) …"
        local python
        python=$(find_python) || exit 2
        if ! "$python" -m venv "$venv"; then
            echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv" >&2
            exit 2
        fi
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$root$extras"
        touch "$stamp"
    fi
    PATH="$venv/bin:$PATH"
}
