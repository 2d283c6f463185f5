//! Values as text, wherever in Markdown they are put.
//! In: a value, and what is around its place. Out: the same, so that readers read it as it was given.
//! Never knows: which value it is, or how the place was found.
//!
//! The script of the form does the same in the browser: what is downloaded there is what the program writes.

use crate::html::escaped;
use crate::url::AddressPart;

/// What is around a place where a value is put.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Within {
    /// A line of text; at the beginning of a block, its first letters may mean a list or a heading.
    Text {
        /// Whether a block begins here.
        begins: bool,
    },
    /// The cell of a table.
    Cell,
    /// Code, whose further lines begin like this.
    Code(String),
    /// Raw HTML between tags.
    Html,
    /// An attribute, or the title of a link.
    Attribute,
    /// The title of a callout or a tab, between quotes.
    Quoted,
    /// The text of a node or an arrow in a diagram, between quotes.
    Label,
    /// The address of a link in Markdown.
    Address(AddressPart),
    /// An address in an attribute.
    HtmlAddress(AddressPart),
}

impl Within {
    /// A short name for the script in the browser.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Text { begins: false } => "t",
            Self::Text { begins: true } => "b",
            Self::Cell => "c",
            Self::Code(_) => "k",
            Self::Html => "h",
            Self::Attribute => "h ",
            Self::Quoted => "q",
            Self::Label => "m",
            Self::Address(AddressPart::Start) => "as",
            Self::Address(AddressPart::Path) => "ap",
            Self::Address(AddressPart::Query) => "aq",
            Self::HtmlAddress(AddressPart::Start) => "Hs",
            Self::HtmlAddress(AddressPart::Path) => "Hp",
            Self::HtmlAddress(AddressPart::Query) => "Hq",
        }
    }

    /// A value, as it is written here.
    #[must_use]
    pub fn put(&self, value: &str) -> String {
        // The lines of a form end as its system ends them; of a very old one, with a carriage return alone.
        let value = value.trim().replace("\r\n", "\n").replace('\r', "\n");
        match self {
            Self::Text { begins } => line(&value, |text| markdown(text, *begins, false)),
            Self::Cell => line(&value, |text| markdown(text, false, true)),
            Self::Code(indent) => value.replace('\n', &format!("\n{indent}")),
            Self::Html => line(&value, html),
            Self::Attribute => html(&value.split_whitespace().collect::<Vec<_>>().join(" ")),
            Self::Quoted => line(&value, |text| markdown(text, false, false).replace('"', "&quot;")),
            Self::Label => line(&value, label),
            Self::Address(part) => part.encoded(&value),
            Self::HtmlAddress(part) => escaped(&part.encoded(&value)),
        }
    }
}

/// A value of several lines on one line.
fn line(value: &str, escape: impl Fn(&str) -> String) -> String {
    value.split('\n').map(|text| escape(text.trim())).collect::<Vec<_>>().join("<br>")
}

/// A text in raw HTML, of which Markdown may read some.
fn html(text: &str) -> String {
    // The attribute may stand in single quotes, and Markdown may read escapes and attribute lists in what surrounds it.
    escaped(text).replace('\'', "&#39;").replace('\\', "&#92;").replace('{', "&#123;")
}

/// A text between quotes in a diagram, whose signs have names of their own.
fn label(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().copied().enumerate() {
        let rest = letters.get(at + 1..).unwrap_or_default();
        match letter {
            '"' => out.push_str("#quot;"),
            '`' => out.push_str("#96;"),
            '#' if is_entity(rest) => out.push_str("#35;"),
            '&' if is_entity(rest) => out.push_str("#amp;"),
            '<' if opens_tag(rest) => out.push_str("#lt;"),
            _ => out.push(letter),
        }
    }
    out
}

