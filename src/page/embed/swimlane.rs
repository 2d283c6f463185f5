//! A map shown away from home: ```` ```{swimlane} workflow ````.
//! In: a fenced block. Out: which map it names, and which part of it.
//! Never knows: which maps there are.

use super::directive;
use crate::diagnostic::Findings;
use crate::markdown::Embed;
use crate::text::Located;

/// A map of this page or another, whole or in part.
#[derive(Clone, Debug)]
pub struct Swimlane {
    /// The map's name, or the path of its page; empty where there is only one map to mean.
    pub name: Located<String>,
    /// The lane that is shown, by its title or id.
    pub lane: Option<Located<String>>,
    /// The stage that is shown, by its number or heading.
    pub stage: Option<Located<String>>,
}

/// Reads such a block.
pub(super) fn read(embed: &Embed, found: &mut Findings) -> Swimlane {
    let written = embed.arguments.value.trim();
    let place = if written.is_empty() { embed.name.span } else { embed.arguments.span };
    let name = Located::new(written.to_owned(), place);
    let mut swimlane = Swimlane { name, lane: None, stage: None };
    for (option, value) in directive::options(embed, &["lane", "stage"], found) {
        match option {
            "lane" => swimlane.lane = Some(value),
            _ => swimlane.stage = Some(value),
        }
    }
    swimlane
}
