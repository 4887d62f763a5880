# Tries what was made, as a user would. Sourced by ../release; POSIX sh.

# The answer of `attack vm-720e37` from the sample environment.
attackers='vm-99487f
vm-ea1254'

try_release() {
  step 'trying what was made'
  (cd "$out" && sha256sum -c SHA256SUMS >/dev/null) || fail 'SHA256SUMS is wrong'
  [ ! -f "$out/install.sh" ] || try_tarball
  [ ! -f "$out/surfacescan-$version.jar" ] || try_jar
}

# Installed below a folder, with no Java on the PATH that it could take instead.
try_tarball() {
  prefix=$work/pre\ fix
  alone sh "$out/install.sh" --prefix "$prefix" >"$work/installed" || fail 'install.sh does not install'
  grep -q "^surfacescan $version, commit $commit$" "$work/installed" || fail 'the tarball is of another version'
  [ "$(alone "$prefix/bin/surfacescan" attack --data "$root/data" vm-720e37)" = "$attackers" ] ||
    fail 'the tarball does not answer'
  alone "$prefix/bin/surfacescan" validate --data "$prefix/lib/surfacescan-$version/share/surfacescan/samples/aws" \
    >/dev/null || fail 'the tarball does not read an export'
  # Large enough for a snapshot, which is the program's own wherever it was unpacked.
  alone "$prefix/bin/surfacescan" generate --vms 20000 >"$work/large.json" || fail 'the tarball does not generate'
  for _ in first second; do
    alone "$prefix/bin/surfacescan" validate --data "$work/large.json" >/dev/null ||
      fail 'the tarball does not read a large input'
  done
  [ -n "$(find "$work/.cache/surfacescan" -type f)" ] || fail 'the tarball keeps no snapshot'
  for kind in verbs serve; do
    verb=help
    [ $kind = verbs ] || verb='serve --help'
    # shellcheck disable=SC2086 # words
    alone "JDK_JAVA_OPTIONS=-Xlog:class+load:file=$work/classes" "$prefix/bin/surfacescan" $verb >/dev/null 2>&1
    grep -q 'io.surfacescan.cli.Surfacescan source: shared objects file' "$work/classes" ||
      fail "$kind.aot does not fit where it is unpacked"
  done
  try_serve
  alone sh "$out/install.sh" --prefix "$prefix" --remove >/dev/null
  [ -z "$(find "$prefix" ! -type d)" ] || fail 'install.sh --remove leaves files'
}

# Starts, keeps statistics, and ends in order.
try_serve() {
  # Not by `alone`: the signal would end a shell, and the server go on.
  env -i PATH=/usr/bin:/bin HOME="$work" "$prefix/bin/surfacescan" serve --data "$root/data" --port 0 \
    --state-dir "$work/state" >"$work/served" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    grep -q '^  http' "$work/served" && break
    sleep 0.1
  done
  kill "$server"
  wait "$server" || fail 'serve does not end in order'
  grep -q '^Serving 60 VMs' "$work/served" || { cat "$work/served" >&2; fail 'serve does not start'; }
  [ -f "$work/state/statistics.db" ] || fail 'serve keeps no statistics'
}

try_jar() {
  [ "$("$jdk_home/bin/java" -jar "$out/surfacescan-$version.jar" attack --data "$root/data" vm-720e37)" = "$attackers" ] ||
    fail 'the jar does not answer'
}

# Runs a command with what any system has.
alone() {
  env -i PATH=/usr/bin:/bin HOME="$work" "$@"
}
