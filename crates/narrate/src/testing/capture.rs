//! `--pcap` writes what Wireshark understands.

use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use super::{Subject, Transport, must, needing};

/// A test that has tshark look at a capture; without tshark it is ignored, as by [`needing`].
pub fn with_tshark(name: &str, test: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
    let missing = Command::new("tshark").arg("--version").output().is_err().then_some("tshark");
    needing(missing, name, test)
}

pub(super) fn trials(story: &'static Subject) -> Vec<Trial> {
    vec![with_tshark("tshark dissects the capture of the story and finds nothing malformed", move || {
        let file = std::env::temp_dir().join(format!("course-lesson{:02}-{}.pcap", story.number, std::process::id()));
        let path = file.to_string_lossy();
        let result = story.program().story(&["--pcap", &path]).and_then(|_| dissect(story, &file));
        let _ = std::fs::remove_file(&file);
        result
    })]
}

fn dissect(story: &Subject, file: &Path) -> Result<(), Failed> {
    let always: &[_] = match story.transport {
        Transport::Tcp => &[("tcp.flags.syn == 1", "a handshake"), ("tcp.len > 0", "data")],
        #[cfg(unix)]
        Transport::Unix => &[("tcp.flags.syn == 1", "a handshake"), ("tcp.len > 0", "data")],
        Transport::Udp => &[("udp.length > 8", "a datagram with data")],
    };
    dissects(file, &[always, story.dissected].concat())
}

/// The capture in `file` must hold a packet for each display filter (beside it stands why), and nothing with
/// which tshark finds fault.
///
/// # Errors
/// When it does not.
pub fn dissects(file: &Path, expected: &[(&str, &str)]) -> Result<(), Failed> {
    let packets = |filter: &str| -> Result<usize, Failed> {
        let output = Command::new("tshark")
            .args([
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                "-r",
            ])
            .arg(file)
            .args(["-Y", filter])
            .output()?;
        must(output.status.success(), || format!("tshark: {}", String::from_utf8_lossy(&output.stderr)))?;
        Ok(output.stdout.iter().filter(|byte| **byte == b'\n').count())
    };
    for (filter, why) in expected {
        must(packets(filter)? > 0, || format!("no packet matches {filter}: {why} is missing"))?;
    }
    // Wireshark tells directions apart by address and port. Where both are the same, it takes the second SYN of
    // a simultaneous open (RFC 9293, 3.5) for a repeated one, in real captures too.
    let wrong = "!(tcp.flags.syn == 1 && tcp.srcport == tcp.dstport) && (_ws.malformed || tcp.analysis.lost_segment || tcp.analysis.retransmission || tcp.analysis.ack_lost_segment \
                 || tcp.checksum.status == Bad || udp.checksum.status == Bad || icmp.checksum.status == Bad || icmpv6.checksum.status == Bad || ip.checksum.status == Bad)";
    let found = packets(wrong)?;
    must(found == 0, || format!("tshark finds fault with {found} packets (filter: {wrong})"))
}
