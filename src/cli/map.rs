//! `partner-docs map`: one diagram as SVG, without a project.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, terminal};
use crate::check::link::unsafe_scheme;
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, ProjectCounts, Severity};
use crate::map::layout::{self, LayoutOptions};
use crate::map::mermaid::{self, Diagram};
use crate::map::other::{self, Other};
use crate::map::reconcile;
use crate::map::svg::{self, Details};
use crate::pipeline;
use crate::project::filesystem::decode::{Decoded, decode};
use crate::report::{self, Report, Summary};
use crate::source::{SourceId, SourceMap, SourcePath, Sources, Span};
use crate::url::{Href, Schemes};

#[derive(Debug, Args)]
pub(super) struct MapOptions {
    /// A Mermaid file, or a Markdown file with a map and its table
    file: PathBuf,
    /// Which map in a Markdown file
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    number: usize,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// Draws a diagram to a file, or to stdout.
pub(super) fn run(options: &MapOptions) -> Outcome {
    let Decoded { text, broken } = match read(&options.file) {
        Ok(decoded) => decoded,
        Err(error) => return terminal::cannot_run(format!("cannot read `{}`: {error}", options.file.display())),
    };
    let mut sources = Sources::default();
    let name = options.file.file_name().map_or_else(|| "diagram".into(), |name| name.to_string_lossy());
    let Ok(path) = SourcePath::new(&name) else { return terminal::cannot_run("the file has no name") };
    let source = sources.set(path, text.as_str());
    // By its name and not by its text: a diagram may begin with a line that reads as Markdown.
    let drawn = if is_markdown(&options.file) { of_page(options, &text, source) } else { of_diagram(&text, source) };
    let Parsed { value: svg, mut found } = match drawn {
        Ok(drawn) => drawn,
        Err(why) => return terminal::cannot_run(why),
    };
    found.extend(broken.map(|broken| broken.finding(source)));
    crate::diagnostic::sort(&mut found, &sources);
    // The drawing is written in spite of findings: what could be read of the diagram is what the author wants to see.
    let outcome = tell(&found, &sources);
    match write(options.output.as_deref(), &svg) {
        Ok(()) => outcome,
        Err(error) => terminal::cannot_run(format!("cannot write the drawing: {error}")),
    }
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md" || extension == "markdown")
}

/// A map of a Markdown file, with its table.
fn of_page(options: &MapOptions, text: &str, source: SourceId) -> Result<Parsed<String>, String> {
    let Parsed { value: mut drawings, found } = pipeline::drawings(text, source);
    let (count, number) = (drawings.len(), options.number);
    let file = options.file.display();
    match number.checked_sub(1).filter(|at| *at < count) {
        Some(at) => Ok(Parsed { value: drawings.swap_remove(at), found }),
        None if count == 0 => {
            Err(format!("`{file}` has no ```mermaid block with a flowchart, and no table to draw a map from"))
        }
        None => Err(format!("`{file}` has no map number {number}; it has {count}")),
    }
}

/// A file that is a diagram from its first to its last line.
fn of_diagram(text: &str, source: SourceId) -> Result<Parsed<String>, String> {
    let mut parsed = mermaid::parse(text, &SourceMap::identity(Span::new(source, 0..text.len())));
    let graph = match parsed.value {
        Diagram::Flowchart(graph) => reconcile::alone(graph).value.graph,
        Diagram::Other { kind, span } => {
            let found = parsed.found;
            if let Some(first) = found.first() {
                return Err(because(first));
            }
            let drawn = other::draw(Other { kind: &kind, span, text }, "diagram");
            return drawn.map(|svg| Parsed { value: svg, found }).map_err(|finding| because(&finding));
        }
    };
    let layout = layout::layout(&graph, &LayoutOptions::default());
    let schemes = Schemes::default();
    let svg = svg::standalone(&graph, &layout, &Details::plain("map"), |node| {
        let click = graph.node(node).click.as_ref()?;
        Href::as_written(&click.target.value, &schemes).map(|href| href.to_string())
    });
    let targets = graph.nodes.iter().filter_map(|node| Some(&node.click.as_ref()?.target));
    parsed.found.extend(targets.filter_map(|target| {
        Some(unsafe_scheme::finding(&target.value, target.span, &schemes.refusal(&target.value)?))
    }));
    parsed.found.extend(layout::too_dense(&graph, &layout, Span::start_of(source)));
    Ok(Parsed { value: svg, found: parsed.found })
}

/// What is wrong and what to do, in one line.
fn because(finding: &Diagnostic) -> String {
    [Some(finding.message.as_str()), finding.help.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn tell(found: &Diagnostics, sources: &Sources) -> Outcome {
    if found.is_empty() {
        return Outcome::Done;
    }
    let summary = Summary { counts: ProjectCounts { diagrams: 1, ..ProjectCounts::default() }, ..Summary::default() }
        .count(found);
    let reader = &terminal::reader();
    terminal::talk(&report::human(&Report { found, sources, summary: &summary, reader }));
    let failed = found.iter().any(|finding| finding.severity == Severity::Error);
    if failed { Outcome::ErrorsFound } else { Outcome::Done }
}

#[expect(clippy::disallowed_methods, reason = "a diagram outside any project has no reader of its own")]
fn read(file: &Path) -> std::io::Result<Decoded> {
    std::fs::read(file).map(decode)
}

#[expect(clippy::disallowed_methods, reason = "a drawing outside any project has no writer of its own")]
fn write(output: Option<&Path>, svg: &str) -> std::io::Result<()> {
    if let Some(file) = output {
        return std::fs::write(file, svg);
    }
    terminal::data(svg);
    Ok(())
}
