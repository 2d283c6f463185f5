//! Redirects in the front matter of pages that move.
//! In: pages whose address changes. Out: edits that note the old address, or take it away where a page comes back.
//! Never knows: what a redirect looks like on the wire.

use super::Scene;
use crate::site::SitePage;
use crate::text::{SourceId, Span};
use crate::url::SitePath;

impl Scene<'_> {
    /// The old address of each page that moves leads to the new one. A page that comes back to an address which it
    /// had before only loses the redirect from there: nobody was sent to the place in between for long.
    pub(super) fn redirects(&mut self) {
        let before = self.before;
        for page in &before.pages {
            let (Some(own), Some(compiled)) = (page.source.clone(), page.markdown()) else { continue };
            let Some(now) = self.now(&own).map(|places| places.address.clone()) else { continue };
            // Nobody has a link to the page that stands for addresses that are none.
            let is_error_page = page.address.as_str() == "/404.html";
            if !self.moved.moves(&own) || now == page.address || is_error_page {
                continue;
            }
            match returns_to(page, &now) {
                Some(at) => self.take_back(compiled.source, (page, at)),
                None => self.note(compiled.source, page),
            }
        }
    }

    /// Adds an address to a page's redirects.
    fn note(&mut self, source: SourceId, page: &SitePage) {
        let text = self.sources.get(source).text();
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let address = &page.address;
        let olds = page.markdown().map_or(&[][..], |page| &page.front.redirect_from);
        let (at, new) = match (olds.last(), Head::of(text)) {
            (Some(last), _) => {
                let end = last.span.range().end;
                let line = text[..last.span.range().start].rfind('\n').map_or(0, |at| at + 1);
                let lead = &text[line..last.span.range().start];
                if lead.trim_start().starts_with('-') {
                    (end, format!("{line_break}{lead}{address}"))
                } else if lead.contains('[') {
                    (end, format!(", {address}"))
                } else {
                    // One address became two: the value becomes a list.
                    let start = last.span.range().start;
                    self.replace(Span::new(source, start..start), "[");
                    (end, format!(", {address}]"))
                }
            }
            (None, Some(head)) => (head.end, format!("redirect_from: [{address}]{line_break}")),
            (None, None) => {
                let lines = ["---", "redirect_from:", &format!("  - {address}"), "---", ""];
                (0, lines.join(line_break))
            }
        };
        self.replace(Span::new(source, at..at), &new);
    }

    /// Takes an address off a page's redirects, and the key, or the whole head, that holds nothing else.
    fn take_back(&mut self, source: SourceId, (page, at): (&SitePage, usize)) {
        let text = self.sources.get(source).text();
        let Some(head) = Head::of(text) else { return };
        let olds = page.markdown().map_or(&[][..], |page| &page.front.redirect_from);
        let old = olds[at].span.range();
        let line = line_of(text, old.start);
        let in_list = text[line.start..old.start].trim_start().starts_with('-');
        let range = match (olds.len(), in_list) {
            (1, true) => {
                let key = line_of(text, line.start.saturating_sub(1));
                let both = key.start..line.end;
                if both == (head.start..head.end) { 0..head.body } else { both }
            }
            (1, false) | (_, true) => line,
            (_, false) if at > 0 => olds[at - 1].span.range().end..old.end,
            (_, false) => old.start..olds[at + 1].span.range().start,
        };
        self.replace(Span::new(source, range), "");
    }
}

/// The redirect of a page from the address that it gets.
fn returns_to(page: &SitePage, now: &SitePath) -> Option<usize> {
    let same = |old: &str| SitePath::new(old).as_str().trim_end_matches('/') == now.as_str().trim_end_matches('/');
    page.markdown()?.front.redirect_from.iter().position(|old| same(&old.value))
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
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
