//! Icons, `:material-rocket-launch:`: their drawings, and the name that was probably meant by an unknown one.

use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;

use crate::diagnostic::{Edit, Fix, Rule, nearest};
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

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
            // By bisection over the text, whose lines are sorted: a map would be made for a handful of look-ups.
            let start = lines.as_bytes().iter().take(middle).rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = start + lines.part(start..).find('\n')?;
            let line = lines.part(start..end);
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
    /// It is alone, so its name must do.
    Content,
}

/// Unknown icons of a page for which a known one is looked for: each look goes through thousands of names.
const MOST_SUGGESTED: usize = 20;

/// Draws an icon, or says that there is none.
pub(crate) fn write(writer: &mut Writer<'_>, name: &str, range: &Range<usize>, role: IconRole) {
    if let Some(svg) = svg(name, role) {
        writer.markup(&svg);
        writer.document().needs.icons.push(name.to_owned());
        return;
    }
    writer.write_text(writer.text().part(range.clone()), range);
    let span = writer.span(range.clone());
    let mut finding = UNKNOWN.at(span, format!("unknown icon `{name}`"));
    let suggested = writer.reported(&UNKNOWN).take(MOST_SUGGESTED).count();
    if let Some(near) = if suggested < MOST_SUGGESTED { nearest_name(name) } else { None } {
        let edit = Edit { span, replacement: format!(":{near}:") };
        finding = finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(vec![edit]));
    }
    writer.report(finding);
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
    // Nearly every drawing is made of these two strings, so the sets have one byte for each.
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

/// Marks that go by another name. GitHub's is the most asked for, and is in the set that is unpacked the fastest.
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
        let in_set = |set: &&str| nearest_name(&format!("{set}{name}"))?.strip_prefix(*set).map(str::to_owned);
        MARKS.iter().filter(|set| !set.is_empty()).find_map(in_set)
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
