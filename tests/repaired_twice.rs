//! What `check --fix --suggested` must leave alone: what it repaired before.
//! In: made-up pages full of slips, in callouts, tabs, quotes, lists, fences and files that are included. Out: the shortest
//! ones that a second run changes.
//! Never knows: what any fix should be.

mod support;

use proptest::prelude::*;
use support::anything::sites::{project, repaired};

/// What nests in each other, with slips that fixes are offered for.
const SLIPS: &[&str] = &[
    "!!! note\n",
    "    ",
    "        ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "=== \"A\"\n",
    "??? tip \"T\"\n",
    "!!! waring\n",
    "!!! tip Ask early first\n",
    "::: note\n",
    ":::\n",
    "```\n",
    "```sh\n",
    "```py\n",
    "````\n",
    "~~~```\n",
    "~~~\n",
    "{{#include part.md}}\n",
    "--8<-- \"part.md\"\n",
    "\n",
    "\n\n",
    "a\n",
    "Sign it before you call.\n",
    "##Terms\n",
    "# H {#a\n",
    "[a](index.MD?x#h)",
    "[a](indx.md#h)\n",
    "[a] (index.md)\n",
    "- [] b\n",
    "| A | B |\n",
    "|---|\n",
    "<customer>",
    "<p>",
    "</p>\n",
    "<!-- partner-docs allow link/not-found -->\n",
    "> [!NOTE] Sign it first\n",
    "{{ pratner }}",
    "{{ partner | upper }}",
    "\r\n",
    "é",
];
/// Pieces side by side in any order.
fn made_of(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SLIPS), 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_repaired_once_is_repaired_for_good((page, part) in (made_of(24), made_of(12))) {
        let once = repaired(project(&page, &part));
        prop_assert_eq!(&once, &repaired(once.clone()));
    }
}

/// Fixes that once opened what they should close, or closed it in another file, and so were made again at every run.
#[test]
fn a_fix_that_repairs_nothing_is_taken_back() {
    let pages = [
        ("# H\n\n> {{#include part.md}}\n\nAfter.\n", "```\nx\n"),
        ("<p>{{#include part.md}}\n```sh\n", "```\n\n- "),
        ("# H\n\n<p>To <customer>, hello</p>\n", ""),
    ];
    for (page, part) in pages {
        let once = repaired(project(page, part));
        assert_eq!(once, repaired(once.clone()), "{page}");
    }
}

#[test]
fn a_closing_fence_goes_where_its_block_ends() {
    let page = |page: &str, part: &str| {
        let files = repaired(project(page, part)).into_iter().skip(1).map(|(_, text)| text);
        files.collect::<Vec<_>>()
    };
    let in_callout = page("# H\n\n!!! note\n    ```\n    a\n\ntext\n", "");
    assert_eq!(in_callout[0], "# H\n\n!!! note\n    ```\n    a\n    ```\n\ntext\n");
    let in_tabs = page("# H\n\n=== \"A\"\n\n\t```sh\n\ta\n\n\tThis is how it goes.\n", "");
    assert_eq!(in_tabs[0], "# H\n\n=== \"A\"\n\n\t```sh\n\ta\n\t```\n\n\tThis is how it goes.\n");
    assert_eq!(page("~~~```\na\n", "")[0], "~~~```\na\n~~~\n", "marks of one kind");
    let included = page("# H\n\n!!! note\n    {{#include part.md}}\n\nAfter.\n", "x\n\n```\nx\n");
    assert_eq!(included, ["# H\n\n!!! note\n    {{#include part.md}}\n\nAfter.\n", "x\n\n```\nx\n```\n"]);
    let with_code = page("```sh\n{{#include part.md}}\n", "a\nb\n");
    assert_eq!(with_code, ["```sh\n{{#include part.md}}\n```\n", "a\nb\n"]);
    let hidden = page("```sh\na\n\n\"Sign: do that first.\"\n\n```sh\nb\n```\n", "");
    assert_eq!(hidden[0], "```sh\na\n```\n\n\"Sign: do that first.\"\n\n```sh\nb\n```\n");
}

#[test]
fn queries_of_links_are_kept() {
    let page = "[a](INDEX.md?x=1#h) [b](indx.md?y) ![c](imag.png?raw=true) [d](/index.md?z=2#h)\n\n## H\n";
    let right = "[a](index.md?x=1#h) [b](index.md?y) ![c](image.png?raw=true) [d](index.md?z=2#h)\n\n## H\n";
    let mut files = project(page, "");
    files.push(("content/image.png".to_owned(), String::new()));
    assert_eq!(repaired(files)[1].1, right);
}
