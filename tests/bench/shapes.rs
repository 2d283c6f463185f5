//! Whether the cost of a page grows as the page does, for pages that are made to be slow.
//! In: pieces repeated. Out: a line for each that grows faster.
//! Never knows: what is fast enough.

use partner_docs::markdown::{self, NoContext, Options};
use partner_docs::source::{SourceId, Span};

use super::{best, ratio, say};

#[path = "../support/shapes.rs"]
mod pieces;

/// Bytes of the short texts; the long ones have four times as many.
const SHORT: usize = 32 << 10;
/// A long text that costs more than this many short ones is told of; four would be exact.
const TOLD: f64 = 8.0;

/// How often each text is compiled: what else the machine does must spare one of the runs.
const ROUNDS: usize = 20;

/// Compiles every shape, short and long.
pub(super) fn measure() {
    let compile = |text: &str| {
        let body = Span::new(SourceId::new(0), 0..text.len());
        markdown::compile(text, body, &Options::default(), &NoContext)
    };
    let mut steep = 0;
    for ((shape, short), (_, long)) in pieces::texts(SHORT).zip(pieces::texts(4 * SHORT)) {
        let (short, _) = best(ROUNDS, || compile(&short));
        let (long, _) = best(ROUNDS, || compile(&long));
        let growth = ratio(long, short);
        if growth > TOLD {
            steep += 1;
            say(&format!("{shape}, {} KiB", 4 * SHORT / 1024), long, &format!("{growth:.1} × a quarter"));
        }
    }
    println!("{steep} shapes grow faster than their texts");
}
