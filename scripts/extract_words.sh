#!/usr/bin/env bash
# Bring the English catalogue up to date with the Indonesian sentences in the code; new ones come without a translation.
# With `--to FILE` only write the sentences that stand in the code into FILE.
set -euo pipefail
cd "$(dirname "$0")/.."

pybabel=.venv/bin/pybabel
template=build/messages.pot
catalogue=webapp/translations/en/LC_MESSAGES/messages.po
[ "${1:-}" != --to ] || template=$2
mkdir -p "$(dirname "$template")" "$(dirname "$catalogue")"

"$pybabel" --quiet extract --mapping babel.cfg --keyword msg --keyword lazy_gettext --no-location --sort-output --width 120 \
    --project Kinerja --version 1 --output "$template" forms models reports flows webapp
[ "${1:-}" != --to ] || exit 0
if [ -f "$catalogue" ]; then
    # Nothing is guessed: a sentence that changed wants to be translated again.
    "$pybabel" --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 \
        --input-file "$template" --output-file "$catalogue" --locale en
else
    "$pybabel" --quiet init --input-file "$template" --output-file "$catalogue" --locale en
fi
"$pybabel" compile --statistics --input-file "$catalogue" --output-file "${catalogue%.po}.mo"
