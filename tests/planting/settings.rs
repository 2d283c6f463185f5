//! Defects of what is around the pages: navigation, addresses, redirects, settings, drawings.
//! In: a project. Out: defects.
//! Never knows: how settings are read.

use partner_docs::source::SourcePath;

use crate::ground::{Bed, Ground};
use crate::trial::Plant;
use crate::{Kind, Repair};

pub(crate) const KINDS: &[Kind] = &[
    ("nav: entry misspelt", Repair::Known, misspelt_entries),
    ("nav: page in no navigation", Repair::Unknown, |ground| new_pages(ground, "nav/orphan", "§# New\n")),
    ("nav: draft linked", Repair::Unknown, drafts_linked),
    ("address: two pages want one", Repair::Unknown, two_at_one_address),
    ("redirect: from front matter, taken", Repair::Unknown, redirects_from_taken),
    ("redirect: loop", Repair::Unknown, |ground| {
        redirects(ground, "redirect/loop", "§\"/qz-a/\" = \"/qz-b/\"\n\"/qz-b/\" = \"/qz-a/\"")
    }),
    ("redirect: to nothing", Repair::Unknown, |ground| {
        redirects(ground, "redirect/not-found", "\"/qz-a/\" = §\"/qzx-nowhere/\"")
    }),
    ("redirect: to no heading", Repair::Unknown, redirects_to_no_heading),
    ("settings: unknown key", Repair::Known, |ground| {
        settings(ground, "config/unknown-key", ("[book]\n", "[book]\n§text-directon = \"ltr\"\n"))
    }),
    ("settings: wrong type", Repair::Unknown, |ground| {
        settings(ground, "config/type", ("[book]\n", "[book]\ntext-direction = §7\n"))
    }),
    ("settings: unknown rule", Repair::Known, unknown_rules),
    ("drawing: dead link", Repair::Unknown, drawings),
    ("repository: link in an unpublished page", Repair::Unknown, unpublished),
];

fn misspelt_entries(ground: &Ground) -> Vec<Plant> {
    let Some((path, text)) = ground.summary() else { return Vec::new() };
    let ends = text.match_indices(".md)").filter(|(at, _)| !text[..*at].ends_with("index"));
    let plant = |(at, _): (usize, &str)| {
        let start = text[..at].rfind("](")? + 2;
        // That the page itself is in no navigation then has the same cause.
        let is_page = ground.linked.site.pages().any(|(_, page)| page.mounted.as_str() == &text[start..at + 3]);
        let new = format!("§{}x", &text[start..at]);
        is_page.then(|| Plant::edit("nav/page-not-found", &path, &text, (start..at, &new)))
    };
    ends.filter_map(plant).collect()
}

fn new_pages(ground: &Ground, code: &'static str, text: &str) -> Vec<Plant> {
    let beside = |bed: &Bed<'_>| {
        let path = bed.path.parent().join("qz-new-page.md").ok().filter(|path| ground.publishes(path))?;
        Some(Plant::marked(code, &path, text))
    };
    if ground.summary().is_none() { Vec::new() } else { ground.beds().iter().filter_map(beside).collect() }
}

fn drafts_linked(ground: &Ground) -> Vec<Plant> {
    let Some((settings, text)) = ground.own("book.toml") else { return Vec::new() };
    // Where the repository can be seen on the web, a link to a draft leads there.
    let unseen: String = text.split_inclusive('\n').filter(|line| !line.starts_with("git-repository-url")).collect();
    let linked = |bed: &Bed<'_>| {
        let end = *crate::ground::prose(bed.text).last()?;
        let draft = bed.path.parent().join("qz-draft.md").ok()?;
        let plant = Plant::edit("link/not-published", &bed.path, bed.text, (end..end, " See [it](§qz-draft.md)."));
        let plant = plant.with(draft, "---\ndraft: true\n---\n# Draft\n").with(settings.clone(), &unseen);
        // The one page that links into the repository.
        let (apart, text) = ground.own("QUICKSTART.md")?;
        (bed.path != apart).then(|| plant.with(apart, &text.replace("](LICENSE)", "](https://example.org/)")))
    };
    // What links into the repository elsewhere would be found as well.
    if ground.name == "small" { ground.beds().iter().filter_map(linked).collect() } else { Vec::new() }
}

