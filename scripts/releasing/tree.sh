# The tree that all packages for Linux are made of, as it lies below a prefix such as /usr. Sourced by ../release; POSIX sh.
#
#   bin/surfacescan               the launcher
#   lib/surfacescan/              the program: archives, options of Java, library of SQLite, caches of a start (*.aot)
#   lib/surfacescan/runtime/      the Java that it runs on, with what it needs alone
#   share/surfacescan/            the sample environment and the sample exports
#   share/doc/surfacescan/        licences, changes
#   share/man/man1/               a manual page for the program and for each verb
#   share/bash-completion, fish   completions

# What the program needs of Java. java.naming, java.security.jgss: PostgreSQL's driver; jdk.jfr: to record a slow server.
runtime_modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.jfr
runtime_modules=$runtime_modules,jdk.management,jdk.net,jdk.unsupported

# Makes the tree in a folder of $work, and sets tree.
make_tree() {
  tree=$work/surfacescan-$version-linux-x64
  lib=$tree/lib/surfacescan
  mkdir -p "$lib/native" "$tree/bin" "$tree/share/surfacescan" "$tree/share/doc/surfacescan"
  cp "$work/sources/deploy/linux/surfacescan" "$tree/bin/"
  cp -R "$program/." "$lib/"
  step 'linking the Java that comes with it'
  link_runtime
  for file in start.sh verbs.options serve.options; do
    cp "$work/sources/scripts/$file" "$lib/"
  done
  (cd "$lib/native" && "$jdk_home/bin/jar" -xf "$lib"/lib/org.xerial.sqlite-jdbc-*.jar \
    org/sqlite/native/Linux/x86_64/libsqlitejdbc.so && mv org/sqlite/native/Linux/x86_64/*.so . && rm -r org) ||
    fail 'the archive of SQLite has no library for this system'
  cp -R "$work/sources/data" "$work/sources/samples" "$tree/share/surfacescan/"
  cp "$work/sources/LICENSE" "$work/sources/THIRD-PARTY.md" "$work/sources/CHANGELOG.md" "$tree/share/doc/surfacescan/"
  settle "$tree"
  record_caches
  make_help
  settle "$tree/share"
}

# Gives all files below $1 the time of the commit, and modes that do not depend on the machine.
settle() {
  find "$1" -type d -exec chmod 755 {} +
  find "$1" -type f -perm -u+x -exec chmod 755 {} +
  find "$1" -type f ! -perm -u+x -exec chmod 644 {} +
  find "$1" -exec touch -h -d "@$epoch" {} +
}

link_runtime() {
  # Those that libraries need show when they are started; java.compiler, java.desktop and more only stand in their code.
  needed=$("$jdk_home/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps "$lib"/lib/io.surfacescan.*.jar) ||
    fail 'jdeps does not find what the program needs'
  for module in $(echo "$needed" | tr ',' ' '); do
    case ,$runtime_modules, in
      *",$module,"*) ;;
      *) fail "the program needs $module; add it to runtime_modules" ;;
    esac
  done
  [ "$(uname -sm)" = 'Linux x86_64' ] || fail 'the tree is for Linux on x86_64, and Java links for its own system only'
  "$jdk_home/bin/jlink" --add-modules "$runtime_modules" --strip-java-debug-attributes --no-man-pages --no-header-files \
    --output "$lib/runtime" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 'jlink could not link a Java'; }
}

# Records the caches of a start, with the very files that ship.
record_caches() {
  step 'recording the caches of a start'
  (record_starts "$lib" "$lib/runtime" "$lib" "$tree/share/surfacescan/data") >"$work/log" 2>&1 </dev/null
  [ -s "$lib/verbs.aot" ] && [ -s "$lib/serve.aot" ] || { cat "$work/log" >&2; fail 'the caches could not be recorded'; }
  settle "$lib"
}

# The manual pages, and what completes verbs and flags.
make_help() {
  mkdir -p "$tree/share/man/man1" "$tree/share/bash-completion/completions" "$tree/share/fish/vendor_completions.d"
  "$tree/bin/surfacescan" man --all "$tree/share/man/man1" &&
    "$tree/bin/surfacescan" completion bash >"$tree/share/bash-completion/completions/surfacescan" &&
    "$tree/bin/surfacescan" completion fish >"$tree/share/fish/vendor_completions.d/surfacescan.fish" ||
    fail 'the program does not start'
  gzip -9n "$tree/share/man/man1"/*.1
}
