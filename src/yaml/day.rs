//! Days of the calendar, as YAML and people write them.

/// `2026-05-31`: a day that the calendar has.
#[must_use]
pub fn is_day(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u32>().unwrap_or(0)));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some((4, year)), Some((2, month)), Some((2, day)), None) = (year, month, day, parts.next()) else {
        return false;
    };
    // Years of the Gregorian calendar: 1900 was no leap year, 2000 was.
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    // `parse` takes `+5` for a number.
    year > 0 && (1..=days).contains(&day) && text.bytes().all(|byte| byte != b'+')
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_written_year_first() {
        for day in ["2026-05-31", "2024-02-29", "2000-02-29", "2026-04-30"] {
            assert!(is_day(day), "{day}");
        }
        for wrong in ["2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-00-10", "2026-01-00", "0000-01-01"]
        {
            assert!(!is_day(wrong), "{wrong}");
        }
        for wrong in ["31.5.2026", "2026-13-01", "2026-5-31", "2026-05", "2026-05-31-1", ""] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }
}
