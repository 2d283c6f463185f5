//! The announcement and the footer of every page, from book.toml: inline Markdown, with spans in book.toml.

use super::value::{self, WrittenValue};
use crate::diagnostic::{Diagnostics, bug};
use crate::markdown::Document;
use crate::pipeline::Session;
use crate::pipeline::session::compile::options;
use crate::pipeline::session::context::{CompileInputs, PageCompileContext};
use crate::project::{Config, FileSet, FileSystem};
use crate::site::SiteSnippets;
use crate::source::Located;

impl<D: FileSystem> Session<D> {
    /// The announcement and the footer.
    pub(super) fn compile_snippets(
        &mut self,
        config: &Config,
        tree: &FileSet,
        found: &mut Diagnostics,
    ) -> SiteSnippets {
        let written = self.sources.get(config.book_toml).shared_text();
        let options = options(config, &self.only_rules);
        let (snippets, asked) = CompileInputs::lend(&mut self.sources, &self.disk, config, tree, |inputs| {
            let world = PageCompileContext::new(inputs);
            let written = WrittenValue { text: &written, options, world: &world };
            let mut snippet = |text: &Option<Located<String>>| {
                let text = text.as_ref()?;
                let mut own = Diagnostics::new();
                let compiled = bug::contained(|| value::compile(text, &written, &mut own)).unwrap_or_else(|bug| {
                    found.push(bug.finding(text.span, "reading this line"));
                    Document::default()
                });
                found.extend(own);
                Some(compiled)
            };
            let theme = &config.written.theme;
            let snippets = SiteSnippets { announcement: snippet(&theme.announcement), footer: snippet(&theme.footer) };
            (snippets, world.into_dependencies())
        });
        self.included_by_snippets = asked.included.into_iter().map(|(path, _)| path).collect();
        snippets
    }
}
