//! `check --external`: links to other sites, requested.

use std::collections::BTreeMap;

use super::options::ExternalOptions;
use crate::check::external;
use crate::cli::clock::Clock;
use crate::cli::{reporting, terminal};
use crate::linkcheck::{self, Limits, VerdictCache};
use crate::pipeline::BuiltSite;
use crate::project::files::wildcard::fits_address;
use crate::source::Sources;

/// Asks for all addresses that the options mean, and adds what is wrong.
pub(super) fn add(options: &ExternalOptions, linked: &mut BuiltSite, sources: &Sources) -> Result<(), String> {
    let now = Clock::now();
    let mut cache = options.external_cache.as_deref().map(read).unwrap_or_default();
    let mut addresses = external::addresses(&linked.site);
    let settings = &linked.site.config.written.check.external;
    // Together, and not one in place of the other: what book.toml leaves out would come back with the first `--include`.
    let include = [&options.include[..], &settings.include].concat();
    let exclude = [&options.exclude[..], &settings.exclude].concat();
    let is_like = |patterns: &[String], address: &str| patterns.iter().any(|pattern| fits_address(pattern, address));
    addresses.retain(|address| (include.is_empty() || is_like(&include, address)) && !is_like(&exclude, address));
    let mut verdicts: BTreeMap<_, _> =
        addresses.iter().filter_map(|address| Some((address.clone(), cache.get(address, now)?.clone()))).collect();
    let open: Vec<String> = addresses.iter().filter(|address| !verdicts.contains_key(*address)).cloned().collect();
    let all = open.len();
    let fresh =
        linkcheck::check(&open, Limits::default(), |done| terminal::progress(&format!("{done} of {all} addresses")));
    terminal::progress("");
    for (address, verdict) in &fresh {
        cache.set(address, verdict.clone(), now);
    }
    verdicts.extend(fresh);
    // Also when there were failures: the next run asks only for what is old by then.
    if let Some(file) = &options.external_cache {
        cache.keep(&addresses);
        reporting::save(file, &cache.write()).map_err(|error| error.to_string())?;
    }
    let found = external::check(&linked.site, &verdicts);
    linked.add(found, external::RULES, sources);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a cache is where the user says, outside the sources")]
fn read(file: &std::path::Path) -> VerdictCache {
    // The first run has none.
    std::fs::read_to_string(file).map(|text| VerdictCache::read(&text)).unwrap_or_default()
}
