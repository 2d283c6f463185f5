//! What a theme publishes besides pages: one style sheet, one script, and files as they are.
//! In: the built-in files and the theme folder's. Out: `Asset`s under names that change with their content.
//! Never knows: what a style means, where in the site a page lies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::{ThemeFile, builtin};

/// A file to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// From the site's root, without a slash: `assets/fonts/inter.woff2`.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// A style sheet and the script that goes with it, by their paths.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pair {
    /// The style sheet.
    pub style: String,
    /// The script.
    pub script: String,
}

/// All of a theme's assets.
pub(super) struct Bundle {
    pub(super) assets: Vec<Asset>,
    pub(super) everywhere: Pair,
    pub(super) maps: Pair,
}

/// Puts styles and scripts together, and takes everything else as it is.
pub(super) fn bundle(files: &[ThemeFile]) -> Bundle {
    let mut assets = Vec::new();
    let mut add = |name: &str, extension: &str, bytes: Vec<u8>| {
        let path = format!("assets/{name}.{}.{extension}", fingerprint(&bytes));
        assets.push(Asset { path: path.clone(), bytes: bytes.into() });
        path
    };
    let everywhere = Pair {
        style: add("theme", "css", concatenated(builtin::STYLES, files, Some("css/"))),
        script: add("theme", "js", concatenated(builtin::SCRIPTS, files, Some("js/"))),
    };
    let map_style = [builtin::MAP_STYLE.as_bytes(), &concatenated(builtin::MAP_STYLES, files, None)].concat();
    let maps = Pair {
        style: add("map", "css", map_style),
        script: add("map", "js", concatenated(builtin::MAP_SCRIPTS, files, None)),
    };
    let mut others: BTreeMap<String, Arc<[u8]>> =
        builtin::FILES.iter().map(|(path, bytes)| (format!("assets/{path}"), Arc::from(*bytes))).collect();
    let own = files.iter().filter(|file| !is_part(&file.path));
    others.extend(own.map(|file| (format!("assets/{}", file.path), Arc::from(file.content.bytes()))));
    assets.extend(others.into_iter().map(|(path, bytes)| Asset { path, bytes }));
    Bundle { assets, everywhere, maps }
}

fn is_part(path: &str) -> bool {
    (path.starts_with("css/") && has_extension(path, "css")) || (path.starts_with("js/") && has_extension(path, "js"))
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// The built-in files in their order, each replaced where the theme folder has its path; then the folder's own files of
/// the folder `new_from`, by path.
fn concatenated(built_in: &[(&str, &'static str)], files: &[ThemeFile], new_from: Option<&str>) -> Vec<u8> {
    let own: BTreeMap<&str, &[u8]> = files
        .iter()
        .filter(|file| is_part(&file.path))
        .map(|file| (file.path.as_str(), file.content.bytes()))
        .collect();
    let replaced =
        built_in.iter().map(|(path, text)| own.get(path).map_or(text.as_bytes(), |bytes| *bytes)).map(Cow::Borrowed);
    let lists = [builtin::STYLES, builtin::SCRIPTS, builtin::MAP_STYLES, builtin::MAP_SCRIPTS];
    let is_known = |path: &str| lists.iter().any(|list| list.iter().any(|(known, _)| *known == path));
    let is_new = |path: &str| new_from.is_some_and(|folder| path.starts_with(folder)) && !is_known(path);
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

/// Sixteen hexadecimal digits that change when the content does: 64-bit FNV-1a, the same on every machine and for
/// every version of the compiler, which `std`'s hashers do not promise.
fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut digits = String::with_capacity(16);
    write!(digits, "{hash:016x}").expect("writing to a string");
    digits
}
