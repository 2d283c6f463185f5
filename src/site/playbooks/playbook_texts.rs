//! The Markdown texts of a playbook, compiled, and where their links lead.

use crate::markdown::{Document, Link};
use crate::site::{Resolution, Site, SitePlaybook};

/// What a playbook says in Markdown, compiled; a text of one paragraph is without the paragraph around it. Prompts
/// and commands are not among them: they are copied as they are written.
#[derive(Clone, Debug, Default)]
pub struct PlaybookTexts {
    /// `description`
    pub description: Option<Document>,
    /// `purpose`
    pub purpose: Option<Document>,
    /// `prerequisites`
    pub prerequisites: Vec<Document>,
    /// `warnings`
    pub warnings: Vec<Document>,
    /// `success_criteria`
    pub success_criteria: Vec<Document>,
    /// For each step.
    pub steps: Vec<StepTexts>,
}

/// What a step says in Markdown, compiled.
#[derive(Clone, Debug, Default)]
pub struct StepTexts {
    /// `description`
    pub description: Option<Document>,
    /// `when`
    pub when: Option<Document>,
    /// `inputs`
    pub inputs: Vec<Document>,
    /// `outputs`
    pub outputs: Vec<Document>,
    /// `checklist`
    pub checklist: Vec<Document>,
    /// `kpis`
    pub kpis: Vec<Document>,
}

impl PlaybookTexts {
    /// All of them.
    fn documents(&self) -> impl Iterator<Item = &Document> {
        let own = self.description.iter().chain(&self.purpose).chain(&self.prerequisites);
        let steps = self.steps.iter().flat_map(StepTexts::documents);
        own.chain(&self.warnings).chain(steps).chain(&self.success_criteria)
    }
}

impl StepTexts {
    fn documents(&self) -> impl Iterator<Item = &Document> {
        let own = self.description.iter().chain(&self.when).chain(&self.inputs).chain(&self.outputs);
        own.chain(&self.checklist).chain(&self.kpis)
    }
}

impl Site {
    /// Where a link in a text of a playbook leads, relative to the playbook's file.
    #[must_use]
    pub fn resolve_in_playbook(&self, playbook: &SitePlaybook, link: &Link) -> Resolution {
        self.resolve_from(self.base_of_playbook(playbook), link.kind, &link.destination)
    }

    /// The links in all texts of a playbook, resolved.
    pub fn playbook_links<'a>(&'a self, playbook: &'a SitePlaybook) -> impl Iterator<Item = (&'a Link, Resolution)> {
        // An address with a placeholder is complete only after the form on the playbook's page is filled in.
        let is_open = |document: &Document, at: usize| document.open_links.binary_search(&at).is_ok();
        let links = playbook.texts.documents().flat_map(move |document| {
            let links = document.links.iter().enumerate();
            // Unless its scheme is refused: no value of the placeholder makes `javascript:` safe.
            let refused = |link: &Link| self.config.schemes.refusal(&link.destination).is_some();
            links.filter(move |(at, link)| !is_open(document, *at) || refused(link)).map(|(_, link)| link)
        });
        links.map(|link| (link, self.resolve_in_playbook(playbook, link)))
    }
}
