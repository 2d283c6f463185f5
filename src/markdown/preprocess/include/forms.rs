//! Include directives in braces, one function for each tool that has them.

use super::directive::{Dialect, IncludeDirective, IncludeTarget, IncludedPart, part_of, path_and_part};
use crate::source::Part as _;

/// `{{#include file:part}}`
pub(super) fn mdbook(text: &str, at: usize) -> Option<IncludeDirective> {
    if !["include ", "rustdoc_include "].iter().any(|name| text.part(at + 3..).starts_with(name)) {
        return None;
    }
    // mdBook's `rustdoc_include` keeps the other lines of the file, hidden; here they are left out.
    let end = at + text.part(at..).find("}}").filter(|end| !text.part(at..at + end).contains('\n'))?;
    let inner = text
        .part(at..end)
        .strip_prefix("{{#include")
        .or_else(|| text.part(at..end).strip_prefix("{{#rustdoc_include"))?;
    let target = inner.strip_prefix(' ')?.trim();
    let start = end - inner.trim_start().len();
    let (path, part) = path_and_part(target);
    let targets = vec![IncludeTarget { path: start..start + path.len(), part: part_of(part) }];
    (!path.is_empty()).then(|| IncludeDirective::new(at..end + 2, targets))
}

/// `{{#playground file.rs editable}}`: the file as a block of Rust, with mdBook's words for such blocks.
pub(super) fn playground(text: &str, at: usize) -> Option<IncludeDirective> {
    let inner = text.part(at..).strip_prefix("{{#playground ")?.lines().next()?;
    let inner = inner.part(..inner.find("}}")?);
    let path = inner.split_whitespace().next()?;
    let start = at + "{{#playground ".len() + inner.len() - inner.trim_start().len();
    let words = inner.split_whitespace().skip(1).flat_map(|word| word.split(','));
    let shown_as = std::iter::once("rust").chain(words).collect::<Vec<_>>().join(",");
    let targets = vec![IncludeTarget { path: start..start + path.len(), part: IncludedPart::Whole }];
    let whole = at..at + "{{#playground ".len() + inner.len() + "}}".len();
    Some(IncludeDirective { shown_as: Some(shown_as), ..IncludeDirective::new(whole, targets) })
}

/// `{!file!}`, or `{!file!lines=1 3-8}`, of Markdown-Include.
pub(super) fn markdown_include(text: &str, at: usize) -> Option<IncludeDirective> {
    let line = text.part(at..).lines().next()?;
    let (name, behind) = line.strip_prefix("{!")?.split_once('!')?;
    let (numbers, _) = behind.split_once('}')?;
    let path = name.trim();
    // `{!important!}` is somebody's own mark.
    if path.is_empty() || !path.contains(['.', '/']) {
        return None;
    }
    let start = at + "{!".len() + name.len() - name.trim_start().len();
    let place = start..start + path.len();
    let whole = at..at + "{!".len() + name.len() + "!".len() + numbers.len() + "}".len();
    let parts = match numbers.strip_prefix("lines=") {
        Some(numbers) => numbers.split_whitespace().map(|lines| line_range(lines, '-')).collect::<Option<Vec<_>>>()?,
        None if numbers.is_empty() => vec![IncludedPart::Whole],
        None => return None,
    };
    let targets = parts.into_iter().map(|part| IncludeTarget { path: place.clone(), part }).collect();
    Some(IncludeDirective { dialect: Dialect::Shared, ..IncludeDirective::new(whole, targets) })
}

