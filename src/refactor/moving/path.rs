//! Rewrites a relative path in the style of its author.
//! In: the path as written, the folder it's relative to and its target, before and after a move. Out: the new path.
//! Moving back restores the original path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Characters that would end a destination, or have another meaning in it.
const PLAIN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'`').add(b'|');
/// The same between `<` and `>`.
const BRACKETED: &AsciiSet = &CONTROLS.add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\');

/// A path in some tree, from its root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TreePath {
    parts: Vec<String>,
    /// Whether it has a trailing slash.
    is_folder: bool,
}

impl TreePath {
    pub(super) fn new(path: &str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { parts, is_folder: path.ends_with('/') || path.is_empty() }
    }

    /// Its folders and its name.
    pub(super) fn into_parts(self) -> Vec<String> {
        self.parts
    }

    /// Without a trailing slash.
    pub(super) fn into_file(mut self) -> Self {
        self.is_folder = false;
        self
    }

    pub(super) fn into_folder(mut self) -> Self {
        self.is_folder = true;
        self
    }
}

/// How a destination is quoted.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Quoting {
    /// Not at all: a space would end it.
    Bare,
    /// Between `<` and `>`.
    Bracketed,
    /// It isn't part of a URL, so nothing is escaped.
    Verbatim,
}

/// The path from the folder `from` to `to`, written in the style of `written`, which was the path from `old_from` to
/// `old_to`.
pub(super) fn rewritten(
    written: &str,
    quoting: Quoting,
    old: (&[String], &TreePath),
    new: (&[String], &TreePath),
) -> String {
    let dots = written.len() - written.trim_start_matches("./").len();
    let (dots, rest) = written.split_at(dots);
    let decoded: Vec<Cow<'_, str>> = rest.split('/').map(|part| decode(part, quoting)).collect();
    let minimal_before = shortest(old.0, old.1);
    let was_minimal = same(&decoded, &minimal_before);
    let minimal = shortest(new.0, new.1);
    let parts = if was_minimal { minimal } else { roundabout(&decoded, new.0, new.1, minimal) };
    let raw: Vec<&str> = rest.split('/').collect();
    let spelt = parts.iter().map(|part| {
        let known = decoded.iter().position(|old| old == part);
        known.map_or_else(|| encode(part, quoting), |at| raw.get(at).copied().unwrap_or_default().to_owned())
    });
    let mut text = spelt.collect::<Vec<_>>().join("/");
    if new.1.is_folder && !text.is_empty() && (written.ends_with('/') || parts.last().is_none_or(|part| part != "..")) {
        text.push('/');
    }
    let text = format!("{dots}{text}");
    if text.is_empty() { "./".to_owned() } else { text }
}

/// The segments of the shortest path from a folder to a target.
fn shortest(from: &[String], to: &TreePath) -> Vec<String> {
    let folders = if to.is_folder { to.parts.len() } else { to.parts.len().saturating_sub(1) };
    let shared = from.iter().zip(to.parts.iter().take(folders)).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    up.chain(to.parts.iter().skip(shared).cloned()).collect()
}

fn same(written: &[Cow<'_, str>], parts: &[String]) -> bool {
    let written = written.strip_suffix(&[Cow::Borrowed("")]).unwrap_or(written);
    written.len() == parts.len() && written.iter().zip(parts).all(|(a, b)| a == b)
}

/// A path that was longer than necessary stays so: `../docs/nda.md`, relative to `docs`. Of all paths that go up as far
/// as the old one, this is the shortest, so moving back restores the old one.
fn roundabout(written: &[Cow<'_, str>], from: &[String], to: &TreePath, minimal: Vec<String>) -> Vec<String> {
    let mut at: Vec<String> = from.to_vec();
    let mut best: Option<Vec<String>> = None;
    let ups = written.iter().take_while(|part| *part == "..").count();
    for (count, part) in written.iter().enumerate().take(written.len().saturating_sub(1)) {
        match part.as_ref() {
            "" | "." => {}
            ".." => {
                if at.pop().is_none() {
                    break;
                }
            }
            name => at.push(name.to_owned()),
        }
        let mut way: Vec<String> = written.iter().take(count + 1).map(ToString::to_string).collect();
        way.extend(shortest(&at, to));
        if count + 1 >= ups && way != minimal && best.as_ref().is_none_or(|best| way.len() < best.len()) {
            best = Some(way);
        }
    }
    let detour = || from.last().map(|own| ["..".to_owned(), own.clone()].into_iter().chain(minimal.clone()).collect());
    best.or_else(detour).unwrap_or(minimal)
}

fn decode(part: &str, quoting: Quoting) -> Cow<'_, str> {
    match quoting {
        Quoting::Verbatim => Cow::Borrowed(part),
        Quoting::Bare | Quoting::Bracketed => percent_decode_str(part).decode_utf8_lossy(),
    }
}

fn encode(part: &str, quoting: Quoting) -> String {
    let balanced = part.matches('(').count() == part.matches(')').count() && part.find(')') >= part.find('(');
    match quoting {
        Quoting::Verbatim => part.to_owned(),
        Quoting::Bracketed => utf8_percent_encode(part, BRACKETED).to_string(),
        Quoting::Bare if balanced => utf8_percent_encode(part, PLAIN).to_string(),
        Quoting::Bare => utf8_percent_encode(part, PLAIN).to_string().replace('(', "%28").replace(')', "%29"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folder(path: &str) -> Vec<String> {
        TreePath::new(path).parts
    }

    #[test]
    fn a_path_keeps_its_style() {
        let cases = [
            // written, from, to, from now, to now, expected
            ("nda.md", "docs", "docs/nda.md", "docs", "docs/legal/nda.md", "legal/nda.md"),
            ("./nda.md", "docs", "docs/nda.md", "docs", "docs/b.md", "./b.md"),
            ("../docs/nda.md", "docs", "docs/nda.md", "docs", "docs/b.md", "../docs/b.md"),
            ("legal/", "docs", "docs/legal/", "docs/x", "docs/legal/", "../legal/"),
            ("nda.md", "docs", "docs/nda.md", "docs", "docs/a b.md", "a%20b.md"),
            ("../", "docs/x", "docs/", "docs/x/y", "docs/", "../../"),
            ("legal/", "docs", "docs/legal/", "docs/legal", "docs/legal/", "./"),
        ];
        for (written, from, to, from_now, to_now, expected) in cases {
            let new = rewritten(
                written,
                Quoting::Bare,
                (&folder(from), &TreePath::new(to)),
                (&folder(from_now), &TreePath::new(to_now)),
            );
            assert_eq!(new, expected, "{written} from {from}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_gives_the_path_there_was(
            from in "(d|e|d/e|d/e/f)", file in "(d|e|d/e|x)/[ab]\\.md", now in "(d|e|d/e|y)/[abc]\\.md",
            up in 0..3_usize, dots in prop::bool::ANY,
        ) {
            let base = folder(&from);
            // A path that goes up further than necessary, and down again.
            let mut written = shortest(&base, &TreePath::new(&file)).join("/");
            if up > 0 && up <= base.len() {
                let mut parts = vec!["..".to_owned(); up];
                parts.extend(shortest(&base[..base.len() - up], &TreePath::new(&file)));
                written = parts.join("/");
            }
            if dots {
                written.insert_str(0, "./");
            }
            let (old, new) = (TreePath::new(&file), TreePath::new(&now));
            let there = rewritten(&written, Quoting::Bare, (&base, &old), (&base, &new));
            let back = rewritten(&there, Quoting::Bare, (&base, &new), (&base, &old));
            prop_assert_eq!(back, written);
        }
    }
}
