#!/usr/bin/env bash
# What action.yml runs: fetch, check, and what came of it as outputs of the step; a later step fails the job, after the
# upload. The inputs come as variables, never as text of the script: a pull request may have written them.
set -euo pipefail

options=()
add() {
  if [ -n "$2" ]; then options+=("$1" "$2"); fi
}

paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"$BILINT_PATHS"

add --config "${BILINT_CONFIG:-}"
add --language "${BILINT_LANGUAGE:-}"
if [ "${BILINT_FETCH:-false}" = true ]; then
  fetched=0
  bilint fetch --on-failure warn ${options[@]+"${options[@]}"} -- "${paths[@]}" || fetched=$?
  # 3: no article names a URL.
  if [ "$fetched" -ne 0 ] && [ "$fetched" -ne 3 ]; then echo "::warning::bilint fetch ended with $fetched"; fi
fi
add --baseline "${BILINT_BASELINE:-}"
add --since "${BILINT_SINCE:-}"
add --fail-on "${BILINT_FAIL_ON:-}"

sarif=${BILINT_SARIF:-bilint.sarif}
rm -f -- "$sarif"
code=0
bilint check --format github -o - -o "sarif:$sarif" ${options[@]+"${options[@]}"} -- "${paths[@]}" || code=$?

findings=0
if [ -f "$sarif" ]; then
  count='import json, sys; print(len(json.load(open(sys.argv[1], encoding="utf-8"))["runs"][0]["results"]))'
  findings=$(python -c "$count" "$sarif")
fi
printf 'exit-code=%s\nfindings=%s\n' "$code" "$findings" >>"$GITHUB_OUTPUT"
