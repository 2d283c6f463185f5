//! Defects of links: those of every link that there is, and links that are added to prose.
//! In: a project. Out: defects.
//! Never knows: how links are resolved.

use partner_docs::markdown::{Heading, LinkKind};
use partner_docs::site::{LinkProblem, Target};
use partner_docs::source::SourcePath;
use partner_docs::url::Destination;

use crate::ground::{Bed, Ground, Planted, prose};
use crate::trial::{Expected, Plant};
use crate::{Kind, Repair};

pub(crate) const KINDS: &[Kind] = &[
    ("link: letter added to a path", Repair::Known, |ground| {
        paths(ground, LinkKind::Markdown, "link/not-found", &added)
    }),
    ("link: letter missing in a path", Repair::Known, |ground| {
        paths(ground, LinkKind::Markdown, "link/not-found", &dropped)
    }),
    ("link: letters swapped in a path", Repair::Known, |ground| {
        paths(ground, LinkKind::Markdown, "link/not-found", &swapped)
    }),
    ("link: wrong folder", Repair::Known, |ground| paths(ground, LinkKind::Markdown, "link/not-found", &misfiled)),
    ("link: `.md` missing", Repair::Known, |ground| paths(ground, LinkKind::Markdown, "link/not-found", &bare)),
    ("link: letter case", Repair::Known, |ground| paths(ground, LinkKind::Markdown, "link/case-mismatch", &cased)),
    ("link: unknown page", Repair::Unknown, |ground| inline(ground, "link/not-found", " See [it](§qzx/no-page.md).")),
    ("link: through a definition", Repair::Unknown, |ground| {
        inline(ground, "link/not-found", " See [it][qz].\n\n[qz]: §qzx-no.md")
    }),
    ("link: in a table", Repair::Unknown, |ground| {
        inline(ground, "link/not-found", "\n\n| A | B |\n|---|---|\n| x | [it](§qzx-no.md) |")
    }),
    ("link: anchor on this page", Repair::Unknown, |ground| {
        inline(ground, "link/anchor-not-found", " See [it](§#qzx-nowhere).")
    }),
    ("link: anchor misspelt", Repair::Known, anchors_misspelt),
    ("link: anchor with other hyphens", Repair::Known, anchors_folded),
    ("link: heading reworded", Repair::Unknown, headings_renamed),
    ("link: page gone", Repair::Unknown, pages_gone),
    ("link: page renamed", Repair::Unknown, pages_renamed),
    ("link: outside the repository", Repair::Unknown, |ground| {
        inline(ground, "link/outside-root", " See [it](§../../../../../../../../qz.md).")
    }),
    ("link: from the web server's root", Repair::Known, absolute),
    ("link: no text", Repair::Unknown, |ground| inline(ground, "link/empty-text", " See §[](https://example.org/).")),
    ("link: undefined reference", Repair::Unknown, |ground| {
        inline(ground, "link/undefined-reference", " See §[it][qz nowhere].")
    }),
    ("link: undefined collapsed reference", Repair::Unknown, |ground| {
        inline(ground, "link/undefined-reference", " See §[qz nowhere][].")
    }),
    ("link: undefined footnote", Repair::Unknown, |ground| {
        inline(ground, "link/undefined-footnote", " So they say.§[^qz]")
    }),
    ("link: vanishing definition", Repair::Known, |ground| {
        inline(ground, "link/vanishing-definition", "\n\n- §[Milestone 1]: [Date]\n- Signed")
    }),
    ("image: not there", Repair::Unknown, |ground| {
        inline(ground, "link/image-not-found", " ![A drawing](§qzx/no.png)")
    }),
    ("image: misspelt", Repair::Known, misspelt_images),
    ("image: no text", Repair::Unknown, |ground| inline(ground, "link/empty-alt", " §![](https://example.org/a.png)")),
    ("html: href to nothing", Repair::Unknown, |ground| {
        inline(ground, "link/html-not-found", " <a href=\"§qzx-no/\">it</a>")
    }),
    ("html: href misspelt", Repair::Known, |ground| paths(ground, LinkKind::HtmlHref, "link/html-not-found", &added)),
    ("html: src to nothing", Repair::Unknown, |ground| {
        inline(ground, "link/html-not-found", " <img alt=\"x\" src=\"§qzx-no.png\">")
    }),
    ("html: dead anchor", Repair::Unknown, |ground| {
        inline(ground, "link/anchor-not-found", " <a href=\"§#qzx-no\">it</a>")
    }),
];

