//! Defects of texts: front matter, fences, HTML, ids, leaks, includes, variables, diagrams.
//! In: a project. Out: defects.
//! Never knows: how texts are read.

use crate::ground::{Bed, Ground, body_of, prose};
use crate::links::inline;
use crate::trial::Plant;
use crate::{Kind, Repair};

pub(crate) const KINDS: &[Kind] = &[
    ("heading: id twice, as an attribute", Repair::Unknown, |ground| {
        inline(ground, "heading/duplicate-id", "\n\n## One {#qz}\n\nText.\n\n## Two {#§qz}\n\nText.")
    }),
    ("heading: id twice, in HTML", Repair::Unknown, |ground| {
        inline(ground, "heading/duplicate-id", "\n\n<a id=\"qz\"></a>\n\nText.\n\n<a id=\"§qz\"></a>\n\nText.")
    }),
    ("front matter: broken YAML", Repair::Unknown, broken_front_matter),
    ("front matter: wrong type", Repair::Unknown, mistyped_front_matter),
    ("front matter: never closed", Repair::Unknown, unclosed_front_matter),
    ("front matter: a second one", Repair::Unknown, second_front_matter),
    ("fence: never closed", Repair::Known, unclosed_fence),
    ("fence: its end lost before the next one", Repair::Known, |ground| {
        let text = "\n\n§```sh\ncode\n\nSay so before you sign it.\n\n```sh\ncode\n```";
        inline(ground, "markdown/unclosed-fence", text)
    }),
    ("callout: title without quotes", Repair::Known, |ground| {
        inline(ground, "markdown/unquoted-title", "\n\n!!! note §Never seen by anybody\n    Text.")
    }),
    ("callout: its text beside it", Repair::Unknown, |ground| {
        inline(ground, "markdown/empty-block", "\n\n§!!! note \"Qz\"\nText.")
    }),
    ("list: broken by a comment", Repair::Unknown, |ground| {
        inline(
            ground,
            "markdown/list-restarts",
            "\n\n1. Sign.\n1. Send.\n\n§<!-- Qz said so. -->\n\n1. Wait.\n1. Call.",
        )
    }),
    ("leak: expression", Repair::Unknown, |ground| {
        inline(ground, "markdown/leaked-syntax", " It is §{{ qz + 1 }} here.")
    }),
    ("allow: nearly", Repair::Unknown, |ground| {
        inline(ground, "check/unknown-allow", "\n\n<!-- §Partner-Docs: allow link/not-found -->\n\nText.")
    }),
    ("html: never closed", Repair::Unknown, unclosed_html),
    ("leak: callout", Repair::Unknown, |ground| {
        inline(ground, "markdown/leaked-syntax", "\n\n§!!! tip \"Never closed\n    Text.")
    }),
    ("include: file not there", Repair::Unknown, |ground| {
        inline(ground, "include/not-found", "\n\n--8<-- \"§qzx-no.md\"\n")
    }),
    ("include: misspelt", Repair::Known, misspelt_include),
    ("include: itself", Repair::Unknown, own_include),
    ("variable: undefined", Repair::Unknown, |ground| inline(ground, "variable/undefined", " Ask §{{ qz_nobody }}.")),
    ("diagram: unreadable arrow", Repair::Unknown, |ground| {
        inline(ground, "diagram/syntax", "\n\n```mermaid\nflowchart LR\n  a --> b\n  a §==- b\n```")
    }),
    ("diagram: unreadable node", Repair::Unknown, |ground| {
        inline(ground, "diagram/syntax", "\n\n```mermaid\nflowchart LR\n  a§[Recruit --> b\n```")
    }),
    ("diagram: click to nothing", Repair::Unknown, |ground| {
        inline(
            ground,
            "diagram/click-not-found",
            "\n\n```mermaid\nflowchart LR\n  a[Recruit]\n  click a \"§../qzx-no/\"\n```",
        )
    }),
    ("directive: unknown", Repair::Known, |ground| {
        let Some(entry) = ground.linked.site.playbooks.first() else { return Vec::new() };
        inline(ground, "directive/unknown", &format!("\n\n```§{{playbook-flw}} {}\n```", entry.playbook.id))
    }),
];

