//! What became of every setting, as a text for people.

use std::fmt;

/// What became of a setting.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// It is set here as well, or works without being set; with where.
    CarriedOver(String),
    /// Nothing has to be set, and why.
    NotNeeded(String),
    /// It has no counterpart here, and why, or what to do instead.
    NoCounterpart(String),
}

impl Verdict {
    /// Carried over to a key of book.toml or a file.
    pub(super) fn to(place: impl Into<String>) -> Self {
        Self::CarriedOver(place.into())
    }

    /// Without a counterpart.
    pub(super) fn lost(why: impl Into<String>) -> Self {
        Self::NoCounterpart(why.into())
    }

    fn reason(&self) -> &str {
        match self {
            Self::CarriedOver(reason) | Self::NotNeeded(reason) | Self::NoCounterpart(reason) => reason,
        }
    }
}

/// A setting of the old generator, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingReport {
    /// Its name, as people would look for it: `theme.features: navigation.tabs`.
    pub setting: String,
    /// What became of it.
    pub verdict: Verdict,
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
    pub(super) fn add(&mut self, setting: impl Into<String>, verdict: Verdict) {
        self.settings.push(SettingReport { setting: setting.into(), verdict });
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

impl fmt::Display for MigrationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        type IsIn = fn(&Verdict) -> bool;
        let groups: [(&str, IsIn); 3] = [
            ("carried over", |verdict| matches!(verdict, Verdict::CarriedOver(_))),
            ("needs no counterpart", |verdict| matches!(verdict, Verdict::NotNeeded(_))),
            ("has no counterpart", |verdict| matches!(verdict, Verdict::NoCounterpart(_))),
        ];
        for (title, is_in) in groups {
            let settings: Vec<&SettingReport> = self.settings.iter().filter(|entry| is_in(&entry.verdict)).collect();
            if settings.is_empty() {
                continue;
            }
            writeln!(f, "{title}:")?;
            for entry in settings {
                writeln!(f, "  {}: {}", entry.setting, entry.verdict.reason())?;
            }
            writeln!(f)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}
