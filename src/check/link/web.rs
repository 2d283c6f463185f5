//! Paths that were meant as addresses on the web.
//! In: the destination of a link that leads to nothing here. Out: the address.
//! Never knows: the site.

/// The address that a destination without a scheme means: `www.example.org`, `https//example.org`, `anna@example.org`.
pub(super) fn address(destination: &str) -> Option<String> {
    for scheme in ["https", "http"] {
        if let Some(rest) = destination.strip_prefix(scheme) {
            let rest = rest.strip_prefix("//").or_else(|| rest.strip_prefix(";//"));
            return Some(format!("{scheme}://{}", rest.filter(|rest| !rest.is_empty())?));
        }
    }
    let host = destination.split(['/', '?', '#']).next().unwrap_or_default();
    if host.starts_with("www.") && host.matches('.').count() > 1 {
        return Some(format!("https://{destination}"));
    }
    let (name, domain) = host.split_once('@')?;
    let end = domain.rsplit_once('.').map(|(_, end)| end).filter(|end| !matches!(*end, "" | "md" | "html"));
    let is_mail = host == destination && !name.is_empty() && end.is_some();
    is_mail.then(|| format!("mailto:{destination}"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn what_lacks_its_scheme_is_given_one() {
        assert_eq!(address("www.example.org/a").as_deref(), Some("https://www.example.org/a"));
        assert_eq!(address("https//example.org").as_deref(), Some("https://example.org"));
        assert_eq!(address("anna@example.org").as_deref(), Some("mailto:anna@example.org"));
        for path in ["exit.md", "https", "httpd/exit.md", "www.md", "a/anna@example.org", "@scope/exit.md"] {
            assert_eq!(address(path), None, "{path}");
        }
    }
}
