//! `link/malformed-url`: a web address that no browser can follow.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, did_you_mean, nearest};
use crate::markdown::LinkKind;
use crate::site::{LinkProblem, PageId, Site, Target};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule::error("link/malformed-url", include_str!("malformed_url.md"));

/// Schemes that are misspelt rather than meant.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// Looks at links that leave the site, without asking the web.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(compiled) = site.page(page).markdown() else { return };
    for (link, resolution) in compiled.links.iter().zip(site.links(page)) {
        let is_written = !matches!(link.kind, LinkKind::UnusedDefinition);
        let is_refused = matches!(resolution.problem, Some(LinkProblem::UnsafeScheme(_)));
        if is_written && (is_refused || matches!(resolution.target, Target::External(_))) {
            found.extend(malformed(&link.destination, link.span));
        }
    }
}

/// What is wrong with the form of an address.
pub(in crate::check) fn malformed(address: &str, span: Span) -> Option<Diagnostic> {
    let (scheme, rest) = address.split_once(':')?;
    let lower = scheme.to_lowercase();
    let known = SCHEMES.contains(&lower.as_str());
    let (message, right) = match lower.as_str() {
        "http" | "https" => {
            let host = rest.trim_start_matches('/');
            if host.is_empty() || host.starts_with(['?', '#']) {
                (format!("no host name in `{address}`"), None)
            } else if !rest.starts_with("//") || rest.starts_with("///") {
                (format!("`{address}` needs two slashes after `{scheme}:`"), Some(format!("{scheme}://{host}")))
            } else if ["http://", "https://"].iter().any(|twice| host.starts_with(twice)) {
                (format!("two schemes in `{address}`"), Some(host.to_owned()))
            } else if host.split(['/', '?', '#']).next().is_some_and(|name| name.contains(char::is_whitespace)) {
                (format!("space in the host name of `{address}`"), None)
            } else {
                return None;
            }
        }
        "mailto" if !rest.contains('@') && !rest.starts_with('?') => {
            (format!("invalid email address `{address}`"), None)
        }
        // `htps://`, `mailtoo:anna@example.org`
        _ => {
            let near = nearest(&lower, SCHEMES).filter(|_| !known && lower.len() > 3)?;
            let fits = if near == "mailto" { rest.contains('@') } else { rest.starts_with('/') };
            (format!("unknown URL scheme `{scheme}:`"), fits.then(|| format!("{near}:{rest}")))
        }
    };
    let finding = RULE.at(span, message);
    Some(match right {
        Some(right) => {
            // YAML, and definitions behind references, may hold other texts at the place.
            if span.len() == address.len() { finding.suggest(&right) } else { finding.help(did_you_mean(right)) }
        }
        None => finding.help("write the complete URL"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn help(address: &str) -> Option<String> {
        malformed(address, Span::new(SourceId::new(0), 0..address.len()))?.help
    }

    #[test]
    fn slips_are_told_from_addresses() {
        for (wrong, right) in [
            ("htps://example.org/", "https://example.org/"),
            ("htpp://example.org/", "http://example.org/"),
            ("http:/example.org", "http://example.org"),
            ("https:example.org", "https://example.org"),
            ("https://https://example.org", "https://example.org"),
            ("maito:anna@example.org", "mailto:anna@example.org"),
        ] {
            assert_eq!(help(wrong), Some(format!("did you mean `{right}`?")), "{wrong}");
        }
        for wrong in ["https://", "mailto:anna", "http:///", "https://exa mple.org/a"] {
            assert_eq!(help(wrong).as_deref(), Some("write the complete URL"), "{wrong}");
        }
        for right in [
            "https://example.org",
            "HTTPS://example.org",
            "mailto:anna@example.org",
            "mailto:?subject=Exit",
            "tel:+4930123",
            "vscode://file/a",
            "slack://channel",
            "//example.org",
            "https://example.org/exit terms",
            "https://web.archive.org/web/2020/https://example.org",
        ] {
            assert_eq!(help(right), None, "{right}");
        }
    }
}