/// A line of text in which no sign means anything. Only signs that would are escaped: most values stay as they are.
fn markdown(text: &str, begins: bool, in_cell: bool) -> String {
    // Before any sign is looked at: a tab behind `1.` begins a list as a blank does.
    let letters: Vec<char> = text.chars().map(|letter| if letter == '\t' { ' ' } else { letter }).collect();
    let first = if begins { block_mark(&letters) } else { None };
    let has_formula = letters.iter().filter(|letter| **letter == '$').count() > 1;
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at).copied());
        let rest = letters.get(at + 1..).unwrap_or_default();
        let next = rest.first().copied();
        let is_sign = match letter {
            '*' | '`' | '[' | ']' | '{' | '~' | '^' => true,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            // `a_b` is one word, and names of files are full of them.
            '_' => !(is_word(before) && is_word(next)),
            '=' | '+' => before == Some(letter) || next == Some(letter),
            // One alone is a price.
            '$' => has_formula,
            '|' => in_cell,
            '#' => before == Some(' ') && rest.iter().all(|letter| *letter == '#'),
            ':' => !is_word(before) && is_shortcode(rest),
            _ => false,
        };
        match letter {
            '<' if opens_tag(rest) => out.push_str("&lt;"),
            '&' if is_entity(rest) => out.push_str("&amp;"),
            _ => {
                if is_sign || first == Some(at) {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    out
}

/// The sign that would make a block of what begins a line: of a heading, a list, a quote, a rule, a table.
fn block_mark(letters: &[char]) -> Option<usize> {
    let first = *letters.first()?;
    let next = letters.get(1).copied();
    let stands_alone = next.is_none_or(|next| next == ' ' || next == first);
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    match first {
        '#' | '>' | '|' => Some(0),
        '-' | '+' | '=' | ':' | '!' | '?' if stands_alone => Some(0),
        _ if (1..10).contains(&digits) && matches!(letters.get(digits), Some('.' | ')')) => {
            letters.get(digits + 1).is_none_or(|after| *after == ' ').then_some(digits)
        }
        _ => None,
    }
}

/// Whether `<` before this may begin a tag.
fn opens_tag(rest: &[char]) -> bool {
    rest.first().is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

/// Whether `:` before this is the first of a shortcode: `:smile:`.
fn is_shortcode(rest: &[char]) -> bool {
    let is_part = |letter: &&char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '+' | '-');
    let length = rest.iter().take_while(is_part).count();
    length > 0 && rest.get(length) == Some(&':')
}

/// Whether `&` before this begins an entity: `&amp;`.
fn is_entity(rest: &[char]) -> bool {
    let length = rest.iter().take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '#').count();
    length > 0 && rest.get(length) == Some(&';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_values_stay_as_they_are() {
        for value in ["Smith & Sons (UK) Ltd.", "A/S Møller-Holst", "R&D", "$500", "a_b", "5 < 6 > 4", "10:30:45", "C#"]
        {
            assert_eq!(Within::Text { begins: true }.put(value), value);
            assert_eq!(Within::Cell.put(value), value);
        }
    }

    #[test]
    fn signs_of_markdown_are_escaped_where_they_would_mean_something() {
        let text = |value: &str| Within::Text { begins: false }.put(value);
        assert_eq!(text("Acme *North* <b>Ltd</b>"), "Acme \\*North\\* &lt;b>Ltd&lt;/b>");
        assert_eq!(text("a\\*b c\\d &amp; [x](y) _z_"), "a\\\\\\*b c\\d &amp;amp; \\[x\\](y) \\_z\\_");
        assert_eq!(text("1 High Street \n Dublin"), "1 High Street<br>Dublin");
        assert_eq!(text("{{ a }} :tada: ==b== C #"), "\\{\\{ a }} \\:tada: \\=\\=b\\=\\= C \\#");
        assert_eq!(Within::Cell.put("A | B"), "A \\| B");
    }

    #[test]
    fn what_begins_a_block_begins_none() {
        let begins = |value: &str| Within::Text { begins: true }.put(value);
        for (value, put) in [
            ("# A", "\\# A"),
            ("1. FC", "1\\. FC"),
            ("- a", "\\- a"),
            ("> a", "\\> a"),
            ("---", "\\---"),
            ("1.\tFC", "1\\. FC"),
            ("-\ta", "\\- a"),
            ("a\r- ", "a<br>\\-"),
            ("+49 30", "+49 30"),
            ("1.5 %", "1.5 %"),
        ] {
            assert_eq!(begins(value), put);
        }
    }

    #[test]
    fn html_code_and_addresses_have_their_own_signs() {
        let value = "A \"B\" <c>\nd";
        assert_eq!(Within::Html.put(value), "A &quot;B&quot; &lt;c&gt;<br>d");
        assert_eq!(Within::Attribute.put(value), "A &quot;B&quot; &lt;c&gt; d");
        assert_eq!(Within::Quoted.put("A \"B\" *c*\nd"), "A &quot;B&quot; \\*c\\*<br>d");
        assert_eq!(
            Within::Label.put("A & \"B\" <c> C# #1; &lt;\nd"),
            "A & #quot;B#quot; #lt;c> C# #35;1; #amp;lt;<br>d"
        );
        assert_eq!(Within::Code("  ".to_owned()).put(value), "A \"B\" <c>\n  d");
        assert_eq!(Within::Address(AddressPart::Query).put(value), "A%20%22B%22%20%3Cc%3E%0Ad");
        assert_eq!(Within::HtmlAddress(AddressPart::Start).put("a?b&c"), "a?b&amp;c");
    }
}
