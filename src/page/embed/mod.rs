//! What is drawn in a page: maps and parts of playbooks.
//! In: fenced blocks and tables of a text. Out: what each block becomes, and the links that diagrams make.
//! Never knows: where links lead, what the parts look like.

mod page_map;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use page_map::MapPlace;
pub use page_map::{Actions, PageMap};
pub(super) use settings::MapSettings;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::map::graph::Graph;
use crate::map::layout;
use crate::map::mermaid::{self, Diagram};
use crate::map::other::{self, Other};
use crate::map::reconcile::{self, DiagramReading, Map};
use crate::map::reference::{self, ChosenTable, Diagrams, ReadTable};
use crate::markdown::{self, Document, Embed, Ending, Link};
use crate::page::directive::{self, Directive};
use crate::source::Span;

/// What a fenced block becomes.
#[derive(Clone, Debug)]
pub enum EmbedContent {
    /// The map at this position of `Page::maps`.
    Map(usize),
    /// A diagram other than a flowchart, as SVG.
    Drawn {
        /// What readers call its kind: `Sequence diagram`.
        name: String,
        /// The drawing. Its ids begin with `map-`, as those of maps do.
        svg: String,
    },
    /// The text as it is, with a caption that says what it is.
    Source {
        /// `sequenceDiagram`
        kind: String,
        /// The text of the block.
        text: String,
    },
    /// What a directive asks for.
    Directive(Directive),
}

impl EmbedContent {
    /// Whether this is a diagram, drawn or not.
    #[must_use]
    pub fn is_diagram(&self) -> bool {
        match self {
            Self::Map(_) | Self::Drawn { .. } => true,
            Self::Source { kind, .. } => !kind.starts_with('{'),
            Self::Directive(_) => false,
        }
    }
}

/// What a page's blocks and tables are drawn as.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    /// What each of [`Document::embeds`] becomes.
    pub(super) embeds: Vec<EmbedContent>,
    /// The maps of the page: its diagrams, then those that a table draws by itself.
    pub(super) maps: Vec<PageMap>,
}

/// What a text is with the values that this run was given for what it asks for; `None` where it asks for none of them.
pub(super) type Given<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Draws every block of a text, and every table that is a map by itself. Click targets are added to `links`.
pub(super) fn embed(
    document: &Document,
    settings: &MapSettings,
    given: Given<'_>,
    links: &mut Vec<Link>,
    found: &mut Diagnostics,
) -> Embedded {
    let tables = document.tables.iter().map(|table| page_map::as_input(table, links));
    let tables = tables.map(|table| ReadTable::new(table, &settings.columns)).collect();
    let diagrams =
        // All of them before the first is drawn: how far a diagram reaches for its table depends on the next one.
        document.embeds.iter().filter(|embed| embed.name.value == "mermaid").map(|embed| embed.span).collect();
    let read = BTreeSet::new();
    let mut page = Embedder { settings, given, tables, diagrams, read, maps: Vec::new(), links, found };
    let embeds = (1..).zip(&document.embeds).map(|(number, embed)| page.block(number, embed)).collect();
    // First what a diagram should have taken: drawn by itself, the table would be a second map of the same steps.
    // Before tables draw maps themselves: a table that a diagram failed to match must not draw a second map of it.
    page.tables_left_over();
    page.tables_alone();
    page.unread_settings();
    Embedded { embeds, maps: page.maps }
}

/// A page whose blocks are being drawn.
struct Embedder<'a> {
    settings: &'a MapSettings,
    given: Given<'a>,
    tables: Vec<ReadTable>,
    /// Where the page's diagrams stand.
    diagrams: Vec<Span>,
    /// Tables that a map has taken, or that were said to compete for one.
    read: BTreeSet<usize>,
    maps: Vec<PageMap>,
    links: &'a mut Vec<Link>,
    found: &'a mut Diagnostics,
}

