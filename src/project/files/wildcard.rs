//! Texts with `*` in them: the one matcher for patterns of names and of addresses.

use std::ops::Range;

/// Whether an address fits a pattern, in which `*` stands for anything. One that has none fits what begins with it.
///
/// A `?` stands for itself: it begins the query of an address.
#[must_use]
pub fn fits_address(pattern: &str, address: &str) -> bool {
    if pattern.contains('*') { captures(pattern, address, None).is_some() } else { address.starts_with(pattern) }
}

/// The texts that each `*` of a pattern stands for; `None` when the text does not fit. `one` is a character that stands
/// for any other.
///
/// Going back to the last `*` is enough: whatever an earlier one could take, the last one can too. So the work is at most
/// the product of both lengths, where trying all ways would double with each `*`.
pub(super) fn captures(pattern: &str, text: &str, one: Option<char>) -> Option<Vec<String>> {
    // By characters: `?` must stand for all of `ü`, not for its first byte.
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut last_star = None;
    loop {
        match (pattern.get(p), text.get(t)) {
            (None, None) => break,
            (Some('*'), _) => {
                last_star = Some(p);
                taken.push(t..t);
                p += 1;
            }
            (Some(wanted), Some(c)) if Some(*wanted) == one || wanted == c => {
                p += 1;
                t += 1;
            }
            _ => {
                let star = last_star?;
                let last = taken.last_mut()?;
                last.end += 1;
                if last.end > text.len() {
                    return None;
                }
                (p, t) = (star + 1, last.end);
            }
        }
    }
    taken.into_iter().map(|range| Some(text.get(range)?.iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_pattern_of_addresses_stands_for_anything_and_a_pattern_without_one_for_a_beginning() {
        for (pattern, address, fits) in [
            ("https://intranet.example/*", "https://intranet.example/a/b?c", true),
            ("https://intranet.example/*", "https://intranet.example/", true),
            ("https://intranet.example", "https://intranet.example/a", true),
            ("https://*.example/a", "https://x.example/b/y.example/a", true),
            ("https://*.example/a", "https://x.example/a/b", false),
            ("*?page=1", "https://x.example/?page=1", true),
            ("*?page=1", "https://x.example/xpage=1", false),
            ("a*a", "a", false),
            ("*.pdf", "https://a.example/x/b.pdf", true),
            ("https://*.example/*/b.pdf", "https://a.example/x/b.pdf", true),
            ("https://a.example/*.html", "https://a.example/x/b.pdf", false),
            ("http://*", "https://a.example", false),
        ] {
            assert_eq!(fits_address(pattern, address), fits, "{pattern} {address}");
        }
    }
}
