//! Addresses of pages and files in the site, anchors in pages, and the hrefs between them.
//! In: paths and heading text. Out: `SitePath`, `Anchor`, `Href`, and the parts of a link's destination.

mod filled;
pub mod scheme;
mod slug;

pub use filled::AddressPart;
pub use scheme::{Schemes, UnsafeScheme};
pub use slug::SlugStyle;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::Serialize;

use crate::source::Part as _;

/// Characters to escape in the path of an href. `(` and `)` stay, because they occur in names and are legal.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'&');
/// Characters to escape in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&');

/// Characters to escape in a query.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'#');

/// Characters that would end or change a path where an author writes one.
const WRITTEN: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');

/// The address of a page or file, from the site's root: `/onboard/`, `/img/logo.svg`. Not percent-encoded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// An address from the root. A missing leading slash is added.
    #[must_use]
    pub fn new(path: &str) -> Self {
        if path.starts_with('/') { Self(Arc::from(path)) } else { Self(Arc::from(format!("/{path}"))) }
    }

    /// The address with its leading slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as authors write it: readable, and parsed back to the same address.
    #[must_use]
    pub fn written(&self) -> String {
        utf8_percent_encode(&self.0, WRITTEN).to_string()
    }

    /// The address as part of a full URL.
    #[must_use]
    pub fn encoded(&self) -> String {
        utf8_percent_encode(&self.0, PATH).to_string()
    }

    /// The file that it's written to, relative to the output folder.
    #[must_use]
    pub fn output_file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The folder part: everything up to and including the last slash.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.part(..=self.0.rfind('/').unwrap_or(0))
    }

    /// The number of folders above the page, and so of `../` that lead to the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.folder().matches('/').count() - 1
    }

    /// Resolves a relative `path` against the page at this address. `None` if it's above the root.
    #[must_use]
    pub fn follow(&self, path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = if path.starts_with('/') {
            Vec::new()
        } else {
            self.folder().split('/').filter(|part| !part.is_empty()).collect()
        };
        let mut steps = path.split('/').peekable();
        let mut ends_in_folder = path.is_empty() && self.0.ends_with('/');
        while let Some(step) = steps.next() {
            let last = steps.peek().is_none();
            ends_in_folder |= last && matches!(step, "" | "." | "..");
            match step {
                "" | "." => {}
                // Browsers stay at the root instead. On a site that is served below a path, that would be another site's.
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        let slash = if ends_in_folder && !parts.is_empty() { "/" } else { "" };
        Some(Self(Arc::from(format!("/{}{slash}", parts.join("/")))))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of an element in a page, without `#` and not encoded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Anchor(Arc<str>);

impl Anchor {
    /// An id as it is in the page.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The value of an `href` or `src` attribute: relative inside the site, percent-encoded, and ready for HTML.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Href(String);

impl Href {
    /// The shortest relative URL from one address to another. It works under any base path, and in a preview.
    #[must_use]
    pub fn between(from: &SitePath, to: &SitePath, anchor: Option<&Anchor>) -> Self {
        let fragment = anchor.map(|id| format!("#{}", utf8_percent_encode(id.as_str(), FRAGMENT))).unwrap_or_default();
        if from == to && anchor.is_some() {
            return Self(fragment);
        }
        let own: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
        let (folder, file) = to.as_str().rsplit_once('/').unwrap_or(("", to.as_str()));
        let target: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        // A page is a folder with an `index.html`, so that its own name counts as a folder to leave.
        let shared = own.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let mut path = "../".repeat(own.len() - shared);
        for part in target.iter().skip(shared) {
            path.extend(utf8_percent_encode(part, PATH));
            path.push('/');
        }
        path.extend(utf8_percent_encode(file, PATH));
        // A first segment with a colon would be parsed as a scheme, and an empty URL is the page itself.
        if path.is_empty() || path.split('/').next().is_some_and(|first| first.contains(':')) {
            path.insert_str(0, "./");
        }
        Self(path + &fragment)
    }

    /// A URL that goes up to the site's root first. It's the same for all pages at the same depth, so markup that many
    /// pages share is rendered only once.
    #[must_use]
    pub fn through_root(depth: usize, to: &SitePath) -> Self {
        let mut path = "../".repeat(depth);
        let encoded =
            to.as_str().trim_start_matches('/').split('/').map(|part| utf8_percent_encode(part, PATH).to_string());
        path.push_str(&encoded.collect::<Vec<_>>().join("/"));
        if path.is_empty() || path.split('/').next().is_some_and(|first| first.contains(':')) {
            path.insert_str(0, "./");
        }
        Self(path)
    }

    /// The same with a fragment.
    #[must_use]
    pub fn at(self, anchor: Option<&Anchor>) -> Self {
        match anchor {
            Some(id) => Self(format!("{}#{}", self.0, utf8_percent_encode(id.as_str(), FRAGMENT))),
            None => self,
        }
    }

    /// The same with a query before the fragment, unless it already has one.
    #[must_use]
    pub fn asking(self, query: Option<&str>) -> Self {
        Self(with_query(&self.0, query))
    }

    /// A URL as its author wrote it, or `None` if its scheme must not be published. There's no other way to create one
    /// that leaves the site.
    #[must_use]
    pub fn as_written(address: &str, schemes: &Schemes) -> Option<Self> {
        schemes.refusal(address).is_none().then(|| Self(address.to_owned()))
    }

    /// The URL as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A URL with a query before its fragment, unless it already has one.
#[must_use]
pub fn with_query(address: &str, query: Option<&str>) -> String {
    let (path, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    match query {
        // What a link asks for itself is what its author means.
        Some(query) if !path.contains('?') => format!("{path}?{}{fragment}", utf8_percent_encode(query, QUERY)),
        _ => address.to_owned(),
    }
}

/// What readers know a document on the web by: the name of its file, or else its host.
#[must_use]
pub fn document_name(url: &str) -> Cow<'_, str> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let rest = path.split_once("//").map_or(path, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // A shared drive names its documents by their keys, which tell readers nothing.
    match path.rsplit('/').next().filter(|name| name.contains('.')) {
        Some(name) => percent_decode_str(name).decode_utf8_lossy(),
        None if host.is_empty() => Cow::Borrowed(url),
        None => Cow::Borrowed(host),
    }
}

/// A link's destination, parsed but not yet resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// A URL with a scheme, an email address, or `//host/…`.
    External(String),
    /// Something in this site or repository.
    Local {
        /// The path, decoded. Empty for a bare fragment. A leading slash means the site's root.
        path: String,
        /// The part after `?`, as written.
        query: Option<String>,
        /// The part after `#`, decoded.
        fragment: Option<String>,
    },
}

impl Destination {
    /// Parses a destination. Whether an external one may be published is up to [`Schemes`].
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if scheme::of(text).is_some() || text.starts_with("//") {
            return Self::External(text.to_owned());
        }
        // The fragment first: a `?` behind `#` belongs to it. Each part is decoded once it is apart, or `%23` would be taken
        // for the sign that it stands for.
        let (rest, fragment) = match text.split_once('#') {
            Some((rest, fragment)) => (rest, Some(decode(fragment))),
            None => (text, None),
        };
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (rest, None),
        };
        Self::Local { path: decode(path), query, fragment }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hrefs_are_relative_and_lead_back() {
        let cases = [
            ("/a/b/", "/a/c/", "../c/"),
            ("/", "/x.svg", "x.svg"),
            ("/a/", "/", "../"),
            ("/a/b/", "/a/b/", "./"),
            ("/404.html", "/a/ü b/", "a/%C3%BC%20b/"),
        ];
        for (from, to, expected) in cases {
            let href = Href::between(&SitePath::new(from), &SitePath::new(to), None);
            assert_eq!(href.as_str(), expected);
            let Destination::Local { path, .. } = Destination::parse(href.as_str()) else { panic!("external") };
            assert_eq!(SitePath::new(from).follow(&path), Some(SitePath::new(to)));
        }
    }

    #[test]
    fn a_query_stands_before_the_fragment_and_only_once() {
        assert_eq!(with_query("a/#b", Some("q=x y&n=ü")), "a/?q=x%20y&n=%C3%BC#b");
        assert_eq!(with_query("#b", Some("q=%23")), "?q=%23#b");
        assert_eq!(with_query("a/?raw=1#b", Some("q=x")), "a/?raw=1#b");
        assert_eq!(with_query("a/#b", None), "a/#b");
    }

    #[test]
    fn destinations_come_apart() {
        assert_eq!(Destination::parse("mailto:a@b.c"), Destination::External("mailto:a@b.c".into()));
        assert_eq!(
            Destination::parse("../a%20b.md?x=1#c%C3%A9"),
            Destination::Local { path: "../a b.md".into(), query: Some("x=1".into()), fragment: Some("cé".into()) }
        );
    }
}
