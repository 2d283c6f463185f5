//! Decides which subgraph holds which node.
//!
//! The rule is Mermaid's own: the first subgraph to close that mentions an id owns it, so an inner one wins
//! over the outer and an earlier one over a later. Outermost subgraphs are the lanes.

#![allow(clippy::indexing_slicing, reason = "typed ids index their own tables")]

use super::entry::{DiagramEntry, DiagramEntryId};
use crate::map::graph::{Group, GroupId, Label, Lane, LaneId, LanePlace};
use crate::map::index_vec::IndexVec;
use crate::source::{Located, Span};

/// How deep subgraphs may nest: what lies deeper is drawn as if it lay here.
pub(super) const DEEPEST: usize = 16;

/// An open subgraph.
#[derive(Debug)]
pub(super) struct OpenSubgraph {
    /// `None` when the subgraph has only a title; its id is then made up when it closes.
    pub(super) id: Option<String>,
    pub(super) title: Label,
    pub(super) span: Span,
    /// The title as written, when it is more than the id.
    pub(super) written: Option<Located<String>>,
    pub(super) members: Vec<DiagramEntryId>,
}

/// A closed subgraph.
#[derive(Debug)]
pub(super) struct Subgraph {
    pub(super) entry: DiagramEntryId,
    pub(super) title: Label,
    pub(super) span: Span,
    pub(super) place: LanePlace,
    pub(super) members: Vec<DiagramEntryId>,
}

/// Where an entry lies, and what it is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum MemberPlace {
    Lane(LaneId),
    Group(GroupId),
    Node { lane: Option<LaneId>, group: Option<GroupId> },
}

/// Lanes and groups in source order, and the place of each entry.
pub(super) struct Arrangement {
    pub(super) lanes: IndexVec<LaneId, Lane>,
    pub(super) groups: IndexVec<GroupId, Group>,
    pub(super) places: IndexVec<DiagramEntryId, MemberPlace>,
    /// Where each lane can be repaired.
    pub(super) lane_places: Vec<LanePlace>,
}

/// Says what each entry turns out to be.
pub(super) fn arrange(subgraphs: Vec<Subgraph>, entries: &IndexVec<DiagramEntryId, DiagramEntry>) -> Arrangement {
    let tree = SubgraphTree::new(&subgraphs, entries.len());
    let mut order: Vec<Subgraph> = subgraphs;
    // Outer before inner: a group is given its lane by the subgraph around it.
    order.sort_by_key(|subgraph| (tree.depth[subgraph.entry], subgraph.span.start));
    let mut found = Arrangement {
        lanes: IndexVec::default(),
        groups: IndexVec::default(),
        lane_places: Vec::new(),
        places: IndexVec::filled(entries.len(), MemberPlace::Node { lane: None, group: None }),
    };
    let mut is_placed = IndexVec::filled(entries.len(), false);
    for subgraph in order {
        let id = subgraph.entry;
        // Several declarations of one id are one subgraph, at the place of the first.
        if !std::mem::replace(&mut is_placed[id], true) {
            found.places[id] = found.add(subgraph, &entries[id], tree.owner[id]);
        }
    }
    for id in entries.ids().filter(|id| !is_placed[*id]) {
        if let Some(owner) = tree.owner[id] {
            let (lane, group) = found.inside(owner);
            found.places[id] = MemberPlace::Node { lane: Some(lane), group };
        }
    }
    found
}

impl Arrangement {
    /// Lane and group of what lies directly in a subgraph that has its place already.
    fn inside(&self, subgraph: DiagramEntryId) -> (LaneId, Option<GroupId>) {
        match self.places[subgraph] {
            MemberPlace::Lane(lane) => (lane, None),
            MemberPlace::Group(group) => (self.groups[group].lane, Some(group)),
            MemberPlace::Node { lane, group } => (lane.unwrap_or(LaneId(0)), group),
        }
    }

    fn add(&mut self, subgraph: Subgraph, entry: &DiagramEntry, owner: Option<DiagramEntryId>) -> MemberPlace {
        let Subgraph { title, span, place, .. } = subgraph;
        let (id, classes, style) = (entry.id.clone(), entry.classes.clone(), entry.style.clone());
        match owner.map(|owner| self.inside(owner)) {
            None => {
                self.lane_places.push(place);
                MemberPlace::Lane(self.lanes.push(Lane { id, title, span, classes, style }))
            }
            Some((lane, parent)) => {
                MemberPlace::Group(self.groups.push(Group { id, title, lane, parent, span, classes, style }))
            }
        }
    }
}

/// Which subgraph owns which entry.
struct SubgraphTree {
    owner: IndexVec<DiagramEntryId, Option<DiagramEntryId>>,
    /// Of subgraphs: how many others lie around it.
    depth: IndexVec<DiagramEntryId, usize>,
}

impl SubgraphTree {
    fn new(subgraphs: &[Subgraph], entries: usize) -> Self {
        let mut owner: IndexVec<DiagramEntryId, Option<DiagramEntryId>> = IndexVec::filled(entries, None);
        for subgraph in subgraphs {
            for member in subgraph.members.iter().filter(|member| **member != subgraph.entry) {
                owner[*member].get_or_insert(subgraph.entry);
            }
        }
        let mut tree = Self { owner, depth: IndexVec::filled(entries, 0) };
        let mut state = IndexVec::filled(entries, SubgraphVisit::New);
        for subgraph in subgraphs {
            tree.settle(subgraph.entry, &mut state);
        }
        // Nodes too: what lies in a subgraph that is not drawn lies in the one around it.
        for entry in state.ids() {
            tree.lift(entry);
        }
        tree
    }

    /// Gives a subgraph and those around it their depth. Two subgraphs that mention each other lie in a
    /// circle, which is cut where it closes.
    fn settle(&mut self, start: DiagramEntryId, state: &mut IndexVec<DiagramEntryId, SubgraphVisit>) {
        let mut path = Vec::new();
        let mut at = start;
        while state[at] == SubgraphVisit::New {
            state[at] = SubgraphVisit::Open;
            path.push(at);
            match self.owner[at] {
                Some(owner) if state[owner] == SubgraphVisit::Open => self.owner[at] = None,
                Some(owner) => at = owner,
                None => {}
            }
        }
        for entry in path.into_iter().rev() {
            state[entry] = SubgraphVisit::Settled;
            self.depth[entry] = self.owner[entry].map_or(0, |owner| self.depth[owner] + 1);
            if self.lift(entry) {
                self.depth[entry] = DEEPEST;
            }
        }
    }

    /// Takes an entry out of a subgraph that is too deep to be drawn around anything.
    fn lift(&mut self, entry: DiagramEntryId) -> bool {
        let too_deep = |owner: &DiagramEntryId| self.depth[*owner] >= DEEPEST;
        let Some(owner) = self.owner[entry].filter(too_deep) else { return false };
        self.owner[entry] = self.owner[owner];
        true
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum SubgraphVisit {
    New,
    Open,
    Settled,
}
