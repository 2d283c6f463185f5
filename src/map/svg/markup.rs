//! Text as SVG, escaped.

use std::fmt::Write as _;

use crate::html::escape_attribute;
use crate::map::graph::Run;
use crate::map::layout::geometry::Point;
use crate::map::layout::text::TextBlock;

/// What a block of text is.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Weighted {
    /// Set as its surroundings say.
    Plain,
    /// The title of a lane.
    Title,
}

/// Adds a text with the signs of markup escaped; good between tags and in double quotes.
/// Characters that XML does not allow are left out: they would make the whole file unreadable.
pub(super) fn escape(out: &mut String, text: &str) {
    let forbidden = |c| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    text.split(forbidden).for_each(|part| escape_attribute(out, part));
}

/// Adds an attribute.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape(out, value);
    out.push('"');
}

/// Adds lines of text around a middle. The style sheet centres each line at its x.
pub(super) fn block(out: &mut String, text: &TextBlock, middle: Point, weighted: Weighted) {
    let class = if weighted == Weighted::Title { " class=\"pd-title\"" } else { "" };
    // A baseline lies about a third of the letters' size below the middle of the line.
    let drop = i32::try_from(text.set.size).unwrap_or(0) * 35 / 100;
    let mut lines = text.offsets().zip(&text.lines).filter(|(_, line)| !line.runs.is_empty()).peekable();
    let Some(((y, _), line)) = lines.next() else { return };
    let _ = write!(out, "<text{class} x=\"{}\" y=\"{}\">", middle.x, middle.y + y + drop);
    if lines.peek().is_none() {
        line.runs.iter().for_each(|run| styled(out, run));
    } else {
        // It has the place of the text itself.
        whole(out, &line.runs, "");
        for ((y, _), line) in lines {
            let place = format!(" x=\"{}\" y=\"{}\"", middle.x, middle.y + y + drop);
            whole(out, &line.runs, &place);
        }
    }
    out.push_str("</text>");
}

/// A line as one `<tspan>`.
fn whole(out: &mut String, runs: &[Run], place: &str) {
    if let [run] = runs {
        let _ = write!(out, "<tspan{}{place}>", class(run));
        escape(out, &run.text);
    } else {
        let _ = write!(out, "<tspan{place}>");
        for run in runs {
            styled(out, run);
        }
    }
    out.push_str("</tspan>");
}

fn styled(out: &mut String, run: &Run) {
    let class = class(run);
    if class.is_empty() {
        escape(out, &run.text);
    } else {
        let _ = write!(out, "<tspan{class}>");
        escape(out, &run.text);
        out.push_str("</tspan>");
    }
}

fn class(run: &Run) -> &'static str {
    match (run.bold, run.italic) {
        (false, false) => "",
        (true, false) => " class=\"b\"",
        (false, true) => " class=\"i\"",
        (true, true) => " class=\"b i\"",
    }
}
