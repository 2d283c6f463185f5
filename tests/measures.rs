//! The code in numbers, beside those of projects that are held up as models.
//! In: every source file, and the table in ARCHITECTURE.md. Out: each measure that is worse than the table says.
//! Never knows: what any of the code does.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// Names that any code has.
const COMMON: [&str; 3] = ["Error", "Kind", "Options"];

/// A source file of the library or the program, without its tests.
struct File {
    /// Its module, from the crate's root: `["markdown", "write", "table"]`.
    module: Vec<String>,
    /// The folder it lies in.
    folder: PathBuf,
    text: String,
    parsed: syn::File,
}

impl File {
    fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Lines that hold code.
    fn code_lines(&self) -> usize {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
    }

    /// Lines that say something to whoever changes the code, and not to its callers.
    fn comment_lines(&self) -> usize {
        let is_inline = |line: &&str| line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!");
        self.text.lines().map(str::trim).filter(is_inline).count()
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(repository().join(folder)).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.unwrap().into_path());
    paths.filter(|path| path.extension().is_some_and(|own| own == extension)).collect()
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}

fn sources() -> Vec<File> {
    let root = repository().join("src");
    let is_own =
        |path: &PathBuf| !path.components().any(|part| part.as_os_str() == "tests") && !path.ends_with("tests.rs");
    let read = |path: PathBuf| {
        let relative = path.strip_prefix(&root).unwrap().with_extension("");
        let mut module: Vec<String> =
            relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            module.pop();
        }
        let whole = fs::read_to_string(&path).unwrap();
        let mut parsed = syn::parse_file(&whole).unwrap();
        parsed.items.retain(|item| !matches!(item, syn::Item::Mod(module) if is_test(&module.attrs)));
        // Tests in a file end it.
        let text = whole.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        File { module, folder: path.parent().unwrap().to_owned(), text, parsed }
    };
    files_below("src", "rs").into_iter().filter(is_own).map(read).collect()
}

/// What is counted in the items of a file.
#[derive(Default)]
struct Counted {
    types: Vec<String>,
    tuple_parameters: usize,
    indexings: usize,
}

impl<'ast> Visit<'ast> for Counted {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.types.push(item.ident.to_string());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.types.push(item.ident.to_string());
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.types.push(item.ident.to_string());
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.types.push(item.ident.to_string());
        visit::visit_item_type(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let is_tuple =
            |input: &&syn::FnArg| matches!(input, syn::FnArg::Typed(typed) if matches!(*typed.pat, syn::Pat::Tuple(_)));
        self.tuple_parameters += signature.inputs.iter().filter(is_tuple).count();
        visit::visit_signature(self, signature);
    }

    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        // `list[..]` is all of it, and cannot panic.
        let is_whole = matches!(&*index.index, syn::Expr::Range(range) if range.start.is_none() && range.end.is_none());
        self.indexings += usize::from(!is_whole);
        visit::visit_expr_index(self, index);
    }
}

fn counted(file: &File) -> Counted {
    let mut counted = Counted::default();
    counted.visit_file(&file.parsed);
    counted
}

/// Type names that are defined more than once, in percent of all; and the names.
fn names_of_many_things(files: &[File]) -> (f64, Vec<String>) {
    let mut defined = BTreeMap::<String, usize>::new();
    for name in files.iter().flat_map(|file| counted(file).types) {
        *defined.entry(name).or_default() += 1;
    }
    let several = |(name, times): &(&String, &usize)| **times > 1 && !COMMON.contains(&name.as_str());
    let names: Vec<String> = defined.iter().filter(several).map(|(name, _)| name.clone()).collect();
    (percent(names.len(), defined.len()), names)
}

