//! Which subgraph holds what.
//! In: subgraphs with the ids each of them mentions, in the order they close. Out: the lane and the group of
//! every entry.
//! Never knows: edges.
//!
//! The rule is Mermaid's own: the first subgraph to close that mentions an id owns it, so an inner one wins
//! over the outer and an earlier one over a later. Outermost subgraphs are the lanes.

use super::build::{DiagramEntry, DiagramEntryId};
use crate::map::graph::{Group, GroupId, Label, Lane, LaneId, LanePlace};
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
    pub(super) lanes: Vec<Lane>,
    pub(super) groups: Vec<Group>,
    pub(super) places: Vec<MemberPlace>,
    /// Where each lane can be repaired.
    pub(super) lane_places: Vec<LanePlace>,
}

/// Says what each entry turns out to be.
pub(super) fn arrange(subgraphs: Vec<Subgraph>, entries: &[DiagramEntry]) -> Arrangement {
    let tree = SubgraphTree::new(&subgraphs, entries.len());
    let mut order: Vec<Subgraph> = subgraphs;
    order.sort_by_key(|subgraph| (tree.depth[subgraph.entry.0], subgraph.span.start));
    let mut found = Arrangement {
        lanes: Vec::new(),
        groups: Vec::new(),
        lane_places: Vec::new(),
        places: vec![MemberPlace::Node { lane: None, group: None }; entries.len()],
    };
    let mut placed = vec![false; entries.len()];
    for subgraph in order {
        let entry = subgraph.entry;
        // Several declarations of one id are one subgraph, at the place of the first.
        if !std::mem::replace(&mut placed[entry.0], true) {
            found.places[entry.0] = found.add(subgraph, &entries[entry.0], tree.owner[entry.0]);
        }
    }
    for entry in (0..entries.len()).filter(|entry| !placed[*entry]) {
        if let Some(owner) = tree.owner[entry] {
            let (lane, group) = found.inside(owner);
            found.places[entry] = MemberPlace::Node { lane: Some(lane), group };
        }
    }
    found
}

impl Arrangement {
    /// Lane and group of what lies directly in a subgraph that has its place already.
    fn inside(&self, subgraph: DiagramEntryId) -> (LaneId, Option<GroupId>) {
        match self.places[subgraph.0] {
            MemberPlace::Lane(lane) => (lane, None),
            MemberPlace::Group(group) => (self.groups[group.0 as usize].lane, Some(group)),
            MemberPlace::Node { lane, group } => (lane.unwrap_or(LaneId(0)), group),
        }
    }

    fn add(&mut self, subgraph: Subgraph, entry: &DiagramEntry, owner: Option<DiagramEntryId>) -> MemberPlace {
        let Subgraph { title, span, place, .. } = subgraph;
        let (id, classes, style) = (entry.id.clone(), entry.classes.clone(), entry.style.clone());
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match owner.map(|owner| self.inside(owner)) {
            None => {
                self.lanes.push(Lane { id, title, span, classes, style });
                self.lane_places.push(place);
                MemberPlace::Lane(LaneId(number(self.lanes.len() - 1)))
            }
            Some((lane, parent)) => {
                self.groups.push(Group { id, title, lane, parent, span, classes, style });
                MemberPlace::Group(GroupId(number(self.groups.len() - 1)))
            }
        }
    }
}

/// Which subgraph owns which entry.
struct SubgraphTree {
    owner: Vec<Option<DiagramEntryId>>,
    /// Of subgraphs: how many others lie around it.
    depth: Vec<usize>,
}

impl SubgraphTree {
    fn new(subgraphs: &[Subgraph], entries: usize) -> Self {
        let mut owner = vec![None; entries];
        for subgraph in subgraphs {
            for member in subgraph.members.iter().filter(|member| **member != subgraph.entry) {
                owner[member.0].get_or_insert(subgraph.entry);
            }
        }
        let mut tree = Self { owner, depth: vec![0; entries] };
        let mut state = vec![ParseState::New; entries];
        for subgraph in subgraphs {
            tree.settle(subgraph.entry, &mut state);
        }
        for entry in 0..entries {
            tree.lift(entry);
        }
        tree
    }

    /// Gives a subgraph and those around it their depth. Two subgraphs that mention each other lie in a
    /// circle, which is cut where it closes.
    fn settle(&mut self, start: DiagramEntryId, state: &mut [ParseState]) {
        let mut path = Vec::new();
        let mut at = start;
        while state[at.0] == ParseState::New {
            state[at.0] = ParseState::Open;
            path.push(at);
            match self.owner[at.0] {
                Some(owner) if state[owner.0] == ParseState::Open => self.owner[at.0] = None,
                Some(owner) => at = owner,
                None => {}
            }
        }
        for entry in path.into_iter().rev() {
            state[entry.0] = ParseState::Settled;
            self.depth[entry.0] = self.owner[entry.0].map_or(0, |owner| self.depth[owner.0] + 1);
            if self.lift(entry.0) {
                self.depth[entry.0] = DEEPEST;
            }
        }
    }

    /// Takes an entry out of a subgraph that is too deep to be drawn around anything.
    fn lift(&mut self, entry: usize) -> bool {
        let too_deep = |owner: &DiagramEntryId| self.depth[owner.0] >= DEEPEST;
        let Some(owner) = self.owner[entry].filter(too_deep) else { return false };
        self.owner[entry] = self.owner[owner.0];
        true
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum ParseState {
    New,
    Open,
    Settled,
}
