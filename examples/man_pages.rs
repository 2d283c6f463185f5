//! Writes the man pages, from the same definitions as `--help`.
//! In: a folder. Out: `partner-docs.1`, and a page for each command.
//! Never knows: what the commands do. Packages and releases run it:
//!
//! ```text
//! cargo run --example man_pages -- target/man
//! ```
#![expect(clippy::disallowed_methods, reason = "a program for the shell reads its own arguments and writes files")]

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder to write to: target/man")?;
    fs::create_dir_all(&folder)?;
    clap_mangen::generate_to(partner_docs::cli::definition(), folder)?;
    Ok(())
}
