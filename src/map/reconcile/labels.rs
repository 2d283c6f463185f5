//! Compares node labels with the titles and stages in the table.

use super::{RowOfNode, guess};
use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Rule, slips};
use crate::map::graph::{Graph, Label, NodeId, Run};
use crate::map::index_vec::Id as _;
use crate::map::title::{self, StageNumber};
use crate::source::{Located, Part as _, Span};

/// A label whose title or stage is not the table's.
pub static LABEL_MISMATCH: Rule = Rule::error("swimlane/label-mismatch", include_str!("label_mismatch.md"));

/// Gives labels the titles and stage numbers of their rows.
pub(super) fn follow(graph: &mut Graph, rows: &RowOfNode, found: &mut Diagnostics) {
    for (id, row) in rows.entries() {
        let Some(row) = row else { continue };
        if graph.node(id).label_span.is_none() {
            // The diagram says nothing, so there is nothing to compare.
            if let Some(step) = &row.step {
                graph.node_mut(id).label = Label::plain(&step.value);
            }
            continue;
        }
        if let Some(step) = &row.step {
            found.extend(follow_title(graph, id, step));
        }
        if let Some((stage, cell)) = &row.stage {
            found.extend(follow_stage(graph, id, *stage, cell));
        }
    }
}

fn follow_title(graph: &mut Graph, id: NodeId, step: &Located<String>) -> Option<Diagnostic> {
    let title = graph.node(id).label.title();
    let old = title::without_stage(&title);
    if old.is_empty() || title::words(&step.value).is_empty() || title::fits(&title, &step.value) {
        return None;
    }
    // The remark in parentheses is for the table, where there is room.
    let short = step.value.split(" (").next().unwrap_or(&step.value).trim();
    let name = &graph.node(id).id;
    let message = format!("node `{name}` is labelled `{old}`, but the table says `{}`", step.value);
    let place = place(graph, id, old);
    let mut finding = mismatch(graph, id, place, message, step.span);
    finding = finding.help(if slips(old, short).is_some_and(|slips| slips > 0) {
        // One of the two is misspelt, and nobody but its author knows which.
        format!("they differ in a letter or two: write both as `{short}`, or both as `{old}`")
    } else {
        format!("write `{short}`, or correct the table")
    });
    let label = graph.node(id).label_span.unwrap_or(step.span);
    let fix = place.filter(|_| is_bare_title(old)).map(|span| Fix::replace(span, escaped(short)));
    finding = finding.fix_if(fix.and_then(|fix| guess(fix, label, step.span)));
    let start = title.len() - old.len();
    let new = format!("{}{short}", title.part(..start));
    retitle(&mut graph.node_mut(id).label, new);
    Some(finding)
}

/// Whether words are a title and nothing else: a sentence behind it stands nowhere else, and a word that is cut at the
/// end of its line goes on in the next.
fn is_bare_title(words: &str) -> bool {
    let ends_sentence = |(at, mark): (usize, &str)| words.part(at + mark.len()..).starts_with(char::is_whitespace);
    let has_sentences = words.match_indices(['.', '!', '?', ';', ':']).any(ends_sentence);
    !has_sentences && !words.ends_with(['.', '!', '?', '-', '\u{ad}'])
}

fn follow_stage(graph: &mut Graph, id: NodeId, stage: StageNumber, cell: &Located<String>) -> Option<Diagnostic> {
    let title = graph.node(id).label.title();
    let (said, range) = title::leading_stage(&title).filter(|(said, _)| !said.fits(stage))?;
    let name = &graph.node(id).id;
    let message = format!("node `{name}` is labelled stage {said}, but the table says `{}`", cell.value);
    // In the label as written `3` may stand anywhere, so the number is looked for with the title behind it.
    let whole = place(graph, id, &title);
    let place = whole.map(|span| span.part(range.clone()));
    let old = title.part(range.clone());
    let part = stage.part.or(said.part).map(String::from).unwrap_or_default();
    let new = format!("{}{}{part}", old.trim_end_matches(|c: char| c.is_ascii_alphanumeric()), stage.number);
    let new = if old.starts_with(|c: char| c.is_ascii_digit()) { format!("{}{part}", stage.number) } else { new };
    let label = graph.node(id).label_span.unwrap_or(cell.span);
    let finding = mismatch(graph, id, place, message, cell.span).help(format!("write `{new}`, or correct the table"));
    let fix = place.and_then(|span| guess(Fix::replace(span, escaped(&new)), label, cell.span));
    retitle(&mut graph.node_mut(id).label, format!("{new}{}", title.part(range.end..)));
    Some(finding.fix_if(fix))
}

fn mismatch(graph: &Graph, id: NodeId, place: Option<Span>, message: String, cell: Span) -> Diagnostic {
    let node = graph.node(id);
    let span = place.or(node.label_span).unwrap_or(node.span);
    LABEL_MISMATCH.at(span, message).related(cell, "the table wins")
}

/// Where words of a title stand in the label as written: nowhere when mark-up or entities lie between them.
fn place(graph: &Graph, id: NodeId, words: &str) -> Option<Span> {
    let raw = graph.places.nodes.get(id.index())?.label.as_ref()?;
    let at = raw.value.find(words).filter(|_| raw.span.len() == raw.value.len())?;
    Some(raw.span.part(at..at + words.len()))
}

/// Words as they may stand in any label, in quotes or not.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '"' => escaped.push_str("#quot;"),
            '[' | ']' | '(' | ')' | '{' | '}' | '|' | '<' | '>' | '#' => {
                escaped.extend(["#", &u32::from(c).to_string(), ";"]);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Puts another text into the first line, in the weight and slope it began with.
fn retitle(label: &mut Label, title: String) {
    let Some(line) = label.lines.first_mut() else { return };
    let (bold, italic) = line.first().map(|run| (run.bold, run.italic)).unwrap_or_default();
    *line = vec![Run { text: title, bold, italic }];
}
