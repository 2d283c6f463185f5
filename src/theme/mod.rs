//! The look of a site: the built-in theme, with the files of the site's own theme folder laid over it.
//! In: the theme folder's files, already read. Out: a `Theme`: templates that render, and assets to publish.
//! Never knows: Markdown, pages, playbooks, the disk.
//!
//! A theme folder mirrors the built-in one: `templates/` (Tera), `css/`, `js/`, anything else. A file of the same
//! path takes the built-in one's place; a template that only changes a block extends the one it replaces, which
//! stays there as `default/…`: `{% extends "default/base.html" %}`.

mod accent;
mod assets;
mod builtin;
mod templates;
mod word_filter;

pub use accent::Accent;
pub use assets::{Bundle, ThemeAsset};
pub use builtin::{BEGINNING, all as built_in};
pub use templates::TEMPLATE;

use std::sync::Arc;

use serde::Serialize;
use tera::Tera;

use crate::diagnostic::{Diagnostic, Parsed, Rule};
use crate::source::{SourceId, Span};

/// Every rule that themes are held to while they are loaded and used.
pub static RULES: &[&Rule] = &[&TEMPLATE];

/// A file of a theme folder.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Relative to the theme folder, `/`-separated: `templates/partials/footer.html`.
    pub path: String,
    /// What is in it.
    pub content: FileContent,
}

/// What is in a file.
#[derive(Clone, Debug)]
pub enum FileContent {
    /// A text of this session: findings point into it.
    Text(SourceId, Arc<str>),
    /// Anything else: images, fonts.
    Bytes(Arc<[u8]>),
}

impl FileContent {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(_, text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Templates that render, and assets to publish.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    overrides: templates::Overrides,
    /// What to publish, by path.
    pub assets: Vec<ThemeAsset>,
    /// What every page loads.
    pub main: Bundle,
    /// What is loaded when somebody is about to search.
    pub search: Bundle,
    /// What pages with maps load besides.
    pub maps: Bundle,
    /// What templates with placeholders load.
    pub fill: Bundle,
    /// The style sheet of documents to print: `assets/print.0123456789abcdef.css`.
    pub print: String,
    /// The script that runs before a page is first drawn.
    pub head: String,
    /// The script of pages that redirect.
    pub redirect: String,
}

impl Theme {
    /// The built-in theme with these files laid over it. A template that cannot be read is a finding, and the
    /// built-in one stays in its place.
    #[must_use]
    pub fn load(files: Vec<ThemeFile>) -> Parsed<Self> {
        // A template is code, and is loaded with the built-in ones before anything is published; all else is bytes.
        let (overrides, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| file.path.starts_with(templates::FOLDER));
        let Parsed { value: (tera, overrides), found } = templates::load(overrides);
        let assets::Bundles { assets, main, search, maps, fill, print, head, redirect } = assets::bundle(&others);
        Parsed { value: Self { tera, overrides, assets, main, search, maps, fill, print, head, redirect }, found }
    }

    /// The text of a style sheet, for documents that stand alone.
    #[must_use]
    pub fn text_of(&self, path: &str) -> String {
        let asset = self.assets.iter().find(|asset| asset.path == path);
        asset.map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned()).unwrap_or_default()
    }

    /// The icon of sites that name none, from the site's root.
    #[must_use]
    pub const fn favicon() -> &'static str {
        assets::FAVICON
    }

    /// Whether the site has templates of its own.
    #[must_use]
    pub fn has_own_templates(&self) -> bool {
        !self.overrides.is_empty()
    }

    /// Whether there is a template of this name.
    #[must_use]
    pub fn has_template(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The names of all templates, sorted, each once.
    #[must_use]
    pub fn template_names(&self) -> Vec<&str> {
        templates::names(&self.tera)
    }

    /// Renders a template with what it sees.
    ///
    /// # Errors
    /// When the template asks for what is not there. The finding points into the theme folder's file, or to
    /// `page`, the place that asked for the template, when the fault shows in a built-in one.
    pub fn render(&self, template: &str, sees: &impl Serialize, page: Span) -> Result<String, Box<Diagnostic>> {
        // The view is all that a template sees: what is no field of it cannot come to be relied upon.
        let context = tera::Context::from_serialize(sees);
        context
            .and_then(|context| self.tera.render(template, &context))
            .map_err(|error| Box::new(templates::explain(&error, &self.overrides, page)))
    }
}

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod tests;
