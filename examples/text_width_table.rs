//! Writes the table of advance widths that maps are laid out with.
//! In: a regular and a bold font file of Helvetica's widths, then wider ones for the signs those lack.
//! Out: the Rust source of `src/map/text_width_table.rs`, to stdout.
//! Never knows: maps. Run by hand, when fonts or ranges change:
//!
//! ```text
//! cargo run --example text_width_table -- REGULAR.ttf BOLD.ttf FALLBACK.ttf FALLBACK-BOLD.ttf > src/map/text_width_table.rs
//! ```
#![expect(clippy::print_stdout, reason = "a program for the shell")]
#![expect(clippy::disallowed_methods, reason = "a program for the shell reads its own arguments")]

use std::error::Error;
use std::fmt::Write as _;

use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

/// Latin with its extensions, Greek, Cyrillic, punctuation, currency, letter-like signs, arrows, operators,
/// technical signs, boxes, shapes, dingbats.
const RANGES: [(u32, u32); 6] =
    [(0x20, 0x7e), (0xa0, 0x24f), (0x370, 0x3ff), (0x400, 0x45f), (0x2010, 0x2044), (0x20a0, 0x27bf)];

fn main() -> Result<(), Box<dyn Error>> {
    let files = std::env::args().skip(1).map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let faces = files.iter().map(|bytes| FontRef::new(bytes)).collect::<Result<Vec<_>, _>>()?;
    let [regular, bold, fallback, fallback_bold] = faces.as_slice() else {
        return Err("give four fonts: regular, bold, and one more of each for the signs the first two lack".into());
    };
    println!("//! Advance widths in 1/128 em, a byte each; written by `examples/text_width_table.rs`, not by hand.");
    println!("//! In: nothing. Out: the ranges and the widths of their characters.");
    println!("//! Never knows: what is measured.\n");
    println!("/// First and last character of each range; widths follow each other in this order.");
    println!("pub(super) const RANGES: [(u32, u32); {}] = {:?};\n", RANGES.len(), RANGES);
    println!(
        "/// Regular weight; 0 stands for a character no font had.\npub(super) const REGULAR: &[u8] = b\"{}\";\n",
        table(regular, fallback)
    );
    println!("/// Bold.\npub(super) const BOLD: &[u8] = b\"{}\";", table(bold, fallback_bold));
    Ok(())
}

fn table(face: &FontRef<'_>, fallback: &FontRef<'_>) -> String {
    let codes = RANGES.iter().flat_map(|&(first, last)| first..=last);
    let widths = codes.map(|code| char::from_u32(code).and_then(|c| advance(face, c).or_else(|| advance(fallback, c))));
    widths.enumerate().fold(String::new(), |mut out, (index, width)| {
        let line_break = if index % 28 == 0 { "\\\n    " } else { "" };
        let _ = write!(out, "{line_break}\\x{:02x}", width.unwrap_or(0));
        out
    })
}

fn advance(face: &FontRef<'_>, c: char) -> Option<u8> {
    let glyph = face.charmap().map(c)?;
    let units = u32::from(face.hmtx().ok()?.advance(glyph)?) * 128;
    u8::try_from(units.div_ceil(u32::from(face.head().ok()?.units_per_em()))).ok()
}
