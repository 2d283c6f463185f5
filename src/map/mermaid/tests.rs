mod constructs;
mod malformed;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Severity;
use crate::map::graph::{EdgeLine, Endpoint, Tip};
use crate::source::{SourcePath, Sources};

fn read(text: &str) -> (Parsed<Diagram>, Sources) {
    let mut sources = Sources::default();
    let file = sources.set(SourcePath::new("map.md").unwrap(), text);
    let parsed = parse(text, &SourceMap::identity(Span::new(file, 0..text.len())));
    (parsed, sources)
}

/// The graph of a flowchart of which all is understood. It may hold statements that do nothing, such as a class without
/// looks: how they are written is what is read here.
fn graph(body: &str) -> Graph {
    let (mut parsed, _) = read(&format!("flowchart LR\n{body}"));
    parsed.found.retain(|found| found.rule != &UNKNOWN_ID && found.rule != &CONTRADICTION);
    assert_eq!(parsed.found, [], "{body}");
    match parsed.value {
        Diagram::Flowchart(graph) => graph,
        Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
    }
}

fn name(graph: &Graph, end: Endpoint) -> &str {
    match end {
        Endpoint::Node(node) => &graph.nodes[node.0 as usize].id,
        Endpoint::Lane(lane) => &graph.lanes[lane.0 as usize].id,
        Endpoint::Group(group) => &graph.groups[group.0 as usize].id,
    }
}

