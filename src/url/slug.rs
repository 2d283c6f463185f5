//! Derives anchors from headings, as various other tools do, so that existing links keep working.
//! In: the plain text of a heading. Out: its anchor, and those of further headings with the same text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How an anchor is derived from the text of a heading.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum SlugStyle {
    /// As GitHub and mdBook do: each space becomes a hyphen, so `a — b` becomes `a--b`.
    #[default]
    Github,
    /// As Python-Markdown does by default: ASCII letters only, and runs of spaces and hyphens become one hyphen.
    Mkdocs,
    /// As `pymdownx.slugs.slugify` does with `case: lower`, which Material for `MkDocs` recommends: each space becomes
    /// a hyphen, and `<name>` is removed, even in code.
    Pymdownx,
}

impl SlugStyle {
    /// The anchor of a heading with this plain text, before duplicates are numbered. Empty if no character of it is
    /// allowed in an anchor.
    #[must_use]
    pub fn slug(self, text: &str) -> String {
        match self {
            Self::Github => github(text),
            Self::Mkdocs => python_markdown(text),
            Self::Pymdownx => pymdownx(text),
        }
    }

    /// The replacement for an empty anchor.
    #[must_use]
    pub fn nameless(self) -> &'static str {
        match self {
            Self::Github => "section",
            Self::Mkdocs | Self::Pymdownx => "_1",
        }
    }

    /// The base anchor for numbering duplicates, and the first number to try: Python-Markdown continues an existing
    /// number.
    #[must_use]
    pub fn series(self, slug: &str) -> (&str, usize) {
        let numbered = match self {
            Self::Github => None,
            Self::Mkdocs | Self::Pymdownx => slug.rsplit_once('_'),
        };
        let counted = |(stem, number): (_, &str)| {
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            Some((stem, number.parse::<usize>().ok().filter(|_| is_number)?.checked_add(1)?))
        };
        numbered.and_then(counted).unwrap_or((slug, 1))
    }

    /// The anchor with this number, in the style of the tool.
    #[must_use]
    pub fn numbered(self, stem: &str, number: usize) -> String {
        match self {
            Self::Github => format!("{stem}-{number}"),
            Self::Mkdocs | Self::Pymdownx => format!("{stem}_{number}"),
        }
    }
}

fn github(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_ascii() => slug.extend(Some(c.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric)),
            // Emoji go, but the variation selectors and joined marks behind them stay, though nobody sees them.
            c => slug.extend(c.to_lowercase().filter(|c| c.is_alphanumeric() || is_combining_mark(*c))),
        }
    }
    slug
}

fn python_markdown(text: &str) -> String {
    // `é` decomposed is `e` and a mark: the letter stays and the mark goes, as with Python's `encode('ascii', 'ignore')`.
    let kept: String = text
        .nfkd()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_ascii_whitespace())
        .collect();
    let mut slug = String::with_capacity(kept.len());
    for c in kept.trim().chars() {
        let c = if c.is_ascii_whitespace() { '-' } else { c.to_ascii_lowercase() };
        if c != '-' || !slug.ends_with('-') {
            slug.push(c);
        }
    }
    slug
}

fn pymdownx(text: &str) -> String {
    let text: String = text.nfc().collect();
    let mut slug = String::with_capacity(text.len());
    for c in without_tags(&text).trim().to_lowercase().chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            // Python treats it as a letter, but not its marks.
            c => slug.extend(Some(c).filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))),
        }
    }
    slug
}

/// Removes everything that looks like a tag: from each `<` to the next `>`.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        let Some((_, behind)) = after.split_once('>') else {
            // An unclosed one isn't a tag.
            kept.push('<');
            rest = after;
            break;
        };
        rest = behind;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::SlugStyle::{Github, Mkdocs, Pymdownx};

    #[test]
    fn slugs_follow_their_style() {
        let text = "Step 3 — scaffold & the “solution”";
        assert_eq!(Github.slug(text), "step-3--scaffold--the-solution");
        assert_eq!(Mkdocs.slug(text), "step-3-scaffold-the-solution");
        assert_eq!(Pymdownx.slug(text), "step-3--scaffold--the-solution");
        assert_eq!(Github.slug("🏛\u{fe0f} Licence"), "\u{fe0f}-licence");
        assert_eq!(Github.slug("1\u{fe0f}\u{20e3} Sign"), "1\u{fe0f}\u{20e3}-sign");
        assert_eq!([Mkdocs.slug("🏛\u{fe0f} Licence"), Pymdownx.slug("🏛\u{fe0f} Licence")], ["licence", "-licence"]);
        assert_eq!(Mkdocs.slug("Café — naïve"), "cafe-naive");
        assert_eq!(Pymdownx.slug("Café — naïve"), "café--naïve");
    }

    #[test]
    fn placeholders_go_away_where_the_style_takes_them_for_tags() {
        let slugs = |text| [Github.slug(text), Mkdocs.slug(text), Pymdownx.slug(text)];
        assert_eq!(slugs("Secrets of <env> → all"), ["secrets-of-env--all", "secrets-of-env-all", "secrets-of---all"]);
        assert_eq!(slugs("For <customer>"), ["for-customer", "for-customer", "for"]);
        assert_eq!(slugs("Under < 5"), ["under--5", "under-5", "under--5"]);
    }

    #[test]
    fn numbers_go_on_where_the_style_counts() {
        assert_eq!((Github.series("terms_1"), Github.numbered("terms", 2)), (("terms_1", 1), "terms-2".into()));
        assert_eq!((Mkdocs.series("terms_1"), Mkdocs.numbered("terms", 2)), (("terms", 2), "terms_2".into()));
        assert_eq!(Pymdownx.series("terms_of_use"), ("terms_of_use", 1));
        assert_eq!(Pymdownx.series("terms_+1"), ("terms_+1", 1));
    }
}
