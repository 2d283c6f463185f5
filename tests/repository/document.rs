//! A Markdown document, taken apart.
//! In: a file. Out: its links, headings, words in code, list items and commands.
//! Never knows: whether any of these is right.

use std::fs;
use std::path::Path;

use partner_docs::url::SlugStyle;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What a document holds.
#[derive(Default)]
pub(super) struct Document {
    /// Where its links and images lead, as written.
    pub(super) links: Vec<String>,
    /// What is written as code in its text.
    pub(super) code: Vec<String>,
    /// The code in each item of its lists.
    pub(super) items: Vec<Vec<String>>,
    /// The lines of its shell scripts, without comments.
    pub(super) commands: Vec<String>,
    headings: Vec<String>,
}

impl Document {
    pub(super) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut document = Self::default();
        let (mut is_script, mut heading, mut depth) = (false, None, 0);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push(dest_url.into_string());
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    is_script = matches!(&*info, "sh" | "console");
                }
                Event::Text(script) if is_script => document.add_commands(&script),
                Event::End(TagEnd::CodeBlock) => is_script = false,
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => document.headings.extend(heading.take()),
                Event::Start(Tag::Item) => {
                    depth += 1;
                    document.items.push(Vec::new());
                }
                Event::End(TagEnd::Item) => depth -= 1,
                Event::Code(word) => {
                    if let Some(item) = document.items.last_mut().filter(|_| depth > 0) {
                        item.push(word.to_string());
                    }
                    if let Some(heading) = &mut heading {
                        heading.push_str(&word);
                    }
                    document.code.push(word.into_string());
                }
                Event::Text(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        document
    }

    /// Whether one of its headings has this id.
    pub(super) fn has_anchor(&self, anchor: &str) -> bool {
        self.headings.iter().any(|heading| SlugStyle::Github.slug(heading) == anchor)
    }

    fn add_commands(&mut self, script: &str) {
        let lines = script.lines().map(|line| line.split(" # ").next().unwrap_or_default());
        let commands = lines.flat_map(|line| line.trim_start_matches("$ ").split(" && "));
        self.commands.extend(commands.map(|command| command.trim().to_owned()).filter(|command| !command.is_empty()));
    }
}
