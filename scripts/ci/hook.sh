#!/bin/sh
# The pre-commit hook: `surfacescan check` with the arguments of the hook.
program=${SURFACESCAN:-"$(cd "$(dirname "$0")/../.." && pwd)/surfacescan"}
exec "$program" check --quiet "$@"