fn two_at_one_address(ground: &Ground) -> Vec<Plant> {
    let with_twin = |bed: &Bed<'_>| {
        let folder = bed.path.as_str().strip_suffix(".md")?;
        if matches!(bed.path.stem(), "index" | "README" | "404") {
            return None;
        }
        let twin = SourcePath::new(&format!("{folder}/index.md")).ok()?;
        let is_free = !ground.linked.site.repository.contains(&twin) && ground.publishes(&twin);
        is_free.then(|| Plant::marked("url/duplicate", &twin, "§# Twin\n"))
    };
    ground.beds().iter().filter_map(with_twin).collect()
}

fn redirects_from_taken(ground: &Ground) -> Vec<Plant> {
    let home = ground.linked.site.pages().find(|(_, page)| page.markdown().is_some() && page.address.as_str() != "/");
    let Some(taken) = home.map(|(_, page)| page.address.to_string()) else { return Vec::new() };
    let claims = |bed: &Bed<'_>| {
        let (head, body) = bed.text.split_at(crate::ground::body_of(bed.text));
        let keys = head.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n")).unwrap_or_default();
        let text = format!("---\n{keys}redirect_from: §{taken}\n---\n{body}");
        Some(Plant::marked("url/duplicate", &bed.path, &text))
    };
    ground.beds().iter().filter_map(claims).collect()
}

/// book.toml with something in the place of something else.
pub(crate) fn settings(ground: &Ground, code: &'static str, (old, new): (&str, &str)) -> Vec<Plant> {
    let Some((path, text)) = ground.own("book.toml") else { return Vec::new() };
    let at = text.find(old).map(|at| at..at + old.len());
    at.map(|at| Plant::edit(code, &path, &text, (at, new))).into_iter().collect()
}

fn redirects(ground: &Ground, code: &'static str, lines: &str) -> Vec<Plant> {
    let head = "[output.html.redirect]\n";
    if ground.own("book.toml").is_some_and(|(_, text)| text.contains(head)) {
        return settings(ground, code, (head, &format!("{head}{lines}\n")));
    }
    let table = format!("{head}{lines}\n\n[output.html]\n");
    settings(ground, code, ("[output.html]\n", &table))
}

fn redirects_to_no_heading(ground: &Ground) -> Vec<Plant> {
    let page = ground.linked.site.pages().find(|(_, page)| page.markdown().is_some() && page.address.as_str() != "/");
    let Some((_, page)) = page else { return Vec::new() };
    redirects(ground, "redirect/not-found", &format!("\"/qz-a/\" = §\"{}#qzx-nowhere\"", page.address))
}

fn unknown_rules(ground: &Ground) -> Vec<Plant> {
    let Some((path, text)) = ground.own("book.toml") else { return Vec::new() };
    let line = "§\"link/not-fuond\" = \"warn\"\n";
    let plant = match text.find("[check]\n") {
        Some(at) => Plant::edit("config/unknown-rule", &path, &text, (at + 8..at + 8, line)),
        None => Plant::marked("config/unknown-rule", &path, &format!("{text}\n[check]\n{line}")),
    };
    vec![plant]
}

fn drawings(ground: &Ground) -> Vec<Plant> {
    let beside = |bed: &Bed<'_>| {
        let file = bed.path.parent().join("qz-drawing.svg").ok().filter(|path| ground.publishes(path))?;
        let text = "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"§qzx-nowhere/\"><text>x</text></a></svg>\n";
        Some(Plant::marked("link/asset-link-not-found", &file, text))
    };
    ground.beds().iter().filter_map(beside).collect()
}

/// A page that links a heading of a file which is only in the repository.
fn unpublished(ground: &Ground) -> Vec<Plant> {
    if ground.linked.site.config.repository.is_none() {
        return Vec::new();
    }
    let linked = |bed: &Bed<'_>| {
        let end = *crate::ground::prose(bed.text).last()?;
        let file = SourcePath::new("qz-apart/NOTES.md").ok()?;
        let up = file.relative_to(&bed.path.parent());
        let text = format!(" See [it]({up}§#qzx-nowhere).");
        let plant = Plant::edit("link/anchor-not-found", &bed.path, bed.text, (end..end, &text));
        Some(plant.with(file, "# Notes\n\n## Terms\n"))
    };
    ground.beds().iter().filter_map(linked).collect()
}
