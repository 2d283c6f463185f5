//! The links of a file that is markup all through: an SVG drawing, an HTML page.
//! In: its text. Out: everything that leads or loads, at its place.
//! Never knows: what the file looks like, or where its links lead.

use super::tag::{self, Markup};
use crate::html::unescaped;
use crate::markdown::document::{Link, LinkKind};
use crate::source::{SourceId, Span};

/// Elements whose content is not markup.
const OPAQUE: [&str; 2] = ["script", "style"];

/// Every `href`, `xlink:href` and `src` in a text of markup.
#[must_use]
pub fn raw_links(text: &str, source: SourceId) -> Vec<Link> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('<').map(|offset| at + offset) {
        at = match tag::read(&text[next..]) {
            Markup::Open(tag) => {
                let kinds = tag.attributes.iter().filter_map(|attribute| Some((attribute, kind(&attribute.name)?)));
                links.extend(kinds.map(|(attribute, kind)| {
                    let place =
                        |range: &std::ops::Range<usize>| Span::new(source, next + range.start..next + range.end);
                    Link {
                        kind,
                        destination: unescaped(&text[next..][attribute.value.clone()]).into_owned(),
                        span: place(&attribute.value),
                        whole: place(&attribute.whole),
                        text: String::new(),
                        width: None,
                    }
                }));
                let end = next + tag.end;
                let skips = OPAQUE.contains(&tag.name.as_str()) && !tag.closes_itself;
                let closing = skips.then(|| text[end..].find(&format!("</{}", tag.name))).flatten();
                closing.map_or(end, |offset| end + offset)
            }
            Markup::Close(_, end) | Markup::Other(end) => next + end,
            Markup::OpenComment => text.len(),
            Markup::Unfinished | Markup::Text => next + 1,
        };
    }
    links
}

fn kind(attribute: &str) -> Option<LinkKind> {
    match attribute {
        "href" | "xlink:href" => Some(LinkKind::HtmlHref),
        "src" => Some(LinkKind::HtmlSrc),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::raw_links;
    use crate::source::SourceId;

    #[test]
    fn links_of_a_drawing_are_found_at_their_places_and_styles_are_left_alone() {
        let text =
            "<svg><style>a[href=\"x\"]{}</style><a xlink:href=\"../nda/?a=1&amp;b\"><image href='logo.png'/></a>";
        let links = raw_links(text, SourceId::new(0));
        let found: Vec<(&str, &str)> =
            links.iter().map(|link| (link.destination.as_str(), &text[link.span.range()])).collect();
        assert_eq!(found, [("../nda/?a=1&b", "../nda/?a=1&amp;b"), ("logo.png", "logo.png")]);
    }
}
