//! What the left-overs of other tools look like, and slips in our own: a mark to look for, and a function that tells
//! whether it was meant.

use super::construct::{Construct, JSX_COMMENT, NOTE, ROLE, TEMPLATE_COMMENT};
use super::place::{Leak, LeakForm, Place};
use super::{inline, line, stars};
use crate::source::Part as _;

/// What may be anywhere in a text. Its first letters are those at which `Prose` stops.
static ANYWHERE: &[LeakForm] = &[
    LeakForm { mark: "{/*", read: |place| enclosed(place, "{/*", "*/}", &JSX_COMMENT) },
    LeakForm { mark: "{# ", read: |place| enclosed(place, "{# ", " #}", &TEMPLATE_COMMENT) },
    LeakForm { mark: "{", read: role },
    LeakForm { mark: "{", read: |place| inline::braces(place.near()) },
    LeakForm { mark: "{{", read: expression },
    LeakForm { mark: "[", read: |place| inline::link_with_spaces(place.before(), place.near_lines()) },
    LeakForm { mark: "[", read: |place| inline::brackets(place.before(), place.near()) },
    LeakForm { mark: "<", read: |place| inline::bracketed_path(place.near()) },
    LeakForm { mark: ":", read: role },
    LeakForm { mark: "^[", read: note },
    LeakForm { mark: "**", read: stars::bold },
];

/// What a line starts with, if it was meant as a block.
pub(super) fn at_line_start<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    first_of(line::FORMS, place)
}

/// What starts in the middle of a text.
pub(super) fn anywhere<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    first_of(ANYWHERE, place)
}

fn first_of<'t>(rows: &[LeakForm], place: &Place<'t>) -> Option<Leak<'t>> {
    let text = place.text.part(place.at..);
    rows.iter().filter(|row| text.starts_with(row.mark)).find_map(|row| (row.read)(place))
}

/// What has a mark at either end, on one line.
fn enclosed<'t>(place: &Place<'t>, open: &str, close: &str, construct: &'static Construct) -> Option<Leak<'t>> {
    let inner = place.near().strip_prefix(open)?;
    let length = inner.find(close)?;
    (!inner.part(..length).trim().is_empty()).then(|| Leak::new(0..open.len() + length + close.len(), construct))
}

/// ``{ref}`exit-terms` ``, and ``:ref:`exit-terms` `` as Sphinx has it.
fn role<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.near();
    let (open, close) = if line.starts_with('{') { ('{', "}`") } else { (':', ":`") };
    let inner = line.strip_prefix(open)?;
    let (name, code) = inner.split_once(close)?;
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ':' | '+'));
    let is_apart = !place.before().ends_with(|c: char| c.is_alphanumeric() || c == ':');
    let is_emoji = open == ':' && emojis::get_by_shortcode(name).is_some();
    let length = code.find('`').filter(|length| *length > 0)?;
    let end = 1 + name.len() + close.len() + length + 1;
    (is_name && is_apart && !is_emoji).then(|| Leak::new(0..end, &ROLE))
}

/// `^[A note in its place.]`
fn note<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let inner = place.near().strip_prefix("^[")?;
    let (words, rest) = inner.split_once(']')?;
    let says = words.contains(char::is_alphabetic) && !words.starts_with('^') && !rest.starts_with(['(', '[', '^']);
    says.then(|| Leak::new(0..words.len() + 3, &NOTE))
}

/// `{{ fee + 1 }}`. GitHub's expressions, TeX, and what the author escaped mean themselves.
fn expression<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let before = place.before();
    let means_itself = before.ends_with(['$', '\\', '{']) || is_argument(before);
    inline::expression(place.near()).filter(|_| !means_itself)
}

/// Whether braces right behind a text are an argument in TeX: `x_{i=0}`, `\frac{a=1}`.
pub(super) fn is_argument(before: &str) -> bool {
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before.ends_with(['_', '^']) || (word.len() < before.len() && word.ends_with('\\'))
}
