//! How far a command is, for a person at a terminal. Where standard error is none, nothing is said.

use chasqui_server::progress::{Progress, Work};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for one thing after another; it goes when the command is done.
#[derive(Default)]
pub struct Bar {
    bar: Option<(Work, ProgressBar)>,
}

impl Bar {
    /// What draws it.
    pub fn watch(mut self) -> impl FnMut(Progress) {
        move |progress| self.show(progress)
    }

    fn show(&mut self, Progress { work, done, total }: Progress) {
        if self.bar.as_ref().is_none_or(|(shown, _)| *shown != work) {
            self.end();
            let style =
                ProgressStyle::with_template("{prefix} {bar:30} {pos} of {len}, {eta} left");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            let bar = ProgressBar::new(total).with_style(style).with_prefix(said(work));
            self.bar = Some((work, bar));
        }
        if let Some((_, bar)) = &self.bar {
            bar.set_position(done);
        }
    }

    fn end(&mut self) {
        if let Some((_, bar)) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.end();
    }
}

fn said(work: Work) -> &'static str {
    match work {
        Work::Rows => "Importing rows",
        Work::Entries => "Checking entries",
        Work::Files => "Hashing files",
    }
}
