//! What is said of messages for other programs is what these programs do.

use crate::{
    Clock, Locator, Offer, OfferResponse, PairingRequest, Photos, PlacesRequest, PlacesResponse,
    Position, StoredRequest, StoredResponse, Version, View, WantedRequest, limits,
};
use serde_json::Value;
use utoipa::ToSchema;

fn schema<T: ToSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()
}

/// A limit in an attribute is a literal; here it is compared with the constant that the code goes
/// by.
#[test]
fn the_limits_that_are_said_are_those_that_are_kept() {
    let offer = schema::<OfferResponse>();
    let photos = schema::<Photos>();
    let photos = &photos["oneOf"][1]["properties"];
    for (said, kept) in [
        (&schema::<Offer>()["properties"]["suspects"]["maxItems"], limits::RANGES_MAX),
        (&offer["properties"]["wanted"]["maxItems"], limits::RANGES_MAX),
        (&offer["properties"]["offered"]["maxItems"], limits::RANGES_MAX),
        (&offer["properties"]["forks"]["maxItems"], limits::RANGES_MAX),
        (&schema::<WantedRequest>()["properties"]["ranges"]["maxItems"], limits::RANGES_MAX),
        (&schema::<Locator>()["properties"]["positions"]["maxItems"], limits::LOCATOR_MAX),
        (&schema::<Clock>()["maxItems"], limits::WRITERS_MAX),
        (&schema::<PlacesRequest>()["properties"]["versions"]["maxItems"], limits::PLACES_MAX),
        (&schema::<PlacesResponse>()["properties"]["places"]["maxItems"], limits::PLACES_MAX),
        (&schema::<StoredRequest>()["properties"]["hashes"]["maxItems"], limits::HELD_MAX),
        (&schema::<StoredResponse>()["properties"]["held"]["maxItems"], limits::HELD_MAX),
        (&schema::<Version>()["properties"]["parents"]["maxItems"], limits::PARENTS_MAX),
        (&schema::<Version>()["properties"]["media"]["maxItems"], limits::MEDIA_MAX),
        (&schema::<View>()["properties"]["heads"]["maxItems"], limits::HEADS_SHOWN_MAX),
        (&schema::<View>()["properties"]["media"]["maxItems"], limits::MEDIA_SHOWN_MAX),
        (&schema::<View>()["properties"]["conflicts"]["maxItems"], limits::CONFLICTS_SHOWN_MAX),
        (
            &schema::<PairingRequest>()["properties"]["name"]["maxLength"],
            limits::MEMBER_NAME_BYTES_MAX,
        ),
        (&photos["pixels_max"]["minimum"], limits::PHOTO_PIXELS_MIN as usize),
        (&photos["pixels_max"]["maximum"], limits::PHOTO_PIXELS_MAX as usize),
        (&schema::<Position>()["properties"]["seq"]["maximum"], limits::SEQ_MAX as usize),
    ] {
        assert_eq!(said, &Value::from(kept));
    }
}
