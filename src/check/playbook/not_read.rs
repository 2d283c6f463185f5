//! `playbook/not-read`: a file among the playbooks that is none, by its name.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{Site, Target};
use crate::source::{SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule::info("playbook/not-read", include_str!("not_read.md"));

/// Looks at the files in the folder of the playbooks. They are no texts of the site: the findings stand at the start
/// of book.toml.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let Some(folder) = &site.config.playbooks.dir else { return };
    let is_here = |path: &&SourcePath| path.below(folder).is_some();
    let templates = site.playbooks.iter().flat_map(|entry| entry.templates.iter().flatten());
    let used: HashSet<&SourcePath> = templates
        .filter_map(|template| match &template.target {
            Target::Repository { path, .. } => Some(path),
            Target::Page(..) | Target::Asset(..) | Target::External(_) | Target::Open | Target::Nowhere => None,
        })
        // A folder may hold playbooks and pages: what is a page or a file of the site is read, only not as a
        // playbook.
        .chain(site.pages.iter().filter_map(|page| page.source.as_ref()))
        .chain(site.assets.iter().map(|asset| &asset.source))
        .filter(is_here)
        .collect();
    for file in site.repository.below(folder).iter().filter(|file| !used.contains(file)) {
        if site.config.playbook_id(file).is_none() && !is_beside(file) {
            let finding = RULE.at(Span::start_of(site.config.book_toml), format!("`{file}` is not read as a playbook"));
            found.push(finding.help("the name of a playbook file must end in `.yaml` or `.yml`"));
        }
    }
}

/// What lies beside playbooks and is not meant to be one: hidden files, Markdown, schemas for editors.
fn is_beside(file: &SourcePath) -> bool {
    let name = file.file_name().to_lowercase();
    name.starts_with('.')
        || file.is_markdown()
        || matches!(name.as_str(), "readme" | "readme.txt" | "license" | "schema.json")
        || name.ends_with(".schema.json")
}
