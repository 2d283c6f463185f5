//! Block quotes that are callouts, collapsibles, tabs, or just quotes.
//! In: quotes as they come, and the table of rewritten blocks. Out: their HTML.
//! Never knows: how a block was written.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::alert::{AlertLine, alert_kind};
use super::code::unclosed;
use super::output::HtmlOutput;
use super::writer::Writer;
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::attributes::{Attributes, refused};
use crate::markdown::desugar::block::{BlockKind, Fold, TabSet, canonical_kind};
use crate::markdown::desugar::rewritten::{Block, Title};
use crate::markdown::desugar::{callout_kind, callout_title};
use crate::source::Part as _;
use crate::wording::Wording;

/// A block without content, where it makes no sense without.
pub(crate) static EMPTY: Rule = Rule::warning("markdown/empty-block", include_str!("empty_block.md"));

/// The kinds of callouts that GitHub draws, as it has them.
const GITHUBS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// The quotes of a text.
#[derive(Default)]
pub(crate) struct Quotes<'a> {
    blocks: &'a [Block],
    /// Open quotes, innermost last: the position of the block that each one is.
    open: Vec<OpenQuote>,
    /// The block whose title is being written.
    title_due: Option<usize>,
}

#[derive(Copy, Clone)]
enum OpenQuote {
    Plain,
    Alert,
    /// A callout that can be folded.
    Details,
    Block(usize),
}

impl<'a> Quotes<'a> {
    pub(crate) fn new(blocks: &'a [Block]) -> Self {
        Self { blocks, ..Self::default() }
    }

    /// The block that starts at an offset of the rewritten text.
    fn at(&self, offset: usize) -> Option<usize> {
        self.blocks.binary_search_by_key(&offset, |block| block.at).ok()
    }
}

impl<'a> Writer<'a> {
    pub(super) fn start_quote(&mut self, alert: Option<BlockQuoteKind>, range: &Range<usize>) {
        self.out.fresh_line();
        let Some(index) = self.quotes.at(range.start) else {
            self.start_authors_quote(alert);
            return;
        };
        let block = &self.quotes.blocks[index];
        let continues =
            self.quotes.open.last().is_some_and(|open| matches!(open, OpenQuote::Block(tab) if *tab == index));
        if !continues {
            self.quotes.open.push(OpenQuote::Block(index));
            if matches!(block.kind, BlockKind::Tab(_)) {
                self.out.raw("<div class=\"tabs\" data-tabs>\n");
            }
        }
        let has_heading = matches!(self.peek(0), Some(Event::Start(Tag::Heading { .. })));
        match block.title {
            Title::Given if has_heading => self.quotes.title_due = Some(index),
            Title::Given | Title::None => self.open_block(index, &HtmlOutput::default(), ""),
            Title::Default => {
                let title = default_title(words_of(block).next().unwrap_or("note"));
                let mut written = HtmlOutput::default();
                written.text(&title);
                self.open_block(index, &written, &title);
            }
        }
    }

    /// A quote that was written as one.
    fn start_authors_quote(&mut self, alert: Option<BlockQuoteKind>) {
        let Some(kind) = alert else {
            match self.quote_opening() {
                Some(opening) => return self.start_titled_quote(&opening),
                None => self.quotes.open.push(OpenQuote::Plain),
            }
            return self.out.raw("<blockquote>\n");
        };
        self.quotes.open.push(OpenQuote::Alert);
        let (class, kind) = alert_kind(kind);
        let title = default_title(kind);
        self.out.raw("<div");
        self.out.attribute("class", &format!("callout {class}"));
        let mut written = HtmlOutput::default();
        written.text(&title);
        open_callout(&mut self.out, &written, &title);
    }

    /// A quote that opens with its kind and perhaps a title.
    fn start_titled_quote(&mut self, opening: &AlertLine<'_>) {
        let (paragraph, from) = (self.at, self.input.events);
        let (mut title, mut plain) = self.quote_title(opening);
        let kind = opening.kind.to_lowercase();
        let place = opening.kind.as_ptr() as usize - self.input.text.as_ptr() as usize;
        self.found.extend(callout_kind::misspelt(opening.kind, self.span(place..place + kind.len())));
        self.report_text_as_title(opening, &plain);
        if plain.is_empty() && title.html.trim().is_empty() {
            plain = default_title(&kind);
            title.text(&plain);
        }
        self.quotes.open.push(if opening.fold.is_some() { OpenQuote::Details } else { OpenQuote::Alert });
        self.out.raw(if opening.fold.is_some() { "<details" } else { "<div" });
        self.out.attribute("class", &callout_classes(&kind).join(" "));
        match opening.fold {
            None => open_callout(&mut self.out, &title, &plain),
            Some(fold) => open_details(&mut self.out, fold, &title),
        }
        // The title was the beginning of a paragraph that goes on.
        if let (Some((Event::SoftBreak | Event::HardBreak, _)), Some((Event::Start(tag), range))) =
            (self.at.checked_sub(1).and_then(|at| from.get(at)), from.get(paragraph))
        {
            self.start(tag, range);
        }
    }

