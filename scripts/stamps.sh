# Sourced by the set-up scripts: remember by content hash what was built from which files.

# hash_of WORD… : one hash over the content of the files named and over the words that are no files.
hash_of() {
    local word
    for word in "$@"; do
        if [ -f "$word" ]; then sha256sum "$word"; else echo "$word"; fi
    done | sha256sum | cut -d ' ' -f 1
}

# is_current STAMP HASH : was the thing beside this stamp built from this very content?
is_current() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

say() { printf '· %s\n' "$*"; }
fail() { printf 'Set-up stopped: %s\n' "$*" >&2; exit 1; }
