//! What is drawn in a page: maps and parts of playbooks.
//! In: fenced blocks and tables of a text. Out: what each block becomes, and the links that diagrams make.
//! Never knows: where links lead, what the parts look like.

use super::directive::{self, Directive};
use crate::diagnostic::Findings;
use crate::map::graph::{Graph, NodeId};
use crate::map::layout::{self, LayoutOptions};
use crate::map::mermaid::{self, Diagram};
use crate::map::other::{self, Other};
use crate::map::reconcile::{self, Map, Reading};
use crate::map::reference::{self, ColumnNames, LinkRef, Row, TableInput};
use crate::map::svg::{self, Drawing, Linked};
use crate::markdown::{Document, Embed, Ending, Link, LinkKind, Table};
use crate::text::Span;

/// What a fenced block becomes.
#[derive(Clone, Debug)]
pub enum EmbedContent {
    /// The map at this position of `Page::maps`.
    Map(usize),
    /// A diagram that is no flowchart, as SVG.
    Drawn {
        /// `sequenceDiagram`
        kind: String,
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
    /// A part of a playbook, or of all of them.
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

/// A diagram with its table, reconciled and drawn.
#[derive(Clone, Debug)]
pub struct PageMap {
    /// What is drawn: the diagram, corrected by the table.
    pub graph: Graph,
    /// The SVG, with holes for the addresses of its nodes.
    pub drawing: Drawing,
    /// For each node, the link it is: its row's first action, else its click. Position in `Page::links`.
    pub links: Vec<Option<u32>>,
    /// For each node, the link of its click. Position in `Page::links`.
    pub clicks: Vec<Option<u32>>,
    /// For each node, the first actions of its row.
    pub actions: Vec<Option<Actions>>,
    /// The block.
    pub span: Span,
}

/// The first actions of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actions {
    /// The cell.
    pub span: Span,
    /// Its links: positions in `Page::links`.
    pub links: Vec<u32>,
}

/// Draws every block of a text. Click targets are added to `links`.
pub(super) fn embed(
    document: &Document,
    links: &mut Vec<Link>,
    found: &mut Findings,
) -> (Vec<EmbedContent>, Vec<PageMap>) {
    let mut maps = Vec::new();
    let embeds = document
        .embeds
        .iter()
        .zip(1..)
        .map(|(embed, number)| {
            if embed.ending == Ending::Unclosed {
                // Half of it is the prose behind the diagram, and that it is never closed has been said.
                EmbedContent::Source { kind: embed.name.value.clone(), text: embed.text.clone() }
            } else if embed.name.value == "mermaid" {
                diagram(document, (embed, number), &mut maps, (&mut *links, &mut *found))
            } else {
                match directive::read(embed, found) {
                    Some(directive) => EmbedContent::Directive(directive),
                    None => EmbedContent::Source { kind: embed.name.value.clone(), text: embed.text.clone() },
                }
            }
        })
        .collect();
    (embeds, maps)
}

fn diagram(
    document: &Document,
    (embed, number): (&Embed, usize),
    maps: &mut Vec<PageMap>,
    (links, found): (&mut Vec<Link>, &mut Findings),
) -> EmbedContent {
    let parsed = mermaid::parse(&embed.text, &embed.origin);
    let reading = Reading::of(&parsed.found);
    let is_understood = parsed.found.is_empty();
    found.extend(parsed.found);
    match parsed.value {
        Diagram::Flowchart(graph) => {
            let map = map(document, (graph, reading), embed.span, (links, found), maps.len());
            maps.push(map);
            EmbedContent::Map(maps.len() - 1)
        }
        Diagram::Other { kind, span } if is_understood => {
            match other::draw(Other { kind: &kind, span, text: &embed.text }, &format!("map-d{number}")) {
                Ok(svg) => EmbedContent::Drawn { kind, svg },
                Err(finding) => {
                    found.push(*finding);
                    EmbedContent::Source { kind, text: embed.text.clone() }
                }
            }
        }
        // What is wrong with it has been said.
        Diagram::Other { kind, .. } => EmbedContent::Source { kind, text: embed.text.clone() },
    }
}

fn map(
    document: &Document,
    drawn: (Graph, Reading),
    span: Span,
    (links, found): (&mut Vec<Link>, &mut Findings),
    number: usize,
) -> PageMap {
    let map = with_table(document, drawn, links, found);
    let clicks = clicks(&map.graph, links);
    let actions: Vec<Option<Actions>> =
        (0u32..).map(NodeId).zip(&map.graph.nodes).map(|(node, _)| actions(map.row(node)?)).collect();
    let linked: Vec<Option<u32>> = actions
        .iter()
        .zip(&clicks)
        .map(|(actions, click)| actions.as_ref().and_then(|actions| actions.links.first().copied()).or(*click))
        .collect();
    let layout = layout::layout(&map.graph, &LayoutOptions::default());
    let drawing = svg::draw(&map.graph, &layout, &format!("map-{}", number + 1), |node| {
        if linked.get(node.0 as usize).copied().flatten().is_some() { Linked::Yes } else { Linked::No }
    });
    PageMap { graph: map.graph, drawing, links: linked, clicks, actions, span }
}

/// The diagram made one with the table that describes it, when the page has one.
fn with_table(document: &Document, (graph, reading): (Graph, Reading), links: &[Link], found: &mut Findings) -> Map {
    let names = ColumnNames::default();
    let mut tables = document.tables.iter().map(|table| as_input(table, links));
    let reference = tables.find(|table| reference::describes(table, &names, &graph)).and_then(|table| {
        let read = reference::read(&table, &names);
        found.extend(read.found);
        read.value
    });
    let reconciled = match reference {
        Some(reference) => reconcile::reconcile(graph, &reference),
        None => reconcile::alone(graph),
    };
    found.extend(reconciled.found.into_iter().filter(|finding| reading.supports(finding)));
    reconciled.value
}

fn as_input(table: &Table, links: &[Link]) -> TableInput {
    let cell = |cell: &crate::markdown::Cell| reference::Cell {
        text: cell.text.clone(),
        span: cell.span,
        links: cell.links.clone().map(|index| LinkRef { index, text: links[index as usize].text.clone() }).collect(),
    };
    TableInput {
        header: table.header.iter().map(cell).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        span: table.span,
    }
}

/// Adds each node's click target to the page's links.
fn clicks(graph: &Graph, links: &mut Vec<Link>) -> Vec<Option<u32>> {
    let mut add = |node: &crate::map::graph::Node| {
        let click = node.click.as_ref()?;
        let index = u32::try_from(links.len()).ok()?;
        links.push(Link {
            kind: LinkKind::HtmlHref,
            destination: click.target.value.clone(),
            span: click.target.span,
            whole: click.span,
            text: node.label.title(),
        });
        Some(index)
    };
    graph.nodes.iter().map(&mut add).collect()
}

/// The first actions of a row; none when its cell has no link.
fn actions(row: &Row) -> Option<Actions> {
    let links: Vec<u32> = row.first_action.iter().map(|link| link.index).collect();
    let span = row.first_action_span?;
    (!links.is_empty()).then_some(Actions { span, links })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markdown::{self, NotIncluded, Options, World};
    use crate::text::SourceId;

    /// A world where nothing is defined.
    struct Nothing;

    impl World for Nothing {
        fn variable(&self, _name: &str) -> Option<String> {
            None
        }

        fn include(&self, _from: SourceId, _path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
            Err(NotIncluded::NotFound(None))
        }
    }

    #[test]
    fn a_diagram_that_is_never_closed_is_shown_as_it_is() {
        let text = "```mermaid\nflowchart LR\n sign --> onboard\n\nThen (see below) we onboard.\n";
        let body = Span::new(SourceId::new(0), 0..text.len());
        let document = markdown::compile(text, body, &Options::default(), &Nothing).value;
        let mut found = Vec::new();
        let (embeds, maps) = embed(&document, &mut Vec::new(), &mut found);
        assert!(matches!(&embeds[..], [EmbedContent::Source { kind, .. }] if kind == "mermaid"), "{embeds:?}");
        assert_eq!((maps.len(), found), (0, Vec::new()));
    }
}
