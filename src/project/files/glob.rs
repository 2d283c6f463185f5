//! Path patterns, and what their wildcards matched.
//! In: patterns and paths. Out: matches with the text of each wildcard, and paths built from it.
//!
//! `*` matches any part of one name, `**` any number of whole folders, `?` one character. A wildcard doesn't match a
//! name's leading dot. A pattern without wildcards matches its file, and every file in its folder.

use std::fmt;

use super::wildcard::captures;

/// A pattern of paths relative to the root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    written: String,
    parts: Vec<PatternPart>,
    /// Everything before the first wildcard.
    base: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum PatternPart {
    /// `**`
    Folders,
    /// One name, possibly with wildcards.
    Name(String),
}

/// The wildcards of a pattern, in order.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Wildcard {
    InName,
    Folders,
}

/// What the wildcards of a pattern matched in a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Captures {
    texts: Vec<String>,
    /// The path from the first segment with a wildcard on. For a folder without wildcards, the rest of the path; for a
    /// file without wildcards, its name.
    tail: String,
    named: PatternScope,
}

/// What a pattern matched.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum PatternScope {
    /// Exactly this file.
    File,
    /// This file among others.
    Many,
}

/// Why a pattern is invalid, or a destination doesn't fit its pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BadPattern {
    /// It's outside the root.
    OutsideRoot,
    /// `**` next to other characters.
    MixedFolders,
    /// The n-th wildcard (starting at 1) of the destination differs from the n-th of the pattern.
    NoSuchWildcard(usize),
}

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideRoot => f.write_str("it is outside the root"),
            Self::MixedFolders => f.write_str("`**` must be a whole path segment"),
            Self::NoSuchWildcard(n) => write!(f, "its wildcard number {n} differs from wildcard number {n} of `from`"),
        }
    }
}

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// If it's outside the root, or has `**` next to other characters.
    pub fn new(written: &str) -> Result<Self, BadPattern> {
        let mut parts: Vec<PatternPart> = Vec::new();
        for part in written.split('/').filter(|part| !matches!(*part, "" | ".")) {
            match part {
                ".." => {
                    parts.pop().ok_or(BadPattern::OutsideRoot)?;
                }
                "**" => parts.push(PatternPart::Folders),
                name if name.contains("**") => return Err(BadPattern::MixedFolders),
                name => parts.push(PatternPart::Name(name.to_owned())),
            }
        }
        let base = literal_parts(&parts).collect::<Vec<_>>().join("/");
        Ok(Self { written: written.to_owned(), parts, base })
    }

    /// The pattern as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The folder or file that contains everything it matches: everything before the first wildcard.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What the wildcards matched in `path`, or `None` if it doesn't match.
    #[must_use]
    pub fn matches(&self, path: &str) -> Option<Captures> {
        // Most paths fail here, before they are split.
        if !path.starts_with(&self.base) {
            return None;
        }
        // Only now: a site of ten thousand files asks this of each of its mounts.
        let names: Vec<&str> = path.split('/').collect();
        let literal = literal_parts(&self.parts).count();
        let texts = if literal == self.parts.len() { self.below(&names)? } else { self.aligned(&names)? };
        let tail = names.get(literal.min(names.len() - 1)..).unwrap_or_default().join("/");
        let kind = if literal == names.len() { PatternScope::File } else { PatternScope::Many };
        Some(Captures { texts, tail, named: kind })
    }

    /// A pattern without wildcards matches the file itself, or everything in the folder.
    fn below(&self, names: &[&str]) -> Option<Vec<String>> {
        let fits = literal_parts(&self.parts).count() <= names.len()
            && literal_parts(&self.parts).zip(names).all(|(a, b)| a == *b);
        let hidden = names.get(self.parts.len()..)?.iter().any(|name| name.starts_with('.'));
        (fits && !hidden).then(Vec::new)
    }

    /// Backtracking to the last `**` is enough, because it can match whatever an earlier one can. So the cost is at
    /// most the product of both lengths.
    fn aligned(&self, names: &[&str]) -> Option<Vec<String>> {
        let (mut part, mut name) = (0, 0);
        let mut texts: Vec<String> = Vec::new();
        // The part after the last `**`, the first name it did not take, and how many texts there were before it.
        let mut retry: Option<(usize, usize, usize)> = None;
        loop {
            match self.parts.get(part) {
                None if name == names.len() => return Some(texts),
                Some(PatternPart::Folders) => {
                    retry = Some((part + 1, name, texts.len()));
                    texts.push(String::new());
                    part += 1;
                    continue;
                }
                Some(PatternPart::Name(pattern)) => {
                    if let Some(found) = names.get(name).and_then(|name| match_name(pattern, name)) {
                        texts.extend(found);
                        part += 1;
                        name += 1;
                        continue;
                    }
                }
                _ => {}
            }
            let (after, taken, kept) = retry?;
            let next = names.get(taken)?;
            // `**` goes into no hidden folder, or `docs/**` would publish `docs/.obsidian`.
            if next.starts_with('.') {
                return None;
            }
            let mut folders = texts.swap_remove(kept);
            // What wildcards behind the `**` had matched is tried anew from the next name on.
            texts.truncate(kept);
            if !folders.is_empty() {
                folders.push('/');
            }
            folders.push_str(next);
            texts.push(folders);
            (part, name) = (after, taken + 1);
            retry = Some((after, taken + 1, kept));
        }
    }

    fn wildcards(&self) -> Vec<Wildcard> {
        let mut all = Vec::new();
        for part in &self.parts {
            match part {
                PatternPart::Folders => all.push(Wildcard::Folders),
                PatternPart::Name(name) => all.extend(name.chars().filter(|c| *c == '*').map(|_| Wildcard::InName)),
            }
        }
        all
    }
}

