//! Single rules, step by step.

use super::{
    super::{Direction, Input, Moved, Output, Placed, Transfer, Wanted},
    ends::Taken,
    world::limits,
};
use crate::{Begun, Code, ContentHash, Failure, StoredResponse, limits::HELD_MAX};

fn wanted(taken: &Taken, direction: Direction) -> Wanted {
    Wanted { file: taken.file.clone(), direction }
}

fn files(sizes: &[u64]) -> Vec<Taken> {
    sizes.iter().enumerate().map(|(n, size)| Taken::new(n as u64, *size)).collect()
}

/// A transfer of these files, to a peer that has none of them.
fn sending(files: &[Taken]) -> Transfer {
    let mut transfer = Transfer::new(limits(), 1);
    let all = files.iter().map(|taken| wanted(taken, Direction::Send)).collect();
    transfer.handle_input(0, Input::Want(all));
    transfer.handle_input(0, Input::Wake);
    answer(&mut transfer, 0, StoredResponse::default());
    transfer
}

fn outputs(transfer: &mut Transfer) -> Vec<Output> {
    std::iter::from_fn(|| transfer.poll_output()).collect()
}

fn answer(transfer: &mut Transfer, now_ms: u64, answer: StoredResponse) -> Vec<ContentHash> {
    let Some(Output::Ask { request, hashes }) = transfer.poll_output() else {
        panic!("it asks first")
    };
    transfer.handle_input(now_ms, Input::Answered(request, answer));
    hashes
}

/// The slices that are to be sent now: request, file, where it begins, patience.
fn slices(transfer: &mut Transfer) -> Vec<(u64, ContentHash, u64, u64)> {
    let sent = outputs(transfer).into_iter().filter_map(|output| match output {
        Output::Send { request, file, at, patience_ms, .. } => {
            Some((request, file.hash, at.map_or(0, |at| at.offset), patience_ms))
        }
        _ => None,
    });
    sent.collect()
}

fn fail(transfer: &mut Transfer, now_ms: u64, request: u64, code: Code) {
    let failure = Failure::new(code, "");
    transfer.handle_input(now_ms, Input::Failed { request, failure, offset: None });
}

fn sent(transfer: &mut Transfer, now_ms: u64, request: u64, taken: &Taken, offset: u64) {
    let at = Placed { upload: "u".into(), offset };
    transfer.handle_input(now_ms, Input::Sent { request, at, bytes: taken.file.bytes });
}

#[test]
fn small_files_go_first_so_many_at_once_and_what_comes_later_and_is_smaller_goes_before_the_rest() {
    let files = files(&[5_000, 4_000, 10, 300]);
    let mut transfer = sending(&files);
    let first = slices(&mut transfer);
    let order: Vec<_> = first.iter().map(|(_, hash, ..)| *hash).collect();
    assert_eq!(order, [2, 3, 1].map(|n: usize| files[n].file.hash));
    let small = Taken::new(9, 20);
    transfer.handle_input(0, Input::Want(vec![wanted(&small, Direction::Send)]));
    assert_eq!(answer(&mut transfer, 0, StoredResponse::default()), [small.file.hash]);
    sent(&mut transfer, 1, first[2].0, &files[1], 100);
    assert_eq!(slices(&mut transfer)[0].1, small.file.hash, "the large one waits");
}

#[test]
fn questions_about_many_files_come_in_parts_within_the_limit() {
    let files: Vec<_> = (0..=HELD_MAX as u64).map(|n| Taken::new(n, 20)).collect();
    let mut transfer = Transfer::new(limits(), 1);
    let all = files.iter().map(|taken| wanted(taken, Direction::Send)).collect();
    transfer.handle_input(0, Input::Want(all));
    transfer.handle_input(0, Input::Plan);
    assert_eq!(answer(&mut transfer, 0, StoredResponse::default()).len(), HELD_MAX);
    assert_eq!(answer(&mut transfer, 0, StoredResponse::default()).len(), 1);
    assert_eq!(outputs(&mut transfer), [], "nothing moves while it is planned");
    transfer.handle_input(0, Input::Wake);
    assert_eq!(slices(&mut transfer).len(), limits().slices_max);
    assert_eq!(transfer.moved().total, files.len() as u64);
}

