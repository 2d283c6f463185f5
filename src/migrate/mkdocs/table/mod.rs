//! Every setting of MkDocs, Material and Zensical that this command knows, a row each.
//!
//! To support one more, add its row to the file of its kind; nothing else has to know it.

mod extensions;
mod features;
mod plugins;
mod site;
mod theme;
mod validation;

use super::draft::MkdocsDraft;
use crate::migrate::report::Counterpart;
use crate::migrate::row::{Fate, FoundSetting, SettingRow};

/// The rows of settings of one kind.
type MkdocsRows = &'static [SettingRow<MkdocsDraft>];

/// All tables.
pub(super) static TABLES: &[MkdocsRows] =
    &[site::ROWS, theme::ROWS, features::ROWS, validation::ROWS, extensions::ROWS, plugins::ROWS];

/// The names that have rows.
const fn parts(path: &'static str) -> SettingRow<MkdocsDraft> {
    SettingRow { path, fate: Fate::Parts }
}

/// Works without being set.
const fn works(path: &'static str, how: &'static str) -> SettingRow<MkdocsDraft> {
    SettingRow { path, fate: Fate::Works(how) }
}

/// Carried over by a function.
const fn carried(
    path: &'static str,
    carry: fn(&mut MkdocsDraft, &FoundSetting<'_>) -> Counterpart,
) -> SettingRow<MkdocsDraft> {
    SettingRow { path, fate: Fate::Carried(carry) }
}

/// Nothing has to be set.
const fn needless(path: &'static str, why: &'static str) -> SettingRow<MkdocsDraft> {
    SettingRow { path, fate: Fate::NotNeeded(why) }
}

/// Nothing here does the same.
const fn lost(path: &'static str, why: &'static str) -> SettingRow<MkdocsDraft> {
    SettingRow { path, fate: Fate::Lost(why) }
}

/// What a value that can't be used is reported as.
fn unusable() -> Counterpart {
    Counterpart::lost("its value comes from the environment or isn't a text, so nothing was done with it")
}

/// Whether a setting is switched off.
fn is_off(found: &FoundSetting<'_>) -> bool {
    matches!(found.value.as_text(), Some("false" | "False" | "no" | "off"))
}
