//! What holds for texts that are read as data: front matter, YAML, diagrams, tables, heads of requests.
//! In: texts. Out: nothing, or a panic that says what does not hold.

use partner_docs::diagnostic::Rule;
use partner_docs::map::graph::{Endpoint, Graph, GroupId, LaneId, NodeId};
use partner_docs::map::mermaid::{self, Diagram};
use partner_docs::map::reconcile;
use partner_docs::map::reference::{self, ColumnNames, LinkRef, ReferenceCell, TableInput, UnevenReferenceRow};
use partner_docs::page::front_matter;
use partner_docs::refactor;
use partner_docs::serve::http::{AllowedHosts, Request};
use partner_docs::source::Span;
use partner_docs::yaml::{self, NodeContent, YamlNode};

use super::spans::{FILE, assert_found_inside, assert_inside, assert_part, origin, whole};

static BROKEN: Rule = Rule::error("test/broken", "");

/// Any text as a file that may begin with front matter.
pub(super) fn front_matter(text: &str) {
    let front = front_matter::read(text, FILE);
    assert_eq!(front, front_matter::read(text, FILE), "read twice, it says two things: {text:?}");
    assert_found_inside(&front.found, text);
    let matter = &front.matter;
    let lines = [&matter.title, &matter.description, &matter.template, &matter.layout, &matter.playbook, &matter.icon];
    let lists = matter.tags.iter().chain(&matter.redirect_from).chain(matter.placeholders.iter().map(|(name, _)| name));
    let own = lines.into_iter().flatten().chain(lists).map(|value| value.span);
    assert_inside(own.chain(matter.opening).chain(front.head).chain([front.body]), text);
    // Head and body are all of the file, but for a byte order mark.
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let head = front.head.map_or(start..start, Span::range);
    assert_eq!((head.start, head.end), (start, front.body.range().start), "{text:?}");
    assert_eq!(front.body.range().end, text.len(), "{text:?}");
}

/// Any text as YAML, with all that is repaired in it.
pub(super) fn yaml(text: &str) {
    let parsed = yaml::parse(text, whole(text), &BROKEN);
    assert_eq!(parsed.value, yaml::parse(text, whole(text), &BROKEN).value, "{text:?}");
    assert_found_inside(&parsed.found, text);
    assert_node_inside(&parsed.value, text);
    // A fix brings the file nearer to what can be read: after so many, there is none left.
    let mut fixed = text.to_owned();
    for _ in 0..32 {
        let found = yaml::parse(&fixed, whole(&fixed), &BROKEN).found;
        let (edits, _) = refactor::choose(&found, |_, _| true);
        let next = edits.apply(FILE, &fixed);
        if next == fixed {
            return;
        }
        fixed = next;
    }
    panic!("its fixes come to no end: {text:?} became {fixed:?}");
}

fn assert_node_inside(node: &YamlNode, text: &str) {
    assert_part(node.span.range(), text);
    match &node.content {
        NodeContent::Sequence(items) => items.iter().for_each(|item| assert_node_inside(item, text)),
        NodeContent::Mapping(mapping) => {
            for entry in &mapping.entries {
                assert_part(entry.key.span.range(), text);
                assert_node_inside(&entry.value, text);
            }
        }
        NodeContent::Null | NodeContent::Scalar(_) | NodeContent::Unreadable => {}
    }
}

/// Any text as the body of a flowchart.
pub(super) fn mermaid(text: &str) {
    let text = format!("flowchart LR\n{text}");
    if let Some(graph) = flowchart(&text) {
        let alone = reconcile::alone(graph);
        assert_found_inside(&alone.found, &text);
        assert_whole(&alone.value.graph, &text);
    }
}

/// A diagram, if it is a flowchart.
fn flowchart(text: &str) -> Option<Graph> {
    let parsed = mermaid::parse(text, &origin(text));
    assert_eq!(parsed, mermaid::parse(text, &origin(text)), "{text:?}");
    assert_found_inside(&parsed.found, text);
    let Diagram::Flowchart(graph) = parsed.value else { return None };
    assert_whole(&graph, text);
    Some(graph)
}

/// Everything that a graph names is in it, and lies in its text.
fn assert_whole(graph: &Graph, text: &str) {
    let is_lane = |LaneId(at): LaneId| (at as usize) < graph.lanes.len();
    let is_group = |GroupId(at): GroupId| (at as usize) < graph.groups.len();
    let is_end = |end: Endpoint| match end {
        Endpoint::Node(NodeId(at)) => (at as usize) < graph.nodes.len(),
        Endpoint::Lane(lane) => is_lane(lane),
        Endpoint::Group(group) => is_group(group),
    };
    assert!(graph.edges.iter().all(|edge| is_end(edge.from) && is_end(edge.to)), "{text:?}");
    assert!(
        graph.nodes.iter().all(|node| node.lane.is_none_or(is_lane) && node.group.is_none_or(is_group)),
        "{text:?}"
    );
    let is_stage = |at: u32| (at as usize) < graph.stages.len();
    assert!(graph.nodes.iter().all(|node| node.stage.is_none_or(is_stage)), "{text:?}");
    assert!(graph.groups.iter().all(|group| is_lane(group.lane) && group.parent.is_none_or(is_group)), "{text:?}");
    let nodes = graph.nodes.iter().flat_map(|node| {
        let click = node.click.iter().flat_map(|click| [click.span, click.target.span]);
        [node.span].into_iter().chain(node.label_span).chain(click)
    });
    let mentions = graph.places.nodes.iter().flat_map(|place| place.mentions.iter().copied());
    let others = graph.lanes.iter().map(|lane| lane.span).chain(graph.groups.iter().map(|group| group.span));
    assert_inside(nodes.chain(mentions).chain(others).chain(graph.edges.iter().map(|edge| edge.span)), text);
}

