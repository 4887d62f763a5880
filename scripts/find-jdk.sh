# Finds a Java of version 25 or later. Sourced by ../surfacescan and ../verify; POSIX sh.
#
# Reads the `release` file of each JDK instead of running it: a dozen small files cost less than one start of Java.

# Where JDKs usually are: patterns, separated by colons. Those of a home folder only if there is one.
jdk_folders_of_home() {
  [ -n "${HOME:-}" ] || return 0
  printf ':%s' "$HOME/Library/Java/JavaVirtualMachines/*/Contents/Home" "$HOME/.sdkman/candidates/java/*" "$HOME/.jdks/*" \
    "$HOME/.jbang/currentjdk" "$HOME/.jbang/cache/jdks/*" "$HOME/.asdf/installs/java/*" \
    "$HOME/.local/share/mise/installs/java/*"
}
: "${JDK_FOLDERS=/usr/lib/jvm/*:/usr/java/*:/opt/java/*:/opt/jdk*:/Library/Java/JavaVirtualMachines/*/Contents/Home:\
/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home:\
/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home$(jdk_folders_of_home)}"

# Without PATH not even the tools of the system are found.
: "${PATH:=/usr/local/bin:/usr/bin:/bin}"
export PATH
# With it, cd would go elsewhere and print where.
unset CDPATH

jdk_oldest=25

# Sets jdk_major to the major version of the Java in folder $1, or to nothing if there is none.
read_jdk_major() {
  jdk_major=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
    case $jdk_line in
      JAVA_VERSION=*)
        jdk_major=${jdk_line#JAVA_VERSION=}
        jdk_major=${jdk_major#\"}
        jdk_major=${jdk_major%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
}

# Takes the Java in folder $1 as jdk_home if it fits and is older than the one taken before. $2 is the tool it must have.
consider_jdk() {
  read_jdk_major "$1"
  [ -n "$jdk_major" ] || return 0
  if [ "$jdk_major" -lt "$jdk_oldest" ]; then
    jdk_seen="$jdk_seen
  $1 has version $jdk_major"
  elif [ ! -x "$1/bin/$2" ]; then
    jdk_seen="$jdk_seen
  $1 has version $jdk_major, but no $2 (a runtime without the compiler)"
  elif [ -z "$jdk_home" ] || [ "$jdk_major" -lt "$jdk_home_major" ]; then
    jdk_home=$1
    jdk_home_major=$jdk_major
  fi
}

# Sets jdk_on_path to the folder of the `java` on PATH, with links resolved.
find_jdk_on_path() {
  jdk_on_path=$(command -v java) || { jdk_on_path=; return 0; }
  while [ -L "$jdk_on_path" ]; do
    jdk_link=$(readlink "$jdk_on_path")
    case $jdk_link in
      /*) jdk_on_path=$jdk_link ;;
      *) jdk_on_path=${jdk_on_path%/*}/$jdk_link ;;
    esac
  done
  jdk_on_path=${jdk_on_path%/bin/java}
}

# Sets jdk_home, or fails after saying what is missing. $1 is the tool it must have: java to run, javac to build.
#
# JAVA_HOME goes first, then the java on PATH, then the lowest fitting version in the usual folders.
find_jdk() {
  jdk_home=
  jdk_seen=
  if [ -n "${JAVA_HOME:-}" ]; then
    consider_jdk "$JAVA_HOME" "$1"
    [ -z "$jdk_home" ] || return 0
  fi
  find_jdk_on_path
  if [ -n "$jdk_on_path" ] && [ "$jdk_on_path" != "${JAVA_HOME:-}" ]; then
    consider_jdk "$jdk_on_path" "$1"
    [ -z "$jdk_home" ] || return 0
  fi
  jdk_ifs=$IFS
  IFS=:
  for jdk_folder in $JDK_FOLDERS; do
    case $jdk_folder in
      "${JAVA_HOME:-}" | "$jdk_on_path") ;;
      *) consider_jdk "$jdk_folder" "$1" ;;
    esac
  done
  IFS=$jdk_ifs
  if [ -z "$jdk_home" ] && [ -x /usr/libexec/java_home ]; then
    jdk_folder=$(/usr/libexec/java_home -v "$jdk_oldest+" 2>/dev/null) && consider_jdk "$jdk_folder" "$1"
  fi
  [ -z "$jdk_home" ] || return 0
  printf '%s\n' "error: no JDK of version $jdk_oldest or later was found; install one, or set JAVA_HOME to its folder" >&2
  if [ -n "$jdk_seen" ]; then
    printf 'Found, but of no use:%s\n' "$jdk_seen" >&2
  fi
  return 1
}

# Fails after saying what to do if there is no Maven. Lets it use what newer Javas warn about.
require_maven() {
  export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  command -v mvn >/dev/null && return 0
  printf '%s\n' "error: mvn was not found, and building needs it; install Maven 3.8.7 or later, or put its bin folder on PATH" >&2
  return 1
}
