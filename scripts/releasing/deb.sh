# The package for Debian and its kin: the tree below /usr, the service, its settings. Sourced by ../release; POSIX sh.

# Writes $out/surfacescan_VERSION_amd64.deb.
make_deb() {
  command -v dpkg-deb >/dev/null || fail 'there is no dpkg-deb, and it makes the .deb; leave that part out'
  step 'packing the .deb'
  deb=$work/deb
  system_tree "$deb"
  mkdir "$deb/DEBIAN"
  deb_version=$(system_version)
  for file in postinst prerm postrm; do
    install -m 755 "$work/sources/deploy/linux/debian/$file" "$deb/DEBIAN/"
  done
  install -m 644 "$work/sources/deploy/linux/debian/copyright" "$deb/usr/share/doc/surfacescan/"
  rm "$deb/usr/share/doc/surfacescan/LICENSE"
  echo /etc/surfacescan/serve.properties >"$deb/DEBIAN/conffiles"
  size=$(du -sk --apparent-size "$deb" | cut -f 1)
  sed -e "s/@VERSION@/$deb_version/" -e "s/@SIZE@/$size/" "$work/sources/deploy/linux/debian/control" >"$deb/DEBIAN/control"
  (cd "$deb" && find usr -type f -exec md5sum {} + | sort -k 2) >"$deb/DEBIAN/md5sums"
  settle "$deb"
  dpkg-deb --build --root-owner-group -Zzstd -z9 "$deb" "$out/surfacescan_${deb_version}_amd64.deb" >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; fail 'dpkg-deb could not make the package'; }
}

# Prints the version as package managers order it: a version with ~ comes before the one without.
system_version() {
  printf '%s\n' "$version" | sed 's/-/~/g'
}

# Makes the folder $1 what a package puts into the system.
system_tree() {
  mkdir -p "$1/usr/lib/systemd/system" "$1/etc/surfacescan" && cp -al "$tree/." "$1/usr/" || exit 2
  install -m 644 "$work/sources/deploy/linux/surfacescan.service" "$1/usr/lib/systemd/system/"
  install -m 644 "$work/sources/deploy/linux/serve.properties" "$1/etc/surfacescan/"
}
