//! The date on which a page last changed, from the seconds that git gives.

use super::view::Day;

/// The day of a moment, in UTC: the same for every machine that builds the site.
#[must_use]
pub fn day(seconds: i64) -> Day {
    let (year, month, day) = civil(seconds.div_euclid(24 * 60 * 60));
    // `civil` counts months from 1.
    let name = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    Day { iso: format!("{year:04}-{month:02}-{day:02}"), text: format!("{day} {name} {year}") }
}

/// A moment as feeds write it (RFC 3339), in UTC.
pub(super) fn moment(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(24 * 60 * 60);
    format!("{}T{:02}:{:02}:{:02}Z", day(seconds).iso, of_day / 3600, of_day / 60 % 60, of_day % 60)
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Year, month and day of a number of days since 1970-01-01, by Howard Hinnant's `civil_from_days`: years that begin
/// in March end with the day that leap years have more, so that every 400 years are alike.
fn civil(days: i64) -> (i64, u8, u8) {
    // The days from 0000-03-01 to 1970-01-01. Dates before 1970 stay right through the Euclidean division.
    let from_march = days + 719_468;
    let era = from_march.div_euclid(146_097);
    let of_era = from_march.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let small = |number: i64| u8::try_from(number).expect("months and days are small");
    (year + era * 400 + i64::from(month <= 2), small(month), small(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_day() {
        let days = [0, 951_782_400, 1_777_680_000, 1_795_263_610, -1].map(|seconds| day(seconds).iso);
        assert_eq!(days, ["1970-01-01", "2000-02-29", "2026-05-02", "2026-11-21", "1969-12-31"]);
        assert_eq!(day(1_777_680_000).text, "2 May 2026");
        assert_eq!([1_795_263_610, -1].map(moment), ["2026-11-21T12:20:10Z", "1969-12-31T23:59:59Z"]);
    }
}
