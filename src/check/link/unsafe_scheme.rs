//! `link/unsafe-scheme`: an address whose scheme must not be published.

use super::malformed_url;
use crate::check::broken_links;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, did_you_mean, nearest};
use crate::markdown::LinkKind;
use crate::site::{LinkProblem, PageId, RedirectObstacle, Site};
use crate::source::{Located, Span};
use crate::url::UnsafeScheme;
use crate::url::scheme::Risk;

/// The rule.
pub static RULE: Rule = Rule::error("link/unsafe-scheme", include_str!("unsafe_scheme.md"));

/// What a message shows of an address at most: one that holds a picture is as long as the picture.
const MOST_SHOWN: usize = 80;

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        let LinkProblem::UnsafeScheme(refusal) = &broken.problem else { continue };
        let is_written = broken.link.kind != LinkKind::UnusedDefinition;
        if is_written && malformed_url::malformed(&broken.link.destination, broken.link.span).is_none() {
            found.push(finding(&broken.link.destination, broken.link.span, refusal));
        }
    }
}

/// Looks at what no page says: the settings, the outline, templates of steps, and redirects.
pub fn check_site(site: &Site, found: &mut Diagnostics) {
    let lost = site.lost_in_settings();
    for address in site.config.refused.iter().chain(&lost).chain(&site.nav.missing) {
        found.extend(of_setting(site, address));
    }
    for entry in &site.playbooks {
        let written = entry.playbook.steps.iter().zip(&entry.templates);
        for (step, resolution) in written {
            if let (Some(template), Some(LinkProblem::UnsafeScheme(refusal))) =
                (&step.template, resolution.as_ref().and_then(|resolution| resolution.problem.as_ref()))
            {
                found.push(finding(&template.value, template.span, refusal));
            }
        }
    }
    for redirect in &site.lost_redirects {
        if let RedirectObstacle::UnsafeScheme(to, refusal) = &redirect.reason {
            found.push(finding(&to.value, to.span, refusal));
        }
    }
}

fn of_setting(site: &Site, address: &Located<String>) -> Option<Diagnostic> {
    let refusal = site.config.schemes.refusal(&address.value)?;
    Some(finding(&address.value, address.span, &refusal))
}

/// An address that is refused for its scheme.
#[must_use]
pub fn finding(address: &str, span: Span, refusal: &UnsafeScheme) -> Diagnostic {
    let UnsafeScheme { name, risk } = refusal;
    let shown = shown(address);
    match risk {
        Risk::Active => RULE
            .at(span, format!("`{shown}` is not published: `{name}:` addresses can run scripts"))
            .help("link to a page, a file or a URL"),
        Risk::Unknown => RULE
            .at(span, format!("`{shown}` is not published: the scheme `{name}:` is not allowed"))
            .help(help(address, name)),
    }
}

/// What was probably meant, else how the scheme is allowed.
fn help(address: &str, name: &str) -> String {
    let rest = address.split_once(':').map_or("", |(_, rest)| rest);
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !port.is_empty() && port.len() < 6 && port.bytes().all(|byte| byte.is_ascii_digit()) {
        return did_you_mean(format!("http://{}", shown(address)));
    }
    let allow = format!("if readers need it, add `\"{name}\"` to `allowed-schemes` in `[output.html]`");
    match nearest(name, ["http", "https", "mailto"]) {
        Some(near) if name.len() > 3 => format!("{} {allow}", did_you_mean(format!("{near}:"))),
        _ => allow,
    }
}

/// The beginning of an address, with what cannot be seen written out.
fn shown(address: &str) -> String {
    let visible = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let mut shown: String = address.chars().take(MOST_SHOWN).map(visible).collect();
    if address.chars().nth(MOST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
