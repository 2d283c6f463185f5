//! Anchors of Markdown files in the repository that are no pages of the site, for links that name a heading in them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Vocabulary, bug};
use crate::markdown::{CompileContext, NotIncluded, Options};
use crate::page;
use crate::pipeline::Session;
use crate::pipeline::session::cache::Fingerprint;
use crate::project::FileSystem;
use crate::project::filesystem::decode;
use crate::site::{PageId, Site};
use crate::source::{SourceId, SourcePath, run_fingerprint};
use crate::url::{Anchor, SlugStyle};

/// The places of each file, with the fingerprint of the bytes they were read from.
pub(crate) type Unpublished = HashMap<SourcePath, (Fingerprint, Arc<Vocabulary>)>;

/// A file that another program shows may ask for nothing: what an include means there, that program decides.
struct NoContext;

impl CompileContext for NoContext {
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    fn include(&self, _from: SourceId, _path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        Err(NotIncluded::NotFound(None))
    }
}

impl<D: FileSystem> Session<D> {
    /// Tells the site the places of the files that links on these pages lead to.
    pub(crate) fn read_unpublished(&mut self, site: &mut Site, pages: &[PageId]) {
        let wanted = site.unpublished_with_places(pages);
        for path in wanted {
            let Ok(bytes) = self.disk.read(&site.config.place, &path) else { continue };
            let made_from = run_fingerprint(&bytes);
            let known = self.unpublished.get(&path).filter(|(from, _)| *from == made_from);
            let places = if let Some((_, places)) = known {
                Arc::clone(places)
            } else {
                let text = decode::decode(bytes).text;
                // Whoever shows the file has its own style of ids, and they all follow the first one.
                let options = Options { heading_ids: SlugStyle::Github, ..Options::default() };
                let page = bug::contained(|| page::compile(&text, SourceId::new(0), &options, &NoContext).value);
                // It is no file of the site: links to it are not checked, and nobody is bothered with it.
                let Ok(page) = page else { continue };
                Arc::new(page.anchors().map(Anchor::as_str).collect())
            };
            self.unpublished.insert(path.clone(), (made_from, Arc::clone(&places)));
            site.places_apart.insert(path, places);
        }
    }
}