/// The destination of the files that a pattern matches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MountTarget(Pattern);

impl MountTarget {
    /// Parses the destination of the files that `from` matches.
    ///
    /// # Errors
    /// If it's outside the root, or has wildcards that `from` doesn't have.
    pub fn new(written: &str, from: &Pattern) -> Result<Self, BadPattern> {
        let to = Pattern::new(written)?;
        let given = from.wildcards();
        match (to.wildcards().iter().enumerate()).find(|(index, wildcard)| given.get(*index) != Some(wildcard)) {
            Some((index, _)) => Err(BadPattern::NoSuchWildcard(index + 1)),
            None => Ok(Self(to)),
        }
    }

    /// The destination of a file with these captures.
    #[must_use]
    pub fn fill(&self, captures: &Captures) -> String {
        let is_folder = self.0.written.ends_with('/') || self.0.parts.is_empty();
        if self.0.wildcards().is_empty() && (is_folder || captures.named == PatternScope::Many) {
            return join(self.0.base(), &captures.tail);
        }
        let mut texts = captures.texts.iter().map(String::as_str);
        let mut path = String::new();
        for part in &self.0.parts {
            let name = match part {
                PatternPart::Folders => texts.next().unwrap_or_default().to_owned(),
                PatternPart::Name(name) => name
                    .split_inclusive('*')
                    .map(|piece| match piece.strip_suffix('*') {
                        Some(before) => format!("{before}{}", texts.next().unwrap_or_default()),
                        None => piece.to_owned(),
                    })
                    .collect(),
            };
            path = join(&path, &name);
        }
        if is_folder { join(&path, captures.tail.rsplit('/').next().unwrap_or_default()) } else { path }
    }
}

fn join(folder: &str, rest: &str) -> String {
    match (folder.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{rest}"),
    }
}

fn literal_parts(parts: &[PatternPart]) -> impl Iterator<Item = &str> {
    parts.iter().map_while(|part| match part {
        PatternPart::Name(name) if !has_wildcard(name) => Some(name.as_str()),
        _ => None,
    })
}

