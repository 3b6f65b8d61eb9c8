//! The conversations with a server that looks for a free port.

use std::net::TcpListener;

use super::hints::*;
use crate::{CheckRun, Explain, Failure, Hint, Ports, ProgramExit, Server, Symptom, Text, sentence};

pub(super) fn takes_first(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(4)?;
    let server = check.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    expect_port(&server, &ports, ports.first).or_hint(&NOT_THE_FIRST)?;
    expect_answer(&server, ports.first)
}

pub(super) fn skips_taken(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(4)?;
    let (_a, _b) = (ports.listening(ports.first)?, ports.listening(ports.first + 1)?);
    check.note(Text {
        vi: "hai cổng đầu có chương trình khác lắng nghe", en: "others listen on the first two ports"
    });
    let server = check.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&server, &ports, ports.first + 2).or_hint(&SAYS_ANOTHER)?;
    expect_answer(&server, ports.first + 2)
}

pub(super) fn gap(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(4)?;
    let (_a, _c) = (ports.listening(ports.first)?, ports.listening(ports.first + 2)?);
    check.note(Text {
        vi: "cổng thứ nhất và thứ ba có người lắng nghe",
        en: "others listen on the first port and the third",
    });
    let server = check.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&server, &ports, ports.first + 1).or_hint(&NOT_THE_FIRST)
}

pub(super) fn bound_only(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(3)?;
    let _held = ports.bound(ports.first)?;
    check.note(Text {
        vi: "cổng đầu đã có socket giữ, nhưng không lắng nghe: kết nối tới đó bị từ chối",
        en: "a socket holds the first port and does not listen: a connection there is refused",
    });
    let server = check.start_with(&ports.arguments()).or_hint(&ASKS_BY_CALLING)?;
    expect_port(&server, &ports, ports.first + 1).or_hint(&ASKS_BY_CALLING)
}

pub(super) fn last_included(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(3)?;
    let (_a, _b) = (ports.listening(ports.first)?, ports.listening(ports.first + 1)?);
    check.note(Text { vi: "chỉ còn cổng cuối trống", en: "only the last port is free" });
    let server = check.start_with(&ports.arguments()).or_hint(&LAST_LEFT_OUT)?;
    expect_port(&server, &ports, ports.last).or_hint(&LAST_LEFT_OUT)
}

pub(super) fn single(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(1)?;
    let server = check.start_with(&ports.arguments()).or_hint(&LAST_LEFT_OUT)?;
    expect_port(&server, &ports, ports.first).or_hint(&LAST_LEFT_OUT)
}

pub(super) fn two_instances(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(3)?;
    let one = check.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    let two = check.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&one, &ports, ports.first).or_hint(&NOT_THE_FIRST)?;
    expect_port(&two, &ports, ports.first + 1).or_hint(&SAYS_ANOTHER)?;
    expect_answer(&one, ports.first)?;
    expect_answer(&two, ports.first + 1)
}

pub(super) fn caller_after_caller(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(2)?;
    let server = check.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    expect_answer(&server, ports.first)?;
    (0..3).try_for_each(|_| expect_still_serving(&server, ports.first, &FIRST_ONLY))
}

pub(super) fn leaves_early(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(2)?;
    let server = check.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    server.while_suspended(|| (0..3).try_for_each(|_| server.connect()?.reset()))?;
    expect_still_serving(&server, ports.first, &FALLS_WITH_CALLER)?;
    server.stop().or_hint(&FALLS_WITH_CALLER)
}

pub(super) fn none_free(check: &mut CheckRun) -> Result<(), Failure> {
    let ports = check.ports(3)?;
    let _held = (ports.first..=ports.last).map(|port| ports.listening(port)).collect::<Result<Vec<_>, _>>()?;
    let all_taken = Text {
        vi: "mọi cổng trong dải đều có người lắng nghe",
        en: "others listen on every port of the range",
    };
    check.note(all_taken);
    expect_refusal(check, &ports).hint_when(without_panic, &GOES_ON_WITHOUT).map(drop)
}

pub(super) fn not_ours(check: &mut CheckRun) -> Result<(), Failure> {
    // TEST-NET-1 (RFC 5737): an address for documentation, which no machine has.
    let ports = Ports { host: [192, 0, 2, 1].into(), first: 20_000, last: 60_000 };
    let Err(reason) = TcpListener::bind((ports.host, ports.first)) else {
        return Err(Failure::unsupported()); // set up to bind any address (ip_nonlocal_bind)
    };
    let ended = expect_refusal(check, &ports)
        .hint(Symptom::StillRunning, &OTHER_ERRORS)
        .hint_when(without_panic, &GOES_ON_WITHOUT)?;
    ended.expect_os_error(&reason).or_hint(&OTHER_ERRORS)
}

pub(super) fn last_of_all(check: &mut CheckRun) -> Result<(), Failure> {
    let (ports, _held) = check.last_port()?;
    check.note(Text { vi: "cổng 65535 đã có socket lắng nghe", en: "another socket listens on port 65535" });
    let overflows = |symptom| matches!(symptom, Symptom::Panicked | Symptom::StillRunning);
    expect_refusal(check, &ports).hint_when(overflows, &NO_NUMBER_AFTER).or_hint(&GOES_ON_WITHOUT).map(drop)
}

/// The program must end with an error, a word on stderr, and no `LISTENING`.
fn expect_refusal(check: &mut CheckRun, ports: &Ports) -> Result<ProgramExit, Failure> {
    let ended = check.start_client(&ports.arguments())?.finish()?;
    ended.expect_output("").or_hint(&SAYS_TOO_EARLY)?;
    ended.expect_failure()?;
    ended.expect_error_message().or_hint(&SAY_WHY)?;
    Ok(ended)
}

/// A panic has a hint of its own.
fn without_panic(symptom: Symptom) -> bool {
    symptom != Symptom::Panicked
}

/// The `LISTENING` line must name `port`.
fn expect_port(server: &Server, ports: &Ports, port: u16) -> Result<(), Failure> {
    let announced = server.address();
    if announced == (ports.host, port).into() {
        return Ok(());
    }
    let &Ports { host, first, last } = ports;
    let failure = Failure::new(
        Symptom::WrongOutput,
        sentence! {
            vi: "Dải {first}-{last} tại {host}: lẽ ra phải lấy cổng {port}, mà chương trình báo {announced}.",
            en: "The range {first}-{last} at {host}: port {port} was to be taken, and the program announces {announced}.",
        },
    );
    let (there, inside) = (announced.ip() == host, (first..=last).contains(&announced.port()));
    Err(failure).hint_when(|_| !there, &OTHER_HOST).hint_when(|_| !inside, &OUTSIDE)
}

/// A client at the announced address must be told `port`, and then the connection closes.
fn expect_answer(server: &Server, port: u16) -> Result<(), Failure> {
    let mut client = server.connect().or_hint(&NOBODY_THERE)?;
    client.expect(line(port).as_bytes()).hint(Symptom::Silence, &SAYS_NOTHING).or_hint(&OTHER_WORDS)?;
    client.expect_end().hint(Symptom::Silence, &STAYS_OPEN).or_hint(&OTHER_WORDS)
}

/// So must a later client; if not, `hint` says what is different about it.
fn expect_still_serving(server: &Server, port: u16, hint: &'static Hint) -> Result<(), Failure> {
    let mut client = server.connect().or_hint(hint)?;
    client.expect(line(port).as_bytes()).or_hint(hint)?;
    client.expect_end().or_hint(hint)
}

fn line(port: u16) -> String {
    format!("PORT {port}\n")
}
