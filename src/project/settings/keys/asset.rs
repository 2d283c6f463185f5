//! Style sheets and scripts that a table names: files, and addresses on the web.

use toml::Spanned;
use toml::de::DeValue;

use super::{Keys, PathBase, PathKind, TableSchema, WrittenPath};
use crate::diagnostic::Fix;
use crate::project::settings::schema::{Meaning, StringKind, ValueShape};
use crate::source::{Located, Part as _};

/// A style sheet or script, as it is written.
#[derive(Clone, Debug)]
pub struct WrittenAsset {
    /// What it is.
    pub source: AssetSource,
    /// Whether a script is a module.
    pub is_module: bool,
    /// Whether a script runs as soon as it is there.
    pub is_async: bool,
}

/// Where a style sheet or script comes from.
#[derive(Clone, Debug)]
pub enum AssetSource {
    /// A file of the project.
    File(WrittenPath),
    /// An address on the web.
    Web(Located<String>),
}

/// `{ file = "app.js", module = true }`
struct AssetTable {
    module: bool,
    is_async: bool,
}

impl TableSchema for AssetTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.required_text("file", "The file, or its address.");
        Self {
            module: keys.flag("module", false, "Whether the script is a module."),
            is_async: keys.flag("async", false, "Whether the script runs as soon as it is loaded."),
        }
    }
}

impl<'t, 'c> Keys<'t, 'c> {
    /// A list of style sheets or scripts. Each is a path, an address, or a table that says how it is loaded.
    pub fn assets(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Vec<WrittenAsset> {
        let shape = ValueShape::Assets;
        let Some(value) = self.declare(name, meaning, shape.clone()) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let written = self.context.text.part(value.span());
            // A single path is meant as a list of one.
            let fix = value.get_ref().is_str().then(|| Fix::replace(self.span(value.span()), format!("[{written}]")));
            self.wrong_type(name, &shape, value, fix);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.asset(name, item)).collect()
    }

    fn asset(&mut self, name: &'static str, item: &'c Spanned<DeValue<'t>>) -> Option<WrittenAsset> {
        match item.get_ref() {
            DeValue::String(text) => {
                let source = self.asset_source(name, Located::new(text.to_string(), self.span(item.span())));
                Some(WrittenAsset { is_module: is_module(&source), source, is_async: false })
            }
            DeValue::Table(table) => {
                let file = table.get("file").and_then(|file| Some((file, file.get_ref().as_str()?)));
                let file = file.map(|(file, text)| Located::new(text.to_owned(), self.span(file.span())));
                let (AssetTable { module, is_async }, _) = self.inner(name, Some(item));
                let source = self.asset_source(name, file?);
                Some(WrittenAsset { is_module: module || is_module(&source), source, is_async })
            }
            _ => {
                self.wrong_type(name, &ValueShape::Text(StringKind::Path), item, None);
                None
            }
        }
    }

    fn asset_source(&mut self, name: &'static str, written: Located<String>) -> AssetSource {
        if written.value.contains("://") || written.value.starts_with("//") {
            return AssetSource::Web(written);
        }
        AssetSource::File(self.named_path(name, written, PathBase::Anywhere, PathKind::File))
    }
}

/// By its name, as browsers and other generators take it.
fn is_module(source: &AssetSource) -> bool {
    let name = match source {
        AssetSource::File(path) => &path.written.value,
        AssetSource::Web(address) => &address.value,
    };
    matches!(name.rsplit_once('.'), Some((_, "mjs")))
}
