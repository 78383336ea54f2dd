# Shared by `run` and `long`: where things are, and how a step is shown and counted.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
contract=$root/tests/contract
target=${CARGO_TARGET_DIR:-$root/target}
binary=$target/release/bina
export BINA_TEST_POSTGRES=${BINA_TEST_POSTGRES:-postgres://postgres@127.0.0.1:5432/postgres}
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}

passed=0
failed=0
failed_steps=()

# step NAME FUNCTION: runs it, shows how long it took, and goes on, so that one run shows all there is to mend.
step() {
  local name=$1 began=$SECONDS code
  shift
  printf '\n==== %s\n' "$name"
  set +e
  (set -e; cd "$root"; "$@")
  code=$?
  set -e
  if [ "$code" -eq 0 ]; then
    passed=$((passed + 1))
    printf '==== %s: ok, %d s\n' "$name" $((SECONDS - began))
  else
    failed=$((failed + 1))
    failed_steps+=("$name")
    printf '==== %s: FAILED with %d, %d s\n' "$name" "$code" $((SECONDS - began))
  fi
}

finish() {
  printf '\n'
  [ "$failed" -eq 0 ] || printf 'failed: %s\n' "${failed_steps[@]}"
  printf 'all steps together: %d s\n%d passed, %d failed\n' "$SECONDS" "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

release_build() { cargo build --locked --release --bin bina; }

postgres_answers() { psql --no-psqlrc --quiet --tuples-only --command 'SELECT version()' "$BINA_TEST_POSTGRES"; }

contract_tools() { cd "$contract" && npm ci --no-audit --no-fund; }
lint() { "$contract/lint.sh" "$root/openapi/openapi.json"; }

crash_sqlite() { python3 "$contract/crash.py" --binary "$binary" --rounds "$1" --database-url sqlite; }
crash_postgres() { python3 "$contract/crash.py" --binary "$binary" --rounds "$1" --database-url "$BINA_TEST_POSTGRES"; }
chain_sqlite() { python3 "$contract/chain.py" --binary "$binary" --rounds "$1" --database-url sqlite; }
chain_postgres() { python3 "$contract/chain.py" --binary "$binary" --rounds "$1" --database-url "$BINA_TEST_POSTGRES"; }
people_sqlite() { python3 "$contract/people.py" --binary "$binary" --rounds "$1" --database-url sqlite; }
people_postgres() { python3 "$contract/people.py" --binary "$binary" --rounds "$1" --database-url "$BINA_TEST_POSTGRES"; }
fuzz() { "$contract/fuzz.sh" --binary "$binary" --database-url sqlite --database-url "$BINA_TEST_POSTGRES" "$@"; }
