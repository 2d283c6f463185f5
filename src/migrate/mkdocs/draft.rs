//! What is made from the settings of MkDocs while they are read.

use super::addresses::{self, AddressStyle};
use crate::migrate::book::{BookDraft, BookValue};
use crate::migrate::navigation::{self, NavDraft, SectionIndex, TopSections};
use crate::migrate::row::parts;
use crate::migrate::{BASELINE, ForeignProject, MigrationReport};
use crate::source::SourcePath;
use crate::yaml::{NodeContent, YamlNode};

/// A project that is being migrated.
pub(super) struct MkdocsDraft {
    /// All settings.
    pub(super) root: YamlNode,
    /// The folder of the settings.
    pub(super) folder: SourcePath,
    /// The content folder.
    pub(super) docs: SourcePath,
    /// The files in the content folder, by their paths in it.
    pub(super) content: Vec<String>,
    /// The files in the project's folder, by their paths in it.
    pub(super) files: Vec<String>,
    /// What addresses look like.
    pub(super) style: AddressStyle,
    /// book.toml.
    pub(super) book: BookDraft,
    /// Patterns of files that are no part of the site.
    excluded: Vec<String>,
}

impl MkdocsDraft {
    /// An empty draft.
    pub(super) fn new(project: &ForeignProject<'_>, settings: &SourcePath, root: YamlNode) -> Self {
        let folder = settings.parent();
        let docs_dir = setting(&root, "docs_dir").and_then(text_of).unwrap_or_else(|| "docs".to_owned());
        let docs = folder.join(&docs_dir).unwrap_or_else(|_| folder.clone());
        let below = |folder: &SourcePath| -> Vec<String> {
            let files = project.files.below(folder).iter();
            files.filter_map(|file| file.below(folder).map(str::to_owned)).collect()
        };
        let style = match setting(&root, "use_directory_urls").and_then(text_of).as_deref() {
            Some("false" | "False" | "no" | "off") => AddressStyle::File,
            _ => AddressStyle::Directory,
        };
        let (content, files) = (below(&docs), below(&folder));
        Self { root, docs, content, files, folder, style, book: BookDraft::default(), excluded: Vec::new() }
    }

    /// A setting by its path: `theme/custom_dir`.
    pub(super) fn setting(&self, path: &str) -> Option<&YamlNode> {
        setting(&self.root, path)
    }

    /// The text of a setting.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.setting(path).and_then(text_of)
    }

    /// Whether a feature of the theme is on.
    pub(super) fn has_feature(&self, name: &str) -> bool {
        self.setting("theme/features").is_some_and(|features| parts(features).iter().any(|(known, _)| *known == name))
    }

    /// The path of a file as book.toml names it, if it exists: MkDocs looks in the content folder and in the theme's.
    pub(super) fn file(&self, written: &str) -> Option<String> {
        let written = written.trim_start_matches('/');
        let custom = self.text("theme/custom_dir");
        let folders = [Some(self.docs.clone()), custom.and_then(|custom| self.folder.join(&custom).ok())];
        let paths = folders.into_iter().flatten().filter_map(|folder| folder.join(written).ok());
        let relative = paths.map(|path| path.relative_to(&self.folder));
        relative.into_iter().find(|path| self.files.contains(path))
    }

    /// Leaves files out of the site, by a pattern of paths in the content folder.
    pub(super) fn exclude(&mut self, pattern: String) {
        self.excluded.push(pattern);
        self.book.set("book", "exclude", list(self.excluded.clone()));
    }

    /// Adds a redirect between addresses.
    pub(super) fn redirect(&mut self, old: &str, new: &str) {
        let (old, new) = (addresses::of_target(old, self.style), addresses::of_target(new, self.style));
        self.book.set("output.html.redirect", &old, new);
    }

    /// The files of the new project.
    pub(super) fn finish(
        mut self,
        project: &ForeignProject<'_>,
        navigation: &[NavDraft],
        report: &mut MigrationReport,
    ) -> Vec<(SourcePath, String)> {
        let mut files = Vec::new();
        self.book.set("book", "src", self.docs.relative_to(&self.folder));
        if self.style == AddressStyle::File {
            self.book.set("output.html", "url-style", "file");
        } else {
            self.book.set("output.html", "url-style", "directory");
        }
        if !self.book.has("output.html", "heading-ids") {
            self.book.set("output.html", "heading-ids", "mkdocs");
        }
        self.book.set("check", "baseline", BASELINE);
        let top = if self.has_feature("navigation.tabs") { TopSections::Parts } else { TopSections::Entries };
        let index = if self.has_feature("navigation.indexes") { SectionIndex::Merged } else { SectionIndex::Apart };
        let summary = navigation::summary(navigation, top, index);
        let own = self.docs.join("SUMMARY.md").unwrap_or_else(|_| self.docs.clone());
        // A SUMMARY.md that is a page, or the source of a literate nav, stays what it is.
        if project.files.contains(&own) {
            let beside = self.folder.join("NAVIGATION.md").unwrap_or_else(|_| self.folder.clone());
            self.book.set("book", "summary", "NAVIGATION.md");
            report.note("SUMMARY.md already exists in the content folder, so the navigation is in NAVIGATION.md");
            files.push((beside, summary));
        } else {
            files.push((own, summary));
        }
        let book = self.folder.join("book.toml").unwrap_or_else(|_| self.folder.clone());
        files.insert(0, (book, self.book.text()));
        files
    }
}

/// A part of a tree by its path.
fn setting<'n>(root: &'n YamlNode, path: &str) -> Option<&'n YamlNode> {
    path.split('/').try_fold(root, |node, name| {
        let part = parts(node).into_iter().find(|(known, _)| *known == name)?;
        Some(part.1)
    })
}

/// The text of a value. `!ENV [A, B, default]` is its default, as nothing here depends on the environment.
pub(super) fn text_of(node: &YamlNode) -> Option<String> {
    match (&node.content, node.tag.as_deref()) {
        (NodeContent::Sequence(items), Some("!ENV")) if items.len() > 1 => {
            items.last().and_then(YamlNode::as_text).map(str::to_owned)
        }
        (_, Some("!ENV")) => None,
        _ => node.as_text().map(|text| text.trim().to_owned()),
    }
}

/// The texts of a list, or of a single value.
pub(super) fn texts_of(node: &YamlNode) -> Vec<String> {
    match &node.content {
        NodeContent::Sequence(items) if node.tag.is_none() => items.iter().filter_map(text_of).collect(),
        _ => text_of(node).into_iter().collect(),
    }
}

/// Texts as a list of book.toml.
pub(super) fn list(texts: impl IntoIterator<Item = String>) -> BookValue {
    BookValue::List(texts.into_iter().map(BookValue::Text).collect())
}
