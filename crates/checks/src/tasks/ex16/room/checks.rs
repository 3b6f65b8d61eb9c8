//! The conversations with a chat room.

use super::clients::{ChatFixture, enter_room, expect_turned_away};
use super::hints::*;
use crate::limits::LARGE_BUFFER;
use crate::{CheckRun, Explain, Failure, Frame, IfSupported, Received, Symptom, Text, WebSocketPeer, sentence};

pub(super) fn join(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut binh = enter_room(&server, check.rng(), "bình", "= mai")?;
    mai.expect_text("+ bình").hint(Symptom::Silence, &NOT_TOLD).or_hint(&ARRIVAL)?;
    let mut an = enter_room(&server, check.rng(), "an-2", "= mai bình")?;
    for peer in [&mut mai, &mut binh] {
        peer.expect_text("+ an-2").hint(Symptom::Silence, &NOT_TOLD).or_hint(&ARRIVAL)?;
    }
    // A newcomer is not told of its own arrival: what comes next must be another's line.
    mai.send_text("xin chào")?;
    an.expect_text("mai: xin chào").hint(Symptom::WrongBytes, &ARRIVAL).or_hint(&NOT_SAID)
}

pub(super) fn say(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut binh = enter_room(&server, check.rng(), "binh", "= mai")?;
    mai.expect_text("+ binh").or_hint(&ARRIVAL)?;
    let word = check.rng().word(12);
    for line in [word.as_str(), "mai: not my name", "Tiếng Việt 🦀"] {
        mai.send_text(line)?;
        binh.expect_text(&format!("mai: {line}")).or_hint(&NOT_SAID)?;
    }
    mai.send_text("")?;
    mai.send_text("with an end\r\n")?;
    binh.expect_text("mai: with an end").hint(Symptom::WrongBytes, &EMPTY_LINE).or_hint(&NOT_SAID)?;
    binh.send_text("and back")?;
    mai.expect_text("binh: and back").hint(Symptom::WrongBytes, &HEARS_HIMSELF).or_hint(&NOT_SAID)
}

pub(super) fn history(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut binh = enter_room(&server, check.rng(), "binh", "= mai")?;
    mai.expect_text("+ binh").or_hint(&ARRIVAL)?;
    let lines: Vec<String> = (1..=13).map(|number| format!("{number} {}", check.rng().word(4))).collect();
    for line in &lines {
        mai.send_text(line)?;
        binh.expect_text(&format!("mai: {line}")).or_hint(&NOT_SAID)?;
    }
    check.note(Text {
        vi: "13 dòng đã được nói; một người nữa vào", en: "13 lines have been said; one more comes in"
    });
    let mut an = WebSocketPeer::connect(&server, check.rng())?;
    an.send_text("an")?;
    for line in &lines[3..] {
        an.expect_text(&format!("mai: {line}")).or_hint(&LAST_TEN)?;
    }
    an.expect_text("= mai binh").or_hint(&LAST_TEN)
}

pub(super) fn names(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut watcher = enter_room(&server, check.rng(), "binh", "= mai")?;
    expect_turned_away(&server, check.rng(), Frame::text("mai"), "! name taken").or_hint(&NAME_TAKEN)?;
    for bad in ["", "two words", "1234567890123456789012345", "mai!"] {
        expect_turned_away(&server, check.rng(), Frame::text(bad), "! bad name").or_hint(&NAME_TAKEN)?;
    }
    expect_turned_away(&server, check.rng(), Frame::binary(b"an"), "! bad name").or_hint(&NAME_TAKEN)?;
    mai.drop_without_close();
    watcher.expect_text("- mai").hint(Symptom::WrongBytes, &NAME_TAKEN).or_hint(&LEAVE_NOT_TOLD)?;
    check.note(Text { vi: "mai đã đi, tên ấy lại dùng được", en: "mai has left, the name is free again" });
    enter_room(&server, check.rng(), "mai", "= binh").or_hint(&NAME_TAKEN)?;
    watcher.expect_text("+ mai").or_hint(&ARRIVAL)
}

pub(super) fn binary(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut binh = enter_room(&server, check.rng(), "binh", "= mai")?;
    mai.expect_text("+ binh").or_hint(&ARRIVAL)?;
    let mut picture: Vec<u8> = (0..=255).collect();
    picture.extend(check.rng().bytes(40_000));
    mai.send_binary(&picture)?;
    binh.expect_binary(&picture).or_hint(&BINARY_AS_IT_IS)?;
    binh.send_text("nice")?;
    mai.expect_text("binh: nice").hint(Symptom::WrongFrame, &HEARS_HIMSELF).or_hint(&NOT_SAID)?;
    let mut an = WebSocketPeer::connect(&server, check.rng())?;
    an.send_text("an")?;
    an.expect_text("binh: nice").or_hint(&ONLY_LINES)?;
    an.expect_text("= mai binh").or_hint(&ONLY_LINES)
}

pub(super) fn leave(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut watcher = enter_room(&server, check.rng(), "mai", "=")?;
    for how in ["polite", "hasty", "cut"] {
        let mut peer = enter_room(&server, check.rng(), how, "= mai").or_hint(&LEAVE_NOT_TOLD)?;
        watcher.expect_text(&format!("+ {how}")).or_hint(&ARRIVAL)?;
        match how {
            "polite" => {
                peer.send(&Frame::close(1000, "bye"))?;
                peer.expect_close(1000).or_hint(&CLOSE_NOT_ANSWERED)?;
                peer.expect_end().or_hint(&CLOSE_NOT_ANSWERED)?;
            }
            "hasty" => peer.drop_without_close(),
            _ => peer.reset()?,
        }
        watcher.expect_text(&format!("- {how}")).or_hint(&LEAVE_NOT_TOLD)?;
    }
    server.stop().or_hint(&LEAVE_NOT_TOLD)
}

