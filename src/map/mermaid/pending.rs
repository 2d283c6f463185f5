//! Statements about ids that may be declared further down: kept until the end, then applied.

use std::ops::Range;

use super::style::declarations;
use super::{Diagram, Parser, SYNTAX, UNKNOWN_ID};
use crate::diagnostic::Parsed;
use crate::map::graph::Click;
use crate::source::Part as _;

/// A statement about an id that may be declared further down.
pub(super) struct Pending {
    pub(super) id: Range<usize>,
    pub(super) says: Says,
}

/// What such a statement says.
pub(super) enum Says {
    Class(String),
    /// `None` for a call: maps carry no script, but the id must exist.
    Click(Option<Click>),
    /// The edge at this position; `None` for all.
    Line(Option<usize>, String),
}

impl Parser<'_> {
    /// Closes what is open, applies what was said about ids, and makes the graph.
    pub(super) fn finish(mut self) -> Parsed<Diagram> {
        // From the inside out, as their `end`s would have come.
        while let Some(scope) = self.build.scopes.last() {
            let message = match &scope.id {
                Some(id) => format!("unclosed subgraph `{id}`"),
                None => format!("unclosed subgraph `{}`", scope.title.text()),
            };
            self.found.push(SYNTAX.at(scope.span, message).help("end it with `end`"));
            self.close(None);
        }
        for pending in std::mem::take(&mut self.pending) {
            self.apply(pending);
        }
        // When everything is known: a class may be defined on the last line.
        self.lost_names();
        self.lost_arrows();
        // Where something else is wrong, that is why there are no nodes.
        if self.found.is_empty() && self.build.entries.is_empty() {
            self.syntax_with(self.head.clone(), "the diagram has no nodes", |found| {
                found.help("add a first step: `sign[\"Sign NDA\"]`")
            });
        }
        let mut found = self.found;
        found.sort_by_key(|finding| finding.span);
        Parsed { value: Diagram::Flowchart(self.build.finish()), found }
    }

    fn apply(&mut self, pending: Pending) {
        let Pending { id, says } = pending;
        let name = self.cursor.text.part(id.clone());
        let links = &mut self.build.links;
        if let Says::Line(index, style) = says {
            let style = declarations(&style);
            match index {
                None => links.iter_mut().for_each(|link| link.style.extend(style.iter().cloned())),
                Some(index) => {
                    if let Some(link) = links.get_mut(index) {
                        link.style.extend(style);
                    } else {
                        let count = links.len();
                        self.syntax(id, format!("unknown edge {name}: the diagram has {count}, counted from 0"));
                    }
                }
            }
            return;
        }
        let Some(entry) = self.build.find(name) else {
            // `e1` of `e1@-->` may have a class, and is no node.
            if !self.edge_ids.contains(name) {
                let ids = self.build.entries.iter().map(|entry| entry.id.as_str());
                let near = self.near(name, ids);
                let finding = UNKNOWN_ID.at(self.span(id), format!("unknown node `{name}`"));
                self.found.push(finding.help_if(near));
            }
            return;
        };
        if let (Says::Click(_), true) = (&says, self.build.is_subgraph(entry)) {
            let message = format!("`{name}` is a subgraph, and subgraphs cannot be clicked");
            let help = "use one of its nodes instead, or link to the page in the text";
            self.found.push(UNKNOWN_ID.at(self.span(id), message).help(help));
            return;
        }
        match says {
            Says::Class(class) => self.build.at(entry).classes.push(class),
            Says::Click(Some(click)) => self.build.at(entry).click = Some(click),
            Says::Click(None) | Says::Line(..) => {}
        }
    }
}
