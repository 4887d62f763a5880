# surfacescan: who can attack this machine, along which path, and what would stop it.
#
# Starts surfacescan.jar, which lies beside this script, on a Java of version 25 or later: that of JAVA_HOME, else the one
# on the PATH. For completion: . .\surfacescan-completion.ps1
$here = $PSScriptRoot
$java = $null
if ($env:JAVA_HOME) { $java = Get-Command (Join-Path $env:JAVA_HOME 'bin/java') -ErrorAction SilentlyContinue }
if (-not $java) { $java = Get-Command java -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1 }
if (-not $java) {
  [Console]::Error.WriteLine('error: no Java was found; install version 25 or later, or set JAVA_HOME to its folder')
  exit 2
}
$release = Join-Path (Split-Path -Parent (Split-Path -Parent $java.Source)) 'release'
if (Test-Path $release) {
  $found = Select-String -Path $release -Pattern '^JAVA_VERSION="(\d+)' | Select-Object -First 1
  if ($found -and [int]$found.Matches[0].Groups[1].Value -lt 25) {
    [Console]::Error.WriteLine("error: $($java.Source) is older than version 25; set JAVA_HOME to the folder of a later one")
    exit 2
  }
}
$options = if ($args -contains 'serve') { 'serve.options' } else { 'verbs.options' }
& $java.Source "@$(Join-Path $here $options)" "-Dsurfacescan.home=$here" -jar (Join-Path $here 'surfacescan.jar') @args
exit $LASTEXITCODE
