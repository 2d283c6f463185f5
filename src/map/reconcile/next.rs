//! Compares the "next" column of the table with the arrows of the diagram.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::RowOfNode;
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::map::graph::{EdgeLine, Endpoint, Graph, Node, NodeId, Tip};
use crate::map::index_vec::IndexVec;
use crate::map::reference::{Followers, Row, followers};
use crate::map::title::{self, StageNumber};
use crate::source::Located;

/// A cell that names other steps than the diagram leads to.
pub static NEXT_MISMATCH: Rule = Rule::error("swimlane/next-mismatch", include_str!("next_mismatch.md"));

/// Compares the rows that say what comes next with the arrows.
pub(super) fn compare(graph: &Graph, rows: &RowOfNode, found: &mut Diagnostics) {
    if rows.iter().flatten().all(|row| row.next.is_none()) {
        return;
    }
    let flow = Flow::new(graph, rows);
    let names = StepNames::new(graph, rows);
    for (node, row) in rows.entries() {
        let Some(cell) = row.and_then(|row| row.next.as_ref()) else { continue };
        let read = followers(cell, &|id| names.step(id), &|text| names.titled(text), &|word| names.is_like_an_id(word));
        if let Some(said) = read {
            found.extend(flow.differences(node, cell, &said));
        }
    }
}

/// The steps of a table by what its cells may call them.
struct StepNames<'a> {
    by_id: HashMap<&'a str, NodeId>,
    /// The same without letter case.
    folded: HashMap<String, NodeId>,
    /// As written, without the number: `sign or stop` is no list of a step called `Sign`.
    by_title: HashMap<String, NodeId>,
    /// By the number before the label, where no two steps bear it.
    by_number: BTreeMap<StageNumber, Option<NodeId>>,
    /// How ids look: `A0` for `D12`.
    looks: BTreeSet<String>,
}

impl<'a> StepNames<'a> {
    fn new(graph: &'a Graph, rows: &RowOfNode<'a>) -> Self {
        let (mut by_id, mut folded, mut by_title) = (HashMap::new(), HashMap::new(), HashMap::new());
        for ((at, node), row) in graph.nodes_by_id().zip(rows) {
            // What the table calls a step comes before what the diagram calls another.
            for id in row.iter().map(|row| row.id.value.as_str()) {
                by_id.insert(id, at);
            }
            by_id.entry(node.id.as_str()).or_insert(at);
            folded.entry(node.id.to_lowercase()).or_insert(at);
            let step = row.and_then(|row| row.step.as_ref()).map(|step| step.value.clone());
            for text in [Some(node.label.title()), step].into_iter().flatten() {
                by_title.entry(title::without_stage(&text).trim().to_owned()).or_insert(at);
            }
        }
        let mut by_number: BTreeMap<StageNumber, Option<NodeId>> = BTreeMap::new();
        let number = |node: &Node| title::leading_stage(&node.label.title()).map(|(number, _)| number);
        for (at, number) in graph.nodes_by_id().filter_map(|(at, node)| Some((at, number(node)?))) {
            by_number.entry(number).and_modify(|step| *step = None).or_insert(Some(at));
        }
        let mut looks: BTreeSet<String> = by_id.keys().map(|id| look(id)).collect();
        if by_number.values().filter(|step| step.is_some()).count() == graph.nodes.len() {
            // Each step has its number: one that none has is a slip.
            looks.insert(look("1"));
        }
        Self { by_id, folded, by_title, by_number, looks }
    }

    fn step(&self, id: &str) -> Option<NodeId> {
        let by_id = self.by_id.get(id).or_else(|| self.folded.get(&id.to_lowercase())).copied();
        let by_number = || self.by_number.get(&title::named_stage(id.trim_end_matches('.'))?).copied().flatten();
        by_id.or_else(by_number)
    }

    fn titled(&self, text: &str) -> Option<NodeId> {
        self.by_title.get(title::without_stage(text).trim()).copied()
    }

    /// Only a word with a digit can be told from an ordinary one.
    fn is_like_an_id(&self, word: &str) -> bool {
        word.contains(|c: char| c.is_ascii_digit()) && self.looks.contains(&look(word))
    }
}

fn look(id: &str) -> String {
    let kind = |c: char| match c {
        c if c.is_numeric() => '0',
        c if c.is_uppercase() => 'A',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    let mut look: Vec<char> = id.chars().map(kind).collect();
    look.dedup();
    look.into_iter().collect()
}

/// Where arrows lead.
struct Flow<'a> {
    graph: &'a Graph,
    rows: &'a RowOfNode<'a>,
    targets: IndexVec<NodeId, Targets>,
}

/// Where a node leads.
#[derive(Clone, Default)]
struct Targets {
    /// Nodes that an arrow leads to.
    leads: BTreeSet<NodeId>,
    /// Nodes that it may be said to lead to: through a line without a tip, a subgraph, or a node of which the table
    /// does not speak.
    may: BTreeSet<NodeId>,
}

impl<'a> Flow<'a> {
    fn new(graph: &'a Graph, rows: &'a RowOfNode<'a>) -> Self {
        let mut flow = Self { graph, rows, targets: IndexVec::filled(graph.nodes.len(), Targets::default()) };
        for edge in graph.edges.iter().filter(|edge| edge.line != EdgeLine::Invisible) {
            let is_bare = edge.head == Tip::None && edge.tail == Tip::None;
            if edge.head != Tip::None || is_bare {
                flow.add(edge.from, edge.to, is_bare);
            }
            if edge.tail != Tip::None || is_bare {
                flow.add(edge.to, edge.from, is_bare);
            }
        }
        flow.pass_through();
        flow
    }