    /// Reports a callout that has all its text behind its mark: that line is its title, and on GitHub it is no callout.
    fn report_text_as_title(&mut self, opening: &AlertLine<'_>, title: &str) {
        let is_whole = matches!(self.peek(0), Some(Event::End(TagEnd::BlockQuote(_))));
        let is_githubs = opening.fold.is_none() && GITHUBS.contains(&opening.kind);
        if title.is_empty() || !is_whole || !(is_githubs || title.ends_with(['.', '!', '?'])) {
            return;
        }
        let text = self.input.text;
        let kind = opening.kind.as_ptr() as usize - text.as_ptr() as usize;
        let (line, mark) = (text.part(..kind).rfind('\n').map_or(0, |at| at + 1), kind - "[!".len());
        let end = opening.end - (opening.end - kind - text.part(kind..opening.end).trim_end().len());
        let line_break =
            if text.part(kind..).split('\n').next().is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
        let margin = unclosed::margin(text, self.input.origin, line..mark);
        let edit = Edit { span: self.span(end..opening.end), replacement: format!("{line_break}{margin}") };
        let finding = EMPTY
            .at(self.span(mark..end), "this callout has no content: text on its first line is its title")
            .help("put the text on the next line, after another `>`");
        let is_there = self.input.origin.is_exact(line..opening.end);
        self.found.push(finding.fix_if(Some(Fix::suggested(vec![edit])).filter(|_| is_there)));
    }

    pub(super) fn end_title(&mut self) {
        let Some(index) = self.quotes.title_due.take() else { return };
        let Some(heading) = self.headings.pop() else { return };
        let title = self.take_up();
        let plain = self.plain.since(heading.plain).to_owned();
        self.plain.end();
        self.open_block(index, &title, &plain);
    }

    fn open_block(&mut self, index: usize, title: &HtmlOutput, plain: &str) {
        let block = &self.quotes.blocks[index];
        let word = words_of(block).next().unwrap_or("note");
        self.found.extend(block.refused.iter().map(|(name, span)| refused(name, *span)));
        if !matches!(block.kind, BlockKind::Tab(_)) {
            let whole = block.words_span;
            let is_first = block.words.starts_with(word) && whole.len() == block.words.len();
            let span = if is_first { whole.part(0..word.len()) } else { whole };
            self.found.extend(callout_kind::misspelt(word, span));
            if block.title == Title::Default {
                self.found.extend(callout_title::unquoted(&block.words, whole));
            }
        }
        if let Some(id) = &block.attributes.id {
            self.give_anchor(id, block.id_span);
        }
        self.out.raw(match block.kind {
            BlockKind::Callout => "<div",
            BlockKind::Details(_) => "<details",
            BlockKind::Tab(_) => "<section",
        });
        self.write_attributes(&Attributes { classes: classes(block), ..block.attributes.clone() });
        match block.kind {
            BlockKind::Callout => open_callout(&mut self.out, title, plain),
            BlockKind::Details(fold) => {
                let mut written = HtmlOutput::default();
                if title.html.is_empty() {
                    written.text(&default_title(word));
                }
                written.append(title);
                open_details(&mut self.out, fold, &written);
            }
            BlockKind::Tab(_) => {
                self.out.attribute("aria-label", plain);
                self.out.raw(">\n<p class=\"tab-label\">");
                self.out.append(title);
                self.out.raw("</p>\n");
            }
        }
    }

    pub(super) fn end_quote(&mut self) {
        self.out.fresh_line();
        match self.quotes.open.pop() {
            None => {}
            Some(OpenQuote::Plain) => self.out.raw("</blockquote>\n"),
            Some(OpenQuote::Alert) => self.out.raw("</div>\n"),
            Some(OpenQuote::Details) => self.out.raw("</details>\n"),
            Some(OpenQuote::Block(index)) => match self.close_block(index).kind {
                BlockKind::Callout => self.out.raw("</div>\n"),
                BlockKind::Details(_) => self.out.raw("</details>\n"),
                BlockKind::Tab(_) => self.end_tab(),
            },
        }
    }

