//! Texts made of other texts: pieces put elsewhere, left out, doubled, and broken up by letters that parsers dread.
//! In: seeds. Out: text after text, the same for the same seeds on every machine.

/// Letters and signs that end, open or hide something in one of the languages that are read.
const SIGNS: [&str; 40] = [
    "\n", "\r\n", " ", "    ", "\t", "\0", "\u{feff}", "é", "日", "😀", "e\u{301}", "\u{200f}", "İ", "\"", "'", "`",
    "```", "---", "<", ">", "</", "<!--", "-->", "[", "](", ")", "{", "}", "{{", "#", "*", "|", ":", "- ", "> ", "\\",
    "&", "%", "%2e", "/",
];
/// A longer text shows nothing that a shorter one does not, and takes longer.
const LONGEST: usize = 2_000;

/// Makes texts of others.
pub(crate) struct Mutator {
    seeds: Vec<String>,
    state: u64,
}

impl Mutator {
    /// A mutator that begins with a name's own series of numbers.
    pub(crate) fn new(name: &str, seeds: Vec<String>) -> Self {
        let state = partner_docs::source::stable_fingerprint(name.as_bytes()) | 1;
        Self { seeds, state }
    }

    /// The next text.
    pub(crate) fn text(&mut self) -> String {
        let mut text = self.seed();
        for _ in 0..=self.below(6) {
            self.change(&mut text);
        }
        let end = text.floor_char_boundary(LONGEST);
        text.truncate(end);
        text
    }

    fn change(&mut self, text: &mut String) {
        let (start, end) = self.part(text);
        let piece = match self.below(6) {
            0 => String::new(),
            1 => text.get(start..end).unwrap_or_default().repeat(2),
            2 => {
                let other = self.seed();
                let (start, end) = self.part(&other);
                other.get(start..end).unwrap_or_default().to_owned()
            }
            _ => {
                let sign = self.below(SIGNS.len());
                let kept = if self.below(2) == 0 { text.get(start..end).unwrap_or_default() } else { "" };
                format!("{}{kept}", SIGNS.get(sign).unwrap_or(&""))
            }
        };
        text.replace_range(start..end, &piece);
    }

    fn seed(&mut self) -> String {
        let at = self.below(self.seeds.len());
        self.seeds.get(at).cloned().unwrap_or_default()
    }

    /// A part of a text; most are short.
    fn part(&mut self, text: &str) -> (usize, usize) {
        let most = if self.below(3) == 0 { text.len() + 1 } else { 8 };
        let start = self.below(text.len() + 1);
        let end = (start + self.below(most)).min(text.len());
        (text.floor_char_boundary(start), text.floor_char_boundary(end))
    }

    /// A number below another one; 0 below 0.
    fn below(&mut self, limit: usize) -> usize {
        // Xorshift: Marsaglia, 2003. A crate for numbers that look random would promise no more.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from((self.state >> 11) % limit.max(1) as u64).unwrap_or_default()
    }
}
