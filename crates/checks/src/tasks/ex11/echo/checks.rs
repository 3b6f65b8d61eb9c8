//! The conversations with an echo server at a path.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::PathBuf;

use super::hints::*;
use crate::tasks::lifecycle::{self, exchange_one};
use crate::{
    CheckRun, Explain, Failure, FileSnapshot, Symptom, Text, UnixServer, expect_content, expect_mode, expect_nothing_at,
};

pub(super) fn same_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().word(8);
    let (server, _) = start_at_path(check)?;
    let mut peer = server.connect()?;
    for _ in 0..3 {
        peer.send(message.as_bytes()).or_hint(&AS_EVER)?;
        peer.expect(message.as_bytes()).or_hint(&AS_EVER)?;
    }
    Ok(())
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(512 * 1024);
    let (server, _) = start_at_path(check)?;
    let mut peer = server.connect()?;
    peer.send_and_receive(&message, &message).or_hint(&EVERY_BYTE)?;
    peer.half_close()?;
    peer.expect_end().or_hint(&EVERY_BYTE)
}

pub(super) fn mode(check: &mut CheckRun) -> Result<(), Failure> {
    let place = check.path("echo.sock")?;
    let server = check.start_after("umask 000", &[&place])?;
    expect_mode(server.path(), 0o600).or_hint(&MODE)?;
    exchange_one(&server).or_hint(&AS_EVER)
}

pub(super) fn stale(check: &mut CheckRun) -> Result<(), Failure> {
    let place = check.path("echo.sock")?;
    drop(UnixListener::bind(&place).map_err(|error| Failure::infra("bind", &error))?);
    check.note(Text {
        vi: "ở đường dẫn đó có sẵn một socket chết: server của nó đã kết thúc",
        en: "a dead socket stands at that path: its server has ended",
    });
    let server = check.start_at(&[&place]).or_hint(&STALE)?;
    exchange_one(&server).or_hint(&AS_EVER)
}

pub(super) fn after_kill(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, place) = start_at_path(check)?;
    exchange_one(&server).or_hint(&AS_EVER)?;
    server.kill()?;
    let again = check.start_at(&[&place]).or_hint(&STALE)?;
    exchange_one(&again).or_hint(&AS_EVER)?;
    expect_mode(&place, 0o600).or_hint(&MODE)
}

pub(super) fn live(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, place) = start_at_path(check)?;
    let socket = FileSnapshot::of(&place)?;
    check.expect_start_refused(&[&place]).hint(Symptom::WrongExitCode, &SAY_NO).or_hint(&LIVE)?;
    socket.assert_unchanged().or_hint(&LIVE)?;
    // The second one may have called the first to see whether it lives; that must not harm it.
    exchange_one(&server).or_hint(&PROBED)
}

pub(super) fn other_kind(check: &mut CheckRun) -> Result<(), Failure> {
    let place = check.path("echo.sock")?;
    let _open = UnixDatagram::bind(&place).map_err(|error| Failure::infra("bind", &error))?;
    check.note(Text {
        vi: "ở đường dẫn đó có một socket datagram đang dùng, không phải của tôi bỏ lại",
        en: "a datagram socket stands at that path, and it is in use",
    });
    let socket = FileSnapshot::of(&place)?;
    check.expect_start_refused(&[&place]).hint(Symptom::WrongExitCode, &SAY_NO).or_hint(&OTHER_KIND)?;
    socket.assert_unchanged().or_hint(&OTHER_KIND)
}

pub(super) fn not_a_socket(check: &mut CheckRun) -> Result<(), Failure> {
    let note = check.rng().word(30);
    let place = check.file("notes.txt", note.as_bytes())?;
    check.note(Text {
        vi: "ở đường dẫn đó có một tệp thường", en: "a regular file stands at that path"
    });
    let file = FileSnapshot::of(&place)?;
    check.expect_start_refused(&[&place]).hint(Symptom::WrongExitCode, &SAY_NO).or_hint(&NOT_A_SOCKET)?;
    file.assert_unchanged().or_hint(&NOT_A_SOCKET)?;
    expect_content(&place, note.as_bytes()).or_hint(&NOT_A_SOCKET)
}

