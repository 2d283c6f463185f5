//! `allowed-schemes` in book.toml, and the addresses in book.toml that it applies to.

use super::keys::VALUE;
use crate::diagnostic::{Diagnostic, Edit, Fix, Parsed};
use crate::source::Located;
use crate::url::{Schemes, scheme};

/// The schemes that a project allows. Invalid ones, and those that are never allowed, are reported and left out.
pub(crate) fn settle(written: &[Located<String>]) -> Parsed<Schemes> {
    let mut names = Vec::new();
    let mut found = Vec::new();
    for name in written {
        match problem(name) {
            Some(finding) => found.push(finding),
            None => names.push(name.value.clone()),
        }
    }
    Parsed { value: Schemes::with(names), found }
}

fn problem(name: &Located<String>) -> Option<Diagnostic> {
    let written = name.value.as_str();
    let bare = written.split(':').next().unwrap_or_default();
    // Also when written as `javascript:` or with blanks, as browsers are lenient about both.
    if scheme::is_active(bare.trim()) {
        let message = format!("cannot allow `{written}`: such addresses can run scripts");
        return Some(VALUE.at(name.span, message).help("remove it; save the content as a file, and link to that"));
    }
    if scheme::is_name(written) {
        return None;
    }
    let finding = VALUE.at(name.span, format!("invalid scheme `{written}`"));
    Some(if scheme::is_name(bare) {
        let edit = Edit { span: name.span, replacement: format!("\"{bare}\"") };
        finding.help(format!("write only the part before the colon: `{bare}`")).fix(Fix::safe(vec![edit]))
    } else {
        finding.help("write the part of an address before the colon: `slack`")
    })
}

/// An address in book.toml, if it may be published; otherwise, a finding.
pub(super) fn vet(address: Option<&Located<String>>, schemes: &Schemes) -> (Option<String>, Option<Located<String>>) {
    match address {
        Some(address) if schemes.refusal(&address.value).is_some() => (None, Some(address.clone())),
        address => (address.map(|address| address.value.clone()), None),
    }
}
