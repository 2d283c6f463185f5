//! HTML with some of its tags changed; all that is between them stays byte for byte.

use std::borrow::Cow;

use super::tokenizer::{EndTag, Markup, StartTag, Token, Tokens};
use crate::source::Part as _;

/// A tag that may be changed.
#[derive(Debug)]
pub struct EditableTag<'a> {
    name: Cow<'a, str>,
    is_end: bool,
    is_self_closing: bool,
    attributes: Vec<EditableAttribute<'a>>,
    is_changed: bool,
}

#[derive(Debug)]
struct EditableAttribute<'a> {
    /// In lower case, to ask about it.
    name: Cow<'a, str>,
    written_name: &'a str,
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

impl<'a> EditableTag<'a> {
    fn start(tag: &StartTag<'a>) -> Self {
        let attributes = tag.attributes().map(|attribute| EditableAttribute {
            name: attribute.name,
            written_name: attribute.written_name,
            value: (attribute.value_span.start > attribute.span.start + attribute.written_name.len())
                .then_some(Cow::Borrowed(attribute.value)),
        });
        Self {
            name: Cow::Borrowed(tag.written_name),
            is_end: false,
            is_self_closing: tag.is_self_closing,
            attributes: attributes.collect(),
            is_changed: false,
        }
    }

    /// What else stands in an end tag means nothing to anybody.
    fn end(tag: EndTag<'a>) -> Self {
        let name = Cow::Borrowed(tag.written_name);
        Self { name, is_end: true, is_self_closing: false, attributes: Vec::new(), is_changed: false }
    }

    /// The element, in the case that its author chose.
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

    /// Whether it has an attribute that is named in lower case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.name == name)
    }

    /// Adds an attribute that needs no value.
    pub fn add(&mut self, name: &'static str) {
        self.attributes.push(EditableAttribute { name: Cow::Borrowed(name), written_name: name, value: None });
        self.is_changed = true;
    }

    /// Asks what becomes of each attribute: by its name in lower case, and its value as written.
    pub fn edit(&mut self, mut edit: impl FnMut(&str, &str) -> AttributeEdit) {
        let mut is_changed = false;
        self.attributes.retain_mut(|attribute| {
            let change = edit(&attribute.name, attribute.value.as_deref().unwrap_or_default());
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
        for EditableAttribute { written_name, value, .. } in &self.attributes {
            html.push(' ');
            // `viewBox` has to keep its case: drawings are read as XML as well.
            html.push_str(written_name);
            if let Some(value) = value {
                html.push_str("=\"");
                // The value may have stood in single quotes, or in none.
                html.push_str(&value.replace('"', "&quot;"));
                html.push('"');
            }
        }
        html.push_str(if self.is_self_closing { "/>" } else { ">" });
    }
}

/// Shows each tag to `change`. What is not changed stays byte for byte.
#[must_use]
pub fn rewrite(html: &str, mut change: impl FnMut(&mut EditableTag<'_>)) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    for token in Tokens::of(html) {
        let span = token.span().clone();
        let mut tag = match token {
            Token::Markup(Markup::StartTag(tag)) => EditableTag::start(&tag),
            Token::Markup(Markup::EndTag(tag)) => EditableTag::end(tag),
            Token::Text(_) | Token::RawText(_) | Token::Markup(_) => continue,
        };
        change(&mut tag);
        if tag.is_changed {
            out.push_str(html.part(done..span.start));
            tag.write(&mut out);
            done = span.end;
        }
    }
    out.push_str(html.part(done..));
    out
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
    fn a_comment_of_three_letters_hides_nothing() {
        assert_eq!(with_other_ids("<!--><i id=a><!-- --!><i id=b>"), "<!--><i id=\"x-a\"><!-- --!><i id=\"x-b\">");
    }

    #[test]
    fn a_slash_that_ends_a_value_stays_in_it() {
        assert_eq!(with_other_ids("<a id=b href=../c/>d</a>"), "<a id=\"x-b\" href=\"../c/\">d</a>");
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
