//! axe-core's rules for accessible pages, where its script is: `AXE_CORE` is its path.
//! In: a tab. Out: what violates a rule.
//! Never knows: what is on the page.

use std::env;
use std::fs;

use crate::missing::skipped;
use crate::tab::Tab;

/// The script; `None`, said aloud, where it is not.
pub(crate) fn script() -> Option<String> {
    let Some(path) = env::var_os("AXE_CORE") else {
        skipped("AXE_CORE is not the path of axe-core's script");
        return None;
    };
    Some(fs::read_to_string(path).expect("AXE_CORE is a file"))
}

/// What a page violates, each with the markup that does.
pub(crate) fn violations(tab: &Tab, script: &str) -> Vec<String> {
    tab.eval(&format!("(() => {{ if (!window.axe) {{ {script}; }} return true; }})()"));
    // Best practices are rules here as well; what only an expert can judge is not reported by axe as a violation.
    let found = tab.eval(
        "axe.run().then(found => found.violations.map(found => \
         `${found.id}: ${found.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`))",
    );
    found.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
