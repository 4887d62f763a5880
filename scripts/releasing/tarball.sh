# The tarball for Linux. Sourced by ../release; POSIX sh.
#
# It is two gzip members, one behind the other, which every gunzip reads as one: the tree without the caches of a start,
# whose bytes are the same in each build, and the caches.

# Writes $out/surfacescan-VERSION-linux-x64.tar.gz.
make_tarball() {
  step 'packing the tarball'
  folder=${tree##*/}
  # An archive ends in two empty blocks. The first one goes on instead.
  archive --exclude='*.aot' "$folder/" | head -c -1024 | gzip -6n >"$out/$folder.tar.gz"
  bare=$(wc -c <"$out/$folder.tar.gz")
  archive "$folder/lib/surfacescan/verbs.aot" "$folder/lib/surfacescan/serve.aot" | gzip -6n >>"$out/$folder.tar.gz"
  gzip -t "$out/$folder.tar.gz" || fail 'the tarball is damaged'
  echo "       $bare bytes of $folder.tar.gz come before the caches"
}

# Prints an archive of files, in $work unless -C names another folder, which is the same wherever and whenever it is made.
archive() {
  tar -C "$work" --format=gnu --blocking-factor=1 --sort=name --owner=0 --group=0 --numeric-owner "--mtime=@$epoch" \
    --hard-dereference -cf - "$@"
}
