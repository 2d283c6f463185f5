//! What a step is called, and which stage it says it belongs to.
//! In: the first line of a node's label, and its row's step and stage. Out: labels as the table has them.
//! Never knows: lanes.

use crate::diagnostic::{Diagnostic, Findings, Fix, Rule};
use crate::map::graph::{Graph, Label, Run};
use crate::map::reference::Row;
use crate::map::title::{self, StageNumber};
use crate::text::{Located, Span};

/// A label whose title or stage is not the table's.
pub static LABEL_MISMATCH: Rule = Rule::error("swimlane/label-mismatch", include_str!("label_mismatch.md"));

/// Gives labels the titles and stage numbers of their rows.
pub(super) fn follow(graph: &mut Graph, rows: &[Option<&Row>], found: &mut Findings) {
    // As the author wrote them: what follows changes titles one by one.
    let titles: Vec<Vec<String>> =
        graph.nodes.iter().map(|node| title::words(title::without_stage(&node.label.title()))).collect();
    for (index, row) in rows.iter().enumerate() {
        let Some(row) = row else { continue };
        if graph.nodes[index].label_span.is_none() {
            // The diagram says nothing, so there is nothing to compare.
            if let Some(step) = &row.step {
                graph.nodes[index].label = Label::plain(&step.value);
            }
            continue;
        }
        if let Some(step) = &row.step {
            let words = title::words(title::without_stage(&step.value));
            let is_of_other = (0..titles.len()).any(|at| at != index && title::words_fit(&titles[at], &words));
            let start = found.len();
            follow_title(graph, index, step, found);
            if is_of_other || step.value.ends_with(['.', '!', '?']) {
                // Two rows may have each other's ids, or a sentence stands where a title belongs: then no label is wrong.
                found.iter_mut().skip(start).for_each(Diagnostic::doubt);
            }
        }
        if let Some((stage, cell)) = &row.stage {
            follow_stage(graph, index, *stage, cell, found);
        }
    }
}

fn follow_title(graph: &mut Graph, index: usize, step: &Located<String>, found: &mut Findings) {
    let title = graph.nodes[index].label.title();
    let old = title::without_stage(&title);
    if old.is_empty() || title::words(&step.value).is_empty() || title::fits(&title, &step.value) {
        return;
    }
    // The remark in parentheses is for the table, where there is room.
    let short = step.value.split(" (").next().unwrap_or(&step.value).trim();
    let id = graph.nodes[index].id.clone();
    let message = format!("node `{id}` is labelled `{old}`, the table calls it `{}`", step.value);
    let place = place(graph, index, old);
    found.push(mismatch(graph, index, place, message, step.span).help_with(short, place));
    let start = title.len() - old.len();
    retitle(&mut graph.nodes[index].label, format!("{}{short}", &title[..start]));
}

fn follow_stage(graph: &mut Graph, index: usize, stage: StageNumber, cell: &Located<String>, found: &mut Findings) {
    let title = graph.nodes[index].label.title();
    let Some((said, range)) = title::leading_stage(&title).filter(|(said, _)| !said.fits(stage)) else { return };
    let id = graph.nodes[index].id.clone();
    let message = format!("node `{id}` is labelled stage {said}, the table says `{}`", cell.value);
    // In the label as written `3` may stand anywhere, so the number is looked for with the title behind it.
    let whole = place(graph, index, &title);
    let place = whole.map(|span| span.part(range.clone()));
    let old = &title[range.clone()];
    let part = stage.part.or(said.part).map(String::from).unwrap_or_default();
    let new = format!("{}{}{part}", old.trim_end_matches(|c: char| c.is_ascii_alphanumeric()), stage.number);
    let new = if old.starts_with(|c: char| c.is_ascii_digit()) { format!("{}{part}", stage.number) } else { new };
    found.push(mismatch(graph, index, place, message, cell.span).help_with(&new, place));
    retitle(&mut graph.nodes[index].label, format!("{new}{}", &title[range.end..]));
}

fn mismatch(graph: &Graph, index: usize, place: Option<Span>, message: String, cell: Span) -> Diagnostic {
    let node = &graph.nodes[index];
    let span = place.or(node.label_span).unwrap_or(node.span);
    LABEL_MISMATCH.at(span, message).related(cell, "the table wins")
}

/// Help and repair of a label: the words to write, and where.
trait HelpWith {
    fn help_with(self, words: &str, place: Option<Span>) -> Self;
}

impl HelpWith for Diagnostic {
    fn help_with(self, words: &str, place: Option<Span>) -> Self {
        let finding = self.help(format!("write `{words}`"));
        match place {
            Some(span) => finding.fix(Fix::replace(span, escaped(words))),
            None => finding,
        }
    }
}

/// Where words of a title stand in the label as written: nowhere when mark-up or entities lie between them.
fn place(graph: &Graph, index: usize, words: &str) -> Option<Span> {
    let raw = graph.places.nodes.get(index)?.label.as_ref()?;
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
