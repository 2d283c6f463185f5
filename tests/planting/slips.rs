//! Slips of the hand: what other tools read, what is nearly a construct, what was begun and not ended.
//! In: a project. Out: defects.
//! Never knows: how texts are read.

use partner_docs::markdown::LinkKind;

use crate::blocks::{heads, inside};
use crate::ground::{Bed, Ground};
use crate::links::{anchors, inline, paths};
use crate::playbooks::yaml;
use crate::settings::settings;
use crate::trial::{Expected, Plant};
use crate::{Kind, Repair};

const LEAK: &str = "markdown/leaked-syntax";
const URL: &str = "link/malformed-url";

pub(crate) const KINDS: &[Kind] = &[
    ("leak: wiki link", Repair::Unknown, |ground| inline(ground, LEAK, " See §[[Exit terms]].")),
    ("leak: wiki link with a text", Repair::Unknown, |ground| inline(ground, LEAK, " See §[[exit#terms|the terms]].")),
    ("leak: wiki image", Repair::Unknown, |ground| inline(ground, LEAK, " See !§[[qz-map.png]].")),
    ("leak: shortcode", Repair::Unknown, |ground| inline(ground, LEAK, "\n\n§{{< figure src=\"a.png\" >}}")),
    ("leak: shortcode with text", Repair::Unknown, |ground| {
        inline(ground, LEAK, "\n\n§{{% notice tip %}}\nAsk early.\n{{% /notice %}}")
    }),
    ("leak: template tag", Repair::Unknown, |ground| inline(ground, LEAK, "\n\n§{% include qz.html %}")),
    ("leak: template tag in a line", Repair::Unknown, |ground| {
        inline(ground, LEAK, " It is §{% raw %}so{% endraw %}.")
    }),
    ("leak: extension", Repair::Unknown, |ground| inline(ground, LEAK, "\n\n§{::comment}\nNot now.\n{:/comment}")),
    ("leak: id never closed", Repair::Known, |ground| inline(ground, LEAK, "\n\n## Qz terms §{#qz-terms\n\nText.")),
    ("leak: id with a blank", Repair::Known, |ground| inline(ground, LEAK, "\n\n## Qz terms §{# qz-terms}\n\nText.")),
    ("leak: heading without a blank", Repair::Known, |ground| inline(ground, LEAK, "\n\n> §##Qz terms\n\nText.")),
    ("leak: brackets swapped", Repair::Known, |ground| inline(ground, LEAK, " See §(it)[https://example.org/qz].")),
    ("leak: blank in a link", Repair::Known, |ground| inline(ground, LEAK, " See §[it] (https://example.org/qz).")),
    ("leak: link never closed", Repair::Known, |ground| {
        inline(ground, LEAK, " See §[it](https://example.org/qz and on.")
    }),
    ("leak: blank in an address", Repair::Unknown, |ground| {
        inline(ground, LEAK, " See §[it](https:// example.org/qz).")
    }),
    ("leak: box without a blank", Repair::Known, |ground| inline(ground, LEAK, "\n\n- §[] Sign\n- [ ] Count")),
    ("leak: table without dashes", Repair::Known, |ground| inline(ground, LEAK, "\n\n§| A | B |\n| 1 | 2 |")),
    ("leak: too few dashes", Repair::Known, |ground| inline(ground, LEAK, "\n\n§| A | B |\n|---|\n| 1 | 2 |")),
    ("leak: tab without quotes", Repair::Unknown, |ground| inline(ground, LEAK, "\n\n§=== Acme\n\nText.")),
    ("block: empty tab", Repair::Unknown, |ground| {
        inline(ground, "markdown/empty-block", "\n\n§=== \"Acme\"\n\nText.")
    }),
    ("block: empty callout", Repair::Unknown, |ground| {
        inline(ground, "markdown/empty-block", "\n\n§!!! note\nText that stands outside.")
    }),
    ("conflict", Repair::Unknown, |ground| {
        inline(ground, "markdown/conflict", "\n\n§<<<<<<< HEAD\nNinety days.\n=======\nThirty days.\n>>>>>>> terms\n")
    }),
    ("link: no address", Repair::Unknown, |ground| inline(ground, "link/empty-destination", " See §[it]().")),
    ("link: misspelt scheme", Repair::Known, |ground| inline(ground, URL, " See [it](§htps://example.org/qz).")),
    ("link: one slash", Repair::Known, |ground| inline(ground, URL, " See [it](§http:/example.org/qz).")),
    ("link: no mail address", Repair::Unknown, |ground| inline(ground, URL, " Ask [her](§mailto:anna).")),
    ("link: web address without a scheme", Repair::Known, |ground| {
        inline(ground, "link/not-found", " See [it](§www.example.org/qz).")
    }),
    ("link: mail address without a scheme", Repair::Known, |ground| {
        inline(ground, "link/not-found", " Ask [her](§anna@example.org).")
    }),
    ("link: backslashes", Repair::Known, |ground| paths(ground, LinkKind::Markdown, "link/not-found", &backslashed)),
    ("link: encoded", Repair::Unknown, |ground| inline(ground, "link/not-found", " See [it](§qzx%20no%20page.md).")),
    ("link: anchor in other case", Repair::Known, |ground| {
        anchors(ground, &|id| Some(id[..1].to_uppercase() + &id[1..]))
    }),
    ("link: defined twice", Repair::Unknown, |ground| {
        let text = " See [qz it].\n\n[qz it]: https://example.org/a\n[§qz it]: https://example.org/b";
        inline(ground, "link/duplicate-definition", text)
    }),
    ("link: definition unused", Repair::Unknown, |ground| {
        inline(ground, "link/unused-definition", "\n\n§[qz it]: https://example.org/a")
    }),
    ("footnote: defined twice", Repair::Unknown, |ground| {
        inline(ground, "link/duplicate-definition", " So they say.[^qz]\n\n[^qz]: One.\n\n[^§qz]: Two.")
    }),
    ("footnote: unused", Repair::Unknown, |ground| inline(ground, "link/unused-footnote", "\n\n[^§qz]: Nobody asked.")),
    ("heading: empty", Repair::Unknown, |ground| inline(ground, "heading/empty", "\n\n§##\n\nText.")),
    ("heading: another main one", Repair::Unknown, |ground| {
        inline(ground, "heading/multiple-h1", "\n\n# §Another\n\nText.")
    }),
    ("table: cell too many", Repair::Unknown, |ground| {
        inline(ground, "table/extra-cell", "\n\n| A | B |\n|---|---|\n| 1 | 2 | §3 |")
    }),
    ("icon: unknown", Repair::Unknown, |ground| inline(ground, "markdown/unknown-icon", " It is §:material-qzxq:.")),
    ("variable: undefined, without blanks", Repair::Unknown, |ground| {
        inline(ground, "variable/undefined", " Ask §{{qz_nobody}}.")
    }),
    ("diagram: empty", Repair::Unknown, |ground| inline(ground, "diagram/syntax", "\n\n§```mermaid\n```")),
    ("diagram: unknown kind", Repair::Known, |ground| {
        inline(ground, "diagram/syntax", "\n\n```mermaid\n§flowchrt LR\n  a --> b\n```")
    }),
    ("diagram: subgraph never closed", Repair::Unknown, |ground| {
        inline(ground, "diagram/syntax", "\n\n```mermaid\nflowchart LR\n  subgraph §qz\n  a --> b\n```")
    }),
    ("diagram: class of no node", Repair::Unknown, |ground| {
        let diagram = "flowchart LR\n  a[A] --> b[B]\n  classDef big fill:#fff\n  class a,§qzx big";
        inline(ground, "diagram/unknown-id", &format!("\n\n```mermaid\n{diagram}\n```"))
    }),
    ("front matter: misspelt key", Repair::Known, |ground| {
        keyed(ground, "frontmatter/unknown-key", "§ordr: 3", "order:")
    }),
    ("front matter: no truth value", Repair::Unknown, |ground| {
        keyed(ground, "frontmatter/type", "draft: §maybe", "draft:")
    }),
    ("front matter: tab", Repair::Unknown, |ground| keyed(ground, "frontmatter/syntax", "qz:\n§\tqzx: 3", "qz:")),
    ("front matter: key twice", Repair::Unknown, |ground| keyed(ground, "frontmatter/syntax", "qz: 1\n§qz: 2", "qz:")),
    ("nav: page listed twice", Repair::Unknown, listed_twice),
    ("settings: rule without a level", Repair::Unknown, |ground| {
        let text = "[check]\n\"link/absolute\" = §\"loud\"\n\n[output.html]\n";
        if ground.own("book.toml").is_some_and(|(_, text)| text.contains("[check]")) {
            return Vec::new();
        }
        settings(ground, "config/value", ("[output.html]\n", text))
    }),
    ("settings: mount of nothing", Repair::Unknown, |ground| {
        settings(
            ground,
            "config/mount-matches-nothing",
            ("[output.html]\n", "[[mount]]\nfrom = §\"qzx\"\nto = \"qz\"\n\n[output.html]\n"),
        )
    }),
    ("playbook: no steps", Repair::Unknown, |ground| without_steps(ground)),
    ("playbook: step without a name", Repair::Unknown, |ground| {
        yaml(ground, "playbook/missing-name", |_| Some(("\nsteps:\n".into(), "\nsteps:\n  - §owner: Nobody\n".into())))
    }),
    ("playbook: step of the wrong type", Repair::Unknown, |ground| {
        yaml(ground, "playbook/type", |_| Some(("\nsteps:\n".into(), "\nsteps:\n  - §[just, words]\n".into())))
    }),
];

