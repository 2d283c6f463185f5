//! Block quotes that are callouts, collapsibles, tabs, or just quotes.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::alert::{AlertLine, alert_kind, is_githubs};
use super::callout_mark::mark;
use super::output::HtmlOutput;
use super::writer::Writer;
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::attributes::{Attributes, refused};
use crate::markdown::desugar::block::{BlockKind, Fold, TabSet};
use crate::markdown::desugar::callout_kind::canonical_kind;
use crate::markdown::desugar::rewritten::{Block, Title};
use crate::markdown::desugar::{callout_kind, callout_title};
use crate::markdown::lines::margin;
use crate::source::Part as _;
use crate::wording::Wording;

/// A block without content, where it makes no sense without.
pub(crate) static EMPTY: Rule = Rule::warning("markdown/empty-block", include_str!("empty_block.md"));

/// The quotes of a text.
#[derive(Default)]
pub(super) struct Quotes<'a> {
    /// Open quotes, innermost last.
    open: Vec<OpenQuote<'a>>,
    /// The block whose title is being written.
    title_due: Option<&'a Block>,
}

#[derive(Copy, Clone)]
enum OpenQuote<'a> {
    Plain,
    Alert,
    /// A callout that can be folded.
    Details,
    Block(&'a Block),
}

/// The block that starts at an offset of the rewritten text.
fn block_at<'a>(writer: &Writer<'a>, offset: usize) -> Option<&'a Block> {
    let blocks = writer.input().blocks;
    blocks.get(blocks.binary_search_by_key(&offset, |block| block.at).ok()?)
}

impl<'a> Quotes<'a> {
    /// Starts a quote; returns how it opens when it says itself what it is: its title is for `dispatch` to write first.
    pub(super) fn start(
        &mut self,
        writer: &mut Writer<'a>,
        alert: Option<BlockQuoteKind>,
        range: &Range<usize>,
    ) -> Option<AlertLine<'a>> {
        writer.fresh_line();
        if let Some(block) = block_at(writer, range.start) {
            self.start_block(writer, block);
        } else if let Some(kind) = alert {
            self.open.push(OpenQuote::Alert);
            let (drawn_as, kind) = alert_kind(kind);
            let title = default_title(kind);
            writer.raw("<div");
            writer.attribute("class", &callout_classes(kind, drawn_as).join(" "));
            let mut written = HtmlOutput::default();
            written.text(&title);
            open_callout(writer.out(), drawn_as, &written, &title);
        } else if let Some(opening) = AlertLine::of_quote(writer) {
            return Some(opening);
        } else {
            self.open.push(OpenQuote::Plain);
            writer.raw("<blockquote>\n");
        }
        None
    }

    fn start_block(&mut self, writer: &mut Writer<'_>, block: &'a Block) {
        // The tab before it in its set has opened it already, so that the set stays one element.
        let continues = matches!(self.open.last(), Some(OpenQuote::Block(open)) if open.at == block.at);
        if !continues {
            self.open.push(OpenQuote::Block(block));
            if matches!(block.kind, BlockKind::Tab(_)) {
                writer.raw("<div class=\"tabs\" data-tabs>\n");
            }
        }
        let has_heading = matches!(writer.peek(0), Some(Event::Start(Tag::Heading { .. })));
        match block.title {
            Title::Given if has_heading => self.title_due = Some(block),
            Title::Given | Title::None => open_block(writer, block, &HtmlOutput::default(), ""),
            Title::Default => {
                let title = default_title(words_of(block).next().unwrap_or("note"));
                let mut written = HtmlOutput::default();
                written.text(&title);
                open_block(writer, block, &written, &title);
            }
        }
    }

    /// Starts a quote that opens with its kind; its title may be empty.
    pub(super) fn start_titled(
        &mut self,
        writer: &mut Writer<'_>,
        opening: &AlertLine<'_>,
        mut title: HtmlOutput,
        mut plain: String,
    ) {
        let kind = opening.kind.to_lowercase();
        let span = writer.span(opening.at..opening.at + opening.kind.len());
        if let Some(misspelt) = callout_kind::misspelt(opening.kind, span) {
            writer.report(misspelt);
        }
        report_text_as_title(writer, opening, &plain);
        if plain.is_empty() && title.html.trim().is_empty() {
            plain = default_title(&kind);
            title.text(&plain);
        }
        self.open.push(if opening.fold.is_some() { OpenQuote::Details } else { OpenQuote::Alert });
        writer.raw(if opening.fold.is_some() { "<details" } else { "<div" });
        let drawn_as = drawn_as(&kind);
        writer.attribute("class", &callout_classes(&kind, drawn_as).join(" "));
        match opening.fold {
            None => open_callout(writer.out(), drawn_as, &title, &plain),
            Some(fold) => open_details(writer.out(), fold, drawn_as, &title),
        }
    }

    /// Whether a heading that starts now is the title of a block.
    pub(super) fn title_is_due(&self) -> bool {
        self.title_due.is_some()
    }

    /// Opens the block whose title was written.
    pub(super) fn end_title(&mut self, writer: &mut Writer<'_>, title: &HtmlOutput, plain: &str) {
        if let Some(block) = self.title_due.take() {
            open_block(writer, block, title, plain);
        }
    }

    pub(super) fn end(&mut self, writer: &mut Writer<'a>) {
        writer.fresh_line();
        match self.open.pop() {
            None => {}
            Some(OpenQuote::Plain) => writer.raw("</blockquote>\n"),
            Some(OpenQuote::Alert) => writer.raw("</div>\n"),
            Some(OpenQuote::Details) => writer.raw("</details>\n"),
            Some(OpenQuote::Block(block)) => {
                report_empty(writer, block);
                match block.kind {
                    BlockKind::Callout => writer.raw("</div>\n"),
                    BlockKind::Details(_) => writer.raw("</details>\n"),
                    BlockKind::Tab(_) => self.end_tab(writer),
                }
            }
        }
    }

    /// Tabs that follow each other with nothing between them are one set.
    fn end_tab(&mut self, writer: &mut Writer<'a>) {
        writer.raw("</section>\n");
        let next = match writer.rest().first() {
            Some((Event::Start(Tag::BlockQuote(_)), range)) => block_at(writer, range.start),
            _ => None,
        };
        match next.filter(|next| next.kind == BlockKind::Tab(TabSet::Continues)) {
            Some(next) => self.open.push(OpenQuote::Block(next)),
            None => writer.raw("</div>\n"),
        }
    }
}

