#!/bin/sh
# Installs surfacescan @VERSION@ for Linux on x86_64; needs no Java:
#
#   sh install.sh                     from the folder or the address that this script is from
#   sh install.sh --from FOLDER|URL   from there
#   sh install.sh --prefix DIR        below this folder; /usr/local for root, else ~/.local
#   sh install.sh --remove            takes away what it installed
#
# What it unpacks is compared with SHA256SUMS first. The program is put into PREFIX/lib/surfacescan-@VERSION@; links in
# bin and share lead to it.
set -eu
umask 022
unset CDPATH
version=@VERSION@
url=@URL@

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

from= prefix= remove=
while [ $# -gt 0 ]; do
  case $1 in
    --from | --prefix)
      [ $# -gt 1 ] || fail "$1 needs a value"
      [ "$1" = --prefix ] && prefix=$2 || from=$2
      shift
      ;;
    --remove) remove=yes ;;
    *) fail "unknown flag $1; there are --from, --prefix and --remove" ;;
  esac
  shift
done
if [ -z "$prefix" ]; then
  [ "$(id -u)" -eq 0 ] && prefix=/usr/local || prefix=${HOME:?set it, or name a folder with --prefix}/.local
fi
name=surfacescan-$version-linux-x64
target=$prefix/lib/surfacescan-$version

# What links lead to the program: as many as there are files of these kinds in it.
links() {
  (cd "$target" && find bin share/man share/bash-completion share/fish -type f)
}

if [ -n "$remove" ]; then
  [ -d "$target" ] || fail "$target is not there"
  links | while IFS= read -r file; do
    [ "$(readlink "$prefix/$file")" != "$target/$file" ] || rm -f "$prefix/$file"
  done
  rm -rf "$target"
  echo "surfacescan $version is removed from $prefix"
  exit 0
fi

[ "$(uname -sm)" = 'Linux x86_64' ] || fail 'this is for Linux on x86_64; elsewhere take the jar, which needs Java 25'
if [ -z "$from" ]; then
  from=$(cd "$(dirname "$0")" && pwd)
  [ -f "$from/$name.tar.gz" ] || from=$url
  [ -n "$from" ] || fail 'name the folder or the address of the downloads with --from'
fi
mkdir -p "$prefix/lib" 2>/dev/null && [ -w "$prefix/lib" ] ||
  fail "$prefix/lib cannot be written; name another folder with --prefix"
work=$(mktemp -d "$prefix/lib/.surfacescan.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

get() {
  case $from in
    http://* | https://*)
      if command -v curl >/dev/null; then
        curl -fsSL -o "$work/$1" "$from/$1" || fail "$from/$1 cannot be fetched"
      elif command -v wget >/dev/null; then
        wget -q -O "$work/$1" "$from/$1" || fail "$from/$1 cannot be fetched"
      else
        fail 'there is neither curl nor wget'
      fi
      ;;
    *) cp "$from/$1" "$work/$1" || fail "$from has no $1" ;;
  esac
}

get SHA256SUMS
get "$name.tar.gz"
grep " \*\{0,1\}$name.tar.gz\$" "$work/SHA256SUMS" >"$work/sum" || fail "SHA256SUMS does not name $name.tar.gz"
(cd "$work" && sha256sum -c sum >/dev/null 2>&1) || fail "$name.tar.gz is not what SHA256SUMS says; nothing was installed"
tar -xzf "$work/$name.tar.gz" -C "$work"
rm -rf "$target"
mv "$work/$name" "$target"
links | while IFS= read -r file; do
  mkdir -p "$prefix/${file%/*}"
  ln -sfn "$target/$file" "$prefix/$file"
done
"$target/bin/surfacescan" version
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not on the PATH" ;;
esac
