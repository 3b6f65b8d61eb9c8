//! The conversations with a chat server.

use super::client::{FrozenClient, expect_line, join, join_all, send_line};
use super::hints::*;
use crate::{CheckRun, Explain, Failure, IfSupported, Symptom};

/// The longest line that the specification allows, its end not counted.
const MAX_LINE: usize = 1024;

pub(super) fn hello(check: &mut CheckRun) -> Result<(), Failure> {
    // Neither the order of the alphabet nor its reverse.
    let names = ["binh", "an", "mai", "lan", "chi"];
    let server = check.start()?;
    let mut present = Vec::new();
    for (count, name) in names.iter().enumerate() {
        let others: String = names[..count].iter().map(|other| format!(" {other}")).collect();
        let newcomer = join(&server, name, &format!("={others}")).hint_when(silent_or_gone, &NO_WELCOME);
        let newcomer = newcomer.or_hint(&WHO_IS_THERE)?;
        for peer in &mut present {
            expect_line(peer, &format!("+ {name}")).hint(Symptom::WrongBytes, &OWN_ARRIVAL).or_hint(&ARRIVALS)?;
        }
        present.push(newcomer);
    }
    // The newcomer's next line is what another client says, and not its own arrival.
    send_line(&mut present[0], "xin chao")?;
    for peer in &mut present[1..] {
        expect_line(peer, "binh: xin chao").hint(Symptom::Silence, &NOT_PASSED_ON).or_hint(&OWN_ARRIVAL)?;
    }
    Ok(())
}

pub(super) fn said_to_others(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two, three] = [5, 8, 6].map(|count| check.rng().word(count));
    let server = check.start()?;
    let [mut mai, mut binh, mut lan] = join_all(&server, ["mai", "binh", "lan"])?;
    send_line(&mut mai, &one)?;
    for peer in [&mut binh, &mut lan] {
        expect_line(peer, &format!("mai: {one}")).or_hint(&NOT_PASSED_ON)?;
    }
    send_line(&mut binh, &two)?;
    // Had mai been told her own line, it would come first.
    expect_line(&mut mai, &format!("binh: {two}")).hint(Symptom::WrongBytes, &HEARS_ITSELF).or_hint(&NOT_PASSED_ON)?;
    expect_line(&mut lan, &format!("binh: {two}")).or_hint(&NOT_PASSED_ON)?;
    send_line(&mut lan, &three)?;
    expect_line(&mut mai, &format!("lan: {three}")).or_hint(&NOT_PASSED_ON)
}

pub(super) fn lines(check: &mut CheckRun) -> Result<(), Failure> {
    let words: Vec<String> = (1..=12).map(|length| check.rng().word(length)).collect();
    let server = check.start()?;
    let [mut mai, mut binh] = join_all(&server, ["mai", "binh"])?;
    mai.send(format!("{}\n\n{}\r\n\r\n  {} \n", words[9], words[10], words[11]).as_bytes())?;
    for line in [words[9].clone(), words[10].clone(), format!("  {} ", words[11])] {
        expect_line(&mut binh, &format!("mai: {line}")).or_hint(&LINES)?;
    }
    let burst: String = words.iter().map(|word| format!("{word} ề\n")).collect();
    mai.send(burst.as_bytes())?;
    for word in &words {
        expect_line(&mut binh, &format!("mai: {word} ề")).or_hint(&NOT_PASSED_ON)?;
    }
    // The name and what is said first may come in one piece, too.
    let mut lan = server.connect()?;
    lan.send(b"lan\nxin chao\n")?;
    expect_line(&mut lan, "= mai binh").or_hint(&LEFTOVER)?;
    for peer in [&mut mai, &mut binh] {
        expect_line(peer, "+ lan").or_hint(&LEFTOVER)?;
        expect_line(peer, "lan: xin chao").or_hint(&LEFTOVER)?;
    }
    Ok(())
}

pub(super) fn names(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let longest = "ễ".repeat(24);
    let [_first, mut mai] = join_all(&server, [longest.as_str(), "mai"])?;
    for (line, answer) in [
        ("", "! bad name"),
        ("mai!", "! bad name"),
        ("lan nha cua", "! bad name"),
        (" mai", "! bad name"),
        (&"e".repeat(25), "! bad name"),
        ("mai", "! name taken"),
        ("mai lobby", "! name taken"),
    ] {
        let mut peer = server.connect()?;
        send_line(&mut peer, line)?;
        expect_line(&mut peer, answer).or_hint(&NAMES)?;
        peer.expect_end().or_hint(&REFUSED_THEN_CLOSED)?;
    }
    // The others have not been told of those that were turned away.
    let _chi = join(&server, "Chi_2-x", &format!("= {longest} mai")).or_hint(&NAMES)?;
    expect_line(&mut mai, "+ Chi_2-x").or_hint(&NAMES)
}

