#!/usr/bin/env bash
# Style, types and import contracts; runs all of them and fails when one of them does.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH="$PWD/.venv/bin:$PATH"
failed=()

check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

check "ruff" ruff check .
check "ruff format" ruff format --check .
check "mypy" mypy
check "import contracts" lint-imports --no-cache
if command -v shellcheck > /dev/null; then
    check "shellcheck" shellcheck --severity=warning --shell=bash scripts/*.sh .ci/run
fi

[ ${#failed[@]} -eq 0 ] || { printf '\nNot clean: %s\n' "${failed[*]}" >&2; exit 1; }
