//! `theme/unknown-template`: a template or a layout that the theme does not have.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Rule, did_you_mean, nearest};
use crate::site::Site;
use crate::source::Located;
use crate::theme::Theme;

/// The rule.
pub static RULE: Rule = Rule::warning("theme/unknown-template", include_str!("unknown_template.md"));

/// What `layout` can be: the theme's own word, and the names that other tools have for the usual one.
const LAYOUTS: [&str; 3] = ["landing", "default", "page"];

/// Looks for names that no template has. The usual template stands in for it, so that nothing else tells.
#[must_use]
pub fn check(site: &Site, theme: &Theme) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mounts = site.config.mounts.iter().filter_map(|mount| mount.template.as_ref());
    let fronts = site.pages().filter_map(|(_, page)| Some(&page.markdown()?.front));
    for front in fronts {
        found.extend(front.template.as_ref().and_then(|template| wrong_template(template, theme)));
        found.extend(front.layout.as_ref().and_then(wrong_layout));
    }
    found.extend(mounts.filter_map(|template| wrong_template(template, theme)));
    found
}

fn wrong_template(template: &Located<String>, theme: &Theme) -> Option<Diagnostic> {
    let name = template.value.as_str();
    if theme.has_template(name) {
        return None;
    }
    let names = || theme.template_names().into_iter().filter(|name| !name.contains('/'));
    let with_ending = format!("{name}.html");
    let near = names().find(|known| *known == with_ending).or_else(|| nearest(name, names()));
    let finding = RULE.at(template.span, format!("unknown template `{name}`"));
    Some(suggest(
        finding,
        template,
        near,
        &format!("the default template is used; to add your own, create `templates/{name}` in the theme folder"),
    ))
}

fn wrong_layout(layout: &Located<String>) -> Option<Diagnostic> {
    let name = layout.value.as_str();
    if LAYOUTS.contains(&name) {
        return None;
    }
    let finding = RULE.at(layout.span, format!("unknown layout `{name}`"));
    Some(suggest(
        finding,
        layout,
        nearest(name, LAYOUTS),
        "the default layout is used; the only other one is `landing`",
    ))
}

fn suggest(finding: Diagnostic, written: &Located<String>, near: Option<&str>, help: &str) -> Diagnostic {
    let Some(near) = near else { return finding.help(help) };
    // Front matter may have the name bare, book.toml has it in quotes; with escapes in it, nobody knows what to replace.
    let replacement = match written.span.len().saturating_sub(written.value.len()) {
        0 => near.to_owned(),
        2 => format!("\"{near}\""),
        _ => return finding.help(did_you_mean(near)),
    };
    finding.suggest_edit(near, Edit { span: written.span, replacement })
}
