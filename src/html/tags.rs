//! The tags of an HTML text, changed one by one; all that is between them stays as it is.
//! In: HTML, also as people write it by hand. Out: the same HTML with the changes.
//! Never knows: which elements nest, what an attribute means.

use std::borrow::Cow;

use crate::source::Part as _;

/// Elements whose content is text, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// A tag.
#[derive(Debug)]
pub struct Tag<'a> {
    name: Cow<'a, str>,
    is_end: bool,
    /// Closed by `/>`.
    is_closed: bool,
    attributes: Vec<Attribute<'a>>,
    is_changed: bool,
}

#[derive(Debug)]
struct Attribute<'a> {
    name: &'a str,
    /// As written, without its quotes.
    value: Option<Cow<'a, str>>,
}

/// What becomes of an attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttributeEdit {
    /// It stays.
    Keep,
    /// It goes.
    Drop,
    /// It has this value, escaped.
    Write(String),
}

impl Tag<'_> {
    /// The element, as written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it ends an element.
    #[must_use]
    pub fn is_end(&self) -> bool {
        self.is_end
    }

    /// Makes it a tag of another element.
    pub fn rename(&mut self, name: String) {
        self.name = Cow::Owned(name);
        self.is_changed = true;
    }

    /// Whether it has an attribute, in any letter case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// Adds an attribute that needs no value.
    pub fn add(&mut self, name: &'static str) {
        self.attributes.push(Attribute { name, value: None });
        self.is_changed = true;
    }

    /// Asks what becomes of each attribute: by its name in lower case, and its value as written.
    pub fn edit(&mut self, mut edit: impl FnMut(&str, &str) -> AttributeEdit) {
        let mut is_changed = false;
        self.attributes.retain_mut(|attribute| {
            let value = attribute.value.as_deref().unwrap_or_default();
            let change = if attribute.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                edit(&attribute.name.to_ascii_lowercase(), value)
            } else {
                edit(attribute.name, value)
            };
            is_changed |= change != AttributeEdit::Keep;
            match change {
                AttributeEdit::Keep => true,
                AttributeEdit::Drop => false,
                AttributeEdit::Write(value) => {
                    attribute.value = Some(Cow::Owned(value));
                    true
                }
            }
        });
        self.is_changed |= is_changed;
    }

    fn write(&self, html: &mut String) {
        html.push_str(if self.is_end { "</" } else { "<" });
        html.push_str(&self.name);
        for Attribute { name, value } in &self.attributes {
            html.push(' ');
            html.push_str(name);
            if let Some(value) = value {
                html.push_str("=\"");
                html.push_str(&value.replace('"', "&quot;"));
                html.push('"');
            }
        }
        html.push_str(if self.is_closed { "/>" } else { ">" });
    }
}

/// Shows each tag to `change`. What is not changed stays byte for byte.
#[must_use]
pub fn rewrite(html: &str, mut change: impl FnMut(&mut Tag<'_>)) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let (mut done, mut at) = (0, 0);
    while let Some(start) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        if html.part(start..).starts_with("<!") {
            at = after_comment(html, start);
            continue;
        }
        let Some((mut tag, end)) = read(html, start) else {
            at = start + 1;
            continue;
        };
        let raw = RAW.into_iter().find(|raw| !tag.is_end && tag.name.eq_ignore_ascii_case(raw));
        at = raw.map_or(end, |raw| after_text(html, end, raw));
        change(&mut tag);
        if tag.is_changed {
            out.push_str(html.part(done..start));
            tag.write(&mut out);
            done = end;
        }
    }
    out.push_str(html.part(done..));
    out
}

/// Where a comment or declaration ends; at the end of all when nothing ends it.
fn after_comment(html: &str, start: usize) -> usize {
    let end = if html.part(start..).starts_with("<!--") { "-->" } else { ">" };
    html.part(start..).find(end).map_or(html.len(), |at| start + at + end.len())
}

/// Where the text of an element ends.
fn after_text(html: &str, from: usize, name: &str) -> usize {
    let ends = memchr::memmem::find_iter(&html.as_bytes()[from..], b"</").map(|at| from + at);
    let is_end = |at: &usize| html.get(at + 2..at + 2 + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    ends.into_iter().find(is_end).unwrap_or(html.len())
}

/// The tag that begins here, and where it ends; `None` where a `<` is only a sign.
fn read(html: &str, start: usize) -> Option<(Tag<'_>, usize)> {
    let bytes = html.as_bytes();
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(is_end);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let mut at = until(bytes, name_start, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let name = Cow::Borrowed(html.part(name_start..at));
    let mut attributes = Vec::new();
    loop {
        at = until(bytes, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *bytes.get(at)? == b'>' {
            let is_closed = bytes[at - 1] == b'/';
            return Some((Tag { name, is_end, is_closed, attributes, is_changed: false }, at + 1));
        }
        let name_end = until(bytes, at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>'));
        let own = html.part(at..name_end);
        let sign = until(bytes, name_end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(sign) != Some(&b'=') {
            attributes.push(Attribute { name: own, value: None });
            at = name_end;
            continue;
        }
        let value = until(bytes, sign + 1, |byte| !byte.is_ascii_whitespace());
        let first = *bytes.get(value)?;
        let (range, end) = if matches!(first, b'"' | b'\'') {
            let end = value + 1 + memchr::memchr(first, &bytes[value + 1..])?;
            (value + 1..end, end + 1)
        } else {
            let end = until(bytes, value, |byte| byte.is_ascii_whitespace() || byte == b'>');
            (value..end, end)
        };
        attributes.push(Attribute { name: own, value: Some(Cow::Borrowed(html.part(range))) });
        at = end;
    }
}

/// The first place from here on with such a byte; the end where there is none.
fn until(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| is_it(*byte)).map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AttributeEdit, rewrite};

    /// Every id with `x-` before it.
    fn with_other_ids(html: &str) -> String {
        rewrite(html, |tag| {
            tag.edit(
                |name, value| {
                    if name == "id" { AttributeEdit::Write(format!("x-{value}")) } else { AttributeEdit::Keep }
                },
            );
        })
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let html = "<P ID = 'a \"b\"' hidden><br/><i id=c>1 < 2 > 0</i><use  href=\"a>b\" id=\"d\" /></P>";
        let other =
            "<P ID=\"x-a &quot;b&quot;\" hidden><br/><i id=\"x-c\">1 < 2 > 0</i><use href=\"a>b\" id=\"x-d\"/></P>";
        assert_eq!(with_other_ids(html), other);
    }

    #[test]
    fn what_is_no_tag_is_left_alone() {
        let html = "<!-- <i id=a> --><script>'<i id=a>'</script><style>i<b id=c></style>a < b <3 <i id=\"";
        assert_eq!(with_other_ids(html), html);
    }

    #[test]
    fn tags_change_their_name_and_lose_attributes() {
        let html = rewrite("<h2 id=\"a\" class=\"b\">A</h2>", |tag| {
            tag.rename("h3".to_owned());
            tag.edit(|name, _| if name == "class" { AttributeEdit::Drop } else { AttributeEdit::Keep });
        });
        assert_eq!(html, "<h3 id=\"a\">A</h3>");
    }

    proptest! {
        #[test]
        fn nothing_changes_by_itself(html in "[<>/!a-c=\"' \\-é]{0,60}") {
            prop_assert_eq!(rewrite(&html, |_| {}), html);
        }
    }
}
