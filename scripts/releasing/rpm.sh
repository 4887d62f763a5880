# The package for Fedora, RHEL, SUSE and their kin. Sourced by ../release; POSIX sh.

# Writes $out/surfacescan-VERSION-1.x86_64.rpm.
make_rpm() {
  command -v rpmbuild >/dev/null || fail 'there is no rpmbuild, and it makes the .rpm; leave that part out'
  step 'packing the .rpm'
  system_tree "$work/rpm-tree"
  settle "$work/rpm-tree"
  rpm_version=$(system_version)
  sed -e "s/@VERSION@/$rpm_version/" -e "s|@SYSTEM@|$work/rpm-tree|" "$work/sources/deploy/linux/surfacescan.spec" \
    >"$work/surfacescan.spec"
  rpmbuild -bb --quiet --target x86_64 --define "_topdir $work/rpmbuild" --define '_buildhost release' \
    --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' \
    --define '_binary_payload w9T0.zstdio' --define "_rpmdir $work/rpms" --define '_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm' \
    "$work/surfacescan.spec" >"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; fail 'rpmbuild could not make the package'; }
  mv "$work/rpms"/*.rpm "$out/"
}
