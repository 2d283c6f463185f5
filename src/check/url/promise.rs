//! The addresses that a published site promised: what others link to.
//! In: the manifest of a build, or a site. Out: pages with their anchors, and files.
//! Never knows: what became of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::site::Site;
use crate::source::SourcePath;
use crate::url::{Anchor, SitePath};

/// What a published site promised.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
pub struct Promises {
    /// Its pages.
    pub pages: Vec<PromisedPage>,
    /// Where the files that it copied as they are were served.
    #[serde(default)]
    pub assets: Vec<String>,
    /// Its playbooks.
    #[serde(default)]
    pub playbooks: Vec<PromisedPlaybook>,
}

/// A page that others may link to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct PromisedPage {
    /// Where it was served.
    pub address: String,
    /// What it was called.
    pub title: String,
    /// The file it was made from; nothing for pages that are made of others. A manifest that does not say so means some
    /// file.
    #[serde(default = "some_file")]
    pub source: Option<String>,
    /// The places in it that a link could name.
    #[serde(default)]
    pub anchors: Vec<String>,
}

/// A playbook whose steps others may link to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct PromisedPlaybook {
    /// What is done, one after the other.
    pub steps: Vec<PromisedStep>,
}

/// A step that others may link to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct PromisedStep {
    /// The place in a page where it was told.
    pub address: String,
}

impl Promises {
    /// Reads the manifest of a build.
    ///
    /// # Errors
    /// When it is none; the text says why.
    pub fn read(manifest: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(manifest).map_err(|error| error.to_string())
    }

    /// What a site promises once it is published.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let pages = site.pages.iter().map(|page| PromisedPage {
            address: page.address.to_string(),
            title: page.title.clone(),
            source: page.source.as_ref().map(ToString::to_string),
            anchors: page.markdown().map_or_else(Vec::new, |page| page.anchors().map(ToString::to_string).collect()),
        });
        let assets = site.assets.iter().map(|asset| asset.address.to_string());
        let playbooks = site.playbooks().map(|(_, entry)| PromisedPlaybook {
            steps: (0..entry.playbook.steps.len())
                .map(|step| PromisedStep { address: site.step_address(entry, step) })
                .collect(),
        });
        Self { pages: pages.collect(), assets: assets.collect(), playbooks: playbooks.collect() }
    }

    /// The pages that were made from a file, each with all places in it that were promised. What else a site has, such
    /// as its list of pages and those of its tags, is made of the others and was promised to nobody.
    pub(super) fn written(&self) -> Vec<PromisedPage> {
        let mut pages: Vec<PromisedPage> = self.pages.iter().filter(|page| page.source.is_some()).cloned().collect();
        let mut steps: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for step in self.playbooks.iter().flat_map(|playbook| &playbook.steps) {
            // Manifests list steps apart from pages, since templates and programs ask for them by playbook.
            let (page, anchor) = step.address.split_once('#').unwrap_or((&step.address, ""));
            steps.entry(page).or_default().extend(Some(anchor).filter(|anchor| !anchor.is_empty()));
        }
        for page in &mut pages {
            let told = steps.get(page.address.as_str()).into_iter().flatten();
            page.anchors.extend(told.map(|anchor| (*anchor).to_owned()));
        }
        pages
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the type is that of the field")]
fn some_file() -> Option<String> {
    Some(String::new())
}

impl PromisedPage {
    pub(super) fn address(&self) -> SitePath {
        SitePath::new(&self.address)
    }

    pub(super) fn source(&self) -> Option<SourcePath> {
        SourcePath::new(self.source.as_ref().filter(|source| !source.is_empty())?).ok()
    }

    pub(super) fn anchors(&self) -> impl Iterator<Item = Anchor> {
        self.anchors.iter().map(|anchor| Anchor::new(anchor))
    }
}