/// An image beside every page, and the page shows one of nearly that name.
fn misspelt_images(ground: &Ground) -> Vec<Plant> {
    let beside = |bed: &Bed<'_>| {
        let ends = prose(bed.text);
        let end = *ends.get(crate::chosen(ends.len(), bed.path.as_str()))?;
        let file = bed.path.parent().join("qz-drawing.svg").ok().filter(|path| ground.publishes(path))?;
        let text = " ![A drawing](§qz-drawnig.svg)";
        let plant = Plant::edit("link/image-not-found", &bed.path, bed.text, (end..end, text));
        Some(plant.with(file, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"))
    };
    ground.beds().iter().filter_map(beside).collect()
}

/// The same text behind a paragraph of every page.
pub(crate) fn inline(ground: &Ground, code: &'static str, text: &str) -> Vec<Plant> {
    let of_page = |bed: &Bed<'_>| {
        let ends = prose(bed.text);
        // One of each page: pages differ more than their paragraphs do.
        let end = *ends.get(crate::chosen(ends.len(), bed.path.as_str()))?;
        Some(Plant::edit(code, &bed.path, bed.text, (end..end, text)))
    };
    ground.beds().iter().filter_map(of_page).collect()
}

/// Every link of a kind with another path, where that leads nowhere.
pub(crate) fn paths(
    ground: &Ground,
    kind: LinkKind,
    code: &'static str,
    change: &dyn Fn(&str) -> Option<String>,
) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        let links = ground.links(&bed);
        let local = links.iter().filter(|planted| {
            let target = &planted.resolution.target;
            planted.link.kind == kind && !planted.is_click && matches!(target, Target::Page(..) | Target::Asset(..))
        });
        for planted in local {
            let written = planted.link.destination.as_str();
            let (path, rest) = written.split_at(written.find('#').unwrap_or(written.len()));
            let Some(changed) = change(path).filter(|changed| changed != path) else { continue };
            let resolution = ground.linked.site.resolve(bed.id, kind, &changed);
            if matches!(resolution.problem, Some(LinkProblem::NotFound | LinkProblem::CaseMismatch(_)))
                && !drawn_from(planted)
            {
                let new = format!("§{changed}{rest}");
                plants.push(Plant::edit(code, &bed.path, bed.text, (planted.link.span.range(), &new)));
            }
        }
    }
    plants
}

/// Whether a link is part of a table that is held against a playbook or a map: those have kinds of their own.
fn drawn_from(planted: &Planted<'_>) -> bool {
    let start = planted.link.span.range().start;
    let line = planted.bed.text[..start].rfind('\n').map_or(0, |at| at + 1);
    planted.bed.text[line..start].starts_with('|') && !planted.bed.page.maps.is_empty()
}