    fn add(&mut self, from: Endpoint, to: Endpoint, is_bare: bool) {
        if let (Endpoint::Node(from), Endpoint::Node(to), false) = (from, to, is_bare) {
            self.change(from, |targets| {
                targets.leads.insert(to);
            });
            return;
        }
        let (from, to) = (self.inside(from), self.inside(to));
        for node in from {
            self.change(node, |targets| targets.may.extend(&to));
        }
    }

    fn change(&mut self, node: NodeId, change: impl FnOnce(&mut Targets)) {
        if let Some(targets) = self.targets.get_mut(node) {
            change(targets);
        }
    }

    /// Nodes that an arrow leads to from a node.
    fn leads(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.targets.get(node).into_iter().flat_map(|targets| targets.leads.iter().copied())
    }

    fn row(&self, node: NodeId) -> Option<&'a Row> {
        self.rows.get(node).copied().flatten()
    }

    /// The nodes that an end stands for.
    fn inside(&self, end: Endpoint) -> Vec<NodeId> {
        let lies_in = |(id, node): &(NodeId, &Node)| match end {
            Endpoint::Node(own) => own == *id,
            Endpoint::Lane(lane) => node.lane == Some(lane),
            Endpoint::Group(group) => self.graph.is_within(node.group, group),
        };
        self.graph.nodes_by_id().filter(lies_in).map(|(id, _)| id).collect()
    }

    /// A node without a row, such as a crossroads, is passed: the table names what lies behind it.
    fn pass_through(&mut self) {
        for start in self.graph.node_ids() {
            let mut passed = BTreeSet::new();
            let mut open: Vec<NodeId> = self.leads(start).filter(|node| self.row(*node).is_none()).collect();
            while let Some(node) = open.pop() {
                // Crossroads may lead to each other in a circle.
                if passed.insert(node) {
                    let behind: Vec<NodeId> = self.leads(node).collect();
                    open.extend(behind.iter().filter(|node| self.row(**node).is_none()));
                    self.change(start, |targets| targets.may.extend(behind));
                }
            }
        }
    }

    /// One finding for each step that a cell names and no arrow leads to; else one for those it leaves out.
    fn differences(&self, node: NodeId, cell: &Located<String>, said: &Followers<NodeId>) -> Vec<Diagnostic> {
        let Some(targets) = self.targets.get(node) else { return Vec::new() };
        let named: BTreeSet<NodeId> = said.steps.iter().map(|step| step.value).collect();
        let is_left_out = |to: &NodeId| !named.contains(to) && self.row(*to).is_some();
        let left_out: Vec<NodeId> = targets.leads.iter().copied().filter(is_left_out).collect();
        let is_wrong =
            |step: &&Located<NodeId>| !targets.leads.contains(&step.value) && !targets.may.contains(&step.value);
        let mut wrong: Vec<Located<&str>> =
            said.steps.iter().filter(is_wrong).map(|step| Located::new(self.called(step.value), step.span)).collect();
        wrong.extend(said.strangers.iter().map(|id| Located::new(id.value.as_str(), id.span)));
        let own = self.called(node);
        if wrong.is_empty() {
            if left_out.is_empty() {
                return Vec::new();
            }
            let message =
                format!("an arrow leads from `{own}` to {}, but its row does not list it", self.listed(&left_out));
            return vec![self.finding(node, cell, message, &left_out)];
        }
        // One step too many and one too few are one slip; which of several stands for which, nobody knows.
        let meant = match (wrong.as_slice(), left_out.as_slice()) {
            ([_], [meant]) => Some(*meant),
            _ => None,
        };
        let finding = |step: &Located<&str>| {
            let message = format!("the row of `{own}` lists `{}` as next, but no arrow leads there", step.value);
            let place = Located::new(String::new(), step.span);
            let finding = self.finding(node, &place, message, &left_out);
            // A cell with mark-up is the place of all its steps: there is no telling which piece to replace.
            let edit = |to: NodeId| Edit { span: step.span, replacement: self.called(to).to_owned() };
            let is_exact = step.span.len() == step.value.len();
            finding.fix_if(meant.filter(|_| is_exact).map(|to| Fix::suggested(vec![edit(to)])))
        };
        wrong.iter().map(finding).collect()
    }

    fn finding(&self, node: NodeId, place: &Located<String>, message: String, left_out: &[NodeId]) -> Diagnostic {
        let help = if left_out.is_empty() {
            "add the arrow, or remove the step from the row".to_owned()
        } else {
            format!("the arrows lead to {}: correct the row or the diagram", self.listed(left_out))
        };
        NEXT_MISMATCH.at(place.span, message).help(help).related(self.graph.node(node).span, "the step in the diagram")
    }

    /// What the table calls a node, else the diagram.
    fn called(&self, node: NodeId) -> &str {
        self.row(node).map_or(self.graph.node(node).id.as_str(), |row| row.id.value.as_str())
    }

    fn listed(&self, nodes: &[NodeId]) -> String {
        const MOST: usize = 8;
        let names = nodes.iter().take(MOST).map(|node| format!("`{}`", self.called(*node)));
        let rest = (nodes.len() > MOST).then(|| format!("{} others", nodes.len() - MOST));
        names.chain(rest).collect::<Vec<_>>().join(", ")
    }
}
