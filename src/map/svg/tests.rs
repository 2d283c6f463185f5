//! What readers and pages rely on in the SVG of a map.

use super::{Details, NodeLinks, draw, standalone};
use crate::map::graph::{Graph, NodeId};
use crate::map::layout::{LayoutOptions, layout};
use crate::map::mermaid::{Diagram, parse};
use crate::source::{SourceId, SourceMap, Span};

const REQUEST: &str = r#"flowchart LR
  classDef ours fill:#E1F0FF,stroke:#1F6FEB
  subgraph REQ["Requester"]
    ask["Ask for access"]:::ours
    use["Use it"]
  end
  subgraph OWN["Owner"]
    ok{"OK?"}
  end
  ask --> ok
  ok ==>|yes| use
  ok -. "more R & D" .-> ask
  click ask "request/" "Request & wait"
"#;

fn graph(text: &str) -> Graph {
    match parse(text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()))).value {
        Diagram::Flowchart(graph) => graph,
        Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
    }
}

fn only_ask(node: NodeId) -> NodeLinks {
    if node == NodeId(0) { NodeLinks::Yes } else { NodeLinks::No }
}

fn request(prefix: &str) -> super::Drawing {
    let graph = graph(REQUEST);
    draw(&graph, &layout(&graph, &LayoutOptions::default()), &Details::plain(prefix), only_ask)
}

#[test]
fn a_small_map_looks_like_this() {
    let drawn = request("m1").fill(|_| "request/".to_owned());
    assert_eq!(drawn.trim_end(), include_str!("request.svg").trim_end());
}

#[test]
fn a_hole_stands_between_the_quotes_of_its_link() {
    let drawing = request("m1");
    let [(at, node)] = drawing.holes[..] else { panic!("one node is a link") };
    assert_eq!(node, NodeId(0));
    assert!(drawing.svg[..at].ends_with("<a href=\"") && drawing.svg[at..].starts_with('"'));
}

#[test]
fn addresses_and_texts_are_escaped() {
    let svg = request("m1").fill(|_| "a?b=1&c=\"2\"".to_owned());
    assert!(svg.contains("href=\"a?b=1&amp;c=&quot;2&quot;\""));
    assert!(svg.contains("<title>Request &amp; wait</title>"));
    assert!(svg.contains("R &amp;"));
}

#[test]
fn two_maps_on_a_page_share_no_id() {
    let ids = |svg: &str| -> Vec<String> {
        svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    };
    let (one, two) = (ids(&request("m1").svg), ids(&request("m2").svg));
    assert!(!one.is_empty() && one.iter().all(|id| !two.contains(id)));
}

#[test]
fn authors_colours_are_attributes_that_follow_the_scheme() {
    assert!(request("m1").svg.contains(
        "fill=\"light-dark(oklch(from #E1F0FF var(--fl)),oklch(from #E1F0FF var(--fd)))\" \
         stroke=\"light-dark(oklch(from #1F6FEB var(--sl)),oklch(from #1F6FEB var(--sd)))\""
    ));
}

#[test]
fn a_step_without_a_ground_has_none() {
    let graph = graph("flowchart LR\n A[\"Ask\"]\n style A fill:none\n");
    let svg = draw(&graph, &layout(&graph, &LayoutOptions::default()), &Details::plain("m"), only_ask).svg;
    assert!(svg.contains("<g class=\"pd-node\" data-node=\"A\" data-lane=\"\" fill=\"none\">"), "{svg}");
}

#[test]
fn a_file_of_its_own_brings_its_style_and_no_script() {
    let graph = graph(REQUEST);
    let svg = standalone(&graph, &layout(&graph, &LayoutOptions::default()), &Details::plain("map"), |_| None);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("<style>"));
    assert!(!svg.contains("<script") && !svg.contains("<a "));
}

#[test]
fn every_shape_is_drawn() {
    let nodes = ["a[x]", "b(x)", "c([x])", "d[[x]]", "e[(x)]", "f((x))", "g(((x)))", "h>x]", "i{x}", "j{{x}}"];
    let leaning = ["k[/x/]", "l[\\x\\]", "m[/x\\]", "n[\\x/]"];
    let text = format!("flowchart LR\n{}\n{}", nodes.join("\n"), leaning.join("\n"));
    let graph = graph(&text);
    let svg = standalone(&graph, &layout(&graph, &LayoutOptions::default()), &Details::plain("map"), |_| None);
    assert_eq!(svg.matches("class=\"pd-shape\"").count(), 14);
}
