//! The order in which playbooks are listed: each after those that lead to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Playbook, PlaybookNames};

/// Positions in the order of lists: first the playbooks that say their own place, then the others in reading order.
#[must_use]
pub fn listed_order(playbooks: &[&Playbook]) -> Vec<usize> {
    let mut order = reading_order(playbooks);
    // A stable sort: where nobody says anything, and among equals, it is the reading order.
    order.sort_by_key(|at| {
        let own = playbooks.get(*at).and_then(|playbook| playbook.order.as_ref()).map(|order| order.value);
        (own.is_none(), own)
    });
    order
}

/// Positions in reading order: a playbook comes after those whose `next_playbook` names it. Among several that could
/// come next, the first by position does; those that neither lead nor follow come last. A circle
/// begins where another playbook leads into it.
#[must_use]
fn reading_order(playbooks: &[&Playbook]) -> Vec<usize> {
    let names = PlaybookNames::of(playbooks.iter().copied());
    let followers: Vec<BTreeSet<usize>> = playbooks
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let next = one.next_playbook.iter().filter_map(|next| names.by_id(&next.value).one());
            // A quarterly review names itself as the next one, which is not a circle to find a way out of.
            next.filter(|next| *next != at).collect()
        })
        .collect();
    let mut leaders: BTreeMap<usize, usize> = BTreeMap::new();
    for follower in followers.iter().flatten() {
        *leaders.entry(*follower).or_default() += 1;
    }
    let has_leaders = |at: usize| leaders.contains_key(&at);
    // Unconnected playbooks come last, because readers begin with one that leads somewhere.
    let has_followers = |at: usize| followers.get(at).is_some_and(|followers| !followers.is_empty());
    let (mut left, alone): (BTreeSet<usize>, BTreeSet<usize>) =
        (0..playbooks.len()).partition(|at| has_leaders(*at) || has_followers(*at));
    // Topological sorting as in Kahn's algorithm, but it goes on where a circle leaves nothing ready.
    let mut ready: BTreeSet<usize> = left.iter().copied().filter(|at| !has_leaders(*at)).collect();
    let mut order = Vec::with_capacity(playbooks.len());
    // A circle has no first playbook: it begins where an earlier playbook leads into it.
    let mut reached = BTreeSet::new();
    while let Some(at) = ready.pop_first().or_else(|| reached.first().copied()).or_else(|| left.first().copied()) {
        left.remove(&at);
        reached.remove(&at);
        order.push(at);
        for follower in followers.get(at).into_iter().flatten().filter(|follower| left.contains(follower)) {
            reached.insert(*follower);
            if let Some(unread) = leaders.get_mut(follower) {
                *unread -= 1;
                if *unread == 0 {
                    ready.insert(*follower);
                }
            }
        }
    }
    order.extend(alone);
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::parse;
    use crate::source::SourceId;

    fn ordered(playbooks: &[(&str, &str)]) -> Vec<String> {
        let parsed: Vec<Playbook> = playbooks
            .iter()
            .map(|(id, next)| parse(&format!("name: x\nnext_playbook: [{next}]\n"), SourceId::new(0), id, &[]).value)
            .collect();
        let order = reading_order(&parsed.iter().collect::<Vec<_>>());
        order.into_iter().map(|at| parsed[at].id.clone()).collect()
    }

    #[test]
    fn a_playbook_that_says_its_place_has_it() {
        let with_order = |id: &str, text: &str| parse(text, SourceId::new(0), id, &[]).value;
        let playbooks = [
            with_order("exit", "order: 2\n"),
            with_order("audit", "order: -1\n"),
            with_order("grow", "next_playbook: exit\n"),
            with_order("recruit", "next_playbook: grow\n"),
        ];
        assert_eq!(listed_order(&playbooks.iter().collect::<Vec<_>>()), [1, 0, 3, 2]);
    }

    #[test]
    fn a_playbook_comes_after_those_that_lead_to_it() {
        assert_eq!(
            ordered(&[("exit", ""), ("launch", "renew"), ("recruit", "launch"), ("renew", "exit")]),
            ["recruit", "launch", "renew", "exit"]
        );
        assert_eq!(ordered(&[("a", "gone"), ("b", "b"), ("c", "")]), ["a", "b", "c"]);
        assert_eq!(ordered(&[("audit", ""), ("exit", ""), ("recruit", "exit")]), ["recruit", "exit", "audit"]);
        assert_eq!(ordered(&[("a", "b"), ("b", "a")]), ["a", "b"]);
        assert_eq!(
            ordered(&[("exit", ""), ("expand", "qbr"), ("onboard", "qbr"), ("qbr", "expand, exit")]),
            ["onboard", "qbr", "exit", "expand"]
        );
    }
}