    /// Reports a block in which nothing stands.
    fn close_block(&mut self, index: usize) -> &'a Block {
        let block = &self.quotes.blocks[index];
        let before = self.at.checked_sub(2).and_then(|before| self.input.events.get(before));
        let is_title = |range: &Range<usize>| range.start <= block.at + "> ".len();
        let is_tab = matches!(block.kind, BlockKind::Tab(_));
        let (is_empty, is_titled) = match before {
            Some((Event::Start(Tag::BlockQuote(_)), _)) => (true, false),
            Some((Event::End(TagEnd::Heading(_)), range)) => (is_title(range), !is_tab),
            _ => (false, false),
        };
        // A callout may say all it has to say in its title, unless a text follows at once that looks like its content.
        if is_empty && (!is_titled || self.text_follows(block)) {
            let what = if is_tab { "tab" } else { "callout" };
            let finding = EMPTY.at(block.span, format!("this {what} has no content"));
            self.found.push(finding.help("indent its content by four spaces"));
        }
        block
    }

    /// Whether the line right below the opening one of a block is a text outside it.
    fn text_follows(&self, block: &Block) -> bool {
        let text = self.input.text;
        let marks = |line: &str| line.matches('>').count();
        let start = text.part(..block.at).rfind('\n').map_or(0, |at| at + 1);
        let around = marks(text.part(start..block.at));
        let mut below = text.part(block.at..).lines().skip(1);
        // What stands right below is kept apart by a line of the block's own quote.
        let is_right_below = below.next().is_some_and(|line| line.ends_with('>') && marks(line) > around);
        let is_text = |line: &str| {
            let line = line.trim_start_matches([' ', '>']);
            line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '[' | '`' | '"' | '-'))
                && !line.starts_with("---")
        };
        is_right_below && below.next().is_some_and(is_text)
    }

    /// Tabs that follow each other with nothing between them are one set.
    fn end_tab(&mut self) {
        self.out.raw("</section>\n");
        let next = match self.input.events.get(self.at) {
            Some((Event::Start(Tag::BlockQuote(_)), range)) => self.quotes.at(range.start),
            _ => None,
        };
        match next.filter(|next| self.quotes.blocks[*next].kind == BlockKind::Tab(TabSet::Continues)) {
            Some(next) => self.quotes.open.push(OpenQuote::Block(next)),
            None => self.out.raw("</div>\n"),
        }
    }

    /// Whether a heading that starts now is the title of a block.
    pub(super) fn title_is_due(&self) -> bool {
        self.quotes.title_due.is_some()
    }
}

/// What the element of a block is classed as: what it is, then what the author called it.
fn classes(block: &Block) -> Vec<String> {
    let mut words = words_of(block);
    let mut classes = match block.kind {
        BlockKind::Tab(_) => vec!["tab".to_owned()],
        BlockKind::Callout | BlockKind::Details(_) => callout_classes(words.next().unwrap_or("note")),
    };
    if !matches!(block.kind, BlockKind::Tab(_)) {
        classes.extend(words.map(str::to_owned));
    }
    classes.extend(block.attributes.classes.iter().cloned());
    classes
}

/// A callout of a kind; one that is the author's own looks like a note, and has its name besides.
fn callout_classes(word: &str) -> Vec<String> {
    let kind = word.to_lowercase();
    let canonical = canonical_kind(&kind);
    let mut classes = vec!["callout".to_owned(), format!("callout-{}", canonical.unwrap_or("note"))];
    classes.extend((canonical != Some(&kind)).then(|| word.to_owned()));
    classes
}

/// Writes the rest of a callout's tag, and its title.
fn open_callout(out: &mut HtmlOutput, title: &HtmlOutput, plain: &str) {
    out.raw(" role=\"note\"");
    if !plain.is_empty() {
        out.attribute("aria-label", plain);
    }
    out.raw(">\n");
    if !title.html.is_empty() {
        out.raw("<p class=\"callout-title\">");
        out.append(title);
        out.raw("</p>\n");
    }
}

/// Writes the rest of the tag of a callout that folds, and its title.
fn open_details(out: &mut HtmlOutput, fold: Fold, title: &HtmlOutput) {
    let open = if fold == Fold::Open { " open" } else { "" };
    out.raw(&format!("{open}>\n<summary class=\"callout-title\">"));
    out.append(title);
    out.raw("</summary>\n");
}

/// The kind of a block and its classes: `warning inline`, `warning.inline`.
fn words_of(block: &Block) -> impl Iterator<Item = &str> {
    block.words.split([' ', '\t', '.']).filter(|word| !word.is_empty())
}

/// What a callout is called that has no title of its own: after its kind.
fn default_title(kind: &str) -> String {
    let (shown, plain) = (capitalised(kind), kind.to_lowercase());
    let known = Wording::english().get(&format!("callout.{plain}")).filter(|_| shown == capitalised(&plain));
    known.map_or(shown, |word| word.text(None).to_owned())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}
