//! The links of a file that is markup all through: an SVG drawing, an HTML page.

use std::ops::Range;

use crate::html::decode_attribute;
use crate::html::tokenizer::{Markup, Token, Tokens};
use crate::markdown::document::{Link, LinkKind};
use crate::source::{SourceId, Span};

/// Every `href`, `xlink:href` and `src` in a text of markup, at its place.
#[must_use]
pub fn raw_links(text: &str, source: SourceId) -> Vec<Link> {
    let place = |range: &Range<usize>| Span::new(source, range.clone());
    let mut links = Vec::new();
    for token in Tokens::of(text) {
        let Token::Markup(Markup::StartTag(tag)) = token else { continue };
        for attribute in tag.attributes() {
            let Some(kind) = kind(&attribute.name) else { continue };
            links.push(Link {
                kind,
                destination: decode_attribute(attribute.value).into_owned(),
                span: place(&attribute.value_span),
                whole: place(&attribute.span),
                text: String::new(),
                width: None,
            });
        }
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
    fn what_is_no_markup_has_no_links() {
        let text = "<SCRIPT>'<a href=x>'</SCRIPT><title><a href=x></title><!--><a href=yes><svg><![CDATA[<a href=x>]]>\
                    </svg><a <a href=also>";
        let links = raw_links(text, SourceId::new(0));
        assert_eq!(links.iter().map(|link| &*link.destination).collect::<Vec<_>>(), ["yes", "also"]);
    }

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