/// Every page with another front matter.
pub(crate) fn heads(ground: &Ground, code: &'static str, head: &dyn Fn(&str, &str) -> Option<String>) -> Vec<Plant> {
    let of_page = |bed: &Bed<'_>| {
        let body = body_of(bed.text);
        Some(Plant::marked(code, &bed.path, &head(&bed.text[..body], &bed.text[body..])?))
    };
    ground.beds().iter().filter_map(of_page).collect()
}

/// What a head says, between its marks; for a page without one, nothing.
pub(crate) fn inside(head: &str) -> &str {
    head.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n")).unwrap_or_default()
}

fn broken_front_matter(ground: &Ground) -> Vec<Plant> {
    heads(ground, "frontmatter/syntax", &|head, body| {
        Some(format!("---\n{}qz: §\"never closed\n---\n{body}", inside(head)))
    })
}

fn mistyped_front_matter(ground: &Ground) -> Vec<Plant> {
    heads(ground, "frontmatter/type", &|head, body| {
        let free = !inside(head).contains("order:");
        free.then(|| format!("---\n{}order: §soon\n---\n{body}", inside(head)))
    })
}

fn unclosed_front_matter(ground: &Ground) -> Vec<Plant> {
    heads(ground, "frontmatter/syntax", &|head, body| {
        let keys = inside(head);
        (!keys.is_empty() && body.trim_start().starts_with('#')).then(|| format!("§---\n{keys}\n{body}"))
    })
}

fn second_front_matter(ground: &Ground) -> Vec<Plant> {
    heads(ground, "markdown/leaked-syntax", &|head, body| {
        // A page that has one already would have a third.
        (!head.is_empty() && !body.starts_with("---")).then(|| format!("{head}§---\nversion: 2\n---\n{body}"))
    })
}

/// The last fence of a page without its end, where nothing but prose follows.
fn unclosed_fence(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        let Some(end) = prose(bed.text).last().copied() else { continue };
        let rest = &bed.text[end..];
        let quiet = !rest.contains("```") && !rest.contains("](") && !rest.contains("\n#") && !rest.contains('<');
        if quiet {
            let text = "\n\n§```yaml\nname: Recruit\n";
            plants.push(Plant::edit("markdown/unclosed-fence", &bed.path, bed.text, (end..end, text)));
        }
    }
    plants
}

/// An element without an end, outside all others: inside one, it would take that one's end for its own.
fn unclosed_html(ground: &Ground) -> Vec<Plant> {
    let plants = inline(ground, "markdown/unclosed-html", "\n\n§<div class=\"qz\">\n\nText.");
    let outside = |plant: &Plant| {
        let (_, text) = &plant.files[0];
        let before = &text[..plant.expected[0].at];
        before.matches("<div").count() == before.matches("</div").count()
    };
    plants.into_iter().filter(outside).collect()
}

fn misspelt_include(ground: &Ground) -> Vec<Plant> {
    let beds = ground.beds();
    let with_file = |bed: &Bed<'_>| {
        let end = *prose(bed.text).last()?;
        let file = bed.path.parent().join("qz-terms.txt").ok()?;
        let text = "\n\n--8<-- \"§qz-trems.txt\"\n";
        Some(Plant::edit("include/not-found", &bed.path, bed.text, (end..end, text)).with(file, "Thirty days.\n"))
    };
    beds.iter().filter_map(with_file).collect()
}

fn own_include(ground: &Ground) -> Vec<Plant> {
    let of_page = |bed: &Bed<'_>| {
        let end = *prose(bed.text).last()?;
        let text = format!("\n\n--8<-- \"§{}\"\n", bed.path.file_name());
        Some(Plant::edit("include/cycle", &bed.path, bed.text, (end..end, &text)))
    };
    ground.beds().iter().filter_map(of_page).collect()
}
