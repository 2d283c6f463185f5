//! What starts with a brace or a bracket, in the middle of a text that readers see.

use super::construct::{
    ATTRIBUTES, Construct, EXPRESSION, EXTENSION, LINK, SHORTCODE, SPACED_IMAGE, SPACED_LINK, TASK, TEMPLATE_DIRECTIVE,
    TOC, WIKI_LINK,
};
use super::place::Leak;
use crate::markdown::attributes::Attributes;
use crate::source::Part as _;

/// What starts with `{`, if it is something that another tool reads.
pub(super) fn braces(line: &str) -> Option<Leak<'_>> {
    let (what, inner, end): (&Construct, _, _) = if let Some(inner) = line.strip_prefix("{{<") {
        (&SHORTCODE, inner, ">}}")
    } else if let Some(inner) = line.strip_prefix("{{%") {
        (&SHORTCODE, inner, "%}}")
    } else if let Some(inner) = line.strip_prefix("{%") {
        (&TEMPLATE_DIRECTIVE, inner, "%}")
    } else {
        let inner = line.strip_prefix("{::")?;
        let is_named = inner.starts_with(|first: char| first.is_ascii_lowercase());
        (&EXTENSION, Some(inner).filter(|_| is_named)?, "}")
    };
    let length = line.len() - inner.len() + inner.find(end)? + end.len();
    // What ends a construct is a part of it: both are one slip.
    let name = inner.trim_start_matches(['-', ' ']);
    let is_end = name.starts_with('/') || name.starts_with("end");
    (!is_end).then(|| Leak::new(0..length, what))
}

/// What stands between two braces and is no plain name: `{{#if signed}}`, `{{ fee + 1 }}`, `{{> footer}}`. The names of
/// variables are looked at where these are filled in.
pub(super) fn expression(line: &str) -> Option<Leak<'_>> {
    // The ends of shortcodes belong to their beginnings.
    let inner = line.strip_prefix("{{").filter(|inner| !inner.starts_with(['{', '<', '%']))?;
    let length = inner.find("}}")?;
    let said = inner.part(..length).trim();
    // What filters of other names are for is another tool's business.
    let name = said.split('|').next().unwrap_or_default().trim_end();
    let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let says_something = said.chars().any(char::is_alphanumeric) && !said.contains(['{', '}']);
    (says_something && !is_name && !said.starts_with('/')).then(|| Leak::new(0..length + 4, &EXPRESSION))
}

/// An id or class in a heading that is not quite an attribute list: `{#terms`, `{ # terms }`.
pub(super) fn broken_attributes(line: &str) -> Option<Leak<'_>> {
    let inner = line.strip_prefix('{')?;
    let mark = inner.trim_start();
    let name = mark.strip_prefix(['#', '.'])?.trim_start();
    let length = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(name.len());
    let rest = name.part(length..).trim_start();
    let is_whole = length > 0 && (rest.is_empty() || rest.starts_with('}'));
    if !is_whole || Attributes::read(line).is_some() {
        return None;
    }
    let end = line.len() - rest.strip_prefix('}').unwrap_or(rest).len();
    let range = 0..line.part(..end).trim_end().len();
    let right = format!("{{{}{}}}", mark.part(..1), name.part(..length));
    Some(Leak::new(range.clone(), &ATTRIBUTES).right(range, right))
}

/// What starts with `[`, behind `before` on the same line, if it was meant as a link or a box to tick.
pub(super) fn brackets<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    wiki_link(before, line)
        .or_else(|| box_without_blank(before, line))
        .or_else(|| swapped(before, line))
        .or_else(|| broken_link(before, line))
}

/// `[[Exit terms]]`. Numbers are citations, capitals are blanks to fill in, and code says what it is otherwise.
fn wiki_link<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    let inner = line.strip_prefix("[[")?;
    let end = inner.find("]]")?;
    let (name, after) = (inner.part(..end), inner.part(end + 2..));
    let is_name = name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        && !name.ends_with(' ')
        && !name.contains(['[', ']', '`', '"', '=', '{'])
        && name.contains(char::is_lowercase);
    let is_apart = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | ']' | ')' | '\\'))
        && !after.starts_with(['(', '[', ']', ':']);
    let is_list = matches!(name, "TOC" | "toc" | "_TOC_");
    let what = if is_list { &TOC } else { &WIKI_LINK };
    ((is_name || is_list) && is_apart).then(|| Leak::new(0..end + 4, what))
}

