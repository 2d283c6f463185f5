//! Where the template of a step leads: to the web, to a file, or to a section of a file.

use super::index::PublishedPlace;
use super::resolve::{LinkProblem, Resolution, Target, target_at};
use crate::site::{PageId, Site};
use crate::source::SourcePath;
use crate::url::{Anchor, Destination};

/// The template of a step as it is written: a path, and the section that it names.
#[derive(Copy, Clone, Debug)]
pub struct TemplateReference<'a> {
    /// The path of the file.
    pub path: &'a str,
    /// What follows `#`.
    pub section: Option<&'a str>,
}

impl<'a> TemplateReference<'a> {
    /// Splits a written template.
    #[must_use]
    pub fn parse(written: &'a str) -> Self {
        match written.split_once('#') {
            Some((path, section)) if !path.is_empty() => {
                Self { path, section: Some(section).filter(|s| !s.is_empty()) }
            }
            _ => Self { path: written, section: None },
        }
    }
}

impl Site {
    /// Where a template that a playbook names leads: to the web, or to a file relative to the source folder, the
    /// repository's root, or the playbook's own folder, or to a section of that file. Whether its page has the section
    /// is not known until all pages have their anchors: see [`Site::missing_section`].
    #[must_use]
    pub fn resolve_template(&self, playbook: &SourcePath, template: &str) -> Resolution {
        if let Destination::External(url) = Destination::parse(template) {
            return self.external(url);
        }
        let whole = self.resolve_template_file(playbook, template, None);
        // The whole text first: `#` may be part of a file's name.
        match TemplateReference::parse(template) {
            TemplateReference { path, section: Some(section) } => {
                whole.or_if_broken(|| self.resolve_template_file(playbook, path, Some(section)))
            }
            TemplateReference { section: None, .. } => whole,
        }
    }

    fn resolve_template_file(&self, playbook: &SourcePath, path: &str, section: Option<&str>) -> Resolution {
        let bases = [self.source_folder(), SourcePath::root(), playbook.parent()];
        let paths: Vec<SourcePath> = bases.iter().filter_map(|base| base.join(path).ok()).collect();
        if paths.is_empty() {
            return Resolution::bad(LinkProblem::OutsideRoot);
        }
        let at = |place: PublishedPlace| Resolution::good(target_at(place, section.map(Anchor::new)));
        // What is published comes before what is only in the repository, whichever base it is seen from.
        if let Some(place) = paths.iter().find_map(|path| self.index.of_source(path)) {
            return at(place);
        }
        if let Some(place) = SourcePath::new(path).ok().and_then(|mounted| self.index.at_mounted(&mounted)) {
            return at(place);
        }
        if let Some(path) = paths.iter().find(|path| self.in_repository(path)) {
            return self.web_target(path.clone(), section);
        }
        match paths.iter().find_map(|path| self.real_path(path)) {
            Some(real) => self.in_other_case(real, section),
            None => Resolution::bad(LinkProblem::NotFound),
        }
    }

    /// The section that a template's address names, if its page has no such place.
    #[must_use]
    pub fn missing_section<'a>(&self, template: &'a Resolution) -> Option<(PageId, &'a Anchor)> {
        let Target::Page(page, Some(anchor)) = &template.target else { return None };
        (!self.has_place(*page, anchor)).then_some((*page, anchor))
    }
}
