# The Helm chart. Sourced by ../release; POSIX sh.

# Writes $out/surfacescan-chart-VERSION.tgz.
make_chart() {
  step 'packing the chart'
  mkdir -p "$work/chart" && cp -R "$work/sources/deploy/helm/surfacescan" "$work/chart/" || exit 2
  sed -i "s/^\(version\|appVersion\): .*/\1: $version/" "$work/chart/surfacescan/Chart.yaml"
  settle "$work/chart"
  archive -C "$work/chart" surfacescan/ | gzip -9n >"$out/surfacescan-chart-$version.tgz"
}
