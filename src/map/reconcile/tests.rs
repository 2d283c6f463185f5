mod grades;
mod repairs;
mod rows;

use proptest::prelude::*;

use super::*;
use crate::map::mermaid::{self, Diagram};
use crate::map::reference::{
    ColumnNames, Diagrams, LinkRef, ReadTable, ReferenceCell, TableInput, UnevenReferenceRow, choose, read,
};
use crate::source::{SourceMap, SourcePath, Sources, Span};

/// A map in the manner of a partner team's: labels of several lines, stage numbers, a loop back.
const DIAGRAM: &str = "flowchart LR
  subgraph PM[\"🤝 Partner Manager\"]
    direction LR
    P1[\"<b>1. Qualify partner</b><br/>scorecard → <i>go</i> or no go\"]
    P2[\"<b>2a. Sign agreement</b><br/>NDA, then MSA\"]
    P6[\"<b>4. Quarterly review</b>\"]
  end
  subgraph SE[\"🛠️ Solution Engineer\"]
    S1[\"<b>2b. Provision sandbox</b><br/>one per partner\"]
    S2[\"<b>3. Certify team</b>\"]
  end
  subgraph OPS[\"🏛️ Partner Ops\"]
    O1[\"<b>4. Pay commission</b>\"]
  end
  P1 --> P2 --> S1 --> S2
  S2 --> O1
  O1 -. results .-> P6
  P6 -. new deal .-> P1
  classDef lead fill:#E1F0FF
  class P1,P2,P6 lead
  click P1 \"../qualify/\" \"Open the scorecard\"
";

const TABLE: &str = "| # | Who | Step | Why | Authority (playbook) | First action (click target) |
| P1 | Partner Manager | Qualify partner | Saves a quarter. | Stage 1 | [qualify.md] |
| P2 | Partner Manager | Sign agreement (NDA + MSA) | No deal without. | Stage 2 | [nda.md] · [msa.md] |
| S1 | Solution Engineer | Provision sandbox | Nothing to show else. | Stage 2 | [sandbox.md] |
| S2 | Solution Engineer | Certify team | Fewer tickets. | Stage 3 | [certify.md] |
| O1 | Partner Ops | Pay commission | They stay. | — (partner-owned) | [commission.md] as fallback |
| P6 | Partner Manager | Quarterly review | Feeds the next deal. | Stage 4 | [qbr.md] |
";

/// A page that holds the table right behind the diagram, reconciled.
struct Page {
    sources: Sources,
    parsed: Parsed<Map>,
}

fn cell(text: &str, at: usize, file: crate::source::SourceId, links: &mut u32) -> ReferenceCell {
    let start = at + text.len() - text.trim_start().len();
    let text = text.trim();
    let found = text.split('[').skip(1).map(|link| {
        *links += 1;
        LinkRef { index: *links - 1, text: link.split(']').next().unwrap().to_owned() }
    });
    ReferenceCell { links: found.collect(), text: text.to_owned(), span: Span::new(file, start..start + text.len()) }
}

fn table(text: &str, at: usize, file: crate::source::SourceId) -> TableInput {
    let (mut rows, mut offset, mut links) = (Vec::new(), at, 0);
    for line in text.lines() {
        let mut cells = Vec::new();
        let inner = line.strip_prefix('|').unwrap_or(line);
        let mut start = offset + line.len() - inner.len();
        for written in inner.strip_suffix('|').unwrap_or(inner).split('|') {
            cells.push(cell(written, start, file, &mut links));
            start += written.len() + 1;
        }
        rows.push(cells);
        offset += line.len() + 1;
    }
    let header = rows.remove(0);
    let width = header.len();
    let uneven = rows.iter().enumerate().filter(|(_, row)| row.len() != width);
    let too_few = |cells: usize| (cells < width).then_some(cells);
    let uneven = uneven
        .map(|(row, cells)| UnevenReferenceRow { row, span: cells[0].span, too_few: too_few(cells.len()) })
        .collect();
    TableInput { header, rows, uneven, span: Span::new(file, at..at + text.len()) }
}

fn page(diagram: &str, rows: &str) -> Page {
    let mut sources = Sources::default();
    let file = sources.set(SourcePath::new("map.md").unwrap(), format!("{diagram}{rows}"));
    let drawn = mermaid::parse(diagram, &SourceMap::identity(Span::new(file, 0..diagram.len())));
    let Diagram::Flowchart(graph) = drawn.value else { panic!("a flowchart") };
    let table = table(rows, diagram.len(), file);
    let reference = read(&table, &ColumnNames::default());
    assert_eq!(reference.found, []);
    let diagrams = Diagrams { own: Span::new(file, 0..diagram.len()), all: &[] };
    let chosen =
        choose(&[ReadTable { table: table.clone(), read: reference }], &graph, &diagrams).expect("the table belongs");
    let mut parsed = reconcile(graph, &chosen.reference);
    let reading = DiagramReading::of(&drawn.found);
    parsed.found.retain(|finding| reading.supports(finding));
    parsed.found.extend(drawn.found);
    Page { sources, parsed }
}

impl Page {
    /// Findings as `code: message @ words they stand at`.
    fn findings(&self) -> Vec<String> {
        let found = &self.parsed.found;
        let words = |span| self.sources.text(span);
        found.iter().map(|f| format!("{}: {} @ `{}`", f.rule.code, f.message, words(f.span))).collect()
    }

    /// A node as `stage|lane|title`.
    fn node(&self, id: &str) -> String {
        let graph = &self.parsed.value.graph;
        let node = graph.nodes.iter().find(|node| node.id == id).unwrap();
        let stage = node.stage.map_or("-", |stage| &graph.stages[stage as usize].title);
        let lane = node.lane.map_or("-".to_owned(), |lane| graph.lanes[lane.0 as usize].title.text());
        format!("{stage}|{lane}|{}", node.label.title())
    }

    /// The page's text after the first finding's repair.
    fn repaired(&self) -> String {
        let fix = self.parsed.found[0].fix.as_ref().expect("a repair");
        let mut text = self.sources.get(self.parsed.found[0].span.source).text().to_owned();
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        text
    }
}

/// The page with one change; the words to change must stand there once.
fn changed(from: &str, to: &str) -> Page {
    let text = format!("{DIAGRAM}{TABLE}");
    assert_eq!(text.matches(from).count(), 1, "`{from}` is not there once");
    let text = text.replace(from, to);
    let table = text.find("| # |").unwrap();
    page(&text[..table], &text[table..])
}

/// Checks that a change is one finding, and where the node stands in the end.
#[track_caller]
fn change(from: &str, to: &str, finding: &str, node: (&str, &str)) -> Page {
    let page = changed(from, to);
    assert_eq!(page.findings(), [finding], "{from} → {to}");
    assert_eq!(page.node(node.0), node.1);
    page
}

/// Checks that the repair of a change makes diagram and table agree, with the table as it is.
#[track_caller]
fn repairs(changed: &Page) {
    let text = changed.repaired();
    let table = text.find("| # |").unwrap();
    assert_eq!(page(&text[..table], &text[table..]).findings(), [] as [&str; 0], "{text}");
}

#[test]
fn a_map_that_agrees_with_its_table_has_no_findings() {
    let page = page(DIAGRAM, TABLE);
    assert_eq!(page.findings(), [] as [&str; 0]);
    let map = &page.parsed.value;
    assert_eq!(map.graph.stages.len(), 4);
    assert_eq!(page.node("P2"), "Stage 2|🤝 Partner Manager|2a. Sign agreement");
    assert_eq!(page.node("O1"), "Stage 4|🏛️ Partner Ops|4. Pay commission");
    let links: Vec<u32> = map.row(NodeId(1)).unwrap().first_action.iter().map(|link| link.index).collect();
    assert_eq!(links, [1, 2]);
}

#[test]
fn another_lane_in_the_table_moves_the_node() {
    let finding =
        "swimlane/lane-mismatch: node `S2` is in lane `🛠️ Solution Engineer`, but the table says `Partner Ops` @ `S2`";
    let page =
        change("S2 | Solution Engineer", "S2 | Partner Ops", finding, ("S2", "Stage 3|🏛️ Partner Ops|3. Certify team"));
    repairs(&page);
}

#[test]
fn another_lane_in_the_diagram_is_not_followed() {
    let line = "    O1[\"<b>4. Pay commission</b>\"]\n";
    let text = DIAGRAM.replace(line, "").replace("    S1[", &format!("{line}    S1["));
    let page = page(&text, TABLE);
    let finding =
        "swimlane/lane-mismatch: node `O1` is in lane `🛠️ Solution Engineer`, but the table says `Partner Ops` @ `O1`";
    assert_eq!(page.findings(), [finding]);
    assert_eq!(page.node("O1"), "Stage 4|🏛️ Partner Ops|4. Pay commission");
    repairs(&page);
}

#[test]
fn a_misspelt_lane_in_a_cell_is_a_finding_at_the_cell() {
    let finding = "swimlane/lane-mismatch: the diagram has no lane `Partner Manger` @ `Partner Manger`";
    let node = ("P1", "Stage 1|🤝 Partner Manager|1. Qualify partner");
    change("P1 | Partner Manager", "P1 | Partner Manger", finding, node);
}

#[test]
fn a_lane_that_the_diagram_does_not_have_is_added() {
    let finding = "swimlane/lane-mismatch: the diagram has no lane `Legal` @ `Legal`";
    change("P2 | Partner Manager", "P2 | Legal", finding, ("P2", "Stage 2|Legal|2a. Sign agreement"));
}

#[test]
fn a_renamed_lane_is_one_finding_for_all_its_nodes() {
    let finding = "swimlane/lane-mismatch: lane `PM` is titled `🤝 Alliance Manager`, but the table says `Partner Manager` @ `Alliance Manager`";
    let page = change(
        "🤝 Partner Manager",
        "🤝 Alliance Manager",
        finding,
        ("P6", "Stage 4|Partner Manager|4. Quarterly review"),
    );
    repairs(&page);
}

#[test]
fn another_title_in_either_place_is_a_finding_at_the_label() {
    let finding = "swimlane/label-mismatch: node `S2` is labelled `Certify team`, but the table says `Train team (2 days)` @ `Certify team`";
    let page = change(
        "Certify team |",
        "Train team (2 days) |",
        finding,
        ("S2", "Stage 3|🛠️ Solution Engineer|3. Train team"),
    );
    repairs(&page);
    let finding = "swimlane/label-mismatch: node `S2` is labelled `Examine team`, but the table says `Certify team` @ `Examine team`";
    let page =
        change("3. Certify team", "3. Examine team", finding, ("S2", "Stage 3|🛠️ Solution Engineer|3. Certify team"));
    repairs(&page);
}

#[test]
fn another_stage_in_either_place_is_a_finding_at_the_label() {
    let finding = "swimlane/label-mismatch: node `P1` is labelled stage 1, but the table says `Stage 3` @ `1`";
    let page = change("| Stage 1 |", "| Stage 3 |", finding, ("P1", "Stage 3|🤝 Partner Manager|3. Qualify partner"));
    repairs(&page);
    let finding = "swimlane/label-mismatch: node `S1` is labelled stage 4b, but the table says `Stage 2` @ `4b`";
    let page =
        change("2b. Provision", "4b. Provision", finding, ("S1", "Stage 2|🛠️ Solution Engineer|2b. Provision sandbox"));
    repairs(&page);
}

#[test]
fn another_id_in_the_table_is_a_finding_at_the_cell() {
    let finding = "swimlane/row-not-in-diagram: no node for table row `S7` @ `S7`";
    let page = change("| S1 |", "| S7 |", finding, ("S1", "Stage 2|🛠️ Solution Engineer|2b. Provision sandbox"));
    assert!(page.parsed.value.row(NodeId(2)).is_some() && page.parsed.value.row(NodeId(3)).is_some());
    repairs(&page);
}

#[test]
fn an_id_given_twice_is_a_finding_at_the_row_with_the_wrong_one() {
    let finding = "swimlane/duplicate-id: duplicate id `P6` in the table @ `P6`";
    let twice = change("| S1 |", "| P6 |", finding, ("P6", "Stage 4|🤝 Partner Manager|4. Quarterly review"));
    assert_eq!(twice.parsed.found[0].span, twice.parsed.value.rows[2].id.span);
    repairs(&twice);
    let copied = format!("{TABLE}| S2 | Solution Engineer | Certify team | | Stage 3 | |\n");
    let page = page(DIAGRAM, &copied);
    assert_eq!(page.findings(), ["swimlane/duplicate-id: duplicate id `S2` in the table @ `S2`"]);
    assert_eq!(page.parsed.found[0].span, page.parsed.value.rows[6].id.span);
}

#[test]
fn another_id_in_the_diagram_is_a_finding_at_the_node() {
    let finding = "swimlane/node-not-in-table: node `S9` has no row in the table @ `S9`";
    change("S1[", "S9[", finding, ("S9", "Stage 2|🛠️ Solution Engineer|2b. Provision sandbox"));
}

#[test]
fn a_row_or_a_node_too_many_is_a_finding() {
    let page = page(DIAGRAM, &format!("{TABLE}| X1 | Partner Ops | Renew | | | |\n"));
    assert_eq!(page.findings(), ["swimlane/row-not-in-diagram: no node for table row `X1` @ `X1`"]);
    let finding = "swimlane/node-not-in-table: node `N1` has no row in the table @ `N1`";
    change("    O1[", "    N1[New]\n    O1[", finding, ("N1", "-|🏛️ Partner Ops|New"));
    let finding = "swimlane/node-not-in-table: node `P2` has no row in the table @ `P2`";
    let row = TABLE.lines().nth(2).unwrap().to_owned() + "\n";
    change(&row, "", finding, ("P2", "Stage 2|🤝 Partner Manager|2a. Sign agreement"));
}

#[test]
fn an_edge_to_nowhere_is_a_finding_at_the_edge() {
    let finding = "swimlane/undefined-node: node `S22` is not declared in any lane @ `S22`";
    change("S1 --> S2\n", "S1 --> S22\n", finding, ("S22", "-|-|S22"));
    let finding = "swimlane/undefined-node: node `O1` is not declared in any lane @ `O1`";
    change("    O1[\"<b>4. Pay commission</b>\"]\n", "", finding, ("O1", "-|🏛️ Partner Ops|Pay commission"));
}

#[test]
fn left_over_statements_are_findings_at_their_ids() {
    let finding = "diagram/unknown-id: unknown node `P7` @ `P7`";
    change("class P1,P2,P6", "class P1,P2,P7", finding, ("P6", "Stage 4|🤝 Partner Manager|4. Quarterly review"));
    change("click P1", "click P7", finding, ("P1", "Stage 1|🤝 Partner Manager|1. Qualify partner"));
}

#[test]
fn what_follows_from_a_broken_statement_is_no_finding_of_its_own() {
    let finding = "diagram/syntax: unclosed subgraph `PM` @ `PM`";
    change(
        "4. Quarterly review</b>\"]\n  end\n",
        "4. Quarterly review</b>\"]\n",
        finding,
        ("S1", "Stage 2|Solution Engineer|2b. Provision sandbox"),
    );
    let finding = "diagram/syntax: unexpected `P1,P2,P6 lead` @ `P1,P2,P6 lead`";
    change("  class P1", "  clss P1", finding, ("P6", "Stage 4|🤝 Partner Manager|4. Quarterly review"));
}

#[test]
fn what_a_table_leaves_open_is_no_difference() {
    let silent =
        "| Node | Lane | Title |\n| P1 | — | Qualify |\n| P2 | | |\n| P6 | | |\n| S1 | | |\n| S2 | | |\n| O1 | | |\n";
    assert_eq!(page(DIAGRAM, silent).findings(), [] as [&str; 0]);
}

#[test]
fn without_a_table_only_a_misspelt_node_is_a_finding() {
    let found =
        |text: &str| match mermaid::parse(text, &SourceMap::identity(Span::new(crate::source::SourceId::new(0), 0..0)))
            .value
        {
            Diagram::Flowchart(graph) => {
                alone(graph).found.into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
            }
            Diagram::Other { .. } => panic!("a flowchart"),
        };
    assert_eq!(found("flowchart LR\n subgraph L\n sign[Sign]\n end\n pitch --> sgin"), ["did you mean `sign`?"]);
    assert_eq!(found("flowchart LR\n subgraph L\n node1[Sign]\n end\n node2 --> node1"), [] as [&str; 0]);
}

#[test]
fn labels_alone_number_stages_when_steps_share_them() {
    let graph =
        |text: &str| match mermaid::parse(text, &SourceMap::identity(Span::new(crate::source::SourceId::new(0), 0..0)))
            .value
        {
            Diagram::Flowchart(graph) => alone(graph).value.graph,
            Diagram::Other { .. } => panic!("a flowchart"),
        };
    assert_eq!(graph(DIAGRAM).stages.len(), 4);
    assert_eq!(graph("flowchart LR\n a[1. Sign] --> b[2. Train] --> c[3. Sell]").stages, []);
}

proptest! {
    /// Whatever is cut out of a map or put into it: nothing stumbles, and all places lie in the page.
    #[test]
    fn a_damaged_page_is_still_reconciled(at in 0..1_500_usize, length in 0..40_usize, put in "[\\[\\]|>\"a-z\n -]{0,6}") {
        let text = format!("{DIAGRAM}{TABLE}");
        let start = text.floor_char_boundary(at);
        let end = text.floor_char_boundary(start + length);
        let text = format!("{}{put}{}", &text[..start], &text[end.max(start)..]);
        let table_start = text.find("| # |").unwrap_or(text.len());
        let (diagram, rows) = text.split_at(table_start);
        let mut sources = Sources::default();
        let file = sources.set(SourcePath::new("map.md").unwrap(), text.as_str());
        let drawn = mermaid::parse(diagram, &SourceMap::identity(Span::new(file, 0..diagram.len())));
        if let (Diagram::Flowchart(graph), false) = (drawn.value, rows.is_empty()) {
            let reference = read(&table(rows, diagram.len(), file), &ColumnNames::default());
            let map = reference.value.map(|reference| reconcile(graph, &reference));
            for finding in map.iter().flat_map(|map| &map.found) {
                let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
                let related = finding.related.iter().map(|related| related.span);
                for span in edits.chain(related).chain([finding.span]) {
                    prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
                }
            }
        }
    }
}
