#!/usr/bin/env bash
# Compile the English catalogue; Indonesian needs none, it is the language of the sources.
set -euo pipefail
cd "$(dirname "$0")/.."

for catalogue in webapp/translations/*/LC_MESSAGES/*.po; do
    [ -f "$catalogue" ] || exit 0
    compiled=${catalogue%.po}.mo
    if [ ! -f "$compiled" ] || [ "$catalogue" -nt "$compiled" ]; then
        .venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "$compiled"
    fi
done
