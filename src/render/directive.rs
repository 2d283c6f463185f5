//! Renders a directive with the theme's partial that its row in the table names.

use super::{Renderer, map, playbook, templates};
use crate::diagnostic::Diagnostic;
use crate::page::Directive;
use crate::page::directive::table::DirectiveView;
use crate::site::PageId;

impl Renderer<'_> {
    /// The HTML of a directive, which is the one of this number among the blocks of its page. What does not exist is
    /// left out: a rule reports it.
    pub(super) fn directive(
        &self,
        id: PageId,
        directive: &Directive,
        number: usize,
    ) -> Result<String, Box<Diagnostic>> {
        let partial = directive.shown.partial;
        let selected = || self.site.selected_templates(id, directive).pages;
        // Asked only where the argument is a playbook: `{template-index} legal` names a folder.
        let named = || self.site.playbook_with_id(directive.argument.value.trim());
        match directive.shown.view {
            DirectiveView::Playbooks => self.partial(partial, "playbooks", &playbook::overview(self.site, id), id),
            DirectiveView::TemplateList => {
                self.partial(partial, "templates", &templates::index(self.site, id, &selected()), id)
            }
            DirectiveView::TemplateMatrix => {
                self.partial(partial, "matrix", &templates::matrix(self.site, id, &selected()), id)
            }
            DirectiveView::Strip => match named() {
                Some((_, entry)) => self.partial(partial, "flow", &playbook::flow(self.site, id, entry, None), id),
                None => Ok(String::new()),
            },
            DirectiveView::Steps | DirectiveView::StepTable | DirectiveView::Criteria => match named() {
                Some((playbook, _)) => self.partial(partial, "playbook", &playbook::view(self.site, id, playbook), id),
                None => Ok(String::new()),
            },
            DirectiveView::Map => match map::elsewhere(self.site, id, directive, number) {
                Some(view) => self.partial(partial, "map", &view, id),
                None => Ok(String::new()),
            },
        }
    }
}
