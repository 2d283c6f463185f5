//! Files for other programs next to what readers see: pages as Markdown, playbooks and maps as JSON.
//!
//! Nobody links to them, so none of them is claimed: an author's own file at the same address stays, and the site goes
//! without this one.

use std::collections::{HashMap, HashSet};

use super::{MapId, PageContent, PageId, PlaybookId, Site};
use crate::source::folded;
use crate::url::SitePath;

impl Site {
    /// Where a page is published as Markdown: its address with `.md` in place of the last slash or of `.html`. `None`
    /// for drafts, for pages that could not be read or only lead to others, and where something else has that address.
    #[must_use]
    pub fn markdown_file(&self, id: PageId) -> Option<SitePath> {
        let entry = self.page(id);
        let is_text = match &entry.content {
            PageContent::Markdown(page) => page.is_whole && !page.front.draft && entry.address.as_str() != "/404.html",
            PageContent::Playbook(_) | PageContent::Playbooks => true,
            PageContent::Tags | PageContent::Tag(_) | PageContent::AllPages | PageContent::NotFound => false,
        };
        if !is_text || !self.config.written.html.markdown || self.unserved.contains(&id) {
            return None;
        }
        let address = entry.address.as_str();
        let name = address.strip_suffix('/').or_else(|| address.strip_suffix(".html")).unwrap_or(address);
        // The home page has no name. A page `/index/` would have the same file, and home comes first.
        let is_home = name.is_empty();
        if !is_home && folded(name) == "/index" && self.page_at(&SitePath::new("/")).is_some_and(|home| home != id) {
            return None;
        }
        let file = SitePath::new(&format!("{}.md", if is_home { "/index" } else { name }));
        self.has_room_for(&file.output_file()).then_some(file)
    }

    /// The page that is published as Markdown at an address.
    #[must_use]
    pub fn page_of_markdown(&self, address: &SitePath) -> Option<PageId> {
        let name = address.as_str().strip_suffix(".md")?;
        let mut names = vec![format!("{name}/"), format!("{name}.html")];
        if name == "/index" {
            names.insert(0, "/".to_owned());
        }
        let pages = names.iter().filter_map(|name| self.page_at(&SitePath::new(name)));
        // `page_at` knows other spellings of an address as well, whose Markdown is elsewhere.
        pages.into_iter().find(|page| self.markdown_file(*page).as_ref() == Some(address))
    }

    /// Where a playbook is published as JSON: `/playbooks/recruit.json`. `None` if something else has that address.
    #[must_use]
    pub fn playbook_file(&self, id: PlaybookId) -> Option<SitePath> {
        let file = SitePath::new(&format!("playbooks/{}.json", self.playbook(id).playbook.id));
        self.has_room_for(&file.output_file()).then_some(file)
    }

    /// Where each map is published as JSON, by its name: `/maps/workflow.json`. Of maps with the same name, the second
    /// has a number. `None` if something else has that address.
    #[must_use]
    pub fn map_files(&self) -> Vec<(MapId, Option<SitePath>)> {
        let (mut taken, mut next) = (HashSet::new(), HashMap::new());
        let mut file = |id| {
            let name = self.map_name(id);
            // Two pages may be called `workflow`. Folded, because a disk may not tell capital letters apart. Numbers
            // go on where the last map of this name stopped: counting from 2 for each takes the square of their number.
            let number: &mut usize = next.entry(folded(&name)).or_insert(1);
            let mut free = name.clone();
            while !taken.insert(folded(&free)) {
                *number += 1;
                free = format!("{name}-{number}");
            }
            let file = SitePath::new(&format!("maps/{free}.json"));
            self.has_room_for(&file.output_file()).then_some(file)
        };
        self.maps().map(|(id, _)| (id, file(id))).collect()
    }
}
