//! Tells cargo to build the program again when the built pages have changed.

fn main() {
    println!("cargo::rerun-if-changed=../www/dist");
}
