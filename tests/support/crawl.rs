//! A reader who follows every link of a built site, knowing nothing but its HTML.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use partner_docs::html::decode_attribute;
use partner_docs::html::tokenizer::{Markup, Token, Tokens};
use partner_docs::render::SiteFile;

/// Every address in a page that leads to nothing of the site, as `page -> address`.
pub(crate) fn dead_links(files: &[SiteFile]) -> BTreeSet<String> {
    let pages: HashMap<&str, HashSet<String>> = files
        .iter()
        .map(|file| {
            let ids = if is_page(&file.path) { ids(&String::from_utf8_lossy(&file.bytes)) } else { HashSet::new() };
            (file.path.as_str(), ids)
        })
        .collect();
    let mut dead = BTreeSet::new();
    for file in files.iter().filter(|file| is_page(&file.path)) {
        let html = String::from_utf8_lossy(&file.bytes);
        for address in addresses(&html) {
            if !leads_somewhere(&pages, &file.path, &address) {
                dead.insert(format!("{} -> {address}", file.path));
            }
        }
    }
    dead
}

/// Every address in a page, other than the one for missing addresses, that works at one place only: it starts at the root
/// of a web server, or, for a reader who opens the page from a disk, at a folder.
pub(crate) fn bound_links(files: &[SiteFile], opens_from_disk: bool) -> BTreeSet<String> {
    let mut bound = BTreeSet::new();
    for file in files.iter().filter(|file| is_page(&file.path) && file.path != "404.html") {
        for address in addresses(&String::from_utf8_lossy(&file.bytes)) {
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let is_folder = path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | ".."));
            let is_local = !path.contains(':');
            if is_local && (path.starts_with('/') || (opens_from_disk && is_folder)) {
                bound.insert(format!("{} -> {address}", file.path));
            }
        }
    }
    bound
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

fn leads_somewhere(pages: &HashMap<&str, HashSet<String>>, from: &str, address: &str) -> bool {
    let leaves = address.starts_with("//") || address.split('/').next().is_some_and(|first| first.contains(':'));
    if leaves {
        return true;
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
    let path = decode(path.split('?').next().unwrap_or_default());
    let Some(file) = target(from, &path) else { return false };
    let Some((file, ids)) = pages.get_key_value(file.as_str()) else { return false };
    let fragment = fragment.map(decode).filter(|fragment| !fragment.is_empty() && fragment != "top");
    // What a fragment means in anything but a page, only that thing knows.
    !is_page(file) || fragment.is_none_or(|fragment| ids.contains(&fragment))
}

/// The file that a browser would be served.
fn target(from: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let is_folder = path.ends_with('/') || path.ends_with("..") || path == "." || parts.is_empty();
    if is_folder {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// The values of `href` and `src` in a page's tags.
fn addresses(html: &str) -> Vec<String> {
    attributes(html)
        .into_iter()
        .filter(|(name, _)| matches!(name.as_str(), "href" | "src"))
        .map(|(_, value)| value)
        .collect()
}

fn ids(html: &str) -> HashSet<String> {
    attributes(html)
        .into_iter()
        .filter(|(name, _)| matches!(name.as_str(), "id" | "name"))
        .map(|(_, value)| value)
        .collect()
}

/// All attributes of all tags, entities decoded. Scripts, styles and comments have none.
pub(crate) fn attributes(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for token in Tokens::of(html) {
        match token {
            // Where a page is seen from is no link.
            Token::Markup(Markup::StartTag(tag)) if tag.name != "base" => found
                .extend(tag.attributes().map(|one| (one.name.into_owned(), decode_attribute(one.value).into_owned()))),
            Token::Text(_) | Token::RawText(_) | Token::Markup(_) => {}
        }
    }
    found
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let escaped = hex.filter(|_| *first == b'%');
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
