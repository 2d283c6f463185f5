//! What became of every setting, as a text for people.

use std::fmt;

/// What became of a setting.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Counterpart {
    /// It is set here as well, or works without being set; with where.
    CarriedOver(String),
    /// Nothing has to be set, and why.
    NotNeeded(String),
    /// It has none here, and why, or what to do instead.
    Missing(String),
}

impl Counterpart {
    /// Carried over to a key of book.toml or a file.
    pub(super) fn to(place: impl Into<String>) -> Self {
        Self::CarriedOver(place.into())
    }

    /// Without a counterpart.
    pub(super) fn lost(why: impl Into<String>) -> Self {
        Self::Missing(why.into())
    }

    fn reason(&self) -> &str {
        match self {
            Self::CarriedOver(reason) | Self::NotNeeded(reason) | Self::Missing(reason) => reason,
        }
    }
}

/// A setting of the old generator, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingReport {
    /// Its name, as people would look for it: `theme.features: navigation.tabs`.
    pub setting: String,
    /// What became of it.
    pub counterpart: Counterpart,
}

/// What became of every setting, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MigrationReport {
    /// The settings.
    pub settings: Vec<SettingReport>,
    /// What a reader must know besides, such as addresses that nothing leads to any more.
    pub notes: Vec<String>,
}

impl MigrationReport {
    pub(super) fn add(&mut self, setting: impl Into<String>, counterpart: Counterpart) {
        self.settings.push(SettingReport { setting: setting.into(), counterpart });
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

impl fmt::Display for MigrationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        type IsIn = fn(&Counterpart) -> bool;
        let groups: [(&str, IsIn); 3] = [
            ("carried over", |counterpart| matches!(counterpart, Counterpart::CarriedOver(_))),
            ("needs no counterpart", |counterpart| matches!(counterpart, Counterpart::NotNeeded(_))),
            ("has no counterpart", |counterpart| matches!(counterpart, Counterpart::Missing(_))),
        ];
        for (title, is_in) in groups {
            let settings: Vec<&SettingReport> =
                self.settings.iter().filter(|entry| is_in(&entry.counterpart)).collect();
            if settings.is_empty() {
                continue;
            }
            writeln!(f, "{title}:")?;
            for entry in settings {
                writeln!(f, "  {}: {}", entry.setting, entry.counterpart.reason())?;
            }
            writeln!(f)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}
