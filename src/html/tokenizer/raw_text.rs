//! Scripts, styles and other elements of HTML whose content is text, whatever it looks like.

use super::brackets;
use super::tag::ends_name;
use crate::source::Part as _;

/// Elements whose content is text, whatever it looks like. `noscript` is none of them, though browsers that run scripts
/// read it so: what it leads to and loads is published for the others.
const RAW_TEXT: [&str; 9] =
    ["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Where the content ends that begins here, of an element that holds text alone: at its end tag, or with the input.
/// `None` for elements whose content is markup.
pub(super) fn raw_text_end(html: &str, from: usize, name: &str) -> Option<usize> {
    if !RAW_TEXT.contains(&name) {
        return None;
    }
    let end = match name {
        // It has no end tag: pages from before there was `<pre>` ended so.
        "plaintext" => html.len(),
        "script" => script_end(html, from),
        _ => brackets(html, from).find(|at| is_tag_of(html.part(at + 1..), "/", name)).unwrap_or(html.len()),
    };
    Some(end)
}

/// Where a script ends. One that is hidden from old browsers, `<!-- … -->`, may write a whole `<script>` element: the
/// end tag of that one ends nothing.
fn script_end(html: &str, from: usize) -> usize {
    let (mut is_hidden, mut is_inner) = (false, false);
    let places = memchr::memchr2_iter(b'<', b'>', html.as_bytes().get(from..).unwrap_or_default());
    let mut hidden_from = from;
    for at in places.map(|offset| from + offset) {
        let rest = html.part(at + 1..);
        if html.part(at..).starts_with('>') {
            if is_hidden && html.part(hidden_from..at).ends_with("--") {
                (is_hidden, is_inner) = (false, false);
            }
        } else if is_tag_of(rest, "/", "script") {
            if !is_inner {
                return at;
            }
            is_inner = false;
        } else if is_hidden {
            is_inner |= is_tag_of(rest, "", "script");
        } else if rest.starts_with("!--") {
            is_hidden = true;
            // Its own dashes may be those of its end: `<!-->` hides nothing.
            hidden_from = at + "<!".len();
        }
    }
    html.len()
}

/// Whether what follows a `<` is a tag of this element, behind a slash or not.
fn is_tag_of(rest: &str, slash: &str, name: &str) -> bool {
    // `</titles>` ends no title, and neither does `</title` at the end of all.
    let Some((own, behind)) = rest.strip_prefix(slash).and_then(|rest| rest.split_at_checked(name.len())) else {
        return false;
    };
    own.eq_ignore_ascii_case(name) && behind.bytes().next().is_some_and(ends_name)
}
