#!/usr/bin/env bash
# A page of every kind of a built site, at every width, light and dark, on one sheet to look at.
# In: the folder of a built site, and a folder to write to. Out: FOLDER/index.html beside its pictures.
#
#   cargo run -- build && examples/contact_sheet.sh book target/contact-sheet
set -euo pipefail

book=$(realpath "${1:?the folder of a built site}")
out=${2:-target/contact-sheet}
browser=${CHROME:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
mkdir -p "$out"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# The page for unknown addresses knows its site by its published address; here that is a folder.
unknown="$out/not-found.html"
sed "s|<base [^>]*>|<base href=\"file://$book/\">|" "$book/404.html" >"$unknown"

# shot ADDRESS WIDTH SCHEME PICTURE: 0 is dark to Blink, 1 is light.
shot() {
  local scheme=1
  [ "$3" = dark ] && scheme=0
  "$browser" --headless --no-sandbox --hide-scrollbars --blink-settings="preferredColorScheme=$scheme" \
    --user-data-dir="$profile" --window-size="$2,1100" --screenshot="$4" "$1" >/dev/null 2>&1
}

{
  echo '<!doctype html><meta charset="utf-8"><title>Contact sheet</title>'
  echo '<style>body{font:14px system-ui}tr{vertical-align:top}img{height:320px;border:1px solid #999}</style><table>'
  # The first page of each kind, by what its HTML holds.
  while IFS=: read -r kind marks; do
    page=$(cd "$book" && grep -rlE --include='*.html' "$marks" . | sort | head -n 1)
    [ -n "$page" ] || continue
    address="file://$book/${page#./}"
    [ "$kind" != not-found ] || address="file://$(realpath "$unknown")"
    for scheme in light dark; do
      echo "<tr><th>$kind<br>${page#./}<br>$scheme"
      for width in 360 768 1280 1920; do
        picture="$kind-$scheme-$width.png"
        shot "$address" "$width" "$scheme" "$out/$picture"
        echo "<td>$width<br><a href=\"$picture\"><img src=\"$picture\" alt=\"\"></a>"
      done
    done
  done <<'KINDS'
landing:data-kind="landing"
page:data-kind="page"
template:data-kind="template"
form:class="fill"
map:class="pd-lane"
playbook:data-kind="playbook"
playbooks:data-kind="playbooks"
tags:class="tag-index"
all-pages:class="all-pages"
not-found:data-kind="not-found"
KINDS
  echo '</table>'
} >"$out/index.html"
echo "$out/index.html"
