//! `playbook/template-not-found`: a step whose template is not there.

use crate::check::link::{DRAFT, ELSEWHERE, nearest_anchor, nearest_file, with_rest};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, Severity, did_you_mean};
use crate::site::{LinkProblem, Resolution, Site, SitePlaybook, TemplateReference};
use crate::source::{Located, SourcePath};

/// The rule.
pub static RULE: Rule = Rule::error("playbook/template-not-found", include_str!("template_not_found.md"));

/// Looks at the steps of all playbooks.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for entry in &site.playbooks {
        for (step, resolution) in entry.playbook.steps.iter().zip(&entry.templates) {
            if let (Some(template), Some(resolution)) = (&step.template, resolution) {
                found.extend(look_at(site, entry, template, resolution));
            }
        }
    }
}

fn look_at(
    site: &Site,
    entry: &SitePlaybook,
    template: &Located<String>,
    resolution: &Resolution,
) -> Option<Diagnostic> {
    match &resolution.problem {
        // `link/unsafe-scheme` reports it, like every other address.
        Some(LinkProblem::UnsafeScheme(_)) => None,
        Some(LinkProblem::NotPublished(path)) if !site.drafts.contains(path) => Some(unseen(template, path)),
        Some(_) => Some(finding(site, entry, template, resolution)),
        None => no_section(site, template, resolution),
    }
}

/// A template that is there, without the section that the step names.
fn no_section(site: &Site, template: &Located<String>, resolution: &Resolution) -> Option<Diagnostic> {
    let (page, anchor) = site.missing_section(resolution)?;
    // YAML may spell a text with escapes: then the whole value is the place.
    let at = template.value.find('#').filter(|_| template.span.len() == template.value.len());
    let span = at.map_or(template.span, |at| template.span.part(at..template.span.len()));
    let place =
        site.page(page).source.as_ref().map_or_else(|| site.page(page).address.to_string(), ToString::to_string);
    let finding = RULE.at(span, format!("no heading `#{anchor}` in `{place}`"));
    let Some((better, applicability)) = nearest_anchor(site, page, anchor) else { return Some(finding) };
    let better = format!("#{better}");
    let edits = vec![Edit { span, replacement: better.clone() }];
    Some(finding.help(did_you_mean(&better)).fix_if(at.map(|_| Fix { applicability, edits })))
}

/// A file of the repository goes along when the playbook is filled in, but readers of the site cannot open it.
fn unseen(template: &Located<String>, path: &SourcePath) -> Diagnostic {
    let finding = RULE.at(template.span, format!("template `{path}` is in the repository, but not part of the site"));
    Diagnostic { severity: Severity::Warning, ..finding.help(ELSEWHERE) }
}

fn finding(site: &Site, entry: &SitePlaybook, template: &Located<String>, resolution: &Resolution) -> Diagnostic {
    let finding = RULE.at(template.span, format!("template not found: `{}`", template.value));
    let reference = TemplateReference::parse(&template.value);
    let better = match &resolution.problem {
        Some(LinkProblem::CaseMismatch(real)) => Some(real.clone()),
        _ => nearest_template(site, &entry.source, reference.path),
    };
    let Some(better) = better else {
        return finding.help(
            "templates are looked up in the content folder, then from the root of the repository, then in the \
                playbook's folder",
        );
    };
    if site.drafts.contains(&better) {
        return finding.help(DRAFT);
    }
    finding.suggest(&with_rest(&as_written(site, &better, reference.path), None, reference.section))
}

fn nearest_template(site: &Site, playbook: &SourcePath, template: &str) -> Option<SourcePath> {
    let bases = [SourcePath::root(), site.source_folder(), playbook.parent()];
    let wanted: Vec<SourcePath> = bases.iter().filter_map(|base| base.join(template).ok()).collect();
    // Where git saw the file go is surer than what is spelt like it.
    let moved = wanted.iter().find_map(|path| site.repository.moved_to(path)).cloned();
    // Addresses have no `.md`, and whoever copies one from the browser leaves it out.
    let page = |path: &SourcePath| {
        let page = SourcePath::new(&format!("{path}.md")).ok()?;
        site.repository.contains(&page).then_some(page)
    };
    let without_ending = || wanted.iter().find_map(page);
    moved.or_else(without_ending).or_else(|| wanted.iter().find_map(|path| nearest_file(site, path)))
}

/// The path in the form the author used: from the root, or from the source folder.
fn as_written(site: &Site, path: &SourcePath, template: &str) -> String {
    let folder = site.source_folder();
    let from_root = template.starts_with(folder.as_str()) && !folder.as_str().is_empty();
    match path.below(&folder) {
        Some(rest) if !from_root => rest.to_owned(),
        _ => path.to_string(),
    }
}
