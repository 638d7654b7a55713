#!/usr/bin/env bash
# Make a fresh clone ready to run: packages, virtual environment, front end, translations, database. Safe to repeat.
# With --tests also what only the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stamps.sh

mkdir -p .tools
exec 9> .tools/setup.lock
flock 9   # two set-ups at once would write the same files

scripts/debian_packages.sh "$@"
scripts/python_environment.sh
scripts/front_end.sh
scripts/translations.sh

{ .venv/bin/kinerja db upgrade && .venv/bin/kinerja designs install; } > .tools/migration.log 2>&1 || {
    cat .tools/migration.log >&2
    fail "the database could not be brought up to date (see above; DATABASE_URL says where it is)."
}
