//! The imports of a crate, read from its source as the compiler parses it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Item, ItemMod, ItemUse, Macro, Meta, UseTree, Visibility,
    visit::{self, Visit},
};

/// A module's path from the crate's root, which is empty.
pub type Module = Vec<String>;

/// Who imports whom.
#[derive(Default)]
pub struct Imports {
    /// Every module with a file of its own, and that file.
    pub modules: BTreeMap<Module, String>,
    /// Importer and imported.
    pub arrows: BTreeSet<(Module, Module)>,
    /// Importer and the first name of a path that is of no module here: another crate, mostly.
    pub foreign: BTreeSet<(Module, String)>,
    /// Importer and what it imports by a glob.
    pub globs: BTreeSet<(Module, String)>,
}

impl Imports {
    /// Reads a folder of source, without `main.rs` and its modules: a program is a crate of its own
    /// above the library.
    pub fn read(source: &Path) -> Self {
        let mut files = Vec::new();
        gather(source, source, &mut files);
        let main = files.iter().find(|(path, _)| path == "main.rs");
        let mut outside: Vec<_> = main.iter().flat_map(|(_, text)| modules_in(text)).collect();
        outside.push("main".to_owned());
        files.retain(|(path, _)| !module_of(path).first().is_some_and(|top| outside.contains(top)));
        Self::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }

    /// Reads files, each with its path below the folder of source.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let parsed: Vec<_> = files
            .into_iter()
            .map(|(path, text)| {
                let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
                (module_of(path), path, file)
            })
            .collect();
        let tests: BTreeSet<Module> = parsed
            .iter()
            .flat_map(|(module, _, file)| file.items.iter().map(move |item| (module, item)))
            .filter_map(|(module, item)| match item {
                Item::Mod(item) if is_test(&item.attrs) => Some(child(module, &item.ident)),
                _ => None,
            })
            .collect();
        let is_kept =
            |module: &Module| (1..=module.len()).all(|end| !tests.contains(&module[..end]));
        let kept: Vec<_> = parsed.iter().filter(|(module, ..)| is_kept(module)).collect();
        let modules = kept.iter().map(|(module, path, _)| (module.clone(), (*path).to_owned()));
        let mut all = Self { modules: modules.collect(), ..Self::default() };
        for (module, _, file) in kept {
            let mut reader = Reader { file: module.clone(), at: module.clone(), all: &mut all };
            reader.visit_file(file);
        }
        all
    }
}

/// The modules that a file says it has.
fn modules_in(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).unwrap().items;
    let name = |item: &Item| match item {
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    };
    items.iter().filter_map(name).collect()
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn module_of(path: &str) -> Module {
    let mut module: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path == "lib.rs" || module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}

fn child(module: &Module, name: &syn::Ident) -> Module {
    let mut child = module.clone();
    child.push(name.to_string());
    child
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => {
            let names = list.tokens.to_string();
            list.path.is_ident("cfg")
                && names.split(|letter: char| !letter.is_alphanumeric()).any(|name| name == "test")
        }
        _ => false,
    })
}

struct Reader<'a> {
    file: Module,
    /// The module within the file.
    at: Module,
    all: &'a mut Imports,
}

impl Reader<'_> {
    /// Notes a path that is written here, by the deepest module that it names.
    fn note(&mut self, path: &[String]) {
        let Some(first) = path.first() else { return };
        let (mut module, rest) = match first.as_str() {
            "crate" => (Module::new(), &path[1..]),
            "self" => (self.at.clone(), &path[1..]),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                (self.at[..self.at.len().saturating_sub(ups)].to_vec(), &path[ups..])
            }
            name => {
                let mut child = self.at.clone();
                child.push(name.to_owned());
                if !self.all.modules.contains_key(&child) {
                    self.all.foreign.insert((self.file.clone(), name.to_owned()));
                    return;
                }
                (self.at.clone(), path)
            }
        };
        for name in rest {
            module.push(name.clone());
            if !self.all.modules.contains_key(&module) {
                module.pop();
                break;
            }
        }
        // A module inside a file is of that file.
        while !self.all.modules.contains_key(&module) && module.pop().is_some() {}
        if module != self.file {
            self.all.arrows.insert((self.file.clone(), module));
        }
    }

    fn note_tree(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.note_tree(&part.tree, path);
                path.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.note_tree(tree, path));
            }
            UseTree::Glob(_) => {
                // The variants of an enum have no module.
                let is_type = path.last().is_some_and(|name| name.starts_with(char::is_uppercase));
                if !is_type {
                    self.all.globs.insert((self.file.clone(), path.join("::")));
                }
                self.note(path);
            }
            UseTree::Name(_) | UseTree::Rename(_) => {
                let name = match tree {
                    UseTree::Name(name) => name.ident.to_string(),
                    UseTree::Rename(name) => name.ident.to_string(),
                    _ => return,
                };
                if name == "self" {
                    return self.note(path);
                }
                path.push(name);
                self.note(path);
                path.pop();
            }
        }
    }

    /// The paths in the tokens of a macro or an attribute: names with `::` between them.
    fn note_tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons): (Vec<String>, usize) = (Vec::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note_written(&path);
                        path.clear();
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                other => {
                    self.note_written(&path);
                    path.clear();
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.note_tokens(group.stream());
                    }
                }
            }
        }
        self.note_written(&path);
    }

    /// A single name is no path: it was imported, or is of this file.
    fn note_written(&mut self, path: &[String]) {
        if path.len() > 1 {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.at.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.note_tree(&item.tree, &mut Vec::new());
    }

    /// `pub(in crate::store)` imports nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.note_written(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        visit::visit_path(self, &item.path);
        self.note_tokens(item.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta {
            self.visit_path(&list.path);
            self.note_tokens(list.tokens.clone());
        }
    }
}
