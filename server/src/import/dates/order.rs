//! In which order the numbers of a date stand.

/// Which of two numbers before a year is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum DateOrder {
    /// Nothing in the file tells: the day first, as in most of the world, with a note.
    #[default]
    Unknown,
    /// As in Latin America, Europe and most of the world.
    DayFirst,
    MonthFirst,
    /// The file has dates that can only be read the one way, and such that can only be read the
    /// other.
    Mixed,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum NoDate {
    Unreadable,
    /// In a file of [`DateOrder::Mixed`].
    Ambiguous,
}
