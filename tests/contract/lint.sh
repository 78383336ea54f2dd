#!/usr/bin/env bash
# Lints the OpenAPI document: Redocly recommended-strict and Spectral (OAS, OWASP and our own rules), 0 findings.
# Usage: lint.sh [DOCUMENT]   (default: openapi/openapi.json)
set -euo pipefail
document=$(realpath "${1:-$(dirname "$0")/../../openapi/openapi.json}")
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --no-audit --no-fund
bin=node_modules/.bin
verdict=0

# Both always run, so that one pass shows everything there is to mend.
REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
  "$bin/redocly" lint --config redocly.yaml "$document" || verdict=1
"$bin/spectral" lint --ruleset spectral.yaml --fail-severity hint "$document" || verdict=1
exit "$verdict"
