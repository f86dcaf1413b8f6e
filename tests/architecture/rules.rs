//! What is wrong with the imports of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    imports::{Imports, Module},
    layers::Rules,
};

/// Importer and imported, by names.
type Arrows = BTreeMap<String, BTreeSet<String>>;

impl Rules {
    /// A line for each import that breaks a rule.
    pub fn broken(&self, imports: &Imports) -> Vec<String> {
        let mut broken = Vec::new();
        let arrows: Vec<_> =
            imports.arrows.iter().filter(|arrow| !self.is_excepted(arrow)).collect();
        self.upward(&arrows, &mut broken);
        self.layered(imports, &arrows, &mut broken);
        self.circles(&arrows, &mut broken);
        for (importer, name) in &imports.foreign {
            let kept_to = self.foreign.iter().find(|(foreign, _)| foreign == name);
            if let Some((_, places)) = kept_to
                && !places.iter().any(|place| is_within(importer, place))
            {
                broken.push(format!("{}: only {places:?} may name {name}", self.file(importer)));
            }
        }
        for (importer, path) in &imports.globs {
            broken.push(format!(
                "{}: imports all of {path}; name what is meant",
                self.file(importer)
            ));
        }
        for (module, file) in &imports.modules {
            let has_folder = imports.modules.keys().any(|other| is_below(other, module));
            if has_folder && !module.is_empty() && !file.ends_with("/mod.rs") {
                broken.push(format!("{}/src/{file} is to be the mod.rs of its folder", self.name));
            }
        }
        for (from, to) in self.excepted {
            let is_there =
                |arrow: &(Module, Module)| name(&arrow.0) == *from && name(&arrow.1) == *to;
            if !imports.arrows.iter().any(is_there) {
                broken.push(format!("{}: {from} -> {to} needs no exception any more", self.name));
            }
        }
        broken
    }

    fn is_excepted(&self, (from, to): &(Module, Module)) -> bool {
        self.excepted.iter().any(|(a, b)| name(from) == *a && name(to) == *b)
    }

    fn file(&self, module: &Module) -> String {
        format!("{}: {}", self.name, name(module))
    }

    /// A file that imports the file of a folder that it lies in.
    fn upward(&self, arrows: &[&(Module, Module)], broken: &mut Vec<String>) {
        for (from, to) in arrows {
            if is_below(from, to) {
                let to = name(to);
                broken.push(format!("{} imports {to}, in which it lies", self.file(from)));
            }
        }
    }

    fn layered(&self, imports: &Imports, arrows: &[&(Module, Module)], broken: &mut Vec<String>) {
        let layer = |name: &str| self.layers.iter().position(|layer| layer.contains(&name));
        let tops: BTreeSet<_> =
            imports.modules.keys().filter_map(|module| module.first()).collect();
        for top in tops {
            if layer(top).is_none() {
                broken.push(format!("{}: {top} stands in no layer", self.name));
            }
        }
        for (from, to) in arrows {
            let (Some(above), Some(below)) = (from.first(), to.first()) else { continue };
            if above != below && layer(above) >= layer(below) {
                let to = name(to);
                broken.push(format!("{} imports {to}, which is not below it", self.file(from)));
            }
        }
    }

    /// Circles of files, and of the parts of each folder.
    fn circles(&self, arrows: &[&(Module, Module)], broken: &mut Vec<String>) {
        let mut files = Arrows::new();
        let mut folders: BTreeMap<String, Arrows> = BTreeMap::new();
        for (from, to) in arrows {
            files.entry(name(from)).or_default().insert(name(to));
            let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
            if from.len() > shared && to.len() > shared {
                let part = |module: &Module| name(&module[..=shared].to_vec());
                let folder = folders.entry(name(&from[..shared].to_vec())).or_default();
                folder.entry(part(from)).or_default().insert(part(to));
            }
        }
        for arrows in std::iter::once(&files).chain(folders.values()) {
            for circle in circles_of(arrows) {
                let line = format!("{}: a circle of {}", self.name, circle.join(", "));
                if !broken.contains(&line) {
                    broken.push(line);
                }
            }
        }
    }
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

fn is_below(module: &Module, folder: &Module) -> bool {
    module.len() > folder.len() && module.starts_with(folder)
}

fn is_within(module: &Module, place: &str) -> bool {
    let place: Vec<_> = place.split("::").map(str::to_owned).collect();
    module.starts_with(&place)
}

/// Each set of names that reach each other, in order.
fn circles_of(arrows: &Arrows) -> Vec<Vec<String>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|from| (from.as_str(), reached(arrows, from))).collect();
    let mut circles = BTreeSet::new();
    for (from, all) in &reach {
        let back = |to: &&&str| reach.get(**to).is_some_and(|reached| reached.contains(from));
        let circle: Vec<_> = all.iter().filter(back).map(|to| (*to).to_owned()).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// Everything that an import from `from` leads to, in the end.
fn reached<'a>(arrows: &'a Arrows, from: &'a str) -> BTreeSet<&'a str> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(at) = next.pop() {
        for to in arrows.get(at).into_iter().flatten() {
            if seen.insert(to.as_str()) {
                next.push(to);
            }
        }
    }
    seen
}