/// A count in each room, the largest first: where to look.
fn by_room(files: &[File], count: impl Fn(&File) -> usize, unit: usize) -> String {
    let mut rooms = BTreeMap::<String, (usize, usize)>::new();
    for file in files {
        let room = file.module.iter().take(2).cloned().collect::<Vec<_>>().join("/");
        let entry = rooms.entry(if file.module.len() > 2 { room } else { file.room().to_owned() }).or_default();
        entry.0 += count(file);
        entry.1 += file.code_lines();
    }
    let mut rooms: Vec<_> = rooms.into_iter().collect();
    rooms.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let row = |(room, (count, lines)): &(String, (usize, usize))| {
        format!("  {room}: {count} in {lines} lines, {:.1} per {unit}", per(unit, *count, *lines))
    };
    rooms.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn percent(part: usize, whole: usize) -> f64 {
    per(100, part, whole)
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines")]
fn per(unit: usize, part: usize, whole: usize) -> f64 {
    (part * unit) as f64 / whole as f64
}

fn largest_folder(files: &[File]) -> usize {
    let mut folders = BTreeMap::<&Path, usize>::new();
    for file in files {
        *folders.entry(&file.folder).or_default() += 1;
    }
    folders.values().copied().max().unwrap_or(0)
}

/// The paths of a `use`, from the crate's root; those of other crates are left out.
fn imports(file: &File, modules: &BTreeSet<Vec<String>>) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for item in &file.parsed.items {
        if let syn::Item::Use(item) = item {
            gather(&item.tree, &mut Vec::new(), &mut |path| {
                let absolute = match path.first().map(String::as_str) {
                    Some("crate") => path.get(1..).unwrap_or_default().to_vec(),
                    Some("super") => {
                        let up = path.iter().take_while(|part| *part == "super").count();
                        let base = file.module.len().saturating_sub(up);
                        file.module.iter().take(base).chain(path.iter().skip(up)).cloned().collect()
                    }
                    _ => return,
                };
                // The longest part of the path that is a module.
                let module =
                    (1..=absolute.len()).rev().map(|end| absolute.iter().take(end).cloned().collect::<Vec<_>>());
                found.extend(module.filter(|module| modules.contains(module)).take(1));
            });
        }
    }
    found
}

fn gather(tree: &syn::UseTree, before: &mut Vec<String>, tell: &mut impl FnMut(&[String])) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            gather(&path.tree, before, tell);
            before.pop();
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| gather(tree, before, tell)),
        syn::UseTree::Name(name) => {
            before.push(name.ident.to_string());
            tell(before);
            before.pop();
        }
        syn::UseTree::Rename(rename) => {
            before.push(rename.ident.to_string());
            tell(before);
            before.pop();
        }
        syn::UseTree::Glob(_) => tell(before),
    }
}

/// Sets of files of one room that import each other in a circle. A file that heads a folder names what lies in it, and
/// is named by it: that is a folder and no circle.
fn circles(files: &[File]) -> Vec<Vec<String>> {
    let modules: BTreeSet<Vec<String>> = files.iter().map(|file| file.module.clone()).collect();
    let heads: BTreeSet<&[String]> = modules.iter().filter_map(|module| Some(module.split_last()?.1)).collect();
    let leads: BTreeMap<&Vec<String>, Vec<Vec<String>>> = files
        .iter()
        .filter(|file| !heads.contains(file.module.as_slice()))
        .map(|file| {
            let inside = imports(file, &modules).into_iter().filter(|to| {
                to.first().map(String::as_str) == Some(file.room())
                    && !heads.contains(to.as_slice())
                    && *to != file.module
            });
            (&file.module, inside.collect())
        })
        .collect();
    let all_from = |from: &Vec<String>| {
        let mut met = BTreeSet::new();
        let mut open: Vec<&Vec<String>> = leads.get(from).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if met.insert(next.clone()) {
                open.extend(leads.get(next).into_iter().flatten());
            }
        }
        met
    };
    let reached: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> =
        leads.keys().map(|from| (*from, all_from(from))).collect();
    let mut found = BTreeSet::new();
    for (from, to) in &reached {
        let circle: Vec<String> = to
            .iter()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(*from)))
            .map(|module| module.join("/"))
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

fn important() -> usize {
    let read = |path: PathBuf| fs::read_to_string(path).unwrap().matches("!important").count();
    files_below("themes", "css").into_iter().map(read).sum()
}

/// The files in `src` that one rule is in, or that name it: what a new rule touches. The reference and the navigation are
/// written by a test.
fn files_of_a_rule() -> usize {
    let names_it = |path: &PathBuf| {
        path.file_stem().is_some_and(|stem| stem == "multiple_h1")
            || fs::read_to_string(path).unwrap().contains("multiple_h1")
    };
    files_below("src", "rs").into_iter().chain(files_below("src", "md")).filter(names_it).count()
}

/// A measure: what it counts, here, and at most.
struct Measure {
    name: &'static str,
    here: String,
    is_met: bool,
    /// What to look at when it is not.
    because: String,
}

