# What the benchmarks over HTTP share. Sourced by bench-http and bench-reload; POSIX sh.

# A load is measured, not what was kept of an earlier one.
export SURFACESCAN_NO_CACHE=true

# Reads the flags --turns, --seconds and --vms into variables of these names.
read_flags() {
  turns=5
  seconds=5
  vms=1000000
  while [ $# -gt 0 ]; do
    case $1 in
      --turns | --seconds | --vms) ;;
      *) echo "error: unknown argument $1; known are --turns, --seconds and --vms" >&2; exit 2 ;;
    esac
    case ${2:-} in
      '' | *[!0-9]* | 0*) echo "error: $1 needs a number above zero" >&2; exit 2 ;;
    esac
    case $1 in
      --turns) turns=$2 ;;
      --seconds) seconds=$2 ;;
      --vms) vms=$2 ;;
    esac
    shift 2
  done
}

require() {
  for tool; do
    command -v "$tool" >/dev/null || { echo "error: $tool was not found; install it" >&2; exit 2; }
  done
}

# Makes the folder $1 for environments, files and results; everything that was started goes when the script ends.
prepare() {
  here=$PWD/.build/$1
  rm -rf "$here"
  mkdir -p "$here/environment" "$here/files" "$here/turns" || exit 2
  trap clean_up EXIT
  trap 'exit 130' INT TERM
}

clean_up() {
  # shellcheck disable=SC2086
  [ -z "${started:-}" ] || kill $started 2>/dev/null
  rm -rf "$here/environment"
}

# Writes a company of $vms VMs into the environment.
generate() {
  ./surfacescan generate --shape layered --vms "$vms" --tags $((vms / 50)) --rules $((vms / 13)) --seed 1 \
    >"$here/environment/company.json" || exit 1
}

# Serves the environment on port $1; $server is the process. What stands before the command goes after the port.
start_server() {
  port=$1
  shift
  "$@" ./surfacescan serve --quiet --state-dir "$here/state" --data "$here/environment" --port "$port" 2>"$here/server.log" &
  server=$!
  started="${started:-} $server"
  await "$server" "http://127.0.0.1:$port/health/ready" "$here/server.log"
}

# Waits until the process $1 answers at the URL $2; $3 is its log.
await() {
  until curl -sf -o /dev/null "$2"; do
    kill -0 "$1" 2>/dev/null || { cat "$3" >&2; exit 1; }
    sleep 0.1
  done
}

# Runs wrk for $seconds with $1 connections on the URL $2; further arguments go before it. Prints requests a second, MB a
# second, the median and the 99th percentile in ms, the number of requests, and the number of those that failed.
wrk_line() {
  connections=$1
  url=$2
  shift 2
  wrk -t 1 -c "$connections" -d "${seconds}s" --latency "$@" "$url" | awk '
    function bytes(text) { return text * (text ~ /GB/ ? 1073.741824 : text ~ /MB/ ? 1.048576 : 0.001024) }
    function ms(text) { return text * (text ~ /us/ ? 0.001 : text ~ /ms/ ? 1 : 1000) }
    /^ *50%/ { p50 = ms($2) }
    /^ *99%/ { p99 = ms($2) }
    /requests in/ { requests = $1 }
    /Requests\/sec/ { rate = $2 }
    /Transfer\/sec/ { transfer = bytes($2) }
    /Non-2xx/ { failed += $NF }
    /Socket errors/ { gsub(",", ""); failed += $4 + $6 + $8 + $10 }
    END { printf "%.0f %.1f %.3f %.3f %d %d\n", rate, transfer, p50, p99, requests, failed }'
}

# Of column $2 of the file $1 in turns: median, least and most.
summary() {
  cut -d ' ' -f "$2" "$here/turns/$1" | sort -n |
    awk '{a[NR] = $1} END {print (a[int((NR + 1) / 2)] + a[int(NR / 2) + 1]) / 2, a[1], a[NR]}'
}

# What was measured on, in a line.
machine() {
  echo "$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r), $(./surfacescan --version |
    sed -n 's/^\(Java [^ ,]*\).*/\1/p'), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown), $turns turns of $seconds s"
}
