//! Reads mkdocs.yml with the files that it inherits from, or zensical.toml, as one tree.

use crate::diagnostic::Severity;
use crate::migrate::{ForeignProject, MigrateError, row, toml_tree};
use crate::project::settings::keys::SYNTAX;
use crate::source::{Located, SourceId, SourcePath, Span};
use crate::yaml::{self, Mapping, MappingEntry, NodeContent, YamlNode};

/// More files than anyone inherits from; a circle ends here.
const MOST_INHERITED: usize = 8;
/// The names whose dots TOML takes for tables, and MkDocs for a part of an extension's name.
const DOTTED: [&str; 4] = ["pymdownx", "zensical", "material", "markdown"];

/// The settings as one tree.
pub(super) fn read(project: &ForeignProject<'_>, settings: &SourcePath) -> Result<YamlNode, MigrateError> {
    if settings.extension() == "toml" {
        return zensical(settings, &project.text(settings)?);
    }
    let mut root = YamlNode { span: Span::start_of(SourceId::new(0)), content: NodeContent::Null, tag: None };
    let mut file = settings.clone();
    for _ in 0..MOST_INHERITED {
        let read = yaml_file(project, &file)?;
        let parent = inherited(&read).and_then(|parent| file.parent().join(parent).ok());
        root = merged(read, root);
        match parent {
            Some(parent) => file = parent,
            None => break,
        }
    }
    Ok(with_short_names(root))
}

/// The settings with one name for each extension and plugin: `toc` for `markdown.extensions.toc`, `blog` for
/// `material/blog`.
fn with_short_names(mut root: YamlNode) -> YamlNode {
    if let NodeContent::Mapping(root) = &mut root.content {
        for entry in &mut root.entries {
            match entry.key.value.as_str() {
                "markdown_extensions" => rename(&mut entry.value, &|name| {
                    name.strip_prefix("markdown.extensions.").unwrap_or(name).replace('/', ".")
                }),
                "plugins" => rename(&mut entry.value, &|name| name.rsplit('/').next().unwrap_or(name).to_owned()),
                _ => {}
            }
        }
    }
    root
}

/// Renames the items of a list, or the keys of a mapping.
fn rename(node: &mut YamlNode, short: &dyn Fn(&str) -> String) {
    match &mut node.content {
        NodeContent::Mapping(mapping) => {
            mapping.entries.iter_mut().for_each(|entry| entry.key.value = short(&entry.key.value));
        }
        NodeContent::Sequence(items) => {
            for item in items {
                match &mut item.content {
                    NodeContent::Mapping(_) => rename(item, short),
                    NodeContent::Scalar(name) => name.text = short(&name.text),
                    _ => {}
                }
            }
        }
        NodeContent::Null | NodeContent::Scalar(_) | NodeContent::Unreadable => {}
    }
}

fn inherited(node: &YamlNode) -> Option<&str> {
    match &node.content {
        NodeContent::Mapping(mapping) => mapping.get("INHERIT")?.value.as_text(),
        _ => None,
    }
}

fn yaml_file(project: &ForeignProject<'_>, file: &SourcePath) -> Result<YamlNode, MigrateError> {
    let text = project.text(file)?;
    let parsed = yaml::parse_with_tags(&text, Span::new(SourceId::new(0), 0..text.len()), &SYNTAX);
    let is_readable = matches!(parsed.value.content, NodeContent::Mapping(_) | NodeContent::Null);
    // What is broken costs only itself: MkDocs would refuse the file, so it is rarely broken at all.
    match parsed.found.iter().find(|finding| finding.severity == Severity::Error && !is_readable) {
        Some(finding) => Err(MigrateError::Unreadable(file.clone(), finding.message.clone())),
        None if !is_readable => Err(MigrateError::Unreadable(file.clone(), "it must be a list of settings".to_owned())),
        None => Ok(parsed.value),
    }
}

/// A tree with the values of another over it: mappings are merged, everything else is replaced.
fn merged(below: YamlNode, above: YamlNode) -> YamlNode {
    let span = below.span;
    let tag = above.tag.clone();
    let content = match (below.content, above.content) {
        (NodeContent::Mapping(below), NodeContent::Mapping(above)) => {
            NodeContent::Mapping(merged_mappings(below, above))
        }
        (below, NodeContent::Null) => below,
        (_, above) => above,
    };
    YamlNode { span, content, tag }
}

fn merged_mappings(mut below: Mapping, above: Mapping) -> Mapping {
    for entry in above.entries {
        match below.entries.iter_mut().find(|old| old.key.value == entry.key.value) {
            Some(old) => {
                let empty = YamlNode { span: old.value.span, content: NodeContent::Null, tag: None };
                old.value = merged(std::mem::replace(&mut old.value, empty), entry.value);
            }
            None => below.entries.push(entry),
        }
    }
    below
}

/// The table `[project]`, as MkDocs would have it.
fn zensical(file: &SourcePath, text: &str) -> Result<YamlNode, MigrateError> {
    let tree = toml_tree::read(text).map_err(|why| MigrateError::Unreadable(file.clone(), why))?;
    let project = row::parts(&tree).into_iter().find(|(name, _)| *name == "project").map(|(_, node)| node.clone());
    let mut root = project.unwrap_or(tree);
    if let NodeContent::Mapping(root) = &mut root.content {
        for entry in root.entries.iter_mut().filter(|entry| entry.key.value == "markdown_extensions") {
            entry.value.content = undotted(std::mem::replace(&mut entry.value.content, NodeContent::Null));
        }
    }
    Ok(with_short_names(root))
}

/// `pymdownx: {snippets: …}` as `pymdownx.snippets: …`.
fn undotted(content: NodeContent) -> NodeContent {
    let NodeContent::Mapping(extensions) = content else { return content };
    let mut flat = Mapping { entries: Vec::new(), incomplete: extensions.incomplete };
    for entry in extensions.entries {
        flatten(entry, &mut flat);
    }
    NodeContent::Mapping(flat)
}

fn flatten(entry: MappingEntry, flat: &mut Mapping) {
    let name = &entry.key.value;
    let is_namespace = DOTTED.contains(&name.as_str()) || name.ends_with(".extensions") || name == "pymdownx.blocks";
    match entry.value.content {
        NodeContent::Mapping(inner) if is_namespace => {
            for part in inner.entries {
                let key = Located::new(format!("{name}.{}", part.key.value), part.key.span);
                flatten(MappingEntry { key, value: part.value }, flat);
            }
        }
        _ => flat.entries.push(entry),
    }
}
