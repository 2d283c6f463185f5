//! `[check]` of book.toml as written.

use super::choices::SeverityLevel;
use super::keys::{Keys, NamedValues, PathBase, PathKind, TableSchema, WrittenPath};
use super::schema::by_default;
use crate::source::Located;

/// `[check]`
#[derive(Clone, Debug)]
pub struct CheckTable {
    /// How much rules matter, in order of code; whether there is such a rule is not known here.
    pub severities: NamedValues<SeverityLevel>,
    /// How many times wider than it is shown an image may be.
    pub image_scale: u32,
    /// A list of known findings, which don't fail a check or a build.
    pub baseline: Option<WrittenPath>,
    /// `[check.external]`
    pub external: ExternalTable,
    /// `[check.terms]`, in order of name: words to avoid, and what to write instead
    pub terms: NamedValues<String>,
}

impl TableSchema for CheckTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            // Whatever is no table below is a rule: these are read by whoever reads this table.
            severities: NamedValues::new(),
            // Beside the rules, whose names all have a slash, so that no rule can be called so.
            image_scale: keys.number(
                "image-scale",
                3,
                "How many times wider than it's displayed an image may be before \
                [`image/larger-than-shown`](../../src/check/image/larger_than_shown.md) reports it.",
            ),
            baseline: keys.path(
                "baseline",
                PathBase::Project,
                PathKind::File,
                "A file with known findings, as `check --write-baseline` writes it, relative to `book.toml`. `check` and \
                `build` report only what isn't in it.",
            ),
            external: keys.table("external", "Which links to other sites `check --external` checks."),
            terms: keys
                .named_texts("terms", "Words to avoid, and what to write instead; `\"\"` if there is no replacement."),
        }
    }
}

/// `[check.external]`: addresses; in patterns, `*` stands for anything.
#[derive(Clone, Debug, Default)]
pub struct ExternalTable {
    /// Only these are asked for; with none, all.
    pub include: Vec<String>,
    /// These are not.
    pub exclude: Vec<String>,
}

impl TableSchema for ExternalTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            include: values(keys.texts("include", by_default("all", "Check only these URLs."))),
            exclude: values(keys.texts("exclude", "Skip these URLs.")),
        }
    }
}

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(Located::into_value).collect()
}
