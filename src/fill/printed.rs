//! Documents as one page to print, with a cover and contents.
//! In: a job, and a style sheet. Out: HTML that needs no other file.
//! Never knows: the theme's templates, the site's navigation.

use std::fmt::Write as _;

use super::address::{Lead, lead};
use super::text::title;
use super::{Document, Job};
use crate::html::escaped;
use crate::markdown::HoleContent;
use crate::page::{EmbedContent, Page, PageMap};
use crate::site::Site;

/// What only such a page needs.
const STYLE: &str = include_str!("printed.css");

/// All documents in one page. `values` are what they were filled with, for the cover.
#[must_use]
pub fn printed(site: &Site, job: &Job, style: &str, values: &[(String, String)]) -> String {
    let name = match job.playbook {
        Some(id) => site.playbook(id).playbook.name.value.clone(),
        None => job.documents.first().map(|document| title(site, document)).unwrap_or_default(),
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\" data-scheme=\"light\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n{style}\n{STYLE}</style>\n\
         </head>\n<body class=\"printed\">\n",
        escaped(&site.config.language),
        escaped(&name)
    );
    html.push_str(&cover(site, job, &name, values));
    if job.documents.len() > 1 {
        html.push_str(&contents(site, job));
    }
    html.push_str("<main>\n");
    for (index, document) in job.documents.iter().enumerate() {
        let Some(page) = site.page(document.page).markdown() else { continue };
        let _ = writeln!(html, "<article class=\"prose\" id=\"d{}\">", index + 1);
        if page.document.headings.iter().all(|heading| heading.level > 1) {
            let _ = writeln!(html, "<h1>{}</h1>", escaped(&title(site, document)));
        }
        html.push_str(&content(site, job, (index, document), page));
        html.push_str("</article>\n");
    }
    html + "</main>\n</body>\n</html>\n"
}

fn cover(site: &Site, job: &Job, name: &str, values: &[(String, String)]) -> String {
    let mut html =
        format!("<header class=\"cover\">\n<p>{}</p>\n<h1>{}</h1>\n", escaped(&site.config.title), escaped(name));
    let description = job.playbook.and_then(|id| site.playbook(id).playbook.description.as_ref());
    if let Some(description) = description {
        let _ = writeln!(html, "<p class=\"lead\">{}</p>", escaped(&description.value));
    }
    if !values.is_empty() {
        html.push_str("<dl>\n");
        for (name, value) in values {
            let _ = writeln!(html, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(&label(name)), escaped(value));
        }
        html.push_str("</dl>\n");
    }
    html + "</header>\n"
}

fn contents(site: &Site, job: &Job) -> String {
    let mut html = String::from(
        "<nav class=\"contents\" aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ol>\n",
    );
    for (index, document) in job.documents.iter().enumerate() {
        let _ = writeln!(html, "<li><a href=\"#d{}\">{}</a></li>", index + 1, escaped(&title(site, document)));
    }
    html + "</ol>\n</nav>\n"
}

/// The HTML of a document, its ids told apart from those of the others.
fn content(site: &Site, job: &Job, (index, document): (usize, &Document), page: &Page) -> String {
    let address = |link: usize| match lead(site, job, document.page, link) {
        Lead::Beside(to, _, None) => format!("#d{}", to + 1),
        Lead::Beside(to, _, Some(anchor)) => format!("#d{}-{anchor}", to + 1),
        Lead::Web(url) => url,
        Lead::AsWritten => page.links[link].destination.clone(),
    };
    let mut html = String::with_capacity(page.document.html.len());
    let mut done = 0;
    for hole in &page.document.holes {
        html.push_str(&with_ids(&page.document.html[done..hole.at], index));
        done = hole.at;
        html.push_str(&match hole.content {
            HoleContent::Address(link) => escaped(&address(link as usize)),
            HoleContent::Embed(embed) => embedded(page, &page.embeds[embed as usize], index, &address),
            HoleContent::Table(table) => {
                let maps = page.maps.iter().filter(|map| map.is_above_table && map.table == Some(table as usize));
                maps.map(|map| drawn(map, index, &address)).collect()
            }
            HoleContent::Tags => String::new(),
            HoleContent::Blank(blank) => {
                let blank = &page.document.blanks[blank as usize];
                escaped(site.facts.value(&blank.name).as_ref().unwrap_or(&blank.written))
            }
        });
    }
    html + &with_ids(&page.document.html[done..], index)
}

fn embedded(page: &Page, content: &EmbedContent, index: usize, address: &dyn Fn(usize) -> String) -> String {
    match content {
        EmbedContent::Map(map) => drawn(&page.maps[*map], index, address),
        EmbedContent::Drawn { svg, .. } => format!("<figure>{}</figure>\n", with_drawn_ids(svg, index)),
        EmbedContent::Source { text, .. } => format!("<pre><code>{}</code></pre>\n", escaped(text)),
        EmbedContent::Directive(_) | EmbedContent::Swimlane(_) => String::new(),
    }
}

fn drawn(map: &PageMap, index: usize, address: &dyn Fn(usize) -> String) -> String {
    let svg = map.drawing.fill(|node| map.link(node).map(address).unwrap_or_default());
    format!("<figure class=\"map\">{}</figure>\n", with_drawn_ids(&svg, index))
}

/// The ids of a drawing, which begin with `map-`, and what points to them, told apart from those of other documents.
fn with_drawn_ids(svg: &str, index: usize) -> String {
    svg.replace("\"map-", &format!("\"d{}-map-", index + 1)).replace("#map-", &format!("#d{}-map-", index + 1))
}

/// Ids and what points to them, told apart from those of other documents.
fn with_ids(html: &str, index: usize) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (at, _) in html.match_indices('<') {
        let end = html[at..].find('>').map_or(html.len(), |end| at + end);
        if at < done {
            continue;
        }
        out.push_str(&html[done..at]);
        let mut tag = html[at..end].to_owned();
        for name in [" id=\"", " for=\"", " aria-labelledby=\"", " aria-describedby=\"", " href=\"#"] {
            tag = tag.replace(name, &format!("{name}d{}-", index + 1));
        }
        out.push_str(&tag);
        done = end;
    }
    out + &html[done..]
}

/// `partner_name` reads `Partner name`.
fn label(name: &str) -> String {
    let words = name.replace(['_', '-', '.'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
