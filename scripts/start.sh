# How the program is started. Sourced by ../surfacescan, build.sh and the Dockerfile; POSIX sh.
#
# The options of Java stand in verbs.options and serve.options. Beside the program in its folder may lie verbs.aot and
# serve.aot, Java's caches of what a start needs. They only save time: Java takes no notice of one that is missing, broken
# or made by another Java.

# Sets class_path to what verbs other than serve need of the program in $1: our own archives and the few that they use.
# The order counts: a cache fits one class path.
verbs_class_path() {
  class_path=
  for jar in "$1"/app/*.jar "$1"/lib/main/io.surfacescan.*.jar "$1"/lib/main/info.picocli.*.jar \
    "$1"/lib/main/tools.jackson.*.jar; do
    class_path=$class_path:$jar
  done
  class_path=${class_path#:}
}

# Becomes the Java in $2, which makes the caches of the program in $1, with the options in the folder $3, by runs on the
# data in $4.
record_starts() {
  verbs_class_path "$1"
  exec "$2/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m \
    -cp "$class_path" io.surfacescan.app.Recording "$1" "$3" "$4"
}
