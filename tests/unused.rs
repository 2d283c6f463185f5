//! Public functions, constants and statics that nothing uses.
//!
//! The library's modules are public, so the compiler takes every public item for part of an interface, and reports none
//! as unused. Here a name is used where it stands anywhere else in `src` but in its definition, a `use`, a comment or a
//! test. Two items of one name count as one: what is reported is dead, but what is dead may hide behind its name.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// Names that only tests use, each with the reason why it is in the library nevertheless.
const FOR_TESTS: &[(&str, &str)] =
    &[("desugared", "fuzzed by itself: through a whole page, a fuzzer tries a tenth as many texts")];

/// The public names that a file defines.
#[derive(Default)]
struct Defined(BTreeSet<String>);

impl Defined {
    fn add(&mut self, name: &syn::Ident, visibility: &syn::Visibility) {
        // What is public in a part of the crate only, the compiler looks after.
        if matches!(visibility, syn::Visibility::Public(_)) {
            self.0.insert(name.to_string());
        }
    }
}

impl<'ast> Visit<'ast> for Defined {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, &item.vis);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, &item.vis);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let methods =
            item.items.iter().filter_map(|item| if let syn::TraitItem::Fn(item) = item { Some(item) } else { None });
        methods.for_each(|method| self.add(&method.sig.ident, &item.vis));
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.add(&item.ident, &item.vis);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.add(&item.ident, &item.vis);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.add(&item.ident, &item.vis);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}

/// Every source file of the library and the program that is compiled without tests, with its text up to them.
fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.unwrap().into_path());
    let rust = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut files: BTreeMap<PathBuf, String> =
        rust.map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect();
    let mut tests = BTreeSet::new();
    for (path, text) in &files {
        let head = path.file_stem().is_some_and(|stem| stem == "mod" || stem == "lib");
        let folder = if head { path.parent().unwrap().to_owned() } else { path.with_extension("") };
        let modules = text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once([';', ' ']));
        tests.extend(modules.map(|(name, _)| folder.join(name)));
    }
    files.retain(|path, _| !tests.iter().any(|module| path.starts_with(module) || path.with_extension("") == *module));
    files
}

/// The code of a text: without comments, imports, and the tests at its end.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut is_import = false;
    let is_code = |line: &&str| {
        let line = line.trim_start();
        let begins =
            ["use ", "pub use ", "pub(crate) use ", "pub(super) use "].iter().any(|word| line.starts_with(word));
        let was_import = is_import || begins;
        is_import = was_import && !line.ends_with(';');
        !was_import && !line.starts_with("//")
    };
    own.lines().filter(is_code).map(|line| line.split(" // ").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The words of some code, in order. Those in texts are among them: `format!("{NAME}")` uses a constant.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// The names that are used, with how often.
fn used(files: &BTreeMap<PathBuf, String>) -> BTreeMap<String, usize> {
    let mut used = BTreeMap::<String, usize>::new();
    for text in files.values() {
        let code = code(text);
        let mut before = "";
        for word in words(&code) {
            if !["fn", "const", "static"].contains(&before) {
                *used.entry(word.to_owned()).or_default() += 1;
            }
            before = word;
        }
    }
    used
}

#[test]
fn every_public_function_is_used() {
    let files = sources();
    let used = used(&files);
    let mut dead = Vec::new();
    for (path, text) in &files {
        let mut defined = Defined::default();
        defined.visit_file(&syn::parse_file(text).unwrap());
        let is_unused = |name: &String| !used.contains_key(name) && !FOR_TESTS.iter().any(|(own, _)| own == name);
        dead.extend(defined.0.into_iter().filter(is_unused).map(|name| format!("{}: {name}", path.display())));
    }
    assert!(dead.is_empty(), "nothing but tests uses:\n  {}", dead.join("\n  "));
    let listed: Vec<_> = FOR_TESTS.iter().filter(|(name, _)| used.contains_key(*name)).collect();
    assert!(listed.is_empty(), "these are used, and need no reason to be there: {listed:?}");
}

#[test]
fn a_use_is_no_definition_import_comment_or_test() {
    let text = "pub use a::{\n    dead,\n};\n// dead\nfn dead() {} // dead\nfn live() { other(); f!(\"{NAME}\") }\n\
                #[cfg(test)]\nmod tests {\n dead(); }";
    let files = BTreeMap::from([(PathBuf::from("a.rs"), text.to_owned())]);
    let names: Vec<String> = used(&files).into_keys().collect();
    assert_eq!(names, ["NAME", "f", "fn", "other"]);
}
