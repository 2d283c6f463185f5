//! Contains panics, which are bugs of partner-docs, so that one costs only the file that was being processed.
//! In: work that may panic. Out: its result, or a finding with the panic message for that file.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Diagnostic, Rule};
use crate::source::Span;

/// The rule.
pub static PANIC: Rule = Rule::error("internal/panic", include_str!("internal_panic.md"));

/// The maximum length of the panic message: it may quote a whole file.
const SHOWN: usize = 300;

thread_local! {
    /// The nesting depth of [`contained`] on this thread.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// The location of the last panic on this thread. Only the panic hook gets it.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic that was contained.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bug {
    /// The panic message in one line, with its location if the hook recorded it.
    said: String,
}

impl Bug {
    /// A finding for the author of the file. `doing` says what failed, such as `reading this page`.
    #[must_use]
    pub fn finding(&self, at: Span, doing: &str) -> Diagnostic {
        PANIC
            .at(at, format!("partner-docs has a bug that stopped it from {doing}: {}", self.said))
            .help("please report it with this file; all other pages and playbooks are built as usual")
    }
}

impl fmt::Display for Bug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "partner-docs has a bug; please report it: {}", self.said)
    }
}

/// Runs the work and catches a panic in it, if it occurs on this thread.
///
/// After a panic, anything that the work modifies may be half-updated: pass only state that is still usable then.
///
/// # Errors
/// If it panics.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Bug> {
    // Counted, not set: rayon may run one contained task within another on the same thread.
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|payload| Bug { said: said(&*payload, PLACE.take()) })
}

/// Locks, also after a panic of another thread that held the lock. That panic costs the page it happened in: if the lock
/// stayed poisoned, every later page would fail as well. So whoever holds a lock changes what is behind it in one step.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is behind a lock that nobody shares any more, also after a panic.
pub fn unlocked<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Records the location of a panic, for the program's panic hook. Returns whether the panic is contained. If it isn't,
/// nothing else will report it.
#[must_use]
pub fn is_contained(info: &PanicHookInfo<'_>) -> bool {
    PLACE.set(info.location().map(ToString::to_string));
    DEPTH.get() > 0
}

/// The message of a panic.
#[must_use]
pub fn described(info: &PanicHookInfo<'_>) -> Bug {
    Bug { said: said(info.payload(), info.location().map(ToString::to_string)) }
}

fn said(payload: &dyn Any, place: Option<String>) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
    // An assertion prints its two values on lines of their own; a finding is one line.
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(SHOWN).collect();
    match place {
        Some(place) => format!("{line} ({place})"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn a_panic_is_a_finding_with_what_it_says() {
        let bug = contained(|| assert_eq!("Für".len(), 3, "two\nlines")).unwrap_err();
        let finding = bug.finding(Span::start_of(SourceId::new(0)), "reading this page");
        assert_eq!(finding.rule.code, "internal/panic");
        let start = "partner-docs has a bug that stopped it from reading this page: assertion";
        assert!(finding.message.starts_with(start), "{}", finding.message);
        assert!(finding.message.contains("two lines") && !finding.message.contains('\n'), "{}", finding.message);
    }

    #[test]
    fn what_goes_well_is_given_back() {
        assert_eq!(contained(|| 1), Ok(1));
        assert_eq!(contained(|| contained(|| panic!("inside")).is_err()), Ok(true));
    }

    #[test]
    fn a_long_panic_is_cut_off() {
        let bug = contained(|| panic!("{}", "ü".repeat(5000))).unwrap_err();
        assert!(bug.to_string().chars().count() < 2 * SHOWN);
    }
}
