//! The `{swimlane}` directive: shows a map of another page.

use crate::diagnostic::{Diagnostics, nearest};
use crate::markdown::Embed;
use crate::page::directive::{self, DirectiveOption, UNKNOWN_OPTION};
use crate::source::Located;

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

impl Swimlane {
    /// The id of the drawing, which is the one of this number (from 0) among the blocks of its page.
    #[must_use]
    pub fn anchor(&self, number: usize) -> String {
        format!("shown-{}", number + 1)
    }
}

/// Reads such a block.
pub(super) fn read(embed: &Embed, found: &mut Diagnostics) -> Swimlane {
    let written = embed.arguments.value.trim();
    let place = if written.is_empty() { embed.name.span } else { embed.arguments.span };
    let name = Located::new(written.to_owned(), place);
    let mut swimlane = Swimlane { name, lane: None, stage: None };
    for DirectiveOption { key, value } in directive::options(embed, found) {
        match key.value.trim() {
            "lane" => swimlane.lane = Some(value),
            "stage" => swimlane.stage = Some(value),
            name => {
                let near = nearest(name, ["lane", "stage"]).map(|near| format!("did you mean `{near}`?"));
                let finding =
                    UNKNOWN_OPTION.at(key.span, format!("unknown option `{name}` for `{}`", embed.name.value));
                found.push(finding.help(near.unwrap_or_else(|| "available options: `lane` and `stage`".to_owned())));
            }
        }
    }
    swimlane
}