/// `3`, or `3-8` with a dash between the two.
fn line_range(text: &str, dash: char) -> Option<IncludedPart> {
    let (first, last) = text.split_once(dash).unwrap_or((text, text));
    Some(IncludedPart::Lines(first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// `{* file ln[1:9] hl[3] title["words"] *}`, of Markdown Include Variants: a file as a block of code.
pub(super) fn code_sample(text: &str, at: usize) -> Option<IncludeDirective> {
    let line = text.part(at..).lines().next()?;
    let inner = line.strip_prefix("{* ")?;
    let inner = inner.part(..inner.find("*}")?);
    let path = inner.split_whitespace().next().filter(|path| path.contains('.'))?;
    let start = at + "{* ".len() + inner.len() - inner.trim_start().len();
    let options = inner.part(start + path.len() - at - "{* ".len()..);
    // Emphasis and other words between such marks are no directive.
    if !options.trim().is_empty() && !options.trim_end().ends_with(']') {
        return None;
    }
    let listed = |name: &str| {
        let (_, after) = options.split_once(name)?;
        after.strip_prefix('[')?.split_once(']').map(|(list, _)| list)
    };
    let ranges = |name: &str| {
        let parts = listed(name).unwrap_or_default().split(',').filter(|part| !part.trim().is_empty());
        parts.map(|part| line_range(part, ':')).collect::<Option<Vec<_>>>()
    };
    let (shown, marked) = (ranges("ln")?, ranges("hl")?);
    let language = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let marked: Vec<String> = marked.iter().filter_map(|lines| within_shown(lines, &shown)).collect();
    let marked = if marked.is_empty() { String::new() } else { format!(" hl_lines=\"{}\"", marked.join(" ")) };
    let title = listed("title").map(|title| format!(" title=\"{}\"", title.trim_matches('"')));
    let shown_as = [language, &marked, &title.unwrap_or_default()].concat();
    let parts = if shown.is_empty() { vec![IncludedPart::Whole] } else { shown };
    let place = start..start + path.len();
    let targets = parts.into_iter().map(|part| IncludeTarget { path: place.clone(), part }).collect();
    let whole = at..at + "{* ".len() + inner.len() + "*}".len();
    Some(IncludeDirective { shown_as: Some(shown_as), ..IncludeDirective::new(whole, targets) })
}

/// Numbers of lines of a file, as numbers of the lines that are shown of it: `3-5`.
fn within_shown(lines: &IncludedPart, shown: &[IncludedPart]) -> Option<String> {
    let &IncludedPart::Lines(first, last) = lines else { return None };
    if shown.is_empty() {
        return Some(format!("{first}-{last}"));
    }
    let mut above = 0;
    for part in shown {
        let &IncludedPart::Lines(from, to) = part else { continue };
        if (from..=to).contains(&first) {
            return Some(format!("{}-{}", above + first - from + 1, above + last.min(to) - from + 1));
        }
        above += to.saturating_sub(from) + 1;
    }
    None
}

/// `{% include-markdown "file" start="…" end="…" heading-offset=1 %}`
pub(super) fn include_markdown(text: &str, at: usize) -> Option<IncludeDirective> {
    if !text.part(at + 2..).trim_start().starts_with("include") {
        return None;
    }
    let end = at + text.part(at..).find("%}")?;
    let inner = text.part(at..end).strip_prefix("{%")?.trim_start();
    let own = inner.strip_prefix("include-markdown");
    let dialect = if own.is_some() { Dialect::Own } else { Dialect::Shared };
    let inner = own.or_else(|| inner.strip_prefix("include"))?;
    let quoted = inner.trim_start();
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (path, options) = quoted.part(1..).split_once(quote)?;
    let start = end - quoted.len() + 1;
    let (from, to) = (option(options, "start"), option(options, "end"));
    let part = if from.is_none() && to.is_none() { IncludedPart::Whole } else { IncludedPart::Between(from, to) };
    Some(IncludeDirective {
        whole: at..end + 2,
        targets: vec![IncludeTarget { path: start..start + path.len(), part }],
        heading_offset: option(options, "heading-offset").and_then(|levels| levels.parse().ok()).unwrap_or(0),
        dedents: option(options, "dedent").is_some_and(|dedents| dedents.eq_ignore_ascii_case("true")),
        shown_as: None,
        dialect,
    })
}

/// The value of an option of `include-markdown`.
fn option(options: &str, name: &str) -> Option<String> {
    let (_, after) = options.split_once(&format!("{name}="))?;
    let value = match after.chars().next()? {
        quote @ ('"' | '\'') => after.part(1..).split(quote).next()?,
        _ => after.split_whitespace().next()?,
    };
    Some(value.replace("\\n", "\n"))
}
