//! Info strings of fenced code, as three tools write them: ```` ```yaml title="recruit.yaml" hl_lines="1 3-5" ````.

use std::ops::RangeInclusive;

use crate::markdown::attributes::Attributes;
use crate::source::Part as _;

/// What an info string asks for.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct FenceInfo {
    /// As written; empty when none is given.
    pub language: String,
    pub title: Option<String>,
    /// Numbers of lines, from 1.
    pub highlighted: Vec<RangeInclusive<usize>>,
    pub added: Vec<RangeInclusive<usize>>,
    pub removed: Vec<RangeInclusive<usize>>,
    /// The number of the first line, where lines are numbered.
    pub first_number: Option<usize>,
    pub id: Option<String>,
    pub classes: Vec<String>,
}

impl FenceInfo {
    /// Reads an info string. Words without a meaning here, such as mdBook's `editable`, are passed over.
    pub(crate) fn read(info: &str) -> Self {
        let mut read = Self::default();
        let mut rest = info.trim();
        // Pandoc has the language in braces as well, as the first class.
        if !rest.starts_with('{') {
            let end = rest.find([' ', '\t', '{', ',']).unwrap_or(rest.len());
            rest.part(..end).clone_into(&mut read.language);
            rest = rest.part(end..);
        }
        while let Some(next) = read.option(rest.trim_start_matches([' ', '\t', ','])) {
            rest = next;
        }
        read
    }

    /// Reads one option; returns what follows it.
    fn option<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if text.is_empty() {
            return None;
        }
        if let Some((list, length)) = Attributes::read(text) {
            self.attributes(list);
            return Some(text.part(length..));
        }
        let end = text.find([' ', '\t', '=', '{']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let (value, rest) = match rest.strip_prefix('=').unwrap_or(rest) {
            braced if braced.starts_with('{') => braced.part(1..).split_once('}').unwrap_or((braced.part(1..), "")),
            quoted if rest.starts_with('=') && quoted.starts_with(['"', '\'']) => {
                quoted.part(1..).split_once(quoted.part(..1)).unwrap_or((quoted.part(1..), ""))
            }
            bare if rest.starts_with('=') => bare.split_at(bare.find([' ', '\t']).unwrap_or(bare.len())),
            bare => ("", bare),
        };
        self.set(name, value);
        Some(rest)
    }

    fn attributes(&mut self, list: Attributes) {
        let mut classes = list.classes.into_iter();
        if self.language.is_empty() {
            self.language = classes.next().unwrap_or_default();
        }
        self.classes.extend(classes);
        self.id = list.id.or(self.id.take());
        for (name, value) in list.others {
            self.set(&name, &value);
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            // `hl_lines` and `linenums` are Material's, `mark`, `ins` and `del` Expressive Code's; no name at all is how
            // Docusaurus lists lines: `{1,3-5}`.
            "title" | "filename" => self.title = Some(value.to_owned()),
            "" | "hl_lines" | "mark" => self.highlighted.extend(line_numbers(value)),
            "ins" => self.added.extend(line_numbers(value)),
            "del" => self.removed.extend(line_numbers(value)),
            "linenums" | "startLineNumber" => self.first_number = Some(value.parse().unwrap_or(1)),
            "showLineNumbers" if value != "false" => self.first_number = Some(value.parse().unwrap_or(1)),
            _ => {}
        }
    }

    /// Whether nothing but a language is asked for.
    pub(crate) fn is_plain(&self) -> bool {
        self.highlighted.is_empty() && self.added.is_empty() && self.removed.is_empty() && self.first_number.is_none()
    }
}

/// `1 3-5` or `1,3-5`.
fn line_numbers(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    text.split([' ', ',']).filter_map(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_tools_ask_for_the_same_in_their_own_words() {
        let material = FenceInfo::read("yaml title=\"nda.yaml\" hl_lines=\"1 3-5\" linenums=\"1\"");
        let braces = FenceInfo::read("{ .yaml title=\"nda.yaml\" hl_lines=\"1 3-5\" linenums=\"1\" }");
        let docusaurus = FenceInfo::read("yaml {1,3-5} title='nda.yaml' showLineNumbers");
        assert_eq!(material, braces);
        assert_eq!(material, docusaurus);
        assert_eq!(material.highlighted, [1..=1, 3..=5]);
    }

    #[test]
    fn words_of_other_tools_are_passed_over() {
        let info = FenceInfo::read("rust,editable,ignore");
        assert_eq!((&*info.language, info.is_plain()), ("rust", true));
        assert_eq!(FenceInfo::read("js ins={2} del={1} \"word\"").added, [2..=2]);
    }
}
