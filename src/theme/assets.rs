//! What a theme publishes besides pages: one style sheet, one script, and files as they are.
//! In: the built-in files and the theme folder's. Out: `Asset`s under names that change with their content.
//! Never knows: what a style means, where in the site a page lies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ThemeFile, builtin};
use crate::text::fingerprint;

/// A file to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// From the site's root, without a slash: `assets/fonts/inter.woff2`.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// Where the icon lies that the theme brings, from the site's root.
pub(super) const FAVICON: &str = "assets/favicon.svg";

/// A style sheet and a script that are loaded together: their places in the site, with their fingerprints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// `assets/theme.0123456789abcdef.css`.
    pub style: String,
    /// `assets/theme.0123456789abcdef.js`.
    pub script: String,
}

/// All of a theme's assets.
pub(super) struct Bundles {
    pub(super) assets: Vec<Asset>,
    /// What every page loads.
    pub(super) main: Bundle,
    /// What is loaded when somebody is about to search.
    pub(super) search: Bundle,
    /// What pages with maps load besides.
    pub(super) maps: Bundle,
    /// What templates with placeholders load.
    pub(super) fill: Bundle,
    /// The style sheet of documents to print.
    pub(super) print: String,
}

/// Puts styles and scripts together, and takes everything else as it is.
pub(super) fn bundle(files: &[ThemeFile]) -> Bundles {
    let mut assets = Vec::new();
    let style = concatenated(builtin::STYLES, files, "css/");
    let script = concatenated(builtin::SCRIPTS, files, "js/");
    let main = add("theme", style, script, &mut assets);
    let style = concatenated(builtin::SEARCH_STYLES, files, "search/");
    let script = concatenated(builtin::SEARCH_SCRIPTS, files, "search/");
    let search = add("search", style, script, &mut assets);
    let style = [builtin::MAP_STYLE.as_bytes(), &concatenated(builtin::MAP_STYLES, files, "map/")].concat();
    let script = concatenated(builtin::MAP_SCRIPTS, files, "map/");
    let maps = add("map", style, script, &mut assets);
    let style = concatenated(builtin::FILL_STYLES, files, "fill/");
    let script = concatenated(builtin::FILL_SCRIPTS, files, "fill/");
    let fill = add("fill", style, script, &mut assets);
    let print = publish("print.css", concatenated(builtin::PRINT_STYLES, files, "print/"), &mut assets);
    let mut others: BTreeMap<String, Arc<[u8]>> =
        builtin::FILES.iter().map(|(path, bytes)| (format!("assets/{path}"), Arc::from(*bytes))).collect();
    let own = files.iter().filter(|file| !is_part(&file.path));
    others.extend(own.map(|file| (format!("assets/{}", file.path), Arc::from(file.content.bytes()))));
    assets.extend(others.into_iter().map(|(path, bytes)| Asset { path, bytes }));
    Bundles { assets, main, search, maps, fill, print }
}

fn add(name: &str, style: Vec<u8>, script: Vec<u8>, assets: &mut Vec<Asset>) -> Bundle {
    let style = publish(&format!("{name}.css"), style, assets);
    Bundle { style, script: publish(&format!("{name}.js"), script, assets) }
}

/// Adds a file under its name with a fingerprint in it.
fn publish(name: &str, bytes: Vec<u8>, assets: &mut Vec<Asset>) -> String {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    let path = format!("assets/{stem}.{:016x}.{extension}", fingerprint(&bytes));
    assets.push(Asset { path: path.clone(), bytes: bytes.into() });
    path
}

fn is_part(path: &str) -> bool {
    let folder = path.split('/').next().unwrap_or_default();
    match folder {
        "css" | "print" => has_extension(path, "css"),
        "js" => has_extension(path, "js"),
        "search" | "map" | "fill" => has_extension(path, "css") || has_extension(path, "js"),
        _ => false,
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// The built-in files in their order, each replaced where the folder has its path; then the folder's own by path.
fn concatenated(built_in: &[(&str, &'static str)], files: &[ThemeFile], folder: &str) -> Vec<u8> {
    let extension = built_in.first().and_then(|(path, _)| path.rsplit_once('.')).map_or("", |(_, extension)| extension);
    let own: BTreeMap<&str, &[u8]> = files
        .iter()
        .filter(|file| file.path.starts_with(folder) && is_part(&file.path) && has_extension(&file.path, extension))
        .map(|file| (file.path.as_str(), file.content.bytes()))
        .collect();
    let replaced =
        built_in.iter().map(|(path, text)| own.get(path).map_or(text.as_bytes(), |bytes| *bytes)).map(Cow::Borrowed);
    let is_new = |path: &str| built_in.iter().all(|(known, _)| *known != path);
    let new = own.iter().filter(|(path, _)| is_new(path)).map(|(_, bytes)| Cow::Borrowed(*bytes));
    let mut all = Vec::new();
    for part in replaced.chain(new) {
        all.extend_from_slice(&part);
        // A file without a line break at its end must not run into the next one's first line.
        if !all.ends_with(b"\n") {
            all.push(b'\n');
        }
    }
    all
}
