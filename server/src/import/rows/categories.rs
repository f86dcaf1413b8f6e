//! The categories of Chasqui in the words of people, in Spanish, Portuguese and English.

use chasqui_shared::{fold, label, limits};

/// The category of a row that names none.
pub(in crate::import) const OTHER: &str = "other";

/// The words for each category that Chasqui has an icon for, folded and without signs.
const WORDS: &[(&str, &[&str])] = &[
    (
        "oil_spill",
        &[
            "oil spill",
            "spill",
            "derrame",
            "derrame de petroleo",
            "derrame petrolero",
            "derrames de petroleo",
            "derrame de crudo",
            "petroleo",
            "oil",
            "derramamento de oleo",
            "derramamento de petroleo",
            "vazamento",
            "vazamento de oleo",
            "vazamento de petroleo",
        ],
    ),
    (
        "illegal_logging",
        &[
            "illegal logging",
            "logging",
            "tala",
            "tala ilegal",
            "tala de arboles",
            "deforestacion",
            "deforestation",
            "desmatamento",
            "extracao de madeira",
            "extracao ilegal de madeira",
            "madeireiros",
            "corte ilegal de madeira",
            "corte de madeira",
            "exploracao de madeira",
        ],
    ),
    (
        "mining",
        &[
            "mining",
            "illegal mining",
            "mineria",
            "mineria ilegal",
            "mineria de oro",
            "mineracao",
            "mineracao ilegal",
            "garimpo",
            "garimpo ilegal",
            "garimpo ou mineracao",
        ],
    ),
    (
        "fish_kill",
        &[
            "fish kill",
            "dead fish",
            "dead animals",
            "dead fish or animals",
            "peces muertos",
            "mortandad de peces",
            "animales muertos",
            "peces o animales muertos",
            "peixes mortos",
            "animais mortos",
            "peixes ou animais mortos",
            "mortandade de peixes",
        ],
    ),
    (
        "contaminated_water",
        &[
            "contaminated water",
            "water pollution",
            "polluted water",
            "agua contaminada",
            "contaminacion",
            "contaminacion del agua",
            "contaminacion de agua",
            "agua poluida",
            "poluicao",
            "poluicao da agua",
            "contaminacao da agua",
        ],
    ),
    (
        "fire",
        &[
            "fire",
            "fires",
            "fire or burning",
            "burning",
            "forest fire",
            "wildfire",
            "incendio",
            "incendio forestal",
            "incendio o quema",
            "quema",
            "quemas",
            "quema o incendio",
            "fuego",
            "queimada",
            "queimada ou incendio",
            "queimadas",
            "incendio florestal",
            "fogo",
            "incendio ou queimada",
            "fogo ou queimada",
        ],
    ),
    (
        "invasion",
        &[
            "invasion",
            "land invasion",
            "invasores",
            "invasion de tierras",
            "invasao",
            "invasao de terras",
            "invasion de territorio",
            "ocupacion",
            "grilagem",
        ],
    ),
    (
        "hunting",
        &[
            "hunting",
            "hunting or wildlife",
            "poaching",
            "caza",
            "caceria",
            "caza ilegal",
            "caza furtiva",
            "caza o fauna",
            "caca",
            "caca ilegal",
            "caca ou fauna",
            "caza o fauna silvestre",
        ],
    ),
    (
        "road",
        &[
            "road",
            "road or trail",
            "trail",
            "camino",
            "trocha",
            "carretera",
            "camino o trocha",
            "estrada",
            "trilha",
            "ramal",
            "estrada ou trilha",
            "estrada ou ramal",
        ],
    ),
    ("other", &["other", "otro", "otra", "otros", "outro", "outra", "outros"]),
];

/// What a category in a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Category {
    /// One of Chasqui's own.
    Known(&'static str),
    /// Another, under its own words.
    Own(String),
    /// Longer than a category may be.
    TooLong,
}

/// The category that words stand for.
pub(in crate::import) fn category_of(text: &str) -> Category {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    for (id, known) in WORDS {
        if known.contains(&words.as_str()) || id.replace('_', " ") == words {
            return Category::Known(id);
        }
    }
    let own = label(text.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
    if own.len() > limits::CATEGORY_BYTES_MAX { Category::TooLong } else { Category::Own(own) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [&str; 3] = [
        include_str!("../../../../www/src/strings/es/categories.ts"),
        include_str!("../../../../www/src/strings/pt/categories.ts"),
        include_str!("../../../../www/src/strings/en/categories.ts"),
    ];

    #[test]
    fn every_category_is_known_by_the_words_of_the_pages_in_each_language() {
        for page in PAGES {
            let lines: Vec<_> = page.lines().filter(|line| line.starts_with("  ")).collect();
            assert_eq!(lines.len(), WORDS.len());
            for line in lines {
                let (id, words) = line.trim().split_once(": '").unwrap();
                let words = words.trim_end_matches("',");
                assert_eq!(category_of(words), Category::Known(known(id)), "{words}");
            }
        }
    }

    fn known(id: &str) -> &'static str {
        WORDS.iter().map(|(known, _)| *known).find(|known| *known == id).unwrap()
    }

    #[test]
    fn accents_case_and_signs_make_no_difference() {
        for (words, id) in [
            ("Minería", "mining"),
            ("MINERI\u{301}A", "mining"),
            ("mineração", "mining"),
            ("Oil  Spill", "oil_spill"),
            ("oil-spill", "oil_spill"),
            ("oil_spill", "oil_spill"),
            ("Tala", "illegal_logging"),
            ("Queimada", "fire"),
        ] {
            assert_eq!(category_of(words), Category::Known(id), "{words}");
        }
    }

    #[test]
    fn an_unknown_category_keeps_its_own_words() {
        assert_eq!(
            category_of(" Pesca  con barbasco "),
            Category::Own("Pesca con barbasco".into())
        );
        assert_eq!(category_of(&"a".repeat(65)), Category::TooLong);
    }
}