/// Reports a callout that has all its text behind its mark: that line is its title, and on GitHub it is no callout.
fn report_text_as_title(writer: &mut Writer<'_>, opening: &AlertLine<'_>, title: &str) {
    let is_whole = matches!(writer.peek(0), Some(Event::End(TagEnd::BlockQuote(_))));
    let is_githubs = opening.fold.is_none() && is_githubs(opening.kind);
    if title.is_empty() || !is_whole || !(is_githubs || title.ends_with(['.', '!', '?'])) {
        return;
    }
    let text = writer.text();
    let (line, mark) = (text.part(..opening.at).rfind('\n').map_or(0, |at| at + 1), opening.at - "[!".len());
    let end = opening.at + text.part(opening.at..opening.end).trim_end().len();
    let first_line = text.part(opening.at..).split('\n').next();
    let line_break = if first_line.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let margin = margin(text, writer.input().source_map, line..mark);
    let edit = Edit { span: writer.span(end..opening.end), replacement: format!("{line_break}{margin}") };
    let message = "this callout has no content: text on its first line is its title";
    let finding = EMPTY.at(writer.span(mark..end), message);
    let finding = finding.help("put the text on the next line, after another `>`");
    // An included line cannot be broken in the file that includes it.
    let is_there = writer.input().source_map.is_exact(line..opening.end);
    writer.report(finding.fix_if(is_there.then(|| Fix::suggested(vec![edit]))));
}

fn open_block(writer: &mut Writer<'_>, block: &Block, title: &HtmlOutput, plain: &str) {
    let word = words_of(block).next().unwrap_or("note");
    for (name, span) in &block.refused {
        writer.report(refused(name, *span));
    }
    if !matches!(block.kind, BlockKind::Tab(_)) {
        report_words(writer, block, word);
    }
    if let Some(id) = &block.attributes.id {
        writer.claim_anchor(id, block.id_span);
    }
    writer.raw(match block.kind {
        BlockKind::Callout => "<div",
        BlockKind::Details(_) => "<details",
        BlockKind::Tab(_) => "<section",
    });
    writer.write_attributes(&Attributes { classes: classes(block), ..block.attributes.clone() });
    match block.kind {
        BlockKind::Callout => open_callout(writer.out(), drawn_as(word), title, plain),
        BlockKind::Details(fold) => {
            let mut written = HtmlOutput::default();
            // A `summary` without text shows the browser's own word, in the browser's language.
            if title.html.is_empty() {
                written.text(&default_title(word));
            }
            written.append(title);
            open_details(writer.out(), fold, drawn_as(word), &written);
        }
        BlockKind::Tab(_) => {
            writer.attribute("aria-label", plain);
            writer.raw(">\n<p class=\"tab-label\">");
            writer.out().append(title);
            writer.raw("</p>\n");
        }
    }
}

