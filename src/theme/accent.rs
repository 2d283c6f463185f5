//! A site's one colour, as the theme needs it.
//! In: `#rrggbb` as people write it. Out: its hue and strength in OKLCH.
//! Never knows: which tokens are made from it, or how light they are.

/// A colour without its lightness.
#[derive(Copy, Clone, PartialEq, Debug)]
pub struct Accent {
    /// Degrees, 0 to 360.
    pub hue: f32,
    /// 0 is grey; strong colours of screens reach 0.3.
    pub chroma: f32,
}

impl Accent {
    /// Reads `#rgb` or `#rrggbb`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.is_ascii())?;
        let part = |text: &str| u8::from_str_radix(text, 16).ok();
        let channel = |index: usize| match digits.len() {
            3 => part(&digits[index..=index]).map(|value| value * 17),
            6 => part(&digits[index * 2..index * 2 + 2]),
            _ => None,
        };
        Some(Self::of(channel(0)?, channel(1)?, channel(2)?))
    }

    /// The matrices are those of Björn Ottosson's definition of Oklab.
    fn of(red: u8, green: u8, blue: u8) -> Self {
        let (r, g, b) = (linear(red), linear(green), linear(blue));
        let long = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let medium = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let short = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        let a = 1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short;
        let b = 0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short;
        Self { hue: b.atan2(a).to_degrees().rem_euclid(360.0), chroma: a.hypot(b) }
    }
}

/// An sRGB channel as light.
fn linear(channel: u8) -> f32 {
    let value = f32::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}