#[test]
fn what_was_begun_goes_on_where_it_is_durable_and_what_is_there_is_not_sent() {
    let files = files(&[1_000, 2_000]);
    let mut transfer = Transfer::new(limits(), 1);
    let all = files.iter().map(|taken| wanted(taken, Direction::Send)).collect();
    transfer.handle_input(0, Input::Want(all));
    transfer.handle_input(0, Input::Wake);
    let begun = Begun { hash: files[1].file.hash, upload: "u".into(), offset: 700 };
    let stranger = ContentHash([9; 32]);
    let held = vec![files[0].file.hash, stranger];
    answer(&mut transfer, 0, StoredResponse { held, unproven: vec![], begun: vec![begun] });
    let slices = slices(&mut transfer);
    assert_eq!((slices.len(), slices[0].1, slices[0].2), (1, files[1].file.hash, 700));
    let moved = Moved { done: 0, total: 1, done_bytes: 700, total_bytes: 2_000 };
    assert_eq!(transfer.moved(), moved);
}

#[test]
fn a_slice_in_a_silence_is_given_up_and_the_others_are_waited_for() {
    let files = files(&[5_000, 5_000]);
    let mut transfer = sending(&files);
    let flying = slices(&mut transfer);
    let deadline = transfer.next_deadline().unwrap();
    assert_eq!(deadline, flying[0].3 + limits().grace_ms);
    sent(&mut transfer, 29_000, flying[1].0, &files[1], 100);
    let goes_on = slices(&mut transfer);
    transfer.handle_input(deadline, Input::Tick);
    assert_eq!(outputs(&mut transfer), [], "one more is on its way");
    sent(&mut transfer, deadline + 1, goes_on[0].0, &files[1], 200);
    let Some(Output::Interrupted(failure)) = transfer.poll_output() else { panic!("it rests") };
    assert_eq!(failure.code, Code::Timeout);
    let late = Placed { upload: "u".into(), offset: 5_000 };
    let late = Input::Sent { request: flying[0].0, at: late, bytes: 5_000 };
    transfer.handle_input(deadline + 2, late);
    assert_eq!(outputs(&mut transfer), [], "what comes too late is not heard");
}

#[test]
fn rounds_that_break_follow_at_once_as_long_as_each_brings_something() {
    let file = &files(&[50_000])[0];
    let mut transfer = sending(std::slice::from_ref(file));
    let (mut now_ms, mut offset) = (0, 0);
    for _ in 0..10 {
        let request = slices(&mut transfer)[0].0;
        offset += 100;
        sent(&mut transfer, now_ms, request, file, offset);
        let request = slices(&mut transfer)[0].0;
        fail(&mut transfer, now_ms, request, Code::Unreachable);
        assert!(matches!(transfer.poll_output(), Some(Output::Interrupted(_))));
        assert_eq!(transfer.next_deadline(), Some(now_ms));
        transfer.handle_input(now_ms, Input::Tick);
        let begun = Begun { hash: file.file.hash, upload: "u".into(), offset };
        answer(
            &mut transfer,
            now_ms,
            StoredResponse { begun: vec![begun], ..StoredResponse::default() },
        );
    }
    for _ in 0..3 {
        let request = slices(&mut transfer)[0].0;
        fail(&mut transfer, now_ms, request, Code::Unreachable);
        assert!(matches!(transfer.poll_output(), Some(Output::Interrupted(_))));
        assert!(transfer.next_deadline() > Some(now_ms), "nothing came");
        now_ms = transfer.next_deadline().unwrap();
        transfer.handle_input(now_ms, Input::Tick);
        answer(&mut transfer, now_ms, StoredResponse::default());
    }
}