/// `- [] Sign`, a task whose box lacks the blank.
fn box_without_blank<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    let is_first = matches!(before.trim_start_matches(['>', ' ', '\t']), "- " | "* " | "+ ");
    let is_box = is_first && line.starts_with("[] ");
    is_box.then(|| Leak::new(0..2, &TASK).right(0..2, "[ ]".to_owned()))
}

/// `(exit terms)[exit.md]`
fn swapped<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    let open = before.strip_suffix(')')?.rfind('(')?;
    let words = before.part(open + 1..before.len() - 1);
    let (address, _) = line.strip_prefix('[')?.split_once(']')?;
    let is_link = is_address(address) && words.contains(char::is_alphabetic) && !before.part(..open).ends_with(']');
    let right = format!("[{words}]({address})");
    let (whole, back) = (0..address.len() + 2, before.len() - open);
    is_link.then(|| Leak { back, ..Leak::new(whole.clone(), &LINK).right(0..back + whole.end, right) })
}

/// `[exit terms] (exit.md)`, and `[exit terms](exit.md` without an end.
fn broken_link<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    let (words, after) = line.strip_prefix('[')?.split_once(']')?;
    if !words.contains(char::is_alphabetic) || words.contains('[') {
        return None;
    }
    let words_end = words.len() + 2;
    // `[the terms]](terms.md)`; but in `[[bot]](a.md)`, the brackets are a part of the words.
    let is_open = before.matches('[').count() > before.matches(']').count();
    if let Some(inner) = after.strip_prefix("](").filter(|_| !is_open) {
        let end = inner.find(')').filter(|end| is_address(inner.part(..*end)))?;
        let leak = Leak::new(0..words_end + 2 + end + 1, &LINK);
        return Some(leak.right(words_end..words_end + 1, String::new()));
    }
    let blank = after.len() - after.trim_start_matches(' ').len();
    let inner = after.part(blank..).strip_prefix('(')?;
    // `[the terms](https:// example.org)`
    let broken = inner.find(')').filter(|end| blank == 0 && inner.part(..*end).contains(' ') && is_web(inner));
    if let Some(end) = broken {
        return Some(Leak::new(0..words_end + 1 + end + 1, &LINK));
    }
    let length = inner.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(inner.len());
    let end = words_end + blank + 1 + length;
    let is_closed = inner.part(length..).starts_with(')');
    if !is_address(inner.part(..length)) || (!is_closed && (blank > 0 || inner.contains(')'))) {
        return None;
    }
    // `[1] (https://…)` and the like: a note that is followed by its source.
    let leak = Leak::new(0..end + usize::from(is_closed), &LINK);
    match (is_closed, blank) {
        (true, 1) => Some(leak.right(words_end..words_end + 1, String::new())),
        (false, 0) => Some(leak.right(end..end, ")".to_owned())),
        _ => None,
    }
}

/// `[the plan](my plan.md)`, and `![map](our map.png)`: the parser wants an address without spaces.
pub(super) fn link_with_spaces<'t>(before: &str, line: &'t str) -> Option<Leak<'t>> {
    let is_image = before.ends_with('!');
    let (words, after) = line.strip_prefix('[')?.split_once("](")?;
    let inner = after.part(..closing_parenthesis(after)?);
    // A title may follow the address.
    let titled = inner.strip_suffix(['"', '\'']).and_then(|rest| rest.rfind([' ', '\t']).zip(rest.find(['"', '\''])));
    let address = titled.map_or(inner, |(_, title)| inner.part(..title)).trim();
    let is_meant = if is_image { !address.contains(['<', '(']) } else { is_file(address) };
    if words.contains(['[', ']']) || inner.contains('\n') || !address.contains(' ') || !is_meant {
        return None;
    }
    let start = 1 + words.len() + 2 + inner.find(address)?;
    let back = usize::from(is_image);
    let leak = Leak::new(0..1 + words.len() + 2 + inner.len() + 1, if is_image { &SPACED_IMAGE } else { &SPACED_LINK });
    let place = back + start..back + start + address.len();
    Some(Leak { back, ..leak.right(place, address.replace(' ', "%20")) })
}

/// Where the parenthesis ends that a text starts in.
fn closing_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Whether a text with spaces can be nothing but the path of a file or an address.
pub(super) fn is_file(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_extension = |text: &str| {
        (2..=5).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let has_extension = name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && is_extension(end));
    has_extension || text.ends_with('/') || ["./", "../", "/", "#"].iter().any(|start| text.starts_with(start))
}

