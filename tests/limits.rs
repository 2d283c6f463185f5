//! The tables of limits say what the code holds to.
//! In: `content/reference/limits.md`, `SECURITY.md`, and the constants where they stand. Out: nothing, or a bound that
//! differs.

use std::path::Path;

/// A row of a table: what it is called, where its constant stands, and the constant's value.
type Bound = (&'static str, &'static str, &'static str, &'static str);

/// The bounds on content.
const CONTENT: [Bound; 26] = [
    ("Size of a page, a playbook or `book.toml`", "project/filesystem/disk.rs", "LARGEST_PAGE", "4 << 20"),
    (
        "Size of any other file that is read; those that are only copied have no limit",
        "project/filesystem/disk.rs",
        "LARGEST_READ",
        "16 << 20",
    ),
    ("Text that a page includes", "markdown/preprocess/include.rs", "MOST_BYTES", "4 << 20"),
    ("Files, or parts of files, that a page includes", "markdown/preprocess/include.rs", "MOST_FILES", "4_096"),
    ("Nested includes", "markdown/preprocess/include.rs", "DEEPEST", "16"),
    (
        "Files searched for the parts that a page includes",
        "markdown/preprocess/include.rs",
        "MOST_SEARCHED",
        "128 << 20",
    ),
    ("Text that variables add to a page or a playbook", "markdown/preprocess/variable.rs", "MOST_BYTES", "4 << 20"),
    (
        "Text that variables add to all pages, or to all playbooks",
        "markdown/preprocess/variable.rs",
        "MOST_BYTES_OF_SITE",
        "32 << 20",
    ),
    ("Quotes and lists in each other", "markdown/preprocess/budget.rs", "DEEPEST", "200"),
    ("Quote and list markers at the start of a line", "markdown/preprocess/budget.rs", "MOST_MARKS", "1_024"),
    ("Nested callouts and tabs", "markdown/desugar/pass.rs", "MOST_NESTED", "32"),
    ("Missing cells in a page's tables", "markdown/preprocess/budget.rs", "MOST_MISSING", "100_000"),
    ("Nested groups in a formula", "markdown/write/inline/math.rs", "MOST_NESTED", "64"),
    ("Lines in a highlighted code block", "markdown/write/code/highlight.rs", "MOST_LINES", "2_000"),
    ("Length of a highlighted line", "markdown/write/code/highlight.rs", "LONGEST_LINE", "2_000"),
    ("Nested entries in `SUMMARY.md`", "outline.rs", "DEEPEST", "12"),
    ("Nodes and subgraphs in a diagram", "map/mermaid/build.rs", "MOST_ENTRIES", "500"),
    ("Arrows in a diagram", "map/mermaid/build.rs", "MOST_EDGES", "500"),
    ("Nested subgraphs", "map/mermaid/subgraph.rs", "DEEPEST", "16"),
    ("Values in front matter or a playbook", "yaml/mod.rs", "MOST_NODES", "20_000"),
    ("Nested values in front matter or a playbook", "yaml/mod.rs", "MOST_DEPTH", "32"),
    ("Aliases in front matter or a playbook", "yaml/mod.rs", "MOST_ALIASES", "100"),
    ("Steps of a copy that is compared with its playbook", "playbook/drift/align.rs", "MOST_COMPARED", "500"),
    ("Entries in the navigation with all that they hold", "render/nav.rs", "SHOWN_WHOLE", "80"),
    ("Sibling entries in the navigation", "render/nav.rs", "MOST_BESIDE", "100"),
    ("Pages in a printable document", "render/print/mod.rs", "MOST_PAGES", "1000"),
];

/// The bounds on what comes over a network.
const NETWORK: [Bound; 9] = [
    ("Open connections to `serve`", "serve/http/mod.rs", "CONNECTIONS", "256"),
    ("Size of a request's head", "serve/http/request.rs", "HEAD_BYTES", "64 * 1024"),
    ("Fields in a request's head", "serve/http/request.rs", "FIELDS", "128"),
    ("Time to send a request's head", "serve/http/request.rs", "HEAD_TIME", "Duration::from_secs(10)"),
    ("Time in which a client reads nothing", "serve/http/mod.rs", "WRITE_TIMEOUT", "Duration::from_secs(30)"),
    ("Size of a page that `check --external` reads", "linkcheck/client.rs", "BODY", "8 * 1024 * 1024"),
    ("Redirects that `check --external` follows", "linkcheck/policy.rs", "HOPS", "10"),
    ("Times it asks an overloaded server again", "linkcheck/policy.rs", "RETRIES", "2"),
    ("Pause before it asks again", "linkcheck/policy.rs", "LONGEST_PAUSE", "Duration::from_secs(30)"),
];

#[expect(clippy::disallowed_methods, reason = "a test reads the repository as it lies on disk")]
fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The number that a cell or a value begins with.
fn number(text: &str) -> u64 {
    let text = text.trim_start_matches("Duration::from_secs(");
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_')).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Holds the one table of limits in a document to the constants.
fn assert_table(document: &str, bounds: &[Bound]) {
    let document = read(document);
    let table = document.lines().skip_while(|line| !line.starts_with("| Bound |")).skip(2);
    let rows: Vec<Vec<&str>> = table
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect())
        .collect();
    let named: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let expected: Vec<&str> = bounds.iter().map(|(name, ..)| *name).collect();
    assert_eq!(named, expected, "each row has its constant, in order");
    for (row, (name, file, constant, value)) in rows.iter().zip(bounds) {
        let code = read(&format!("src/{file}"));
        let (start, end) = (format!("const {constant}: "), format!(" = {value};"));
        let is_declared = code.lines().any(|line| line.contains(&start) && line.ends_with(&end));
        assert!(is_declared, "{name}: `{start}…{end}` is not in src/{file}");
        assert_eq!(number(row[1]), number(value), "{name}");
    }
}

#[test]
fn the_table_of_limits_is_what_the_code_holds_to() {
    assert_table("content/reference/limits.md", &CONTENT);
}

#[test]
fn the_table_of_what_comes_over_a_network_is_what_the_code_holds_to() {
    assert_table("SECURITY.md", &NETWORK);
}
