# The version, and the program as Maven builds it from the commit. Sourced by ../release; POSIX sh.

# Sets commit, epoch (its time in seconds) and version.
#
# A tag vVERSION on the commit counts. Without one it is the version in pom.xml, which ends in -SNAPSHOT.
read_version() {
  commit=$(git rev-parse HEAD) || fail 'there is no commit to make a release of; run this in a clone of the repository'
  epoch=$(git log -1 --format=%ct HEAD)
  [ -z "$(git status --porcelain --untracked-files=no)" ] ||
    echo 'note: changes that are not committed are not part of this release' >&2
  version=$(git show HEAD:pom.xml | sed -n 's|.*<revision>\(.*\)</revision>.*|\1|p')
  tag=$(git tag --points-at HEAD --list 'v[0-9]*' | sort -V | tail -n 1)
  if [ -n "$tag" ]; then
    version=${tag#v}
    git show HEAD:CHANGELOG.md | grep -q "^## \[$version\]" ||
      fail "CHANGELOG.md has no section [$version] for the tag $tag"
  fi
  export SOURCE_DATE_EPOCH="$epoch"
}

# Builds the program from a copy of the commit in $work/sources, and sets program.
build_release_program() {
  step 'building the program'
  mkdir "$work/sources" && git archive HEAD | tar -xf - -C "$work/sources" || exit 2
  (cd "$work/sources" && mvn -B -ntp -q -Dchecks=off -Dmaven.test.skip=true -P bill "-Drevision=$version" \
    "-Dsurfacescan.commit=$commit" package -pl app -am) >"$work/log" 2>&1 </dev/null || {
    grep '^\[ERROR\]' "$work/log" | head -n 8 >&2
    fail 'the program could not be built'
  }
  program=$work/sources/app/target/program
}
