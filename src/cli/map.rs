//! `partner-docs map`: one diagram as SVG, without a project.

use super::arguments::MapOptions;
use super::{Outcome, terminal};

/// Draws a diagram.
pub(super) fn run(_options: &MapOptions) -> Outcome {
    terminal::talk("error: maps are not drawn yet\n");
    Outcome::CannotRun
}
