//! Builds a tree from parser events.
//! In: YAML text. Out: nodes with spans up to the first syntax error, and findings for duplicate keys and exceeded
//! limits.

mod frame;

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};

use self::frame::{Collection, NodeSize, OpenCollection};
use super::repair::RecoveredText;
use super::{CustomTags, MOST_ALIASES, MOST_DEPTH, MOST_NODES, NodeContent, QuoteStyle, Scalar, YamlNode};
use crate::diagnostic::{Diagnostics, Rule};
use crate::source::{Part as _, Span};

/// One pass over a text.
pub(super) struct TreeReader {
    /// The nodes.
    pub(super) root: YamlNode,
    /// The findings, except syntax errors.
    pub(super) found: Diagnostics,
    /// Where the parser failed.
    pub(super) failure: Option<ParseFailure>,
}

/// Where the parser failed, and its state at that point.
pub(super) struct ParseFailure {
    /// The parser's error.
    pub(super) error: ScanError,
    /// The last scalar it read.
    pub(super) last: Range<usize>,
    /// The start of that scalar's entry: its key, or the scalar itself.
    pub(super) entry: usize,
    /// The open collections, outermost first.
    pub(super) open: Vec<OpenNode>,
    /// The start of the collection that was closed last.
    pub(super) closed: Option<usize>,
}

/// An open collection.
pub(super) struct OpenNode {
    /// Its first byte.
    pub(super) start: usize,
    /// Whether it's written with brackets.
    pub(super) flow: bool,
}

/// Reads up to the end or the first syntax error.
pub(super) fn read(text: &RecoveredText<'_>, at: Span, rule: &'static Rule, tags: CustomTags) -> TreeReader {
    let mut builder = TreeBuilder {
        text,
        at,
        rule,
        found: Vec::new(),
        frames: Vec::new(),
        anchors: HashMap::new(),
        root: None,
        last: 0..0,
        entry: 0,
        closed: None,
        nodes: 0,
        aliases: 0,
        tag: None,
    };
    let mut failure = None;
    for event in parser(text.as_str()) {
        match event {
            Ok((event, span)) => {
                let tag = event.tag().map(|tag| (tag.is_custom(), span.tag_span().and_then(|tag| tag.byte_range())));
                builder.tag(tag, tags);
                let range = text.on_characters(span.byte_range().unwrap_or_default());
                if builder.event(event, range).is_err() {
                    break;
                }
            }
            Err(error) => {
                failure = Some(builder.failure(error));
                break;
            }
        }
    }
    builder.close_all();
    let nothing = YamlNode { span: at.part(0..0), content: NodeContent::Null, tag: None };
    TreeReader { root: builder.root.unwrap_or(nothing), found: builder.found, failure }
}

/// How far into a text the parser gets.
pub(super) fn reach(text: &str) -> usize {
    let error = parser(text).find_map(Result::err);
    error.map_or(usize::MAX, |error| error.marker().byte_offset().unwrap_or(text.len()))
}

fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    // The scanner looks ahead of its events, so it needs the limit too.
    let options = granit_parser::options! { flow_nesting_limit: MOST_DEPTH, block_nesting_limit: MOST_DEPTH };
    Parser::new_from_str_with_options(text, options)
}

/// Marks the rest as not worth reading, or not allowed.
struct Abandoned;

/// A node with an anchor `&name`.
struct Anchored {
    node: YamlNode,
    size: NodeSize,
}

struct TreeBuilder<'t> {
    text: &'t RecoveredText<'t>,
    at: Span,
    rule: &'static Rule,
    found: Diagnostics,
    /// The open collections, outermost first.
    frames: Vec<OpenCollection>,
    anchors: HashMap<usize, Anchored>,
    root: Option<YamlNode>,
    last: Range<usize>,
    entry: usize,
    closed: Option<usize>,
    nodes: usize,
    aliases: usize,
    /// The tag of the node that comes next.
    tag: Option<Box<str>>,
}

