//! Any text as a playbook.
//! In: what the fuzzer makes up. Out: a crash, when something does not hold.
//! Never knows: what must hold; the property tests say that.

#![no_main]

#[path = "../../support/anything.rs"]
#[allow(dead_code, reason = "each target uses one function of it")]
mod anything;

libfuzzer_sys::fuzz_target!(|text: &str| anything::playbook(text));
