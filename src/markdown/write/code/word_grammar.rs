//! Languages that no library has a grammar for, told by their words: comments, strings, numbers and keywords.
//!
//! Much less than a grammar knows, and right as far as it goes. Nothing has to be loaded for it.

use crate::source::Part as _;

/// A language as far as its words tell.
pub(super) struct WordGrammar {
    /// What authors call it, in lower case.
    names: &'static [&'static str],
    /// What begins a comment, and what ends it; nothing does but the end of its line.
    comments: &'static [(&'static str, &'static str)],
    /// What begins a string, and what ends it.
    strings: &'static [(&'static str, &'static str)],
    keywords: &'static str,
    words: Keywords,
}

/// Where keywords are keywords.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Keywords {
    AsWritten,
    AnyCase,
    /// At the start of a line: behind it is prose.
    FirstOnLine,
}

const SLASHES: &[(&str, &str)] = &[("//", ""), ("/*", "*/")];
const QUOTES: &[(&str, &str)] = &[("\"", "\""), ("'", "'")];

static GRAMMARS: [WordGrammar; 7] = [
    WordGrammar {
        names: &["bicep", "bicepparam"],
        comments: SLASHES,
        strings: &[("'''", "'''"), ("'", "'")],
        keywords: "targetScope metadata param var resource module output existing import using extension func type if for \
                   in true false null string int bool object array",
        words: Keywords::AsWritten,
    },
    WordGrammar {
        names: &["kusto", "kql"],
        comments: &[("//", "")],
        strings: QUOTES,
        keywords: "let where project extend summarize by join kind on union order sort asc desc take top limit distinct \
                   count render parse evaluate invoke mv-expand mvexpand make-series lookup datatable externaldata find \
                   search print range and or not in has contains startswith endswith between has_any has_all matches \
                   regex ago now true false null dynamic typeof step from to with",
        words: Keywords::AsWritten,
    },
    WordGrammar {
        names: &["promql", "logql", "prometheus"],
        comments: &[("#", "")],
        strings: &[("\"", "\""), ("'", "'"), ("`", "`")],
        keywords: "by without on ignoring group_left group_right offset bool and or unless atan2 inf nan json logfmt \
                   line_format label_format unwrap pattern regexp",
        words: Keywords::AsWritten,
    },
    WordGrammar {
        names: &["gherkin", "cucumber", "feature"],
        comments: &[("#", "")],
        strings: &[("\"\"\"", "\"\"\""), ("\"", "\"")],
        keywords: "Feature Background Rule Scenario Outline Template Example Examples Scenarios Given When Then And But",
        words: Keywords::FirstOnLine,
    },
    WordGrammar {
        names: &["vb", "vbnet", "vb.net", "vba", "vbscript", "visualbasic", "basic"],
        comments: &[("'", "")],
        strings: &[("\"", "\"")],
        keywords: "addhandler and andalso as boolean byref byte byval call case catch class const date decimal dim do \
                   double each else elseif end enum erase error event exit false finally for friend function get goto \
                   handles if implements imports in inherits integer interface is isnot let lib like long loop me mod \
                   module mybase namespace new next not nothing object of on option optional or orelse overrides \
                   private property protected public readonly redim resume return select set shared single static \
                   step stop string structure sub then throw to true try until using variant wend when while with xor",
        words: Keywords::AnyCase,
    },
    WordGrammar {
        names: &["cypher", "opencypher"],
        comments: SLASHES,
        strings: QUOTES,
        keywords: "match optional where return with create merge set delete detach remove unwind order by skip limit as \
                   and or xor not in starts ends contains is null union all call yield on case when then else end \
                   distinct exists true false foreach load csv from",
        words: Keywords::AnyCase,
    },
    WordGrammar {
        names: &["dax", "powerquery", "powerquery-m"],
        comments: &[("//", ""), ("--", ""), ("/*", "*/")],
        strings: &[("\"", "\""), ("'", "'")],
        keywords: "evaluate define measure column table var return order by asc desc start at in not and or true false \
                   let each if then else try otherwise error section shared type null meta as is",
        words: Keywords::AnyCase,
    },
];

/// A piece of code, and the class of its kind.
pub(super) type Word<'c> = (&'c str, Option<&'static str>);

/// The grammar of a language by one of its names, in lower case.
pub(super) fn find(name: &str) -> Option<&'static WordGrammar> {
    GRAMMARS.iter().find(|grammar| grammar.names.contains(&name))
}

#[cfg(test)]
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    GRAMMARS.iter().flat_map(|grammar| grammar.names.iter().copied())
}

