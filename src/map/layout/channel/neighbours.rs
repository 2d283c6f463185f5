//! Which items of a channel meet: the constraint graph, not yet directed.

use super::item::{ChannelItem, ItemId, PITCH};
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::Px;

/// An item that another meets.
#[derive(Copy, Clone)]
pub(super) struct Neighbour {
    pub item: ItemId,
    /// How far from it the other must lie.
    pub separation: Px,
}

/// For each item those it meets, in order.
pub(super) struct Neighbours {
    of: IndexVec<ItemId, Vec<Neighbour>>,
}

impl Neighbours {
    /// `margin`: how near along the line two items must come to count as side by side.
    pub(super) fn new(items: &IndexVec<ItemId, ChannelItem>, margin: Px) -> Self {
        let mut of = IndexVec::filled(items.len(), Vec::new());
        let mut by_start: Vec<ItemId> = items.ids().collect();
        by_start.sort_by_key(|&item| items[item].span.low);
        // A sweep along the line: a dense map has hundreds of items on one, and most of them never meet.
        let mut open: Vec<ItemId> = Vec::new();
        for item in by_start {
            open.retain(|&other| items[item].span.low < items[other].span.high + margin);
            for &other in &open {
                if let Some(separation) = items[item].separation(&items[other], margin) {
                    of[item].push(Neighbour { item: other, separation });
                    of[other].push(Neighbour { item, separation });
                }
            }
            open.push(item);
        }
        // Sorted, since `meet` asks for each pair of a component.
        for neighbours in &mut of {
            neighbours.sort_unstable_by_key(|neighbour| neighbour.item);
        }
        Self { of }
    }

    pub(super) fn of(&self, item: ItemId) -> &[Neighbour] {
        &self.of[item]
    }

    /// Keeps two items apart that do not meet.
    pub(super) fn separate(&mut self, a: ItemId, b: ItemId) {
        for (item, other) in [(a, b), (b, a)] {
            let neighbours = &mut self.of[item];
            if let Err(at) = neighbours.binary_search_by_key(&other, |neighbour| neighbour.item) {
                neighbours.insert(at, Neighbour { item: other, separation: PITCH });
            }
        }
    }

    pub(super) fn meet(&self, a: ItemId, b: ItemId) -> bool {
        self.of[a].binary_search_by_key(&b, |neighbour| neighbour.item).is_ok()
    }

    /// Items that meet, directly or through others.
    pub(super) fn components(&self) -> Vec<Vec<ItemId>> {
        let mut is_seen: IndexVec<ItemId, bool> = IndexVec::filled(self.of.len(), false);
        let mut components = Vec::new();
        for start in self.of.ids() {
            if std::mem::replace(&mut is_seen[start], true) {
                continue;
            }
            let mut component = vec![start];
            let mut at = 0;
            while let Some(&item) = component.get(at) {
                at += 1;
                let met = self.of[item].iter().map(|neighbour| neighbour.item);
                component.extend(met.filter(|&other| !std::mem::replace(&mut is_seen[other], true)));
            }
            component.sort_unstable();
            components.push(component);
        }
        components
    }
}
