#!/bin/sh
# Checks an environment in a pipeline: findings as SARIF in a file, as a summary for people on standard error, and as
# the annotations of the host on standard output.
#
#   scripts/ci/check.sh DATA POLICY FAIL_ON SARIF_FILE HOST_FORMAT [FLAG...]
#
# HOST_FORMAT is github, junit or text. Exit code as of `surfacescan check`.
set -u
if [ $# -lt 5 ]; then
  echo "usage: $0 DATA POLICY FAIL_ON SARIF_FILE HOST_FORMAT [FLAG...]" >&2
  exit 2
fi
data=$1 policy=$2 fail_on=$3 sarif=$4 host=$5
shift 5
program=${SURFACESCAN:-"$(cd "$(dirname "$0")/../.." && pwd)/surfacescan"}
"$program" check --data "$data" --policy "$policy" --fail-on "$fail_on" -o "sarif=$sarif" -o "$host" "$@"
