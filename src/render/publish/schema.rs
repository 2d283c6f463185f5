//! The JSON Schemas of the files of playbooks and maps. A test holds the files to them.

#![allow(clippy::indexing_slicing, reason = "a member of a JSON object that is not there is null")]

use serde_json::{Value, json};

use super::{map_entry, playbook_entry};

/// The schema of `playbooks/ID.json`, in draft 7. Readers must ignore unknown fields, because new ones don't change the
/// version.
#[must_use]
pub fn playbook_file() -> Value {
    let step = object(&json!({
        "number": { "type": "integer", "description": "Starts at 1." },
        "name": text("What happens."),
        "label": or_null(text("A shorter name, for a strip.")),
        "address": text("The address of the step, from the site's root."),
        "description": or_null(text("What happens in it, in a sentence of Markdown.")),
        "optional": { "type": "boolean", "description": "Whether it can be left out." },
        "when": or_null(text("When it is done at all, as Markdown.")),
        "depends_on": or_null(list(json!({ "type": "integer" }), "The numbers of the steps that must be done first.")),
        "owners": names("Who does it."),
        "accountable": names("Who answers for it."),
        "consulted": names("Who is asked before it is done."),
        "informed": names("Who is told once it is done."),
        "duration": or_null(text("How long it takes, as its author wrote it.")),
        "inputs": markdown_list("What is needed to begin."),
        "outputs": markdown_list("What there is afterwards."),
        "template": or_null(template()),
        "prompt": or_null(text("What to ask an assistant, or oneself.")),
        "checklist": markdown_list("What to tick off."),
        "kpis": markdown_list("What to measure."),
    }));
    let next = object(&json!({ "id": text("Its id."), "name": text("Its name."), "address": text("Its address.") }));
    file(
        "Playbook of a published site",
        object(&json!({
            "version": version(playbook_entry::VERSION),
            "id": text("The path of its file below the folder of playbooks, without `.yaml`."),
            "name": text("What readers call it."),
            "address": text("The address of its page, from the site's root."),
            "markdown": or_null(text("The address of its page as Markdown.")),
            "source": text("Its file in the repository."),
            "owners": names("Who answers for the playbook itself."),
            "edition": or_null(text("The `version` that its file gives.")),
            "last_reviewed": or_null(text("The day on which its owner last read it through: `2026-05-31`.")),
            "description": or_null(text("What it does, in a sentence of Markdown.")),
            "purpose": or_null(text("What it is good for, as Markdown.")),
            "tags": names("Its tags."),
            "recurring": or_null(text("How often it is repeated.")),
            "duration": or_null(text("How long all steps take, if each says how long it takes.")),
            "run": or_null(text("The command that runs it.")),
            "prerequisites": markdown_list("What is needed before it starts."),
            "warnings": markdown_list("What to be careful about."),
            "steps": list(step, "What is done, in order."),
            "success_criteria": markdown_list("How to tell that it succeeded."),
            "next": list(next, "The playbooks that may follow."),
            "own": {
                "type": "object",
                "additionalProperties": names("The values of one key."),
                "description": "The team's own keys, with the texts of their values.",
            },
        })),
    )
}

/// The document that a step uses.
fn template() -> Value {
    object(&json!({
        "written": text("As it is written in the file of the playbook."),
        "title": text("What readers call it."),
        "kind": {
            "enum": ["page", "file", "repository", "web", "missing"],
            "description": "A page or a file of the site, a file of the repository, another site, or nothing.",
        },
        "address": or_null(text(
            "From the site's root; of a file of the repository its path, of another site its full address.",
        )),
        "markdown": or_null(text("The address of the page as Markdown.")),
    }))
}

/// The schema of `maps/ID.json`, in draft 7. Readers must ignore unknown fields, because new ones don't change the
/// version.
#[must_use]
pub fn map_file() -> Value {
    let lane = object(&json!({ "id": text("Its id."), "title": text("What readers call it.") }));
    let node = object(&json!({
        "id": text("Its id in the diagram."),
        "title": text("The first line of its label."),
        "text": text("All of its label."),
        "lane": or_null(text("The id of its lane.")),
        "stage": or_null(text("The heading of its stage.")),
        "tooltip": or_null(text("What it is for, in a sentence.")),
        "target": or_null(text(
            "What it opens: an address from the site's root, a path in the repository, or a full address.",
        )),
    }));
    let edge = object(&json!({
        "from": text("The id of a node, a lane or a group."),
        "to": text("The id of a node, a lane or a group."),
        "line": { "enum": ["solid", "dashed", "thick"], "description": "How it is drawn." },
        "label": or_null(text("The words on it.")),
    }));
    file(
        "Workflow map of a published site",
        object(&json!({
            "version": version(map_entry::VERSION),
            "markdown": or_null(text("The address of its page as Markdown.")),
            "id": text("What other pages call it."),
            "title": text("What readers call it."),
            "page": text("The address of its page, from the site's root."),
            "anchor": text("Its place on that page, without `#`."),
            "file": or_null(text("The address of its drawing, as SVG.")),
            "json": or_null(text("The address of this file.")),
            "direction": { "enum": ["LR", "RL", "TB", "BT"], "description": "Where it leads, as in Mermaid." },
            "lanes": list(lane, "In the order of the drawing."),
            "stages": list(text("A heading."), "The headings of its columns, in order."),
            "nodes": list(node, "Its steps, in the order of the table."),
            "edges": list(edge, "What leads where."),
        })),
    )
}

fn file(title: &str, mut schema: Value) -> Value {
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    schema
}

fn version(version: u32) -> Value {
    json!({ "const": version, "description": "Grows when a field changes its meaning." })
}

/// An object that has all of these fields.
fn object(properties: &Value) -> Value {
    let names: Vec<&String> = properties.as_object().into_iter().flat_map(|fields| fields.keys()).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

fn text(meaning: &str) -> Value {
    json!({ "type": "string", "description": meaning })
}

fn list(item: Value, meaning: &str) -> Value {
    let mut schema = json!({ "type": "array", "description": meaning });
    schema["items"] = item;
    schema
}

fn names(meaning: &str) -> Value {
    list(json!({ "type": "string" }), meaning)
}

fn markdown_list(meaning: &str) -> Value {
    list(text("Markdown."), meaning)
}

/// The same, or null: what a file does not say is there as well.
fn or_null(mut schema: Value) -> Value {
    let own = schema["type"].take();
    schema["type"] = json!([own, "null"]);
    schema
}
