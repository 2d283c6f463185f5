//! Redirects in the front matter of pages that move, and in the files of playbooks.
//! In: pages and playbooks whose address changes. Out: edits that note the old address, or take it away where a page
//! comes back.
//! Never knows: what a redirect looks like on the wire.

use super::Scene;
use crate::playbook::Playbook;
use crate::site::{Content, Site, SitePage};
use crate::text::{Located, Part as _, SourceId, Sources, Span};
use crate::url::SitePath;

/// Something that moves, and the addresses that lead to it already.
struct Moved<'a> {
    source: SourceId,
    address: &'a SitePath,
    olds: &'a [Located<String>],
    place: Place,
}

/// Where a first redirect is noted.
enum Place {
    /// In this front matter, or in one to be made.
    Head(Option<Head>),
    /// In a file that is keys and values, where a line with a key of its own can begin.
    Line(usize),
}

impl Scene<'_> {
    /// The old address of each page and playbook that moves leads to the new one. One that comes back to an address
    /// which it had before only loses the redirect from there: nobody was sent to the place in between for long.
    pub(super) fn redirects(&mut self) {
        let (before, sources) = (self.before, self.sources);
        for page in &before.pages {
            let Some(own) = page.source.as_ref().filter(|own| self.moved.moves(own)) else { continue };
            // A file that is no playbook any more has nobody who reads where it was.
            if matches!(page.content, Content::Playbook(_)) && self.playbook_id_now(&self.moved.apply(own)).is_none() {
                continue;
            }
            let Some(now) = self.now(own).map(|places| places.address.clone()) else { continue };
            // Nobody has a link to the page that stands for addresses that are none.
            let is_error_page = page.address.as_str() == "/404.html";
            if now == page.address || is_error_page {
                continue;
            }
            let Some(moved) = moving(before, sources, page) else { continue };
            match moved.olds.iter().position(|old| is_address(&old.value, &now)) {
                Some(at) => self.take_back(&moved, at),
                None => self.note(&moved),
            }
        }
    }

    /// Adds an address to the redirects.
    fn note(&mut self, moved: &Moved<'_>) {
        let Moved { source, address, olds, place } = moved;
        let text = self.sources.get(*source).text();
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (at, new) = match (olds.last(), place) {
            (Some(last), _) => {
                let end = last.span.range().end;
                // Behind the quote that ends it.
                let end = end + usize::from(text.part(end..).starts_with(['"', '\'']));
                let start = last.span.range().start;
                let line = line_of(text, start).start;
                let lead = text.part(line..start);
                if lead.trim_start().starts_with('-') {
                    let lead = lead.trim_end_matches(['"', '\'']);
                    (end, format!("{line_break}{lead}{address}"))
                } else if lead.contains('[') {
                    (end, format!(", {address}"))
                } else {
                    // One address became two: the value becomes a list.
                    let start = start - usize::from(lead.ends_with(['"', '\'']));
                    self.replace(Span::new(*source, start..start), "[");
                    (end, format!(", {address}]"))
                }
            }
            (None, Place::Head(Some(head))) => (head.end, format!("redirect_from: [{address}]{line_break}")),
            (None, Place::Head(None)) => {
                let lines = ["---", "redirect_from:", &format!("  - {address}"), "---", ""];
                (0, lines.join(line_break))
            }
            (None, Place::Line(at)) => {
                let is_at_start = *at == 0 || text.part(..*at).ends_with('\n');
                let before = if is_at_start { "" } else { line_break };
                (*at, format!("{before}redirect_from: [{address}]{line_break}"))
            }
        };
        self.replace(Span::new(*source, at..at), &new);
    }

    /// Takes an address off the redirects, and the key, or the whole front matter, that holds nothing else.
    fn take_back(&mut self, moved: &Moved<'_>, at: usize) {
        let Moved { source, olds, place, .. } = moved;
        let text = self.sources.get(*source).text();
        let old = olds[at].span.range();
        let line = line_of(text, old.start);
        let in_list = text.part(line.start..old.start).trim_start().starts_with('-');
        let range = match (olds.len(), in_list) {
            (1, true) => {
                let key = line_of(text, line.start.saturating_sub(1));
                let both = key.start..line.end;
                match place {
                    Place::Head(Some(head)) if both == (head.start..head.end) => 0..head.body,
                    Place::Head(_) | Place::Line(_) => both,
                }
            }
            (1, false) | (_, true) => line,
            (_, false) if at > 0 => olds[at - 1].span.range().end..old.end,
            (_, false) => old.start..olds[at + 1].span.range().start,
        };
        self.replace(Span::new(*source, range), "");
    }
}

/// What moves with a page: its file, or that of the playbook that it shows.
fn moving<'a>(site: &'a Site, sources: &Sources, page: &'a SitePage) -> Option<Moved<'a>> {
    match &page.content {
        Content::Markdown(written) => {
            let place = Place::Head(Head::of(sources.get(written.source).text()));
            Some(Moved { source: written.source, address: &page.address, olds: &written.front.redirect_from, place })
        }
        Content::Playbook(id) => {
            let playbook = &site.playbook(*id).playbook;
            let source = playbook.start.source;
            let place = Place::Line(line_for_key(playbook, sources.get(source).text())?);
            Some(Moved { source, address: &page.address, olds: &playbook.redirect_from, place })
        }
        Content::Playbooks | Content::Tags | Content::Tag(_) | Content::AllPages | Content::NotFound => None,
    }
}

/// Where a line with another key can begin in a playbook: behind its name. Nowhere in one whose keys stand in braces.
fn line_for_key(playbook: &Playbook, text: &str) -> Option<usize> {
    let name = playbook.name.span.range();
    let lines = || text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)));
    let is_key = |line: &str| line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
    let first = lines().find(|(_, line)| is_key(line)).map(|(at, _)| at)?;
    if name.is_empty() {
        return Some(first);
    }
    (first < name.start).then(|| line_of(text, name.end).end)
}

/// Whether an address that somebody wrote is this one.
fn is_address(written: &str, address: &SitePath) -> bool {
    SitePath::new(written).as_str().trim_end_matches('/') == address.as_str().trim_end_matches('/')
}

/// The head of a text, in bytes.
struct Head {
    /// Where its keys begin and end.
    start: usize,
    end: usize,
    /// Where the text begins.
    body: usize,
}

impl Head {
    fn of(text: &str) -> Option<Self> {
        let head = crate::page::front_matter::split(text)?;
        Some(Self { start: head.inside.start, end: head.inside.end, body: head.body })
    }
}

/// The line that holds a byte, with its break.
fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text.part(..at).rfind('\n').map_or(0, |at| at + 1);
    start..text.part(at..).find('\n').map_or(text.len(), |end| at + end + 1)
}
