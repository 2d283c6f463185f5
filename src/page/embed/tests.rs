use super::*;
use crate::markdown::{self, NoContext, Options};
use crate::source::{SourceId, Span};

fn embedded(text: &str) -> (Embedded, Diagnostics) {
    let body = Span::new(SourceId::new(0), 0..text.len());
    let mut document = markdown::compile(text, body, &Options::default(), &NoContext).value;
    let mut links = std::mem::take(&mut document.links);
    let mut found = Vec::new();
    let embedded = embed(&document, &MapSettings::default(), &|_| None, &mut links, &mut found);
    (embedded, found)
}

#[test]
fn a_diagram_that_is_never_closed_is_shown_as_it_is() {
    let text = "```mermaid\nflowchart LR\n sign --> onboard\n\nThen (see below) we onboard.\n";
    let (Embedded { embeds, maps }, found) = embedded(text);
    assert!(matches!(&embeds[..], [EmbedContent::Source { kind, .. }] if kind == "mermaid"), "{embeds:?}");
    assert_eq!((maps.len(), found), (0, Vec::new()));
}

#[test]
fn a_table_that_says_what_comes_next_is_a_map_unless_a_diagram_is() {
    let table = "| ID | Who | Step | Next |\n|---|---|---|---|\n| P1 | Us | Ask | P2 |\n| P2 | Them | Sign | |\n";
    let (alone, found) = embedded(table);
    assert_eq!(found, []);
    assert!(alone.maps.len() == 1 && alone.maps[0].is_above_table && alone.maps[0].table == Some(0));
    let diagram = "```mermaid\nflowchart LR\n subgraph A[Us]\n P1[Ask]\n end\n subgraph B[Them]\n P2[Sign]\n end\n \
                   P1 --> P2\n```\n\n";
    let (both, found) = embedded(&format!("{diagram}{table}"));
    assert_eq!(found, []);
    assert!(both.maps.len() == 1 && !both.maps[0].is_above_table && both.maps[0].table == Some(0));
    let unrelated = "| Owner | Step | Next review |\n|---|---|---|\n| Us | Ask | May |\n";
    assert_eq!(embedded(unrelated).0.maps.len(), 0);
}

#[test]
fn nodes_are_walked_through_in_the_order_of_the_table() {
    let (Embedded { maps, .. }, _) = embedded(
        "```mermaid\nflowchart LR\n B[Sign]\n A[Ask]\n A --> B\n X[New]\n```\n\n\
         | ID | Step |\n|---|---|\n| A | Ask |\n| B | Sign |\n",
    );
    let ids: Vec<&str> = maps[0].order.iter().map(|node| maps[0].graph.nodes[node.0 as usize].id.as_str()).collect();
    assert_eq!(ids, ["A", "B", "X"]);
    let drawn: Vec<&str> =
        maps[0].drawing.svg.split("data-node=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(drawn, ["A", "B", "X"]);
}