/// Any text as a diagram, an empty line, and the rows of a table with its cells between `|`.
pub(super) fn node_table(text: &str) {
    let (diagram, table) = text.split_once("\n\n").unwrap_or(("A[1. Ask] --> B[2. Sign]", text));
    let whole_text = format!("flowchart LR\n{diagram}\n\n{table}");
    let Some(graph) = flowchart(whole_text.split("\n\n").next().unwrap_or_default()) else { return };
    let table = table_at(&whole_text, whole_text.len() - table.len());
    let read = reference::read(&table, &ColumnNames::default());
    assert_found_inside(&read.found, &whole_text);
    assert_found_inside(&reference::incomplete_rows(&table), &whole_text);
    let Some(reference) = read.value else { return };
    let once = reconcile::reconcile(graph.clone(), &reference);
    assert_eq!(once, reconcile::reconcile(graph, &reference), "{text:?}");
    assert_found_inside(&once.found, &whole_text);
    assert_whole(&once.value.graph, &whole_text);
    let rows = once.value.row_of.iter().flatten();
    assert!(rows.into_iter().all(|row| *row < once.value.rows.len()), "{text:?}");
    // A graph that follows its table follows it when it is compared again.
    let again = reconcile::reconcile(once.value.graph.clone(), &reference);
    assert_eq!(again.value.graph, once.value.graph, "{text:?}");
    let drawn = reconcile::from_table(&reference);
    assert_found_inside(&drawn.found, &whole_text);
    assert_whole(&drawn.value.graph, &whole_text);
}

/// The lines of a text from a place on as a table, as Markdown would read one of plain words.
fn table_at(text: &str, start: usize) -> TableInput {
    let mut at = start;
    let mut rows: Vec<(Span, Vec<ReferenceCell>)> = Vec::new();
    for line in text.get(start..).unwrap_or_default().split('\n') {
        let mut cell_at = at;
        let cells = line.split('|').map(|cell| {
            let inner = cell.trim();
            let inner_at = cell_at + cell.len() - cell.trim_start().len();
            cell_at += cell.len() + 1;
            let index = u32::try_from(inner_at).unwrap_or_default();
            let links = inner.contains('/').then(|| LinkRef { index, text: inner.to_owned() }).into_iter().collect();
            ReferenceCell { text: inner.to_owned(), span: Span::new(FILE, inner_at..inner_at + inner.len()), links }
        });
        let cells = cells.collect();
        rows.push((Span::new(FILE, at..at + line.len()), cells));
        at += line.len() + 1;
    }
    let (_, header) = rows.remove(0);
    let uneven = rows.iter().enumerate().filter(|(_, (_, cells))| cells.len() != header.len());
    let uneven = uneven.map(|(row, (span, cells))| {
        let too_few = Some(cells.len()).filter(|count| *count < header.len());
        UnevenReferenceRow { row, span: *span, too_few }
    });
    let uneven = uneven.collect();
    let rows = rows.into_iter().map(|(_, cells)| cells).collect();
    TableInput { header, rows, uneven, span: Span::new(FILE, start..text.len()) }
}

/// Any text as the head of a request, and as the path and the host of one that is good otherwise.
pub(super) fn request(text: &str) {
    head(text);
    let line = text.lines().next().unwrap_or_default();
    head(&format!("GET /{line} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    if let Some(request) = head(&format!("GET / HTTP/1.1\r\nHost: {line}\r\n\r\n")) {
        let (name, port) = request.host.rsplit_once(':').unwrap_or((&request.host, ""));
        let name = if name.is_empty() || port.ends_with(']') { &request.host } else { name };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let is_own = name.eq_ignore_ascii_case("localhost")
            || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
        assert!(is_own, "{line:?} is answered as a name of this machine");
    }
}

/// A head, if it is answered: then its path climbs nowhere, and shows nothing that is hidden.
fn head(text: &str) -> Option<Request> {
    let hosts = AllowedHosts::new(None);
    let request = Request::of_head(text, &hosts);
    assert_eq!(request, Request::of_head(text, &hosts), "{text:?}");
    let request = request.ok()?;
    let parts = || request.path.split(['/', '\\']);
    assert!(request.path.starts_with('/') && !request.path.starts_with("//"), "{text:?}");
    assert!(parts().all(|part| !part.starts_with('.')) && !request.path.contains(char::is_control), "{text:?}");
    Some(request)
}
