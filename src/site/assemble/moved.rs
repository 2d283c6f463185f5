//! Old addresses of moved files: which file a link to one of them means now.

use std::collections::{HashMap, HashSet};

use super::addresses::{page_address, playbook_place};
use crate::project::files::mount;
use crate::site::Site;
use crate::source::SourcePath;
use crate::url::SitePath;

impl Site {
    /// The file that had this address before it moved. Links in HTML and click targets are addresses.
    #[must_use]
    pub fn moved_from_address(&self, address: &SitePath) -> Option<&SourcePath> {
        let olds = self.old_addresses.get_or_init(|| self.collect_old_addresses());
        olds.get(plain(address)).filter(|file| self.in_repository(file))
    }

    fn collect_old_addresses(&self) -> HashMap<String, SourcePath> {
        // Git does not say which folders had an `index.md` then, so a moved `README.md` counts as its folder's page.
        let (style, none) = (self.config.url_style, HashSet::new());
        let moves = self.repository.moves().iter();
        let addresses = moves.filter_map(|(old, new)| {
            // Nobody linked the YAML file's own address: it was never served, only the page made from it.
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
    // Old links say `/a`, `/a/`, `/a.html` or `/a/index.html`, and mean one page.
    let text = address.as_str();
    let text = text.strip_suffix("index.html").or_else(|| text.strip_suffix(".html")).unwrap_or(text);
    text.trim_end_matches('/')
}
