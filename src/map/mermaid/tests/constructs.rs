//! Every construct of a flowchart that Mermaid documents, in a small diagram, and what is read of it.

use super::{Diagram, Graph, edges, graph, name, nodes, read};
use crate::map::graph::{Direction, EdgeLine, Endpoint, Shape, Tip};

/// A whole diagram with its head, in which nothing is wrong.
fn whole(text: &str) -> Graph {
    let (parsed, _) = read(text);
    assert_eq!(parsed.found, [], "{text}");
    match parsed.value {
        Diagram::Flowchart(graph) => graph,
        Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
    }
}

/// The only node's label.
fn label(node: &str) -> String {
    graph(node).nodes[0]
        .label
        .lines
        .iter()
        .map(|line| line.iter().map(|run| run.text.as_str()).collect())
        .collect::<Vec<String>>()
        .join("/")
}

#[test]
fn heads() {
    for (head, direction) in [
        ("graph", Direction::TopBottom),
        ("graph LR", Direction::LeftRight),
        ("graph LR;", Direction::LeftRight),
        ("flowchart TD", Direction::TopBottom),
        ("flowchart-elk BT", Direction::BottomTop),
        ("swimlane-beta RL", Direction::RightLeft),
        ("flowchart >", Direction::LeftRight),
        ("\u{feff}flowchart LR", Direction::LeftRight),
        ("\n\n  flowchart   LR  ", Direction::LeftRight),
        ("%% first\nflowchart LR %% and\n", Direction::LeftRight),
        (
            "%%{init: {\n  'theme': 'base',\n  'flowchart': { 'curve': 'linear' }\n}}%%\nflowchart LR",
            Direction::LeftRight,
        ),
        ("%%{ wrap }%%\nflowchart LR", Direction::LeftRight),
        ("---\nconfig:\n  layout: elk\n---\nflowchart LR", Direction::LeftRight),
        ("---\r\ntitle: Flow\r\n---\r\nflowchart LR\r", Direction::LeftRight),
    ] {
        let graph = whole(&format!("{head}\na --> b\n"));
        assert_eq!((graph.direction, graph.nodes.len(), graph.edges.len()), (direction, 2, 1), "{head}");
    }
}

#[test]
fn edges_in_all_their_notations() {
    for (body, read) in [
        ("a-->b", "a>b"),
        ("a --- b", "a>b"),
        ("a-- words ---b", "a>b:words"),
        ("a---|words|b", "a>b:words"),
        ("a-->|two words|b", "a>b:two words"),
        ("a--two words-->b", "a>b:two words"),
        ("a -. two words .-> b", "a>b:two words"),
        ("a -.->|words| b", "a>b:words"),
        ("a == two words ==> b", "a>b:two words"),
        ("a ==>|words| b", "a>b:words"),
        ("a -->|\"(in) [brackets]\"| b", "a>b:(in) [brackets]"),
        ("a -- \"in quotes\" --> b", "a>b:in quotes"),
        ("a -- \"`**bold** words`\" --> b", "a>b:bold words"),
        ("a -->|R#amp;D| b", "a>b:R&D"),
        ("a -->|1#45;2 #35;3| b", "a>b:1-2 #3"),
        ("a -- yes --> b -- no --> c", "a>b:yes b>c:no"),
        ("a --> b & c --> d", "a>b a>c b>d c>d"),
        ("a & b --> c & d", "a>c a>d b>c b>d"),
        ("a:::x & b:::y --> c:::x", "a>c b>c"),
        ("a e1@--> b", "a>b"),
        ("a e1@-->|words| b e2@==> c", "a>b:words b>c"),
        ("a e1@--> b\ne1@{ animate: true }\ne1@{ animation: fast, curve: linear }", "a>b"),
        ("a --> a", "a>a"),
        ("a --> b; b --> c ; c --> a;", "a>b b>c c>a"),
        ("a --> b %% why", "a>b"),
        ("a\n-->\nb", "a>b"),
    ] {
        assert_eq!(edges(body), read, "{body}");
    }
}