fn has_wildcard(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// The texts of each `*` in one name.
fn match_name(pattern: &str, name: &str) -> Option<Vec<String>> {
    // `*` publishes no `.env` by accident.
    if name.starts_with('.') && !pattern.starts_with('.') {
        return None;
    }
    captures(pattern, name, Some('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mounted(from: &str, to: &str, path: &str) -> Option<String> {
        let from = Pattern::new(from).unwrap();
        let captures = from.matches(path)?;
        Some(MountTarget::new(to, &from).unwrap().fill(&captures))
    }

    #[test]
    fn files_folders_and_patterns_go_where_they_are_sent() {
        let cases = [
            ("QUICKSTART.md", "QUICKSTART.md", "QUICKSTART.md", Some("QUICKSTART.md")),
            ("QUICKSTART.md", "start/quick.md", "QUICKSTART.md", Some("start/quick.md")),
            ("SUPPORT.md", "about/", "SUPPORT.md", Some("about/SUPPORT.md")),
            ("docs/**", "**", "docs/start/ready/01.md", Some("start/ready/01.md")),
            ("docs/**", "/", "docs/index.md", Some("index.md")),
            ("docs", "", "docs/start/index.md", Some("start/index.md")),
            ("docs", "handbook", "docs/start/index.md", Some("handbook/start/index.md")),
            ("docs", "handbook", "docs/index.md", Some("handbook/index.md")),
            ("docs", "handbook", "docs-old/index.md", None),
            (
                ".github/chatmodes/*.chatmode.md",
                "chatmodes/*.md",
                ".github/chatmodes/add-tool.chatmode.md",
                Some("chatmodes/add-tool.md"),
            ),
            (
                ".github/chatmodes/*.chatmode.md",
                "chatmodes/",
                ".github/chatmodes/add-tool.chatmode.md",
                Some("chatmodes/add-tool.chatmode.md"),
            ),
            ("patterns/*/README.md", "patterns/*/README.md", "patterns/rai/README.md", Some("patterns/rai/README.md")),
            ("patterns/*/README.md", "patterns/", "patterns/rai/README.md", Some("patterns/rai/README.md")),
            ("patterns/*/README.md", "x/*", "patterns/a/b/README.md", None),
            ("src/**/*.md", "reference/*.md", "src/a/b/rule.md", None),
            ("src/**/*.md", "reference/**/*.md", "src/a/b/rule.md", Some("reference/a/b/rule.md")),
            ("src/**/*.md", "reference/**/*.md", "src/rule.md", Some("reference/rule.md")),
            ("**/a/**/b/*.md", "**/x/**/*", "q/a/a/b/b/c.md", Some("q/x/a/b/c")),
        ];
        for (from, to, path, expected) in cases {
            let fits = MountTarget::new(to, &Pattern::new(from).unwrap()).is_ok();
            let found = fits.then(|| mounted(from, to, path)).flatten();
            assert_eq!(found.as_deref(), expected, "{from} -> {to} for {path}");
        }
    }

    #[test]
    fn wildcards_leave_hidden_names_alone_unless_the_pattern_names_the_dot() {
        assert!(Pattern::new("docs/**").unwrap().matches("docs/.cache/a.md").is_none());
        assert!(Pattern::new("docs").unwrap().matches("docs/.DS_Store").is_none());
        assert!(Pattern::new("docs/.*").unwrap().matches("docs/.nojekyll").is_some());
    }

    #[test]
    fn bad_patterns_say_why() {
        assert_eq!(Pattern::new("../secret/*"), Err(BadPattern::OutsideRoot));
        assert_eq!(Pattern::new("docs/a**"), Err(BadPattern::MixedFolders));
        let from = Pattern::new("docs/*.md").unwrap();
        assert_eq!(MountTarget::new("x/**/*.md", &from), Err(BadPattern::NoSuchWildcard(1)));
    }
}