/// Paths with slashes as Windows has them; a backslash before a mark would be Markdown's own.
fn backslashed(path: &str) -> Option<String> {
    let is_plain = path.split('/').skip(1).all(|part| part.starts_with(char::is_alphanumeric));
    let is_page = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md");
    (is_plain && path.contains('/') && is_page).then(|| path.replace('/', "\\"))
}

/// Every page with more front matter, but those that have such a key.
fn keyed(ground: &Ground, code: &'static str, line: &str, taken: &str) -> Vec<Plant> {
    heads(ground, code, &|head, body| {
        (!inside(head).contains(taken)).then(|| format!("---\n{}{line}\n---\n{body}", inside(head)))
    })
}

fn listed_twice(ground: &Ground) -> Vec<Plant> {
    let Some((path, text)) = ground.summary() else { return Vec::new() };
    let entries = text.lines().filter(|line| line.starts_with("- [") && line.ends_with(".md)"));
    let again = |line: &str| {
        let line = line.replacen("](", "](§", 1);
        Some(Plant::marked("nav/listed-twice", &path, &format!("{}\n{line}\n", text.trim_end())))
    };
    entries.filter_map(again).collect()
}

/// A playbook beside the others in which nothing is done.
fn without_steps(ground: &Ground) -> Vec<Plant> {
    let Some(entry) = ground.linked.site.playbooks.first() else { return Vec::new() };
    let Ok(file) = entry.source.parent().join("qz-nothing.yaml") else { return Vec::new() };
    let mut plant = Plant::marked("playbook/no-steps", &file, "name: Nothing\n§steps: []\n");
    // Overviews that are copied by hand miss it.
    let copies = |bed: &Bed<'_>| {
        let at = bed.text.find("| Playbook | Templates")?;
        Some(Expected { code: "playbook/not-listed", file: bed.path.clone(), at: at + 2, or: None })
    };
    plant.expected.extend(ground.beds().iter().filter_map(copies));
    vec![plant]
}
