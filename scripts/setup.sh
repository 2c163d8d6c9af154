#!/bin/sh
# Makes .venv ready to render briefs; says nothing when it is ready already.
#
#   scripts/setup.sh          what rendering needs
#   scripts/setup.sh test     the same, and the tools that only the tests use
#   scripts/setup.sh browser  the same, and Chromium with axe-core, for make test-browser
#   scripts/setup.sh docs     the same as test, and MkDocs, for make docs
#   scripts/setup.sh editor   the same as test, and yaml-language-server, for make test-editor
#   scripts/setup.sh office   the same as test, and pandoc with LibreOffice, for make test-office
#   scripts/setup.sh verapdf  the same as test, and veraPDF with Java, for make test-verapdf
#   scripts/setup.sh wikis    the same as test, and the wikis and makers of sites, for make test-wikis
#   scripts/setup.sh venv     an environment with pip and no packages
#
# PYTHON=/some/python3 chooses the interpreter.
set -eu

cd "$(dirname "$0")/.."
root=$(pwd -P)
mode=${1:-brief}
venv=.venv
stamp=$venv/.briefings-setup
log=${TMPDIR:-/tmp}/briefings-setup.$$.log
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

say() { printf 'setup: %s\n' "$*"; }
die() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

# run WHAT COMMAND... - quiet, unless it fails: then its last lines are shown.
run() {
    what=$1
    shift
    if ! "$@" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "$what failed; the last lines of its output are above."
    fi
}

case $mode in
brief | test | browser | docs | editor | office | verapdf | wikis | venv) ;;
*) die "unknown argument '$mode'; use: scripts/setup.sh [test|browser|docs|editor|office|verapdf|wikis|venv]" ;;
esac

# --- packages of the operating system --------------------------------------

# as_root COMMAND... - as root, or through a sudo that asks for no password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@"
}

# install_system WHY PACKAGE... - Debian's names; elsewhere they are a hint.
install_system() {
    why=$1
    shift
    if ! may_apt; then
        if command -v apt-get >/dev/null 2>&1; then
            die "$why; please run: sudo apt-get install $*"
        elif [ "$(uname -s)" = Darwin ]; then
            die "$why; please run: brew install pango poppler"
        fi
        die "$why; please install what Debian calls: $*"
    fi
    say "installing $*"
    # The package lists may be absent or old: then read them and try once more.
    if ! apt_get install --no-install-recommends "$@" >"$log" 2>&1; then
        run "apt-get update" apt_get update
        run "apt-get install $*" apt_get install --no-install-recommends "$@"
    fi
}

# --- a Python, and an environment made with it ------------------------------

new_enough='import sys; raise SystemExit(sys.version_info < (3, 11))'

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        "$PYTHON" -c "$new_enough" 2>/dev/null ||
            die "PYTHON=$PYTHON is not a Python 3.11 or newer."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c "$new_enough" 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    die "no Python 3.11 or newer was found; install one, or name it as PYTHON=/path/to/python3."
}

make_venv() {
    python=$(find_python)
    # Debian keeps the part of Python that makes environments in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_system "$python cannot make virtual environments" "python$version-venv"
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            die "$python still cannot make virtual environments; name another as PYTHON=/path/to/python3."
    fi
    say "making $venv with $("$python" -V 2>&1)"
    run "python -m venv" "$python" -m venv --clear "$venv"
}

# The stamp tells which files the environment was made from, and where: a copied
# environment still points at the folder that it was copied from.
wanted() {
    echo "$root"
    "$venv/bin/python" - requirements.lock pyproject.toml briefings/version.py <<'PY'
import hashlib, pathlib, sys
print(sys.version)
for name in sys.argv[1:]:
    print(hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest(), name)
PY
}

if [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" != "$root" ]; then
    say "$venv was made for another folder"
    make_venv
elif ! "$venv/bin/python" -c "$new_enough" 2>/dev/null; then
    make_venv
elif ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    "$venv/bin/python" -m ensurepip >/dev/null 2>&1 || make_venv
fi
[ "$mode" != venv ] || exit 0

# --- what the environment lacks ---------------------------------------------

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet "$@"
}

