//! Edits that add an address to `redirect_from` in a page's front matter or a playbook, or remove one.

use std::ops::Range;

use super::{PageContent, Site, SitePage};
use crate::diagnostic::Edit;
use crate::page::front_matter::{FrontMatterFormat, split};
use crate::playbook::Playbook;
use crate::source::{Located, Part as _, SourceId, Sources, Span};
use crate::url::SitePath;

/// The old addresses that a page or the file of its playbook names, and where to add more.
#[derive(Debug)]
pub struct RedirectNotes<'a> {
    source: SourceId,
    text: &'a str,
    olds: &'a [Located<String>],
    place: Place,
}

/// Where a first address is noted.
#[derive(Debug)]
enum Place {
    /// At the end of the keys of this front matter.
    Head(RecordHead),
    /// In a front matter that is to be made.
    NoHead,
    /// In a file that is keys and values, where a line with a key of its own can begin.
    Line(usize),
}

/// The front matter of a text, in bytes.
#[derive(Debug)]
struct RecordHead {
    keys: Range<usize>,
    /// Where the text begins.
    body: usize,
}

impl Site {
    /// The old addresses that this page names. Nothing for pages that nobody wrote, and for files whose keys have no
    /// place for another.
    #[must_use]
    pub fn redirect_notes<'a>(&'a self, page: &'a SitePage, sources: &'a Sources) -> Option<RedirectNotes<'a>> {
        match &page.content {
            PageContent::Markdown(written) => {
                let text = sources.get(written.source).text();
                let place = match split(text) {
                    // In TOML, a line at the end would belong to the last table.
                    Some(head) if head.format != FrontMatterFormat::Yaml => return None,
                    Some(head) => Place::Head(RecordHead { keys: head.inside, body: head.body }),
                    None => Place::NoHead,
                };
                Some(RedirectNotes { source: written.source, text, olds: &written.front.redirect_from, place })
            }
            PageContent::Playbook(id) => {
                let playbook = &self.playbook(*id).playbook;
                let source = playbook.start.source;
                let text = sources.get(source).text();
                let place = Place::Line(line_for_key(playbook, text)?);
                Some(RedirectNotes { source, text, olds: &playbook.redirect_from, place })
            }
            PageContent::Playbooks
            | PageContent::Tags
            | PageContent::Tag(_)
            | PageContent::AllPages
            | PageContent::NotFound => None,
        }
    }
}

impl RedirectNotes<'_> {
    /// Which of them is this address.
    #[must_use]
    pub fn position(&self, address: &SitePath) -> Option<usize> {
        let written = address.written();
        let plain = |address: &str| address.trim_matches('/').to_owned();
        self.olds.iter().position(|old| [address.as_str(), &written].map(plain).contains(&plain(&old.value)))
    }

    /// The edits that add addresses. They belong together.
    #[must_use]
    pub fn add(&self, addresses: &[&SitePath]) -> Vec<Edit> {
        // As the file has it: a lone `\n` among `\r\n` shows in every diff.
        let line_break = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let values: Vec<String> = addresses.iter().map(|address| value(address)).collect();
        let all = values.join(", ");
        match (self.olds.last(), &self.place) {
            (Some(last), _) => self.add_behind(last.span.range(), &values, line_break),
            (None, Place::Head(head)) => {
                vec![self.insert(head.keys.end, format!("redirect_from: [{all}]{line_break}"))]
            }
            (None, Place::NoHead) => {
                let entries = values.iter().map(|value| format!("  - {value}"));
                let lines: Vec<String> =
                    ["---", "redirect_from:"].map(str::to_owned).into_iter().chain(entries).collect();
                vec![self.insert(0, format!("{}{line_break}---{line_break}", lines.join(line_break)))]
            }
            (None, Place::Line(at)) => {
                let is_at_start = *at == 0 || self.text.part(..*at).ends_with('\n');
                let before = if is_at_start { "" } else { line_break };
                vec![self.insert(*at, format!("{before}redirect_from: [{all}]{line_break}"))]
            }
        }
    }

    /// Adds values in the way that the last one is written.
    fn add_behind(&self, last: Range<usize>, values: &[String], line_break: &str) -> Vec<Edit> {
        let text = self.text;
        // The span ends before a closing quote; the new text goes after it.
        let end = last.end + usize::from(text.part(last.end..).starts_with(['"', '\'']));
        let lead = text.part(line_of(text, last.start).start..last.start);
        let rest: String = values.iter().map(|value| format!(", {value}")).collect();
        if lead.trim_start().starts_with('-') {
            let lead = lead.trim_end_matches(['"', '\'']);
            vec![self.insert(end, values.iter().map(|value| format!("{line_break}{lead}{value}")).collect())]
        } else if self.olds.len() > 1 || lead.contains('[') {
            vec![self.insert(end, rest)]
        } else {
            // One address became several: the value becomes a list.
            let start = last.start - usize::from(lead.ends_with(['"', '\'']));
            vec![self.insert(start, "[".to_owned()), self.insert(end, format!("{rest}]"))]
        }
    }

    /// The edit that removes an address, with its key or the whole front matter if nothing else is in it.
    #[must_use]
    pub fn take_back(&self, at: usize) -> Edit {
        let Self { text, olds, place, .. } = self;
        let of = |at: Option<usize>| at.and_then(|at| olds.get(at)).map(|old| old.span.range());
        let old = of(Some(at)).unwrap_or_default();
        let line = line_of(text, old.start);
        let in_list = text.part(line.start..old.start).trim_start().starts_with('-');
        let range = match (olds.len(), in_list) {
            (1, true) => {
                let key = line_of(text, line.start.saturating_sub(1));
                let both = key.start..line.end;
                match place {
                    // Nothing else is in it, as in one that `add` made: moving a page there and back leaves the file
                    // as it was.
                    Place::Head(head) if both == head.keys => 0..head.body,
                    Place::Head(_) | Place::NoHead | Place::Line(_) => both,
                }
            }
            (1, false) | (_, true) => line,
            // In `[/a/, /b/]` the comma goes too: the one before the address, or, for the first, the one after it.
            (_, false) => match (of(at.checked_sub(1)), of(at.checked_add(1))) {
                (Some(before), _) => before.end..old.end,
                (None, Some(after)) => old.start..after.start,
                (None, None) => line,
            },
        };
        Edit { span: Span::new(self.source, range), replacement: String::new() }
    }

    fn insert(&self, at: usize, replacement: String) -> Edit {
        Edit { span: Span::new(self.source, at..at), replacement }
    }
}

/// An address as a value of YAML, in a list or alone.
fn value(address: &SitePath) -> String {
    let written = address.written();
    // Quoted when in doubt: in YAML, `: `, ` #` and a leading `*` all mean something.
    let is_plain = written.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.'));
    if is_plain { written } else { format!("\"{}\"", written.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// Where a line with a new key can begin in a playbook: after its name. Nowhere if its keys are in braces.
fn line_for_key(playbook: &Playbook, text: &str) -> Option<usize> {
    let name = playbook.name.span.range();
    let lines = || text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)));
    // Comments, `---` and indented lines can't be the first key; a new key above them would end up in the wrong
    // place.
    let is_key = |line: &str| line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
    let first = lines().find(|(_, line)| is_key(line)).map(|(at, _)| at)?;
    if name.is_empty() {
        return Some(first);
    }
    (first < name.start).then(|| line_of(text, name.end).end)
}

/// The line that holds a byte, with its break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text.part(..at).rfind('\n').map_or(0, |at| at + 1);
    start..text.part(at..).find('\n').map_or(text.len(), |end| at + end + 1)
}
