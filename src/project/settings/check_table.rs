//! `[check]` of book.toml as written, besides the levels of rules.
//! In: its tables. Out: which links to other sites are asked for, which words texts go without.
//! Never knows: rules, pages.

use super::keys::{Keys, NamedValues, TableSchema};
use crate::source::Located;

/// The tables in `[check]`, beside the rules.
pub(super) struct CheckTables {
    /// `[check.external]`
    pub external: External,
    /// `[check.terms]`, in order of name.
    pub terms: NamedValues<String>,
}

impl TableSchema for CheckTables {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            external: keys.table("external", "Which links to other sites `check --external` checks."),
            terms: keys
                .named_texts("terms", "Words to avoid, and what to write instead; `\"\"` if there is no replacement."),
        }
    }
}

/// `[check.external]`
#[derive(Clone, Debug, Default)]
pub struct External {
    /// Patterns of addresses that are asked for.
    pub include: Vec<Located<String>>,
    /// Patterns of addresses that are not.
    pub exclude: Vec<Located<String>>,
}

impl TableSchema for External {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            include: keys
                .texts("include", "The only URLs that `check --external` checks; `*` matches anything. Default: all."),
            exclude: keys.texts("exclude", "URLs to skip; `*` matches anything."),
        }
    }
}
