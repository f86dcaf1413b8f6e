//! Runs every kept input of the fuzzer, and mutations of them, through the same functions with an
//! ordinary compiler.
//!
//! A failure prints its input in hex. `CHASQUI_SEED=…` mutates as a printed seed did.

use std::{
    fs,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
};

use chasqui_tests::fuzz::{TARGETS, Target, seeds};
use data_encoding::HEXLOWER;

/// Mutations of the inputs of a decoder in one run.
const MUTATIONS: usize = 1_000;
/// Mutations of the inputs of a target that opens a store or plays a story, which takes
/// milliseconds.
const MUTATIONS_OF_STORIES: usize = 200;
/// Longest mutated input, in bytes.
const INPUT_BYTES_MAX: usize = 4_096;

#[test]
fn no_kept_input_breaks_a_rule() {
    for target in TARGETS {
        for (name, input) in corpus(target) {
            run(target, &name, &input);
        }
    }
}

#[test]
fn no_seed_breaks_a_rule() {
    for target in TARGETS {
        let seeds = seeds(target.name);
        assert!(!seeds.is_empty(), "{} begins with something", target.name);
        seeds.iter().for_each(|input| run(target, "a seed", input));
    }
}

#[test]
fn every_target_has_a_corpus_and_a_program() {
    for target in TARGETS {
        assert!(!corpus(target).is_empty(), "{} has kept inputs", target.name);
        let program = fuzz_directory().join(format!("fuzz_targets/{}.rs", target.name));
        assert!(program.is_file(), "{} is there", program.display());
    }
    let programs = fs::read_dir(fuzz_directory().join("fuzz_targets")).unwrap();
    assert_eq!(programs.count(), TARGETS.len(), "every program is a target");
}

#[test]
fn no_mutation_of_an_input_breaks_a_rule() {
    let seed = std::env::var("CHASQUI_SEED")
        .map_or_else(|_| RandomState::new().hash_one(0), |seed| seed.parse().unwrap());
    for target in TARGETS {
        eprintln!("CHASQUI_SEED={seed} mutates the inputs of {}", target.name);
        let mut random = fastrand::Rng::with_seed(seed);
        let mut inputs = seeds(target.name);
        inputs.extend(corpus(target).into_iter().map(|(_, input)| input));
        let mutations = match target.name {
            "answer" | "hashes" | "import" | "session" | "take_run" => MUTATIONS_OF_STORIES,
            _ => MUTATIONS,
        };
        for number in 0..mutations {
            let input = mutated(&inputs, &mut random);
            run(target, &format!("mutation {number}"), &input);
        }
    }
}

/// Runs one input; if it fails, says which it was.
fn run(target: Target, name: &str, input: &[u8]) {
    struct Witness<'a>(&'a str, &'a str, &'a [u8]);

    impl Drop for Witness<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                let Self(target, name, input) = self;
                eprintln!("{target} fails on {name}: {}", HEXLOWER.encode(input));
            }
        }
    }

    let _witness = Witness(target.name, name, input);
    (target.run)(input);
}

/// The kept inputs of a target, by name.
fn corpus(target: Target) -> Vec<(String, Vec<u8>)> {
    let directory = fuzz_directory().join("corpus").join(target.name);
    let mut inputs: Vec<_> = fs::read_dir(directory)
        .expect("every target has a directory")
        .map(|file| {
            let path = file.expect("the directory can be read").path();
            (path.display().to_string(), fs::read(&path).expect("an input can be read"))
        })
        .collect();
    inputs.sort();
    inputs
}

fn fuzz_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// One of the inputs, changed in a few places.
fn mutated(inputs: &[Vec<u8>], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut input = inputs[random.usize(..inputs.len())].clone();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=input.len());
        match random.u8(..6) {
            0 => input.truncate(at),
            1 => input.insert(at, random.u8(..)),
            2 => input.extend_from_within(at..),
            3 => {
                let other = &inputs[random.usize(..inputs.len())];
                input.truncate(at);
                input.extend_from_slice(&other[at.min(other.len())..]);
            }
            how => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = if how == 4 { random.u8(..) } else { *byte ^ (1 << random.u8(..8)) };
                }
            }
        }
    }
    input.truncate(INPUT_BYTES_MAX);
    input
}
