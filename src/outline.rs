//! SUMMARY.md: the navigation, in mdBook's format.
//! In: its text. Out: an `Outline` whose every entry knows its place, and what is no entry.
//! Never knows: whether the pages it names exist.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostics, Edit, Fix, Parsed, Rule};
use crate::source::{Located, Part, SourceId, Span};

/// Something in SUMMARY.md that is no entry.
pub static NAV_SYNTAX: Rule = Rule::error("nav/syntax", include_str!("outline/nav_syntax.md"));

/// Every rule of this module.
pub static RULES: &[&Rule] = &[&NAV_SYNTAX];

/// Deeper entries stand beside their parents: no reader follows a menu that far, and no stack must.
const DEEPEST: usize = 12;

/// The navigation as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    /// The first heading; mdBook shows it nowhere.
    pub title: Option<Located<String>>,
    /// In order.
    pub items: Vec<OutlineItem>,
}

/// A line of the navigation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutlineItem {
    /// A page, with those below it.
    Chapter(OutlineEntry),
    /// A heading: what follows belongs to this part.
    Part(Located<String>),
    /// A line between chapters.
    Separator(Span),
}

/// An entry of the navigation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutlineEntry {
    /// What readers see, as plain text.
    pub title: Located<String>,
    /// The page as written: escapes decoded, not yet percent-decoded. `None` for a draft, and for the name of a
    /// section that has no page of its own.
    pub destination: Option<Located<String>>,
    /// Whether it is counted.
    pub position: ChapterPosition,
    /// The entries below it.
    pub children: Vec<OutlineEntry>,
    /// Where an entry beside it goes, below all of its own; with the mark that it begins with, on a line of its own.
    /// `None` where it stands in no list.
    pub after: Option<Located<String>>,
}

/// Where a chapter stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum ChapterPosition {
    /// Before the list, not counted: a foreword.
    Prefix,
    /// In the list: 1, 1.1, 2.
    Numbered,
    /// After the list, not counted: an appendix.
    Suffix,
}

/// Reads a navigation. What is no entry costs only itself.
#[must_use]
pub fn parse(text: &str, source: SourceId) -> Parsed<Outline> {
    let mut reader = OutlineReader {
        text,
        source,
        outline: Outline::default(),
        open: Vec::new(),
        found: Diagnostics::new(),
        is_too_deep: false,
    };
    let mut events = Parser::new(text).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { .. }) => reader.heading(&mut events, range),
            Event::Start(Tag::Item) => reader.open(range),
            Event::End(TagEnd::Item) => reader.close(&range),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let link = reader.link(&mut events, link_type, &dest_url, range);
                reader.entry(link);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => reader.indented_code(range),
            Event::Text(words) | Event::Code(words) => reader.words(&words, range),
            Event::SoftBreak | Event::HardBreak => reader.words(" ", range),
            // Inside a list it is what some authors draw between groups of entries, and belongs to no chapter.
            Event::Rule if reader.open.is_empty() => {
                let line = text.part(range.clone()).trim_end().len();
                let span = reader.span(range.start..range.start + line);
                reader.outline.items.push(OutlineItem::Separator(span));
            }
            _ => {}
        }
    }
    Parsed { value: reader.outline, found: reader.found }
}

/// A list item that is not yet complete.
struct OpenOutlineItem {
    /// Its first link.
    link: Option<OutlineLink>,
    /// Its words outside links, before any nested list.
    words: String,
    words_range: Range<usize>,
    children: Vec<OutlineEntry>,
}

impl OpenOutlineItem {
    fn at(start: usize) -> Self {
        Self { link: None, words: String::new(), words_range: start..start, children: Vec::new() }
    }
}

struct OutlineLink {
    title: Located<String>,
    destination: Option<Located<String>>,
    whole: Span,
}

struct OutlineReader<'t> {
    text: &'t str,
    source: SourceId,
    outline: Outline,
    /// List items around the current place, outermost first.
    open: Vec<OpenOutlineItem>,
    found: Diagnostics,
    /// Whether entries are nested deeper than [`DEEPEST`].
    is_too_deep: bool,
}

