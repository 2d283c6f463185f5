//! The form that fills in a template, on its own page.

use std::sync::Arc;

use super::nav::label;
use super::view::{FillField, FillView, SafeHtml};
use crate::fill::{self, DocumentPart, FilledDocument, Job};
use crate::site::{PageContent, PageId, Site};
use crate::theme::Bundle;
use crate::url::{Href, SitePath};

/// The form of a template or a playbook; none where there is nothing to fill in.
pub(super) fn view(site: &Site, bundle: &Bundle, id: PageId) -> Option<FillView<'static>> {
    if let PageContent::Playbook(playbook) = site.page(id).content {
        let parts = fill::playbook_parts(site, &Job { playbook: Some(playbook), ..Job::default() }, playbook);
        let name = site.page(id).mounted.stem();
        return form(site, bundle, id, format!("{name}.md"), &parts);
    }
    // A page that mentions placeholders without being a template has nothing to fill in.
    let manuscript = site.page(id).markdown()?.manuscript.as_ref().filter(|_| site.is_template(id))?;
    let file = fill::file_name(site, id);
    let document = FilledDocument { page: id, file: file.clone(), manuscript: Arc::clone(manuscript) };
    let job = Job { documents: vec![document.clone()], ..Job::default() };
    let parts = fill::parts(site, &job, &document);
    form(site, bundle, id, file, &parts)
}

fn form(site: &Site, bundle: &Bundle, id: PageId, file: String, parts: &[DocumentPart]) -> Option<FillView<'static>> {
    let mut fields: Vec<FillField> = Vec::new();
    for part in parts {
        let DocumentPart::Blank { name, written, .. } = part else { continue };
        // One field for a name, however often it occurs, in the order in which readers meet them.
        if fields.iter().all(|field| field.name != *name) {
            fields.push(FillField { name: name.clone(), label: label(name), written: written.clone() });
        }
    }
    let address = &site.page(id).address;
    let asset = |path: &str| Href::between(address, &SitePath::new(path), None);
    let source = SafeHtml::new(json(parts));
    (!fields.is_empty()).then(|| FillView {
        fields,
        source,
        // Names and owners of steps are plain text, so their placeholders have no element for the script to find.
        by_words: matches!(site.page(id).content, PageContent::Playbook(_)),
        schemes: site.config.schemes.names().collect::<Vec<_>>().join(" "),
        file,
        style: asset(&bundle.style),
        script: asset(&bundle.script),
    })
}

/// The parts as JSON that no `<` ends early.
fn json(parts: &[DocumentPart]) -> String {
    let values = parts.iter().map(|part| match part {
        DocumentPart::Text(text) => serde_json::Value::from(text.as_str()),
        DocumentPart::Blank { name, written, within } => serde_json::json!([name, written, within.code()]),
    });
    // `</script>` in a template would end the script element that carries this.
    values.collect::<serde_json::Value>().to_string().replace('<', "\\u003c")
}
