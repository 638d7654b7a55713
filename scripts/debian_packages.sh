#!/usr/bin/env bash
# Install the Debian packages that are missing: text layout for WeasyPrint, and with --tests a browser.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stamps.sh

wanted=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
missing=()

if ! command -v dpkg-query > /dev/null; then
    say "No Debian here: make sure Pango, HarfBuzz (subset) and DejaVu fonts are installed."
    exit 0
fi
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
command -v python3 > /dev/null || missing+=(python3)
# Debian splits venv off its Python; without it no virtual environment can be made.
[ -x .venv/bin/python ] || python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
if [ "${1:-}" = --tests ] && ! command -v chromium > /dev/null && [ ! -x "${KINERJA_CHROMIUM:-}" ]; then
    missing+=(chromium)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    printf 'Some Debian packages are missing. Please run this once, then try again:\n\n' >&2
    printf '  sudo apt-get install --no-install-recommends %s\n\n' "${missing[*]}" >&2
    exit 1
fi
say "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
mkdir -p .tools
{
    # Another apt at work (unattended upgrades) is waited for; old package lists are the usual cause of a failure.
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}" ||
        { apt-get -o DPkg::Lock::Timeout=300 update &&
          apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"; }
} > .tools/apt.log 2>&1 || { tail -20 .tools/apt.log >&2; fail "apt-get could not install ${missing[*]}."; }
