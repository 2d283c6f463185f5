//! The lines that stand on every page, from book.toml.
//! In: the settings. Out: the lines compiled as inline Markdown, with places in book.toml.
//! Never knows: where their links lead.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::value::{self, WrittenValue};
use crate::diagnostic::{Diagnostics, bug};
use crate::markdown::Document;
use crate::pipeline::Session;
use crate::pipeline::session::compile::options;
use crate::pipeline::session::context::{CompileInputs, PageCompileContext};
use crate::project::{Config, FileSet, FileSystem};
use crate::site::{SiteSnippets, placeholders};
use crate::source::Located;

impl<D: FileSystem> Session<D> {
    /// The announcement and the footer.
    pub(super) fn compile_lines(&mut self, config: &Config, tree: &FileSet, found: &mut Diagnostics) -> SiteSnippets {
        let written = self.sources.get(config.book_toml).shared_text();
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let blanks = placeholders(config);
        let shared = CompileInputs {
            disk: &self.disk,
            config,
            tree,
            sources: &sources,
            blanks: &blanks,
            names: OnceLock::default(),
        };
        let world = PageCompileContext::new(&shared);
        let written = WrittenValue { text: &written, options: options(config, &self.asked), world: &world };
        let mut line = |line: &Option<Located<String>>| {
            let line = line.as_ref()?;
            let mut own = Diagnostics::new();
            let compiled = bug::contained(|| value::compile(line, &written, &mut own)).unwrap_or_else(|bug| {
                found.push(bug.finding(line.span, "reading this line"));
                Document::default()
            });
            found.extend(own);
            Some(compiled)
        };
        let lines = SiteSnippets {
            announcement: line(&config.written.theme.announcement),
            footer: line(&config.written.theme.footer),
        };
        self.included_by_lines = world.into_asked().included.into_iter().map(|(path, _)| path).collect();
        self.sources = sources.into_inner().unwrap_or_else(PoisonError::into_inner);
        lines
    }
}