fn measures() -> Vec<Measure> {
    let files = sources();
    let lines: usize = files.iter().map(File::code_lines).sum();
    let comments: usize = files.iter().map(File::comment_lines).sum();
    let (names, which) = names_of_many_things(&files);
    let tuples: Vec<String> = files
        .iter()
        .map(|file| (file.module.join("/"), counted(file).tuple_parameters))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    let tuple_parameters: usize = files.iter().map(|file| counted(file).tuple_parameters).sum();
    let indexings = per(1000, files.iter().map(|file| counted(file).indexings).sum(), lines);
    let said = per(100, comments, lines);
    let circles = circles(&files);
    let folder = largest_folder(&files);
    let measure = |name, here: String, is_met, because| Measure { name, here, is_met, because };
    vec![
        measure("type names that mean several things", format!("{names:.1} %"), names <= 5.0, which.join(", ")),
        measure("files in the largest folder", folder.to_string(), folder <= 20, String::new()),
        measure("import circles inside rooms", circles.len().to_string(), circles.is_empty(), format!("{circles:#?}")),
        measure("tuple parameters", tuple_parameters.to_string(), tuple_parameters == 0, tuples.join(", ")),
        measure(
            "indexing and slicing per 1,000 lines",
            format!("{indexings:.1}"),
            indexings <= 10.0,
            by_room(&files, |file| counted(file).indexings, 1000),
        ),
        measure(
            "inline comments per 100 lines",
            format!("{said:.1}"),
            (3.0..=6.0).contains(&said),
            by_room(&files, File::comment_lines, 100),
        ),
        measure("files that a new rule touches", files_of_a_rule().to_string(), files_of_a_rule() <= 3, String::new()),
        measure("`!important` in the theme", important().to_string(), important() == 0, String::new()),
    ]
}

/// Whether a number of the table says something else than the code does: a comment more is not worth a change there.
fn is_stale(table: &str, code: &str) -> bool {
    let number = |text: &str| text.trim_end_matches(" %").parse::<f64>().ok();
    let is_near = |(table, code): (f64, f64)| (table - code).abs() <= (code / 10.0).max(0.5);
    !number(table).zip(number(code)).is_some_and(is_near)
}

#[test]
fn the_code_is_as_the_table_of_measures_says() {
    let document = repository().join("ARCHITECTURE.md");
    let text = fs::read_to_string(&document).unwrap();
    let mut updated = text.clone();
    let mut wrong = String::new();
    for measure in measures() {
        let row = text.lines().find(|line| line.starts_with(&format!("| {} |", measure.name)));
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for {}", measure.name));
        let cells: Vec<&str> = row.split(" | ").collect();
        let mut new = cells.clone();
        new[1] = &measure.here;
        updated = updated.replace(row, &new.join(" | "));
        if is_stale(cells[1], &measure.here) {
            let _ = writeln!(wrong, "{}: {} in the table, {} in the code", measure.name, cells[1], measure.here);
        }
        if !measure.is_met {
            let _ = writeln!(wrong, "{}: {} is not what is aimed at\n{}", measure.name, measure.here, measure.because);
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(document, updated).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The rows of GLOSSARY.md: the word, and the names in the code.
fn glossary() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(repository().join("GLOSSARY.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let names = cells.last().into_iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned);
        (cells.first().copied().unwrap_or_default().to_owned(), names.collect())
    })
    .collect()
}

#[test]
fn the_glossary_is_short_and_names_what_exists_once() {
    let files = sources();
    let mut types = BTreeMap::<String, usize>::new();
    for name in files.iter().flat_map(|file| counted(file).types) {
        *types.entry(name).or_default() += 1;
    }
    let modules: BTreeSet<String> = files.iter().map(|file| file.module.join("::")).collect();
    let rows = glossary();
    let words: Vec<&String> = rows.iter().map(|(word, _)| word).collect();
    assert!(words.len() <= 60, "{} rows: nobody learns so many", words.len());
    assert!(words.is_sorted(), "the words are in alphabetical order: {words:?}");
    let is_unknown = |name: &&String| types.get(*name) != Some(&1) && !modules.contains(*name);
    let unknown: Vec<&String> = rows.iter().flat_map(|(_, names)| names).filter(is_unknown).collect();
    assert!(unknown.is_empty(), "not in the code, or there several times: {unknown:?}");
}
