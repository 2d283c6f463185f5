//! `partner-docs map`: one diagram as SVG, without a project.

use std::path::Path;

use super::arguments::MapOptions;
use super::{Outcome, terminal};
use crate::diagnostic::{Counts, Findings, Severity};
use crate::map::graph::Graph;
use crate::map::layout::{self, LayoutOptions};
use crate::map::mermaid::{self, Diagram};
use crate::map::other::Other;
use crate::map::{reconcile, svg};
use crate::project::decode::decode;
use crate::report::{self, Summary};
use crate::text::{Origin, SourcePath, Sources, Span};

/// Draws a diagram to a file, or to stdout.
pub(super) fn run(options: &MapOptions) -> Outcome {
    let text = match read(&options.file) {
        Ok(text) => text,
        Err(error) => return cannot(&format!("cannot read `{}`: {error}", options.file.display())),
    };
    let mut sources = Sources::default();
    let name = options.file.file_name().map_or_else(|| "diagram".into(), |name| name.to_string_lossy());
    let Ok(path) = SourcePath::new(&name) else { return cannot("the file has no name") };
    let source = sources.set(path, text.as_str());
    let Some(diagram) = diagram(&options.file, &text) else {
        return cannot(&format!("`{}` has no ```mermaid block", options.file.display()));
    };
    let origin = Origin::identity(Span::new(source, diagram.clone()));
    let parsed = mermaid::parse(&text[diagram.clone()], &origin);
    let svg = match parsed.value {
        Diagram::Flowchart(graph) => draw(graph),
        Diagram::Other { kind, span } => {
            match other(Other { kind: &kind, span, text: &text[diagram] }, &parsed.found) {
                Ok(svg) => svg,
                Err(found) => {
                    tell(&found, &sources);
                    return Outcome::CannotRun;
                }
            }
        }
    };
    let outcome = tell(&parsed.found, &sources);
    match write(options.output.as_deref(), &svg) {
        Ok(()) => outcome,
        Err(error) => cannot(&format!("cannot write the drawing: {error}")),
    }
}

/// The diagram in a file: all of it, or in Markdown the first fenced one.
fn diagram(file: &Path, text: &str) -> Option<std::ops::Range<usize>> {
    let is_markdown = file.extension().is_some_and(|extension| extension == "md" || extension == "markdown");
    if !is_markdown {
        return Some(0..text.len());
    }
    let opening = text.find("```mermaid")?;
    let start = opening + text[opening..].find('\n')? + 1;
    let end = text[start..].find("\n```").map_or(text.len(), |end| start + end + 1);
    Some(start..end)
}

/// A diagram that is no flowchart; what is wrong with it, when it cannot be drawn.
fn other(diagram: Other, found: &Findings) -> Result<String, Findings> {
    if found.is_empty() {
        crate::map::other::draw(diagram, "diagram").map_err(|finding| vec![*finding])
    } else {
        Err(found.clone())
    }
}

fn draw(graph: Graph) -> String {
    let graph = reconcile::alone(graph).value.graph;
    let layout = layout::layout(&graph, &LayoutOptions::default());
    svg::standalone(&graph, &layout, |node| {
        graph.nodes[node.0 as usize].click.as_ref().map(|click| click.target.value.clone())
    })
}

fn tell(found: &Findings, sources: &Sources) -> Outcome {
    if found.is_empty() {
        return Outcome::Done;
    }
    let summary = Summary { counts: Counts { diagrams: 1, ..Counts::default() }, ..Summary::default() }.count(found);
    terminal::talk(&report::human(found, sources, &summary, terminal::style()));
    let failed = found.iter().any(|finding| finding.severity == Severity::Error);
    if failed { Outcome::ErrorsFound } else { Outcome::Done }
}

fn cannot(why: &str) -> Outcome {
    terminal::talk(&format!("error: {why}\n"));
    Outcome::CannotRun
}

#[expect(clippy::disallowed_methods, reason = "a diagram outside any project has no reader of its own")]
fn read(file: &Path) -> std::io::Result<String> {
    Ok(decode(std::fs::read(file)?).text)
}

#[expect(clippy::disallowed_methods, reason = "a drawing outside any project has no writer of its own")]
fn write(output: Option<&Path>, svg: &str) -> std::io::Result<()> {
    if let Some(file) = output {
        return std::fs::write(file, svg);
    }
    terminal::data(svg);
    Ok(())
}
