# For scripts that have a program of the distribution (Debian and its kin) without installing it, which takes no rights:
# its packages are unpacked into a folder. To be sourced; `fail` says why there is none, and ends the script.
#
#   folder=$PWD/.build/NAME
#   start_unpacking
#   unpack PACKAGE…
#   end_unpacking
#
# What is unpacked stands in $folder/root, and $folder/log says what happened.

# What apt-get and apt-cache do goes to the folder, and so needs no rights.
apt() {
  program=$1
  shift
  "$program" -q -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" \
    -o Debug::NoLocking=1 -o APT::Sandbox::User= "$@" 2>>"$folder/log" </dev/null
}

start_unpacking() {
  command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
    fail 'it is not on the PATH, and there is no apt-get to fetch it with; install it'
  rm -rf "$folder"
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/packages" "$folder/root" ||
    fail "$folder cannot be written"
  apt apt-get update >>"$folder/log" || fail "apt-get update fails, $folder/log says why"
}

# Prints the packages that the system lacks for these to run, with themselves.
missing() {
  apt apt-get -s --no-install-recommends install "$@" | sed -n 's/^Inst \([^ ]*\).*/\1/p'
}

unpack() {
  [ $# -gt 0 ] || fail "the distribution has none, $folder/log says why"
  (cd "$folder/packages" && apt apt-get download "$@" >>"$folder/log") ||
    fail "apt-get download fails, $folder/log says why"
  for package in "$folder/packages"/*.deb; do
    dpkg -x "$package" "$folder/root" || fail "$package cannot be unpacked"
  done
}

end_unpacking() {
  rm -rf "$folder/lists" "$folder/cache" "$folder/packages"
}

# The folders of the libraries that were unpacked.
library_path() {
  find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | paste -sd : -
}
