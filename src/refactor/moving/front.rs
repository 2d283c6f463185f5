//! Adds redirects from the old addresses of moved pages and playbooks, and removes them when a page moves back.

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
            // Outside the playbooks folder the file is no longer read as a playbook, nor are its redirects.
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
                // On disks that ignore case, the redirect would overwrite the page itself.
                None if folded(now.as_str()) == folded(page.address.as_str()) => continue,
                None => notes.add(&[&page.address]),
            };
            if !self.edits.add(&edits) {
                self.contested.extend(edits.first().map(|edit| edit.span));
            }
        }
    }
}
