#!/bin/sh
# Installs partner-docs: downloads the binary of a release for this machine, and puts it in place if its checksum is right.
#
#   PARTNER_DOCS_VERSION   the release, such as 0.1.0; the newest if it isn't set
#   PARTNER_DOCS_FOLDER    where to put it; ~/.local/bin if it isn't set
#   PARTNER_DOCS_RELEASES  the URL of the releases
#   PARTNER_DOCS_CHECKSUM  the SHA-256 checksum of the archive; the release's own list if it isn't set
set -eu

releases=${PARTNER_DOCS_RELEASES:-https://example.org/partner-docs/source/releases}
folder=${PARTNER_DOCS_FOLDER:-$HOME/.local/bin}

fail() {
  printf 'partner-docs was not installed: %s\n' "$1" >&2
  exit 1
}

case "$(uname -s) $(uname -m)" in
  'Linux x86_64') target=x86_64-unknown-linux-musl ;;
  'Linux aarch64' | 'Linux arm64') target=aarch64-unknown-linux-musl ;;
  'Darwin x86_64') target=x86_64-apple-darwin ;;
  'Darwin arm64') target=aarch64-apple-darwin ;;
  MINGW*' x86_64' | MSYS*' x86_64' | CYGWIN*' x86_64') target=x86_64-pc-windows-msvc ;;
  *) fail "there is no binary for $(uname -s) on $(uname -m); build it with cargo instead" ;;
esac

case ${PARTNER_DOCS_VERSION:-latest} in
  latest) release=$releases/latest/download ;;
  *) release=$releases/download/v${PARTNER_DOCS_VERSION#v} ;;
esac

# In a folder of its own, so that nothing of a failed download stays.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

download() {
  if command -v curl >/dev/null 2>&1; then
    curl --fail --silent --show-error --location --retry 3 --output "$work/$1" "$release/$1"
  elif command -v wget >/dev/null 2>&1; then
    wget --quiet --tries=3 --output-document="$work/$1" "$release/$1"
  else
    fail 'it takes curl or wget to download it'
  fi || fail "cannot download $release/$1"
}

checksum_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

archive=partner-docs-$target.tar.gz
download "$archive"
expected=${PARTNER_DOCS_CHECKSUM:-}
if [ -z "$expected" ]; then
  download SHA256SUMS
  expected=$(sed -n "s/^\([0-9a-f]*\)  $archive\$/\1/p" "$work/SHA256SUMS")
fi
[ -n "$expected" ] || fail "$release/SHA256SUMS does not list $archive"
actual=$(checksum_of "$work/$archive")
[ "$actual" = "$expected" ] || fail "$archive has the checksum $actual, and $expected was expected"

tar -xzf "$work/$archive" -C "$work"
mkdir -p "$folder"
for program in partner-docs partner-docs.exe; do
  if [ -f "$work/$program" ]; then
    chmod 755 "$work/$program"
    # In one step: a running program is replaced, not overwritten.
    mv -f "$work/$program" "$folder/$program"
  fi
done
printf 'partner-docs is now in %s\n' "$folder"
case ":$PATH:" in
  *":$folder:"*) ;;
  *) printf 'add that folder to PATH to run it by its name\n' ;;
esac