#[test]
fn edges_have_tips_lines_and_lengths() {
    for (arrow, line, tail, head, length) in [
        ("<-->", EdgeLine::Solid, Tip::Arrow, Tip::Arrow, 1),
        ("x--x", EdgeLine::Solid, Tip::Cross, Tip::Cross, 1),
        ("o--o", EdgeLine::Solid, Tip::Circle, Tip::Circle, 1),
        ("--x", EdgeLine::Solid, Tip::None, Tip::Cross, 1),
        ("--o", EdgeLine::Solid, Tip::None, Tip::Circle, 1),
        ("<-.->", EdgeLine::Dashed, Tip::Arrow, Tip::Arrow, 1),
        ("<==>", EdgeLine::Thick, Tip::Arrow, Tip::Arrow, 1),
        ("---", EdgeLine::Solid, Tip::None, Tip::None, 1),
        ("-----", EdgeLine::Solid, Tip::None, Tip::None, 3),
        ("---->", EdgeLine::Solid, Tip::None, Tip::Arrow, 3),
        ("====>", EdgeLine::Thick, Tip::None, Tip::Arrow, 3),
        ("-...->", EdgeLine::Dashed, Tip::None, Tip::Arrow, 3),
        ("~~~", EdgeLine::Invisible, Tip::None, Tip::None, 1),
        ("<-- both -->", EdgeLine::Solid, Tip::Arrow, Tip::Arrow, 1),
        ("o-. both .-o", EdgeLine::Dashed, Tip::Circle, Tip::Circle, 1),
        ("x== both ==x", EdgeLine::Thick, Tip::Cross, Tip::Cross, 1),
    ] {
        let graph = graph(&format!("a {arrow} b"));
        let edge = &graph.edges[0];
        assert_eq!((edge.line, edge.tail, edge.head, edge.length), (line, tail, head, length), "{arrow}");
    }
}

#[test]
fn nodes_in_all_their_notations() {
    for (node, shape) in [
        ("a", Shape::Rectangle),
        ("a[x]", Shape::Rectangle),
        ("a(x)", Shape::Rounded),
        ("a([x])", Shape::Stadium),
        ("a[[x]]", Shape::Subroutine),
        ("a[(x)]", Shape::Cylinder),
        ("a((x))", Shape::Circle),
        ("a(((x)))", Shape::DoubleCircle),
        ("a>x]", Shape::Flag),
        ("a{x}", Shape::Diamond),
        ("a{{x}}", Shape::Hexagon),
        ("a[/x/]", Shape::LeanRight),
        ("a[\\x\\]", Shape::LeanLeft),
        ("a[/x\\]", Shape::Trapezoid),
        ("a[\\x/]", Shape::TrapezoidFlipped),
        ("a@{ shape: doc, label: \"x\" }", Shape::Document),
        ("a@{ shape: diam }", Shape::Diamond),
        ("a@{ shape: 'rounded' }", Shape::Rounded),
        ("a@{ \"shape\": \"cyl\" }", Shape::Cylinder),
        ("a@{ shape: dbl-circ }", Shape::DoubleCircle),
        ("a@{\n  shape: stadium\n  label: x\n}", Shape::Stadium),
        ("a[x]@{ shape: hex }", Shape::Hexagon),
        ("a[x]:::y", Shape::Rectangle),
    ] {
        let graph = graph(node);
        assert_eq!((graph.nodes[0].shape, graph.nodes[0].id.as_str()), (shape, "a"), "{node}");
    }
}