if [ ! -f "$stamp" ] || [ "$(wanted)" != "$(cat "$stamp")" ]; then
    rm -f "$stamp"
    say "installing the packages of requirements.lock"
    run "pip" pip install --require-hashes -r requirements.lock
    say "installing briefings from this folder"
    run "pip" pip install --no-deps --no-build-isolation --editable .
    wanted >"$stamp.new"
    mv "$stamp.new" "$stamp"
fi

# What one group of tests needs besides has a lock of its own; its stamp is the two files above it.
lock=requirements-$mode.lock
if [ -f "$lock" ] && ! cat "$stamp" "$lock" | cmp -s - "$stamp-$mode"; then
    say "installing the packages of $lock"
    if [ "$mode" = wikis ]; then # a wiki asks for other releases than we do
        run "python -m venv" "$venv/bin/python" -m venv --clear "$venv/wikis"
        run "pip" "$venv/wikis/bin/python" -m pip --disable-pip-version-check --no-input --quiet \
            install --require-hashes -r "$lock"
    else
        run "pip" pip install --require-hashes -r "$lock"
    fi
    cat "$stamp" "$lock" >"$stamp-$mode"
fi

# --- libraries and tools beside Python ---------------------------------------

# missing_libraries - the Debian packages whose library cannot be loaded. Asking
# the loader, not the package manager, works on every system.
missing_libraries() {
    "$venv/bin/python" - <<'PY'
import ctypes, ctypes.util, os, sys
mac = sys.platform == "darwin"
# Homebrew's folder is not on the loader's path of every Python.
folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/"] if mac else [""]
for package, so, dylib in [
    ("libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset0", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
]:
    for folder in folders:
        try:
            ctypes.CDLL(folder + (dylib if mac else so))
        except OSError:
            continue
        break
    else:
        print(package)
PY
}

missing=$(missing_libraries)
# lacks COMMAND... - whether one of them is not there.
lacks() {
    for command in "$@"; do
        command -v "$command" >/dev/null 2>&1 || return 0
    done
    return 1
}

if [ "$mode" != brief ]; then
    ! lacks pdftoppm pdftotext || missing="$missing poppler-utils"
    [ "$(uname -s)" != Linux ] || ! lacks faketime || missing="$missing faketime"
fi
case $mode in
browser)
    ! lacks chromium || missing="$missing chromium"
    ! lacks chromedriver || missing="$missing chromium-driver"
    ! lacks node npm || missing="$missing nodejs npm"
    ;;
editor)
    ! lacks node npm || missing="$missing nodejs npm"
    ;;
office)
    ! lacks soffice || missing="$missing libreoffice-writer-nogui"
    ;;
verapdf)
    "$venv/bin/python" -c 'import jpype; jpype.getDefaultJVMPath()' >/dev/null 2>&1 ||
        missing="$missing default-jre-headless"
    "$venv/bin/python" -m tests.verapdf --lacking >/dev/null || missing="$missing libjaxb-java"
    ;;
wikis)
    ! lacks git || missing="$missing git"
    ! lacks node npm || missing="$missing nodejs npm"
    missing="$missing $("$venv/bin/python" -m tests.wikiengines --lacking)"
    [ -n "${missing# }" ] || missing=
    ;;
esac
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word per package
    install_system "it needs libraries or tools that this machine lacks" $missing
    missing=$(missing_libraries)
    [ -z "$missing" ] ||
        die "installed, yet $venv/bin/python cannot load:" "$(echo "$missing" | tr '\n' ' ')"
fi

if [ -f "tests/$mode/package-lock.json" ]; then
    stamp=tests/$mode/node_modules/.briefings-setup
    if ! cmp -s "tests/$mode/package-lock.json" "$stamp"; then
        say "installing the packages of tests/$mode/package-lock.json"
        run "npm" npm --prefix "tests/$mode" ci --ignore-scripts --no-audit --no-fund
        cp "tests/$mode/package-lock.json" "$stamp"
    fi
fi