pub(super) fn link(check: &mut CheckRun) -> Result<(), Failure> {
    let (dead, place) = (check.path("dead.sock")?, check.path("link.sock")?);
    drop(UnixListener::bind(&dead).map_err(|error| Failure::infra("bind", &error))?);
    symlink(&dead, &place).map_err(|error| Failure::infra("symlink", &error))?;
    check.note(Text {
        vi: "ở đường dẫn đó có một symbolic link, trỏ tới một socket chết",
        en: "a symbolic link stands at that path; it leads to a dead socket",
    });
    let (target, itself) = (FileSnapshot::of(&dead)?, FileSnapshot::of(&place)?);
    check.expect_start_refused(&[&place]).hint(Symptom::WrongExitCode, &SAY_NO).or_hint(&LINK)?;
    itself.assert_unchanged().or_hint(&LINK)?;
    target.assert_unchanged().or_hint(&LINK)
}

pub(super) fn no_place(check: &mut CheckRun) -> Result<(), Failure> {
    let nowhere = check.path("no-such-folder")?.join("echo.sock");
    check.expect_start_refused(&[&nowhere]).or_hint(&SAY_NO)?;
    // A socket's address has room for about a hundred bytes of path (unix(7)).
    let long = check.path(&"x".repeat(120))?;
    check.expect_start_refused(&[&long]).or_hint(&SAY_NO)
}

pub(super) fn leaves(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, place) = start_at_path(check)?;
    let mut idle = server.connect()?;
    idle.send(b"hello")?;
    idle.expect(b"hello").or_hint(&AS_EVER)?;
    // This client came later and has been answered: the program knows of the idle one by now.
    exchange_one(&server).or_hint(&ONE_AT_A_TIME)?;
    server.close_stdin().hint(Symptom::StillRunning, &END_OF_STDIN)?.expect_success().or_hint(&END_OF_STDIN)?;
    expect_nothing_at(&place).or_hint(&LEFT_BEHIND)
}

pub(super) fn not_ours(check: &mut CheckRun) -> Result<(), Failure> {
    let (old, place) = start_at_path(check)?;
    fs::remove_file(&place).map_err(|error| Failure::infra("unlink", &error))?;
    check.note(Text { vi: "tôi xóa đường dẫn đó", en: "I remove that path" });
    let new = check.start_at(&[&place])?;
    let socket = FileSnapshot::of(&place)?;
    check.note(Text { vi: "giờ tôi kết thúc server cũ", en: "now I end the old server" });
    old.close_stdin().hint(Symptom::StillRunning, &END_OF_STDIN)?.expect_success().or_hint(&GONE)?;
    socket.assert_unchanged().or_hint(&NOT_OURS)?;
    exchange_one(&new).or_hint(&NOT_OURS)
}

pub(super) fn gone(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, place) = start_at_path(check)?;
    fs::remove_file(&place).map_err(|error| Failure::infra("unlink", &error))?;
    check.note(Text { vi: "tôi xóa đường dẫn đó", en: "I remove that path" });
    server.close_stdin().hint(Symptom::StillRunning, &END_OF_STDIN)?.expect_success().or_hint(&GONE)
}

pub(super) fn idle_first(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, _) = start_at_path(check)?;
    lifecycle::idle_first(&server, &ONE_AT_A_TIME)
}

pub(super) fn gone_before_reply(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, _) = start_at_path(check)?;
    let baseline = server.resources()?;
    for _ in 0..3 {
        let mut peer = server.connect().hint_if_gone(&CUT)?;
        peer.send(b"hello")?;
        peer.expect(b"hello").hint_if_gone(&CUT).or_hint(&AS_EVER)?;
        server.while_suspended(|| {
            peer.send(b"bye")?;
            peer.close();
            Ok(())
        })?;
        server.wait_released(&baseline).hint(Symptom::Leak, &KEPT).or_hint(&CUT)?;
    }
    lifecycle::expect_still_serving(&server, &baseline, &KEPT, &CUT)
}

pub(super) fn gives_back(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, _) = start_at_path(check)?;
    exchange_one(&server).or_hint(&AS_EVER)?;
    lifecycle::gives_back(&server, &ONE_AT_A_TIME, &KEPT, &KEPT)
}

pub(super) fn descriptors_run_out(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, _) = start_at_path(check)?;
    exchange_one(&server).or_hint(&AS_EVER)?;
    lifecycle::descriptors_run_out(check, &server, &NO_DESCRIPTORS, &NO_DESCRIPTORS)
}

/// Starts the program at a free path.
fn start_at_path(check: &mut CheckRun) -> Result<(UnixServer, PathBuf), Failure> {
    let place = check.path("echo.sock")?;
    Ok((check.start_at(&[&place])?, place))
}