/// Reports a kind that is misspelt, and classes that were meant as a title.
fn report_words(writer: &mut Writer<'_>, block: &Block, kind: &str) {
    let whole = block.words_span;
    let is_first = block.words.starts_with(kind) && whole.len() == block.words.len();
    let span = if is_first { whole.part(0..kind.len()) } else { whole };
    let unquoted = || callout_title::unquoted(&block.words, whole);
    let title = if block.title == Title::Default { unquoted() } else { None };
    for finding in callout_kind::misspelt(kind, span).into_iter().chain(title) {
        writer.report(finding);
    }
}

/// Reports a block without content.
fn report_empty(writer: &mut Writer<'_>, block: &Block) {
    let is_title = |range: &Range<usize>| range.start <= block.at + "> ".len();
    let is_tab = matches!(block.kind, BlockKind::Tab(_));
    let (is_empty, is_titled) = match writer.event_before() {
        Some((Event::Start(Tag::BlockQuote(_)), _)) => (true, false),
        Some((Event::End(TagEnd::Heading(_)), range)) => (is_title(range), !is_tab),
        _ => (false, false),
    };
    // A callout may say all it has to say in its title, unless a text follows at once that looks like its content.
    if is_empty && (!is_titled || text_follows(writer.text(), block)) {
        let what = if is_tab { "tab" } else { "callout" };
        let finding = EMPTY.at(block.span, format!("this {what} has no content"));
        writer.report(finding.help("indent its content by four spaces"));
    }
}

/// Whether the line right below the opening one of a block is a text outside it.
fn text_follows(text: &str, block: &Block) -> bool {
    let marks = |line: &str| line.matches('>').count();
    let start = text.part(..block.at).rfind('\n').map_or(0, |at| at + 1);
    let around = marks(text.part(start..block.at));
    let mut below = text.part(block.at..).lines().skip(1);
    // What follows right below is kept apart by a line of the block's own quote.
    let is_right_below = below.next().is_some_and(|line| line.ends_with('>') && marks(line) > around);
    let is_text = |line: &str| {
        let line = line.trim_start_matches([' ', '>']);
        line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '[' | '`' | '"' | '-'))
            && !line.starts_with("---")
    };
    is_right_below && below.next().is_some_and(is_text)
}

/// What the element of a block is classed as: what it is, then what the author called it.
fn classes(block: &Block) -> Vec<String> {
    let mut words = words_of(block);
    let mut classes = match block.kind {
        BlockKind::Tab(_) => vec!["tab".to_owned()],
        BlockKind::Callout | BlockKind::Details(_) => {
            let word = words.next().unwrap_or("note");
            callout_classes(word, drawn_as(word))
        }
    };
    // `!!! note inline end`: words behind the kind are classes.
    if !matches!(block.kind, BlockKind::Tab(_)) {
        classes.extend(words.map(str::to_owned));
    }
    classes.extend(block.attributes.classes.iter().cloned());
    classes
}

/// The classes of a callout: what it is drawn as, and its name if that is another.
fn callout_classes(word: &str, drawn_as: &str) -> Vec<String> {
    let mut classes = vec!["callout".to_owned(), format!("callout-{drawn_as}")];
    classes.extend((drawn_as != word.to_lowercase()).then(|| word.to_owned()));
    classes
}

/// The kind that the theme draws for a word: one of the author's own looks like a note.
fn drawn_as(word: &str) -> &'static str {
    canonical_kind(&word.to_lowercase()).unwrap_or("note")
}

/// Writes the rest of a callout's tag, and its title.
fn open_callout(out: &mut HtmlOutput, drawn_as: &str, title: &HtmlOutput, plain: &str) {
    // A `div` without a role must not have a name: screen readers would pass over it.
    out.raw(" role=\"note\"");
    if !plain.is_empty() {
        out.attribute("aria-label", plain);
    }
    out.raw(">\n");
    if !title.html.is_empty() {
        out.raw("<p class=\"callout-title\">");
        out.raw(&mark(drawn_as));
        out.append(title);
        out.raw("</p>\n");
    }
}

/// Writes the rest of the tag of a callout that folds, and its title.
fn open_details(out: &mut HtmlOutput, fold: Fold, drawn_as: &str, title: &HtmlOutput) {
    let open = if fold == Fold::Open { " open" } else { "" };
    out.raw(&format!("{open}>\n<summary class=\"callout-title\">"));
    out.raw(&mark(drawn_as));
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