fn stem(path: &str) -> Option<(&str, &str, &str)> {
    let (folder, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let (stem, extension) = name.split_at(name.rfind('.')?);
    (stem.len() > 4).then_some((folder, stem, extension))
}

fn added(path: &str) -> Option<String> {
    if let Some(folder) = path.strip_suffix('/').filter(|folder| !folder.ends_with("..")) {
        return (folder.len() > 4).then(|| format!("{folder}x/"));
    }
    let (folder, stem, extension) = stem(path)?;
    Some(format!("{folder}{stem}x{extension}"))
}

fn dropped(path: &str) -> Option<String> {
    let (folder, stem, extension) = stem(path)?;
    Some(format!("{folder}{}{extension}", &stem[..stem.len() - 1]))
}

fn swapped(path: &str) -> Option<String> {
    let (folder, stem, extension) = stem(path)?;
    let at = stem.len() - 2;
    let (a, b) = (&stem[at..=at], &stem[at + 1..]);
    (a != b).then(|| format!("{folder}{}{b}{a}{extension}", &stem[..at]))
}

fn misfiled(path: &str) -> Option<String> {
    let (folder, stem, extension) = stem(path)?;
    (!matches!(stem, "index" | "README")).then(|| format!("{folder}qz/{stem}{extension}"))
}

fn bare(path: &str) -> Option<String> {
    path.strip_suffix(".md").map(str::to_owned)
}

fn cased(path: &str) -> Option<String> {
    let (folder, stem, extension) = stem(path)?;
    let first = stem.chars().next().filter(char::is_ascii_alphabetic)?;
    let other = if first.is_ascii_uppercase() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
    Some(format!("{folder}{other}{}{extension}", &stem[1..]))
}

fn with_anchor<'a>(planted: &'a Planted<'a>) -> Option<(usize, &'a str)> {
    let is_page = matches!(planted.resolution.target, Target::Page(_, Some(_)));
    let at = planted.link.destination.find('#').filter(|_| is_page && !planted.is_click)?;
    (!drawn_from(planted)).then_some((at, &planted.link.destination[at + 1..]))
}

pub(crate) fn anchors(ground: &Ground, change: &dyn Fn(&str) -> Option<String>) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        for planted in &ground.links(&bed) {
            let Some((at, id)) = with_anchor(planted) else { continue };
            let Some(changed) = change(id).filter(|changed| changed != id) else { continue };
            let new = format!("{}#{changed}", &planted.link.destination[..at]);
            let resolution = ground.linked.site.resolve(bed.id, planted.link.kind, &new);
            if matches!(resolution.problem, Some(LinkProblem::AnchorNotFound(..))) {
                let new = format!("{}§#{changed}", &planted.link.destination[..at]);
                plants.push(Plant::edit(
                    "link/anchor-not-found",
                    &bed.path,
                    bed.text,
                    (planted.link.span.range(), &new),
                ));
            }
        }
    }
    plants
}

fn anchors_misspelt(ground: &Ground) -> Vec<Plant> {
    anchors(ground, &|id| Some(format!("{id}x")))
}

fn anchors_folded(ground: &Ground) -> Vec<Plant> {
    anchors(ground, &|id| {
        if id.contains("--") {
            Some(id.replace("--", "-"))
        } else {
            id.contains('-').then(|| id.replacen('-', "--", 1))
        }
    })
}

/// A heading with other words: every link to it is dead, each at its own place.
fn headings_renamed(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        let own = |heading: &&Heading| heading.id_span.is_none() && heading.span.source == bed.page.source;
        plants
            .extend(bed.page.document.headings.iter().filter(own).filter_map(|heading| renamed(ground, &bed, heading)));
    }
    plants
}

fn renamed(ground: &Ground, bed: &Bed<'_>, heading: &Heading) -> Option<Plant> {
    let new = "Quite another matter";
    let target = Target::Page(bed.id, Some(heading.id.clone()));
    let mut expected = links_to(ground, bed, &|planted| planted.resolution.target == target)?;
    let range = heading.span.range();
    for expected in expected.iter_mut().filter(|expected| expected.file == bed.path && expected.at > range.start) {
        expected.at = expected.at + new.len() - range.len();
    }
    let text = format!("{}{new}{}", &bed.text[..range.start], &bed.text[range.end..]);
    (!expected.is_empty()).then(|| Plant { files: vec![(bed.path.clone(), text)], gone: Vec::new(), expected })
}

/// The places of all links that a change breaks; `None` when some of them belong to maps or playbooks.
fn links_to(ground: &Ground, own: &Bed<'_>, is_meant: &dyn Fn(&Planted<'_>) -> bool) -> Option<Vec<Expected>> {
    let mut expected = Vec::new();
    for bed in ground.beds() {
        for planted in ground.links(&bed).iter().filter(|planted| is_meant(planted)) {
            if planted.is_click || drawn_from(planted) {
                return None;
            }
            let start = planted.link.span.range().start;
            let anchor = planted.link.destination.find('#');
            expected.push(Expected {
                code: "link/anchor-not-found",
                file: bed.path.clone(),
                at: start + anchor?,
                or: None,
            });
        }
    }
    // Links that do not stand there as they read would be missed here.
    let all = ground.beds().iter().map(|bed| ground.linked.site.links(bed.id).len()).sum::<usize>();
    (all > 0 && own.page.maps.is_empty()).then_some(expected)
}

