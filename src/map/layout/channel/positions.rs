//! Positions across a channel, once its order is known: longest paths in the constraint graph.
//!
//! The order turns each pair of items that meet into a constraint: the later lies at least so far behind the earlier.
//! Bounds follow from a pass along the order and one back. Then each item is put as near to its wish as its bounds
//! allow, those that others give way to first, and the bounds of the rest close in.

use std::collections::BTreeSet;

use super::item::{ChannelItem, ItemId};
use super::neighbours::{Neighbour, Neighbours};
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::Px;

/// An item whose node is too small for all that ends there.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Shortfall {
    pub item: ItemId,
    /// By how much.
    pub missing: Px,
}

/// Positions of all items, those of each component in its order. Items without a wish lie as far forward as they go.
pub(super) fn positions(
    items: &IndexVec<ItemId, ChannelItem>,
    neighbours: &Neighbours,
    order: &[Vec<ItemId>],
) -> Result<IndexVec<ItemId, Px>, Vec<Shortfall>> {
    let mut rank = IndexVec::filled(items.len(), 0);
    for component in order {
        for (at, &item) in component.iter().enumerate() {
            rank[item] = at;
        }
    }
    // A quarter of all there is: sums of a few bounds must not overflow.
    let bounds = items.iter().map(Bounds::of).collect();
    let mut solver = PositionSolver { neighbours, rank, bounds };
    let mut shortfalls: Vec<Shortfall> = Vec::new();
    for component in order {
        solver.tighten(component);
        shortfalls.extend(component.iter().filter_map(|&item| solver.shortfall(item)));
        // What does not fit is laid out again with larger nodes: where the rest would lie no longer matters.
        if shortfalls.is_empty() {
            solver.place(items, component);
        }
    }
    if shortfalls.is_empty() { Ok(solver.bounds.iter().map(|bounds| bounds.low).collect()) } else { Err(shortfalls) }
}

/// Between which positions an item may lie.
#[derive(Copy, Clone)]
struct Bounds {
    low: Px,
    high: Px,
}

impl Bounds {
    fn of(item: &ChannelItem) -> Self {
        let high = item.limit.unwrap_or(Px::MAX / 4);
        // Without a wish: as far forward as it goes, from 0.
        Self { low: if item.wish.is_none() { 0 } else { -high }, high }
    }
}

struct PositionSolver<'n> {
    neighbours: &'n Neighbours,
    /// The place of each item in the order of its component.
    rank: IndexVec<ItemId, usize>,
    bounds: IndexVec<ItemId, Bounds>,
}

impl PositionSolver<'_> {
    /// Those an item meets and that come before it.
    fn before(&self, item: ItemId) -> impl Iterator<Item = &Neighbour> {
        self.neighbours.of(item).iter().filter(move |other| self.rank[other.item] < self.rank[item])
    }

    /// Those an item meets and that come after it.
    fn after(&self, item: ItemId) -> impl Iterator<Item = &Neighbour> {
        self.neighbours.of(item).iter().filter(move |other| self.rank[other.item] > self.rank[item])
    }

    /// Narrows the bounds of all items of a component, until none contradicts another.
    fn tighten(&mut self, component: &[ItemId]) {
        for &item in component {
            let least = self.before(item).map(|other| self.bounds[other.item].low + other.separation).max();
            let low = &mut self.bounds[item].low;
            *low = least.map_or(*low, |least| least.max(*low));
        }
        for &item in component.iter().rev() {
            let most = self.after(item).map(|other| self.bounds[other.item].high - other.separation).min();
            let high = &mut self.bounds[item].high;
            *high = most.map_or(*high, |most| most.min(*high));
        }
    }

    fn shortfall(&self, item: ItemId) -> Option<Shortfall> {
        let Bounds { low, high } = self.bounds[item];
        (low > high).then_some(Shortfall { item, missing: low - high })
    }

    fn place(&mut self, items: &IndexVec<ItemId, ChannelItem>, component: &[ItemId]) {
        let mut by_priority = component.to_vec();
        by_priority.sort_by_key(|&item| items[item].wish.map_or(u32::MAX, |wish| wish.priority));
        for item in by_priority {
            let Bounds { low, high } = self.bounds[item];
            let at = items[item].wish.map_or(low, |wish| wish.at).clamp(low, high);
            self.bounds[item] = Bounds { low: at, high: at };
            self.push(item);
        }
    }

    /// Tightens again after the bounds of one item have changed: only what gives way to it is looked at. Looking at all
    /// of them for each item took the third power of their number.
    fn push(&mut self, placed: ItemId) {
        let mut open = BTreeSet::from([(self.rank[placed], placed)]);
        while let Some((_, item)) = open.pop_first() {
            let low = self.bounds[item].low;
            for after in self.neighbours.of(item).iter().filter(|other| self.rank[other.item] > self.rank[item]) {
                let bounds = &mut self.bounds[after.item];
                if bounds.low < low + after.separation {
                    bounds.low = low + after.separation;
                    open.insert((self.rank[after.item], after.item));
                }
            }
        }
        open.insert((self.rank[placed], placed));
        while let Some((_, item)) = open.pop_last() {
            let high = self.bounds[item].high;
            for before in self.neighbours.of(item).iter().filter(|other| self.rank[other.item] < self.rank[item]) {
                let bounds = &mut self.bounds[before.item];
                if bounds.high > high - before.separation {
                    bounds.high = high - before.separation;
                    open.insert((self.rank[before.item], before.item));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::layout::channel::item::{PITCH, Wish};
    use crate::map::layout::channel::linear_order::linear_order;
    use crate::map::layout::geometry::Interval;

    fn edge(low: Px, high: Px) -> ChannelItem {
        ChannelItem { span: Interval { low, high }, half: 0, label: None, limit: None, wish: None }
    }

    fn placed(items: Vec<ChannelItem>) -> Result<Vec<Px>, Vec<Shortfall>> {
        let items = IndexVec::from(items);
        let neighbours = Neighbours::new(&items, 0);
        let order = linear_order(&neighbours, &|_, _| 0);
        positions(&items, &neighbours, &order).map(|places| places.into_iter().collect())
    }

    #[test]
    fn items_that_do_not_meet_share_a_track() {
        assert_eq!(placed(vec![edge(0, 10), edge(20, 30), edge(5, 25)]), Ok(vec![0, 0, PITCH]));
    }

    #[test]
    fn ends_at_a_node_spread_around_its_middle() {
        let wishing = |at| ChannelItem { limit: Some(20), wish: Some(Wish { at, priority: 1 }), ..edge(0, 10) };
        assert_eq!(placed([-12, 0, 12].map(wishing).into()), Ok(vec![-12, 0, 12]));
    }

    #[test]
    fn a_node_too_small_for_its_ends_is_named() {
        let narrow = ChannelItem { limit: Some(6), wish: Some(Wish { at: 0, priority: 1 }), ..edge(0, 10) };
        assert!(placed(vec![narrow; 3]).is_err());
    }
}
