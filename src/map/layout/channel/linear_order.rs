//! The order of items across a channel that crosses least: the linear ordering problem.
//!
//! Exact for a few items, by dynamic programming over sets (Held and Karp 1962); for more by sifting (Rudell 1993;
//! Matuszewski, Schönfeld and Molitor 1999), which moves one item at a time to its best place. Nearly all channels of
//! nearly all maps are small enough for the exact order.

use super::item::ItemId;
use super::neighbours::Neighbours;
use crate::map::index_vec::{Id, IndexVec};

/// Components up to this size are ordered exactly: 256 sets. One item more doubles the work.
const EXACT: usize = 8;

/// An order of all items with as little cost as can be found, component by component of those that meet.
/// `cost(a, b)` is what `a` before `b` costs; it is asked only for items that meet.
pub(super) fn linear_order(neighbours: &Neighbours, cost: &dyn Fn(ItemId, ItemId) -> u32) -> Vec<Vec<ItemId>> {
    let ordered = |component: Vec<ItemId>| {
        let costs = CostMatrix::new(&component, |a, b| if neighbours.meet(a, b) { cost(a, b) } else { 0 });
        // Most channels: nothing crosses whatever the order, and the order of the diagram is the calmest.
        let order = if costs.is_zero() {
            return component;
        } else if costs.size <= EXACT {
            exact(&costs)
        } else {
            sifted(&costs)
        };
        order.into_iter().filter_map(|at| component.get(at).copied()).collect()
    };
    neighbours.components().into_iter().map(ordered).collect()
}

/// What it costs if one item of a component comes before another.
struct CostMatrix {
    size: usize,
    costs: Vec<u32>,
}

impl CostMatrix {
    fn new(component: &[ItemId], cost: impl Fn(ItemId, ItemId) -> u32) -> Self {
        let cost = &cost;
        let costs = component.iter().flat_map(|&a| component.iter().map(move |&b| cost(a, b))).collect();
        Self { size: component.len(), costs }
    }

    fn is_zero(&self) -> bool {
        self.costs.iter().all(|&cost| cost == 0)
    }

    fn of(&self, before: usize, after: usize) -> u32 {
        self.costs[before * self.size + after]
    }
}

/// Some of up to [`EXACT`] items, one bit for each.
#[derive(Copy, Clone, PartialEq, Eq)]
struct ItemSet(usize);

impl Id for ItemSet {
    fn from_index(index: usize) -> Self {
        Self(index)
    }

    fn index(self) -> usize {
        self.0
    }
}

impl ItemSet {
    fn contains(self, item: usize) -> bool {
        self.0 >> item & 1 == 1
    }
}

/// The cheapest order of a set of items.
#[derive(Copy, Clone)]
struct BestOrder {
    cost: u32,
    last: usize,
}

/// The cheapest order of all.
fn exact(costs: &CostMatrix) -> Vec<usize> {
    let items = 0..costs.size;
    let mut best: IndexVec<ItemSet, BestOrder> =
        IndexVec::filled(1 << costs.size, BestOrder { cost: u32::MAX, last: 0 });
    best[ItemSet(0)].cost = 0;
    for set in best.ids() {
        for next in items.clone().filter(|&next| !set.contains(next)) {
            let before = items.clone().filter(|&item| set.contains(item));
            let cost = best[set].cost + before.map(|item| costs.of(item, next)).sum::<u32>();
            let with = &mut best[ItemSet(set.0 | 1 << next)];
            // Of equal orders the one nearest to the order of the items, whose last is the last: so that a diagram
            // without crossings keeps the order in which its edges were written.
            if cost < with.cost || cost == with.cost && next > with.last {
                *with = BestOrder { cost, last: next };
            }
        }
    }
    let mut order = Vec::new();
    let mut set = ItemSet((1 << costs.size) - 1);
    while set != ItemSet(0) {
        let last = best[set].last;
        order.push(last);
        set = ItemSet(set.0 & !(1 << last));
    }
    order.reverse();
    order
}

/// A good order: each item in turn goes where it costs least, until nothing changes.
fn sifted(costs: &CostMatrix) -> Vec<usize> {
    let mut order: Vec<usize> = (0..costs.size).collect();
    // Each round costs the square of the items, and later ones find little.
    for _ in 0..8 {
        let mut changed = false;
        for item in 0..costs.size {
            let from = order.iter().position(|&other| other == item).unwrap_or(0);
            order.remove(from);
            // The cost of each place follows from that of the place before it: one look at each other item.
            let mut cost: u32 = order.iter().map(|&other| costs.of(item, other)).sum();
            let (mut least, mut best) = (cost, 0);
            let mut at_old = if from == 0 { cost } else { 0 };
            for (at, &other) in (1..).zip(&order) {
                cost = cost - costs.of(item, other) + costs.of(other, item);
                if cost < least {
                    (least, best) = (cost, at);
                }
                if at == from {
                    at_old = cost;
                }
            }
            let to = if least < at_old { best } else { from };
            changed |= to != from;
            order.insert(to, item);
        }
        if !changed {
            break;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::layout::channel::item::ChannelItem;
    use crate::map::layout::geometry::Interval;

    #[test]
    fn orders_of_few_and_of_many_items_follow_the_cost() {
        for n in [4, 20] {
            let span = Interval { low: 0, high: 10 };
            let item = ChannelItem { span, half: 0, label: None, limit: None, wish: None };
            let neighbours = Neighbours::new(&IndexVec::filled(n, item), 0);
            let order = linear_order(&neighbours, &|a, b| u32::from(a < b)).concat();
            assert_eq!(order, (0..n).rev().map(ItemId::from_index).collect::<Vec<_>>());
        }
    }
}
