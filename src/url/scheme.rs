//! URL schemes, and which of them may be published.
//! In: a URL as written. Out: its scheme as browsers read it, and whether it's refused.

use crate::source::Part as _;

/// Schemes that every site can link to: they open another page, or the reader's own mail, phone, map and calendar.
const COMMON: [&str; 11] = ["ftp", "geo", "http", "https", "mailto", "sip", "sips", "sms", "tel", "webcal", "xmpp"];
/// Schemes whose URLs contain something that is executed or shown, or wrap a URL that does. No setting allows them,
/// because they would let the author of a page run scripts for everyone who reads the site.
const ACTIVE: [&str; 9] =
    ["about", "blob", "data", "filesystem", "jar", "javascript", "livescript", "vbscript", "view-source"];

/// The schemes that a site allows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schemes {
    /// In lower case, in addition to the common ones.
    more: Vec<String>,
}

/// Why a URL must not be published: its scheme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsafeScheme {
    /// The scheme in lower case, without its colon.
    pub name: String,
    /// Whether a project can allow it.
    pub risk: Risk,
}

/// What is wrong with a scheme.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Risk {
    /// It can execute something. It can't be allowed.
    Active,
    /// It isn't allowed in this project.
    Unknown,
}

impl Schemes {
    /// The common schemes and these. Those that can't be allowed stay refused.
    #[must_use]
    pub fn with(more: impl IntoIterator<Item = String>) -> Self {
        Self { more: more.into_iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Why a URL must not be published, or `None` if it may be. A URL without a scheme is relative to the page.
    #[must_use]
    pub fn refusal(&self, address: &str) -> Option<UnsafeScheme> {
        let name = of(address)?;
        if is_active(&name) {
            return Some(UnsafeScheme { name, risk: Risk::Active });
        }
        let is_known = self.names().any(|known| known == name);
        (!is_known).then_some(UnsafeScheme { name, risk: Risk::Unknown })
    }

    /// The allowed schemes, in lower case, which the form of a template checks filled-in URLs against.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        COMMON.into_iter().chain(self.more.iter().map(String::as_str).filter(|name| !is_active(name)))
    }
}

/// Whether a scheme can execute something, so that no project can allow it.
#[must_use]
pub fn is_active(name: &str) -> bool {
    ACTIVE.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a text contains a URL that can execute something. Whitespace and control characters are ignored, as some
/// parsers ignore them.
#[must_use]
pub fn may_run(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    plain.match_indices(':').any(|(colon, _)| {
        let before = plain.part(..colon);
        ACTIVE.iter().filter_map(|name| Some((name, before.strip_suffix(name)?))).any(|(name, rest)| {
            // `data:` and `about:` occur at the end of ordinary sentences; `javascript:` doesn't.
            name.ends_with("script") || !rest.ends_with(char::is_alphanumeric)
        })
    })
}

/// Whether a string can be the name of a scheme. A single letter is a Windows drive.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The scheme of a URL, in lower case, as browsers parse it (<https://url.spec.whatwg.org/#url-parsing>): they strip
/// leading control characters and spaces, and ignore tabs and line breaks anywhere, so `java<tab>script:` is executed.
/// Percent-encoding isn't decoded: `java%73cript:` is a path.
pub(super) fn of(address: &str) -> Option<String> {
    let visible = address.trim_start_matches(|c: char| c <= ' ');
    let (before, _) = visible.split_once(':')?;
    let name: String = before.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    is_name(&name).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn risk(address: &str) -> Option<Risk> {
        Schemes::with(["Slack".to_owned(), "javascript".to_owned()]).refusal(address).map(|refusal| refusal.risk)
    }

    #[test]
    fn schemes_are_read_as_browsers_read_them() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}\u{1f}javascript:alert(1)",
            "java\tscript:alert(1)",
            "j\na\rv\nascript\t:alert(1)",
            "VBSCRIPT:x",
            "data:text/html,x",
            "view-source:javascript:x",
            "blob:https://example.org/1",
        ] {
            assert_eq!(risk(address), Some(Risk::Active), "{address:?}");
        }
    }

    #[test]
    fn a_text_is_searched_for_addresses_that_run() {
        for text in ["javascript:alert(1)", "[x](JavaScript:x)", "java\tscript:x", " vbscript :x", "| [a](data:,x) |"] {
            assert!(may_run(text), "{text:?}");
        }
        for text in ["javascript.md", "https://example.org/", "Personal data: none", "metadata: x", "scripts: a.js"] {
            assert!(!may_run(text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_allowed_is_refused_and_paths_are_not() {
        for address in ["vscode://file/a", "localhost:3000/x", "file:///etc/hosts", "ms-word:ofe"] {
            assert_eq!(risk(address), Some(Risk::Unknown), "{address}");
        }
        for address in [
            "https://example.org/javascript:x",
            "mailto:anna@example.org",
            "TEL:+4930123",
            "slack://channel",
            "//example.org",
            "java%73cript:alert(1)",
            "\u{a0}javascript:x",
            "./javascript:x",
            "#javascript:x",
            "c:/x",
            "1a:x",
            "",
        ] {
            assert_eq!(risk(address), None, "{address}");
        }
    }
}
