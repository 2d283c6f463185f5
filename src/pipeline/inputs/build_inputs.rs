//! Reads what a site is made of besides its pages, each input again only where its files may have changed.

use super::playbooks::KeptPlaybook;
use crate::diagnostic::Diagnostics;
use crate::pipeline::Session;
use crate::pipeline::session::changed::Invalidation;
use crate::pipeline::session::state::{BuildInputs, OpenedProject, WithDiagnostics};
use crate::project::FileSystem;
use crate::source::SourcePath;

impl<D: FileSystem> Session<D> {
    /// Reads the inputs, and takes those from before that are valid still.
    pub(crate) fn read_inputs(
        &mut self,
        opened: &OpenedProject,
        invalid: &Invalidation,
        before: Option<(OpenedProject, BuildInputs)>,
    ) -> BuildInputs {
        let (config, tree) = (&*opened.config, &*opened.file_set);
        // Other settings or names may mean other inputs altogether: the playbook folder, say, or which files are assets.
        let holds = before.as_ref().is_some_and(|(old, _)| old.is_same_as(opened));
        let untouched =
            |folder: &Option<SourcePath>| holds && folder.as_ref().is_none_or(|folder| !invalid.covers_below(folder));
        let (playbooks, outline, assets, theme) = match before {
            Some((_, old)) => (Some(old.playbooks), Some(old.outline), Some(old.assets), Some(old.theme)),
            None => (None, None, None, None),
        };
        let includes_same = !self.playbooks.values().flat_map(KeptPlaybook::included).any(|path| invalid.covers(path));
        let playbooks = playbooks.filter(|_| includes_same && untouched(&config.playbooks.dir));
        let has_outline = |path: &SourcePath| invalid.covers(path);
        let outline = outline.filter(|_| holds && !config.summary.as_ref().is_some_and(has_outline));
        let assets = assets.filter(|(assets, _)| holds && !assets.iter().any(|asset| invalid.covers(&asset.source)));
        BuildInputs {
            // Always: two lines of text are compiled sooner than anybody could say whether they must be.
            snippets: gather(|found| self.compile_snippets(config, tree, found)),
            playbooks: playbooks.unwrap_or_else(|| gather(|found| self.read_playbooks(config, tree, found))),
            outline: outline.unwrap_or_else(|| gather(|found| self.read_outline(config, found))),
            assets: assets.unwrap_or_else(|| gather(|found| self.read_assets(config, tree, &opened.files, found))),
            theme: match theme {
                Some(theme) if untouched(&config.theme.folder) => theme,
                theme => self.read_theme(config, tree, theme),
            },
        }
    }
}

/// What a reading gives, with what it finds.
fn gather<T>(read: impl FnOnce(&mut Diagnostics) -> T) -> WithDiagnostics<T> {
    let mut found = Diagnostics::new();
    let value = read(&mut found);
    (value, found)
}