#[test]
fn every_shape_that_mermaid_names_is_known() {
    let names = "bang bolt bow-rect bow-tie-rectangle brace brace-l brace-r braces card circ circle cloud collate \
        com-link comment cross-circ crossed-circle curv-trap curved-trapezoid cyl cylinder das data-store database datastore \
        db dbl-circ decision delay diam diamond disk display div-proc div-rect divided-process divided-rectangle doc \
        docs document documents double-circle event extract f-circ filled-circle flag flip-tri flipped-triangle fork \
        fr-circ fr-rect framed-circle framed-rectangle h-cyl half-rounded-rectangle hex hexagon horizontal-cylinder \
        hourglass in-out internal-storage inv-trapezoid join junction lean-l lean-left lean-r lean-right \
        lightning-bolt lin-cyl lin-doc lin-proc lin-rect lined-cylinder lined-document lined-process \
        lined-rectangle loop-limit manual manual-file manual-input notch-pent notch-rect notched-pentagon \
        notched-rectangle odd out-in paper-tape pill prepare priority proc process processes procs question rect \
        rectangle rounded shaded-process sl-rect sloped-rectangle sm-circ small-circle st-doc st-rect \
        stacked-document stacked-rectangle stadium start stop stored-data subproc subprocess subroutine summary \
        tag-doc tag-proc tag-rect tagged-document tagged-process tagged-rectangle terminal text trap-b trap-t \
        trapezoid trapezoid-bottom trapezoid-top tri triangle win-pane window-pane";
    let text = |name: &str| format!("flowchart LR\na@{{ shape: {name}, label: \"x\" }}");
    let unknown: Vec<_> = names.split_whitespace().filter(|name| !read(&text(name)).0.found.is_empty()).collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn labels_say_what_their_authors_meant() {
    for (node, read) in [
        ("a[\"Sign (mutual) NDA\"]", "Sign (mutual) NDA"),
        ("a[\"[x] {y} |z|\"]", "[x] {y} |z|"),
        ("a[\"say #quot;yes#quot;\"]", "say \"yes\""),
        ("a[issue #35;12]", "issue #12"),
        ("a[\"#9829; &hearts; &#9829; &lt;b&gt; #amp;\"]", "♥ ♥ ♥ <b> &"),
        ("a[\"ticket #12\"]", "ticket #12"),
        ("a[\"one<br>two<br/>three<br />four\"]", "one/two/three/four"),
        ("a[\"one\\ntwo\"]", "one/two"),
        ("a[\"one\ntwo\"]", "one/two"),
        ("a[\"`**bold** and *slanted*\nnext`\"]", "bold and slanted/next"),
        ("a[\"<b>Sign</b> <i>now</i>\"]", "Sign now"),
        ("a[\"fa:fa-user Partner\"]", "fa:fa-user Partner"),
        ("a[Prüfung · 承認 🙂]", "Prüfung · 承認 🙂"),
        ("a[end of term]", "end of term"),
        ("a[a - b / c]", "a - b / c"),
        ("a[\"%% no comment\"]", "%% no comment"),
        ("a[\"x --> y; z\"]", "x --> y; z"),
        ("a@{ shape: doc, label: \"with, comma: and } brace\" }", "with, comma: and } brace"),
        ("a@{ icon: \"fa:user\", form: \"square\", label: \"User\", pos: \"t\", h: 60 }", "User"),
        (
            "a@{ img: \"https://example.org/x.png\", label: \"Logo\", pos: \"b\", w: 60, h: 60, constraint: \"on\" }",
            "Logo",
        ),
    ] {
        assert_eq!(label(node), read, "{node}");
    }
}

#[test]
fn ids_may_be_nearly_anything() {
    for (body, read) in [
        ("endpoint --> default", "endpoint>default"),
        ("ending --> friend --> end-user", "ending>friend friend>end-user"),
        ("subgraph1 --> classy --> style2 --> clicks", "subgraph1>classy classy>style2 style2>clicks"),
        ("direction1 --> linkStyles", "direction1>linkStyles"),
        ("Ä1 --> 日本 --> партнёр", "Ä1>日本 日本>партнёр"),
        ("1a --> 2 --> 3.1", "1a>2 2>3.1"),
        ("a_b-c.d --> e/f", "a_b-c.d>e/f"),
        ("x --> o --> v", "x>o o>v"),
        ("graph1 --> flowchart2", "graph1>flowchart2"),
    ] {
        assert_eq!(edges(body), read, "{body}");
    }
}

#[test]
fn subgraphs_in_all_their_notations() {
    for (opening, id, title) in [
        ("subgraph Legal", "Legal", "Legal"),
        ("subgraph \"The legal team\"", "subGraph0", "The legal team"),
        ("subgraph The legal team", "subGraph0", "The legal team"),
        ("subgraph legal [The legal team]", "legal", "The legal team"),
        ("subgraph legal[\"The (legal) team\"]", "legal", "The (legal) team"),
        ("subgraph legal [\"`**The** team`\"]", "legal", "The team"),
        ("subgraph legal[The legal team];", "legal", "The legal team"),
        ("subgraph legal [\"a #quot;b#quot;\"]", "legal", "a \"b\""),
        ("subgraph Recht-Ä", "Recht-Ä", "Recht-Ä"),
    ] {
        let graph = graph(&format!("{opening}\n direction TB\n a --> b\nend\nc --> a"));
        let lane = &graph.lanes[0];
        assert_eq!((lane.id.as_str(), lane.title.text().as_str()), (id, title), "{opening}");
        assert_eq!((graph.lanes.len(), graph.nodes.len(), graph.edges.len()), (1, 3, 2), "{opening}");
        assert_eq!(graph.nodes.iter().filter(|node| node.lane.is_some()).count(), 2, "{opening}");
    }
    let nested = graph("subgraph a\n subgraph b [B]\n  subgraph c\n   x\n  end\n end\nend\na --> c\nx --> b");
    assert_eq!((nested.lanes.len(), nested.groups.len(), nested.nodes.len()), (1, 2, 1));
    let ends: Vec<_> =
        nested.edges.iter().flat_map(|edge| [name(&nested, edge.from), name(&nested, edge.to)]).collect();
    assert_eq!(ends, ["a", "c", "x", "b"]);
    assert!(matches!(nested.edges[0].from, Endpoint::Lane(_)));
}

#[test]
fn clicks_in_every_order_of_words() {
    for (click, target, tooltip) in [
        ("click a \"u\"", Some("u"), None),
        ("click a \"u\" \"tip\"", Some("u"), Some("tip")),
        ("click a \"u\" _blank", Some("u"), None),
        ("click a \"u\" \"tip\" _blank", Some("u"), Some("tip")),
        ("click a href \"u\"", Some("u"), None),
        ("click a href \"u\" \"tip\"", Some("u"), Some("tip")),
        ("click a href \"u\" \"tip\" _top;", Some("u"), Some("tip")),
        ("click a call f()", None, None),
        ("click a call f() \"tip\"", None, None),
        ("click a call f(\"x, y\", 1)", None, None),
        ("click a f", None, None),
        ("click a f \"tip\"", None, None),
        (
            "click a \"https://example.org/?a=b&c=d#e\" \"R #amp; D\"",
            Some("https://example.org/?a=b&c=d#e"),
            Some("R & D"),
        ),
    ] {
        let graph = graph(&format!("a --> b\n{click}"));
        let read = graph.nodes[0].click.as_ref();
        assert_eq!(read.map(|click| click.target.value.as_str()), target, "{click}");
        assert_eq!(read.and_then(|click| click.tooltip.as_deref()), tooltip, "{click}");
    }
}

#[test]
fn a_click_may_name_several_nodes() {
    let graph = graph("a --> b\nclick a,b \"u\"");
    assert!(graph.nodes.iter().all(|node| node.click.as_ref().is_some_and(|click| click.target.value == "u")));
}

#[test]
fn styles_and_classes_in_all_their_notations() {
    let graph = graph(
        "a:::lead --> b & c:::lead --> d\nclassDef lead fill:#fff,stroke:#000;\nclassDef one,two color:red\n\
         classDef default fill:#eee\nclass b,d one\nclass a two;\nstyle a,b stroke:blue\nstyle c fill:#f9f,stroke-width:4px\n\
         linkStyle default stroke:green\nlinkStyle 0,1 stroke:red,stroke-width:2px;\nlinkStyle 2 interpolate basis stroke:blue",
    );
    let classes: Vec<_> = graph.nodes.iter().map(|node| node.classes.join("+")).collect();
    assert_eq!(classes, ["lead+two", "one", "lead", "one"]);
    let styles: Vec<_> = graph.nodes.iter().map(|node| node.style.len()).collect();
    assert_eq!(styles, [1, 1, 2, 0]);
    let lines: Vec<_> = graph.edges.iter().map(|edge| edge.style.last().map(|last| last.value.as_str())).collect();
    assert_eq!(lines, [Some("2px"), Some("2px"), Some("blue"), Some("green")]);
    assert_eq!(
        graph.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>(),
        ["lead", "one", "two", "default"]
    );
}

#[test]
fn titles_and_descriptions_for_those_who_listen() {
    for (body, title, description) in [
        ("accTitle: Partner flow\naccDescr: From pitch to deal\na", Some("Partner flow"), Some("From pitch to deal")),
        ("accDescr {\n  From pitch\n  to deal\n}\na", None, Some("From pitch to deal")),
        ("accTitle : Flow\naccDescr{ One line }\na", Some("Flow"), Some("One line")),
    ] {
        let graph = graph(body);
        assert_eq!(graph.title.as_ref().map(|title| title.value.as_str()), title, "{body}");
        assert_eq!(graph.description.as_ref().map(|words| words.value.as_str()), description, "{body}");
        assert_eq!(graph.nodes.len(), 1, "{body}");
    }
}

#[test]
fn a_node_keeps_what_each_of_its_mentions_says() {
    assert_eq!(nodes("a --> b\na[Ask]\nsubgraph L\n b[Answer]\nend"), "a=Ask b=Answer@L");
    assert_eq!(nodes("a[Ask] --> b\na[Ask again] --> c"), "a=Ask again b=b c=c");
}
