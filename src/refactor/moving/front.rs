//! Adds redirects to the front matter of pages that move, and to playbook files.
//! In: pages and playbooks whose address changes. Out: edits that add the old address, or remove it if a page moves
//! back.

use super::Scene;
use crate::site::PageContent;
use crate::source::folded;

impl Scene<'_> {
    /// Redirects the old address of each page and playbook that moves. If one moves back to an address that it had
    /// before, the redirect from there is only removed: nobody used the address in between for long.
    pub(super) fn redirects(&mut self) {
        let (before, sources) = (self.before, self.sources);
        for page in &before.pages {
            let Some(own) = page.source.as_ref().filter(|own| self.moved.moves(own)) else { continue };
            // A file that is no longer a playbook has no address to redirect to.
            if matches!(page.content, PageContent::Playbook(_))
                && self.playbook_id_now(&self.moved.apply(own)).is_none()
            {
                continue;
            }
            let Some(now) = self.now(own).map(|places| places.address.clone()) else { continue };
            // Nobody links to the 404 page.
            let is_error_page = page.address.as_str() == "/404.html";
            if now == page.address || is_error_page {
                continue;
            }
            let Some(notes) = before.redirect_notes(page, sources) else { continue };
            let edits = match notes.position(&now) {
                Some(at) => vec![notes.take_back(at)],
                // On a case-insensitive file system, the redirect would replace the page.
                None if folded(now.as_str()) == folded(page.address.as_str()) => continue,
                None => notes.add(&[&page.address]),
            };
            if !self.edits.add(&edits) {
                self.contested.extend(edits.first().map(|edit| edit.span));
            }
        }
    }
}
