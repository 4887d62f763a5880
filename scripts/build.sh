# Builds the program into .build/. Sourced by ../surfacescan; POSIX sh. Needs find-jdk.sh and start.sh.
#
# The sources are copied and built from the copy, so that a build is of one state of them and the working tree stays as it
# is. A finished build moves into place with one rename, under a name made from its sources:
#
#   .build/current       the name of the build to run; as old as the sources it was compared with
#   .build/<checksum>/   the program, built from sources with this checksum, and the caches for its start
#   .build/work.<pid>/   a build in progress, or the rest of one that was killed
#   .build/build.log     what Maven printed last
#
# Sources that change and change back need no second build. The builds before the current one stay for a while, because a
# server may still run from them.

builds_kept=4

# Whether .build/current of the repository in $1 names a build that is as new as the sources; sets program_build.
program_is_current() {
  program_build=
  [ -f "$1/.build/current" ] || return 1
  read -r program_build <"$1/.build/current" || return 1
  [ -d "$1/.build/$program_build" ] || return 1
  [ -z "$(sources_newer_than "$1" "$1/.build/current")" ]
}

# Prints something if a source of the repository in $1 is newer than the file $2.
sources_newer_than() {
  # Folders count too: their time shows that a file in them was deleted.
  find "$1/pom.xml" "$1/.mvn" "$1/scripts" "$1"/*/pom.xml "$1"/*/src/main -newer "$2" 2>/dev/null | head -n 1
}

# Makes .build/current name a build of the sources as they are, and sets program_build. The working folder is the
# repository. Runs in the shell that was started, so that a signal to it ends Maven too.
build_program() {
  find_jdk javac || exit 2
  require_maven || exit 2
  mkdir -p .build 2>/dev/null && [ -w .build ] ||
    fail_build "$PWD/.build cannot be written, and the program is built there; make the folder writable"
  work=.build/work.$$
  trap end_build EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  lock_build
  if ! program_is_current .; then
    copy_sources
    [ -d ".build/$program_build" ] || build_copy
    name_current
    remove_old_builds
  fi
  trap - EXIT INT TERM HUP
  end_build
}

# Waits until no other process is building. The lock only saves work: builders do not disturb each other.
lock_build() {
  if command -v flock >/dev/null; then
    exec 9>.build/lock
    flock -n 9 && return 0
    note_waiting
    flock 9
    return 0
  fi
  until ln -s "$$" .build/lock.pid 2>/dev/null; do
    holder=$(readlink .build/lock.pid) || continue
    if kill -0 "$holder" 2>/dev/null; then
      note_waiting
      sleep 1
    else
      rm -f .build/lock.pid
    fi
  done
  lock_link=.build/lock.pid
}

note_waiting() {
  [ -n "${waiting_noted:-}" ] || echo 'surfacescan: another process is building the program; waiting for it' >&2
  waiting_noted=yes
}

# Copies the sources and sets program_build to their checksum.
copy_sources() {
  for left in .build/work.*; do
    kill -0 "${left##*.}" 2>/dev/null || rm -rf "$left"
  done
  mkdir -p "$work/sources"
  : >"$work/current"
  tar -cf - pom.xml .mvn scripts ./*/pom.xml ./*/src/main | tar -xf - -C "$work/sources"
  program_build=$(cd "$work/sources" && find . -type f -exec cksum {} + | LC_ALL=C sort -k 3 | cksum)
  program_build=${program_build% *}-${program_build#* }
}

build_copy() {
  if [ -f .build/current ]; then
    title='surfacescan: the sources changed, building'
  else
    title='surfacescan: first use, building'
  fi
  started=$(date +%s)
  : >"$work/build.log"
  JAVA_HOME=$jdk_home mvn -B -f "$PWD/$work/sources/pom.xml" package -pl app -am -Dchecks=off -DskipTests \
    >"$work/build.log" 2>&1 </dev/null &
  maven=$!
  stage_shown=
  while kill -0 "$maven" 2>/dev/null; do
    show_progress
    sleep 1
  done
  wait "$maven"
  maven_exit=$?
  maven=
  [ "$maven_exit" -ne 0 ] || make_caches "$PWD/$work/sources/app/target/program"
  [ ! -t 2 ] || printf '\r\033[K' >&2
  mv -f "$work/build.log" .build/build.log
  if [ "$maven_exit" -ne 0 ] || [ ! -d "$work/sources/app/target/program" ]; then
    show_first_errors
    fail_build "the program could not be built; $PWD/.build/build.log holds all that Maven printed"
  fi
  mv "$work/sources/app/target/program" ".build/$program_build"
  echo "surfacescan: built in $(($(date +%s) - started)) s" >&2
}

# Makes the caches that let the program in $1 start sooner. Without them it starts all the same.
make_caches() {
  (
    # Often the Java that builds, but a runtime without the compiler may stand before it.
    find_jdk java
    record_starts "$1" "$jdk_home" "$PWD/$work/sources/scripts" "$PWD/data"
  ) >>"$work/build.log" 2>&1 </dev/null &
  recording=$!
  while kill -0 "$recording" 2>/dev/null; do
    show_stage 'preparing quick starts'
    sleep 1
  done
  wait "$recording"
  recording=
}

# Shows how far Maven is.
show_progress() {
  stage=$(sed -n 's/^\[INFO\] Building surfacescan \([a-z]*\) .*\[\([0-9]*\)\/\([0-9]*\)\]$/\2 of \3, \1/p' \
    "$work/build.log" | tail -n 1)
  : "${stage:=preparing}"
  if [ -t 2 ]; then
    downloads=$(grep -c '^Downloaded from' "$work/build.log")
    [ "$downloads" -eq 0 ] || stage="$stage, $downloads files downloaded"
  fi
  show_stage "$stage"
}

# Shows what is being done: one line that is refreshed on a terminal, else one line per stage.
show_stage() {
  stage=$1
  elapsed=$(($(date +%s) - started))
  if [ -t 2 ]; then
    printf '\r\033[K%s: %s (%s s)' "$title" "$stage" "$elapsed" >&2
  elif [ "$stage" != "$stage_shown" ]; then
    echo "$title: $stage ($elapsed s)" >&2
    stage_shown=$stage
  fi
}

show_first_errors() {
  grep '^\[ERROR\] .' .build/build.log | head -n 8 | while IFS= read -r line; do
    line=${line#"[ERROR] "}
    printf '  %s\n' "${line#"$PWD/$work/sources/"}" >&2
  done
}

fail_build() {
  printf 'error: %s\n' "$1" >&2
  exit 5
}

# The file keeps the time from before the copying: whatever changed since then is newer than it.
name_current() {
  touch -r "$work/current" "$work/before"
  echo "$program_build" >"$work/current"
  touch -r "$work/before" "$work/current"
  mv -f "$work/current" .build/current
}

remove_old_builds() {
  # The names are two numbers and a dash, so that listing them is safe.
  # shellcheck disable=SC2012
  ls -td .build/[0-9]*-[0-9]* | sed "1,${builds_kept}d" | while IFS= read -r old; do
    rm -rf "$old"
  done
}

end_build() {
  if [ -n "${maven:-}" ]; then
    kill "$maven" 2>/dev/null
    wait "$maven" 2>/dev/null
  fi
  [ -z "${recording:-}" ] || kill "$recording" 2>/dev/null
  rm -rf "$work"
  if [ -n "${lock_link:-}" ]; then
    rm -f "$lock_link"
  elif [ -e .build/lock ]; then
    exec 9>&-
  fi
}
