# The container image, from the tree of the packages. Sourced by ../release; POSIX sh.

# Makes the image surfacescan:VERSION in the local Docker.
make_image() {
  command -v docker >/dev/null || fail 'there is no docker, and it makes the image'
  step 'building the image'
  mkdir -p "$work/image/caches/lib/surfacescan"
  cp -al "$tree" "$work/image/program"
  mv "$work/image/program/lib/surfacescan"/*.aot "$work/image/caches/lib/surfacescan/"
  cp -R "$tree/share/surfacescan/data" "$work/image/"
  cp "$work/sources/deploy/linux/Dockerfile" "$work/image/"
  docker build -q -t "surfacescan:$version" "$work/image" >"$work/log" 2>&1 ||
    { tail -n 5 "$work/log" >&2; fail 'docker could not build the image'; }
  echo "       surfacescan:$version"
}
