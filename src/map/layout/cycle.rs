//! Which edges run against the flow.
//! In: steps and links. Out: for each link whether it runs forward, back, or stays on its step.
//! Never knows: columns. Depth first in the order of declaration, as readers follow a diagram; dashed edges come
//! last, because authors draw returns dashed.

use super::problem::LayoutGraph;

/// The sense of a link.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    /// With the flow.
    Forward,
    /// Against it.
    Back,
    /// From a step to itself.
    Loop,
}

/// Decides the sense of each link; the forward ones never close a circle.
pub(super) fn senses(problem: &LayoutGraph) -> Vec<Sense> {
    let mut senses = vec![Sense::Back; problem.links.len()];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); problem.steps.len()];
    let against_stages = |from: usize, to: usize| match (problem.steps[from].stage, problem.steps[to].stage) {
        (Some(from), Some(to)) => to < from,
        _ => false,
    };
    let mut later = Vec::new();
    for (at, link) in problem.links.iter().enumerate() {
        if link.from == link.to {
            senses[at] = Sense::Loop;
        } else if against_stages(link.from, link.to) {
            // A step of an earlier stage stands before one of a later stage, whatever the arrows say.
        } else if link.weight > 1 {
            next[link.from].push(at);
        } else {
            later.push(at);
        }
    }
    let back = back_links(problem, &next);
    for links in &mut next {
        links.retain(|&at| !back[at]);
        for &at in links.iter() {
            senses[at] = Sense::Forward;
        }
    }
    for at in later {
        let link = &problem.links[at];
        if !reaches(problem, &next, link.to, link.from) {
            senses[at] = Sense::Forward;
            next[link.from].push(at);
        }
    }
    senses
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum VisitState {
    New,
    Open,
    Done,
}

/// Links to a step that is still open when they are followed.
fn back_links(problem: &LayoutGraph, next: &[Vec<usize>]) -> Vec<bool> {
    let mut back = vec![false; problem.links.len()];
    let mut marks = vec![VisitState::New; problem.steps.len()];
    let mut entered = vec![false; problem.steps.len()];
    next.iter().flatten().for_each(|&at| entered[problem.links[at].to] = true);
    let starts = (0..entered.len()).filter(|&step| !entered[step]).chain(0..entered.len());
    for start in starts {
        if marks[start] != VisitState::New {
            continue;
        }
        marks[start] = VisitState::Open;
        let mut path = vec![(start, 0)];
        while let Some(top) = path.last_mut() {
            let Some(&at) = next[top.0].get(top.1) else {
                marks[top.0] = VisitState::Done;
                path.pop();
                continue;
            };
            top.1 += 1;
            let to = problem.links[at].to;
            match marks[to] {
                VisitState::Open => back[at] = true,
                VisitState::Done => {}
                VisitState::New => {
                    marks[to] = VisitState::Open;
                    path.push((to, 0));
                }
            }
        }
    }
    back
}

fn reaches(problem: &LayoutGraph, next: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; next.len()];
    let mut open = vec![from];
    while let Some(step) = open.pop() {
        if step == to {
            return true;
        }
        if !std::mem::replace(&mut seen[step], true) {
            open.extend(next[step].iter().map(|&at| problem.links[at].to));
        }
    }
    false
}
