use super::*;
use crate::map::graph::{EdgeLine, Endpoint};
use crate::source::SourceId;

fn located(text: &str) -> Located<String> {
    Located::new(text.to_owned(), Span::new(SourceId::new(0), 0..text.len()))
}

/// A table from lines of cells; every cell stands at the offset of its text in them.
fn table(lines: &[&str]) -> TableInput {
    let mut at = 0;
    let mut rows = Vec::new();
    for line in lines {
        let mut cells = Vec::new();
        for text in line.split('|') {
            let span = Span::new(SourceId::new(0), at..at + text.len());
            cells.push(ReferenceCell { text: text.to_owned(), span, links: Vec::new() });
            at += text.len() + 1;
        }
        rows.push(cells);
    }
    let header = rows.remove(0);
    TableInput { header, rows, uneven: Vec::new(), span: Span::new(SourceId::new(0), 0..at) }
}

/// The columns of a heading as `id lane step why stage first next`.
fn columns(heading: &str) -> [Option<usize>; 7] {
    let read = read(&table(&[heading]), &ColumnNames::default());
    let columns = read.value.map(|reference| reference.columns).unwrap_or_default();
    let Columns { id, lane, step, why, stage, first_action, next } = columns;
    [id, lane, step, why, stage, first_action, next]
}

#[test]
fn columns_are_found_by_their_headings() {
    let all = [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None];
    assert_eq!(columns("#|Who|Step|Why|Authority (playbook)|First action (click target)"), all);
    assert_eq!(columns("Node|Owner|Title|Purpose|Phase|Start with"), all);
    assert_eq!(columns("ID|Lane|Step|Next step|Link"), [Some(0), Some(1), Some(2), None, None, Some(4), Some(3)]);
    assert_eq!(
        columns("Step|Responsible team|What|Playbook stage"),
        [None, Some(1), Some(2), None, Some(3), None, None]
    );
    assert_eq!(columns("Fee|Amount"), [None; 7]);
}

#[test]
fn front_matter_names_columns_that_are_called_otherwise() {
    let table = table(&["Kürzel|Wer macht es|Step", "P1|Vertrieb|Sign"]);
    let names =
        ColumnNames { id: Some(located("Kürzel")), lane: Some(located("wer macht es")), ..ColumnNames::default() };
    let reference = read(&table, &names).value.unwrap();
    assert_eq!(reference.rows[0].lane.as_ref().unwrap().value, "Vertrieb");
    let names = ColumnNames { lane: Some(located("Wer macht das")), ..ColumnNames::default() };
    let found = read(&table, &names).found;
    assert_eq!(found[0].message, "the table has no column `Wer macht das`");
    assert_eq!(found[0].help.as_deref(), Some("did you mean `Wer macht es`?"));
}

#[test]
fn a_table_alone_draws_its_map() {
    let table = table(&[
        "ID|Who|Step|Phase|Next",
        "P1|Partner Manager|Qualify partner|Phase 1|P2 (fit), end",
        "P2|Legal|Sign agreement|Phase 2|P3",
        "P3|Partner Manager|Review|2|P1: new deal; X9",
        "P3|Legal|Archive||",
    ]);
    let reference = read(&table, &ColumnNames::default()).value.unwrap();
    assert!(reference.draws_a_map());
    let Parsed { value: graph, found } = to_graph(&reference);
    let lanes: Vec<_> = graph.lanes.iter().map(|lane| lane.title.text()).collect();
    assert_eq!(lanes, ["Partner Manager", "Legal"]);
    let edges: Vec<_> = graph
        .edges
        .iter()
        .map(|edge| match (edge.from, edge.to) {
            (Endpoint::Node(from), Endpoint::Node(to)) => {
                (from.0, to.0, edge.label.as_ref().map(crate::map::graph::Label::text))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(edges, [(0, 1, Some("fit".to_owned())), (1, 2, None), (2, 0, Some("new deal".to_owned()))]);
    assert!(graph.edges.iter().all(|edge| edge.line == EdgeLine::Solid));
    assert_eq!(graph.nodes.iter().map(|node| node.stage).collect::<Vec<_>>(), [Some(0), Some(1), Some(1)]);
    let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["no row has the id `X9`", "duplicate id `P3` in the table"]);
}
