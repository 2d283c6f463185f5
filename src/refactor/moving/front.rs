//! Redirects in the front matter of pages that move, and in the files of playbooks.
//! In: pages and playbooks whose address changes. Out: edits that note the old address, or take it away where a page
//! comes back.
//! Never knows: how an old address is noted, what a redirect looks like on the wire.

use super::Scene;
use crate::site::PageContent;
use crate::source::folded;

impl Scene<'_> {
    /// The old address of each page and playbook that moves leads to the new one. One that comes back to an address
    /// which it had before only loses the redirect from there: nobody was sent to the place in between for long.
    pub(super) fn redirects(&mut self) {
        let (before, sources) = (self.before, self.sources);
        for page in &before.pages {
            let Some(own) = page.source.as_ref().filter(|own| self.moved.moves(own)) else { continue };
            // A file that is no playbook any more has nobody who reads where it was.
            if matches!(page.content, PageContent::Playbook(_))
                && self.playbook_id_now(&self.moved.apply(own)).is_none()
            {
                continue;
            }
            let Some(now) = self.now(own).map(|places| places.address.clone()) else { continue };
            // Nobody has a link to the page that stands for addresses that are none.
            let is_error_page = page.address.as_str() == "/404.html";
            if now == page.address || is_error_page {
                continue;
            }
            let Some(notes) = before.redirect_notes(page, sources) else { continue };
            let edits = match notes.position(&now) {
                Some(at) => vec![notes.take_back(at)],
                // Where disks do not tell the two apart, a redirect would lie in the place of the page.
                None if folded(now.as_str()) == folded(page.address.as_str()) => continue,
                None => notes.add(&[&page.address]),
            };
            if !self.edits.add(&edits) {
                self.contested.extend(edits.first().map(|edit| edit.span));
            }
        }
    }
}
