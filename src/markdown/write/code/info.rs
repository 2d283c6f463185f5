//! Info strings of fenced code, as three tools write them: ```` ```yaml title="recruit.yaml" hl_lines="1 3-5" ````.

use std::ops::RangeInclusive;

use crate::html::decode_text;
use crate::markdown::attributes::quoted;
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
    /// What lines begin with that are hidden, where the block says so.
    pub hidden: Option<String>,
}

/// Whether an option stands in braces: numbers there are lines.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Braces {
    Inside,
    Outside,
}

impl FenceInfo {
    /// Reads an info string as it is written. Words without a meaning here, such as mdBook's `editable`, are passed over.
    pub(crate) fn read(info: &str) -> Self {
        let mut read = Self::default();
        let info = info.trim();
        let first = info.part(..language_end(info));
        // Pandoc has the language in braces, as the first class; MkDocs allows options without any.
        // VitePress has line numbers behind a colon: `ts:line-numbers=5`.
        let (language, numbers) = first.split_once(":line-numbers").unwrap_or((first, ""));
        let is_language = !language.contains('=');
        if is_language {
            read.language = decoded(language);
        }
        if language.len() < first.len() {
            read.first_number = Some(first_number(numbers.trim_start_matches('=')));
        }
        let mut rest = if is_language { info.part(first.len()..) } else { info };
        let mut braces = Braces::Outside;
        while let Some(next) = read.option(rest.trim_start_matches([' ', '\t', ',', ':']), &mut braces) {
            rest = next;
        }
        read
    }

    /// Reads one option; returns what follows it.
    fn option<'t>(&mut self, text: &'t str, braces: &mut Braces) -> Option<&'t str> {
        let rest = text.part(text.chars().next()?.len_utf8()..);
        match text.as_bytes().first()? {
            b'{' => *braces = Braces::Inside,
            b'}' => *braces = Braces::Outside,
            b'.' => {
                let (class, rest) = rest.split_at(word_end(rest));
                if self.language.is_empty() {
                    self.language = decoded(class);
                } else {
                    self.classes.push(decoded(class));
                }
                return Some(rest);
            }
            b'#' => {
                let (id, rest) = rest.split_at(word_end(rest));
                self.id = Some(decoded(id)).filter(|id| !id.is_empty()).or(self.id.take());
                return Some(rest);
            }
            // A word of the code to mark, which only Expressive Code does.
            b'"' | b'\'' => return Some(quoted(text).map_or(rest, |(_, rest)| rest)),
            _ => {
                let (name, rest) = text.split_at(word_end(text));
                let Some(after) = rest.strip_prefix('=') else {
                    // No name at all is how Docusaurus and VitePress list lines: `{1,3-5}`.
                    let is_list = *braces == Braces::Inside && name.starts_with(|first: char| first.is_ascii_digit());
                    if is_list {
                        self.set("", name);
                    } else {
                        self.set(name, "");
                    }
                    // What begins with no letter of a name is passed over, and ends nothing.
                    let skipped = if name.is_empty() { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
                    return Some(rest.part(skipped..));
                };
                let (value, rest) = value(after);
                self.set(&decoded(name), &value);
                return Some(rest);
            }
        }
        Some(rest)
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            // `hl_lines` and `linenums` are Material's, `linenos` and `linenostart` Hugo's, `mark`, `ins` and `del`
            // Expressive Code's.
            "title" | "filename" => self.title = Some(value.to_owned()),
            "" | "hl_lines" | "mark" => self.highlighted.extend(line_numbers(value)),
            "ins" => self.added.extend(line_numbers(value)),
            "del" => self.removed.extend(line_numbers(value)),
            "linenums" | "startLineNumber" | "linenostart" => self.first_number = Some(first_number(value)),
            "linenos" if !matches!(value, "false" | "") => self.first_number = self.first_number.or(Some(1)),
            "hidelines" => self.hidden = Some(value.to_owned()).filter(|mark| !mark.is_empty()),
            "showLineNumbers" if value != "false" => self.first_number = Some(first_number(value)),
            _ => {}
        }
    }

    /// Whether nothing but a language is asked for.
    pub(crate) fn is_plain(&self) -> bool {
        self.highlighted.is_empty() && self.added.is_empty() && self.removed.is_empty() && self.first_number.is_none()
    }
}