/// What breaks when a page is not there: links, its entry in the navigation.
fn without_page(ground: &Ground, own: &Bed<'_>) -> Option<Vec<Expected>> {
    let mut expected = Vec::new();
    // A page that shows a drawing is the place from which the drawing's links are seen.
    let shows_drawings = !own.page.maps.is_empty() || own.text.contains(".svg");
    // Other rules look at front matter that the next page shows as text, and would tell of the new name.
    let is_clean = !ground.baseline.iter().any(|found| found.is_in(&own.path));
    let beside = own.path.parent().join("qz.md").is_ok_and(|path| ground.publishes(&path));
    if !ground.linked.site.uses(own.id).is_empty() || shows_drawings || !is_clean || !beside {
        return None;
    }
    for bed in ground.beds().iter().filter(|bed| bed.id != own.id) {
        for (link, resolution) in bed.page.links.iter().zip(ground.linked.site.links(bed.id)) {
            if !matches!(resolution.target, Target::Page(id, _) if id == own.id) {
                continue;
            }
            let code = match link.kind {
                LinkKind::Markdown => "link/not-found",
                LinkKind::HtmlHref => "link/html-not-found",
                _ => return None,
            };
            if !bed.page.maps.is_empty() || link.span.source != bed.page.source {
                return None;
            }
            expected.push(Expected { code, file: bed.path.clone(), at: link.span.range().start, or: None });
        }
    }
    let (summary, text) = ground.summary()?;
    let name = own.path.file_name();
    let entry = text.match_indices(']').find_map(|(at, _)| {
        let (path, _) = text[at..].strip_prefix("](")?.split_once(')')?;
        let Destination::Local { path, .. } = Destination::parse(path) else { return None };
        let listed = ground.linked.site.page(own.id).mounted.as_str() == path;
        listed.then_some(at + 2)
    })?;
    let is_alone = !matches!(name, "index.md" | "README.md");
    expected.push(Expected { code: "nav/page-not-found", file: summary, at: entry, or: None });
    is_alone.then_some(expected)
}

fn pages_gone(ground: &Ground) -> Vec<Plant> {
    let gone = |bed: &Bed<'_>| {
        let expected = without_page(ground, bed)?;
        Some(Plant { files: Vec::new(), gone: vec![bed.path.clone()], expected })
    };
    ground.beds().iter().filter_map(gone).collect()
}

fn pages_renamed(ground: &Ground) -> Vec<Plant> {
    let renamed = |bed: &Bed<'_>| {
        let mut expected = without_page(ground, bed)?;
        let new = bed.path.parent().join("quite-another-name.md").ok().filter(|path| ground.publishes(path))?;
        expected.push(Expected { code: "nav/orphan", file: new.clone(), at: 0, or: None });
        // Links to its own places by its own name break as well; few pages do that.
        let own = bed.page.links.iter().zip(ground.linked.site.links(bed.id));
        let to_itself = own.filter(|(link, resolution)| {
            matches!(resolution.target, Target::Page(id, _) if id == bed.id) && !link.destination.starts_with('#')
        });
        (to_itself.count() == 0).then(|| Plant {
            files: vec![(new, bed.text.to_owned())],
            gone: vec![bed.path.clone()],
            expected,
        })
    };
    ground.beds().iter().filter_map(renamed).collect()
}

/// The address of a page in the place of the path to it.
fn absolute(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        for planted in ground.links(&bed).iter().filter(|planted| planted.link.kind == LinkKind::Markdown) {
            let Target::Page(id, None) = planted.resolution.target else { continue };
            let new = format!("§{}", ground.linked.site.page(id).address);
            if !drawn_from(planted) && SourcePath::new(&planted.link.destination).is_ok() {
                plants.push(Plant::edit("link/absolute", &bed.path, bed.text, (planted.link.span.range(), &new)));
            }
        }
    }
    plants
}