impl TreeBuilder<'_> {
    fn failure(&self, error: ScanError) -> ParseFailure {
        let open = |frame: &OpenCollection| OpenNode { start: frame.start, flow: frame.flow };
        ParseFailure {
            error,
            last: self.last.clone(),
            entry: self.entry,
            closed: self.closed,
            open: self.frames.iter().map(open).collect(),
        }
    }

    /// Keeps the tag of the next node, or reports it.
    fn tag(&mut self, tag: Option<(bool, Option<Range<usize>>)>, tags: CustomTags) {
        self.tag = None;
        let Some((is_custom, range)) = tag else { return };
        match tags {
            CustomTags::Kept => {
                let range = range.map(|range| self.text.on_characters(range)).unwrap_or_default();
                self.tag = Some(self.text.as_str().part(range).into());
            }
            // `!!str` and its like are YAML's own and mean what they say.
            CustomTags::Reported if is_custom => self.tag_without_meaning(range),
            CustomTags::Reported => {}
        }
    }

    /// Without this, `name: !Important call` would silently lose its first word.
    fn tag_without_meaning(&mut self, range: Option<Range<usize>>) {
        let Some(range) = range.map(|range| self.text.on_characters(range)) else { return };
        let message = format!("YAML tags are not supported: `{}`", self.text.as_str().part(range.clone()));
        self.found.push(self.rule.at(self.span(range), message).help("quote the value"));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Abandoned> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let node = self.scalar(&text, style, range.clone());
                self.spend(node.span, NodeSize::ONE)?;
                let key = self.frames.last().and_then(OpenCollection::pending_key);
                self.entry = key.map_or(range.start, |key| key - self.at.start as usize);
                self.last = range;
                self.keep(node, NodeSize::ONE, anchor);
            }
            Event::Alias(anchor) => self.alias(anchor, range)?,
            Event::SequenceStart(style, anchor, _) => self.open(range.start, style, anchor, Collection::sequence())?,
            Event::MappingStart(style, anchor, _) => self.open(range.start, style, anchor, Collection::mapping())?,
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::DocumentStart(..) if self.root.is_some() => {
                let finding = self.rule.at(self.span(range), "only the first YAML document is read");
                self.found.push(finding.help("remove this line, or split the file"));
                return Err(Abandoned);
            }
            _ => {}
        }
        Ok(())
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.at.part(self.text.on_characters(range))
    }

    fn scalar(&self, text: &str, style: ScalarStyle, range: Range<usize>) -> YamlNode {
        if let Some(broken) = self.text.broken_value(range.start) {
            return YamlNode { span: self.span(broken), content: NodeContent::Unreadable, tag: None };
        }
        let (style, range) = match style {
            ScalarStyle::Plain => (QuoteStyle::Plain, range),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                // Both quotes are single bytes, and the scanner emits only closed strings.
                (QuoteStyle::Quoted, range.start + 1..(range.end - 1).max(range.start + 1))
            }
            _ => {
                (QuoteStyle::Block, range.start..range.start + self.text.as_str().part(range.clone()).trim_end().len())
            }
        };
        let range = if range.is_empty() { self.dash_before(range.start) } else { range };
        // YAML 1.2, section 10.3.2: these and no other words are null.
        let null = style == QuoteStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        let content =
            if null { NodeContent::Null } else { NodeContent::Scalar(Scalar { text: text.to_owned(), style }) };
        YamlNode { span: self.span(range), content, tag: self.tag.clone() }
    }

    /// A missing item is at its `-`.
    fn dash_before(&self, at: usize) -> Range<usize> {
        let before = self.text.as_str().part(..at).trim_end();
        if before.ends_with('-') { before.len() - 1..before.len() } else { at..at }
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Abandoned> {
        let span = self.span(range.clone());
        self.last = range;
        // A budget of its own: each alias copies its value before the nodes are counted.
        self.aliases += 1;
        if self.aliases > MOST_ALIASES {
            let finding = self.rule.at(span, format!("more than {MOST_ALIASES} aliases"));
            self.found.push(finding.help("write out the values; everything after this is ignored"));
            return Err(Abandoned);
        }
        let (content, size) = if let Some(Anchored { node, size }) = self.anchors.get(&anchor) {
            (node.content.clone(), *size)
        } else {
            // The parser knows it, but it isn't closed yet: `&a [*a]`.
            let finding = self.rule.at(span, "this alias refers to a value that contains it");
            self.found.push(finding.help("write out the value"));
            (NodeContent::Unreadable, NodeSize::ONE)
        };
        self.spend(span, size)?;
        self.keep(YamlNode { span, content, tag: None }, size, 0);
        Ok(())
    }

    fn open(&mut self, start: usize, style: StructureStyle, anchor: usize, body: Collection) -> Result<(), Abandoned> {
        let line = start..self.text.line_end(start).max(start);
        self.spend(self.span(line), NodeSize { nodes: 1, depth: 1 })?;
        self.frames.push(OpenCollection {
            tag: self.tag.take(),
            ..OpenCollection::new(start, style == StructureStyle::Flow, anchor, body)
        });
        Ok(())
    }

    /// Counts a node before it's kept. Text beyond the limit only exhausts its reader.
    fn spend(&mut self, span: Span, size: NodeSize) -> Result<(), Abandoned> {
        // An alias costs what it stands for: ten lines of nine aliases each are a billion values otherwise.
        self.nodes += size.nodes;
        let message = if self.nodes > MOST_NODES {
            format!("more than {MOST_NODES} values")
        } else if self.frames.len() + size.depth > MOST_DEPTH {
            super::too_deep()
        } else {
            return Ok(());
        };
        self.found.push(self.rule.at(span, message).help("everything after this is ignored; shorten the file"));
        Err(Abandoned)
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else { return };
        let inside = self.text.as_str().part(frame.start..end.max(frame.start));
        let span = self.span(frame.start..frame.start + inside.trim_end().len());
        self.last = end..end;
        self.closed = Some(frame.start);
        let (anchor, size) = (frame.anchor, frame.size);
        let mut content = frame.body.finish();
        if let NodeContent::Mapping(mapping) = &mut content {
            // A key that is required may stand in the line that could not be read.
            mapping.incomplete = self.text.is_incomplete(&(frame.start..end));
        }
        self.keep(YamlNode { span, content, tag: frame.tag }, size, anchor);
    }

    /// Closes what a syntax error or a limit left open.
    fn close_all(&mut self) {
        while !self.frames.is_empty() {
            self.close(self.last.end);
        }
    }

    /// Adds a finished node to its parent.
    fn keep(&mut self, node: YamlNode, size: NodeSize, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), size });
        }
        match self.frames.last_mut() {
            Some(frame) => self.found.extend(frame.push(node, size, self.rule)),
            // The first one: what stands in a second document is reported, and not read.
            None => self.root = self.root.take().or(Some(node)),
        }
    }
}
