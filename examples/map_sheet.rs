//! A contact sheet of maps, for eyes: each drawn in light and in dark.
//! In: `.mmd` files and Markdown files with mermaid fences. Out: an HTML page, to stdout; with `--svg DIR` also each
//! map as a file there, and with `--times FILE` how long each took at best.
//! Never knows: sites, themes.
//!
//! ```text
//! cargo run --example map_sheet -- docs/partner-workflow.md maps/*.mmd > sheet.html
//! ```
#![expect(clippy::print_stdout, reason = "a program for the shell")]
#![expect(clippy::disallowed_methods, reason = "a program for the shell reads its arguments, files and the clock")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use partner_docs::map::graph::{Graph, NodeId};
use partner_docs::map::layout::{LayoutOptions, layout, verify};
use partner_docs::map::mermaid::{Diagram, parse};
use partner_docs::map::svg::{self, Details, NodeLinks};
use partner_docs::source::{SourceId, SourceMap, Span};

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Maps</title><style>\
    body{font:14px sans-serif;margin:0}h2{font-size:14px;margin:16px 16px 4px}\
    section{padding:8px 16px;overflow-x:auto}.dark{background:#0d1117;--map-background:#0d1117;--map-ink:#e6edf3;\
    --map-muted:#9ea7b3;--map-lane:#161b22;--map-line:#30363d;--map-node:#21262d;--map-node-line:#6e7681;\
    --map-edge:#9ea7b3;--map-accent:#79b8ff;--map-tint:.3;--map-tint-line:.65}";

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    let (mut folder, mut times_file) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--svg" => folder = arguments.next().map(PathBuf::from),
            "--times" => times_file = arguments.next(),
            _ => files.push(PathBuf::from(argument)),
        }
    }
    let mut page = format!("{PAGE}{}</style>", svg::STYLE);
    let mut times = serde_json::Map::new();
    for (name, text) in files.iter().map(|file| diagrams(file)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        let Some(graph) = graph(&text) else { continue };
        let map = layout(&graph, &LayoutOptions::default());
        let file = svg::standalone(&graph, &map, &Details::plain("map"), |node| target(&graph, node));
        let ms = (0..5).map(|_| milliseconds(&graph)).fold(f64::MAX, f64::min);
        times.insert(name.clone(), serde_json::json!({ "ms": ms }));
        let report = verify::check(&graph, &map);
        let prefix = format!("m{}", times.len());
        let linked = |node| if target(&graph, node).is_some() { NodeLinks::Yes } else { NodeLinks::No };
        let drawing = svg::draw(&graph, &map, &Details::plain(&prefix), linked)
            .fill(|node| target(&graph, node).unwrap_or_default());
        let _ = write!(
            page,
            "<h2>{name}: {} × {}, {} crossings, {} bends, {ms:.1} ms {}</h2><section>{drawing}</section>\
             <section class=dark>{}</section>",
            map.size.w,
            map.size.h,
            report.crossings,
            report.bends,
            report.faults.join("; "),
            drawing.replace(&format!("{prefix}-"), &format!("{prefix}d-")),
        );
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.svg")), file)?;
        }
    }
    if let Some(times_file) = times_file {
        std::fs::write(times_file, serde_json::to_string(&times)?)?;
    }
    println!("{page}");
    Ok(())
}

/// How long a map takes from its graph to its file.
fn milliseconds(graph: &Graph) -> f64 {
    let started = Instant::now();
    let map = layout(graph, &LayoutOptions::default());
    let file = svg::standalone(graph, &map, &Details::plain("map"), |node| target(graph, node));
    std::hint::black_box(file);
    started.elapsed().as_secs_f64() * 1000.0
}

/// The diagrams of a file, each with a name.
fn diagrams(file: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if file.extension().is_some_and(|extension| extension == "mmd") {
        return Ok(vec![(name, text)]);
    }
    let fences = text.split("```mermaid").skip(1).filter_map(|rest| rest.split("```").next());
    Ok(fences.enumerate().map(|(at, text)| (format!("{name}-{}", at + 1), text.to_owned())).collect())
}

fn graph(text: &str) -> Option<Graph> {
    match parse(text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()))).value {
        Diagram::Flowchart(graph) => Some(graph),
        Diagram::Other { .. } => None,
    }
}

fn target(graph: &Graph, node: NodeId) -> Option<String> {
    graph.nodes[node.0 as usize].click.as_ref().map(|click| click.target.value.clone())
}
