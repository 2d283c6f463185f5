//! Diagrams that are wrong, and where the findings say so: line and column, counted from 1, and the message.

use super::{Diagram, read};

/// What is said about a text, and the ids of the nodes that are read of it all the same.
fn said(text: &str) -> (Vec<String>, String) {
    let (parsed, _) = read(text);
    let place = |at: usize| {
        let line = text[..at].matches('\n').count() + 1;
        let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("{line}:{column}")
    };
    let found = parsed.found.iter().map(|found| format!("{} {}", place(found.span.range().start), found.message));
    let nodes = match &parsed.value {
        Diagram::Flowchart(graph) => graph.nodes.iter().map(|node| node.id.as_str()).collect::<Vec<_>>().join(" "),
        Diagram::Other { kind, .. } => format!("({kind})"),
    };
    (found.collect(), nodes)
}

#[test]
fn each_fault_is_found_in_its_line() {
    for (text, found, nodes) in [
        ("flowchart SIDEWAYS\n a --> b", "1:11 unknown direction `SIDEWAYS`", "a b"),
        ("flowchart TB\n", "1:1 the diagram has no nodes", ""),
        ("flowchart LR\n ask --> end\n", "2:10 `end` is a keyword and cannot be the id of a node", "ask end"),
        ("flowchart LR\n end[Done]", "2:2 `end` is a keyword and cannot be the id of a node", "end"),
        ("flowchart LR\n a --> sign[Sign the --> c\n", "2:12 unclosed `[`: `[Sign the`", "a sign c"),
        ("flowchart LR\n a --> b{Go? --> c", "2:9 unclosed `{`: `{Go?`", "a b c"),
        ("flowchart LR\n a -->|yes b\n b --> c", "2:7 unclosed label `|yes b`", "a b c"),
        ("flowchart LR\n a -- yes b\n b --> c", "2:4 unfinished arrow `--`", "a yes b c"),
        ("flowchart LR\nsubgraph Legal\n a --> b\n", "2:10 unclosed subgraph `Legal`", "a b"),
        ("flowchart LR\nsubgraph L\nsubgraph L\n a\nend\nend", "3:10 subgraph `L` is inside itself", "a"),
        ("flowchart LR\n a@{ shape: oblong }", "2:13 unknown shape `oblong`", "a"),
        ("flowchart LR\n a@{ shape: doc --> b", "2:3 unclosed `@{`", "a b"),
        ("flowchart LR\n a --> b\n class gone big", "3:8 unknown node `gone`", "a b"),
        ("flowchart LR\n a --> b\n click gone \"x\"", "3:8 unknown node `gone`", "a b"),
        (
            "flowchart LR\n a --> b\n linkStyle 7 stroke:red",
            "3:12 unknown edge 7: the diagram has 1, counted from 0",
            "a b",
        ),
        ("flowchart LR\n a --> b\n click a vbscript:x", "3:10 the address `vbscript:x` needs quotes", "a b"),
        ("flowchart LR\n a --> b\n click a \"x", "3:10 unclosed address", "a b"),
        ("flowchart LR\n a --> b\n click a", "3:8 `click` has no target", "a b"),
        ("flowchart LR\n a --> b\n style", "3:2 `style` needs a node and a style", "a b"),
        ("flowchart LR\n a --> b\n classDef big", "3:2 `classDef` needs a name and a style", "a b"),
        ("flowchart LR\n a b\n c --> d", "2:4 unexpected `b`", "a c d"),
        ("flowchart LR\n a => b", "2:4 unexpected `=> b`", "a"),
        ("flowchart LR\n a -> b", "2:4 unexpected `-> b`", "a"),
        ("flowchart LR\n ]]\n a --> b", "2:2 unknown flowchart statement `]]`", "a b"),
        ("flowchart LR\n a --> b\n accDescr {\n never closed\n", "3:2 unclosed description", "a b never"),
        ("%%{init: {\nflowchart LR\n a --> b", "1:1 unclosed directive", "a b"),
        ("---\ntitle: x\nflowchart LR\n a --> b", "1:1 unclosed front matter in the diagram", "a b"),
        ("swimlane LR\n a[\"Ask\"\n b --> c", "2:3 unclosed `[`: `[\"Ask\"`", "a b c"),
    ] {
        let (said, read) = said(text);
        assert_eq!((said.first().map(String::as_str), read.as_str()), (Some(found), nodes), "{text}\n{said:?}");
    }
}

