//! The conversations with a server that looks for a free port.

use super::hints::*;
use crate::ports::Ports;
use crate::{Explain, Failure, Server, Symptom, Trial, said, text};

pub(super) fn takes_first(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(4)?;
    let server = trial.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    expect_port(&server, &ports, ports.first).or_hint(&NOT_THE_FIRST)?;
    answers(&server, ports.first)
}

pub(super) fn skips_taken(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(4)?;
    let (_a, _b) = (ports.listening(ports.first)?, ports.listening(ports.first + 1)?);
    trial.note(text!("hai cổng đầu có chương trình khác lắng nghe", "others listen on the first two ports"));
    let server = trial.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&server, &ports, ports.first + 2).or_hint(&SAYS_ANOTHER)?;
    answers(&server, ports.first + 2)
}

pub(super) fn gap(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(4)?;
    let (_a, _c) = (ports.listening(ports.first)?, ports.listening(ports.first + 2)?);
    trial.note(text!("cổng thứ nhất và thứ ba có người lắng nghe", "others listen on the first port and the third"));
    let server = trial.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&server, &ports, ports.first + 1).or_hint(&NOT_THE_FIRST)
}

pub(super) fn bound_only(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(3)?;
    let _held = ports.bound(ports.first)?;
    trial.note(text!(
        "cổng đầu có chủ, nhưng chủ không lắng nghe: gọi tới đó thì bị từ chối",
        "somebody holds the first port and does not listen: a call there is refused",
    ));
    let server = trial.start_with(&ports.arguments()).or_hint(&ASKS_BY_CALLING)?;
    expect_port(&server, &ports, ports.first + 1).or_hint(&ASKS_BY_CALLING)
}

pub(super) fn last_included(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(3)?;
    let (_a, _b) = (ports.listening(ports.first)?, ports.listening(ports.first + 1)?);
    trial.note(text!("chỉ còn cổng cuối trống", "only the last port is free"));
    let server = trial.start_with(&ports.arguments()).or_hint(&LAST_LEFT_OUT)?;
    expect_port(&server, &ports, ports.last).or_hint(&LAST_LEFT_OUT)
}

pub(super) fn single(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(1)?;
    let server = trial.start_with(&ports.arguments()).or_hint(&LAST_LEFT_OUT)?;
    expect_port(&server, &ports, ports.first).or_hint(&LAST_LEFT_OUT)
}

pub(super) fn two_instances(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(3)?;
    let one = trial.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    let two = trial.start_with(&ports.arguments()).or_hint(&STOPS_AT_TAKEN)?;
    expect_port(&one, &ports, ports.first).or_hint(&NOT_THE_FIRST)?;
    expect_port(&two, &ports, ports.first + 1).or_hint(&SAYS_ANOTHER)?;
    answers(&one, ports.first)?;
    answers(&two, ports.first + 1)
}

pub(super) fn caller_after_caller(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(2)?;
    let server = trial.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    for _ in 0..4 {
        answers(&server, ports.first).or_hint(&FIRST_ONLY)?;
    }
    Ok(())
}

pub(super) fn leaves_early(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(2)?;
    let server = trial.start_with(&ports.arguments()).or_hint(&NO_PORT)?;
    server.while_suspended(|| (0..3).try_for_each(|_| server.connect()?.reset()))?;
    answers(&server, ports.first).or_hint(&FALLS_WITH_CALLER)?;
    server.stop().or_hint(&FALLS_WITH_CALLER)
}

pub(super) fn none_free(trial: &mut Trial) -> Result<(), Failure> {
    let ports = trial.ports(3)?;
    let _held = (ports.first..=ports.last).map(|port| ports.listening(port)).collect::<Result<Vec<_>, _>>()?;
    trial.note(text!("mọi cổng trong dải đều có người lắng nghe", "others listen on every port of the range"));
    refuses(trial, &ports)
}

pub(super) fn not_ours(trial: &mut Trial) -> Result<(), Failure> {
    // TEST-NET-1 (RFC 5737): an address for documentation, which no machine has.
    let ports = Ports { host: [192, 0, 2, 1].into(), first: 20_000, last: 60_000 };
    refuses(trial, &ports).hint(Symptom::StillRunning, &OTHER_ERRORS)
}

pub(super) fn last_of_all(trial: &mut Trial) -> Result<(), Failure> {
    let (ports, _held) = trial.last_port_of_all()?;
    refuses(trial, &ports).hint(Symptom::Panicked, &NO_NUMBER_AFTER).hint(Symptom::StillRunning, &NO_NUMBER_AFTER)
}

/// The program must end with an error, a word on stderr, and no `LISTENING`.
fn refuses(trial: &mut Trial, ports: &Ports) -> Result<(), Failure> {
    let ended = trial.run(&ports.arguments())?.finish().or_hint(&GOES_ON_WITHOUT)?;
    ended.expect_failure().hint(Symptom::WrongExit, &GOES_ON_WITHOUT)?;
    ended.expect_output("").or_hint(&SAYS_TOO_EARLY)?;
    ended.expect_complaint().or_hint(&SAY_WHY)
}

/// The `LISTENING` line must name `port`.
fn expect_port(server: &Server, ports: &Ports, port: u16) -> Result<(), Failure> {
    let said = server.address();
    if said == (ports.host, port).into() {
        return Ok(());
    }
    let (host, first, last) = (ports.host, ports.first, ports.last);
    Err(Failure::new(
        Symptom::WrongOutput,
        said! {
            vi: "Dải {first}-{last} tại {host}: lẽ ra phải lấy cổng {port}, mà chương trình báo {said}.",
            en: "The range {first}-{last} at {host}: port {port} was to be taken, and the program announces {said}.",
        },
    ))
}

/// A caller at the announced address must be told `port`, and then the connection closes.
fn answers(server: &Server, port: u16) -> Result<(), Failure> {
    let mut caller = server.connect().or_hint(&NOBODY_THERE)?;
    caller.expect(format!("PORT {port}\n").as_bytes()).hint(Symptom::Silence, &SAYS_NOTHING).or_hint(&OTHER_WORDS)?;
    caller.expect_end().hint(Symptom::Silence, &STAYS_OPEN).or_hint(&OTHER_WORDS)
}