impl Embedder<'_> {
    /// What the block with this number on its page becomes.
    fn block(&mut self, number: usize, embed: &Embed) -> EmbedContent {
        if embed.ending == Ending::Unclosed {
            // The block runs to the end of the page and holds prose; the missing fence has its own finding.
            return EmbedContent::Source { kind: embed.name.value.clone(), text: embed.text.clone() };
        }
        match embed.name.value.as_str() {
            "mermaid" => self.diagram(number, embed),
            _ => match directive::read(embed, self.found) {
                Some(directive) => EmbedContent::Directive(directive),
                None => EmbedContent::Source { kind: embed.name.value.clone(), text: embed.text.clone() },
            },
        }
    }

    fn diagram(&mut self, number: usize, embed: &Embed) -> EmbedContent {
        let parsed = mermaid::parse(&embed.text, &embed.origin);
        let reading = DiagramReading::of(&parsed.found);
        // Another program would only say the same again, in its own words.
        let is_understood = parsed.found.is_empty();
        self.found.extend(parsed.found);
        match parsed.value {
            Diagram::Flowchart(graph) => {
                let (map, table) = self.with_table(graph, reading, embed.span);
                let map = self.laid_out(map, MapPlace { span: embed.span, table: table.map(|table| table.table) });
                self.found.extend(layout::too_dense(&map.graph, &map.layout, embed.name.span));
                self.maps.push(map);
                EmbedContent::Map(self.maps.len() - 1)
            }
            // With findings it would be drawn wrong, and readers would not know.
            Diagram::Other { kind, span } if is_understood => {
                let other = Other { kind: &kind, span, text: &embed.text };
                match other::draw(other, &format!("map-d{number}")) {
                    Ok(svg) => EmbedContent::Drawn { name: other::name(&kind).to_owned(), svg },
                    Err(finding) => {
                        self.found.push(*finding);
                        EmbedContent::Source { kind, text: embed.text.clone() }
                    }
                }
            }
            // Its findings were reported above.
            Diagram::Other { kind, .. } => EmbedContent::Source { kind, text: embed.text.clone() },
        }
    }

    /// The next map of the page. Values are filled in after comparing, because diagram and table are written alike.
    fn laid_out(&mut self, mut map: Map, place: MapPlace) -> PageMap {
        map.graph.for_each_text(&mut |text| {
            if let Some(filled) = (self.given)(text) {
                *text = filled;
            }
        });
        PageMap::new(map, place, self.settings, self.maps.len(), self.links)
    }

    /// The diagram made one with the table that describes it, when the page has one.
    fn with_table(&mut self, graph: Graph, reading: DiagramReading, own: Span) -> (Map, Option<ChosenTable>) {
        let diagrams = Diagrams { own, all: &self.diagrams };
        let chosen = reference::choose(&self.tables, &graph, &diagrams);
        let reconciled = match &chosen {
            Some(chosen) => reconcile::reconcile(graph, &chosen.reference),
            None => reconcile::alone(graph),
        };
        let is_contested = chosen.as_ref().is_some_and(|chosen| !chosen.rivals.is_empty());
        let start = self.found.len();
        // What was not understood of the diagram can't contradict the table.
        self.found.extend(reconciled.found.into_iter().filter(|finding| reading.supports(finding)));
        // With two tables that fit, a repair might follow the wrong one: it is only suggested.
        if is_contested {
            self.found.iter_mut().skip(start).for_each(Diagnostic::doubt);
        }
        if let Some(chosen) = &chosen {
            let taken = self.tables.get(chosen.table).map(|own| &own.table);
            let not_known = |own| reference::not_known(own, &chosen.reference, &reconciled.value.graph);
            self.found.extend(taken.and_then(not_known));
            for table in std::iter::once(chosen.table).chain(chosen.more.iter().copied()) {
                self.take(table);
            }
            let rivals = chosen.rivals.iter().filter_map(|rival| self.tables.get(*rival));
            let pairs =
                self.tables.get(chosen.table).into_iter().flat_map(|own| rivals.clone().map(move |rival| (own, rival)));
            self.found.extend(pairs.map(|(own, rival)| reference::competing(&own.table, &rival.table)));
            self.read.extend(&chosen.rivals);
        }
        (reconciled.value, chosen)
    }

    /// Notes that a map follows a table; no other map may draw it then.
    fn take(&mut self, table: usize) {
        // Several diagrams may share a table; its own findings are reported once.
        if !self.read.insert(table) {
            return;
        }
        let Some(ReadTable { table, read }) = self.tables.get(table) else { return };
        self.found.extend(read.found.iter().cloned());
        let incomplete = reference::incomplete_rows(table);
        // One cause, one finding: rows that are incomplete for a map replace the general finding about missing cells.
        let is_said = |found: &Diagnostic| {
            found.rule == &markdown::MISSING_CELL && incomplete.iter().any(|own| own.span == found.span)
        };
        self.found.retain(|found| !is_said(found));
        self.found.extend(incomplete);
    }

    /// Tables that say what comes next draw their map themselves, when no diagram does.
    fn tables_alone(&mut self) {
        let left = self.tables.iter().enumerate().filter(|(at, _)| !self.read.contains(at));
        let drawn = left.filter_map(|(at, own)| {
            let reference = own.read.value.as_ref().filter(|reference| reference.draws_a_map())?;
            let drawn = reconcile::from_table(reference);
            // `Next review` is a column about dates. If no row leads to another, the table is not a map.
            (!drawn.value.graph.edges.is_empty()).then(|| (at, reference.span, own.table.head(), drawn))
        });
        for (table, span, head, drawn) in drawn.collect::<Vec<_>>() {
            self.take(table);
            self.found.extend(drawn.found);
            let mut map = self.laid_out(drawn.value, MapPlace { span, table: Some(table) });
            map.is_above_table = true;
            self.found.extend(layout::too_dense(&map.graph, &map.layout, head));
            self.maps.push(map);
        }
    }

    /// A table about a diagram's steps that nothing was compared with is a finding: silence would look like agreement.
    fn tables_left_over(&mut self) {
        let alone = self.maps.iter().filter(|map| map.table.is_none());
        for map in alone {
            let mut left = self.tables.iter().enumerate().filter(|(at, _)| !self.read.contains(at));
            let names = &self.settings.columns;
            let said = left.find_map(|(at, own)| Some((at, reference::not_compared(&own.table, names, &map.graph)?)));
            if let Some((table, finding)) = said {
                self.read.insert(table);
                self.found.push(finding);
            }
        }
    }

    /// Columns that front matter names for a table that was not found are findings all the same: the wrong name may
    /// be why.
    fn unread_settings(&mut self) {
        let unused = self.read.is_empty() && self.settings.columns != reference::ColumnNames::default();
        if let Some(first) = self.tables.first().filter(|_| unused) {
            self.found.extend(first.read.found.iter().cloned());
        }
    }
}