impl WordGrammar {
    /// The code, word by word.
    pub(super) fn words<'c>(&self, code: &'c str) -> Vec<Word<'c>> {
        let mut words = Vec::new();
        let mut at = 0;
        while at < code.len() {
            let rest = code.part(at..);
            let (length, class) = self.word(code.part(..at), rest);
            words.push((rest.part(..length), class));
            at += length.max(1);
        }
        words
    }

    /// How long the word is that a text begins with, and what it is.
    fn word(&self, before: &str, rest: &str) -> (usize, Option<&'static str>) {
        if let Some((open, close)) = self.comments.iter().find(|(open, _)| rest.starts_with(open)) {
            return (enclosed(rest, open, close), Some("c"));
        }
        if let Some((open, close)) = self.strings.iter().find(|(open, _)| rest.starts_with(open)) {
            return (enclosed(rest, open, close), Some("s"));
        }
        let first = rest.chars().next().unwrap_or_default();
        if !is_in_word(first) {
            return (first.len_utf8(), None);
        }
        // `mv-expand` is one word where the language has it.
        let hyphenated = rest.find(|c: char| !is_in_word(c) && c != '-').unwrap_or(rest.len());
        let plain = rest.find(|c: char| !is_in_word(c)).unwrap_or(rest.len());
        if let Some(length) =
            [hyphenated, plain].into_iter().find(|length| self.is_keyword(before, rest.part(..*length)))
        {
            return (length, Some("k"));
        }
        let class = match first {
            '0'..='9' => Some("n"),
            _ if rest.part(plain..).starts_with('(') => Some("f"),
            _ => None,
        };
        (plain, class)
    }

    fn is_keyword(&self, before: &str, word: &str) -> bool {
        match self.words {
            Keywords::AsWritten => self.has(word),
            Keywords::AnyCase => self.has(&word.to_ascii_lowercase()),
            Keywords::FirstOnLine => {
                // `Scenario Outline` is made of two.
                let line = before.rsplit('\n').next().unwrap_or_default();
                self.has(word) && line.split_whitespace().all(|first| self.has(first))
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.keywords.split_ascii_whitespace().any(|keyword| keyword == word)
    }
}

/// How far a comment or a string goes that a text begins with: to its end, or that of the line where it has none.
fn enclosed(text: &str, open: &str, close: &str) -> usize {
    let inner = text.part(open.len()..);
    let line_end = || text.find('\n').unwrap_or(text.len());
    if close.is_empty() {
        return line_end();
    }
    let is_long = open.len() > 1;
    let mut ends = inner.match_indices(close).filter(|(at, _)| is_long || !inner.part(..*at).ends_with('\\'));
    let end = ends.next().map(|(at, _)| open.len() + at + close.len());
    // One letter that is never closed opens nothing beyond its line.
    end.filter(|end| is_long || !text.part(..*end).contains('\n'))
        .unwrap_or_else(|| if is_long { text.len() } else { line_end() })
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, code: &str) -> Vec<(String, &'static str)> {
        let words = find(name).unwrap().words(code);
        assert_eq!(words.iter().map(|(word, _)| *word).collect::<String>(), code, "nothing is lost");
        words.into_iter().filter_map(|(word, class)| Some((word.to_owned(), class?))).collect()
    }

    fn of(list: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
        list.iter().map(|(word, class)| ((*word).to_owned(), *class)).collect()
    }

    #[test]
    fn languages_are_told_by_their_words() {
        let bicep = of(&[("param", "k"), ("string", "k"), ("'a\\'b'", "s"), ("// why", "c")]);
        assert_eq!(told("bicep", "param x string = 'a\\'b' // why\n"), bicep);
        let kusto = of(&[("mv-expand", "k"), ("where", "k"), ("ago", "k"), ("1d", "n")]);
        assert_eq!(told("kql", "T | mv-expand x | where t > ago(1d)"), kusto);
        let promql = of(&[("sum", "f"), ("by", "k"), ("rate", "f"), ("\"api\"", "s"), ("5m", "n")]);
        assert_eq!(told("promql", "sum(x) by (y) rate(up{job=\"api\"}[5m])"), promql);
        let gherkin = of(&[("Scenario", "k"), ("Outline", "k"), ("Given", "k")]);
        assert_eq!(told("gherkin", "  Scenario Outline: When a\n    Given a Then b\n"), gherkin);
        assert_eq!(told("vb", "Dim x ' it's\n"), of(&[("Dim", "k"), ("' it's", "c")]));
    }

    #[test]
    fn what_is_never_closed_ends() {
        assert_eq!(told("bicep", "'a\nb /* c"), of(&[("'a", "s"), ("/* c", "c")]));
        assert_eq!(told("bicep", "'''a\nb'''\nc"), of(&[("'''a\nb'''", "s")]));
        assert_eq!(told("kusto", "\"ä"), of(&[("\"ä", "s")]));
    }
}
