//! What a theme publishes besides pages: one style sheet, one script, and files as they are.
//! In: the built-in files and the theme folder's. Out: `Asset`s under names that change with their content.
//! Never knows: what a style means, where in the site a page lies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ThemeFile, builtin};
use crate::source::stable_fingerprint;
use crate::wording::Wording;

/// A file to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeAsset {
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
    pub(super) assets: Vec<ThemeAsset>,
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
    /// The script that runs before a page is first drawn.
    pub(super) head: String,
    /// The script of pages that redirect.
    pub(super) redirect: String,
}

/// Puts styles and scripts together, and takes everything else as it is.
pub(super) fn bundle(files: &[ThemeFile]) -> Bundles {
    let mut assets = Vec::new();
    // The order of layers is what the browser reads first: a layer it meets unannounced would come last.
    let style = [builtin::LAYER_ORDER.as_bytes(), &layered(builtin::STYLES, files, "css/")].concat();
    let script = concatenated(builtin::SCRIPTS, files, "js/");
    let main = add("theme", style, script, &mut assets);
    let style = layered(builtin::SEARCH_STYLES, files, "search/");
    let script = concatenated(builtin::SEARCH_SCRIPTS, files, "search/");
    let search = add("search", style, script, &mut assets);
    let style = [in_layer("base", builtin::MAP_STYLE.as_bytes()), layered(builtin::MAP_STYLES, files, "map/")].concat();
    let script = concatenated(builtin::MAP_SCRIPTS, files, "map/");
    let maps = add("map", style, script, &mut assets);
    let style = layered(builtin::FILL_STYLES, files, "fill/");
    let script = concatenated(builtin::FILL_SCRIPTS, files, "fill/");
    let fill = add("fill", style, script, &mut assets);
    let print = publish("print.css", layered(builtin::PRINT_STYLES, files, "print/"), &mut assets);
    let head = publish("head.js", concatenated(builtin::HEAD_SCRIPTS, files, "head/"), &mut assets);
    let redirect = publish("redirect.js", concatenated(builtin::REDIRECT_SCRIPTS, files, "redirect/"), &mut assets);
    let mut others: BTreeMap<String, Arc<[u8]>> =
        builtin::FILES.iter().map(|(path, bytes)| (format!("assets/{path}"), Arc::from(*bytes))).collect();
    // After the built-in ones, so that a file of the same path takes its place.
    let own = files.iter().filter(|file| !is_part(&file.path));
    others.extend(own.map(|file| (format!("assets/{}", file.path), Arc::from(file.content.bytes()))));
    assets.extend(others.into_iter().map(|(path, bytes)| ThemeAsset { path, bytes }));
    Bundles { assets, main, search, maps, fill, print, head, redirect }
}

fn add(name: &str, style: Vec<u8>, script: Vec<u8>, assets: &mut Vec<ThemeAsset>) -> Bundle {
    let style = publish(&format!("{name}.css"), style, assets);
    Bundle { style, script: publish(&format!("{name}.js"), script, assets) }
}

/// Adds a file under its name with a fingerprint in it.
fn publish(name: &str, bytes: Vec<u8>, assets: &mut Vec<ThemeAsset>) -> String {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    // A name that changes with the content: browsers may keep the file for ever, and never show an old one.
    let path = format!("assets/{stem}.{:016x}.{extension}", stable_fingerprint(&bytes));
    assets.push(ThemeAsset { path: path.clone(), bytes: bytes.into() });
    path
}

fn is_part(path: &str) -> bool {
    let folder = path.split('/').next().unwrap_or_default();
    match folder {
        "css" | "print" => has_extension(path, "css"),
        "js" | "head" | "redirect" => has_extension(path, "js"),
        "search" | "map" | "fill" => has_extension(path, "css") || has_extension(path, "js"),
        _ => false,
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// A style sheet: the built-in parts in their layers, then the folder's own in none.
fn layered(layers: &[builtin::Layer], files: &[ThemeFile], folder: &str) -> Vec<u8> {
    let own = own_parts(files, folder, "css");
    let mut all = Vec::new();
    for layer in layers {
        let shipped = layer.parts.iter().map(|(path, text)| match own.get(path) {
            Some(own) => Cow::Borrowed(*own),
            None => Cow::Owned(without_comments(text).into_bytes()),
        });
        all.extend(in_layer(layer.name, &joined(shipped)));
    }
    // In no layer, which beats every layer: an author's rule wins without `!important`.
    let built_in: Vec<(&str, &str)> = layers.iter().flat_map(|layer| layer.parts).copied().collect();
    all.extend(joined(added(&built_in, &own)));
    all
}

/// Rules in a cascade layer.
fn in_layer(name: &str, rules: &[u8]) -> Vec<u8> {
    [format!("@layer {name} {{\n").as_bytes(), rules, b"}\n"].concat()
}

/// A script: the built-in parts in their order, with the words they say, then the folder's own.
fn concatenated(built_in: &[(&str, &str)], files: &[ThemeFile], folder: &str) -> Vec<u8> {
    // Own scripts come after the built-in ones, which they may use.
    let own = own_parts(files, folder, "js");
    let parts = joined(built_in.iter().map(|(path, text)| match own.get(path) {
        Some(own) => Cow::Borrowed(*own),
        None => Cow::Owned(without_comment_lines(text).into_bytes()),
    }));
    let parts = Wording::english().in_scripts(&String::from_utf8_lossy(&parts));
    joined([parts.as_bytes()].into_iter().chain(added(built_in, &own)))
}

/// A style sheet of ours without its comments, which every first visit would load.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| Some(part.split_once("*/")?.1));
    std::iter::once(first)
        .chain(rest)
        .flat_map(|part| part.split_inclusive('\n'))
        .filter(|line| *line != "\n")
        .collect()
}

/// A script of ours without the lines that are comments, and without what lines are indented by.
fn without_comment_lines(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What the theme folder has of one kind, by path.
fn own_parts<'a>(files: &'a [ThemeFile], folder: &str, extension: &str) -> BTreeMap<&'a str, &'a [u8]> {
    let is_own = |path: &str| path.starts_with(folder) && is_part(path) && has_extension(path, extension);
    let own = files.iter().filter(|file| is_own(&file.path));
    own.map(|file| (file.path.as_str(), file.content.bytes())).collect()
}

/// The folder's parts that replace none of the built-in ones, by path.
fn added<'a>(built_in: &'a [(&str, &str)], own: &'a BTreeMap<&str, &'a [u8]>) -> impl Iterator<Item = &'a [u8]> {
    own.iter().filter(|(path, _)| built_in.iter().all(|(known, _)| known != *path)).map(|(_, bytes)| *bytes)
}

fn joined(parts: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(part.as_ref());
        // A file without a line break at its end must not run into the next one's first line.
        if !all.ends_with(b"\n") {
            all.push(b'\n');
        }
    }
    all
}
