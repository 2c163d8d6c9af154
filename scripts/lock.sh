#!/bin/sh
# Writes the locks anew from pyproject.toml: the newest release of every
# package, for each Python and system that the project supports.
set -eu

cd "$(dirname "$0")/.."
sh scripts/setup.sh venv
.venv/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.9'

# compile ARGUMENT... - with what all locks have in common.
compile() {
    .venv/bin/uv pip compile --no-config --quiet --upgrade \
        --universal --python-version 3.11 --generate-hashes --no-strip-extras \
        --custom-compile-command 'make lock' "$@"
}

compile --group build --group test --output-file requirements.lock pyproject.toml
# Installed into the same environment, so they must agree with the first.
for group in browser docs office verapdf; do
    compile --group "$group" --constraint requirements.lock \
        --output-file "requirements-$group.lock"
done
# It has an environment of its own.
compile --group wikis --output-file requirements-wikis.lock
