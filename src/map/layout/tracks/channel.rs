//! One line of the grid: which of its tracks each edge and label takes.
//! In: items with their spans along the line, and what each order of two of them costs. Out: a position across the
//! line for each, so that no two come too close.
//! Never knows: what lies on other lines. Orders are found exactly for a few items that meet, by sifting for more.

use std::collections::BTreeSet;

use crate::map::layout::geometry::Px;

/// Between two edges side by side.
pub(crate) const PITCH: Px = 12;
/// Between a label and what is beside it.
const LABEL_GAP: Px = 5;
/// Components up to this size are ordered exactly.
const EXACT: usize = 8;
/// The cost of an order that cannot be drawn.
pub(super) const IMPOSSIBLE: u32 = 10_000;

/// A stretch of an edge, or a label, that needs a position across the line.
#[derive(Clone, Debug)]
pub(crate) struct ChannelItem {
    /// From where to where along the line.
    pub span: (Px, Px),
    /// Half its thickness: 0 for an edge.
    pub half: Px,
    /// A label on the edge: from where to where, and half its thickness.
    pub bulge: Option<(Px, Px, Px)>,
    /// How far from the middle of the line it may lie, when it ends at a step on the line.
    pub reach: Option<Px>,
    /// Where it would like to lie, and how much others give way: lower goes first.
    pub want: Option<(Px, u32)>,
}

impl ChannelItem {
    /// How far apart two items must lie; `None` if they never meet. `margin` is how near counts as meeting.
    pub(crate) fn apart(&self, other: &Self, margin: Px) -> Option<Px> {
        let meet = |a: (Px, Px), b: (Px, Px)| a.0 < b.1 + margin && b.0 < a.1 + margin;
        if !meet(self.span, other.span) {
            return None;
        }
        let bulge = |item: &Self| item.bulge.map(|(from, to, half)| ((from, to), half));
        let own = bulge(self).filter(|&(span, _)| meet(span, other.span));
        let its = bulge(other).filter(|&(span, _)| meet(span, self.span));
        let halves = match (own, its) {
            (Some(a), Some(b)) if meet(a.0, b.0) => a.1 + b.1,
            _ => own.map_or(self.half, |own| own.1 + other.half).max(its.map_or(other.half, |its| its.1 + self.half)),
        };
        let halves = halves.max(self.half + other.half);
        Some(if halves == 0 { PITCH } else { halves + LABEL_GAP })
    }
}

/// The items of a line and how they keep apart.
pub(super) struct Channel<'i> {
    items: &'i [ChannelItem],
    /// By item: those it meets, in order, and how far from them it must lie.
    near: Vec<Vec<(usize, Px)>>,
}

impl<'i> Channel<'i> {
    /// `margin`: how near along the line two items must come to count as side by side.
    pub(crate) fn new(items: &'i [ChannelItem], margin: Px) -> Self {
        let mut near = vec![Vec::new(); items.len()];
        let mut by_start: Vec<usize> = (0..items.len()).collect();
        by_start.sort_by_key(|&item| items[item].span.0);
        let mut open: Vec<usize> = Vec::new();
        for item in by_start {
            open.retain(|&other| items[item].span.0 < items[other].span.1 + margin);
            for &other in &open {
                if let Some(apart) = items[item].apart(&items[other], margin) {
                    near[item].push((other, apart));
                    near[other].push((item, apart));
                }
            }
            open.push(item);
        }
        for near in &mut near {
            near.sort_unstable();
        }
        Self { items, near }
    }

    /// Keeps two items apart that do not meet.
    pub(crate) fn part(&mut self, a: usize, b: usize) {
        for (item, other) in [(a, b), (b, a)] {
            if let Err(at) = self.near[item].binary_search_by_key(&other, |&(other, _)| other) {
                self.near[item].insert(at, (other, PITCH));
            }
        }
    }

    fn meet(&self, a: usize, b: usize) -> bool {
        self.near[a].binary_search_by_key(&b, |&(other, _)| other).is_ok()
    }