pub(super) fn rooms(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let [mut mai] = join_all(&server, ["mai"])?;
    let mut other = join(&server, "mai saigon", "=").or_hint(&ROOMS)?;
    let mut binh = join(&server, "binh saigon", "= mai").or_hint(&ROOMS)?;
    expect_line(&mut other, "+ binh").or_hint(&ROOMS)?;
    send_line(&mut binh, "trong nay mua")?;
    expect_line(&mut other, "binh: trong nay mua").or_hint(&ROOMS)?;
    send_line(&mut mai, "ngoai nay nang")?;
    binh.half_close()?;
    expect_line(&mut other, "- binh").or_hint(&ROOMS)?;
    // What mai hears next is from her own room.
    let _lan = join(&server, "lan lobby", "= mai").or_hint(&ROOMS)?;
    expect_line(&mut mai, "+ lan").or_hint(&ROOMS)
}

pub(super) fn idle_clients(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut silent = server.connect()?;
    let mut mai = join(&server, "mai", "=").or_hint(&ONE_AT_A_TIME)?;
    // More than the runtime has threads: one blocked thread alone might not be missed.
    let threads = std::thread::available_parallelism().map_or(8, usize::from);
    let idle: Result<Vec<_>, _> = (0..threads + 4).map(|_| server.connect()).collect();
    let mut idle = idle.or_hint(&BLOCKED_THREAD)?;
    for peer in &mut idle {
        peer.send(b"ha")?;
        peer.wait_read().hint(Symptom::Silence, &BLOCKED_THREAD)?;
    }
    send_line(&mut silent, "binh")?;
    expect_line(&mut silent, "= mai").or_hint(&BLOCKED_THREAD)?;
    expect_line(&mut mai, "+ binh").or_hint(&BLOCKED_THREAD)?;
    send_line(&mut idle[0], "i")?;
    expect_line(&mut idle[0], "= mai binh").or_hint(&BLOCKED_THREAD)?;
    expect_line(&mut mai, "+ hai").or_hint(&BLOCKED_THREAD)
}

pub(super) fn half_a_line(check: &mut CheckRun) -> Result<(), Failure> {
    let line = "xin chào cả phòng";
    let server = check.start()?;
    let [mut mai, mut binh] = join_all(&server, ["mai", "binh"])?;
    // Between any two bytes of mai's line, a line of another client reaches her.
    for (number, byte) in line.as_bytes().iter().enumerate() {
        mai.send(&[*byte])?;
        mai.wait_read().or_hint(&HALF_A_LINE)?;
        send_line(&mut binh, &number.to_string())?;
        expect_line(&mut mai, &format!("binh: {number}")).or_hint(&HALF_A_LINE)?;
    }
    mai.send(b"\n")?;
    expect_line(&mut binh, &format!("mai: {line}")).or_hint(&HALF_A_LINE)
}

pub(super) fn leaves(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let [mut mai, mut binh, mut lan] = join_all(&server, ["mai", "binh", "lan"])?;
    binh.send(b"toi ve\nchao")?;
    binh.half_close()?;
    for peer in [&mut mai, &mut lan] {
        expect_line(peer, "binh: toi ve").or_hint(&NOT_PASSED_ON)?;
        expect_line(peer, "binh: chao").or_hint(&LAST_LINE)?;
        expect_line(peer, "- binh").or_hint(&LEAVES)?;
    }
    binh.expect_end().hint(Symptom::Silence, &NEVER_CLOSED).or_hint(&LEAVES)?;
    send_line(&mut mai, "con hai nguoi")?;
    expect_line(&mut lan, "mai: con hai nguoi").or_hint(&LEAVES)
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let [mut mai, binh] = join_all(&server, ["mai", "binh"])?;
    binh.reset()?;
    expect_line(&mut mai, "- binh").or_hint(&CUT)?;
    let mut lan = join(&server, "lan", "= mai").or_hint(&CUT)?;
    expect_line(&mut mai, "+ lan").or_hint(&CUT)?;
    send_line(&mut mai, "van con day")?;
    expect_line(&mut lan, "mai: van con day").or_hint(&CUT)?;
    server.stop().or_hint(&CUT)
}

