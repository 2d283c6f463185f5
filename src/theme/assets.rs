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

/// All of a theme's assets.
pub(super) struct Bundle {
    pub(super) assets: Vec<Asset>,
    pub(super) style: String,
    pub(super) script: String,
}

/// Puts styles and scripts together, and takes everything else as it is.
pub(super) fn bundle(files: &[ThemeFile]) -> Bundle {
    let style = [builtin::MAP_STYLE.as_bytes(), &concatenated(builtin::STYLES, files, "css/")].concat();
    let script = concatenated(builtin::SCRIPTS, files, "js/");
    let style = Asset { path: format!("assets/theme.{}.css", fingerprint(&style)), bytes: style.into() };
    let script = Asset { path: format!("assets/theme.{}.js", fingerprint(&script)), bytes: script.into() };
    let (style_path, script_path) = (style.path.clone(), script.path.clone());
    let mut others: BTreeMap<String, Arc<[u8]>> =
        builtin::FILES.iter().map(|(path, bytes)| (format!("assets/{path}"), Arc::from(*bytes))).collect();
    let own = files.iter().filter(|file| !is_part(&file.path));
    others.extend(own.map(|file| (format!("assets/{}", file.path), Arc::from(file.content.bytes()))));
    let others = others.into_iter().map(|(path, bytes)| Asset { path, bytes });
    Bundle { assets: [style, script].into_iter().chain(others).collect(), style: style_path, script: script_path }
}

fn is_part(path: &str) -> bool {
    (path.starts_with("css/") && has_extension(path, "css")) || (path.starts_with("js/") && has_extension(path, "js"))
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// The built-in files in their order, each replaced where the folder has its path; then the folder's own by path.
fn concatenated(built_in: &[(&str, &'static str)], files: &[ThemeFile], folder: &str) -> Vec<u8> {
    let own: BTreeMap<&str, &[u8]> = files
        .iter()
        .filter(|file| file.path.starts_with(folder) && is_part(&file.path))
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
