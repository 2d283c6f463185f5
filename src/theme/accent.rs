//! A site's one colour, as the theme needs it.
//! In: `#rrggbb` as people write it. Out: its hue and strength in OKLCH.
//! Never knows: which tokens are made from it, or how light they are.

/// A colour by hue and chroma, in OKLCH. The theme sets its lightness, so that text is legible with any colour.
#[derive(Copy, Clone, PartialEq, Debug)]
pub struct Accent {
    /// In degrees, from 0 to 360, rounded to tenths.
    pub hue: f64,
    /// 0 is grey; the strongest screen colours reach 0.3; rounded to thousandths.
    pub chroma: f64,
}

impl Accent {
    /// Reads `#rgb` or `#rrggbb`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits =
            text.trim().strip_prefix('#').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let width = if digits.len() == 3 { 1 } else { 2 };
        let channel = |index: usize| {
            let value = u8::from_str_radix(digits.get(index * width..(index + 1) * width)?, 16).ok()?;
            Some(linear(if width == 1 { value * 17 } else { value }))
        };
        (digits.len() == 3 * width).then(|| Some(Self::of([channel(0)?, channel(1)?, channel(2)?])))?
    }

    /// The matrices are those of Björn Ottosson's definition of Oklab.
    fn of([red, green, blue]: [f64; 3]) -> Self {
        // Oklab, since equal steps in it look equal: a theme's shades of any accent keep their contrast.
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
        let hue = b.atan2(a).to_degrees().rem_euclid(360.0);
        Self { hue: (hue * 10.0).round() / 10.0, chroma: (a.hypot(b) * 1000.0).round() / 1000.0 }
    }
}

/// An sRGB channel as light.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::Accent;

    #[test]
    fn colours_come_apart_into_hue_and_strength() {
        let cases = [("#f00", 29.2, 0.258), ("#00ff00", 142.5, 0.295), ("#3F51B5", 271.4, 0.159), ("#fff", 0.0, 0.0)];
        for (text, hue, chroma) in cases {
            let accent = Accent::parse(text).unwrap();
            assert!((accent.chroma - chroma).abs() < 0.002, "{text} {accent:?}");
            assert!(chroma == 0.0 || (accent.hue - hue).abs() < 0.3, "{text} {accent:?}");
        }
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for text in ["", "#", "teal", "#12", "#12345", "#gggggg", "#+f+f+f", "#üü"] {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
    }
}