pub(super) fn line_length(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let mut binh = enter_room(&server, check.rng(), "binh", "= mai")?;
    mai.expect_text("+ binh").or_hint(&ARRIVAL)?;
    // 1,024 bytes, in one- and in two-byte characters.
    for longest in [check.rng().word(1024), "đ".repeat(512)] {
        mai.send_text(&longest)?;
        binh.expect_text(&format!("mai: {longest}")).or_hint(&BYTES_OF_A_LINE)?;
    }
    mai.send_text(&("đ".repeat(512) + "."))?;
    mai.expect_text("! line too long").or_hint(&BYTES_OF_A_LINE)?;
    mai.expect_any_close().or_hint(&BYTES_OF_A_LINE)?;
    mai.send_close(1000)?;
    mai.expect_end().or_hint(&BYTES_OF_A_LINE)?;
    binh.expect_text("- mai").hint(Symptom::WrongBytes, &BYTES_OF_A_LINE).or_hint(&LEAVE_NOT_TOLD)
}

pub(super) fn ping(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let words = check.rng().word(9);
    for _ in 0..3 {
        mai.send_ping(words.as_bytes())?;
        mai.expect_pong(words.as_bytes()).or_hint(&PONG_NOT_SENT)?;
    }
    Ok(())
}

pub(super) fn slow_reader(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut fixture = ChatFixture::connect(&server, check)?;
    fixture.send_until_dropped(check)?;
    // The room goes on without the slow one, whose name is free again.
    fixture.talker.send_text("go on")?;
    fixture.reader.expect_text("mai: go on").or_hint(&WAITS_FOR_THE_SLOW)?;
    enter_room(&server, check.rng(), "cham", "mai: go on").or_hint(&SLOW_STAYS)?;
    fixture.talker.expect_text("- cham").or_hint(&SLOW_STAYS)?;
    fixture.talker.expect_text("+ cham").or_hint(&SLOW_STAYS)
}

pub(super) fn too_slow(check: &mut CheckRun) -> Result<(), Failure> {
    /// Of the messages in its queue when it was dropped, at least so many must not come any more.
    const DISCARDED: usize = 32;
    let server = check.start()?;
    let mut fixture = ChatFixture::connect(&server, check)?;
    let sent = fixture.send_until_dropped(check)?;
    check.note(Text { vi: "giờ người đọc chậm mới đọc", en: "only now the slow reader reads" });
    let slow = &mut fixture.slow;
    slow.grow_receive_buffer(LARGE_BUFFER)?;
    slow.set_logging(false);
    let mut came = 0;
    let code = loop {
        match slow.receive() {
            Ok(Received::Close(code, _)) => break code,
            Ok(_) => came += 1,
            Err(failure) => {
                let more = sentence! {
                    vi: " Trước đó C nhận {came} trong {sent} tin.",
                    en: " Before that C got {came} of the {sent} messages.",
                };
                return Err(failure.with_more(more)).or_hint(&SAYS_TOO_SLOW);
            }
        }
    };
    slow.set_logging(true);
    if came + DISCARDED > sent {
        return Err(Failure::new(
            Symptom::ExtraBytes,
            sentence! {
                vi: "{sent} tin đã được nói khi người đọc chậm bị bỏ; người đó vẫn nhận {came} tin trước khi thấy Close.",
                en: "{sent} messages had been said when the slow one was dropped; it still got {came} before the Close.",
            },
        ))
        .or_hint(&QUEUE_DISCARDED);
    }
    if code != Some(4001) {
        let code = code.map_or_else(|| "-".to_owned(), |code| code.to_string());
        return Err(Failure::new(
            Symptom::WrongCode,
            sentence! {
                vi: "Mã trong khung Close lẽ ra là 4001, tôi nhận được {code}.",
                en: "The code in the Close frame had to be 4001; I received {code}.",
            },
        ))
        .or_hint(&SAYS_TOO_SLOW);
    }
    slow.send_close(4001)?;
    slow.expect_end().or_hint(&SAYS_TOO_SLOW)
}

pub(super) fn strangers(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut mai = enter_room(&server, check.rng(), "mai", "=")?;
    let baseline = (server.descriptors().if_supported()?, server.threads().if_supported()?);
    // Noise instead of a handshake, noise instead of frames, and a client that never shakes hands.
    let noise = check.rng().bytes(2000);
    let _ = server.connect()?.send(&noise);
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    let _ = peer.send_raw(&noise);
    drop(peer);
    let silent = server.connect()?;
    let mut binh = enter_room(&server, check.rng(), "binh", "= mai")?;
    mai.expect_text("+ binh").or_hint(&ARRIVAL)?;
    mai.send(&Frame::text("not masked").unmasked())?;
    binh.expect_text("- mai").or_hint(&LEAVE_NOT_TOLD)?;
    drop((mai, binh, silent));
    if let Some(most) = baseline.0 {
        server.expect_descriptors(most).or_hint(&KEPT)?;
    }
    if let Some(most) = baseline.1 {
        server.expect_threads(most).or_hint(&KEPT)?;
    }
    let mut an = WebSocketPeer::connect(&server, check.rng()).or_hint(&LEAVE_NOT_TOLD)?;
    an.send_text("an")?;
    an.receive().or_hint(&LEAVE_NOT_TOLD)?;
    server.stop().or_hint(&LEAVE_NOT_TOLD)
}
