//! Writes the seeds of every target into the corpora: `cargo run -p chasqui-tests --example seeds`,
//! before fuzzing anew.

use std::{fs, path::Path};

use chasqui_tests::fuzz::{TARGETS, seeds};

fn main() -> std::io::Result<()> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for target in TARGETS {
        let directory = corpora.join(target.name);
        fs::create_dir_all(&directory)?;
        for (number, input) in seeds(target.name).into_iter().enumerate() {
            fs::write(directory.join(format!("seed-{number:03}")), input)?;
        }
    }
    Ok(())
}
