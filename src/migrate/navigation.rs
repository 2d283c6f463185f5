//! A navigation, whatever it was read from, and its SUMMARY.md.

use std::fmt::Write as _;

/// An entry of a navigation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NavDraft {
    /// A page, by its path in the content folder. Without a title, it has that of the page.
    Page { title: Option<String>, path: String },
    /// A link to another site.
    Link { title: String, href: String },
    /// A name above other entries.
    Section { title: String, children: Vec<NavDraft> },
}

/// How sections at the top are written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum TopSections {
    /// As parts, which the theme shows as tabs.
    Parts,
    /// As entries with others below them.
    Entries,
}

/// What the name of a section leads to.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum SectionIndex {
    /// The index page of its folder, if that is its first page.
    Merged,
    /// Nothing: the index page is an entry of its own.
    Apart,
}

/// The text of SUMMARY.md.
pub(super) fn summary(entries: &[NavDraft], top: TopSections, index: SectionIndex) -> String {
    let is_section = |entry: &NavDraft| matches!(entry, NavDraft::Section { .. });
    let first = entries.iter().position(is_section).unwrap_or(entries.len());
    let last = entries.iter().rposition(is_section).map_or(first, |at| at + 1);
    let (before, rest) = entries.split_at(first);
    let (sections, after) = rest.split_at(last - first);
    let mut text = String::from("# Summary\n");
    // A page between two parts would belong to the first of them.
    if top == TopSections::Parts && !sections.is_empty() && sections.iter().all(is_section) {
        outside(&mut text, before);
        for section in sections {
            if let NavDraft::Section { title, children } = section {
                let _ = write!(text, "\n# {}\n\n", escaped(title));
                list(&mut text, children, 0, index);
            }
        }
        outside(&mut text, after);
    } else {
        text.push('\n');
        list(&mut text, entries, 0, index);
    }
    text
}

/// Entries outside any list: pages before the first part and after the last.
fn outside(text: &mut String, entries: &[NavDraft]) {
    if !entries.is_empty() {
        text.push('\n');
    }
    for entry in entries {
        let _ = writeln!(text, "{}", link(entry));
    }
}

fn list(text: &mut String, entries: &[NavDraft], depth: usize, index: SectionIndex) {
    for entry in entries {
        let indent = "  ".repeat(depth);
        match entry {
            NavDraft::Section { title, children } => {
                // A section whose first page is its own index is one entry, as Material shows it.
                let (name, children) = match children.split_first() {
                    Some((NavDraft::Page { path, .. }, rest)) if index == SectionIndex::Merged && is_index(path) => {
                        (format!("[{}]({})", escaped(title), destination(path)), rest)
                    }
                    _ => (escaped(title), children.as_slice()),
                };
                if !name.is_empty() && (name.starts_with('[') || !children.is_empty()) {
                    let _ = writeln!(text, "{indent}- {name}");
                    list(text, children, depth + 1, index);
                }
            }
            entry => {
                let _ = writeln!(text, "{indent}- {}", link(entry));
            }
        }
    }
}

fn link(entry: &NavDraft) -> String {
    match entry {
        NavDraft::Page { title, path } => {
            format!("[{}]({})", escaped(title.as_deref().unwrap_or_default()), destination(path))
        }
        NavDraft::Link { title, href } => format!("[{}]({})", escaped(title), destination(href)),
        NavDraft::Section { title, .. } => escaped(title),
    }
}

/// Whether a page is the index of its folder.
pub(super) fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.eq_ignore_ascii_case("index.md") || name.eq_ignore_ascii_case("readme.md")
}

/// A title as Markdown: everything that Markdown would take for markup is escaped.
fn escaped(title: &str) -> String {
    let mut escaped = String::new();
    for (at, c) in title.trim().char_indices() {
        // `1.` and `#` are markup only at the start.
        let at_start = at == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~');
        if at_start || matches!(c, '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '&' | '!' | '|') {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    let digits = title.trim_start().chars().take_while(char::is_ascii_digit).count();
    // `2024. A year` would be an item of a numbered list.
    if digits > 0 && matches!(escaped.chars().nth(digits), Some('.' | ')')) {
        escaped.insert(digits, '\\');
    }
    escaped
}

/// A path as the destination of a link.
fn destination(path: &str) -> String {
    if path.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", path.replace('<', "\\<").replace('>', "\\>"))
    } else {
        path.to_owned()
    }
}
