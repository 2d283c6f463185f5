//! Keys of a keyboard: `++ctrl+alt+k++`.

use crate::source::Part as _;

/// What is written on keys whose name is a word.
const LABELS: [(&str, &str); 46] = [
    ("alt", "Alt"),
    ("arrow-down", "↓"),
    ("arrow-left", "←"),
    ("arrow-right", "→"),
    ("arrow-up", "↑"),
    ("backspace", "Backspace"),
    ("caps-lock", "Caps Lock"),
    ("cmd", "Cmd ⌘"),
    ("command", "Cmd ⌘"),
    ("control", "Ctrl"),
    ("ctrl", "Ctrl"),
    ("del", "Del"),
    ("delete", "Del"),
    ("down", "↓"),
    ("end", "End"),
    ("enter", "Enter"),
    ("esc", "Esc"),
    ("escape", "Esc"),
    ("fn", "Fn"),
    ("home", "Home"),
    ("insert", "Insert"),
    ("left", "←"),
    ("meta", "Meta"),
    ("minus", "-"),
    ("num-lock", "Num Lock"),
    ("opt", "Option"),
    ("option", "Option"),
    ("page-down", "Page Down"),
    ("page-up", "Page Up"),
    ("pause", "Pause"),
    ("period", "."),
    ("plus", "+"),
    ("print-screen", "Print Screen"),
    ("return", "Return"),
    ("right", "→"),
    ("right-click", "Right Click"),
    ("scroll-lock", "Scroll Lock"),
    ("shift", "Shift"),
    ("slash", "/"),
    ("space", "Space"),
    ("super", "Super"),
    ("tab", "Tab"),
    ("up", "↑"),
    ("win", "Win"),
    ("windows", "Win"),
    ("tilde", "~"),
];

/// The labels of the keys at the start of a text, after `++`, and the length up to and with the closing `++`;
/// `None` when it is no combination of known keys, as in `C++ and D++`.
pub(crate) fn read(text: &str) -> Option<(Vec<String>, usize)> {
    let mut labels = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let length = match rest.strip_prefix('"') {
            // A name in quotes is shown as it is: `++"Save as"++`.
            Some(quoted) => quoted.find('"')? + 2,
            None => rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len()),
        };
        labels.push(label(rest.part(..length))?);
        at += length;
        match text.as_bytes().get(at..at + 2) {
            Some(b"++") => return Some((labels, at + 2)),
            Some([b'+', _]) => at += 1,
            _ => return None,
        }
    }
}

fn label(name: &str) -> Option<String> {
    if let Some(custom) = name.strip_prefix('"') {
        return Some(custom.trim_end_matches('"').to_owned()).filter(|custom| !custom.is_empty());
    }
    let lower = name.to_ascii_lowercase();
    if let Some((_, label)) = LABELS.iter().find(|(key, _)| *key == lower) {
        return Some((*label).to_owned());
    }
    // F24 is the last function key that any keyboard has.
    let is_function = lower.strip_prefix('f').and_then(|number| number.parse().ok()).is_some_and(|n: u8| n <= 24);
    (is_function || name.len() == 1).then(|| name.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn keys_have_their_labels() {
        let (labels, length) = read("ctrl+alt+k++ now").unwrap();
        assert_eq!((labels.join(" "), length), ("Ctrl Alt K".into(), 12));
        assert_eq!(read("f5++").unwrap().0, ["F5"]);
        assert_eq!(read("\"Save as\"++").unwrap().0, ["Save as"]);
        assert_eq!(read(" and D++"), None);
        assert_eq!(read("partner++"), None);
    }
}