/// `<other.md>`: between these, the parser wants an address with its scheme.
pub(super) fn bracketed_path(line: &str) -> Option<Leak<'_>> {
    let (path, _) = line.strip_prefix('<')?.split_once('>')?;
    is_address(path).then(|| Leak::new(0..path.len() + 2, &LINK))
}

/// Whether a text can be nothing but the address of something.
fn is_address(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    let is_page = [".md", ".html"].iter().any(|extension| path.len() > extension.len() && path.ends_with(extension));
    let is_path = ["../", "./"].iter().any(|start| text.len() > start.len() && text.starts_with(start));
    (is_page || is_path || is_web(text)) && !text.contains(char::is_whitespace)
}

fn is_web(text: &str) -> bool {
    ["https://", "http://"].iter().any(|start| text.len() > start.len() && text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leak(before: &str, line: &str) -> Option<String> {
        let leak = link_with_spaces(before, line).or_else(|| brackets(before, line)).or_else(|| braces(line))?;
        Some(line[leak.range].to_owned())
    }

    #[test]
    fn what_other_tools_read_is_told_from_what_people_write() {
        for (before, line, whole) in [
            ("See ", "[[Exit terms]] first", "[[Exit terms]]"),
            ("!", "[[map.png]]", "[[map.png]]"),
            ("", "{{< figure src=\"a.png\" >}} x", "{{< figure src=\"a.png\" >}}"),
            ("", "{% include terms.html %}", "{% include terms.html %}"),
            ("- ", "[] Sign", "[]"),
            ("See (it)", "[exit.md].", "[exit.md]"),
            ("See ", "[it] (exit.md#terms) and", "[it] (exit.md#terms)"),
            ("See ", "[it](exit.md and", "[it](exit.md"),
            ("See ", "[it](https:// example.org) and", "[it](https:// example.org)"),
            ("See ", "[the plan](./my plan.md) and", "[the plan](./my plan.md)"),
            ("", "[a](my plan (1).md#b \"A plan\").", "[a](my plan (1).md#b \"A plan\")"),
            ("!", "[](our map)", "[](our map)"),
            ("", "[the\nplan](my plan.md)", "[the\nplan](my plan.md)"),
            ("", "[a]](b.md) and", "[a]](b.md)"),
        ] {
            assert_eq!(leak(before, line).as_deref(), Some(whole), "{line}");
        }
        for (before, line) in [
            ("Test ", "[[ -f exit.md ]]"),
            ("rows", "[[0]]"),
            ("", "[[1]]"),
            ("", "[[COMPANY NAME]]"),
            ("", "[[[:alpha:]]]"),
            ("", "{{ partner }}"),
            ("", "{% endif %}"),
            ("", "{{< /tabs >}}"),
            ("", "[1] (https://example.org/)"),
            ("", "[Partner Name] (see below)"),
            ("f(x)", "[i]"),
            ("- ", "[ ] Sign"),
            ("", "[!] Stop"),
            ("[a", "[bot]](b.md)"),
            ("", "[Company](the Supplier)"),
            ("", "[Company](a party, e.g. Acme)"),
            ("> ", "[!NOTICE]"),
        ] {
            assert_eq!(leak(before, line), None, "{line}");
        }
    }

    #[test]
    fn expressions_are_told_from_names() {
        for line in ["{{#if a}} x", "{{> a}}", "{{ a + 1 }}", "{{a[0]}}", "{{ b c }}"] {
            assert!(expression(line).is_some(), "{line}");
        }
        for line in [
            "{{ a }}",
            "{{a.b-c}}",
            "{{ a | upper }}",
            "{{/if}}",
            "{{}}",
            "{{ … }}",
            "{{{ a b }}}",
            "{{ a b",
            "{ a b }",
        ] {
            assert!(expression(line).is_none(), "{line}");
        }
    }

    #[test]
    fn an_id_that_is_not_closed_is_closed() {
        let right = |line| broken_attributes(line).and_then(|leak| leak.right).map(|(_, right)| right);
        assert_eq!(right("{#terms").as_deref(), Some("{#terms}"));
        assert_eq!(right("{# terms }").as_deref(), Some("{#terms}"));
        assert_eq!(right("{#terms} of exit"), None);
        assert_eq!(right("{ a set }"), None);
    }
}