/// Edges as `from>to`, with their label.
fn edges(body: &str) -> String {
    let graph = graph(body);
    let shown = |edge: &crate::map::graph::Edge| {
        let label = edge.label.as_ref().map(|label| format!(":{}", label.text())).unwrap_or_default();
        format!("{}>{}{label}", name(&graph, edge.from), name(&graph, edge.to))
    };
    graph.edges.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// Nodes as `id=label@lane`.
fn nodes(body: &str) -> String {
    let graph = graph(body);
    let lane = |node: &crate::map::graph::Node| {
        node.lane.map(|lane| format!("@{}", graph.lanes[lane.0 as usize].id)).unwrap_or_default()
    };
    graph
        .nodes
        .iter()
        .map(|node| format!("{}={}{}", node.id, node.label.text(), lane(node)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Findings as `code: message`, each with the words it stands at.
fn findings(text: &str) -> Vec<String> {
    let (parsed, sources) = read(text);
    let shown = |finding: &Diagnostic| format!("{} @ `{}`", finding.message, sources.text(finding.span));
    parsed.found.iter().map(shown).collect()
}

#[test]
fn chains_and_fans_become_edges() {
    assert_eq!(edges("recruit --> onboard --> qbr"), "recruit>onboard onboard>qbr");
    assert_eq!(edges("a & b --> c & d"), "a>c a>d b>c b>d");
    assert_eq!(edges("a -->|yes| b -- no --> c -. maybe .-> d == go ==> e"), "a>b:yes b>c:no c>d:maybe d>e:go");
    assert_eq!(edges("a-->b;b-->c;"), "a>b b>c");
    assert_eq!(edges("a\n  --> b\n  %% then\n  --> c"), "a>b b>c");
    assert_eq!(edges("a e1@--> b\n e1@{ animate: true }\n class e1 slow"), "a>b");
    assert_eq!(edges("a --> b --- a\na --- a"), "a>b b>a a>a");
}

#[test]
fn arrows_keep_their_line_tips_and_length() {
    let graph = graph("a <--> b\na o--o b\na x-.-x b\na ~~~ b\na ----> b");
    let drawn: Vec<_> = graph.edges.iter().map(|e| (e.line, e.tail, e.head, e.length)).collect();
    assert_eq!(
        drawn,
        [
            (EdgeLine::Solid, Tip::Arrow, Tip::Arrow, 1),
            (EdgeLine::Solid, Tip::Circle, Tip::Circle, 1),
            (EdgeLine::Dashed, Tip::Cross, Tip::Cross, 1),
            (EdgeLine::Invisible, Tip::None, Tip::None, 1),
            (EdgeLine::Solid, Tip::None, Tip::Arrow, 3),
        ]
    );
}

#[test]
fn the_first_subgraph_to_mention_a_node_owns_it() {
    let body = "subgraph Sales\n a[Pitch] --> b\nend\nsubgraph Legal\n b[Sign] --> c[File]\nend\nc --> d";
    assert_eq!(nodes(body), "a=Pitch@Sales b=Sign@Sales c=File@Legal d=d");
    let body = "subgraph Out\n a --> b\n subgraph In\n  b\n end\nend";
    let graph = graph(body);
    assert_eq!(graph.nodes[1].group, Some(crate::map::graph::GroupId(0)));
    assert_eq!(graph.nodes[0].group, None);
}

#[test]
fn subgraphs_have_ids_titles_and_edges() {
    let graph = graph(
        "subgraph DL[\"👤 Delivery Lead\"]\n direction TB\n a\nend\nsubgraph \"Two words\"\n b\nend\nsubgraph Ops\n c\nend\na --> Ops",
    );
    let lanes: Vec<_> = graph.lanes.iter().map(|lane| (lane.id.as_str(), lane.title.text())).collect();
    assert_eq!(
        lanes,
        [("DL", "👤 Delivery Lead".to_owned()), ("subGraph1", "Two words".to_owned()), ("Ops", "Ops".to_owned())]
    );
    assert_eq!(graph.edges[0].to, Endpoint::Lane(crate::map::graph::LaneId(2)));
}

#[test]
fn clicks_in_all_their_forms() {
    let graph = graph(
        "a & b & c & d & e\nclick a \"../nda/\" \"Sign it\"\nclick b href \"https://example.org\" _blank\nclick c \"x.md\" \"Tip\" _self\nclick d call open(1, 2) \"Tip\"\nclick e open",
    );
    let clicks: Vec<_> =
        graph.nodes.iter().map(|n| n.click.as_ref().map(|c| (c.target.value.as_str(), c.tooltip.as_deref()))).collect();
    assert_eq!(
        clicks,
        [
            Some(("../nda/", Some("Sign it"))),
            Some(("https://example.org", None)),
            Some(("x.md", Some("Tip"))),
            None,
            None
        ]
    );
}

#[test]
fn classes_and_styles_reach_nodes_lanes_and_edges() {
    let graph = graph(
        "classDef lead fill:#fff;\nclass A,L lead;\nsubgraph L\n A:::big --> B\nend\nstyle B stroke:red\nlinkStyle 0 stroke:blue\nstyle L fill:#eee",
    );
    assert_eq!(graph.nodes[0].classes, ["big", "lead"]);
    assert_eq!(graph.lanes[0].classes, ["lead"]);
    assert_eq!(graph.nodes[1].style[0].value, "red");
    assert_eq!(graph.edges[0].style[0].value, "blue");
    assert_eq!(graph.lanes[0].style[0].property, "fill");
}

#[test]
fn heads_directives_and_comments_are_read_around() {
    let (parsed, _) = read(
        "---\ntitle: \"Partner flow\"\nconfig:\n  theme: base\n---\n%%{init: {'theme':'base'}}%%\n%% a comment\ngraph TD;\n accDescr {\n From pitch\n to signature\n }\n A-->B; %% done\n",
    );
    assert_eq!(parsed.found, []);
    let Diagram::Flowchart(graph) = parsed.value else { panic!("a flowchart") };
    assert_eq!(graph.title.unwrap().value, "Partner flow");
    assert_eq!(graph.description.unwrap().value, "From pitch to signature");
    assert_eq!(graph.edges.len(), 1);
}

#[test]
fn other_diagrams_are_named() {
    let (parsed, sources) = read("%% calls\nsequenceDiagram\n A->>B: hi\n");
    let Diagram::Other { kind, span } = parsed.value else { panic!("no flowchart") };
    assert_eq!((kind.as_str(), sources.text(span)), ("sequenceDiagram", "sequenceDiagram"));
}

#[test]
fn what_is_not_understood_is_named_at_its_place() {
    assert_eq!(findings("flowchart XX\n a-->b"), ["unknown direction `XX` @ `XX`"]);
    assert_eq!(findings("flowchart LR\n %% later"), ["the diagram has no nodes @ `flowchart`"]);
    assert_eq!(findings(""), ["the diagram is empty @ ``"]);
    assert_eq!(findings("flowchart LR\n a[unclosed --> b"), ["unclosed `[`: `[unclosed` @ `[unclosed`"]);
    assert_eq!(findings("flowchart LR\n a -->|label b"), ["unclosed label `|label b` @ `|label b`"]);
    assert_eq!(findings("flowchart LR\n subgraph A\n a-->b"), ["unclosed subgraph `A` @ `A`"]);
    assert_eq!(findings("flowchart LR\n a-->b\n end"), ["`end` without a subgraph @ `end`"]);
    assert_eq!(findings("flowchart LR\n end --> b"), ["`end` is a keyword and cannot be the id of a node @ `end`"]);
    assert_eq!(findings("flowchart LR\n a -->\n"), ["missing target of the arrow @ `-->`"]);
    assert_eq!(findings("flowchart LR\n a -- b\n"), ["unfinished arrow `--` @ `--`"]);
    assert_eq!(findings("flowchart LR\n a@{ shape: diamnd }"), ["unknown shape `diamnd` @ `diamnd`"]);
    assert_eq!(findings("flowchrt LR\n a-->b"), ["unknown diagram type `flowchrt` @ `flowchrt`"]);
    assert_eq!(findings("a --> b"), ["missing diagram type @ `a --> b`"]);
    assert_eq!(
        findings("flowchart LR\n a --> b\n linkStyle 9 fill:red"),
        ["unknown edge 9: the diagram has 1, counted from 0 @ `9`"]
    );
}

#[test]
fn one_fault_hides_no_other_and_loses_no_node() {
    let text = "flowchart LR\n a[Sign (NDA)] --> b{Go?\n c d e\n click x \"y\"\n b --> f[\"Open]\n g --> h";
    let (parsed, _) = read(text);
    let Diagram::Flowchart(graph) = parsed.value else { panic!("a flowchart") };
    let ids: Vec<_> = graph.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c", "f", "g", "h"]);
    assert_eq!(graph.nodes[0].label.text(), "Sign (NDA)");
    assert_eq!(graph.edges.len(), 3);
    let severities: Vec<_> = parsed.found.iter().map(|finding| finding.severity).collect();
    let (error, warning) = (Severity::Error, Severity::Warning);
    assert_eq!(severities, [error, error, error, warning, error]);
}

#[test]
fn a_broken_statement_is_one_finding() {
    assert_eq!(findings("flowchart LR\n a --> --> b\n b --> c"), ["missing target of the arrow @ `-->`"]);
    assert_eq!(
        findings("flowchart LR\n a[Sign (NDA)] b c\n b --> c"),
        ["label `Sign (NDA)` needs quotes @ `Sign (NDA)`"]
    );
    assert_eq!(
        findings("flowchart LR\n subgraf Legal [Two words]\n a[Sign]\n end\n a --> b"),
        ["unknown flowchart statement `subgraf` @ `subgraf`"]
    );
    assert_eq!(edges("subgraphs e1@--> a\n subgraf x--x b\n subgraf --> b"), "subgraphs>a subgraf>b subgraf>b");
}

#[test]
fn an_arrow_before_a_statement_of_another_kind_leads_nowhere() {
    let nowhere = ["missing target of the arrow @ `-->`"];
    assert_eq!(findings("flowchart LR\n subgraph Legal\n a -->\n end\n b --> a"), nowhere);
    assert_eq!(findings("flowchart LR\n a -->\n\n %% looks\n class a lead\n classDef lead fill:#fff"), nowhere);
    // Mermaid reads on over the line break, and so do people who break long chains.
    assert_eq!(edges("a -->\n b -->\n c"), "a>b b>c");
    assert_eq!(edges("a -->\n end1 --> c"), "a>end1 end1>c");
}

#[test]
fn a_hostile_size_is_cut_off_and_named() {
    let fan = (0..200).map(|n| format!("n{n}")).collect::<Vec<_>>().join(" & ");
    let found = findings(&format!("flowchart LR\n {fan} --> {fan}"));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("the diagram has more than 500 edges"));
    let deep: Vec<String> = (0..300).map(|n| format!("subgraph s{n}")).collect();
    let (parsed, _) = read(&format!("flowchart LR\n{}\n x\n{}", deep.join("\n"), "end\n".repeat(300)));
    assert_eq!(parsed.found.len(), 1);
}

#[test]
fn forms_that_people_write_are_understood() {
    let lines = [
        "a[\"`Sign **now**`\"] --> b[\"A double quote:#quot;\"]",
        "a[\"two\nlines\"] --> b[/slanted/] --> c[\\back\\] --> d[/up\\] --> e[\\down/]",
        "a(((stop))) --> b((go)) --> c([pill]) --> d[(store)] --> e[[sub]] --> f{{hex}} --> g>flag]",
        "a>odd shape]-- two<br/>lines --> b",
        "a@{\n  shape: notch-rect\n  label: one, two\n}",
        "a@{ icon: \"fa:user\", form: \"square\", label: \"User\", pos: \"t\", h: 60 }",
        "a@{shape: circle} --> b@{ shape: diamond, label: 'ok?' }",
        "a-- text ---b\n a---|text|b\n a == text ==> b\n a -.-|text| b\n a ===|\"(text)\"| b",
        "a --o b\n a --x b\n c x--x d\n a-->\n b",
        "a.b.c --> node-1 --> my_node --> 1 --> B1-1 --> ende --> subgraphs --> x --> o",
        "Ä --> 日本\n style Ä,日本 fill:#fff",
        "subgraph ide [one two]\n a\n end %% done\n subgraph\n b\n end;\n subgraph S %% c\n c\n end",
        "subgraph one\n a1-->a2\n end\n subgraph two\n b1\n end\n one --> two",
        "a --> b\n linkStyle default interpolate basis stroke:red;\n linkStyle 0 stroke:#ff3,stroke-width:4px",
        "classDef default fill:#f9f\n classDef big,small stroke:#333;\n a:::big & b:::small --> c:::big",
        "a e1@--> b\n e1@{ animation: fast }",
        "direction LR\n accTitle: Partners\n a[a#b] --> b[c;d]",
    ];
    for line in lines {
        graph(line);
    }
    assert_eq!(edges("a e1@--> b\n e1@{ animation: fast }"), "a>b");
    assert_eq!(nodes("a e1@--> b\n e1@{ animation: fast }"), "a=a b=b");
    assert_eq!(nodes("a@{\n shape: doc\n label: one, two\n}"), "a=one, two");
}

/// Pieces that diagrams are made of, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "flowchart LR",
        "\n",
        "\n",
        " ",
        ";",
        "a",
        "b",
        "über",
        "end",
        "subgraph A",
        "subgraph A[\"t\"]",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "[[",
        "((",
        "\"",
        "`",
        "|",
        "-->",
        "-.->",
        "-.",
        "==",
        "--",
        "~~~",
        "<-->",
        "&",
        ":::",
        "@{ shape: ",
        "@{",
        "click a \"x\"",
        "class a b",
        "style a fill:red",
        "classDef c fill:#fff",
        "linkStyle 0",
        "%%",
        "%%{",
        "}%%",
        "---",
        "accDescr {",
        "direction LR",
        "<br/>",
        "<b",
        "#quot;",
        "&amp;",
        "e1@",
        "\r\n",
        "\u{feff}",
        "🙂",
        "\0",
        "x--x",
    ];
    prop_oneof![4 => prop::sample::select(KNOWN).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble_and_all_spans_lie_in_it(pieces in prop::collection::vec(piece(), 0..60), headed: bool) {
        let head = if headed { "flowchart LR\n" } else { "" };
        let text = format!("{head}{}", pieces.concat());
        let (parsed, _) = read(&text);
        let mut spans: Vec<Span> = parsed.found.iter().map(|finding| finding.span).collect();
        for fix in parsed.found.iter().filter_map(|finding| finding.fix.as_ref()) {
            spans.extend(fix.edits.iter().map(|edit| edit.span));
        }
        if let Diagram::Flowchart(graph) = &parsed.value {
            spans.extend(graph.nodes.iter().flat_map(|node| [Some(node.span), node.label_span]).flatten());
            spans.extend(graph.nodes.iter().filter_map(|node| node.click.as_ref()).flat_map(|c| [c.span, c.target.span]));
            spans.extend(graph.edges.iter().map(|edge| edge.span));
            spans.extend(graph.lanes.iter().map(|lane| lane.span));
            spans.extend(graph.groups.iter().map(|group| group.span));
            for edge in &graph.edges {
                // Panics when an end names nothing.
                name(graph, edge.from);
                name(graph, edge.to);
            }
        }
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
    }
}
