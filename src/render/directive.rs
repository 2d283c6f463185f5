//! Parts of playbooks and lists of templates, where a page asks for them.
//! In: a directive on a page. Out: its HTML, by the theme's partial for it.
//! Never knows: how a directive is written, what is wrong with it.

use super::{Renderer, playbook, templates};
use crate::diagnostic::Diagnostic;
use crate::page::directive::StepsAs;
use crate::page::{Directive, DirectiveKind};
use crate::site::PageId;

impl Renderer<'_> {
    /// The HTML of a directive. What is not there is left out: that is said where it is checked.
    pub(super) fn directive(&self, id: PageId, directive: &Directive) -> Result<String, Box<Diagnostic>> {
        let selected = || self.site.selected_templates(id, directive).pages;
        match directive.kind {
            DirectiveKind::Overview => {
                self.partial("partials/cards.html", "playbooks", &playbook::overview(self.site, id), id)
            }
            DirectiveKind::TemplateIndex => {
                self.partial("partials/templates.html", "templates", &templates::index(self.site, id, &selected()), id)
            }
            DirectiveKind::TemplateMatrix => {
                self.partial("partials/matrix.html", "matrix", &templates::matrix(self.site, id, &selected()), id)
            }
            DirectiveKind::Flow => self.of_playbook(id, directive, "partials/flow.html"),
            DirectiveKind::Steps(StepsAs::Sections) => self.of_playbook(id, directive, "partials/steps.html"),
            DirectiveKind::Steps(StepsAs::Table) => self.of_playbook(id, directive, "partials/step_table.html"),
            DirectiveKind::Criteria => self.of_playbook(id, directive, "partials/criteria.html"),
        }
    }

    fn of_playbook(&self, id: PageId, directive: &Directive, partial: &str) -> Result<String, Box<Diagnostic>> {
        let wanted = directive.argument.value.trim();
        let Some((playbook, entry)) = self.site.playbook_with_id(wanted) else { return Ok(String::new()) };
        if directive.kind == DirectiveKind::Flow {
            return self.partial(partial, "flow", &playbook::flow(self.site, id, entry, None), id);
        }
        self.partial(partial, "playbook", &playbook::view(self.site, id, playbook), id)
    }
}
