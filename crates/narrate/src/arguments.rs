//! The command line that every lesson shares.

use std::ffi::{OsStr, OsString};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use crate::error::Error;
use crate::lang::Lang;
use crate::text;

/// What the reader asks for. `A` is where a side of the lesson can be found.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments<A> {
    pub(crate) command: Command<A>,
    pub(crate) tape: bool,
    pub(crate) pcap: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Command<A> {
    Story,
    Serve(A),
    Connect(A),
    Help,
}

/// How the command line names the address of a server: `HOST:PORT`, or a path.
pub(crate) trait ServerAddress: Sized {
    /// Where `serve` listens when no address is given.
    fn fresh() -> Self;
    /// Reads the word behind `serve` or `connect`.
    fn read(word: &OsStr) -> Result<Self, Error>;
    /// What is said when `connect` has no word behind it.
    fn missing() -> String;
    /// The page of `--help`.
    fn usage(program: &str, title: String) -> String;
    /// What a capture of this lesson leaves out, if it does.
    fn capture_lacks() -> Option<String> {
        None
    }
}

/// Where `serve` listens when no address is given: this machine only, any free port.
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// Reads the arguments after the program's name. `--lang` takes effect at once, whatever stands
/// around it, so that an error too is in the language asked for.
pub(crate) fn parse<A: ServerAddress>(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments<A>, Error> {
    let words: Vec<OsString> = arguments.into_iter().collect();
    speak_as_asked(&words)?;

    let mut parsed = Arguments { command: Command::Story, tape: false, pcap: None };
    let mut words = words.into_iter().peekable();
    let is_value = |next: &OsString| !next.to_string_lossy().starts_with("--");
    while let Some(word) = words.next() {
        match word.to_string_lossy().as_ref() {
            "--lang" => drop(words.next()),
            option if option.starts_with("--lang=") => {}
            "--tape" => parsed.tape = true,
            "--pcap" => {
                parsed.pcap =
                    Some(words.next_if(is_value).ok_or_else(|| Error::new(text::missing_value("--pcap")))?.into())
            }
            option if option.starts_with("--pcap=") => parsed.pcap = Some(option["--pcap=".len()..].into()),
            "--help" | "-h" | "help" => parsed.command = Command::Help,
            "serve" => {
                let address = words.next_if(is_value);
                parsed.command = Command::Serve(address.map_or_else(|| Ok(A::fresh()), |address| A::read(&address))?);
            }
            "connect" => {
                let address = words.next_if(is_value).ok_or_else(|| Error::new(A::missing()))?;
                parsed.command = Command::Connect(A::read(&address)?);
            }
            option if option.starts_with('-') => return Err(Error::new(text::unknown_option(option))),
            word => return Err(Error::new(text::unknown_command(word))),
        }
    }
    Ok(parsed)
}

fn speak_as_asked(words: &[OsString]) -> Result<(), Error> {
    Lang::speak_as_asked(words);
    match Lang::named_in(words) {
        Some(code) if code.is_empty() => Err(Error::new(text::missing_value("--lang"))),
        Some(code) if Lang::from_code(&code).is_none() => Err(Error::new(text::unknown_language(&code))),
        _ => Ok(()),
    }
}

impl ServerAddress for SocketAddr {
    fn fresh() -> SocketAddr {
        ANY_PORT
    }

    fn read(word: &OsStr) -> Result<SocketAddr, Error> {
        resolve(&word.to_string_lossy())
    }

    fn missing() -> String {
        text::connect_needs_address()
    }

    fn usage(program: &str, title: String) -> String {
        text::usage(program, title)
    }
}

/// `HOST:PORT` to an address. A name is looked up; of several addresses the first IPv4 one is taken,
/// since `serve` listens on IPv4 unless told otherwise.
fn resolve(word: &str) -> Result<SocketAddr, Error> {
    if let Ok(address) = word.parse() {
        return Ok(address);
    }
    if word.parse::<std::net::Ipv6Addr>().is_ok() {
        return Err(Error::new(text::address_bracket(word)));
    }
    let (host, port) = match word.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() => (host, port),
        _ => return Err(Error::new(text::address_without_port(word))),
    };
    let port: u16 = port.parse().map_err(|_| Error::new(text::address_bad_port(word, port)))?;
    let unknown = || Error::new(text::address_unknown_host(word, host));
    let found: Vec<SocketAddr> = (host, port).to_socket_addrs().map_err(|_| unknown())?.collect();
    found.iter().find(|address| address.is_ipv4()).or(found.first()).copied().ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments<SocketAddr>, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn no_argument_asks_for_the_story() {
        assert_eq!(parsed("").unwrap().command, Command::Story);
    }

    #[test]
    fn serve_takes_an_address_or_none() {
        assert_eq!(
            parsed("serve --tape").unwrap(),
            Arguments { command: Command::Serve(ANY_PORT), tape: true, pcap: None }
        );
        assert_eq!(parsed("serve [::1]:80").unwrap().command, Command::Serve("[::1]:80".parse().unwrap()));
    }

    #[test]
    fn an_address_that_does_not_parse_says_which_part_is_wrong() {
        assert!(parsed("connect 127.0.0.1").unwrap_err().contains("127.0.0.1:8080"));
        assert!(parsed("connect 127.0.0.1:99999").unwrap_err().contains("“99999”"));
        assert!(parsed("connect ::1").unwrap_err().contains("[::1]:8080"));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        assert!(parsed("--pcap").unwrap_err().contains("--pcap"));
        assert!(parsed("--tepe").unwrap_err().contains("--tepe"));
        assert!(parsed("--lang fr").unwrap_err().contains("fr"));
        assert!(parsed("dance").unwrap_err().contains("dance"));
    }
}
