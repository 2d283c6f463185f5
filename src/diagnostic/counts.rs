//! What a run looked at: the counts in the summary line of every report.

use serde::Serialize;

/// The number of items in a project.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProjectCounts {
    /// The pages of the site.
    pub pages: usize,
    /// The resolved links, including images.
    pub links: usize,
    /// The anchors in pages.
    pub anchors: usize,
    /// The images in pages.
    pub images: usize,
    /// The diagrams and maps.
    pub diagrams: usize,
    /// The playbooks.
    pub playbooks: usize,
}
