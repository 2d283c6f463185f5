//! Findings for statements that Mermaid ignores without a word: they do nothing, or another one contradicts them.

use std::collections::BTreeSet;

use super::cursor::trim;
use super::entry::{DiagramEntryId, Home};
use super::{CONTRADICTION, Parser, UNKNOWN_ID};
use crate::diagnostic::{Edit, Fix};
use crate::map::graph::Label;
use crate::source::{Part as _, Span};

/// Classes that are there without a `classDef`.
const BUILT_IN: [&str; 2] = ["default", "clickable"];

impl Parser<'_> {
    /// Notes a label that says something else than the one that a node has already: readers see the last one alone.
    pub(super) fn told_apart(&mut self, entry: DiagramEntryId, label: &Label, span: Span) {
        let known = self.build.at(entry);
        let first = known.label.as_ref().zip(known.label_span).filter(|(first, _)| first.text() != label.text());
        let Some((first, place)) = first.map(|(first, place)| (first.text(), place)) else { return };
        let message = format!("node `{}` is labelled both `{first}` and `{}`", known.id, label.text());
        let finding = CONTRADICTION.at(span, message).related(place, "first label here");
        self.found.push(finding.help("only the last label is shown: remove one of them"));
    }

    /// Notes the subgraph in which a statement of its own puts a node: the second one puts it nowhere.
    pub(super) fn settle(&mut self, entry: DiagramEntryId) {
        let Some(inner) = self.build.scopes.last() else { return };
        let (scope, name) = (inner.span, inner.id.clone().unwrap_or_else(|| inner.title.text()));
        let open: BTreeSet<Span> = self.build.scopes.iter().map(|scope| scope.span).collect();
        let known = self.build.at(entry);
        let place = known.place.mentions.last().copied().unwrap_or(known.span);
        let home = Home { scope, name, place };
        let Some(first) = known.home.clone() else {
            known.home = Some(home);
            return;
        };
        // What lies around it, or is the same subgraph opened again, is no other place.
        let is_said = self.found.last().is_some_and(|last| last.span == place);
        if open.contains(&first.scope) || first.name == home.name || is_said {
            return;
        }
        let known = self.build.at(entry);
        let message = format!("node `{}` is already in subgraph `{}`", known.id, first.name);
        let finding = CONTRADICTION.at(place, message).related(first.place, "first one here");
        self.found.push(finding.help(format!("it is not drawn in `{}`: remove one of the two lines", home.name)));
    }

    /// Notes a call of a script, which a map does not carry.
    pub(super) fn callback(&mut self, call: std::ops::Range<usize>) {
        let name = self.cursor.text.part(call.clone());
        let finding =
            UNKNOWN_ID.at(self.span(call), format!("`click` calls the script `{name}`, which is not supported"));
        self.found.push(finding.help("scripts do not run in maps: write `click A \"address\"`, or remove the line"));
    }

    /// Notes classes and styles for what is not there.
    pub(super) fn lost_names(&mut self) {
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for (range, nodes) in std::mem::take(&mut self.classes_named) {
            let name = self.cursor.text.part(range.clone());
            let is_of_none = nodes.iter().all(|node| self.build.find(self.cursor.text.part(node.clone())).is_none());
            // That none of the nodes is there has been said.
            if (is_of_none && !nodes.is_empty()) || self.build.has_class(name) || BUILT_IN.contains(&name) {
                continue;
            }
            if !said.insert(name) {
                continue;
            }
            let near = self.near(name, self.build.class_names());
            let finding = UNKNOWN_ID.at(self.span(range), format!("undefined class `{name}`"));
            let help = near.unwrap_or_else(|| format!("add `classDef {name} fill:#E1F0FF`, or remove the class"));
            self.found.push(finding.help(help));
        }
        for range in std::mem::take(&mut self.styled) {
            let name = self.cursor.text.part(range.clone());
            let Some(entry) = self.build.find(name) else { continue };
            let is_there = !self.build.at(entry).place.mentions.is_empty() || self.build.is_subgraph(entry);
            if is_there || self.edge_ids.contains(name) {
                continue;
            }
            let others = self.build.entries.iter().map(|entry| entry.id.as_str()).filter(|other| *other != name);
            let near = self.near(name, others);
            let finding = UNKNOWN_ID.at(self.span(range), format!("node `{name}` is only named by `style`"));
            self.found.push(finding.help(near.unwrap_or_else(|| "declare the node, or remove the style".to_owned())));
        }
    }

    /// Notes words on an arrow that are the id of a node: `A -- B --> C` is `A --> B --> C` without a `>`.
    pub(super) fn lost_arrows(&mut self) {
        for range in std::mem::take(&mut self.arrow_words) {
            let text = self.cursor.text;
            let range = trim(text, range);
            let name = text.part(range.clone());
            let Some(entry) = self.build.find(name).filter(|entry| !self.build.is_subgraph(*entry)) else { continue };
            // An ordinary word may be both, such as `yes`: then another arrow leads to its node.
            let is_word = name.chars().all(char::is_lowercase) && self.build.links.iter().any(|link| link.to == entry);
            if !self.build.at(entry).declared || is_word {
                continue;
            }
            let before = text.part(..range.start).trim_end();
            let tip = match before.chars().next_back() {
                Some('-' | '=') => ">",
                Some('.') => "->",
                _ => continue,
            };
            let edit = Edit { span: self.span(before.len()..before.len()), replacement: tip.to_owned() };
            let message = format!("the text on this arrow, `{name}`, is the id of a node");
            let finding = CONTRADICTION.at(self.span(range), message);
            let help = "add the missing `>` to connect the node; if you mean text, write `-->|text|`";
            self.found.push(finding.help(help).fix(Fix::suggested(vec![edit])));
        }
    }
}
