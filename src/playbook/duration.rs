//! Adds up the durations of steps as people write them: `30 minutes`, `1-2 hours`, `2 weeks`.
//!
//! Days are not converted to hours, nor weeks to days: how long a working day is differs.

/// Units from the longest to the shortest, with how they are written.
const UNITS: [(&str, &[&str]); 5] = [
    ("month", &["month", "months"]),
    ("week", &["week", "weeks", "wk", "wks", "w"]),
    ("day", &["day", "days", "d"]),
    ("hour", &["hour", "hours", "hr", "hrs", "h"]),
    ("minute", &["minute", "minutes", "min", "mins", "m"]),
];
const HOUR: usize = 3;
const MINUTE: usize = 4;
/// More of a unit than any playbook takes: such a number is a mistake, and would not add up.
const MOST: u32 = 100_000;

/// At least and at most so many of each unit.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
struct Total([(u32, u32); UNITS.len()]);

/// The sum of durations; nothing when there is none, or one of them is not understood.
#[must_use]
pub fn sum<'a>(durations: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut total = Total::default();
    for duration in durations {
        let read = Total::read(duration)?;
        for (unit, (least, most)) in total.0.iter_mut().zip(read.0) {
            *unit = (unit.0.checked_add(least)?, unit.1.checked_add(most)?);
        }
    }
    Some(total.written()).filter(|written| !written.is_empty())
}

impl Total {
    /// `2 weeks`, `1-2 hours`, `1 hour 30 min`, `1.5 h`, `an hour`.
    fn read(text: &str) -> Option<Self> {
        let spaced = text.trim().to_lowercase().replace(['–', '—'], "-").replace(" to ", "-").replace(" - ", "-");
        let (mut total, mut number, mut any) = (Self::default(), None, false);
        for word in spaced.split([' ', ',']).filter(|word| !word.is_empty() && *word != "and") {
            // `2h` is one word and `2 h` are two; both come out as a number and a unit.
            let split = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
            let (digits, unit) = word.split_at(split);
            if matches!(word, "a" | "an" | "one") {
                number = Some(("1", "1"));
                continue;
            }
            if !digits.is_empty() {
                number = Some(digits.split_once('-').unwrap_or((digits, digits)));
            }
            if !unit.is_empty() {
                let at = UNITS.iter().position(|(_, words)| words.contains(&unit))?;
                let (least, most) = number.take()?;
                total.add(at, least, most)?;
                any = true;
            }
        }
        // `1 hour 2` ends in a number without a unit: better no total than a wrong one.
        (any && number.is_none()).then_some(total)
    }

    fn add(&mut self, unit: usize, least: &str, most: &str) -> Option<()> {
        let (unit, least, most) = match (least.parse(), most.parse()) {
            (Ok(least), Ok(most)) => (unit, least, most),
            // Half an hour is thirty minutes. How long half a day is, only the author knows.
            _ if unit == HOUR => (MINUTE, minutes(least)?, minutes(most)?),
            _ => return None,
        };
        if least > most || most > MOST {
            return None;
        }
        let sum = self.0.get_mut(unit)?;
        *sum = (sum.0.checked_add(least)?, sum.1.checked_add(most)?);
        Some(())
    }

    fn written(mut self) -> String {
        let (least, most) = self.0[MINUTE];
        // A range stays in minutes: of `50–70 minutes` nobody can say how many hours they are.
        if least == most {
            self.0[HOUR] = (self.0[HOUR].0 + least / 60, self.0[HOUR].1 + most / 60);
            self.0[MINUTE] = (least % 60, most % 60);
        }
        let parts = self.0.iter().zip(UNITS).filter(|((_, most), _)| *most > 0);
        let part = |((least, most), (unit, _)): (&(u32, u32), (&str, _))| {
            let number = if least == most { most.to_string() } else { format!("{least}–{most}") };
            format!("{number} {unit}{}", if *most == 1 { "" } else { "s" })
        };
        parts.map(part).collect::<Vec<_>>().join(" ")
    }
}

/// `1.5` hours in minutes.
fn minutes(hours: &str) -> Option<u32> {
    let (whole, tenths) = hours.split_once('.')?;
    let tenths: u32 = tenths.parse().ok().filter(|tenths| *tenths < 10)?;
    whole.parse::<u32>().ok()?.checked_mul(60)?.checked_add(tenths * 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(durations: &[&str]) -> String {
        sum(durations.iter().copied()).unwrap_or_else(|| "?".to_owned())
    }

    #[test]
    fn durations_add_up_unit_by_unit() {
        assert_eq!(added(&["30 minutes", "1 hour", "45 min"]), "2 hours 15 minutes");
        assert_eq!(added(&["2 weeks", "3 days", "1 week", "an hour"]), "3 weeks 3 days 1 hour");
        assert_eq!(added(&["1-2 hours", "1 hour"]), "2–3 hours");
        assert_eq!(added(&["1 – 2 days", "half"]), "?");
        assert_eq!(added(&["1.5 h", "2h"]), "3 hours 30 minutes");
        assert_eq!(added(&["20-30 minutes", "1 hour"]), "1 hour 20–30 minutes");
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for text in ["", "soon", "3", "0.5 days", "2 sprints", "5-3 days", "hour", "99999999999 days", "1 hour 2"] {
            assert_eq!(added(&[text]), "?", "{text}");
        }
        assert_eq!(sum([]), None);
    }
}
