# What goes with the downloads: who installs them, what is in them, and where they are from. Sourced by ../release; POSIX sh.

# Writes install.sh, the formula and the manifest for the parts that there are, the bill of materials, the provenance and
# SHA256SUMS.
make_papers() {
  step 'writing sums, bill of materials and provenance'
  tarball=$out/surfacescan-$version-linux-x64.tar.gz
  zip=$out/surfacescan-$version-java.zip
  jar=$out/surfacescan-$version.jar
  if [ -f "$tarball" ]; then
    filled "$work/sources/deploy/linux/install.sh" >"$out/install.sh"
    chmod 755 "$out/install.sh"
  fi
  if [ -f "$jar" ]; then
    filled "$work/sources/deploy/windows/surfacescan.json" >"$out/surfacescan.json"
    [ ! -f "$tarball" ] || filled "$work/sources/deploy/homebrew/surfacescan.rb" >"$out/surfacescan.rb"
  fi
  write_bill
  write_provenance >"$work/provenance" && mv "$work/provenance" "$out/surfacescan-$version.provenance.json"
  (cd "$out" && sha256sum -- * >"$work/sums") && mv "$work/sums" "$out/SHA256SUMS"
}

# Prints the file $1 with the version, the address and the sums.
filled() {
  sed -e "s|@VERSION@|$version|g" -e "s|@URL@|${SURFACESCAN_RELEASE_URL:-}|g" \
    -e "s|@TARBALL_SHA256@|$(sum_of "$tarball")|" -e "s|@JAR_SHA256@|$(sum_of "$jar")|" \
    -e "s|@ZIP_SHA256@|$(sum_of "$zip")|" "$1"
}

# Prints the SHA-256 of the file $1, or nothing if it is not there.
sum_of() {
  [ ! -f "$1" ] || sha256sum "$1" | cut -d ' ' -f 1
}

# The bill of Maven, with the Java that comes with the packages.
write_bill() {
  [ -f "$work/sources/app/target/surfacescan.cdx.json" ] || fail 'Maven wrote no bill of materials; it does not while it is offline'
  java_version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$jdk_home/release")
  java_maker=$(sed -n 's/^IMPLEMENTOR="\(.*\)"/\1/p' "$jdk_home/release")
  awk -v version="$java_version" -v maker="$java_maker" '
    { print }
    /^  "components" : \[/ {
      print "    {"
      print "      \"type\" : \"platform\","
      print "      \"bom-ref\" : \"java\","
      print "      \"publisher\" : \"" maker "\","
      print "      \"name\" : \"OpenJDK\","
      print "      \"version\" : \"" version "\","
      print "      \"description\" : \"The Java that comes with the packages for Linux\","
      print "      \"licenses\" : [ { \"expression\" : \"GPL-2.0-only WITH Classpath-exception-2.0\" } ]"
      print "    },"
    }' "$work/sources/app/target/surfacescan.cdx.json" >"$out/surfacescan-$version.cdx.json"
}

# Prints where the downloads are from: a statement of in-toto, with a predicate of SLSA. Not signed.
write_provenance() {
  printf '{\n  "_type": "https://in-toto.io/Statement/v1",\n  "subject": [\n'
  (cd "$out" && sha256sum -- *) | sed -e 's/^\([0-9a-f]*\)  \(.*\)$/    {"name": "\2", "digest": {"sha256": "\1"}}/' -e '$!s/$/,/'
  cat <<END
  ],
  "predicateType": "https://slsa.dev/provenance/v1",
  "predicate": {
    "buildDefinition": {
      "buildType": "urn:surfacescan:scripts/release:1",
      "externalParameters": {"version": "$version", "parts": "$parts"},
      "resolvedDependencies": [
        {"name": "sources", "digest": {"gitCommit": "$commit"}},
        {"name": "jdk", "annotations": {"maker": "$java_maker", "version": "$java_version"}}
      ]
    },
    "runDetails": {
      "builder": {"id": "${SURFACESCAN_RELEASE_BUILDER:-urn:surfacescan:builder:unnamed}"}
    }
  }
}
END
}
