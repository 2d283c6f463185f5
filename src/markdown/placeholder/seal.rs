//! Sealed names: how a placeholder stands in a text while that is parsed.

use std::ops::Range;

use memchr::memmem;

use crate::source::Part as _;

/// Around a name while its text is parsed. No dialect gives these two, from a private plane, a meaning, while braces may
/// be an attribute list, and the spaces in `{{ name }}` end an address.
const SEAL: [char; 2] = [SEAL_START, SEAL_END];
const SEAL_START: char = '\u{f0000}';
const SEAL_END: char = '\u{f0001}';

/// Whether a text may have a sealed name.
pub(super) fn holds_a_name(text: &str) -> bool {
    memmem::find(text.as_bytes(), SEAL_START.encode_utf8(&mut [0; 4]).as_bytes()).is_some()
}

/// A name as it stands in a text that is parsed.
pub(crate) fn sealed(name: &str) -> String {
    format!("{SEAL_START}{name}{SEAL_END}")
}

/// The first sealed name from `at` on: the whole of it, and the name.
pub(super) fn next_sealed(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let mut from = at;
    loop {
        let start = from + text.part(from..).find(SEAL_START)?;
        let inside = start + SEAL_START.len_utf8();
        let end = inside + text.part(inside..).find(SEAL)?;
        if text.part(end..).starts_with(SEAL_END) {
            return Some((start..end + SEAL_END.len_utf8(), text.part(inside..end)));
        }
        // Two starts: an author's text holds such a letter. The name begins behind the second.
        from = end;
    }
}

/// The sealed name that begins at `at`: the whole of it, and the name.
pub(super) fn sealed_at(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let is_here = text.part(at..).starts_with(SEAL_START);
    // Elsewhere it is not looked for: from each letter on, that would be the rest of the text.
    if is_here { next_sealed(text, at).filter(|(whole, _)| whole.start == at) } else { None }
}

/// A text as people see it, with braces around the names.
pub(crate) fn unsealed(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    while let Some((range, name)) = next_sealed(text, done) {
        out.push_str(text.part(done..range.start));
        out.push_str(&shown(name));
        done = range.end;
    }
    (done > 0).then(|| out + text.part(done..))
}

/// How a name without literal words is shown.
pub(crate) fn shown(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}
