//! Placeholders that read as tags: `<Customer>`.
//! In: opening tags of raw HTML. Out: which of them are text.
//! Never knows: what stands between tags.

use std::collections::HashSet;

use super::element::is_known;
use crate::diagnostic::Rule;
use crate::html::tokenizer::StartTag;
use crate::source::Part as _;

/// A placeholder that other tools take for HTML.
pub(crate) static PSEUDO_TAG: Rule = Rule::warning("markdown/pseudo-tag", include_str!("pseudo_tag.md"));

/// The names of the end tags in a text, in lower case: gathered when first asked for.
#[derive(Default)]
pub(crate) struct EndTags(Option<HashSet<String>>);

impl EndTags {
    fn contains(&mut self, text: &str, name: &str) -> bool {
        let names = self.0.get_or_insert_with(|| {
            let after = text.match_indices("</").map(|(at, _)| text.part(at + "</".len()..));
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            after.map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or_default().to_ascii_lowercase()).collect()
        });
        names.contains(name)
    }

    /// Whether a tag is a placeholder: a name that HTML does not know, or spelt as people spell names, without
    /// attributes that say something and without an end.
    pub(super) fn is_placeholder(&mut self, tag: &StartTag<'_>, text: &str) -> bool {
        let says_something = tag.attributes().any(|attribute| !attribute.value.is_empty());
        let name = tag.written_name;
        // `<DIV>` is how HTML was written once; `<Title>` is how people write a name.
        let is_spelt_as_name =
            name.contains(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
        let is_strange = !is_known(&tag.name) || (is_spelt_as_name && tag.attributes().next().is_none());
        is_strange && !says_something && !tag.is_self_closing && !self.contains(text, &tag.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokenizer::{Markup, markup_at};

    fn is_placeholder(text: &str) -> bool {
        let Some(Markup::StartTag(tag)) = markup_at(text, 0) else { panic!("no tag: {text}") };
        EndTags::default().is_placeholder(&tag, text)
    }

    #[test]
    fn placeholders_are_told_from_elements() {
        for text in ["<Customer>", "<env-name>", "<Customer Name>", "<Title>", "<YOUR-ID>"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "<br>",
            "<DIV>",
            "<my-card></my-card>",
            "<my-icon name=\"x\">",
            "<circle r=\"1\">",
            "<x/>",
            "<Note>a</Note>",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
