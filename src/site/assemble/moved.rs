//! Where files that moved were served before.
//! In: their old paths. Out: the file that an old address means now.
//! Never knows: who remembers the moves.

use std::collections::{HashMap, HashSet};

use super::addresses::{page_address, playbook_place};
use crate::project::files::mount;
use crate::site::Site;
use crate::source::SourcePath;
use crate::url::SitePath;

impl Site {
    /// The file that lay before where this address would have been its own. Links in HTML, and clicks, are addresses.
    #[must_use]
    pub fn moved_from_address(&self, address: &SitePath) -> Option<&SourcePath> {
        let olds = self.old_addresses.get_or_init(|| self.collect_old_addresses());
        olds.get(plain(address)).filter(|file| self.in_repository(file))
    }

    fn collect_old_addresses(&self) -> HashMap<String, SourcePath> {
        let (style, none) = (self.config.written.html.url_style, HashSet::new());
        let moves = self.repository.moves().iter();
        let addresses = moves.filter_map(|(old, new)| {
            // A playbook's file stands for its page.
            let of_playbook = self.config.playbook_id(old).and_then(|id| playbook_place(id).ok());
            let is_page = old.is_markdown() || of_playbook.is_some();
            let mounted = match of_playbook {
                Some(mounted) => mounted,
                None => mount::place_of(&self.config, old)?.site_path,
            };
            let address = if is_page { page_address(&mounted, style, &none) } else { SitePath::new(mounted.as_str()) };
            Some((plain(&address).to_owned(), new.clone()))
        });
        addresses.collect()
    }
}

/// An address without what may be left out of it.
fn plain(address: &SitePath) -> &str {
    let text = address.as_str();
    let text = text.strip_suffix("index.html").or_else(|| text.strip_suffix(".html")).unwrap_or(text);
    text.trim_end_matches('/')
}
