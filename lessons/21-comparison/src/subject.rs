//! The transports as the lab sees them: pairs of programs.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use lab::{Program, Subject, Tool};
use narrate::Error;

use crate::transport::{self, Entry};
use crate::{choices, claims, drive, serve};

/// What the lab is handed.
pub(crate) fn program() -> Program<'static> {
    Program {
        name: "lesson21",
        transports: transport::ALL.iter().map(|entry| entry as &dyn Subject).collect(),
        control: "tcp",
        references: &[(Tool::Wrk, "http1"), (Tool::H2load, "http2"), (Tool::Sockperf, "tcp")],
        choices: choices::CHOICES,
        claims: claims::verdicts,
        harness: drive::harness,
    }
}

impl Subject for Entry {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is_in_table(&self) -> bool {
        self.in_the_table
    }

    fn copies(&self) -> u32 {
        self.copies
    }

    fn uses_datagrams(&self) -> bool {
        self.name.starts_with("udp") || self.name == "quic"
    }

    fn serve(&self, host: IpAddr, work: Duration) -> Result<(), Error> {
        serve::serve(self, host, work)
    }

    fn drive(&self, address: &str, frames: &Path) -> io::Result<()> {
        drive::drive(self, address, frames)
    }
}
