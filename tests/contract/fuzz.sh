#!/usr/bin/env bash
# Fuzzes the contract with schemathesis; arguments are those of fuzz.py (`fuzz.sh --help`).
# Usage: fuzz.sh [--binary FILE] [--seconds N] [--cases N] [--seed N] [--roles a,b] [--database-url sqlite|postgres://…]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${BINA_FUZZ_VENV:-$here/.venv}
if ! cmp --silent "$here/requirements.txt" "$venv/requirements.txt"; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi
exec "$venv/bin/python" "$here/fuzz.py" "$@"
