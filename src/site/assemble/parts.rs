//! The inputs of a site: compiled pages, copied files, playbooks and the outline.

use std::sync::Arc;

use crate::markdown::Link;
use crate::outline::Outline;
use crate::page::Page;
use crate::playbook::Playbook;
use crate::project::{Config, FileSet};
use crate::site::{PlaybookTexts, SiteSnippets};
use crate::source::{Located, SourceId, SourcePath};

/// A Markdown file, compiled, with its path in the published tree.
#[derive(Clone, Debug)]
pub struct PageInput {
    /// Its path in the repository.
    pub source: SourcePath,
    /// Where the mounts put it, still as a file: `chatmodes/add-tool.chatmode.md`.
    pub mounted: SourcePath,
    /// What it compiled to.
    pub page: Arc<Page>,
    /// The template that its mount asks for.
    pub template: Option<String>,
}

/// A playbook and its file.
#[derive(Clone, Debug)]
pub struct PlaybookInput {
    /// Its path in the repository.
    pub source: SourcePath,
    /// What it declares.
    pub playbook: Arc<Playbook>,
    /// Those of its texts that are Markdown, compiled.
    pub texts: Arc<PlaybookTexts>,
}

/// A file that is published as it is.
#[derive(Clone, Debug)]
pub struct AssetInput {
    /// Its path in the repository.
    pub source: SourcePath,
    /// Where the mounts put it.
    pub mounted: SourcePath,
    /// What findings about it point into: its text, or nothing where it is none.
    pub text: SourceId,
    /// What it links, when it is markup.
    pub links: Vec<Link>,
    /// Its SVG, if it is the logo and uses the colour of the text around it, for which it must be inline.
    pub inline: Option<Arc<str>>,
    /// What in it runs, when it is a drawing.
    pub active: ActiveDrawing,
}

/// What runs in a drawing when readers open it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActiveDrawing {
    /// The first such part.
    pub part: Option<Located<String>>,
    /// The drawing without any, where that is what is published.
    pub sanitized: Option<Arc<str>>,
}

/// Everything a site is made of, each list sorted by path.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The settings.
    pub config: Arc<Config>,
    /// Markdown files.
    pub pages: Vec<PageInput>,
    /// Markdown files that are left out, as they are not ready yet.
    pub drafts: Vec<SourcePath>,
    /// Other files that are published.
    pub assets: Vec<AssetInput>,
    /// Playbooks.
    pub playbooks: Vec<PlaybookInput>,
    /// The lines of text on every page.
    pub lines: SiteSnippets,
    /// The navigation as `SUMMARY.md` gives it, with that file's mounted path.
    pub outline: Option<(Arc<Outline>, SourcePath)>,
    /// All files of the repository.
    pub repository: Arc<FileSet>,
}
