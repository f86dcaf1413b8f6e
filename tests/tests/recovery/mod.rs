//! What goes wrong in the field, on real laptops: the server with its sockets, redb on a disk, and
//! phones with the shared log. One test for each row of the table of failures, then meetings of
//! laptops and damaged stores.
mod beginning;
mod damage;
mod derived;
mod files;
mod flips;
mod meetings;
mod table;
