//! `playbook/template-not-found`: a step whose template is not there.

use crate::check::link::{DRAFT, ELSEWHERE, nearest_file};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity};
use crate::site::{LinkProblem, Resolution, Site, SitePlaybook, Target};
use crate::source::{Located, SourcePath};

/// The rule.
pub static RULE: Rule = Rule::error("playbook/template-not-found", include_str!("template_not_found.md"));

/// Looks at the steps of all playbooks.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for entry in &site.playbooks {
        for (step, resolution) in entry.playbook.steps.iter().zip(&entry.templates) {
            let (Some(template), Some(resolution)) = (&step.template, resolution) else { continue };
            if let Some(LinkProblem::NotPublished(path)) = &resolution.problem
                && !site.drafts.contains(path)
            {
                found.push(unseen(template, path));
            } else if resolution.problem.is_some()
                || !matches!(resolution.target, Target::Page(..) | Target::Asset(..) | Target::Repository { .. })
            {
                found.push(finding(site, entry, template, resolution));
            }
        }
    }
}

/// A file of the repository goes along when the playbook is filled in, but readers of the site cannot open it.
fn unseen(template: &Located<String>, path: &SourcePath) -> Diagnostic {
    let finding = RULE.at(template.span, format!("template `{path}` is in the repository, but not part of the site"));
    Diagnostic { severity: Severity::Warning, ..finding.help(ELSEWHERE) }
}

fn finding(site: &Site, entry: &SitePlaybook, template: &Located<String>, resolution: &Resolution) -> Diagnostic {
    let finding = RULE.at(template.span, format!("template not found: `{}`", template.value));
    let better = match &resolution.problem {
        Some(LinkProblem::CaseMismatch(real)) => Some(real.clone()),
        _ => nearest_template(site, &entry.source, &template.value),
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
    finding.suggest(&as_written(site, &better, &template.value))
}

fn nearest_template(site: &Site, playbook: &SourcePath, template: &str) -> Option<SourcePath> {
    let bases = [SourcePath::root(), site.source_folder(), playbook.parent()];
    let wanted: Vec<SourcePath> = bases.iter().filter_map(|base| base.join(template).ok()).collect();
    // Where git saw the file go is surer than what is spelt like it.
    let moved = wanted.iter().find_map(|path| site.repository.moved_to(path)).cloned();
    moved.or_else(|| wanted.iter().find_map(|path| nearest_file(site, path)))
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