/// Where the first word of an info string ends.
pub(super) fn language_end(info: &str) -> usize {
    info.find([' ', '\t', '{', ',']).unwrap_or(info.len())
}

/// Where a name or a bare word ends.
fn word_end(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '{' | '}' | ',' | '"' | '\'')).unwrap_or(text.len())
}

/// The value at the start of a text, and what follows it: in quotes, in braces, a list in brackets, or a word.
fn value(text: &str) -> (String, &str) {
    if let Some((value, rest)) = quoted(text) {
        return (decoded(value), rest);
    }
    let list = |open: char, close: char| text.strip_prefix(open)?.split_once(close);
    // Hugo has numbers of lines in a list, with quotes around ranges: `[2,"5-6"]`.
    if let Some((list, rest)) = list('{', '}').or_else(|| list('[', ']')) {
        return (list.replace(['"', '\''], ""), rest);
    }
    // A quote that is never closed goes up to the end.
    if let Some(open) = text.strip_prefix(['"', '\'']) {
        return (decoded(open), "");
    }
    let end = text.find([' ', '\t', '}', ',']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (decoded(word), rest)
}

/// An info string's text as its author means it: without the backslashes of escapes, with entities decoded.
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let escaped = after.chars().next().filter(char::is_ascii_punctuation);
        plain.push(escaped.unwrap_or('\\'));
        rest = after.part(escaped.map_or(0, char::len_utf8)..);
    }
    plain.push_str(rest);
    decode_text(&plain).into_owned()
}

fn first_number(value: &str) -> usize {
    value.parse().unwrap_or(1)
}

/// `1 3-5` or `1,3-5`.
fn line_numbers(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    text.split([' ', ',']).filter_map(|part| {
        let (first, last) = part.split_once(['-', ':']).unwrap_or((part, part));
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
        for odd in ["js {\"a b\", 2}", "js =2 {2}", "js { {2}", "{ .js .wide }", "js }{ =", "{"] {
            assert!(FenceInfo::read(odd).language.len() <= 2, "{odd}");
        }
    }

    #[test]
    fn options_may_do_without_a_language() {
        for info in
            ["title=\"nda.yaml\" hl_lines=\"2\"", "{title=\"nda.yaml\" hl_lines=\"2\"}", "hl_lines='2' title=nda.yaml"]
        {
            let read = FenceInfo::read(info);
            assert_eq!((&*read.language, read.title.as_deref()), ("", Some("nda.yaml")), "{info}");
            assert_eq!(read.highlighted, [2..=2], "{info}");
        }
    }

    #[test]
    fn quotes_in_titles_are_escaped() {
        for info in [
            r#"yaml title="the \"old\" file""#,
            r#"{ .yaml title="the \"old\" file" }"#,
            r#"yaml title='the "old" file'"#,
        ] {
            assert_eq!(FenceInfo::read(info).title.as_deref(), Some("the \"old\" file"), "{info}");
        }
        assert_eq!(FenceInfo::read(r#"yaml title="C:\""#).title.as_deref(), Some("C:\\"));
        assert_eq!(FenceInfo::read(r#"sh title="C:\temp &amp; on""#).title.as_deref(), Some(r"C:\temp & on"));
    }

    #[test]
    fn vitepress_numbers_lines_behind_the_language() {
        let info = FenceInfo::read("ts:line-numbers=5 {2}");
        assert_eq!((&*info.language, info.first_number, info.highlighted), ("ts", Some(5), vec![2..=2]));
        assert_eq!(FenceInfo::read("ts:line-numbers").first_number, Some(1));
    }

    #[test]
    fn hugo_lists_lines_in_brackets() {
        let info = FenceInfo::read(r#"go {linenos=table,hl_lines=[8,"15-17"],linenostart=199}"#);
        assert_eq!((info.highlighted, info.first_number), (vec![8..=8, 15..=17], Some(199)));
        assert_eq!(FenceInfo::read("go {linenos=inline hl_lines=[1,2]}").first_number, Some(1));
        assert_eq!(FenceInfo::read("go {linenos=false}").first_number, None);
    }
}
