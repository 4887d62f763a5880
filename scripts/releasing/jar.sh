# What runs on any system with a Java 25: one jar, and a zip of it with a launcher for PowerShell. Sourced by ../release;
# POSIX sh.

# Writes $out/surfacescan-VERSION.jar and $out/surfacescan-VERSION-java.zip.
make_jar() {
  step 'packing the jar'
  {
    printf 'Manifest-Version: 1.0\nMain-Class: io.surfacescan.app.Main\nImplementation-Title: surfacescan\n'
    printf 'Implementation-Version: %s\nMulti-Release: true\nEnable-Native-Access: ALL-UNNAMED\n' "$version"
    printf 'Add-Opens: java.base/java.nio java.base/jdk.internal.misc\n\n'
  } >"$work/manifest"
  # shellcheck disable=SC2046 # names of archives have no spaces
  archives jar "$out/surfacescan-$version.jar" "$work/manifest" $(printf '%s\n' "$program"/lib/*.jar)

  step 'packing the zip for PowerShell'
  zip=$work/surfacescan-$version-java
  mkdir "$zip"
  cp "$out/surfacescan-$version.jar" "$zip/surfacescan.jar"
  cp -R "$work/sources/data" "$work/sources/samples" "$work/sources/LICENSE" "$work/sources/THIRD-PARTY.md" "$zip/"
  cp "$work/sources/deploy/windows/surfacescan.ps1" "$work/sources/scripts/verbs.options" \
    "$work/sources/scripts/serve.options" "$zip/"
  "$jdk_home/bin/java" -jar "$zip/surfacescan.jar" completion powershell >"$zip/surfacescan-completion.ps1" ||
    fail 'the jar does not start'
  archives zip "$out/surfacescan-$version-java.zip" "$zip"
}

# Runs Archives: $1 is its kind, $2 the file to write, the rest what goes into it.
archives() {
  kind=$1 written=$2
  shift 2
  "$jdk_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$root/scripts/releasing/Archives.java" \
    "$kind" "$written" "$epoch" "$@" || fail "$written could not be written"
}
