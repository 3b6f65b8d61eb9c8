//! Says, while `cargo test` compiles, how long it takes. A build script is the only thing of ours that runs this early; the
//! quiet `cargo course` does not show it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!(
        "cargo::warning=`cargo test` compiles some 450 packages the first time: about 5 minutes on 2 cores, and about 2 \
         after that. One lesson alone: cargo test -p lesson03"
    );
}
