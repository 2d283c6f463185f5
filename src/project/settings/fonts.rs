//! Font settings.
//! In: `[theme.fonts]` as written. Out: font family names that are safe in a style sheet, and their files.

use super::choices::FontStyle;
use super::keys::{VALUE, WrittenPath};
use super::theme_table::{FontFileTable, FontsTable};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed};
use crate::source::{Located, SourcePath};

/// Font formats that browsers support.
const FORMATS: [&str; 4] = ["woff2", "woff", "ttf", "otf"];

/// The fonts. Empty lists mean the theme's default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FontSettings {
    /// Font families for text, in order of preference.
    pub text: Vec<String>,
    /// Font families for headings.
    pub headings: Vec<String>,
    /// Font families for code.
    pub code: Vec<String>,
    /// Fonts that come with the site.
    pub files: Vec<FontFile>,
}

/// A font that comes with the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FontFile {
    /// The font family that it belongs to.
    pub family: String,
    /// Its path.
    pub file: Located<SourcePath>,
    /// A weight, or a range separated by a space: `100 900`.
    pub weight: String,
    /// Upright or italic.
    pub style: FontStyle,
}

/// Resolves the families and files. `find` looks up a font file, and reports it if it doesn't exist.
pub(crate) fn settle(
    written: &FontsTable,
    mut find: impl FnMut(&WrittenPath) -> Option<Located<SourcePath>>,
) -> Parsed<FontSettings> {
    let mut found = Diagnostics::new();
    let value = FontSettings {
        text: families(written.text.as_ref(), "text", &mut found),
        headings: families(written.headings.as_ref(), "headings", &mut found),
        code: families(written.code.as_ref(), "code", &mut found),
        files: written.files.iter().filter_map(|table| font_file(&table.value, &mut find, &mut found)).collect(),
    };
    Parsed { value, found }
}

fn families(written: Option<&Located<String>>, key: &str, found: &mut Diagnostics) -> Vec<String> {
    let Some(written) = written else { return Vec::new() };
    let names: Vec<String> = written.value.split(',').map(|name| name.trim().to_owned()).collect();
    if names.iter().all(|name| is_family(name)) {
        return names;
    }
    found.push(no_family(written, key));
    Vec::new()
}

/// Letters, digits, spaces and other characters in font names, but nothing that ends a name in a style sheet.
fn is_family(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '+'))
}

fn no_family(written: &Located<String>, key: &str) -> Diagnostic {
    // Google Fonts' own instructions say to paste an address here.
    let is_address = written.value.contains("//");
    VALUE.at(written.span, format!("invalid value `{}` for `{key}`: not a font name", written.value)).help(
        if is_address {
            "fonts are not loaded from other sites; put the font file next to book.toml and list it in \
            `[[theme.fonts.file]]`"
        } else {
            "use the name of a font family, such as `Inter`, or several separated by commas"
        },
    )
}

fn font_file(
    table: &FontFileTable,
    find: &mut impl FnMut(&WrittenPath) -> Option<Located<SourcePath>>,
    found: &mut Diagnostics,
) -> Option<FontFile> {
    let (family, named) = (table.family.as_ref()?, table.file.as_ref()?);
    if !is_family(&family.value) {
        found.push(no_family(family, "family"));
        return None;
    }
    let weight = weight(table.weight.as_ref(), found);
    let file = find(named)?;
    if !FORMATS.contains(&file.value.extension().to_lowercase().as_str()) {
        let message =
            format!("invalid value `{}` for `file`: browsers do not support this font format", named.written.value);
        found.push(VALUE.at(named.written.span, message).help("use a `.woff2`, `.woff`, `.ttf` or `.otf` file"));
        return None;
    }
    Some(FontFile { family: family.value.clone(), file, weight, style: table.style })
}

/// One or two weights, each from 1 to 1000, as in CSS.
fn weight(written: Option<&Located<String>>, found: &mut Diagnostics) -> String {
    let Some(written) = written else { return "400".to_owned() };
    let weights: Vec<&str> = written.value.split_whitespace().collect();
    // CSS Fonts 4: any number from 1 to 1000, not only the hundreds.
    let is_weight = |text: &&str| text.parse::<u16>().is_ok_and(|weight| (1..=1000).contains(&weight));
    if (1..=2).contains(&weights.len()) && weights.iter().all(is_weight) {
        return weights.join(" ");
    }
    let message = format!("invalid value `{}` for `weight`", written.value);
    found.push(VALUE.at(written.span, message).help("use a weight, such as `700`, or a range, such as `100 900`"));
    "400".to_owned()
}
