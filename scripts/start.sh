# How the program is started. Sourced by ../surfacescan, build.sh, the Dockerfile and the launcher of packages; POSIX sh.
#
# The options of Java stand in verbs.options and serve.options. Beside the program in its folder may lie verbs.aot and
# serve.aot, Java's caches of what a start needs, and modern/ with copies of archives whose classes no cache takes. They
# only save time: Java takes no notice of a cache that is missing, broken or made by another Java. In native/ may lie the
# libraries of SQLite and of the network, which would be unpacked into a temporary folder otherwise.

# Sets class_path to what verbs other than serve need of the program in $1: our own archives and the few that they use.
# The order counts: a cache fits one class path.
verbs_class_path() {
  class_path=
  for jar in "$1"/lib/io.surfacescan.*.jar "$1"/lib/info.picocli.*.jar "$1"/lib/tools.jackson.*.jar \
    "$1"/lib/org.snakeyaml.*.jar; do
    [ ! -f "$1/modern/${jar##*/}" ] || jar=$1/modern/${jar##*/}
    class_path=$class_path:$jar
  done
  class_path=${class_path#:}
}

# Ends with 2 if the Java in $1 does not start with the options in $2.
#
# It would end with 1, the exit code of --fail-on, and a script would take it for a finding. What can keep it from starting
# are options in variables and a limit of address space. Only where there is one, Java is started once more.
require_java_starts() {
  java_presets=
  [ -z "${JAVA_TOOL_OPTIONS:-}" ] || java_presets="$java_presets JAVA_TOOL_OPTIONS"
  [ -z "${JDK_JAVA_OPTIONS:-}" ] || java_presets="$java_presets JDK_JAVA_OPTIONS"
  [ -z "${_JAVA_OPTIONS:-}" ] || java_presets="$java_presets _JAVA_OPTIONS"
  [ "$(ulimit -v 2>/dev/null || echo unlimited)" = unlimited ] || java_presets="$java_presets ulimit -v"
  [ -n "$java_presets" ] || return 0
  java_words=$("$1" "$2" -version 2>&1 </dev/null) && return 0
  printf '%s\n' "$java_words" "error: Java does not start; correct what it was given by:$java_presets" >&2
  exit 2
}

# Becomes the Java in $2, which makes the caches of the program in $1, with the options in the folder $3, by runs on the
# data in $4.
record_starts() {
  verbs_class_path "$1"
  exec "$2/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m \
    -cp "$class_path" io.surfacescan.app.Recording "$1" "$3" "$4"
}

# Becomes the program in $1, by the Java $2, with the options in the folder $3 and the sample environment in $4. The rest
# is what the user gave.
start_program() {
  start_folder=$1 start_java=$2 start_options=$3 start_home=$4
  shift 4

  # Ids and paths are UTF-8 whatever the locale says: in the C locale Java would turn them into question marks.
  export LC_ALL=C.UTF-8

  terminals=
  [ ! -t 1 ] || terminals=out
  [ ! -t 2 ] || terminals=$terminals,err

  # An interrupt while Java boots, before any program of ours, makes Java complain that it cannot log it. Without a handler
  # the signal just ends the process. `generate` needs the handler to remove the file that it was writing, `serve` to finish.
  signals=-Xrs
  for argument; do
    [ "$argument" != generate ] || signals=
    if [ "$argument" = serve ]; then
      require_java_starts "$start_java" "@$start_options/serve.options"
      native=
      [ ! -d "$start_folder/native" ] || native=$start_folder/native
      exec "$start_java" "@$start_options/serve.options" "-XX:AOTCache=$start_folder/serve.aot" \
        ${native:+"-Dorg.sqlite.lib.path=$native"} ${native:+"-Djava.library.path=$native"} \
        "-Dsurfacescan.home=$start_home" "-Dsurfacescan.terminals=$terminals" -jar "$start_folder/surfacescan.jar" "$@"
    fi
  done

  # Any other verb needs no web server.
  require_java_starts "$start_java" "@$start_options/verbs.options"
  verbs_class_path "$start_folder"
  exec "$start_java" "@$start_options/verbs.options" ${signals:+"$signals"} "-XX:AOTCache=$start_folder/verbs.aot" \
    "-Dsurfacescan.home=$start_home" "-Dsurfacescan.terminals=$terminals" -cp "$class_path" io.surfacescan.app.Main "$@"
}
