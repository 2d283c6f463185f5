//! The addresses that MkDocs gives to pages.

use crate::source::Part as _;

/// Whether pages have folders of their own: `use_directory_urls`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum AddressStyle {
    Directory,
    File,
}

/// The address of a page: `/guide/start/` for `guide/start.md`.
pub(super) fn of_page(path: &str, style: AddressStyle) -> String {
    let stem = stem(path).unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
    match (style, name) {
        (AddressStyle::Directory, "index" | "README") => format!("{folder}/"),
        (AddressStyle::Directory, name) => format!("{folder}/{name}/"),
        (AddressStyle::File, "index" | "README") => format!("{folder}/index.html"),
        (AddressStyle::File, name) => format!("{folder}/{name}.html"),
    }
}

/// The address of what a redirect leads to: a page with or without an anchor, or an address.
pub(super) fn of_target(target: &str, style: AddressStyle) -> String {
    if target.contains("://") {
        return target.to_owned();
    }
    let at = target.find('#').unwrap_or(target.len());
    let (path, anchor) = (target.part(..at), target.part(at..));
    let address = match path {
        "" | "index.md" | "README.md" if style == AddressStyle::Directory => "/".to_owned(),
        path if stem(path).is_some() => of_page(path, style),
        path => format!("/{}", path.trim_start_matches('/')),
    };
    format!("{address}{anchor}")
}

/// The path of a page without its ending. `None` for what is no page.
fn stem(path: &str) -> Option<&str> {
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown"))
}