impl<'t> OutlineReader<'t> {
    fn heading(&mut self, events: &mut OffsetIter<'t>, range: Range<usize>) {
        let mut title = PlainWords::default();
        let mut links = Vec::new();
        while let Some((event, at)) = events.next() {
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    links.push(self.link(events, link_type, &dest_url, at));
                }
                event => title.add(&event, at),
            }
        }
        // Nobody links from the title of a part: these are entries that the line below them made a heading.
        if !links.is_empty() {
            self.underlined(links, range);
        } else if self.outline.title.is_none() && self.outline.items.is_empty() {
            self.outline.title = Some(self.located(title, range.start));
        } else {
            let part = OutlineItem::Part(self.located(title, range.start));
            self.outline.items.push(part);
        }
    }

    /// `---` right below a line of text does not separate but makes the text a heading.
    fn underlined(&mut self, links: Vec<OutlineLink>, range: Range<usize>) {
        for link in links {
            self.entry(link);
        }
        let heading = self.text.part(range.clone()).trim_end();
        let Some(line) = heading.rfind('\n').map(|at| range.start + at + 1) else { return };
        let span = self.span(line..range.start + heading.len());
        let blank = Edit { span: self.span(line..line), replacement: "\n".to_owned() };
        let finding = NAV_SYNTAX
            .at(span, format!("`{}` makes the line above it a heading", self.text.part(span.range())))
            .help("add a blank line before it")
            .fix(Fix::safe(vec![blank]));
        self.found.push(finding);
        self.outline.items.push(OutlineItem::Separator(span));
    }

    fn link(
        &mut self,
        events: &mut OffsetIter<'t>,
        kind: LinkType,
        destination: &str,
        range: Range<usize>,
    ) -> OutlineLink {
        let mut title = PlainWords::default();
        for (event, at) in events {
            match event {
                Event::End(TagEnd::Link) => break,
                event => title.add(&event, at),
            }
        }
        let whole = self.span(range.clone());
        // Any other kind is written elsewhere, and its name is all there is to point at.
        let place = if kind == LinkType::Inline {
            self.destination(title.range.as_ref().map_or(range.start + 1, |title| title.end), &range)
        } else {
            range
        };
        let destination = (!destination.is_empty()).then(|| Located::new(destination.to_owned(), self.span(place)));
        OutlineLink { title: self.located(title, whole.start as usize + 1), destination, whole }
    }

    /// The place between `](` and `)`, without angle brackets and a title.
    fn destination(&self, text_end: usize, link: &Range<usize>) -> Range<usize> {
        // From behind the title, which may hold `](` in code.
        let rest = self.text.part(text_end..link.end);
        let Some(open) = rest.find("](") else { return link.clone() };
        let start = text_end + open + 2;
        let inside = self.text.part(start..link.end - 1);
        let start = start + (inside.len() - inside.trim_start().len());
        let inside = inside.trim_start();
        match inside.strip_prefix('<') {
            Some(bracketed) => start + 1..start + 1 + bracketed.find('>').unwrap_or(bracketed.len()),
            None => start..start + inside.find(char::is_whitespace).unwrap_or(inside.len()),
        }
    }

    fn entry(&mut self, link: OutlineLink) {
        let Some(item) = self.open.last_mut() else {
            let numbered = |item: &OutlineItem| {
                matches!(item, OutlineItem::Chapter(OutlineEntry { position: ChapterPosition::Numbered, .. }))
            };
            let position =
                if self.outline.items.iter().any(numbered) { ChapterPosition::Suffix } else { ChapterPosition::Prefix };
            let OutlineLink { title, destination, .. } = link;
            self.outline.items.push(OutlineItem::Chapter(OutlineEntry {
                title,
                destination,
                position,
                children: Vec::new(),
                after: None,
            }));
            return;
        };
        match &item.link {
            None => item.link = Some(link),
            // Shown below the first all the same: left out, nobody would find the page.
            Some(first) => {
                let finding = NAV_SYNTAX
                    .at(link.whole, format!("`{}` is a second link in one entry", link.title.value))
                    .help("put it on a new line, with a hyphen indented two or four spaces more than its parent's")
                    .related(first.whole, "the entry's own link");
                self.found.push(finding);
                let OutlineLink { title, destination, .. } = link;
                item.children.push(OutlineEntry {
                    title,
                    destination,
                    position: ChapterPosition::Numbered,
                    children: Vec::new(),
                    after: None,
                });
            }
        }
    }

    fn open(&mut self, range: Range<usize>) {
        // Told once, at the first: those deeper are the same mistake.
        if self.open.len() == DEEPEST && !std::mem::replace(&mut self.is_too_deep, true) {
            let line = self.text.part(range.clone()).find('\n').unwrap_or(range.len());
            let span = self.span(range.start..range.start + line);
            let message = format!("entries are nested deeper than {DEEPEST} levels");
            self.found.push(NAV_SYNTAX.at(span, message).help("move it to a part of its own"));
        }
        self.open.push(OpenOutlineItem::at(range.start));
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        // Words behind nested entries name none of them.
        let Some(item) = self.open.last_mut().filter(|item| item.children.is_empty()) else { return };
        if item.words.is_empty() {
            item.words_range = range.clone();
        }
        item.words.push_str(words);
        item.words_range.end = range.end;
    }

    /// Where an entry beside an item goes.
    fn after(&self, item: &Range<usize>) -> Located<String> {
        let line = self.text.part(..item.start).rfind('\n').map_or(0, |end| end + 1);
        let end = item.start + self.text.part(item.clone()).trim_end().len();
        let bullet = self.text.part(item.start..).chars().next().filter(|c| matches!(c, '*' | '+')).unwrap_or('-');
        let indent = self.text.part(line..item.start);
        // Within `- - a` no line begins with the mark: the new entry goes to the outer list.
        let indent = if indent.trim().is_empty() { indent } else { "" };
        Located::new(format!("\n{indent}{bullet} "), self.span(end..end))
    }

    fn close(&mut self, range: &Range<usize>) {
        let Some(OpenOutlineItem { link, words, words_range, children }) = self.open.pop() else { return };
        let name = Located::new(words.trim().to_owned(), self.span(words_range));
        if link.is_none() && children.is_empty() {
            if name.value.is_empty() {
                return;
            }
            let help = format!("write `[{0}](page.md)`, or `[{0}]()` for a draft", name.value);
            self.found.push(NAV_SYNTAX.at(name.span, format!("`{}` is not a link", name.value)).help(help));
        }
        let (title, destination) = link.map_or((name, None), |link| (link.title, link.destination));
        let after = Some(self.after(range));
        let chapter = OutlineEntry { title, destination, position: ChapterPosition::Numbered, children, after };
        let parent = self.open.iter_mut().take(DEEPEST).next_back();
        match parent {
            Some(parent) => parent.children.push(chapter),
            None => self.outline.items.push(OutlineItem::Chapter(chapter)),
        }
    }

    fn indented_code(&mut self, range: Range<usize>) {
        let text = self.text.part(range.clone()).trim();
        let start = range.end - self.text.part(range).trim_start().len();
        let span = self.span(start..start + text.len());
        let finding = NAV_SYNTAX
            .at(span, "this is read as code, because it is indented by four spaces or more")
            .help("indent nested entries by two or four spaces more than their parent");
        self.found.push(finding);
    }

    /// The words and their place; without any, an empty place at `start`.
    fn located(&self, words: PlainWords, start: usize) -> Located<String> {
        Located::new(words.text, self.span(words.range.unwrap_or(start..start)))
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }
}

/// Plain text, and what it covers.
#[derive(Default)]
struct PlainWords {
    text: String,
    range: Option<Range<usize>>,
}

impl PlainWords {
    fn add(&mut self, event: &Event<'_>, at: Range<usize>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.text.push_str(words),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
        let start = self.range.as_ref().map_or(at.start, |range| range.start);
        let end = self.range.as_ref().map_or(at.end, |range| range.end.max(at.end));
        self.range = Some(start..end);
    }
}

#[cfg(test)]
mod tests;