pub(super) fn comes_back(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let [mut mai] = join_all(&server, ["mai"])?;
    for _ in 0..3 {
        let mut binh = join(&server, "binh", "= mai").or_hint(&NAME_KEPT)?;
        expect_line(&mut mai, "+ binh").or_hint(&NAME_KEPT)?;
        send_line(&mut mai, "lai gap")?;
        expect_line(&mut binh, "mai: lai gap").or_hint(&NAME_KEPT)?;
        binh.half_close()?;
        expect_line(&mut mai, "- binh").or_hint(&LEAVES)?;
        binh.expect_end().hint(Symptom::Silence, &NEVER_CLOSED).or_hint(&LEAVES)?;
    }
    Ok(())
}

pub(super) fn long_lines(check: &mut CheckRun) -> Result<(), Failure> {
    let longest = check.rng().word(MAX_LINE);
    let server = check.start()?;
    let [mut mai, mut binh] = join_all(&server, ["mai", "binh"])?;
    for end in ["\n", "\r\n"] {
        binh.send(format!("{longest}{end}").as_bytes())?;
        expect_line(&mut mai, &format!("binh: {longest}")).or_hint(&STILL_ALLOWED)?;
    }
    // No line end: a server that waits for it waits for ever.
    binh.send("x".repeat(2 * MAX_LINE).as_bytes())?;
    expect_line(&mut binh, "! line too long").hint(Symptom::Silence, &NO_LIMIT).or_hint(&SAID_BEFORE_CLOSING)?;
    binh.expect_end().or_hint(&REFUSED_THEN_CLOSED)?;
    expect_line(&mut mai, "- binh").hint(Symptom::WrongBytes, &NO_LIMIT).or_hint(&LEAVES)?;
    let mut nameless = server.connect()?;
    send_line(&mut nameless, &"n".repeat(MAX_LINE + 1))?;
    expect_line(&mut nameless, "! line too long").or_hint(&SAID_BEFORE_CLOSING)?;
    nameless.expect_end().or_hint(&REFUSED_THEN_CLOSED)
}

pub(super) fn frozen(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let [mut mai, mut binh] = join_all(&server, ["mai", "binh"])?;
    // A thread that starts may hold a file open for a moment, and that must not be counted.
    server.wait_idle()?;
    let before = server.descriptors().if_supported()?;
    let mut frozen = FrozenClient::join(&server, &mut [&mut mai, &mut binh])?;
    let dropped = frozen.send_until_dropped(&server, &mut mai, &mut binh)?;
    check.note(frozen.summary());
    if !dropped {
        return frozen.explain_not_dropped();
    }
    expect_line(&mut mai, "- bang").or_hint(&SPEAKER_NOT_TOLD)?;
    if let Some(before) = before {
        frozen.expect_closed(&server, before).or_hint(&STILL_OPEN)?;
    }
    frozen.expect_whole_lines()?;
    send_line(&mut binh, "di tiep thoi")?;
    expect_line(&mut mai, "binh: di tiep thoi").or_hint(&WAITS_FOR_ONE)?;
    server.stop()
}

pub(super) fn gives_back(check: &mut CheckRun) -> Result<(), Failure> {
    const CLIENTS: usize = 40;
    let server = check.start()?;
    let [mut mai] = join_all(&server, ["mai"])?;
    server.wait_idle()?;
    let before = server.descriptors()?;
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let room = format!("phong-{}", number % 8);
        let mut peer = server.connect()?;
        send_line(&mut peer, &format!("khach{number} {room}"))?;
        peer.expect(b"=").or_hint(&ONE_AT_A_TIME)?;
        clients.push(peer);
    }
    for (number, peer) in clients.into_iter().enumerate() {
        if number % 2 == 0 { peer.reset()? } else { peer.close() }
    }
    server.expect_descriptors(before).hint(Symptom::Leak, &NEVER_CLOSED)?;
    let mut binh = join(&server, "binh", "= mai").or_hint(&LEAVES)?;
    expect_line(&mut mai, "+ binh").or_hint(&LEAVES)?;
    send_line(&mut mai, "vang qua")?;
    expect_line(&mut binh, "mai: vang qua").or_hint(&LEAVES)
}

fn silent_or_gone(symptom: Symptom) -> bool {
    symptom == Symptom::Silence || symptom.is_gone()
}
