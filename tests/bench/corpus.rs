//! A partner programme of any size, the same every time.
//! In: a number of pages or of steps. Out: files, or a diagram.
//! Never knows: what is measured.

use std::fmt::Write as _;

/// Pages of one area, which lie in one folder.
const AREA: usize = 20;

/// A whole project: pages in areas that link each other, a playbook for each area, one map.
pub(crate) fn site(pages: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("book.toml".to_owned(), "[book]\ntitle = \"Partners\"\n\n[playbooks]\ndir = \"playbooks\"\n".to_owned()),
        ("content/index.md".to_owned(), "# Partners\n\nBegin [here](area-0/page-0.md).\n".to_owned()),
        ("content/map.md".to_owned(), format!("# Map\n\n```mermaid\n{}```\n", diagram(20))),
    ];
    files.extend((0..pages).map(|n| (path(n), page(n, pages))));
    files.extend((0..pages.div_ceil(AREA)).map(|area| (format!("playbooks/area-{area}.yaml"), playbook(area, pages))));
    files
}

fn path(n: usize) -> String {
    format!("content/area-{}/page-{n}.md", n / AREA)
}

/// A page as people write them: sections, a list, a table, code, and links to two other pages.
pub(crate) fn page(n: usize, pages: usize) -> String {
    let other = |step: usize| {
        let other = (n * 7 + step) % pages;
        format!("../area-{}/page-{other}.md", other / AREA)
    };
    let mut text = format!("---\ntitle: Template {n}\ntags: [template, area-{}]\n---\n# Template {n}\n", n / AREA);
    for section in 0..5 {
        let _ = write!(
            text,
            "\n## Section {section}\n\nBoth sides *agree* on what comes next, as in [the other]({}#section-{section}). A partner \
             **signs**, we deliver, and every quarter we look at `the numbers` again.\n\n- one point\n- another, with \
             [a link]({})\n\n| Who | What |\n|---|---|\n| we | deliver |\n| they | sign |\n",
            other(section + 1),
            other(section + 11),
        );
    }
    text + "\n!!! note \"Remember\"\n    Nothing is agreed before it is signed.\n\n```rust\nfn main() {\n    println!(\"{}\", 6 * 7);\n}\n```\n"
}

fn playbook(area: usize, pages: usize) -> String {
    let mut text = format!("name: Area {area}\ndescription: What is done in area {area}.\nsteps:\n");
    for n in (area * AREA..pages).take(5) {
        let template = path(n).replace("content/", "");
        let _ = write!(text, "  - name: Fill in {n}\n    template: {template}\n    prompt: Write it down.\n");
    }
    text
}

/// A flowchart with this many steps in five lanes: a way forward, shortcuts, and ways back.
pub(crate) fn diagram(nodes: usize) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for lane in 0..5 {
        let _ = writeln!(text, "subgraph L{lane}[Role {lane}]");
        for n in (lane..nodes).step_by(5) {
            let _ = writeln!(text, "n{n}[\"<b>Step {n}</b><br/>with evidence\"]");
        }
        text += "end\n";
    }
    for n in 1..nodes {
        let _ = writeln!(text, "n{} --> n{n}", n - 1);
    }
    for n in (0..nodes).step_by(7).filter(|n| n + 4 < nodes) {
        let _ = writeln!(text, "n{n} --> n{}\nn{} -. again .-> n{n}", n + 4, n + 3);
    }
    text
}
