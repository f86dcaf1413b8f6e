//! Who has how much at once.

use futures_util::FutureExt;

use super::*;

fn device(number: usize) -> DeviceId {
    let mut device = [7; 32];
    device[..8].copy_from_slice(&number.to_be_bytes());
    DeviceId(device)
}

fn stranger(number: usize) -> Asker {
    Asker::Stranger(Some(IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, number as u16])))
}

/// The kinds of callers, each with many of it.
const KINDS: [fn(usize) -> Asker; 5] = [
    |_| Asker::Here,
    |number| Asker::Manager(device(number)),
    |number| Asker::Monitor(device(number)),
    |_| Asker::Local,
    stranger,
];

#[test]
fn one_caller_has_its_places_and_not_one_more_and_others_have_theirs() {
    for kind in KINDS {
        let places = Places::default();
        let (of_one, of_kind) = kind(1).numbers();
        let own: Vec<_> = (0..of_one.under_way).map(|_| places.take(kind(1))).collect();
        assert!(own.iter().all(Option::is_some));
        assert!(places.take(kind(1)).is_none(), "{:?}", kind(1));
        if of_one != of_kind {
            assert!(places.take(kind(2)).is_some(), "{:?}", kind(2));
        }
        drop(own);
        assert!(places.take(kind(1)).is_some(), "what is sent leaves its place");
    }
}

#[test]
fn all_callers_of_a_kind_leave_the_places_of_the_others() {
    for kind in KINDS {
        let places = Places::default();
        let most = kind(1).numbers().1.under_way;
        let all: Vec<_> = (0..most).filter_map(|number| places.take(kind(number))).collect();
        assert_eq!(all.len(), most);
        assert!(places.take(kind(most)).is_none(), "{:?}", kind(1));
        for other in KINDS.into_iter().map(|other| other(most)).filter(|o| !o.is_like(kind(1))) {
            assert!(places.take(other).is_some(), "{other:?} beside {:?}", kind(1));
        }
    }
}

#[test]
fn a_callers_requests_wait_for_each_other_and_for_nobody_else() {
    let places = Places::default();
    let take = |number| places.take(Asker::Monitor(device(number))).unwrap();
    let working = numbers::DEVICE.working;
    let own: Vec<_> = (0..working + 1).map(|_| take(1)).collect();
    let mut shares: Vec<_> =
        own[..working].iter().map(|place| place.work().now_or_never().unwrap()).collect();
    assert!(shares.iter().all(Option::is_some));
    assert!(own[working].work().now_or_never().is_none(), "it waits");
    assert!(take(2).work().now_or_never().unwrap().is_some());
    shares.pop();
    assert!(own[working].work().now_or_never().unwrap().is_some());
}

#[test]
fn files_answers_and_bodies_of_one_device_are_held_to_their_limits_on_both_sides() {
    let (places, numbers) = (Places::default(), numbers::DEVICE);
    let place = |number| places.take(Asker::Monitor(device(number))).unwrap();
    let (own, other) = (place(1), place(2));
    let files: Vec<_> = (0..numbers.uploads).map_while(|_| own.upload()).collect();
    let answers: Vec<_> = (0..numbers.streams).map_while(|_| own.stream()).collect();
    let body = own.body(numbers.body_bytes);
    assert_eq!((files.len(), answers.len()), (numbers.uploads, numbers.streams));
    assert!(body.is_some());
    assert!(own.upload().is_none() && own.stream().is_none() && own.body(1).is_none());
    assert!(place(1).upload().is_none(), "on whatever connection");
    assert!(other.upload().is_some() && other.stream().is_some() && other.body(1).is_some());
    drop((files, answers, body));
    assert!(own.upload().is_some() && own.stream().is_some() && own.body(1).is_some());
}

#[test]
fn callers_who_went_are_forgotten() {
    let places = Places::default();
    let stays = places.take(stranger(0));
    for number in 1..10 * numbers::ASKERS_KEPT {
        assert!(places.take(stranger(number)).is_some());
    }
    let known = places.of_one.lock().unwrap();
    assert!(known.len() <= numbers::ASKERS_KEPT && known.contains_key(&stranger(0)));
    drop((known, stays));
}
