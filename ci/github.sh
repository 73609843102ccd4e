#!/usr/bin/env bash
# What the GitHub Action runs: judge the files, write annotations, the summary of the job and a SARIF file.
# In: INPUT_* (see action.yml), RUNNER_TEMP, GITHUB_STEP_SUMMARY, GITHUB_OUTPUT.  Ends as `checker score` ends.
set -euo pipefail

arguments=()
[ -z "${INPUT_PACK:-}" ] || arguments+=("--pack=$INPUT_PACK")
[ -z "${INPUT_FAIL_UNDER:-}" ] || arguments+=("--fail-under=$INPUT_FAIL_UNDER")
[ -z "${INPUT_FAIL_ON:-}" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<< "${INPUT_ARGUMENTS:-}"
files=()
while IFS= read -r line; do
  [ -z "$line" ] || files+=("$line")
done <<< "$INPUT_FILES"

sarif="$RUNNER_TEMP/checker.sarif"
summary="$RUNNER_TEMP/checker.md"
rm -f "$sarif" "$summary"
code=0
checker score "${arguments[@]}" --format="${INPUT_FORMAT:-github}" -o "$sarif" -o "$summary" -- "${files[@]}" || code=$?

[ ! -f "$summary" ] || cat "$summary" >> "$GITHUB_STEP_SUMMARY"
{
  echo "exit-code=$code"
  [ ! -f "$sarif" ] || echo "sarif=$sarif"
} >> "$GITHUB_OUTPUT"
exit "$code"
