//! A document before it is put through its template.
//! In: the pages of a document, each with all that it shows. Out: the document's file; or the fingerprints of what it
//! shows.
//! Never knows: which documents there are, what they look like.

use serde::Serialize;

use super::chapter::{ChapterContext, id};
use super::contents::DocumentParts;
use crate::diagnostic::Diagnostics;
use crate::render::view::{ChapterView, DocumentView, PageContext, PartView, SafeHtml, SiteView};
use crate::render::{Draft, RenderInputs, SiteFile};
use crate::site::Site;
use crate::source::Span;
use crate::theme::Theme;
use crate::url::SitePath;

/// The template of documents.
const DOCUMENT: &str = "print.html";
/// The template of the chapters in them.
pub(super) const CHAPTER: &str = "partials/chapter.html";

/// All that a document shows.
#[derive(Debug)]
pub struct PrintDraft<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    /// Where it lies; `None` once it has left the site.
    pub(super) address: Option<&'a SitePath>,
    /// What is around it, seen from there.
    pub(super) around: SiteView<'a>,
    /// All but its chapters.
    pub(super) cover: DocumentView<'a>,
    /// Its pages, seen from their own addresses.
    pub(super) pages: Vec<(&'a SitePath, Draft<'a>)>,
    /// Where its chapters stand.
    pub(super) outline: DocumentParts,
    pub(super) start: Span,
}

/// What the template of a document sees.
#[derive(Serialize)]
struct Sees<'a> {
    site: &'a SiteView<'a>,
    document: &'a DocumentView<'a>,
}

impl PrintDraft<'_> {
    /// The document's file.
    ///
    /// # Errors
    /// When a template of the project's own theme cannot be used.
    pub fn finish(self) -> Result<SiteFile, Diagnostics> {
        let book = ChapterContext {
            site: self.site,
            chapters: self.pages.iter().enumerate().map(|(at, (address, _))| (*address, at)).collect(),
            address: self.address,
            shift: self.cover.shift,
        };
        let mut chapters = Vec::with_capacity(self.pages.len());
        for (at, (address, draft)) in self.pages.iter().enumerate() {
            let sees = PageContext { site: &draft.site, page: &draft.page };
            let html = self.theme.render(CHAPTER, &sees, draft.start).map_err(|error| vec![*error])?;
            let part = self.outline.part(at).map(|(id, title)| PartView { title: title.into(), id });
            let content = SafeHtml::new(book.chapter(&html, address, at));
            chapters.push(ChapterView { id: id(at), part, content });
        }
        let found: Diagnostics = self.pages.iter().flat_map(|(_, draft)| draft.found.iter().cloned()).collect();
        if !found.is_empty() {
            return Err(found);
        }
        let document = DocumentView { chapters, ..self.cover };
        let sees = Sees { site: &self.around, document: &document };
        let html = self.theme.render(DOCUMENT, &sees, self.start).map_err(|error| vec![*error])?;
        let path = self.address.map(SitePath::output_file).unwrap_or_default();
        Ok(SiteFile { path, bytes: html.into_bytes() })
    }

    /// What it shows, as fingerprints. As long as these and the theme are the same, so are its bytes.
    #[must_use]
    pub fn inputs(&self) -> RenderInputs {
        let mut answers = RenderInputs::default();
        answers.note_parts("", &self.cover);
        answers.note_parts("site.", &self.around);
        for (at, (address, draft)) in self.pages.iter().enumerate() {
            answers.note(address.as_str(), &(at, &draft.page));
        }
        answers
    }
}