    /// An order of all items with as little cost as can be found, item by item that meet directly or through others.
    /// `cost(a, b)` is what `a` before `b` costs; it is asked only for items that meet.
    pub(crate) fn order(&self, cost: &dyn Fn(usize, usize) -> u32) -> Vec<Vec<usize>> {
        let ordered = |part: Vec<usize>| {
            let n = part.len();
            let price = |a: usize, b: usize| if self.meet(part[a], part[b]) { cost(part[a], part[b]) } else { 0 };
            let table: Vec<u32> = (0..n * n).map(|at| price(at / n, at % n)).collect();
            let found = if table.iter().all(|&cost| cost == 0) {
                (0..n).collect()
            } else if n <= EXACT {
                exact(&table, n)
            } else {
                sifted(&table, n)
            };
            found.into_iter().map(|at| part[at]).collect()
        };
        self.components().into_iter().map(ordered).collect()
    }

    /// Items that meet, directly or through others.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.items.len()];
        let mut parts = Vec::new();
        for start in 0..self.items.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while let Some(&item) = part.get(at) {
                at += 1;
                let met = self.near[item].iter().map(|&(other, _)| other);
                part.extend(met.filter(|&other| !std::mem::replace(&mut seen[other], true)));
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// Positions of all items, those of each part in its order: each item as near to its wish as the others and its
    /// bounds allow, those without a wish as far forward as they go. `Err` names the items whose steps are too small
    /// for all that ends there, and by how much.
    pub(crate) fn positions(&self, order: &[Vec<usize>]) -> Result<Vec<Px>, Vec<(usize, Px)>> {
        let bound = |item: usize| self.items[item].reach.unwrap_or(Px::MAX / 4);
        // Without a wish: as far forward as it goes, from 0.
        let least = |item: usize| if self.items[item].want.is_none() { 0 } else { -bound(item) };
        let mut low: Vec<Px> = (0..self.items.len()).map(least).collect();
        let mut high: Vec<Px> = (0..self.items.len()).map(bound).collect();
        let mut narrow = Vec::new();
        let mut rank = vec![0; self.items.len()];
        for part in order {
            for (at, &item) in part.iter().enumerate() {
                rank[item] = at;
            }
            self.tighten(part, &rank, (&mut low, &mut high));
            narrow.extend(part.iter().map(|&item| (item, low[item] - high[item])).filter(|&(_, missing)| missing > 0));
            if !narrow.is_empty() {
                continue;
            }
            let mut by_rank: Vec<usize> = part.clone();
            by_rank.sort_by_key(|&item| self.items[item].want.map_or(u32::MAX, |(_, rank)| rank));
            for item in by_rank {
                let want = self.items[item].want.map_or(low[item], |(want, _)| want);
                let place = want.clamp(low[item], high[item]);
                (low[item], high[item]) = (place, place);
                self.push(item, (part, &rank), (&mut low, &mut high));
            }
        }
        if narrow.is_empty() { Ok(low) } else { Err(narrow) }
    }

    /// Narrows the bounds of all items of a part, until none contradicts another.
    fn tighten(&self, part: &[usize], rank: &[usize], (low, high): (&mut [Px], &mut [Px])) {
        for &item in part {
            for &(before, apart) in self.near[item].iter().filter(|&&(other, _)| rank[other] < rank[item]) {
                low[item] = low[item].max(low[before] + apart);
            }
        }
        for &item in part.iter().rev() {
            for &(after, apart) in self.near[item].iter().filter(|&&(other, _)| rank[other] > rank[item]) {
                high[item] = high[item].min(high[after] - apart);
            }
        }
    }

    /// The same after the bounds of one item have changed: only what gives way to it is looked at. Looking at all of
    /// them for each item took the third power of their number.
    fn push(&self, item: usize, (part, rank): (&[usize], &[usize]), (low, high): (&mut [Px], &mut [Px])) {
        let mut open = BTreeSet::from([rank[item]]);
        while let Some(item) = open.pop_first().map(|at| part[at]) {
            for &(after, apart) in self.near[item].iter().filter(|&&(other, _)| rank[other] > rank[item]) {
                if low[after] < low[item] + apart {
                    low[after] = low[item] + apart;
                    open.insert(rank[after]);
                }
            }
        }
        open.insert(rank[item]);
        while let Some(item) = open.pop_last().map(|at| part[at]) {
            for &(before, apart) in self.near[item].iter().filter(|&&(other, _)| rank[other] < rank[item]) {
                if high[before] > high[item] - apart {
                    high[before] = high[item] - apart;
                    open.insert(rank[before]);
                }
            }
        }
    }
}

/// The cheapest order of all, by dynamic programming over sets.
fn exact(table: &[u32], n: usize) -> Vec<usize> {
    let mut best = vec![(u32::MAX, 0); 1 << n];
    best[0].0 = 0;
    for set in 0..1_usize << n {
        for next in (0..n).filter(|next| set >> next & 1 == 0) {
            let before = (0..n).filter(|item| set >> item & 1 == 1);
            let price = best[set].0 + before.map(|item| table[item * n + next]).sum::<u32>();
            let with = set | 1 << next;
            // Of equal orders the one nearest to the order of the items, whose last is the last.
            if price < best[with].0 || price == best[with].0 && next > best[with].1 {
                best[with] = (price, next);
            }
        }
    }
    let mut order = Vec::new();
    let mut set = (1 << n) - 1;
    while set != 0 {
        let last = best[set].1;
        order.push(last);
        set &= !(1 << last);
    }
    order.reverse();
    order
}

/// A good order: each item in turn goes where it costs least, until nothing changes.
fn sifted(table: &[u32], n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for _ in 0..8 {
        let mut changed = false;
        for item in 0..n {
            let from = order.iter().position(|&other| other == item).unwrap_or(0);
            order.remove(from);
            let mut price: u32 = order.iter().map(|&other| table[item * n + other]).sum();
            let mut best = (price, 0);
            let mut at_old = if from == 0 { price } else { 0 };
            for (at, &other) in order.iter().enumerate() {
                price = price - table[item * n + other] + table[other * n + item];
                if price < best.0 {
                    best = (price, at + 1);
                }
                if at + 1 == from {
                    at_old = price;
                }
            }
            let to = if best.0 < at_old { best.1 } else { from };
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

    fn edge(span: (Px, Px), reach: Option<Px>, want: Option<(Px, u32)>) -> ChannelItem {
        ChannelItem { span, half: 0, bulge: None, reach, want }
    }

    #[test]
    fn items_that_do_not_meet_share_a_track() {
        let items = [edge((0, 10), None, None), edge((20, 30), None, None), edge((5, 25), None, None)];
        let channel = Channel::new(&items, 0);
        let order = channel.order(&|_, _| 0);
        assert_eq!(channel.positions(&order), Ok(vec![0, 0, PITCH]));
    }

    #[test]
    fn orders_of_few_and_of_many_items_follow_the_cost() {
        for n in [4, 20] {
            let items: Vec<ChannelItem> = (0..n).map(|_| edge((0, 10), None, None)).collect();
            let order = Channel::new(&items, 0).order(&|a, b| u32::from(a < b)).concat();
            assert_eq!(order, (0..n).rev().collect::<Vec<_>>());
        }
    }

    #[test]
    fn ends_at_a_step_spread_around_its_middle() {
        let items: Vec<ChannelItem> = [-12, 0, 12].map(|want| edge((0, 10), Some(20), Some((want, 1)))).into();
        assert_eq!(Channel::new(&items, 0).positions(&[vec![0, 1, 2]]), Ok(vec![-12, 0, 12]));
    }

    #[test]
    fn a_step_too_small_for_its_ends_is_named() {
        let items: Vec<ChannelItem> = [0, 0, 0].map(|want| edge((0, 10), Some(6), Some((want, 1)))).into();
        assert!(Channel::new(&items, 0).positions(&[vec![0, 1, 2]]).is_err());
    }
}
