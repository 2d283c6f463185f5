//! The ids of a page, none of them twice: those that authors give, and those made from headings.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag};

use super::input::Input;
use crate::diagnostic::Rule;
use crate::markdown::attributes::list_of_heading;
use crate::source::Span;
use crate::url::SlugStyle;

/// The same id twice on a page.
pub static DUPLICATE_ID: Rule = Rule::error("heading/duplicate-id", include_str!("duplicate_id.md"));

/// The ids of a page.
#[derive(Default)]
pub(crate) struct Ids {
    /// By authors, with the place where each was met.
    given: HashMap<String, Option<Span>>,
    /// Ids that are taken, each with the number to try next in its series.
    taken: HashMap<String, usize>,
}

impl Ids {
    /// The ids that headings of the text are given: a heading without one makes way for them, wherever they are.
    pub(crate) fn of(input: &Input<'_>) -> Self {
        let mut ids = Self::default();
        let holds = |byte| memchr::memchr(byte, input.text.as_bytes()).is_some();
        if !holds(b'{') {
            return ids;
        }
        for (event, range) in input.events {
            let Event::Start(Tag::Heading { id, attrs, .. }) = event else { continue };
            // Python-Markdown's `{ id=terms }`: the parser reads it, and gives it no meaning.
            let is_key = attrs.iter().any(|(name, _)| &**name == "id");
            let written = if is_key { list_of_heading(input.text, range).and_then(|(list, _)| list.id) } else { None };
            ids.given.extend(written.or_else(|| id.as_ref().map(ToString::to_string)).map(|id| (id, None)));
        }
        ids
    }

    /// Takes an id that an author gave; returns the place where it was given before.
    pub(crate) fn claim(&mut self, id: &str, span: Span) -> Option<Span> {
        let place = self.given.entry(id.to_owned()).or_default();
        let before = *place;
        if before.is_none() {
            *place = Some(span);
        }
        before
    }

    /// Makes the id of a heading from its text.
    pub(crate) fn make(&mut self, style: SlugStyle, text: &str) -> String {
        let slug =
            Some(style.slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| style.nameless().to_owned());
        let (stem, first) = style.series(&slug);
        // Nearly every heading of a page is the first of its name.
        let Some(mut number) = self.next_after(&slug, first) else {
            self.taken.insert(slug.clone(), first);
            return slug;
        };
        // Every id that is met on the way leads on to the end from now on, or a page that repeats all the ids of a
        // series would go through the rest of it from each.
        let mut met = vec![slug.clone()];
        let id = loop {
            let id = style.numbered(stem, number);
            let is_in_series = style.series(&id).0 == stem;
            let Some(next) = self.next_after(&id, number + 1) else { break id };
            number = if is_in_series { next.max(number + 1) } else { number + 1 };
            if is_in_series {
                met.push(id);
            }
        };
        self.taken.extend(met.into_iter().map(|met| (met, number + 1)));
        self.taken.insert(id.clone(), style.series(&id).1);
        id
    }

    /// The number to try next in the series of an id that is taken; `None` when it is free.
    fn next_after(&self, id: &str, first: usize) -> Option<usize> {
        self.taken.get(id).copied().or_else(|| self.given.contains_key(id).then_some(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn made(style: SlugStyle, headings: &[&str]) -> Vec<String> {
        let mut ids = Ids::default();
        ids.claim("given", Span::new(SourceId::new(0), 0..0));
        headings.iter().map(|text| ids.make(style, text)).collect()
    }

    #[test]
    fn a_repeated_heading_gets_a_number_as_its_style_counts() {
        let headings = ["NDA", "NDA", "NDA 1", "NDA_1", "NDA", "Given", "—", "—"];
        let github = ["nda", "nda-1", "nda-1-1", "nda_1", "nda-2", "given-1", "section", "section-1"];
        assert_eq!(made(SlugStyle::Github, &headings), github);
        let mkdocs = ["nda", "nda_1", "nda-1", "nda_2", "nda_3", "given_1", "_1", "_2"];
        assert_eq!(made(SlugStyle::Mkdocs, &headings), mkdocs);
    }

    #[test]
    fn a_series_is_gone_through_once() {
        let count = 20_000;
        let headings: Vec<String> = (0..count).map(|number| format!("a_{number}")).collect();
        let twice: Vec<&str> = headings.iter().chain(&headings).map(String::as_str).collect();
        let ids = made(SlugStyle::Mkdocs, &twice);
        assert_eq!(ids.last().map(String::as_str), Some("a_39999"));
        assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
    }
}
