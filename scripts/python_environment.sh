#!/usr/bin/env bash
# The virtual environment .venv, exactly as uv.lock says, hashes checked.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stamps.sh

UV_VERSION=0.13.9   # used when no uv of at least 0.9 is on the path

uv_command() {
    local found
    if found=$(uv --version 2> /dev/null) && [[ $found =~ ^uv\ ([0-9]+)\.([0-9]+) ]] &&
        { [ "${BASH_REMATCH[1]}" -gt 0 ] || [ "${BASH_REMATCH[2]}" -ge 9 ]; }; then
        echo uv
        return
    fi
    # The system's Python may be closed to pip (PEP 668), so uv gets an environment of its own.
    if [ ! -x .tools/uv/bin/uv ]; then
        say "Fetching uv $UV_VERSION" >&2
        python3 -m venv .tools/uv >&2
        .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" >&2
    fi
    echo .tools/uv/bin/uv
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed as python3."

now=$(hash_of pyproject.toml uv.lock "$(python3 -c 'import sys; print(sys.version)')" "$PWD")
if is_current .venv/.built-from "$now" && [ -x .venv/bin/kinerja ]; then exit 0; fi

uv=$(uv_command)
say "Installing Python packages into .venv"
export UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=
"$uv" sync --frozen --quiet --python "$(command -v python3)"
echo "$now" > .venv/.built-from