#[test]
fn a_file_without_room_puts_back_all_that_are_as_large_and_no_smaller_one() {
    let files = files(&[10, 20, 30, 3_000, 3_000, 4_000]);
    let mut transfer = sending(&files);
    let flying = slices(&mut transfer);
    fail(&mut transfer, 0, flying[2].0, Code::DiskReserve);
    let put_back = outputs(&mut transfer);
    assert_eq!(put_back.len(), 4);
    assert!(
        put_back
            .iter()
            .all(|output| matches!(output, Output::PutBack(file, _) if file.bytes >= 30))
    );
    sent(&mut transfer, 0, flying[0].0, &files[0], 10);
    sent(&mut transfer, 0, flying[1].0, &files[1], 20);
    assert_eq!(outputs(&mut transfer).last(), Some(&Output::Finished));
    assert!(transfer.next_deadline() > Some(0), "they are tried again later");
}

#[test]
fn an_upload_that_is_never_where_it_is_said_to_be_is_put_back_after_a_few_questions() {
    let file = &files(&[50_000])[0];
    let mut transfer = sending(std::slice::from_ref(file));
    let mut now_ms = 0;
    for _ in 0..20 {
        let all = outputs(&mut transfer);
        if all.contains(&Output::Finished) {
            assert!(
                matches!(&all[0], Output::PutBack(_, failure) if failure.code == Code::OffsetWrong)
            );
            return;
        }
        match all.first() {
            Some(Output::Send { request, .. }) => {
                fail(&mut transfer, now_ms, *request, Code::OffsetWrong);
            }
            Some(Output::Ask { request, .. }) => {
                let input = Input::Answered(*request, StoredResponse::default());
                transfer.handle_input(now_ms, input);
            }
            _ => {
                now_ms = transfer.next_deadline().unwrap();
                transfer.handle_input(now_ms, Input::Tick);
            }
        }
    }
    panic!("it goes on for ever");
}

#[test]
fn a_peer_that_does_not_let_this_side_in_is_not_asked_for_another_file() {
    for code in [Code::Revoked, Code::NotPaired] {
        let files = files(&[10, 20, 30, 40, 50]);
        let mut transfer = sending(&files);
        let flying = slices(&mut transfer);
        assert_eq!(flying.len(), limits().slices_max);
        for (request, ..) in flying {
            fail(&mut transfer, 0, request, code.clone());
        }
        assert!(
            matches!(&outputs(&mut transfer)[..], [Output::GaveUp(failure)] if failure.code == code)
        );
        assert_eq!(transfer.next_deadline(), None);
    }
}

#[test]
fn so_many_interruptions_in_a_row_end_it_and_a_file_that_a_person_wants_is_not_asked_about() {
    let file = &files(&[500])[0];
    let limits = super::super::Limits { interruptions_max: 4, ..limits() };
    let mut transfer = Transfer::new(limits, 1);
    let direction = Direction::Fetch { offset: 300, ask: false };
    transfer.handle_input(0, Input::Want(vec![wanted(file, direction)]));
    transfer.handle_input(0, Input::Wake);
    for n in 1..=4 {
        let now_ms = n * 1_000_000;
        let Some(Output::Fetch { request, offset, .. }) = transfer.poll_output() else {
            panic!("it fetches")
        };
        assert_eq!(offset, 300);
        fail(&mut transfer, now_ms, request, Code::Unreachable);
        let ended = transfer.poll_output();
        assert_eq!(matches!(ended, Some(Output::GaveUp(_))), n == 4, "{ended:?}");
        transfer.handle_input(now_ms + 1_000_000, Input::Tick);
    }
    assert_eq!(outputs(&mut transfer), []);
}

#[test]
fn what_a_peer_says_of_a_slice_must_fit_it() {
    for offset in [0, 100, 5_001] {
        let file = &files(&[5_000])[0];
        let mut transfer = sending(std::slice::from_ref(file));
        let request = slices(&mut transfer)[0].0;
        sent(&mut transfer, 0, request, file, 100);
        let request = slices(&mut transfer)[0].0;
        sent(&mut transfer, 0, request, file, offset);
        let ended = transfer.poll_output();
        assert!(
            matches!(&ended, Some(Output::Interrupted(failure)) if failure.code == Code::BadAnswer),
            "{ended:?}"
        );
    }
}
