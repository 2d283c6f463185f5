//! How much a run looked at.
//! In: nothing. Out: `Counts`, which the run fills and every report shows.
//! Never knows: where the numbers come from.

use serde::Serialize;

/// How much a project holds.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProjectCounts {
    /// Pages of the site.
    pub pages: usize,
    /// Links that were resolved, images among them.
    pub links: usize,
    /// Places in pages that a link can name.
    pub anchors: usize,
    /// Images in texts.
    pub images: usize,
    /// Diagrams and maps.
    pub diagrams: usize,
    /// Playbooks.
    pub playbooks: usize,
}
