//! Any text as a page whose fixes are applied.
//! In: what the fuzzer makes up. Out: a crash, when something does not hold.
//! Never knows: what must hold; `tests/support/anything` says that.

#![no_main]

#[path = "../../support/anything/mod.rs"]
#[allow(dead_code, reason = "each target uses one function of it")]
mod anything;

libfuzzer_sys::fuzz_target!(|text: &str| anything::holds("fix")(text));
