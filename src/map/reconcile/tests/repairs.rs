//! What repairs of a diagram may never do, whatever is wrong with its table.

use super::*;
use crate::diagnostic::Applicability;
use crate::map::title;

/// What a safe repair may write into a diagram: what stands in the columns of who, what and where to, and nothing that
/// stands in others.
fn is_from_its_column(replacement: &str, table: &TableInput) -> bool {
    let own = [1, 2, 4].iter().flat_map(|column| table.rows.iter().filter_map(|row| row.get(*column)));
    let words = title::words(&replacement.replace("#91;", "[").replace("#93;", "]"));
    replacement.trim().is_empty()
        || title::named_stage(replacement).is_some()
        || own.into_iter().any(|cell| title::words(&cell.text).starts_with(&words))
}

proptest! {
    /// Cells change places, go and come: no safe repair changes the id of a node, or takes a sentence from a column that
    /// says why.
    #[test]
    fn safe_repairs_keep_ids_and_take_no_other_words(row in 1..7_usize, cell in 0..6_usize, other in 0..6_usize, how in 0..4_u8) {
        let mut lines: Vec<Vec<String>> =
            TABLE.lines().map(|line| line.trim_matches('|').split('|').map(str::to_owned).collect()).collect();
        match how {
            0 => { lines[row].remove(cell); }
            1 => lines[row].swap(cell, other),
            2 => { let taken = lines[1 + other % 6][cell].clone(); lines[row][cell] = taken; }
            _ => lines[row].insert(cell, " Partner Ops ".to_owned()),
        }
        let rows: String = lines.iter().map(|cells| format!("|{}|\n", cells.join("|"))).collect();
        let text = format!("{DIAGRAM}{rows}");
        let mut sources = Sources::default();
        let file = sources.set(SourcePath::new("map.md").unwrap(), text.as_str());
        let drawn = mermaid::parse(DIAGRAM, &SourceMap::identity(Span::new(file, 0..DIAGRAM.len())));
        let Diagram::Flowchart(graph) = drawn.value else { panic!("a flowchart") };
        let table = table(&rows, DIAGRAM.len(), file);
        let diagrams = Diagrams { own: Span::new(file, 0..DIAGRAM.len()), all: &[] };
        let read = read(&table, &ColumnNames::default());
        let chosen = choose(&[ReadTable { table: table.clone(), read }], &graph, &diagrams);
        let ids = |text: &str| -> Vec<String> {
            match mermaid::parse(text, &SourceMap::identity(Span::new(file, 0..text.len()))).value {
                Diagram::Flowchart(graph) => {
                    let mut ids: Vec<String> = graph.nodes.into_iter().map(|node| node.id).collect();
                    ids.sort();
                    ids
                }
                Diagram::Other { kind, .. } => panic!("{kind}"),
            }
        };
        let found = chosen.map(|chosen| reconcile(graph, &chosen.reference).found).unwrap_or_default();
        for fix in found.iter().filter_map(|finding| finding.fix.as_ref()) {
            if fix.applicability != Applicability::Safe {
                continue;
            }
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
            let mut repaired = text.clone();
            let moves = edits.len() > 1;
            for edit in edits {
                prop_assert!(!edit.replacement.ends_with('.'), "{edit:?}");
                prop_assert!(moves || is_from_its_column(&edit.replacement, &table), "{edit:?}");
                repaired.replace_range(edit.span.range(), &edit.replacement);
            }
            let end = repaired.find("| # |").unwrap();
            prop_assert_eq!(ids(DIAGRAM), ids(&repaired[..end]));
        }
    }
}
