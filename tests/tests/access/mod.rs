//! Who gets in at a laptop, how, and what they may do there: the real server over real sockets.
mod clock;
mod custody;
mod devices;
mod elsewhere;
mod laptops;
mod line;
mod members;
mod origins;
mod pairing;
mod put_out;
mod readiness;
mod routes;
mod sessions;
mod strangers;
