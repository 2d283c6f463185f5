//! The addresses that a published site promised: what others link to.
//! In: the manifest of a build, or a site. Out: pages with their anchors, and files.
//! Never knows: what became of them.

use serde::Deserialize;

use crate::site::Site;
use crate::text::SourcePath;
use crate::url::{Anchor, SitePath};

/// What a published site promised.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
pub struct Promises {
    /// Its pages.
    pub pages: Vec<PromisedPage>,
    /// Where the files that it copied as they are were served.
    #[serde(default)]
    pub assets: Vec<String>,
}

/// A page that others may link to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct PromisedPage {
    /// Where it was served.
    pub address: String,
    /// What it was called.
    pub title: String,
    /// The file it was made from.
    #[serde(default)]
    pub source: Option<String>,
    /// The places in it that a link could name.
    #[serde(default)]
    pub anchors: Vec<String>,
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
        Self { pages: pages.collect(), assets: assets.collect() }
    }
}

impl PromisedPage {
    pub(super) fn address(&self) -> SitePath {
        SitePath::new(&self.address)
    }

    pub(super) fn source(&self) -> Option<SourcePath> {
        SourcePath::new(self.source.as_ref()?).ok()
    }

    pub(super) fn anchors(&self) -> impl Iterator<Item = Anchor> {
        self.anchors.iter().map(|anchor| Anchor::new(anchor))
    }
}