/// A text after the repair of its first finding.
fn repaired(text: &str) -> String {
    let (parsed, _) = read(text);
    let fix = parsed.found.first().and_then(|found| found.fix.clone());
    let mut text = text.to_owned();
    for edit in fix.iter().flat_map(|fix| fix.edits.iter().rev()) {
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    text
}

#[test]
fn quotes_in_a_label_are_kept_but_for_the_pair_around_it() {
    for (label, quoted) in [
        ("\"x\" and \"y\"", "#quot;x#quot; and #quot;y#quot;"),
        ("\"He said \"no\"\"", "He said #quot;no#quot;"),
        ("\"a \"b\"\"", "a #quot;b#quot;"),
        ("\"x\" y", "#quot;x#quot; y"),
        ("say \"yes\"", "say #quot;yes#quot;"),
        ("Screen 24\"", "Screen 24#quot;"),
        ("Sign\"", "Sign"),
        ("Go (now)", "Go (now)"),
    ] {
        for (before, after) in [("a[", "]"), ("subgraph x[", "]\n b\nend"), ("a -->|", "| b")] {
            // A pipe ends at its own sign only, and a quote alone in it has a finding of its own.
            let wanted = format!("flowchart LR\n{before}\"{quoted}\"{after}");
            assert_eq!(repaired(&format!("flowchart LR\n{before}{label}{after}")), wanted);
        }
    }
    assert_eq!(repaired("flowchart LR\nsubgraph x[\"Sales]\n b\nend"), "flowchart LR\nsubgraph x[\"Sales\"]\n b\nend");
}

#[test]
fn a_missing_bracket_is_put_where_the_shape_closes() {
    for (written, wanted) in [
        ("a([x] --> b", "a([x]) --> b"),
        ("a([x) --> b", "a([x]) --> b"),
        ("a[[x] --> b", "a[[x]] --> b"),
        ("a[[\"x\"] --> b", "a[[\"x\"]] --> b"),
        ("a((x) --> b", "a((x)) --> b"),
        ("a(((x)) --> b", "a(((x))) --> b"),
        ("a((x (y) --> b", "a((x (y))) --> b"),
        ("a[(x] --> b", "a[(x)] --> b"),
        ("a{{x} --> b", "a{{x}} --> b"),
        ("a[/x/ --> b", "a[/x/] --> b"),
        ("a[x) --> b", "a[x] --> b"),
        ("a[x (y) --> b", "a[x (y)] --> b"),
        ("a([x]:::big --> b", "a([x]):::big --> b"),
        ("a{Go? --> b", "a{Go?} --> b"),
    ] {
        assert_eq!(repaired(&format!("flowchart LR\n {written}\n")), format!("flowchart LR\n {wanted}\n"));
    }
}

#[test]
fn signs_before_an_address_in_quotes_are_no_address() {
    for text in ["click a~~~ \"call.md\" \"tip\"", "click a x \"call.md\" \"tip\""] {
        let text = format!("flowchart LR\n a --> b\n {text}\n");
        assert_eq!(repaired(&text), text);
    }
    let text = "flowchart LR\n a --> b\n click a https://example.org/a \"tip\"\n";
    assert!(repaired(text).contains("click a \"https://example.org/a\" \"tip\""));
}

#[test]
fn statements_that_do_nothing_are_said_and_ordinary_ones_are_not() {
    for (text, found) in [
        ("a --> b\n class a gone", "undefined class `gone`"),
        ("a:::gone --> b", "undefined class `gone`"),
        ("a --> b\n style c fill:#fff", "node `c` is only named by `style`"),
        ("a --> b\n click a call open()", "`click` calls the script `open()`, which is not supported"),
        ("a --> b\n click a open \"tip\"", "`click` calls the script `open`, which is not supported"),
        ("a[One] --> b\n a[Two] --> b", "node `a` is labelled both `One` and `Two`"),
        ("subgraph S\n a\n end\n subgraph T\n a\n end", "node `a` is already in subgraph `S`"),
        ("E2[Two] --> E4\n E1 -- E2 --> E3", "the text on this arrow, `E2`, is the id of a node"),
        ("ask[Ask] --> c\n a == ask ==> b", "the text on this arrow, `ask`, is the id of a node"),
    ] {
        let (said, _) = said(&format!("flowchart LR\n {text}\n"));
        let messages: Vec<&str> = said.iter().filter_map(|said| Some(said.split_once(' ')?.1)).collect();
        assert_eq!(messages, [found], "{text}");
    }
    for text in [
        "a --> b\n classDef big fill:#fff\n class a,b big\n class b default",
        "a:::big --> b\n classDef big fill:#fff",
        "a[One] --> b\n a[\"One\"] --> c",
        "subgraph S\n a[A]\n subgraph T\n a\n end\n end",
        "subgraph S\n a\n end\n subgraph T\n b\n b --> a\n end",
        "subgraph S\n a\n end\n style S fill:#fff",
        "yes[Sign] --> c\n a --> yes\n a -- yes --> b",
        "E2[Two] --> E4\n E1 -->|E2| E3",
    ] {
        assert_eq!(said(&format!("flowchart LR\n {text}\n")).0, [] as [&str; 0], "{text}");
    }
    assert_eq!(
        repaired("flowchart LR\n E2[Two] --> E4\n E1 -- E2 --> E3"),
        "flowchart LR\n E2[Two] --> E4\n E1 --> E2 --> E3"
    );
    assert_eq!(
        repaired("flowchart LR\n E2[Two] --> E4\n E1 -. E2 .-> E3"),
        "flowchart LR\n E2[Two] --> E4\n E1 -.-> E2 .-> E3"
    );
}

#[test]
fn nothing_is_wrong_with_odd_but_whole_texts() {
    for text in
        ["\u{feff}flowchart LR\r\n a --> b\r\n", "flowchart LR\n a[\"\u{fffd}\"] --> b", "flowchart LR\n\ta-->b\t\n"]
    {
        assert_eq!(said(text), (Vec::new(), "a b".to_owned()), "{text}");
    }
}

#[test]
fn a_text_of_any_size_is_cut_off_at_its_line() {
    let chain: String = (0..3_000).map(|at| format!(" n{at} --> n{}\n", at + 1)).collect();
    let (found, nodes) = said(&format!("flowchart LR\n{chain}"));
    assert_eq!(found, ["501:11 the diagram has more than 500 nodes"]);
    assert_eq!(nodes.split(' ').count(), 500);
    let label = "W".repeat(20_000);
    assert_eq!(said(&format!("flowchart LR\n a[\"{label}\"] --> b")), (Vec::new(), "a b".to_owned()));
}
