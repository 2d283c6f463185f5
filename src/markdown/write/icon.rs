//! Icons: `:material-rocket-launch:`.
//! In: the name of an icon. Out: its drawing, or the name that was probably meant.
//! Never knows: where icons stand.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;

use crate::diagnostic::{Rule, nearest};

/// An icon that is in no set.
pub(crate) static UNKNOWN: Rule = Rule::warning("markdown/unknown-icon", include_str!("unknown_icon.md"));

/// A set of icons, unpacked when the first of them is asked for.
struct Set {
    prefix: &'static str,
    packed: &'static [u8],
    unpacked: OnceLock<String>,
}

impl Set {
    const fn new(prefix: &'static str, packed: &'static [u8]) -> Self {
        Self { prefix, packed, unpacked: OnceLock::new() }
    }

    /// Lines of name, box and drawing, sorted by name.
    fn lines(&self) -> &str {
        self.unpacked.get_or_init(|| {
            let mut text = String::new();
            let unpacked = DeflateDecoder::new(self.packed).read_to_string(&mut text);
            debug_assert!(unpacked.is_ok(), "the set was packed by ourselves");
            text
        })
    }

    /// The line of an icon, by bisection.
    fn find(&self, name: &str) -> Option<&str> {
        let lines = self.lines();
        let (mut low, mut high) = (0, lines.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = lines.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = start + lines[start..].find('\n')?;
            let line = &lines[start..end];
            match line.split('\t').next()?.cmp(name) {
                std::cmp::Ordering::Equal => return Some(line),
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

static SETS: [Set; 4] = [
    Set::new("material-", include_bytes!("icons/material.deflate")),
    Set::new("octicons-", include_bytes!("icons/octicons.deflate")),
    Set::new("fontawesome-", include_bytes!("icons/fontawesome.deflate")),
    Set::new("simple-", include_bytes!("icons/simple.deflate")),
];

/// How an icon is met by those who do not see it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum IconRole {
    /// Text beside it says what it means.
    Decoration,
    /// It stands alone, so its name must do.
    Content,
}

/// Whether a name starts as those of icons do, whether or not there is such an icon.
pub(crate) fn is_icon_name(name: &str) -> bool {
    SETS.iter().any(|set| name.starts_with(set.prefix))
}

/// The icon of this name as inline SVG, as large as the text around it.
pub(crate) fn svg(name: &str, role: IconRole) -> Option<String> {
    let (set, rest) = SETS.iter().find_map(|set| Some((set, name.strip_prefix(set.prefix)?)))?;
    let mut fields = set.find(rest)?.splitn(3, '\t').skip(1);
    let frame = fields.next().filter(|frame| !frame.is_empty()).unwrap_or("0 0 24 24");
    let drawing = fields.next()?.replace('\u{1}', "<path d=\"").replace('\u{2}', "\"/>");
    let role = match role {
        IconRole::Decoration => "aria-hidden=\"true\"".to_owned(),
        IconRole::Content => format!("role=\"img\" aria-label=\"{}\"", rest.replace('-', " ")),
    };
    Some(format!(
        "<svg class=\"icon\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{frame}\" width=\"1.125em\" \
         height=\"1.125em\" fill=\"currentColor\" {role}>{drawing}</svg>"
    ))
}

/// The name that was probably meant by one that is in no set.
pub(crate) fn nearest_name(name: &str) -> Option<String> {
    let (set, rest) = SETS.iter().find_map(|set| Some((set, name.strip_prefix(set.prefix)?)))?;
    let names = set.lines().lines().filter_map(|line| line.split('\t').next());
    Some(format!("{}{}", set.prefix, nearest(rest, names)?))
}

/// Where a mark is looked for that is named without its set.
const MARKS: [&str; 4] = ["", "fontawesome-brands-", "simple-", "material-"];

/// Marks that go by another name. GitHub's is the most asked for, and lies in the set that is unpacked the fastest.
const KNOWN_AS: [(&str, &str); 2] = [("github", "octicons-mark-github-16"), ("mail", "material-email")];

/// The mark of a service, as people call it, `github`, or by an icon's whole name; slashes stand for hyphens.
#[must_use]
pub fn mark(name: &str) -> Option<String> {
    let name = name.replace('/', "-");
    let known = KNOWN_AS.iter().find(|(other, _)| *other == name).map(|(_, name)| (*name).to_owned());
    let names = known.into_iter().chain(MARKS.iter().map(|set| format!("{set}{name}")));
    names.into_iter().find_map(|name| svg(&name, IconRole::Decoration))
}

/// The mark that was probably meant by a name that is none.
#[must_use]
pub fn nearest_mark(name: &str) -> Option<String> {
    let name = name.replace('/', "-");
    nearest_name(&name).or_else(|| {
        MARKS[1..].iter().find_map(|set| Some(nearest_name(&format!("{set}{name}"))?[set.len()..].to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_of_every_set_is_found_by_its_name() {
        for set in &SETS {
            let names: Vec<&str> = set.lines().lines().filter_map(|line| line.split('\t').next()).collect();
            assert!(names.is_sorted() && names.len() > 700, "{}", set.prefix);
            for name in names.iter().step_by(23) {
                let drawing = svg(&format!("{}{name}", set.prefix), IconRole::Decoration).unwrap();
                assert!(drawing.ends_with("/></svg>") || drawing.ends_with("g></svg>"), "{name}: {drawing}");
            }
        }
    }

    #[test]
    fn services_are_known_by_their_names() {
        for name in ["github", "gitlab", "linkedin", "slack", "mastodon", "youtube", "rss", "mail", "simple/zulip"] {
            assert!(mark(name).is_some(), "{name}");
        }
        assert_eq!(mark("githbu"), None);
        assert_eq!(nearest_mark("githbu").as_deref(), Some("github"));
        assert_eq!(nearest_mark("material-emial").as_deref(), Some("material-email"));
    }

    #[test]
    fn unknown_names_lead_to_known_ones() {
        assert_eq!(svg("material-rocket-lunch", IconRole::Content), None);
        assert_eq!(nearest_name("material-rocket-lunch").as_deref(), Some("material-rocket-launch"));
        assert_eq!(nearest_name("octicons-zzzzzzzzzzzzzzz"), None);
    }
}
