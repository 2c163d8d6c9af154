#!/bin/sh
# Writes requirements.lock anew from pyproject.toml: the newest release of every
# package, for each Python and system that the project supports.
set -eu

cd "$(dirname "$0")/.."
sh scripts/setup.sh venv
.venv/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.9'
.venv/bin/uv pip compile --no-config --quiet --upgrade \
    --universal --python-version 3.11 --generate-hashes --no-strip-extras \
    --custom-compile-command 'make lock' \
    --group build --group test --output-file requirements.lock pyproject.toml
