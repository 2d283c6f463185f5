//! Maps of every telling kind, held against the drawings that somebody last looked at.
//! In: `tests/golden_maps/*.mmd`. Out: each drawing that is another than the `.svg` beside it.
//! Never knows: what makes a drawing good; `tests/properties.rs` and the engine's own rules do.
//!
//! `UPDATE_EXPECT=1 cargo test --test golden_maps` writes them anew; then look at them, and at
//! `cargo run --example map_sheet -- tests/golden_maps/*.mmd` for light and dark side by side.

#![expect(clippy::disallowed_methods, reason = "what was expected lies on disk, and is updated there")]

use std::fs;
use std::path::{Path, PathBuf};

use partner_docs::map::layout::{LayoutOptions, layout, verify};
use partner_docs::map::mermaid::{Diagram, parse};
use partner_docs::map::svg::{Details, standalone};
use partner_docs::source::{SourceId, SourceMap, Span};

fn diagrams() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_maps");
    let files =
        fs::read_dir(folder).expect("the diagrams are there").map(|entry| entry.expect("and can be read").path());
    let mut diagrams: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "mmd")).collect();
    diagrams.sort();
    diagrams
}

/// The drawing of a diagram, one element a line, and what the engine's own rules find in it.
fn drawn(text: &str) -> (String, usize) {
    let parsed = parse(text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len())));
    assert!(parsed.found.is_empty(), "{:?}", parsed.found);
    let Diagram::Flowchart(graph) = parsed.value else { panic!("a flowchart, not {text}") };
    let map = layout(&graph, &LayoutOptions::default());
    let faults = verify::check(&graph, &map).faults.len();
    (standalone(&graph, &map, &Details::plain("map"), |_| None).replace("><", ">\n<"), faults)
}

#[test]
fn maps_are_drawn_as_they_were_last_seen() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut others = Vec::new();
    for diagram in diagrams() {
        let (svg, faults) = drawn(&fs::read_to_string(&diagram).expect("a diagram is text"));
        assert_eq!(faults, 0, "{}", diagram.display());
        let golden = diagram.with_extension("svg");
        if update {
            fs::write(&golden, &svg).expect("goldens can be written");
        }
        if fs::read_to_string(&golden).unwrap_or_default() != svg {
            others.push(golden.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    assert!(others.is_empty(), "drawn otherwise than last seen: {others:?}");
}
